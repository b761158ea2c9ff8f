// The check editor: the checks in force with their texts, one check as text and as form, and what the compiler says.
#include <algorithm>
#include <set>
#include <span>

#include "policy/checks/operators.h"
#include "rooms/inspection/api/bench.h"

namespace zh::inspection::api {

namespace {

using http::Call;

CheckText text_row(const Text& text) { return {.zh = text.zh, .en = text.en}; }

CheckRow row_of(const policy::Check& check, const policy::Sources& sources) {
  CheckRow row{.id = check.id,
               .label = text_row(check.label),
               .clause = check.clause,
               .item = check.item,
               .severity = check.severity,
               .points = check.points.to_int64().value_or(0),
               .kind = std::string(policy::name_of(check.kind)),
               .channels = check.channels,
               .from = check.from,
               .until = check.until,
               .rule = check.place.to_string()};
  if (check.kind == policy::CheckKind::ask) row.question = text_row(check.question);
  if (const auto text = policy::text_of(sources, check)) {
    row.yaml = text->yaml;
    row.editable = text->file.find('/') == std::string::npos;
  }
  return row;
}

// Whoever judges contacts may look up what the machine searches for.
http::Access reading_access() {
  return http::allow({{http::Role::inspector, http::Scope::self},
                      {http::Role::qa_supervisor, http::Scope::centre},
                      {http::Role::trainer, http::Scope::self},
                      {http::Role::manager, http::Scope::centre}},
                     Secrecy::internal);
}

Result<ChecksRow> checks(Call& call, Bench& bench, const ChecksQuery& query) {
  ZH_TRY(auto tx, bench.database.read(call.request.stop));
  ZH_TRY(const auto pack, bench.given.pack_on(tx, query.on.value_or(bench.zone.date_of(call.now))));
  ZH_TRY(const policy::Sources sources, policies::sources_of(tx, pack->version));
  ChecksRow row{.pack = pack->id, .version = pack->version, .judge = bench.given.judge()};
  if (pack->checks == nullptr) return row;
  for (const policy::Check& check : pack->checks->checks()) row.items.push_back(row_of(check, sources));
  return row;
}

std::vector<std::string> texts_of(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

std::vector<KeyRow> key_rows(std::span<const policy::KeyInfo> keys) {
  std::vector<KeyRow> rows;
  for (const policy::KeyInfo& it : keys) {
    rows.push_back({.key = std::string(it.key),
                    .kind = std::string(policy::name_of(it.kind)),
                    .label = {.zh = std::string(it.zh), .en = std::string(it.en)},
                    .required = it.required,
                    .choices = texts_of(it.choices)});
  }
  return rows;
}

OperatorsRow operators() {
  OperatorsRow row;
  for (const policy::OperatorInfo& it : policy::operators()) {
    row.operators.push_back({.name = std::string(it.name),
                             .kind = std::string(policy::name_of(it.value)),
                             .label = {.zh = std::string(it.zh), .en = std::string(it.en)},
                             .keys = key_rows(it.keys),
                             .choices = texts_of(it.choices),
                             .scoped = it.scoped,
                             .counted = it.counted});
  }
  row.scope = key_rows(policy::scope_keys());
  for (const policy::NameInfo& it : policy::measure_names()) row.measures.emplace_back(it.name);
  return row;
}

CheckProblemRow problem_row(const policy::Problem& problem, const policy::CheckText& text) {
  CheckProblemRow row{.severity = problem.severity == policy::Severity::error ? "error" : "warning",
                      .code = std::string(problem.code),
                      .place = problem.place.to_string(),
                      .text = text_row(problem.what),
                      .mend = text_row(problem.mend)};
  const int line = problem.place.line - text.line + 1;
  if (problem.place.file != text.file || line < 1 || line > text.lines) return row;
  row.line = line;
  row.column = std::max(problem.place.column - text.indent, 1);
  return row;
}

// A text that cannot be put into the pack at all.
CheckProblemRow problem_row(const Error& error) {
  return {.severity = "error",
          .code = "no_check",
          .line = std::max(error.place.line, 1),
          .column = std::max(error.place.column, 1),
          .text = text_row(error.message)};
}

Result<ReadCheckRow> read(Call& call, Bench& bench, const YamlBody& body) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, bench.database.read(call.request.stop));
  ZH_TRY(Draft draft, draft_of(tx, bench, body.yaml, bench.zone.date_of(call.now)));
  ReadCheckRow row{.problems = std::move(draft.problems)};
  if (!draft.id.empty()) row.id = std::move(draft.id);
  if (const auto form = policy::form_of(body.yaml); form.ok()) row.form = http::RawJson{json::canonical(*form)};
  return row;
}

Result<YamlRow> write(Call& call, const FormBody& body) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(const json::Value form, json::parse(body.form.text));
  auto yaml = policy::yaml_of(form);
  if (yaml.ok()) return YamlRow{.yaml = std::move(yaml).value()};
  call.reject("/form", yaml.error().message);
  return call.refused();
}

}  // namespace

http::Access judging_access() {
  using http::Role;
  using http::Scope;
  return http::allow({{Role::shift_leader, Scope::group},
                      {Role::inspector, Scope::centre},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::centre},
                      {Role::manager, Scope::centre}},
                     Secrecy::internal);
}

http::Access writing_access() {
  return http::allow({{http::Role::qa_supervisor, http::Scope::centre}, {http::Role::manager, http::Scope::centre}},
                     Secrecy::internal);
}

Status check_centre(const http::Call& call) {
  if (call.reach.centre) return {};
  return error(ErrorCode::forbidden, {.zh = "需要全中心的权限", .en = "this takes rights over the whole centre"});
}

Result<Draft> draft_of(db::Transaction& tx, Bench& bench, const std::string& yaml, Date today) {
  ZH_TRY(const auto pack, bench.given.pack_on(tx, today));
  ZH_TRY(const policy::Sources sources, policies::sources_of(tx, pack->version));
  Draft draft;
  auto edited = policy::with_check(sources, pack->checks.get(), yaml);
  if (!edited.ok()) {
    draft.problems.push_back(problem_row(edited.error()));
    return draft;
  }
  draft.text = std::move(edited->text);
  draft.id = draft.text.yaml.substr(0, draft.text.yaml.find(':'));
  policy::Loaded loaded = policy::load(edited->sources, bench.given.options);
  std::set<std::string> before;  // what the pack says without it
  for (const policy::Problem& it : policy::load(sources, bench.given.options).problems) {
    before.insert(it.place.file + std::string(it.code) + it.what.en);
  }
  for (const policy::Problem& it : loaded.problems) {
    CheckProblemRow row = problem_row(it, draft.text);
    const bool known = before.contains(it.place.file + std::string(it.code) + it.what.en);
    if (row.line > 0 || !known) draft.problems.push_back(std::move(row));
  }
  if (loaded.pack) draft.pack = std::make_shared<const policy::Pack>(std::move(*loaded.pack));
  return draft;
}

void add_check_routes(http::Site& site, const BenchPtr& bench) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/checks",
       .id = "listChecks",
       .summary = {.zh = "某日生效的自动检查", .en = "The automatic checks in force on a day"},
       .tag = "checks",
       .access = reading_access()},
      [bench](Call& call, const http::Query<ChecksQuery>& query) { return checks(call, *bench, *query); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/checks/operators",
       .id = "listCheckOperators",
       .summary = {.zh = "条件的各种运算和范围，供表单使用", .en = "What conditions are made of, for forms"},
       .tag = "checks",
       .access = reading_access()},
      [](Call& /*call*/) -> Result<OperatorsRow> { return operators(); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/checks/read",
                     .id = "readCheck",
                     .summary = {.zh = "核对一项检查的 YAML，并给出表单",
                                 .en = "What the compiler says of a check's YAML, and its form"},
                     .tag = "checks",
                     .access = writing_access()},
                    [bench](Call& call, const http::Body<YamlBody>& body) { return read(call, *bench, *body); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/checks/write",
                     .id = "writeCheck",
                     .summary = {.zh = "把表单写成 YAML", .en = "A form as YAML"},
                     .tag = "checks",
                     .access = writing_access()},
                    [](Call& call, const http::Body<FormBody>& body) { return write(call, *body); });
}

}  // namespace zh::inspection::api
