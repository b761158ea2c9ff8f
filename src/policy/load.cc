#include "policy/load.h"

#include <fmt/format.h>

#include "policy/loading.h"

namespace zh::policy {

namespace {

// Rules of the month hold for whole months: a pack that has any may only begin on the first of one.
void check_effective_date(const Composition& composition, Loading& loading) {
  const Pack& pack = loading.pack;
  if (!composition.effective_from || composition.effective_from->civil().day == 1) return;
  if (pack.scorecards.empty() && pack.ratings.empty() && pack.pay.empty()) return;
  loading.problems.error(
      "starts_inside_month", composition.effective_place,
      {.zh = fmt::format("考核与工资按整月计算，不能从 {} 起生效", composition.effective_from->to_string()),
       .en = fmt::format("scorecards and pay hold for whole months and cannot start on {}",
                         composition.effective_from->to_string())},
      {.zh = "改为某月 1 日", .en = "make it the first of a month"});
}

void check_overrides(const Composition& composition, Loading& loading) {
  for (const Override& it : composition.overrides) {
    if (it.clause.empty()) continue;
    if (loading.pack.clause(it.clause) != nullptr) {
      loading.pack.uses.push_back({it.clause, "override " + it.path, it.place, Coverage::computed});
      continue;
    }
    loading.problems.error("unknown_clause", it.place,
                           {.zh = fmt::format("clauses.yaml 里没有条款 `{}`", it.clause),
                            .en = fmt::format("there is no clause `{}` in clauses.yaml", it.clause)},
                           {.zh = "先在 clauses.yaml 写下这一条", .en = "write it into clauses.yaml first"});
  }
}

const yaml::Node& rules_of(const Composition& composition, std::string_view kind) {
  return composition.rules.find(kind)->value;
}

}  // namespace

Loaded load(const Sources& sources, const LoadOptions& options) {
  Problems problems;
  Pack pack;
  const Composition composition = compose(sources, problems);
  pack.id = composition.id;
  pack.title = composition.title;
  pack.effective_from = composition.effective_from;
  pack.overrides = composition.overrides;
  pack.includes = composition.includes;
  pack.version = content_hash(composition);

  // Clauses and fact kinds first: the other rules name them.
  Loading loading(problems, pack, options.kinds);
  read_models(composition.models, loading);
  read_clauses(rules_of(composition, "clauses"), loading);
  read_facts(rules_of(composition, "facts"), loading);
  read_scorecards(rules_of(composition, "scorecards"), loading);
  read_ratings(rules_of(composition, "ratings"), loading);
  read_excellences(rules_of(composition, "excellence"), loading);
  read_pay(rules_of(composition, "pay"), loading);
  read_rubrics(rules_of(composition, "rubrics"), loading);
  read_inspections(rules_of(composition, "inspections"), loading);
  read_checks(rules_of(composition, "phrases"), rules_of(composition, "checks"), loading);
  check_overrides(composition, loading);
  check_effective_date(composition, loading);
  check_contradictions(loading);
  // Rules that could not be read would only show as clauses without a rule.
  if (!problems.has_errors()) check_coverage(loading);

  Loaded loaded{.pack = std::nullopt, .problems = problems.sorted()};
  if (!problems.has_errors()) loaded.pack = std::move(pack);
  return loaded;
}

Result<Pack> load_pack(const Sources& sources, const LoadOptions& options) {
  Loaded loaded = load(sources, options);
  if (loaded.pack) return std::move(*loaded.pack);
  std::size_t errors = 0;
  const Problem* first = nullptr;
  for (const Problem& problem : loaded.problems) {
    if (problem.severity != Severity::error) continue;
    if (++errors == 1) first = &problem;
  }
  Error result = first->to_error();
  if (errors > 1) {
    result.message.zh += fmt::format("（另有 {} 处错误，用 `zhiheng policy check` 查看）", errors - 1);
    result.message.en += fmt::format(" (and {} more: see `zhiheng policy check`)", errors - 1);
  }
  return result;
}

}  // namespace zh::policy
