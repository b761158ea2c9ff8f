// pay.yaml: the components of a position's wage.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

Decimal read_yuan(Reader& reader, std::string_view key, const std::string& clause, Loading& loading) {
  const Decimal amount = reader.number(key);
  if (amount.is_negative() || amount.normalized().scale() > 2) {
    loading.problems.error("out_of_range", reader.place_of(key),
                           {.zh = fmt::format("`{}` 应是不小于 0、最多两位小数的金额", key),
                            .en = fmt::format("`{}` must be an amount of at least 0 with at most two decimals", key)},
                           {.zh = "改正金额", .en = "correct the amount"}, clause);
  }
  return amount;
}

TableDomain domain_of(RateTable::Of of, const Pack& pack, const std::string& position) {
  switch (of) {
    case RateTable::Of::on_probation:
      return {.type = NameInfo::Type::boolean, .unit = {}, .low = {}, .high = {}};
    case RateTable::Of::completed_years:
      return {.unit = "years", .low = 0, .high = std::nullopt};
    case RateTable::Of::star:
      break;
  }
  const Rating* const rating = pack.rating(position);
  const int best = rating == nullptr || rating->quotas.empty() ? 5 : rating->quotas.front().star;
  return {.unit = "stars", .low = 0, .high = best};
}

RateTable read_rates(const yaml::Node& node, const PayComponent& component, const std::string& position,
                     Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`rates`", .en = "`rates`"});
  RateTable rates;
  const std::string of = reader.choice("of", {"on_probation", "completed_years", "star"});
  if (of == "completed_years") rates.of = RateTable::Of::completed_years;
  if (of == "star") rates.of = RateTable::Of::star;
  if (reader.has("times")) {
    rates.times = read_yuan(reader, "times", component.clause, loading);
    rates.times_place = reader.place_of("times");
  }
  // Whole years and whole stars: the lattice is the domain's, not the pack's to choose.
  TableShape shape{.rows_key = "rows",
                   .result_key = rates.times ? "coefficient" : "amount",
                   .low = Decimal(0),
                   .high = std::nullopt,
                   .domain = domain_of(rates.of, loading.pack, position),
                   .clause = component.clause};
  rates.rows = read_table(reader, shape, loading);
  rates.prorated = reader.has("prorate") && reader.choice("prorate", {"employed_days"}) == "employed_days";
  reader.done();
  return rates;
}

PerPiece read_per_piece(const yaml::Node& node, const PayComponent& component, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`per_piece`", .en = "`per_piece`"});
  PerPiece piece;
  if (reader.choice("count", {"facts", "products"}) == "products") {
    piece.count = PerPiece::Count::products;
  } else {
    piece.kind = loading.kind(reader, "kind", component.clause);
  }
  piece.each = read_yuan(reader, "each", component.clause, loading);
  const bool counts_all = reader.choice("counted", {"all", "beyond_required"}, "all") == "all";
  if (!counts_all) {
    reader.require("required", {.zh = "写明不计的数量，如 `required: 3`",
                                .en = "say how many are not counted, such as `required: 3`"});
    piece.free = reader.optional_count("required").value_or(0);
  }
  reader.done();
  return piece;
}

WhenFlawless read_flawless(const yaml::Node& node, const PayComponent& component, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`flawless`", .en = "`flawless`"});
  WhenFlawless flawless;
  flawless.amount = read_yuan(reader, "amount", component.clause, loading);
  flawless.none_of = loading.kinds(reader, "none_of", component.clause);
  flawless.employed_every_day = reader.flag("employed_every_day", false);
  reader.done();
  return flawless;
}

FactSum read_sum(const yaml::Node& node, const PayComponent& component, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`sum`", .en = "`sum`"});
  FactSum sum{loading.kind(reader, "kind", component.clause)};
  reader.done();
  return sum;
}

PayMethod read_method(Reader& reader, const PayComponent& component, const std::string& position, Loading& loading) {
  PayMethod method = FactSum{};
  int found = 0;
  if (const yaml::Node* const node = reader.find("rates")) {
    ++found;
    method = read_rates(*node, component, position, loading);
  }
  if (const yaml::Node* const node = reader.find("sum")) {
    ++found;
    method = read_sum(*node, component, loading);
  }
  if (const yaml::Node* const node = reader.find("per_piece")) {
    ++found;
    method = read_per_piece(*node, component, loading);
  }
  if (const yaml::Node* const node = reader.find("flawless")) {
    ++found;
    method = read_flawless(*node, component, loading);
  }
  if (found != 1 && reader.readable()) {
    loading.problems.error("pay_method", reader.place(),
                           {.zh = "`rates`、`sum`、`per_piece`、`flawless` 必须且只能写一个",
                            .en = "exactly one of `rates`, `sum`, `per_piece` and `flawless` must stand"},
                           {.zh = "写明金额怎样得出", .en = "say how the amount comes about"}, component.clause);
  }
  return method;
}

// Only what may be paid belongs to a wage; sanctions and compensations have rules of their own (RULES.md F7).
MoneyEffect read_effect(Reader& reader, const std::string& clause, Loading& loading) {
  const std::string word =
      reader.choice("effect", {"pay_component", "loss_compensation", "lawful_sanction", "unlawful_fine"});
  if (word == "pay_component" || !reader.has("effect")) return MoneyEffect::pay_component;
  loading.problems.error("money_effect", reader.place_of("effect"),
                         {.zh = fmt::format("`{}` 不是工资项，不能写在 `pay` 里", word),
                          .en = fmt::format("a `{}` is no pay component and has no place under `pay`", word)},
                         {.zh = "工资项写 `effect: pay_component`", .en = "pay components say `effect: pay_component`"},
                         clause);
  return MoneyEffect::pay_component;
}

PayComponent read_component(const yaml::Node& node, const std::string& path, const std::string& position,
                            Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "工资项", .en = "a pay component"});
  PayComponent component;
  std::string id = reader.word("id");
  const std::string full = path + ".components." + id;
  static_cast<RuleHead&>(component) = loading.head(reader, std::move(id), node.place, full);
  loading.unit_is(reader, component, "yuan", {.zh = "工资项", .en = "a pay component"});
  component.effect = read_effect(reader, component.clause, loading);
  component.method = read_method(reader, component, position, loading);
  component.round =
      RoundRule{.rounding = Rounding::half_up, .digits = 2, .text = "round half up(value, 2)", .place = node.place};
  if (const yaml::Node* const round = reader.find("round")) {
    component.round = compile_rounding(*round, loading.problems).value_or(component.round);
  }
  if (component.round.digits > 2) {
    loading.problems.error("out_of_range", component.round.place,
                           {.zh = "金额最多保留到分", .en = "amounts are kept to the fen at most"},
                           {.zh = "位数写 0–2", .en = "write 0 to 2 digits"}, component.clause);
  }
  reader.done();
  captioned(component);
  return component;
}

PayPlan read_plan(const yaml::Entry& rule, Loading& loading) {
  const std::string path = "pay." + rule.key;
  Reader reader(rule.value, loading.problems, {.zh = fmt::format("工资 {}", rule.key), .en = "pay plan " + rule.key});
  PayPlan plan;
  static_cast<RuleHead&>(plan) = loading.head(reader, rule.key, rule.place, path);
  plan.unit = "yuan";
  plan.position = loading.position(reader);
  std::set<std::string> seen;
  for (const yaml::Node& node :
       reader.required_list("components", {.zh = "写上工资项", .en = "write the components"})) {
    plan.components.push_back(read_component(node, path, plan.position, loading));
    loading.unique(seen, plan.components.back().id, node.place, plan.components.back().clause);
  }
  reader.done();
  captioned(plan);
  return plan;
}

}  // namespace

void read_pay(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.pay.push_back(read_plan(rule, loading));
}

}  // namespace zh::policy
