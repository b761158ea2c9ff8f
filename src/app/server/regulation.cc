#include "app/server/regulation.h"

#include <fmt/format.h>

namespace zh::app {

namespace {

using policy::Pack;
using Parameters = std::vector<RuleParameter>;

// A number without trailing zeros, with its unit where it has one: "25 percent".
std::string figure(const Decimal& number, std::string_view unit = {}) {
  const std::string text = number.normalized().to_string();
  return unit.empty() ? text : fmt::format("{} {}", text, unit);
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

// Bands and rates: what is tested, and what it yields.
void add_rows(Parameters& parameters, const policy::Table& table, std::string_view unit) {
  for (const policy::Row& row : table.rows) {
    const std::string test = table.unit.empty() ? row.when.text() : fmt::format("{} {}", row.when.text(), table.unit);
    parameters.push_back({verbatim(test), figure(row.result, unit)});
  }
}

// ---- metrics

struct MetricParameters {
  Parameters& to;

  void kind(const std::string& kind) { to.push_back({{.zh = "事实种类", .en = "kind of fact"}, kind}); }
  void group(policy::Scope scope) {
    if (scope == policy::Scope::group) to.push_back({{.zh = "范围", .en = "over"}, "group"});
  }

  void operator()(const policy::InspectionScore& metric) {
    kind(metric.kind);
    to.push_back({{.zh = "第一轮截止日", .en = "first round until day"}, std::to_string(metric.first_round_until_day)});
  }
  void operator()(const policy::AverageHandlingTime& metric) { group(metric.scope); }
  void operator()(const policy::FactMean& metric) { kind(metric.kind); }
  void operator()(const policy::SatisfactionRate& metric) { kind(metric.kind); }
  void operator()(const policy::ConnectionRate&) {}
  void operator()(const policy::DayMaxima& metric) {
    kind(metric.kind);
    if (!metric.leave_out.empty()) to.push_back({{.zh = "不计备注", .en = "left out where noted"}, metric.leave_out});
  }
  void operator()(const policy::PointsSum& metric) {
    kind(joined(metric.kinds));
    if (!metric.mark.empty()) to.push_back({{.zh = "标记", .en = "mark"}, metric.mark});
  }
  void operator()(const policy::GroupMean& metric) { to.push_back({{.zh = "岗位", .en = "of"}, metric.of}); }
  void operator()(const policy::SalesPerCall& metric) { kind(joined({metric.sales, metric.target})); }
};

struct ScoringParameters {
  Parameters& to;

  void operator()(const policy::AsMeasured&) {}
  void operator()(const policy::Table& table) { add_rows(to, table, "points"); }
  void operator()(const policy::LessPerPiece& scoring) {
    to.push_back({{.zh = "起点", .en = "from"}, figure(scoring.from, "points")});
    to.push_back({{.zh = "下限", .en = "floor"}, figure(scoring.floor, "points")});
    add_rows(to, scoring.points, "points");
  }
  void operator()(const policy::Formula& formula) { to.push_back({{.zh = "公式", .en = "formula"}, formula.text()}); }
  void operator()(const policy::Decision& decision) {
    to.push_back({{.zh = "决策", .en = "decision"}, decision.name()});
  }
};

std::string name_of(policy::NoData no_data) {
  switch (no_data) {
    case policy::NoData::not_applicable:
      return "not_applicable";
    case policy::NoData::no_total:
      return "no_total";
    case policy::NoData::never:
      return "never";
  }
  return "never";
}

Parameters parameters_of(const policy::Item& item) {
  Parameters parameters{{{.zh = "权重", .en = "weight"}, figure(item.weight, "%")},
                        {{.zh = "指标", .en = "metric"}, item.metric_name}};
  std::visit(MetricParameters{parameters}, item.metric);
  if (item.round) parameters.push_back({{.zh = "舍入", .en = "rounding"}, item.round->text});
  std::visit(ScoringParameters{parameters}, item.scoring);
  if (item.no_data != policy::NoData::never) {
    parameters.push_back({{.zh = "无数据时", .en = "without data"}, name_of(item.no_data)});
  }
  return parameters;
}

// ---- pay

struct PayParameters {
  Parameters& to;

  void operator()(const policy::RateTable& rates) {
    add_rows(to, rates.rows, rates.times ? "" : "yuan");
    if (rates.times) to.push_back({{.zh = "乘以", .en = "times"}, figure(*rates.times, "yuan")});
    if (rates.prorated) to.push_back({{.zh = "折算", .en = "prorated"}, "days employed / days of the month"});
  }
  void operator()(const policy::FactSum& sum) { to.push_back({{.zh = "事实种类", .en = "kind of fact"}, sum.kind}); }
  void operator()(const policy::PerPiece& piece) {
    to.push_back({{.zh = "每项", .en = "each"}, figure(piece.each, "yuan")});
    if (piece.free > 0) to.push_back({{.zh = "不计前几项", .en = "beyond the first"}, std::to_string(piece.free)});
    if (!piece.kind.empty()) to.push_back({{.zh = "事实种类", .en = "kind of fact"}, piece.kind});
  }
  void operator()(const policy::WhenFlawless& flawless) {
    to.push_back({{.zh = "金额", .en = "amount"}, figure(flawless.amount, "yuan")});
    to.push_back({{.zh = "不得有", .en = "none of"}, joined(flawless.none_of)});
  }
};

// ---- the walk

class Rules {
 public:
  std::map<std::string, RuleView> take() { return std::move(rules_); }

  void add(const std::string& path, const policy::RuleHead& head, Parameters parameters = {}) {
    rules_.insert_or_assign(path, RuleView{head.id, head.label, std::move(parameters)});
  }

  void add_conditions(const std::string& path, const std::vector<policy::Condition>& conditions) {
    for (const auto& condition : conditions) {
      add(path + "." + condition.id, condition, {{{.zh = "条件", .en = "when"}, condition.when.text()}});
    }
  }

 private:
  std::map<std::string, RuleView> rules_;
};

void add_scorecard(Rules& rules, const policy::Scorecard& card) {
  const std::string path = "scorecards." + card.id;
  Parameters of_total{{{.zh = "舍入", .en = "rounding"}, card.round.text}};
  if (card.floor) of_total.push_back({{.zh = "下限", .en = "floor"}, figure(*card.floor)});
  if (card.cap) of_total.push_back({{.zh = "上限", .en = "cap"}, figure(*card.cap)});
  rules.add(path, card, std::move(of_total));
  for (const auto& item : card.items) rules.add(path + ".items." + item.id, item, parameters_of(item));
  const auto add_extras = [&](std::string_view part, const std::vector<policy::Extra>& extras) {
    for (const auto& extra : extras) {
      rules.add(fmt::format("{}.{}.{}", path, part, extra.id), extra,
                {{{.zh = "事实种类", .en = "kind of fact"}, extra.kind}});
    }
  };
  add_extras("bonuses", card.bonuses);
  add_extras("deductions", card.deductions);
}

std::string order_text(const policy::OrderKey& key) {
  switch (key.by) {
    case policy::OrderBy::total:
      return "total";
    case policy::OrderBy::items_mean:
    case policy::OrderBy::item_value:
      return joined(key.items);
    case policy::OrderBy::hired_on:
      return "hired_on";
    case policy::OrderBy::staff_no:
      return "staff_no";
  }
  return {};
}

void add_rating(Rules& rules, const policy::Rating& rating) {
  const std::string path = "ratings." + rating.id;
  Parameters parameters;
  for (const auto& quota : rating.quotas) parameters.push_back({quota.label, figure(quota.share, "%")});
  for (const auto& key : rating.order) {
    parameters.push_back({{.zh = "次序：" + key.label.zh, .en = "order: " + key.label.en},
                          order_text(key) + (key.descending ? " ↓" : " ↑")});
  }
  rules.add(path, rating, std::move(parameters));
  rules.add_conditions(path + ".eligible", rating.eligible);
}

// "[2..5] (agent)": what a position's facts of the kind may be.
Parameters parameters_of(const policy::FactKind& kind) {
  Parameters parameters;
  for (const auto& range : kind.ranges) {
    const std::string who = range.position.empty() ? "*" : range.position;
    parameters.push_back({{.zh = "范围：" + who, .en = "range: " + who}, range.range ? range.range->text : "any"});
  }
  if (kind.if_empty) parameters.push_back({{.zh = "空值表示", .en = "if empty"}, figure(*kind.if_empty)});
  return parameters;
}

}  // namespace

std::map<std::string, RuleView> rules_of(const Pack& pack) {
  Rules rules;
  for (const auto& card : pack.scorecards) add_scorecard(rules, card);
  for (const auto& rating : pack.ratings) add_rating(rules, rating);
  for (const auto& excellence : pack.excellences) {
    const std::string path = "excellence." + excellence.id;
    rules.add(path, excellence);
    rules.add_conditions(path + ".lost_when", excellence.lost_when);
  }
  for (const auto& plan : pack.pay) {
    const std::string path = "pay." + plan.id;
    rules.add(path, plan);
    for (const auto& component : plan.components) {
      Parameters parameters;
      std::visit(PayParameters{parameters}, component.method);
      rules.add(path + ".components." + component.id, component, std::move(parameters));
    }
  }
  for (const auto& kind : pack.facts) rules.add("facts." + kind.id, kind, parameters_of(kind));
  return rules.take();
}

}  // namespace zh::app
