#include "rooms/pay/month_store.h"

#include <algorithm>
#include <unordered_map>

#include "base/json.h"
#include "ledger/facts.h"
#include "rooms/contacts/contacts.h"
#include "rooms/pay/month_json.h"

namespace zh::pay {

namespace {

using appraisal::ContactDay;
using appraisal::InputFact;
using appraisal::PersonMonth;

PersonMonth person_month(const people::Person& person, const people::InMonth& in) {
  PersonMonth month;
  month.staff_no = person.staff_no();
  month.position = people::name_of(in.position);
  month.group = in.group;
  month.on_probation = in.on_probation;
  month.products = in.products;
  month.hired_on = person.hired_on();
  month.last_employed_day = in.last_employed;
  month.employed_days = in.employed_days();
  return month;
}

ContactDay contact_day(const contacts::AgentDay& day, const Zone& zone) {
  ContactDay result;
  result.day = day.day;
  result.day_start = zone.start_of(day.day);
  result.product = day.product;
  result.assigned = day.assigned;
  result.answered = day.answered;
  result.handled = day.handled;
  result.talk_ms = day.talk_ms;
  result.id = Hasher()
                  .field("contact_day")
                  .field(day.staff_no)
                  .field(day.day.to_string())
                  .field(day.product)
                  .field(day.assigned)
                  .field(day.answered)
                  .field(day.handled)
                  .field(day.talk_ms)
                  .finish();
  return result;
}

PersonMonth* find_person(std::vector<PersonMonth>& people, std::string_view staff_no) {
  const auto found = std::ranges::lower_bound(people, staff_no, {}, &PersonMonth::staff_no);
  return found != people.end() && found->staff_no == staff_no ? &*found : nullptr;
}

Status load_log(const Sources& sources, appraisal::MonthInput& input) {
  ZH_TRY(const auto days, contacts::agent_days(sources.tx, {.people = sources.people, .zone = sources.zone},
                                               {.from = input.period.first(), .until = input.period.last()}));
  for (const contacts::AgentDay& day : days) {
    const bool empty = day.assigned == 0 && day.answered == 0 && day.handled == 0;
    if (!day.known || empty) continue;
    if (PersonMonth* const person = find_person(input.people, day.staff_no)) {
      person->contacts.push_back(contact_day(day, sources.zone));
    }
  }
  return {};
}

std::string_view interned(std::set<std::string, std::less<>>& kinds, const std::string& kind) {
  const auto found = kinds.find(kind);
  return found != kinds.end() ? *found : *kinds.insert(kind).first;
}

// The civil days of one interval of whole days. Asking the zone for each of millions of facts would take longer than
// reading them.
class Days {
 public:
  Days(const Zone& zone, Interval interval) : first_(zone.date_of(interval.from)) {
    for (Date day = first_; zone.start_of(day) < interval.until; day = day.plus_days(1)) {
      starts_.push_back(zone.start_of(day));
    }
    starts_.push_back(interval.until);
  }

  // Requires an instant within the interval.
  Date of(Instant at) const {
    constexpr std::int64_t kDay = 86'400'000'000;
    const auto days = static_cast<std::size_t>((at.us - starts_.front().us) / kDay);
    std::size_t day = std::min(days, starts_.size() - 2);
    // A day is not always 24 hours long.
    while (at < starts_[day]) --day;
    while (at >= starts_[day + 1]) ++day;
    return first_.plus_days(static_cast<int>(day));
  }

 private:
  Date first_;
  std::vector<Instant> starts_;  // of each day, and the end
};

InputFact input_fact(const ledger::Fact& fact, const Days& days, std::set<std::string, std::less<>>& kinds) {
  return {.id = fact.hash,
          .kind = interned(kinds, fact.kind),
          .occurred_at = fact.occurred_at,
          .day = days.of(fact.occurred_at),
          .value = fact.value,
          .note = fact.note,
          .recorded = fact.place};
}

Status load_facts(const Sources& sources, LoadedMonth& month) {
  std::unordered_map<std::string_view, PersonMonth*> by_staff_no;
  by_staff_no.reserve(month.input.people.size());
  for (PersonMonth& person : month.input.people) by_staff_no.emplace(person.staff_no, &person);
  const Interval interval = sources.zone.interval_of(month.input.period);
  const Days days(sources.zone, interval);
  ZH_TRY(auto facts, ledger::current_facts(sources.tx, interval));
  while (facts.next()) {
    const auto person = by_staff_no.find(facts.fact().subject);
    if (person == by_staff_no.end()) continue;
    person->second->facts.push_back(input_fact(facts.fact(), days, month.kinds));
  }
  return facts.finish();
}

Hash basis_of(const PersonMonth& person) {
  Hasher hasher;
  hasher.field(person.position).field(person.group).field(person.on_probation ? 1 : 0);
  hasher.field(person.hired_on.to_string()).field(person.last_employed_day.to_string()).field(person.employed_days);
  hasher.field(static_cast<std::int64_t>(person.products.size()));
  for (const std::string& product : person.products) hasher.field(product);
  for (const ContactDay& day : person.contacts) hasher.field(day.id.hex());
  return hasher.finish();
}

json::Value snapshot_json(const PersonMonth& person) {
  json::Array products;
  for (const std::string& product : person.products) products.emplace_back(product);
  return json::Object{{"position", person.position},
                      {"group", person.group},
                      {"on_probation", person.on_probation},
                      {"hired_on", person.hired_on.to_string()},
                      {"last_employed_day", person.last_employed_day.to_string()},
                      {"employed_days", person.employed_days},
                      {"products", std::move(products)}};
}

json::Value log_json(const std::vector<ContactDay>& contacts) {
  json::Array days;
  for (const ContactDay& day : contacts) {
    days.push_back(json::Object{{"id", day.id.hex()},
                                {"day", day.day.to_string()},
                                {"product", day.product},
                                {"assigned", day.assigned},
                                {"answered", day.answered},
                                {"handled", day.handled},
                                {"talk_ms", day.talk_ms}});
  }
  return days;
}

// The facts by their number and one hash over all of theirs: they stay in the ledger for ever, and those that a figure
// was made from stand in the derivation one by one.
json::Value facts_json(const std::vector<InputFact>& facts) {
  Hasher hasher;
  for (const InputFact& fact : facts) {
    hasher.stream({reinterpret_cast<const char*>(fact.id.bytes.data()), fact.id.bytes.size()});
  }
  return json::Object{{"count", facts.size()}, {"hash", hasher.finish().hex()}};
}

// Parts one after another, each behind its length.
std::string framed(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const std::string_view part : parts) {
    bytes += std::to_string(part.size()) + ":";
    bytes += part;
  }
  return bytes;
}

Error damaged() { return error(ErrorCode::corrupt, {.zh = "已存的结果单损坏", .en = "a stored statement is damaged"}); }

Result<std::string> next_part(std::string_view& bytes) {
  const std::size_t colon = bytes.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 12) return damaged();
  std::size_t length = 0;
  for (const char digit : bytes.substr(0, colon)) {
    if (digit < '0' || digit > '9') return damaged();
    length = length * 10 + static_cast<std::size_t>(digit - '0');
  }
  bytes.remove_prefix(colon + 1);
  if (length > bytes.size()) return damaged();
  std::string part(bytes.substr(0, length));
  bytes.remove_prefix(length);
  return part;
}

json::Value basis_json(const Basis& basis) {
  json::Object object;
  object.reserve(basis.size());
  for (const auto& [staff_no, hash] : basis) object.push_back({staff_no, hash.hex()});
  return object;
}

Result<Basis> basis_from(const json::Value& value) {
  if (value.object() == nullptr) return damaged();
  Basis basis;
  for (const json::Member& member : *value.object()) {
    if (member.value.text() == nullptr) return damaged();
    ZH_TRY(basis[member.name], Hash::parse(*member.value.text()));
  }
  return basis;
}

}  // namespace

Result<LoadedMonth> load_month_without_facts(const Sources& sources, Month month) {
  LoadedMonth loaded;
  loaded.input.period = month;
  for (const people::Person& person : sources.people.all()) {
    if (const auto in = person.in(month)) loaded.input.people.push_back(person_month(person, *in));
  }
  ZH_CHECK(load_log(sources, loaded.input));
  sort_canonically(loaded.input);
  for (const PersonMonth& person : loaded.input.people) {
    loaded.basis.emplace_hint(loaded.basis.end(), person.staff_no, basis_of(person));
  }
  return loaded;
}

Result<LoadedMonth> load_month(const Sources& sources, Month month, const appraisal::ForEach& for_each) {
  ZH_TRY(LoadedMonth loaded, load_month_without_facts(sources, month));
  ZH_CHECK(load_facts(sources, loaded));
  for_each(loaded.input.people.size(), [&](std::size_t i) { sort_canonically(loaded.input.people[i]); });
  return loaded;
}

Status load_facts_of(const Sources& sources, Interval interval, PersonMonth& person,
                     std::set<std::string, std::less<>>& kinds) {
  const Days days(sources.zone, interval);
  ZH_TRY(auto facts, ledger::current_facts_of(sources.tx, interval, person.staff_no));
  while (facts.next()) person.facts.push_back(input_fact(facts.fact(), days, kinds));
  ZH_CHECK(facts.finish());
  sort_canonically(person);
  return {};
}

ledger::NewStatement centre_statement(const Frozen& frozen, Month period, const Hash& pack) {
  ledger::NewStatement statement;
  statement.period = period;
  statement.issued_in = period;
  statement.kind = kStatementKind;
  statement.pack = pack;
  statement.result = json::compact(json::Object{{"pack", frozen.pack}, {"cut_offs", cut_offs_json(frozen.cut_offs)}});
  statement.inputs = json::compact(json::Object{{"basis", basis_json(frozen.basis)}});
  return statement;
}

Result<Frozen> frozen_month(db::Transaction& tx, Month period) {
  ZH_TRY(const auto statement,
         ledger::original_statement(tx, {.period = period, .kind = std::string(kStatementKind), .subject = {}}));
  if (!statement) return damaged();
  ZH_TRY(const json::Value result, json::parse(statement->what.result));
  ZH_TRY(const json::Value inputs, json::parse(statement->what.inputs));
  const json::Value* const pack = result.find("pack");
  const json::Value* const cut_offs = result.find("cut_offs");
  const json::Value* const basis = inputs.find("basis");
  if (pack == nullptr || pack->text() == nullptr || cut_offs == nullptr || basis == nullptr) return damaged();
  Frozen frozen{.pack = *pack->text(), .cut_offs = {}, .basis = {}};
  ZH_TRY(frozen.cut_offs, cut_offs_from(*cut_offs));
  ZH_TRY(frozen.basis, basis_from(*basis));
  return frozen;
}

ledger::NewStatement person_statement(const Statement& statement) {
  const appraisal::Sheet& sheet = statement.person.sheet;
  ledger::NewStatement result;
  result.period = statement.period;
  result.issued_in = statement.issued_in;
  result.kind = kStatementKind;
  result.subject = sheet.staff_no;
  result.pack = statement.pack;
  result.result = json::compact(statement.row);
  if (statement.input != nullptr) {
    result.inputs = json::compact(json::Object{{"person", snapshot_json(*statement.input)},
                                               {"log", log_json(statement.input->contacts)},
                                               {"facts", facts_json(statement.input->facts)}});
  }
  result.derivation = framed({sheet.scorecard_derivation, sheet.standing_derivation, statement.person.pay_derivation});
  return result;
}

Result<PersonResult> derivations_from(const ledger::Statement& statement) {
  PersonResult person;
  person.sheet.staff_no = statement.what.subject;
  std::string_view bytes = statement.what.derivation;
  ZH_TRY(person.sheet.scorecard_derivation, next_part(bytes));
  ZH_TRY(person.sheet.standing_derivation, next_part(bytes));
  ZH_TRY(person.pay_derivation, next_part(bytes));
  return person;
}

Result<std::map<std::string, Decimal>> totals_of(db::Transaction& tx, Month period) {
  std::map<std::string, Decimal> totals;
  ZH_TRY(auto statements, ledger::statements_of(tx, period, kStatementKind));
  while (statements.next()) {
    const ledger::NewStatement& what = statements.statement().what;
    if (what.subject.empty()) continue;
    ZH_TRY(const json::Value row, json::parse(what.result));
    const json::Value* const scorecard = row.find("scorecard");
    const json::Value* const total = scorecard == nullptr ? nullptr : scorecard->find("total");
    if (total == nullptr || total->text() == nullptr) continue;
    ZH_TRY(totals[what.subject], Decimal::parse(*total->text()));
  }
  ZH_CHECK(statements.finish());
  return totals;
}

}  // namespace zh::pay
