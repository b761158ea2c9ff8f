// appraisal.yaml: scorecards with their items, bonuses and deductions.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

// ---- metrics and their parameters (`with:`)

class ParameterReader {
 public:
  ParameterReader(Reader& item, const std::string& clause, Loading& loading)
      : clause_(clause), loading_(loading), empty_(yaml::Node::map(item.place())) {
    const yaml::Node* const node = item.find("with");
    if (node != nullptr) empty_ = *node;
  }

  Metric read(MetricKind kind) {
    Reader with(empty_, loading_.problems, {.zh = "`with`", .en = "`with`"});
    Metric metric = parameters(kind, with);
    with.done();
    return metric;
  }

 private:
  Metric parameters(MetricKind kind, Reader& with) {
    switch (kind) {
      case MetricKind::inspection_score:
        return InspectionScore{loading_.kind(with, "kind", clause_), day(with, "first_round_until_day")};
      case MetricKind::average_handling_time:
        return AverageHandlingTime{scope(with)};
      case MetricKind::fact_mean:
        return FactMean{loading_.kind(with, "kind", clause_)};
      case MetricKind::satisfaction_rate:
        return SatisfactionRate{loading_.kind(with, "kind", clause_)};
      case MetricKind::connection_rate:
        return ConnectionRate{};
      case MetricKind::day_maxima:
        return DayMaxima{loading_.kind(with, "kind", clause_), with.optional_word("leave_out").value_or("")};
      case MetricKind::points_sum:
        return PointsSum{loading_.kinds(with, "kinds", clause_), with.optional_word("mark").value_or("")};
      case MetricKind::group_mean:
        return GroupMean{with.choice("of", {"agent"})};
      case MetricKind::sales_per_call:
        return SalesPerCall{loading_.kind(with, "sales", clause_), loading_.kind(with, "target", clause_)};
    }
    return ConnectionRate{};
  }

  static Scope scope(Reader& with) {
    return with.choice("of", {"person", "group"}, "person") == "group" ? Scope::group : Scope::person;
  }

  int day(Reader& with, std::string_view key) {
    with.require(key, {});
    const auto value = with.optional_count(key);
    if (value && *value >= 1 && *value <= 31) return static_cast<int>(*value);
    if (value) {
      loading_.problems.error("out_of_range", with.place_of(key),
                              {.zh = fmt::format("`{}` 应是 1 到 31 的日子", key),
                               .en = fmt::format("`{}` must be a day from 1 to 31", key)},
                              {.zh = "如 15", .en = "such as 15"}, clause_);
    }
    return 15;
  }

  const std::string& clause_;
  Loading& loading_;
  yaml::Node empty_;
};

const MetricInfo* read_metric_name(Reader& reader, Item& item, Loading& loading) {
  item.metric_name = reader.word(
      "metric", {.zh = "写上指标，如 `metric: fact_mean`", .en = "name the metric, such as `metric: fact_mean`"});
  const MetricInfo* const info = find_metric(item.metric_name);
  if (info != nullptr || item.metric_name.empty()) return info;
  std::vector<std::string> known;
  for (const MetricInfo& metric : metrics()) known.emplace_back(metric.name);
  const std::string meant = nearest(item.metric_name, known);
  loading.problems.error(
      "unknown_metric", reader.place_of("metric"),
      {.zh = fmt::format("没有 `{}` 这个指标", item.metric_name),
       .en = fmt::format("there is no metric `{}`", item.metric_name)},
      meant.empty() ? Text{.zh = "指标有：" + quoted_list(known), .en = "the metrics are " + quoted_list(known)}
                    : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)},
      item.clause);
  return nullptr;
}

// ---- scoring

TableDomain domain_of(const MetricInfo& metric) {
  return {.unit = std::string(metric.unit), .low = metric.low, .high = metric.high};
}

std::vector<Constant> read_constants(Reader& reader, const std::string& clause, Loading& loading) {
  std::vector<Constant> result;
  const yaml::Node* const node = reader.find("constants");
  if (node == nullptr) return result;
  Reader map(*node, loading.problems, {.zh = "`constants`", .en = "`constants`"});
  for (const yaml::Entry& entry : node->entries) {
    map.find(entry.key);
    Reader constant(entry.value, loading.problems, {.zh = "常数", .en = "a constant"});
    const Decimal value = constant.number("value");
    result.push_back({entry.key, value, loading.unit(constant, clause)});
    constant.done();
  }
  return result;
}

Formula read_formula(Reader& reader, const MetricInfo& metric, const Item& item, Loading& loading) {
  FormulaSetting setting{.names = {metric.names.begin(), metric.names.end()},
                         .constants = read_constants(reader, item.clause, loading),
                         .unit = "points",
                         .clause = item.clause};
  return compile_formula(*reader.find("formula"), setting, loading.problems);
}

LessPerPiece read_deduct(const yaml::Node& node, const MetricInfo& metric, const Item& item, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`deduct`", .en = "`deduct`"});
  LessPerPiece result;
  result.from =
      reader.number("from", {.zh = "写上满分，如 `from: 100`", .en = "write the full mark, such as `from: 100`"});
  result.floor =
      reader.number("floor", {.zh = "写上下限，如 `floor: 0`", .en = "write the lowest score, such as `floor: 0`"});
  result.points = read_table(reader,
                             {.rows_key = "each",
                              .result_key = "points",
                              .low = Decimal(0),
                              .high = Decimal(100),
                              .domain = domain_of(metric),
                              .clause = item.clause},
                             loading);
  reader.done();
  return result;
}

void report_scoring(Reader& reader, const Item& item, const Text& what, const Text& mend, Loading& loading) {
  loading.problems.error("scoring", reader.place(), what, mend, item.clause);
}

Scoring read_scoring(Reader& reader, const MetricInfo& metric, const Item& item, Loading& loading) {
  const bool bands = reader.has("bands");
  const bool deduct = reader.has("deduct");
  const bool formula = reader.has("formula");
  reader.find("bands");
  reader.find("deduct");
  reader.find("formula");
  const yaml::Node* const decision = reader.find("decision");
  if (bands + deduct + formula + (decision != nullptr ? 1 : 0) > 1) {
    report_scoring(reader, item,
                   {.zh = "`bands`、`deduct`、`formula`、`decision` 只能用一个",
                    .en = "only one of `bands`, `deduct`, `formula` and `decision` may stand"},
                   {.zh = "只留一个", .en = "keep one of them"}, loading);
  } else if (deduct != metric.in_pieces) {
    report_scoring(reader, item,
                   metric.in_pieces
                       ? Text{.zh = fmt::format("指标 `{}` 逐次扣分，要用 `deduct`", metric.name),
                              .en = fmt::format("metric `{}` is scored piece by piece with `deduct`", metric.name)}
                       : Text{.zh = fmt::format("指标 `{}` 不能用 `deduct`", metric.name),
                              .en = fmt::format("metric `{}` cannot be scored with `deduct`", metric.name)},
                   {.zh = "换一种计分方式", .en = "score it in another way"}, loading);
  } else if (deduct) {
    return read_deduct(*reader.find("deduct"), metric, item, loading);
  } else if (formula) {
    return read_formula(reader, metric, item, loading);
  } else if (decision != nullptr) {
    std::vector<std::string> inputs;
    for (const NameInfo& name : metric.names) inputs.emplace_back(name.name);
    return read_decision(*decision, inputs, item.clause, loading);
  } else if (bands) {
    return read_table(reader,
                      {.rows_key = "bands",
                       .result_key = "score",
                       .low = Decimal(0),
                       .high = Decimal(100),
                       .domain = domain_of(metric),
                       .clause = item.clause},
                      loading);
  } else if (metric.unit != "points") {
    report_scoring(reader, item,
                   {.zh = fmt::format("`{}` 的单位是 `{}`，要说明怎样换成分数", metric.name, metric.unit),
                    .en = fmt::format("`{}` is in `{}`: say how it becomes a score", metric.name, metric.unit)},
                   {.zh = "加上 `bands`、`formula` 或 `decision`", .en = "add `bands`, a `formula` or a `decision`"},
                   loading);
  }
  return AsMeasured{};
}

NoData read_no_data(Reader& reader, const MetricInfo& metric, const Item& item, Loading& loading) {
  if (!metric.may_lack_data) {
    if (reader.find("no_data") != nullptr) {
      loading.problems.error(
          "scoring", reader.place_of("no_data"),
          {.zh = fmt::format("指标 `{}` 总有数值（没有事实就是没有扣分），不需要 `no_data`", metric.name),
           .en = fmt::format("metric `{}` always has a value (no fact, nothing to deduct): `no_data` "
                             "has no meaning",
                             metric.name)},
          {.zh = "删去 `no_data`", .en = "remove `no_data`"}, item.clause);
    }
    return NoData::never;
  }
  reader.require("no_data", {.zh = "写明没有数据时怎么办：`no_data: not_applicable`",
                             .en = "say what happens without data: `no_data: not_applicable`"});
  const bool no_total = reader.choice("no_data", {"not_applicable", "no_total"}, "not_applicable") == "no_total";
  return no_total ? NoData::no_total : NoData::not_applicable;
}

// ---- items and totals

Item read_item(const yaml::Node& node, const std::string& path, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "考核项", .en = "an item"});
  Item item;
  std::string id = reader.word("id");
  const std::string full = path + ".items." + id;
  static_cast<RuleHead&>(item) = loading.head(reader, std::move(id), node.place, full);
  const std::size_t errors_before = loading.problems.errors();
  item.weight = reader.number(
      "weight", {.zh = "写上权重（%），如 `weight: 25`", .en = "write the weight in percent, such as `weight: 25`"});
  if (loading.problems.errors() == errors_before) item.weight_place = reader.place_of("weight");
  const MetricInfo* const metric = read_metric_name(reader, item, loading);
  if (metric == nullptr) return item;  // further keys mean nothing without it
  loading.unit_is(reader, item, metric->unit,
                  {.zh = fmt::format("指标 `{}` ", metric->name), .en = fmt::format("metric `{}`", metric->name)});
  item.metric = ParameterReader(reader, item.clause, loading).read(metric->kind);
  if (const yaml::Node* const round = reader.find("round")) item.round = compile_rounding(*round, loading.problems);
  item.scoring = read_scoring(reader, *metric, item, loading);
  item.no_data = read_no_data(reader, *metric, item, loading);
  reader.done();
  captioned(item);
  return item;
}

Extra read_extra(const yaml::Node& node, const std::string& path, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "加减分项", .en = "a bonus or deduction"});
  Extra extra;
  std::string id = reader.word("id");
  const std::string full = path + "." + id;
  static_cast<RuleHead&>(extra) = loading.head(reader, std::move(id), node.place, full);
  extra.kind = loading.kind(reader, "kind", extra.clause);
  extra.counts = reader.choice("counts", {"both", "item_only"}, "both") == "both";
  loading.unit_is(reader, extra, "points", {.zh = "加减分", .en = "a bonus or deduction"});
  reader.done();
  captioned(extra);
  return extra;
}

void check_weights(const Scorecard& card, const Place& place, Loading& loading) {
  Decimal sum;
  for (const Item& item : card.items) {
    sum += item.weight;
    if (item.weight.sign() > 0) continue;
    loading.problems.error("out_of_range", item.weight_place,
                           {.zh = fmt::format("`{}` 的权重应大于 0", item.id),
                            .en = fmt::format("the weight of `{}` must be above 0", item.id)},
                           {.zh = "写正数，或删去该项", .en = "write a positive number or remove the item"},
                           item.clause);
  }
  if (card.items.empty() || sum == Decimal(100)) return;
  const Decimal difference = (Decimal(100) - sum).abs();
  const bool less = sum < Decimal(100);
  loading.problems.error(
      "weights_not_100", place,
      {.zh = fmt::format("权重合计 {} %，{} {} %", sum.to_string(), less ? "还差" : "多出", difference.to_string()),
       .en = fmt::format("the weights add up to {} %, {} % {}", sum.to_string(), difference.to_string(),
                         less ? "are missing" : "too many")},
      {.zh = "调整各项的 `weight`，使合计为 100", .en = "adjust the items' `weight` so that they add up to 100"},
      card.clause);
}

void read_total(Reader& reader, Scorecard& card, Loading& loading) {
  const yaml::Node* const node = reader.require(
      "total", {.zh = "写明总分的取整和下限：`total: {round: \"round half up(value, 2)\", floor: 0}`",
                .en = "say how the total is rounded: `total: {round: \"round half up(value, 2)\", floor: 0}`"});
  if (node == nullptr) return;
  Reader total(*node, loading.problems, {.zh = "`total`", .en = "`total`"});
  card.unit = loading.unit(total, card.clause);
  if (const yaml::Node* const round = total.require("round", {})) {
    card.round = compile_rounding(*round, loading.problems).value_or(RoundRule());
  }
  card.floor = total.optional_number("floor");
  card.cap = total.optional_number("cap");
  if (card.floor && card.cap && *card.cap < *card.floor) {
    loading.problems.error("out_of_range", total.place_of("cap"),
                           {.zh = "`cap` 低于 `floor`", .en = "`cap` lies below `floor`"},
                           {.zh = "改其中一个", .en = "change one of them"}, card.clause);
  }
  total.done();
}

Scorecard read_scorecard(const yaml::Entry& rule, Loading& loading) {
  const std::string path = "scorecards." + rule.key;
  Reader reader(rule.value, loading.problems,
                {.zh = fmt::format("考核表 {}", rule.key), .en = "scorecard " + rule.key});
  Scorecard card;
  static_cast<RuleHead&>(card) = loading.head(reader, rule.key, rule.place, path);
  card.position = loading.position(reader);
  std::set<std::string> seen;
  for (const yaml::Node& node : reader.required_list("items", {.zh = "写上考核项", .en = "write the items"})) {
    card.items.push_back(read_item(node, path, loading));
    loading.unique(seen, card.items.back().id, node.place, card.items.back().clause);
  }
  // A weight that could not be read would only show as a wrong sum.
  const bool weights_read =
      std::ranges::all_of(card.items, [](const Item& item) { return item.weight_place.line > 0; });
  if (weights_read) check_weights(card, reader.place_of("items"), loading);
  std::set<std::string> extras;
  for (const yaml::Node& node : reader.list("bonuses")) {
    card.bonuses.push_back(read_extra(node, path + ".bonuses", loading));
    loading.unique(extras, card.bonuses.back().id, node.place, card.bonuses.back().clause);
  }
  for (const yaml::Node& node : reader.list("deductions")) {
    card.deductions.push_back(read_extra(node, path + ".deductions", loading));
    loading.unique(extras, card.deductions.back().id, node.place, card.deductions.back().clause);
  }
  read_total(reader, card, loading);
  reader.done();
  captioned(card);
  return card;
}

}  // namespace

void read_scorecards(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.scorecards.push_back(read_scorecard(rule, loading));
}

}  // namespace zh::policy
