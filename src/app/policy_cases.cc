#include "app/policy_cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/packs.h"
#include "base/hash.h"
#include "rooms/pay/month.h"
#include "rooms/pay/month_json.h"

namespace zh::app {

namespace {

// Nothing where the person is not employed on any day of the month.
std::optional<appraisal::PersonMonth> person_month(const policy::CasePerson& person, Month month) {
  const Date first = std::max(person.hired_on, month.first());
  const Date last = std::min(person.left_on.value_or(month.last()), month.last());
  if (last < first) return std::nullopt;
  appraisal::PersonMonth result;
  result.staff_no = person.staff_no;
  result.position = person.position;
  result.group = person.group;
  result.on_probation = person.probation_until && *person.probation_until >= last;
  result.products = person.products;
  result.hired_on = person.hired_on;
  result.last_employed_day = last;
  result.employed_days = last.days - first.days + 1;
  return result;
}

// Cases have no fact ids of their own: a fact is known by its place in the case.
Hash id_of(const policy::Case& it, std::size_t number) {
  return Hasher().field("case").field(it.id).field(static_cast<std::int64_t>(number)).finish();
}

Result<appraisal::InputFact> input_fact(const policy::Case& it, std::size_t number, const std::string& position,
                                        const ledger::FactLimits& limits, const Zone& zone) {
  const policy::CaseFact& fact = it.facts[number];
  const std::string value = fact.value ? fact.value->to_string() : std::string();
  ZH_TRY(const auto checked,
         ledger::checked_value({.kind = fact.kind, .value = value, .note = fact.note, .position = position}, limits));
  return appraisal::InputFact{.id = id_of(it, number),
                              .kind = ledger::find_kind(fact.kind)->name,
                              .occurred_at = fact.occurred_at,
                              .day = zone.date_of(fact.occurred_at),
                              .value = checked,
                              .note = fact.note,
                              .recorded = static_cast<std::int64_t>(number)};
}

Result<appraisal::MonthInput> month_input(const policy::Pack& pack, const policy::Case& it, const Zone& zone) {
  appraisal::MonthInput input{.period = it.period, .people = {}};
  for (const policy::CasePerson& person : it.people) {
    if (auto month = person_month(person, it.period)) input.people.push_back(std::move(*month));
  }
  const ledger::FactLimits limits = fact_limits(pack);
  for (std::size_t i = 0; i < it.facts.size(); ++i) {
    const auto person = std::ranges::find(input.people, it.facts[i].staff_no, &appraisal::PersonMonth::staff_no);
    // A fact of another month, or of somebody who is not employed, belongs to no row of this one.
    if (person == input.people.end() || !it.period.contains(zone.date_of(it.facts[i].occurred_at))) continue;
    ZH_TRY(auto fact, input_fact(it, i, person->position, limits, zone));
    person->facts.push_back(std::move(fact));
  }
  appraisal::sort_canonically(input);
  return input;
}

}  // namespace

Result<json::Array> run_case(const policy::Pack& pack, const policy::Case& it, const Zone& zone) {
  ZH_TRY(const appraisal::MonthInput input, month_input(pack, it, zone));
  ZH_TRY(const pay::MonthResult month, pay::compute_month(pack, input, {}));
  json::Array people;
  for (const pay::PersonResult& person : month.people) people.push_back(pay::person_json(person));
  return people;
}

}  // namespace zh::app
