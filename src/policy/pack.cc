#include "policy/pack.h"

#include <fmt/format.h>

#include <algorithm>

namespace zh::policy {

namespace {

template <class Rules, class Member>
auto find_in(const Rules& rules, std::string_view value, Member member) -> decltype(rules.data()) {
  const auto found = std::ranges::find(rules, value, member);
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace

bool Range::contains(const Decimal& value) const {
  if (low && (low_included ? value < *low : value <= *low)) return false;
  return !high || (high_included ? value <= *high : value < *high);
}

Result<const Row*> Table::row_for(const Value& value) const {
  const Row* found = nullptr;
  for (const Row& row : rows) {
    ZH_TRY(const bool applies, row.when.truth({&value, 1}));
    if (!applies) continue;
    if (found != nullptr) {
      return invalid({.zh = fmt::format("第 {} 行与第 {} 行同时适用", found->place.line, row.place.line),
                      .en = fmt::format("lines {} and {} both apply", found->place.line, row.place.line)},
                     place);
    }
    found = &row;
  }
  if (found == nullptr) {
    return invalid(
        {.zh = "没有一行适用；数值不在分段的步长上？", .en = "no row applies; is the value off the table's step?"},
        place);
  }
  return found;
}

const Item* Scorecard::item(std::string_view item_id) const { return find_in(items, item_id, &Item::id); }
const Clause* Pack::clause(std::string_view clause_id) const { return find_in(clauses, clause_id, &Clause::id); }
const FactKind* Pack::fact_kind(std::string_view name) const { return find_in(facts, name, &FactKind::id); }
const Scorecard* Pack::scorecard(std::string_view position) const {
  return find_in(scorecards, position, &Scorecard::position);
}
const Rating* Pack::rating(std::string_view position) const { return find_in(ratings, position, &Rating::position); }
const Excellence* Pack::excellence(std::string_view position) const {
  return find_in(excellences, position, &Excellence::position);
}
const PayPlan* Pack::pay_plan(std::string_view position) const { return find_in(pay, position, &PayPlan::position); }

const Rubric* Pack::rubric(std::string_view rubric_id) const { return find_in(rubrics, rubric_id, &Rubric::id); }
const Rubric* Pack::rubric_for(std::string_view channel) const {
  const auto found = std::ranges::find_if(
      rubrics, [&](const Rubric& it) { return std::ranges::find(it.channels, channel) != it.channels.end(); });
  return found == rubrics.end() ? nullptr : &*found;
}

}  // namespace zh::policy
