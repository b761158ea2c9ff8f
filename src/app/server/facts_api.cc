// /facts: what shift leaders, inspectors, trainers, HR and managers enter on the desk. A grid is sent whole; each of
// its rows is taken or refused by itself, and what is taken is one batch of kind "facts" in the name of who entered it.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/fact_book.h"
#include "app/server/desk_routes.h"
#include "app/server/entry_rules.h"
#include "app/server/facts_json.h"
#include "app/undo_parts.h"
#include "idempotency/keep.h"
#include "ledger/batches.h"
#include "rooms/people/known_people.h"

namespace zh::app {

namespace {

using http::Call;
using http::Role;
using http::Scope;

constexpr std::size_t kRowsMax = 500;
constexpr std::size_t kFactsMax = 1000;
constexpr int kDaysMax = 92;
constexpr std::string_view kBatchFile = "desk";
constexpr std::string_view kPayKind = "commission";

struct Entry {
  const Serving serving;
  people::KnownPeople people;
};
using EntryPtr = std::shared_ptr<Entry>;

http::Access enterers() {
  return http::allow({{Role::shift_leader, Scope::group},
                      {Role::inspector, Scope::centre},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::centre},
                      {Role::manager, Scope::centre},
                      {Role::hr, Scope::centre}},
                     Secrecy::internal)
      .with_token_scope("facts:write");
}

http::Access readers() {
  return http::allow({{Role::agent, Scope::self},
                      {Role::shift_leader, Scope::group},
                      {Role::inspector, Scope::self},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::self},
                      {Role::manager, Scope::centre},
                      {Role::hr, Scope::centre},
                      {Role::office, Scope::self},
                      {Role::admin, Scope::self}},
                     Secrecy::internal)
      .with_token_scope("facts:read");
}

// ---- kinds

std::string range_text(const ledger::FactRange& range) {
  std::string text = range.position.empty() ? "" : range.position + " ";
  text += range.low_included ? '[' : '(';
  text += range.low ? range.low->to_string() : "";
  text += ", ";
  text += range.high ? range.high->to_string() : "";
  text += range.high_included ? ']' : ')';
  return range.note.empty() ? text : text + " " + range.note;
}

KindJson kind_json(const ledger::KindSpec& spec, const ledger::FactLimits& limits) {
  KindJson json{.kind = std::string(spec.name),
                .label = {.zh = spec.label.zh, .en = spec.label.en},
                .unit = std::string(spec.unit),
                .notes = {spec.keywords.begin(), spec.keywords.end()}};
  const auto found = std::ranges::find(limits, spec.name, &ledger::KindLimits::kind);
  if (found == limits.end()) return json;
  json.clause = found->clause;
  for (const auto& range : found->ranges) json.range += (json.range.empty() ? "" : "; ") + range_text(range);
  return json;
}

Result<std::vector<KindJson>> list_kinds(Call& call, Entry& entry) {
  ZH_TRY(auto tx, entry.serving.centre.database->read(call.request.stop));
  ZH_TRY(const auto limits, FactLimitsByDay::load(tx));
  const auto& today = limits.on(entry.serving.centre.zone.date_of(call.now));
  std::vector<KindJson> kinds;
  for (const std::string_view kind : entered_kinds()) {
    const ledger::KindSpec* const spec = ledger::find_kind(kind);
    if (spec != nullptr && entry_reach(kind, call.principal).ok()) kinds.push_back(kind_json(*spec, today));
  }
  return kinds;
}

// ---- entering

// The rows as a facts file, so that they are read by the rules of the import and no others.
std::string as_file(const std::vector<EntryRowJson>& rows) {
  std::string file = "staff_no,occurred_at,kind,value,note,source_ref\r\n";
  for (const auto& row : rows) {
    // Evidence is a person's and kind's: one recording may be praised and evaluated, and the same again corrects.
    const std::string evidence = row.source_ref.value_or("");
    const std::string ref = evidence.empty() ? "" : fmt::format("desk/{}/{}/{}", row.kind, row.staff_no, evidence);
    const std::string value = row.value.value_or("");
    const std::string note = row.note.value_or("");
    const std::array<std::string_view, 6> cells{row.staff_no, row.occurred_at, row.kind, value, note, ref};
    append_csv_row(file, cells);
  }
  return file;
}

Error outside(std::string_view staff_no) {
  return error(ErrorCode::forbidden,
               {.zh = fmt::format("不能录入 {} 的事实：不在您的范围内，或是您本人", staff_no),
                .en = fmt::format("you may not enter facts about {}: outside your group, or yourself", staff_no)});
}

// What a fact must fulfil besides the rules of the import.
Status check_rights(db::Transaction& tx, const FactBook& book, const ledger::NewFact& fact, const Call& call,
                    const Zone& zone) {
  ZH_TRY(const http::Reach reach, entry_reach(fact.kind, call.principal));
  const people::Person* const person = book.people().find(fact.subject);
  const Date day = zone.date_of(fact.occurred_at);
  if (person == nullptr || !may_enter_about(*person, day, reach, call.principal)) return outside(fact.subject);
  if (zone.date_of(call.now) < day) {
    return invalid({.zh = "日期在将来", .en = "the day lies in the future"});
  }
  if (fact.source_ref.empty()) return {};
  ZH_TRY(const auto before, ledger::fact_of_ref(tx, fact.source_ref));
  if (before && !may_enter_about(*person, zone.date_of(before->occurred_at), reach, call.principal)) {
    return outside(fact.subject);
  }
  return {};
}

// Before anything is said about the person: a refusal must not tell who was hired when in another group.
Status check_reach(const FactBook& book, const EntryRowJson& row, const Call& call, const Zone& zone) {
  ZH_TRY(const http::Reach reach, entry_reach(trimmed(row.kind), call.principal));
  const people::Person* const person = book.people().find(trimmed(row.staff_no));
  if (person == nullptr) return {};
  const auto at = zone.parse_instant(trimmed(row.occurred_at));
  const Date day = zone.date_of(at.ok() ? *at : call.now);
  return may_enter_about(*person, day, reach, call.principal) ? Status() : Status(outside(person->staff_no()));
}

std::string sentence(const Error& problem, Language language) {
  const std::string& what = problem.message.in(language);
  return problem.clause.empty() ? what : fmt::format("{} ({})", what, problem.clause);
}

struct Checked {
  std::vector<ledger::NewFact> facts;
  std::vector<EnteredRowJson> rows;
};

Result<Checked> check_rows(db::Transaction& tx, const FactBook& book, const std::vector<EntryRowJson>& sent,
                           const Call& call, const Zone& zone) {
  const std::string file = as_file(sent);
  TextSource source(file);
  CsvTable table(source, "desk", ledger::fact_columns());
  ZH_CHECK(table.read_header());
  const ledger::FactRules rules = book.rules(zone);
  Checked checked;
  for (;;) {
    ZH_TRY(const CsvStep step, table.next());
    if (step == CsvStep::end) return checked;
    const auto parse = [&]() -> Result<ledger::FactRow> {
      if (step == CsvStep::bad_row) return table.problem();
      ZH_CHECK(check_reach(book, sent.at(checked.rows.size()), call, zone));
      ZH_TRY(auto row, ledger::parse_fact_row(table, rules));
      ZH_CHECK(check_rights(tx, book, row.fact, call, zone));
      return row;
    };
    auto row = parse();
    const Status status = row.ok() ? Status() : Status(row.error());
    if (!status.ok() && status.error().code == ErrorCode::unavailable) return status.error();
    EnteredRowJson& answer = checked.rows.emplace_back();
    answer.ok = status.ok();
    if (status.ok()) {
      checked.facts.push_back(std::move(row->fact));
    } else {
      answer.problem = sentence(status.error(), call.language);
    }
  }
}

Result<EnteredJson> enter(Call& call, Entry& entry, const EntryJson& sent) {
  if (sent.rows.empty() || sent.rows.size() > kRowsMax) {
    call.reject("/rows",
                {.zh = fmt::format("应有 1 至 {} 行", kRowsMax), .en = fmt::format("expected 1 to {} rows", kRowsMax)});
    return call.refused();
  }
  const Centre& centre = entry.serving.centre;
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  ZH_TRY(const auto people, entry.people.of(tx));
  ZH_TRY(const auto book, FactBook::load(tx, people));
  ZH_TRY(Checked checked, check_rows(tx, book, sent.rows, call, centre.zone));
  EnteredJson answer{.rows = std::move(checked.rows)};
  if (checked.facts.empty()) return answer;
  const auto taken = static_cast<std::int64_t>(checked.facts.size());
  ZH_TRY(const auto batch,
         ledger::record_batch(tx, {.kind = "facts",
                                   .files = {std::string(kBatchFile)},
                                   .content = sha256(as_file(sent.rows)),
                                   .actor = call.principal.account,
                                   .at = call.now,
                                   .accepted = taken,
                                   .rejected = static_cast<std::int64_t>(answer.rows.size()) - taken}));
  ZH_TRY(const auto counts, ledger::append_facts(tx, batch, checked.facts));
  answer.batch = batch.value;
  answer.added = counts.added;
  answer.unchanged = counts.stated - counts.added;
  answer.late = counts.late;
  ZH_CHECK(idempotency::keep_answer(tx, call, answer));
  ZH_CHECK(tx.commit());
  return answer;
}

// Who entered something wrongly may take it back, as long as no closed month depends on it.
Result<void> take_back(Call& call, const Centre& centre) {
  const ledger::BatchId id{call.path<std::int64_t>("batch")};
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  const auto batch = ledger::find_batch(tx, id);
  const bool own = batch.ok() && batch->what.actor == call.principal.account && batch->what.kind == "facts" &&
                   batch->what.files == std::vector{std::string(kBatchFile)};
  if (!own) {
    return error(ErrorCode::not_found, {.zh = "您没有这样录入过", .en = "you have entered no such batch"});
  }
  ZH_TRY(const auto counts,
         ledger::undo_batch(
             tx, {.batch = id, .actor = call.principal.account, .at = call.now, .parts = undo_parts(centre)}));
  static_cast<void>(counts);
  return tx.commit();
}

// ---- reading

// Whose pay the caller sees besides the own: what HR and managers reach, whatever else the caller leads.
http::Reach reach_of_pay(const http::Principal& principal) {
  const http::Principal person = in_person(principal);
  auto reach = http::decide(http::allow({{Role::manager, Scope::centre}, {Role::hr, Scope::centre}}, Secrecy::internal),
                            &person);
  return reach.ok() ? std::move(reach).value() : http::Reach{.self = principal.staff_no};
}

bool reads(const people::Person& person, Date day, const http::Reach& reach) {
  return reach.centre || person.staff_no() == reach.self ||
         std::ranges::find(reach.groups, person.on(day).group) != reach.groups.end();
}

Result<std::vector<FactJson>> list_facts(Call& call, Entry& entry, const FactsQuery& query) {
  const Centre& centre = entry.serving.centre;
  if (query.to < query.from || query.to.days - query.from.days >= kDaysMax) {
    call.reject_parameter("to", {.zh = fmt::format("应在开始日期之后，最多 {} 天", kDaysMax),
                                 .en = fmt::format("expected after the first day, at most {} days", kDaysMax)});
    return call.refused();
  }
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(const auto people, entry.people.of(tx));
  std::vector<FactJson> list;
  const people::Person* const person = people->find(query.staff_no);
  if (person == nullptr) return list;
  const http::Reach pay = reach_of_pay(call.principal);
  const Interval during{centre.zone.start_of(query.from), centre.zone.start_of(query.to.plus_days(1))};
  ZH_TRY(auto facts, ledger::current_facts_of(tx, during, query.staff_no));
  while (list.size() < kFactsMax && facts.next()) {
    const ledger::Fact& fact = facts.fact();
    const bool is_pay = fact.kind == kPayKind;
    if (!reads(*person, centre.zone.date_of(fact.occurred_at), is_pay ? pay : call.reach)) continue;
    if (query.kind && fact.kind != *query.kind) continue;
    list.push_back({.fact = fact.hash,
                    .kind = fact.kind,
                    .staff_no = fact.subject,
                    .occurred_at = fact.occurred_at,
                    .value = fact.value,
                    .note = fact.note,
                    .source_ref = fact.source_ref,
                    .recorded_at = fact.recorded_at});
  }
  ZH_CHECK(facts.finish());
  std::ranges::stable_sort(list, std::ranges::greater{}, &FactJson::occurred_at);
  return list;
}

}  // namespace

void add_fact_routes(http::Site& site, const Serving& serving) {
  const EntryPtr entry(new Entry{.serving = serving, .people = {}});
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/facts/kinds",
                     .id = "listFactKinds",
                     .summary = {.zh = "可以录入的事实种类", .en = "The kinds of facts one may enter"},
                     .tag = "facts",
                     .access = enterers()},
                    [entry](Call& call) { return list_kinds(call, *entry); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/facts",
       .id = "listFacts",
       .summary = {.zh = "一个人的事实", .en = "One person's facts"},
       .tag = "facts",
       .access = readers()},
      [entry](Call& call, const http::Query<FactsQuery>& query) { return list_facts(call, *entry, *query); });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/facts",
       .id = "enterFacts",
       .summary = {.zh = "录入事实，逐行采纳或拒绝", .en = "Enter facts, each row taken or refused by itself"},
       .tag = "facts",
       .access = enterers(),
       .idempotent_create = true},
      [entry](Call& call, const http::Body<EntryJson>& body) { return enter(call, *entry, *body); });
  site.router().add({.method = http::Method::del,
                     .path = "/api/v1/facts/batches/{batch:int}",
                     .id = "takeFactsBack",
                     .summary = {.zh = "撤回自己录入的一批", .en = "Take back what one has entered"},
                     .tag = "facts",
                     .access = enterers()},
                    [entry](Call& call) { return take_back(call, entry->serving.centre); });
}

}  // namespace zh::app
