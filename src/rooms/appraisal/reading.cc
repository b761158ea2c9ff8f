// Reading a person's facts: canonical order, keywords, points, and which facts the telephone log displaces.
#include <algorithm>
#include <tuple>

#include "rooms/appraisal/appraisal.h"
#include "rooms/appraisal/calls.h"

namespace zh::appraisal {

namespace {

auto fact_order(const InputFact& fact) { return std::tie(fact.kind, fact.occurred_at, fact.id); }
auto contact_order(const ContactDay& day) { return std::tie(day.day, day.product, day.id); }

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

void sort_canonically(PersonMonth& person) {
  std::ranges::sort(person.facts, {}, fact_order);
  std::ranges::sort(person.contacts, {}, contact_order);
}

void sort_canonically(MonthInput& input) {
  std::ranges::sort(input.people, {}, &PersonMonth::staff_no);
  for (PersonMonth& person : input.people) sort_canonically(person);
}

void one_after_another(std::size_t count, const std::function<void(std::size_t)>& step) {
  for (std::size_t i = 0; i < count; ++i) step(i);
}

std::span<const InputFact> facts_of(const PersonMonth& person, std::string_view kind) {
  const auto found = std::ranges::equal_range(person.facts, kind, {}, &InputFact::kind);
  return {found.begin(), found.end()};
}

std::string_view keyword_of(std::string_view note) { return trimmed(note.substr(0, note.find(';'))); }

Result<Fraction> points_of(const policy::Pack& pack, const InputFact& fact) {
  if (fact.value) return Fraction(*fact.value);
  const policy::FactKind* const kind = pack.fact_kind(fact.kind);
  if (kind != nullptr && kind->if_empty) return Fraction(*kind->if_empty);
  const std::string name(fact.kind);
  return error(ErrorCode::invalid,
               {.zh = fmt::format("{} 的事实 {:.12}（{}）没有数值，规章包也没有规定空值代表多少", fact.day.to_string(),
                                  fact.id.hex(), name),
                .en = fmt::format("the {} fact {:.12} of {} has no value, and the pack does not say what an empty one "
                                  "stands for",
                                  name, fact.id.hex(), fact.day.to_string())});
}

policy::Input as_input(const InputFact& fact) {
  return {fact.id, std::string(fact.kind), fact.occurred_at, fact.value};
}

policy::Input as_input(const ContactDay& day) {
  return {day.id, std::string(kContactDay), day.day_start, Decimal(day.assigned)};
}

// ---- calls ----------------------------------------------------------------------------------------------------------

Calls::Calls(const PersonMonth& person) : person_(person) {
  for (const ContactDay& day : person.contacts) {
    if (logged_days_.empty() || logged_days_.back() != day.day) logged_days_.push_back(day.day);
  }
}

bool Calls::logged(Date day) const { return std::ranges::binary_search(logged_days_, day); }

Handled Calls::handled_by_product() const {
  Handled products;
  for (const ContactDay& day : person_.contacts) {
    if (day.handled == 0) continue;
    ProductTalk& talk = products[day.product];
    talk.seconds += Fraction(day.talk_ms, 1000);
    talk.contacts += day.handled;
    talk.inputs.push_back(as_input(day));
    talk.inputs.back().value = Fraction(day.talk_ms, 1000).to_decimal();
  }
  for (const InputFact& fact : facts_of(person_, kHandleTime)) {
    if (logged(fact.day)) continue;
    if (!fact.value) continue;  // the catalogue requires one
    ProductTalk& talk = products[std::string(keyword_of(fact.note))];
    talk.seconds += Fraction(*fact.value);
    talk.contacts += 1;
    talk.inputs.push_back(as_input(fact));
  }
  return products;
}

CallCount Calls::assigned() const { return count(kOffered, &ContactDay::assigned); }
CallCount Calls::answered() const { return count(kAnswered, &ContactDay::answered); }

CallCount Calls::count(std::string_view kind, std::int64_t ContactDay::* figure) const {
  CallCount total;
  for (const ContactDay& day : person_.contacts) {
    if (day.*figure == 0) continue;
    total.calls += Fraction(day.*figure);
    total.inputs.push_back(as_input(day));
    total.inputs.back().value = Decimal(day.*figure);
  }
  for (const InputFact& fact : facts_of(person_, kind)) {
    if (logged(fact.day) || !fact.value) continue;
    total.calls += Fraction(*fact.value);
    total.inputs.push_back(as_input(fact));
  }
  return total;
}

std::int64_t Calls::left_out(Date day) const {
  std::int64_t facts = 0;
  for (const std::string_view kind : {kHandleTime, kOffered, kAnswered}) {
    facts += std::ranges::count(facts_of(person_, kind), day, &InputFact::day);
  }
  return facts;
}

std::vector<Overlap> overlaps(const MonthInput& input) {
  std::vector<Overlap> found;
  for (const PersonMonth& person : input.people) {
    const Calls calls(person);
    for (const Date day : calls.logged_days()) {
      const std::int64_t facts = calls.left_out(day);
      if (facts > 0) found.push_back({person.staff_no, day, facts});
    }
  }
  return found;
}

}  // namespace zh::appraisal
