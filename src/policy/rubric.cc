#include "policy/rubric.h"

#include <algorithm>

namespace zh::policy {

namespace {

template <class Rules, class Member>
auto find_in(const Rules& rules, std::string_view value, Member member) -> decltype(rules.data()) {
  const auto found = std::ranges::find(rules, value, member);
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace

bool RubricItem::applies_to(std::string_view channel) const {
  return std::ranges::find(channels, channel) != channels.end();
}

const RubricAnswer* RubricItem::answer(std::string_view answer_id) const {
  return find_in(answers, answer_id, &RubricAnswer::id);
}

const RubricItem* Rubric::item(std::string_view item_id) const {
  for (const RubricDimension& dimension : dimensions) {
    if (const RubricItem* const found = find_in(dimension.items, item_id, &RubricItem::id)) return found;
  }
  return nullptr;
}

const FindingSeverity* Rubric::severity(std::string_view severity_id) const {
  return find_in(severities, severity_id, &FindingSeverity::id);
}

const RubricBonus* Rubric::bonus(std::string_view bonus_id) const {
  return find_in(bonuses, bonus_id, &RubricBonus::id);
}

}  // namespace zh::policy
