// What only shows when all rules are read: clauses that nothing carries out, rules that contradict each other.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

void check_coverage(Loading& loading) {
  for (const Clause& clause : loading.pack.clauses) {
    bool recorded = false;
    const ClauseUse* computed = nullptr;
    for (const ClauseUse& use : loading.pack.uses) {
      if (use.clause != clause.id) continue;
      if (use.coverage == Coverage::computed) computed = &use;
      if (use.coverage == Coverage::recorded) recorded = true;
    }
    if (!clause.declared && computed == nullptr && !recorded) {
      loading.problems.error(
          "clause_without_rule", clause.place, {.zh = "没有规则落实这一条", .en = "no rule carries this clause out"},
          {.zh = "写一条规则，或注明 `covered: recorded` 或 `covered: informative` 及 `reason`",
           .en = "write a rule, or say `covered: recorded` or `covered: informative` with a `reason`"},
          clause.id);
    } else if (clause.declared && computed != nullptr) {
      loading.problems.error(
          "coverage_contradiction", clause.place,
          {.zh = fmt::format("注明不由软件计算，但 {} 的 `{}` 正在计算它", computed->place.to_string(), computed->rule),
           .en = fmt::format("said not to be computed, but `{}` at {} computes it", computed->rule,
                             computed->place.to_string())},
          {.zh = "删去 `covered` 和 `reason`", .en = "remove `covered` and `reason`"}, clause.id);
    }
  }
}

namespace {

// Two rules of one kind for one position: which holds?
template <class Rule>
void check_one_per_position(const std::vector<Rule>& rules, Loading& loading) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rules[i].position.empty() || rules[i].position != rules[j].position) continue;
      loading.problems.error("contradiction", rules[i].place,
                             {.zh = fmt::format("岗位 `{}` 已有 `{}`（{}），两条规则互相矛盾", rules[i].position,
                                                rules[j].id, rules[j].place.to_string()),
                              .en = fmt::format("position `{}` has `{}` at {} already: the two contradict each other",
                                                rules[i].position, rules[j].id, rules[j].place.to_string())},
                             {.zh = "只留一条", .en = "keep one of them"}, rules[i].clause);
      break;
    }
  }
}

// One kind of facts both raises and lowers a total, or does so twice.
void check_extras(const Scorecard& card, Loading& loading) {
  std::map<std::string, const Extra*> seen;
  for (const auto* extras : {&card.bonuses, &card.deductions}) {
    for (const Extra& extra : *extras) {
      const auto [first, is_new] = seen.emplace(extra.kind, &extra);
      if (is_new || extra.kind.empty()) continue;
      loading.problems.error(
          "contradiction", extra.place,
          {.zh = fmt::format("`{}` 在 {} 已经计入总分", extra.kind, first->second->place.to_string()),
           .en = fmt::format("`{}` enters the total at {} already", extra.kind, first->second->place.to_string())},
          {.zh = "只留一处", .en = "keep one of them"}, extra.clause);
    }
  }
}

void check_order_items(const Rating& rating, Loading& loading) {
  const Scorecard* const card = loading.pack.scorecard(rating.position);
  if (card == nullptr) {
    loading.problems.error(
        "contradiction", rating.place,
        {.zh = fmt::format("岗位 `{}` 没有考核表，无法评级", rating.position),
         .en = fmt::format("position `{}` has no scorecard, so it cannot be rated", rating.position)},
        {.zh = "写一张考核表，或改岗位", .en = "write a scorecard or change the position"}, rating.clause);
    return;
  }
  for (const OrderKey& key : rating.order) {
    for (const std::string& item : key.items) {
      if (card->item(item) != nullptr) continue;
      loading.problems.error("unknown_item", key.place,
                             {.zh = fmt::format("考核表 `{}` 没有考核项 `{}`", card->id, item),
                              .en = fmt::format("scorecard `{}` has no item `{}`", card->id, item)},
                             {.zh = "核对考核项的标识", .en = "check the item's id"}, rating.clause);
    }
  }
}

// What a rule reads must be facts that the position may have.
void check_readable(const std::string& kind, const std::string& position, const RuleHead& rule, Loading& loading) {
  const FactKind* const known = loading.pack.fact_kind(kind);
  if (known == nullptr || position.empty() || known->ranges.empty()) return;
  const bool may = std::ranges::any_of(
      known->ranges, [&](const FactRange& range) { return range.position.empty() || range.position == position; });
  if (may) return;
  loading.problems.error(
      "unreachable_rule", rule.place,
      {.zh = fmt::format("岗位 `{}` 不会有 `{}` 事实（{}），这条规则永远用不上", position, kind,
                         known->place.to_string()),
       .en = fmt::format("position `{}` may not have `{}` facts ({}): the rule never applies", position, kind,
                         known->place.to_string())},
      {.zh = "改事实种类的 `positions`，或删去规则", .en = "change the kind's `positions` or remove the rule"},
      rule.clause);
}

void check_item_kinds(const Item& item, const std::string& position, Loading& loading) {
  struct Kinds {
    std::vector<std::string> operator()(const InspectionScore& metric) const { return {metric.kind}; }
    std::vector<std::string> operator()(const FactMean& metric) const { return {metric.kind}; }
    std::vector<std::string> operator()(const SatisfactionRate& metric) const { return {metric.kind}; }
    std::vector<std::string> operator()(const DayMaxima& metric) const { return {metric.kind}; }
    std::vector<std::string> operator()(const PointsSum& metric) const { return metric.kinds; }
    std::vector<std::string> operator()(const SalesPerCall& metric) const { return {metric.target}; }
    std::vector<std::string> operator()(const AverageHandlingTime& /*metric*/) const { return {}; }
    std::vector<std::string> operator()(const ConnectionRate& /*metric*/) const { return {}; }
    std::vector<std::string> operator()(const GroupMean& /*metric*/) const { return {}; }
  };
  for (const std::string& kind : std::visit(Kinds{}, item.metric)) check_readable(kind, position, item, loading);
}

void check_pay_kinds(const PayPlan& plan, Loading& loading) {
  for (const PayComponent& component : plan.components) {
    if (const auto* const sum = std::get_if<FactSum>(&component.method)) {
      check_readable(sum->kind, plan.position, component, loading);
    } else if (const auto* const piece = std::get_if<PerPiece>(&component.method)) {
      check_readable(piece->kind, plan.position, component, loading);
    } else if (const auto* const flawless = std::get_if<WhenFlawless>(&component.method)) {
      for (const std::string& kind : flawless->none_of) check_readable(kind, plan.position, component, loading);
    }
  }
}

}  // namespace

void check_contradictions(Loading& loading) {
  const Pack& pack = loading.pack;
  check_one_per_position(pack.scorecards, loading);
  check_one_per_position(pack.ratings, loading);
  check_one_per_position(pack.excellences, loading);
  check_one_per_position(pack.pay, loading);
  for (const Scorecard& card : pack.scorecards) {
    check_extras(card, loading);
    for (const Item& item : card.items) check_item_kinds(item, card.position, loading);
    for (const auto* extras : {&card.bonuses, &card.deductions}) {
      for (const Extra& extra : *extras) check_readable(extra.kind, card.position, extra, loading);
    }
  }
  for (const Rating& rating : pack.ratings) check_order_items(rating, loading);
  for (const PayPlan& plan : pack.pay) check_pay_kinds(plan, loading);
}

}  // namespace zh::policy
