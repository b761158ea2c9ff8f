// zhiheng policy check|coverage|test|diff|publish: packs as their authors and publishers handle them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/packs.h"
#include "app/policy_cases.h"
#include "app/table.h"
#include "policy/cases.h"
#include "policy/checks/examples.h"
#include "policy/coverage.h"
#include "policy/diff.h"
#include "policy/load.h"
#include "policy/sources.h"
#include "rooms/policies/policies.h"

namespace zh::app {

namespace {

using policy::Problem;

json::Value text_json(const Text& text) { return json::Object{{"zh", text.zh}, {"en", text.en}}; }

json::Value place_json(const Place& place) {
  return json::Object{{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

json::Value problem_json(const Problem& problem) {
  return json::Object{{"severity", problem.severity == policy::Severity::error ? "error" : "warning"},
                      {"code", problem.code},
                      {"place", place_json(problem.place)},
                      {"message", text_json(problem.what)},
                      {"mend", text_json(problem.mend)},
                      {"clause", problem.clause},
                      {"excerpt", problem.excerpt}};
}

json::Array problems_json(const std::vector<Problem>& problems) {
  json::Array list;
  for (const Problem& problem : problems) list.push_back(problem_json(problem));
  return list;
}

std::size_t count_errors(const std::vector<Problem>& problems) {
  std::size_t errors = 0;
  for (const Problem& problem : problems) errors += problem.severity == policy::Severity::error ? 1U : 0U;
  return errors;
}

// Cases are written for centres in China; the zone only decides on which day a bare instant falls.
Zone case_zone() {
  const auto zone = Zone::find("Asia/Shanghai");
  return zone.ok() ? *zone : Zone::utc();
}

// ---- check

// The pack's problems and those of its cases.
Result<policy::Loaded> checked(const std::string& folder) {
  ZH_TRY(const policy::Sources sources, policy::read_sources(folder));
  policy::Loaded loaded = policy::load(sources, pack_load_options());
  if (loaded.pack) {
    policy::Problems of_cases;
    policy::read_cases(sources, *loaded.pack, case_zone(), of_cases);
    policy::read_examples(sources, *loaded.pack, of_cases);
    for (Problem& problem : of_cases.sorted()) loaded.problems.push_back(std::move(problem));
  }
  return loaded;
}

std::string check_text(const std::string& folder, const policy::Loaded& loaded, const Session& session) {
  std::string text;
  for (const Problem& problem : loaded.problems) text += problem.to_string(session.language) + "\n";
  const std::size_t errors = count_errors(loaded.problems);
  const std::size_t warnings = loaded.problems.size() - errors;
  if (errors > 0) {
    return text + session.say({.zh = fmt::format("{}：{} 处错误，{} 处提醒\n", folder, errors, warnings),
                               .en = fmt::format("{}: {} errors, {} warnings\n", folder, errors, warnings)});
  }
  const policy::Pack& pack = *loaded.pack;
  return text + session.say({.zh = fmt::format("{}：没有错误，{} 处提醒；{}，版本 {:.12}\n", folder, warnings, pack.id,
                                               pack.version.hex()),
                             .en = fmt::format("{}: no errors, {} warnings; {}, version {:.12}\n", folder, warnings,
                                               pack.id, pack.version.hex())});
}

json::Value check_json(const std::string& folder, const policy::Loaded& loaded) {
  const std::size_t errors = count_errors(loaded.problems);
  return json::Object{{"dir", folder},
                      {"pack", loaded.pack ? json::Value(loaded.pack->id) : json::Value()},
                      {"version", loaded.pack ? json::Value(loaded.pack->version.hex()) : json::Value()},
                      {"errors", errors},
                      {"warnings", loaded.problems.size() - errors},
                      {"problems", problems_json(loaded.problems)}};
}

Status run_check(const std::vector<std::string>& folders, Session& session) {
  json::Array packs;
  std::string text;
  for (const std::string& folder : folders) {
    ZH_TRY(const policy::Loaded loaded, checked(folder));
    if (count_errors(loaded.problems) > 0) session.exit = exit_failed;
    if (session.json) {
      packs.push_back(check_json(folder, loaded));
    } else {
      text += check_text(folder, loaded, session);
    }
  }
  session.print(session.json ? json::pretty(json::Object{{"packs", std::move(packs)}}) : text);
  return {};
}

// ---- coverage

Result<policy::Pack> loaded_pack(const std::string& folder) {
  ZH_TRY(const policy::Sources sources, policy::read_sources(folder));
  return policy::load_pack(sources, pack_load_options());
}

std::string where_text(const policy::ClauseCoverage& it, const Session& session) {
  if (it.uses.empty()) return session.say(it.clause->reason);
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < it.uses.size() && i < kShown; ++i) {
    text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", it.uses[i].rule, it.uses[i].place.to_string());
  }
  if (it.uses.size() > kShown) text += fmt::format(", +{}", it.uses.size() - kShown);
  return text;
}

json::Value coverage_json(const policy::Pack& pack, const std::vector<policy::ClauseCoverage>& all) {
  json::Array clauses;
  for (const auto& it : all) {
    json::Array rules;
    for (const policy::ClauseUse& use : it.uses) {
      rules.push_back(json::Object{{"rule", use.rule}, {"place", place_json(use.place)}});
    }
    clauses.push_back(json::Object{{"id", it.clause->id},
                                   {"title", text_json(it.clause->title)},
                                   {"coverage", policy::name_of(it.coverage)},
                                   {"reason", text_json(it.clause->reason)},
                                   {"place", place_json(it.clause->place)},
                                   {"rules", std::move(rules)}});
  }
  return json::Object{{"pack", pack.id}, {"version", pack.version.hex()}, {"clauses", std::move(clauses)}};
}

std::string coverage_text(const std::vector<policy::ClauseCoverage>& all, const Session& session) {
  TextTable table({{session.say({.zh = "条款", .en = "clause"})},
                   {session.say({.zh = "落实", .en = "coverage"})},
                   {session.say({.zh = "标题", .en = "title"})},
                   {session.say({.zh = "在哪里", .en = "where"})}});
  std::size_t counts[3] = {};
  for (const auto& it : all) {
    ++counts[static_cast<std::size_t>(it.coverage)];
    table.add({it.clause->id, session.say(policy::label_of(it.coverage)), session.say(it.clause->title),
               where_text(it, session)});
  }
  return table.to_string() + session.say({.zh = fmt::format("\n{} 条：{} 条计算，{} 条记录，{} 条说明\n", all.size(),
                                                            counts[0], counts[1], counts[2]),
                                          .en = fmt::format("\n{} clauses: {} computed, {} recorded, {} informative\n",
                                                            all.size(), counts[0], counts[1], counts[2])});
}

Status run_coverage(const std::vector<std::string>& folders, Session& session) {
  json::Array packs;
  for (const std::string& folder : folders) {
    ZH_TRY(const policy::Pack pack, loaded_pack(folder));
    const auto all = policy::coverage_of(pack);
    if (session.json) {
      packs.push_back(coverage_json(pack, all));
    } else {
      session.print(fmt::format("{}  {}\n", pack.id, session.say(pack.title)) + coverage_text(all, session));
    }
  }
  if (session.json) session.print(json::pretty(json::Object{{"packs", std::move(packs)}}));
  return {};
}

// ---- test

struct TestRun {
  std::string pack;
  std::size_t total = 0;
  std::size_t passed = 0;
  std::vector<Problem> problems;             // of the case files, and what did not come out as expected
  std::vector<std::string> clauses_without;  // computed clauses that no case names
};

Result<TestRun> run_cases(const std::string& folder) {
  ZH_TRY(const policy::Sources sources, policy::read_sources(folder));
  ZH_TRY(const policy::Pack pack, policy::load_pack(sources, pack_load_options()));
  TestRun run{.pack = pack.id, .problems = {}, .clauses_without = {}};
  policy::Problems problems;
  const auto cases = policy::read_cases(sources, pack, case_zone(), problems);
  std::set<std::string> named;
  for (const policy::Case& it : cases) {
    named.insert(it.clauses.begin(), it.clauses.end());
    const std::size_t before = problems.errors();
    const auto people = run_case(pack, it, case_zone());
    if (people.ok()) {
      policy::compare(it, *people, problems);
    } else {
      problems.error("case_failed", it.place,
                     {.zh = fmt::format("用例 `{}` 无法计算：{}", it.id, people.error().message.zh),
                      .en = fmt::format("case `{}` cannot be computed: {}", it.id, people.error().message.en)},
                     {.zh = "核对规则或用例", .en = "check the rule or the case"}, people.error().clause);
    }
    run.passed += problems.errors() == before ? 1U : 0U;
  }
  policy::CheckSet::Workspace workspace;
  const auto examples = policy::read_examples(sources, pack, problems);
  for (const policy::Example& example : examples) {
    const policy::Check& check = *pack.checks->find(example.check);
    named.insert(check.clause);
    named.insert(check.also.begin(), check.also.end());
    run.passed += policy::run_example(pack, example, workspace, problems) ? 1U : 0U;
  }
  run.total = cases.size() + examples.size();
  run.problems = problems.sorted();
  for (const auto& it : policy::coverage_of(pack)) {
    // Clauses of an included pack are that pack's to prove.
    const bool own = it.clause->place.file.find('/') == std::string::npos;
    if (own && it.coverage == policy::Coverage::computed && !named.contains(it.clause->id)) {
      run.clauses_without.push_back(it.clause->id);
    }
  }
  return run;
}

std::string test_text(const std::string& folder, const TestRun& run, const Session& session) {
  std::string text;
  for (const Problem& problem : run.problems) text += problem.to_string(session.language) + "\n";
  text += session.say({.zh = fmt::format("{}：{} 个用例，{} 个通过\n", folder, run.total, run.passed),
                       .en = fmt::format("{}: {} cases, {} passed\n", folder, run.total, run.passed)});
  if (!run.clauses_without.empty()) {
    const std::string list = policy::quoted_list(run.clauses_without);
    text += session.say({.zh = "没有用例的条款：" + list + "\n", .en = "clauses without a case: " + list + "\n"});
  }
  return text;
}

Status run_test(const std::vector<std::string>& folders, Session& session) {
  json::Array packs;
  for (const std::string& folder : folders) {
    ZH_TRY(const TestRun run, run_cases(folder));
    if (count_errors(run.problems) > 0) session.exit = exit_failed;
    if (!session.json) {
      session.print(test_text(folder, run, session));
      continue;
    }
    json::Array without;
    for (const std::string& clause : run.clauses_without) without.push_back(clause);
    packs.push_back(json::Object{{"dir", folder},
                                 {"pack", run.pack},
                                 {"total", run.total},
                                 {"passed", run.passed},
                                 {"failures", problems_json(run.problems)},
                                 {"clauses_without_case", std::move(without)}});
  }
  if (session.json) session.print(json::pretty(json::Object{{"packs", std::move(packs)}}));
  return {};
}

// ---- diff

Result<policy::Composition> composed(const std::string& folder) {
  ZH_TRY(const policy::Sources sources, policy::read_sources(folder));
  policy::Problems problems;
  policy::Composition composition = policy::compose(sources, problems);
  if (!problems.has_errors()) return composition;
  return problems.sorted().front().to_error();
}

Status run_diff(const std::vector<std::string>& folders, Session& session) {
  ZH_TRY(const policy::Composition before, composed(folders.at(0)));
  ZH_TRY(const policy::Composition after, composed(folders.at(1)));
  const auto changes = policy::diff(before, after);
  if (session.json) {
    json::Array list;
    for (const policy::Change& it : changes) {
      constexpr const char* kKinds[] = {"added", "removed", "changed"};
      list.push_back(json::Object{{"kind", kKinds[static_cast<std::size_t>(it.kind)]},
                                  {"path", it.path},
                                  {"what", text_json(it.what)},
                                  {"clause", it.clause},
                                  {"before", place_json(it.before)},
                                  {"after", place_json(it.after)}});
    }
    const auto side = [](const policy::Composition& it) {
      return json::Object{{"pack", it.id}, {"version", policy::content_hash(it).hex()}};
    };
    session.print(
        json::pretty(json::Object{{"before", side(before)}, {"after", side(after)}, {"changes", std::move(list)}}));
    return {};
  }
  std::string text;
  for (const policy::Change& it : changes) {
    const Place& place = it.after.file.empty() ? it.before : it.after;
    text += session.say(it.what);
    if (!it.clause.empty()) text += session.language == Language::zh ? "（" + it.clause + "）" : " (" + it.clause + ")";
    text += place.file.empty() ? "\n" : "  " + place.to_string() + "\n";
  }
  if (changes.empty()) text = session.say({.zh = "内容相同\n", .en = "no difference in content\n"});
  session.print(text);
  return {};
}

// ---- publish

struct PublishOptions {
  std::string folder;
  std::string data;
  std::string effective_from;
};

Status run_publish(const PublishOptions& options, Session& session) {
  ZH_TRY(const Date effective_from, Date::parse(options.effective_from));
  ZH_TRY(const policy::Sources sources, policy::read_sources(options.folder));
  ZH_TRY(Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->write());
  ZH_TRY(const auto closed, last_closed(tx));
  ZH_TRY(const policies::Publication it, policies::publish(tx, sources,
                                                           {.effective_from = effective_from,
                                                            .now = system_now(),
                                                            .actor = centre.actor,
                                                            .closed_until = closed,
                                                            .load = pack_load_options()}));
  ZH_CHECK(tx.commit());
  if (session.json) {
    session.print(json::pretty(json::Object{{"pack", it.pack},
                                            {"version", it.version.hex()},
                                            {"effective_from", it.effective_from.to_string()},
                                            {"published_at", centre.zone.format(it.published_at)},
                                            {"published_by", it.published_by}}));
    return {};
  }
  session.print(session.say(
      {.zh = fmt::format("{}（版本 {:.12}）自 {} 起生效\n", it.pack, it.version.hex(), it.effective_from.to_string()),
       .en = fmt::format("{} (version {:.12}) is in force from {}\n", it.pack, it.version.hex(),
                         it.effective_from.to_string())}));
  return {};
}

void add_publish(CLI::App& parent, Session& session) {
  auto& command = with_common_options(
      *parent.add_subcommand("publish", session.say({.zh = "检查规章包并使它从某日起生效",
                                                     .en = "check a pack and put it in force from a day on"})),
      session);
  const auto options = std::make_shared<PublishOptions>();
  command.add_option("dir", options->folder, session.say({.zh = "规章包所在文件夹", .en = "the pack's folder"}))
      ->required();
  add_data_option(command, session, options->data);
  command
      .add_option("--effective-from", options->effective_from,
                  session.say({.zh = "生效日期，如 2026-11-01", .en = "the day it holds from, such as 2026-11-01"}))
      ->required();
  command.callback([options, &session] {
    const Status status = run_publish(*options, session);
    if (!status.ok()) session.fail(status.error());
  });
}

// ---- the commands

using Run = Status (*)(const std::vector<std::string>&, Session&);

struct Subcommand {
  const char* name;
  Text help;
  Run run;
  int folders_min;
  int folders_max;
};

void add_subcommand(CLI::App& parent, Session& session, const Subcommand& it) {
  auto& command = with_common_options(*parent.add_subcommand(it.name, session.say(it.help)), session);
  const auto folders = std::make_shared<std::vector<std::string>>();
  command.add_option("dirs", *folders, session.say({.zh = "规章包所在文件夹", .en = "the pack's folder"}))
      ->required()
      ->expected(it.folders_min, it.folders_max);
  command.callback([folders, run = it.run, &session] {
    const Status status = run(*folders, session);
    if (!status.ok()) session.fail(status.error());
  });
}

}  // namespace

void add_policy(CLI::App& program, Session& session) {
  auto& group =
      *program.add_subcommand("policy", session.say({.zh = "规章包：检查、覆盖、用例、比较、发布",
                                                     .en = "packs: check, coverage, cases, difference, publish"}));
  group.require_subcommand(1);
  constexpr int kMany = 1000;
  add_subcommand(group, session,
                 {"check",
                  {.zh = "找出规章包里的全部错误", .en = "find everything that is wrong with a pack"},
                  run_check,
                  1,
                  kMany});
  add_subcommand(group, session,
                 {"coverage",
                  {.zh = "每一条款怎样落实、在哪里", .en = "how each clause is carried out, and where"},
                  run_coverage,
                  1,
                  kMany});
  add_subcommand(group, session,
                 {"test", {.zh = "运行规章包自带的用例", .en = "run a pack's test cases"}, run_test, 1, kMany});
  add_subcommand(group, session,
                 {"diff",
                  {.zh = "用文字说明两个规章包的差别", .en = "say in words what changed between two packs"},
                  run_diff,
                  2,
                  2});
  add_publish(group, session);
}

}  // namespace zh::app
