// rubric.yaml: what is inspected, on which channels, and what a finding costs.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

constexpr std::string_view kDeduct = "deduct";
constexpr std::string_view kWeighted = "weighted";

std::vector<std::string> read_channels(Reader& reader, const std::string& clause, Loading& loading) {
  std::vector<std::string> result = reader.words("channels");
  const std::vector<std::string> known(channels().begin(), channels().end());
  std::set<std::string> seen;
  for (const std::string& channel : result) {
    loading.unique(seen, channel, reader.place_of("channels"), clause);
    if (std::ranges::find(known, channel) != known.end()) continue;
    loading.problems.error(
        "unknown_channel", reader.place_of("channels"),
        {.zh = fmt::format("没有 `{}` 这个渠道", channel), .en = fmt::format("there is no channel `{}`", channel)},
        {.zh = "渠道有：" + quoted_list(known), .en = "the channels are " + quoted_list(known)}, clause);
  }
  return result;
}

// A range of whole points with both ends, the lower at least 1.
Range read_points(Reader& reader, const RuleHead& head, Loading& loading) {
  const yaml::Node* const node = reader.require(
      "points", {.zh = "写上分数范围，如 `points: \"[1..3]\"`", .en = "write the range, such as `points: \"[1..3]\"`"});
  if (node == nullptr) return {};
  const auto range = compile_range(*node, head.unit, head.clause, loading.problems);
  if (!range) return {};
  const bool whole = range->low && range->high && range->low->is_integer() && range->high->is_integer() &&
                     range->low_included && range->high_included && *range->low >= Decimal(1);
  if (!whole) {
    loading.problems.error("out_of_range", node->place,
                           {.zh = "分数范围的两端应是不小于 1 的整数，并包含在内",
                            .en = "both ends of the points are whole numbers from 1 on and belong to the range"},
                           {.zh = "写成 `[1..3]` 的形式", .en = "write it like `[1..3]`"}, head.clause);
  }
  return *range;
}

FindingSeverity read_severity(const yaml::Node& node, const std::string& path, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "严重程度", .en = "a severity"});
  FindingSeverity severity;
  std::string id = reader.word("id");
  const std::string full = path + ".severities." + id;
  static_cast<RuleHead&>(severity) = loading.head(reader, std::move(id), node.place, full);
  loading.unit_is(reader, severity, "points", {.zh = "扣分", .en = "a deduction"});
  severity.points = read_points(reader, severity, loading);
  severity.talk = reader.flag("talk", false);
  reader.done();
  captioned(severity);
  return severity;
}

// From light to severe, no value in two of them: a finding's points say how grave it is.
void check_severities(const Rubric& rubric, Loading& loading) {
  for (std::size_t i = 1; i < rubric.severities.size(); ++i) {
    const Range& lighter = rubric.severities[i - 1].points;
    const Range& graver = rubric.severities[i].points;
    if (!lighter.high || !graver.low || *lighter.high < *graver.low) continue;
    loading.problems.error(
        "severity_order", graver.place,
        {.zh =
             fmt::format("`{}` 的分数应高于 `{}`，两者不得重叠", rubric.severities[i].id, rubric.severities[i - 1].id),
         .en = fmt::format("the points of `{}` must lie above those of `{}`, without overlap", rubric.severities[i].id,
                           rubric.severities[i - 1].id)},
        {.zh = "由轻到重排列，调整范围", .en = "order them from light to severe and adjust the ranges"},
        rubric.severities[i].clause);
  }
}

RubricAnswer read_answer(const yaml::Node& node, const std::string& clause, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "选项", .en = "an answer"});
  RubricAnswer answer;
  answer.id = reader.word("id");
  answer.label = reader.text("label");
  answer.share = reader.number("share", {.zh = "写上得分比例（%），如 `share: 60`",
                                         .en = "write the share of the weight in percent, such as `share: 60`"});
  answer.place = node.place;
  if (answer.share < Decimal(0) || answer.share > Decimal(100)) {
    loading.problems.error("out_of_range", reader.place_of("share"),
                           {.zh = "得分比例应在 0 到 100 之间", .en = "a share lies between 0 and 100"},
                           {.zh = "改正 `share`", .en = "correct `share`"}, clause);
  }
  reader.done();
  return answer;
}

void read_weighted(Reader& reader, RubricItem& item, Loading& loading) {
  item.weight = reader.number(
      "weight", {.zh = "写上权重（%），如 `weight: 5`", .en = "write the weight in percent, such as `weight: 5`"});
  if (item.weight.sign() <= 0) {
    loading.problems.error(
        "out_of_range", reader.place_of("weight"), {.zh = "权重应大于 0", .en = "a weight must be above 0"},
        {.zh = "写正数，或删去该项", .en = "write a positive number or remove the item"}, item.clause);
  }
  std::set<std::string> seen;
  for (const yaml::Node& node :
       reader.required_list("answers", {.zh = "写上选项，如 `[{id: yes, label: …, share: 100}]`",
                                        .en = "write the answers, such as `[{id: yes, label: …, share: 100}]`"})) {
    item.answers.push_back(read_answer(node, item.clause, loading));
    loading.unique(seen, item.answers.back().id, node.place, item.clause);
  }
  if (item.answers.empty()) return;
  if (std::ranges::none_of(item.answers, [](const RubricAnswer& answer) { return answer.share == Decimal(100); })) {
    loading.problems.error(
        "answers", reader.place_of("answers"),
        {.zh = "没有得满分的选项（`share: 100`）", .en = "no answer gives the whole weight (`share: 100`)"},
        {.zh = "补上一个", .en = "add one"}, item.clause);
  }
}

RubricItem read_rubric_item(const yaml::Node& node, const std::string& path, const Rubric& rubric, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "检查项", .en = "an item of the rubric"});
  RubricItem item;
  std::string id = reader.word("id");
  const std::string full = path + "." + id;
  static_cast<RuleHead&>(item) = loading.head(reader, std::move(id), node.place, full);
  item.channels = read_channels(reader, item.clause, loading);
  if (item.channels.empty()) item.channels = rubric.channels;
  for (const std::string& channel : item.channels) {
    if (std::ranges::find(rubric.channels, channel) != rubric.channels.end()) continue;
    loading.problems.error(
        "unreachable_rule", reader.place_of("channels"),
        {.zh = fmt::format("检查表不用于渠道 `{}`，这一项在那里永远轮不到", channel),
         .en = fmt::format("the rubric is not for the channel `{}`: the item is never reached there", channel)},
        {.zh = "改检查表或检查项的 `channels`", .en = "change `channels` of the rubric or of the item"}, item.clause);
  }
  item.may_not_apply = reader.flag("may_not_apply", false);
  item.zero_tolerance = reader.flag("zero_tolerance", false);
  if (rubric.form == RubricForm::weighted) read_weighted(reader, item, loading);
  reader.done();
  captioned(item);
  return item;
}

void read_dimensions(Reader& reader, const std::string& path, Rubric& rubric, Loading& loading) {
  std::set<std::string> dimensions;
  std::set<std::string> items;
  for (const yaml::Node& node :
       reader.required_list("dimensions", {.zh = "写上维度和检查项", .en = "write the dimensions and their items"})) {
    Reader part(node, loading.problems, {.zh = "维度", .en = "a dimension"});
    RubricDimension dimension;
    std::string id = part.word("id");
    const std::string full = path + ".dimensions." + id;
    static_cast<RuleHead&>(dimension) = loading.head(part, std::move(id), node.place, full);
    for (const yaml::Node& item : part.required_list("items", {.zh = "写上检查项", .en = "write the items"})) {
      dimension.items.push_back(read_rubric_item(item, full, rubric, loading));
      loading.unique(items, dimension.items.back().id, item.place, dimension.items.back().clause);
    }
    part.done();
    captioned(dimension);
    loading.unique(dimensions, dimension.id, node.place, dimension.clause);
    rubric.dimensions.push_back(std::move(dimension));
  }
}

// For each channel on its own: what is not looked at there has no weight there.
void check_item_weights(const Rubric& rubric, const Place& place, Loading& loading) {
  for (const std::string& channel : rubric.channels) {
    Decimal sum;
    for (const RubricDimension& dimension : rubric.dimensions) {
      for (const RubricItem& item : dimension.items) {
        if (item.applies_to(channel)) sum += item.weight;
      }
    }
    if (sum == Decimal(100)) continue;
    loading.problems.error(
        "weights_not_100", place,
        {.zh = fmt::format("渠道 `{}` 各检查项的权重合计 {} %，应为 100 %", channel, sum.to_string()),
         .en = fmt::format("the items' weights for `{}` add up to {} %, not 100 %", channel, sum.to_string())},
        {.zh = "调整 `weight` 或 `channels`", .en = "adjust `weight` or `channels`"}, rubric.clause);
  }
}

RubricBonus read_bonus(const yaml::Node& node, const std::string& path, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "加分项", .en = "a bonus"});
  RubricBonus bonus;
  std::string id = reader.word("id");
  const std::string full = path + ".bonuses." + id;
  static_cast<RuleHead&>(bonus) = loading.head(reader, std::move(id), node.place, full);
  loading.unit_is(reader, bonus, "points", {.zh = "加分", .en = "a bonus"});
  bonus.points = read_points(reader, bonus, loading);
  reader.done();
  captioned(bonus);
  return bonus;
}

void read_score(Reader& reader, Rubric& rubric, Loading& loading) {
  const Text mend{
      .zh =
          "写明满分、下限和取整：`score: {unit: points, full_mark: 100, floor: 0, round: \"round half up(value, 2)\"}`",
      .en =
          "say full mark, floor and rounding: `score: {unit: points, full_mark: 100, floor: 0, round: \"round half "
          "up(value, 2)\"}`"};
  const yaml::Node* const node = reader.require("score", mend);
  if (node == nullptr) return;
  Reader score(*node, loading.problems, {.zh = "`score`", .en = "`score`"});
  loading.unit_is(score, rubric, "points", {.zh = "检查得分", .en = "the score"});
  rubric.full_mark = score.number("full_mark");
  rubric.floor = score.number("floor");
  if (const yaml::Node* const round = score.require("round", {})) {
    rubric.round = compile_rounding(*round, loading.problems).value_or(RoundRule());
  }
  if (score.has("full_mark") && score.has("floor") && (rubric.floor < Decimal(0) || rubric.full_mark <= rubric.floor)) {
    loading.problems.error(
        "out_of_range", score.place_of("full_mark"),
        {.zh = "满分应高于下限，下限不低于 0", .en = "the full mark lies above the floor, the floor at 0 or above"},
        {.zh = "改正其中一个", .en = "correct one of them"}, rubric.clause);
  }
  score.done();
}

Rubric read_rubric(const yaml::Entry& rule, Loading& loading) {
  const std::string path = "rubrics." + rule.key;
  Reader reader(rule.value, loading.problems, {.zh = fmt::format("检查表 {}", rule.key), .en = "rubric " + rule.key});
  Rubric rubric;
  static_cast<RuleHead&>(rubric) = loading.head(reader, rule.key, rule.place, path);
  rubric.channels = read_channels(reader, rubric.clause, loading);
  if (rubric.channels.empty()) {
    reader.require("channels", {.zh = "写上适用的渠道，如 `channels: [call, chat]`",
                                .en = "name the channels it is for, such as `channels: [call, chat]`"});
  }
  rubric.form = reader.choice("form", {kDeduct, kWeighted}) == kWeighted ? RubricForm::weighted : RubricForm::deduct;
  read_score(reader, rubric, loading);
  if (rubric.form == RubricForm::deduct) {
    std::set<std::string> seen;
    for (const yaml::Node& node : reader.required_list(
             "severities", {.zh = "写上严重程度及扣分", .en = "write the severities and their points"})) {
      rubric.severities.push_back(read_severity(node, path, loading));
      loading.unique(seen, rubric.severities.back().id, node.place, rubric.severities.back().clause);
    }
    check_severities(rubric, loading);
  }
  const std::size_t errors_before = loading.problems.errors();
  read_dimensions(reader, path, rubric, loading);
  // A weight or channel that could not be read would only show as a wrong sum.
  if (rubric.form == RubricForm::weighted && loading.problems.errors() == errors_before) {
    check_item_weights(rubric, reader.place_of("dimensions"), loading);
  }
  std::set<std::string> bonuses;
  for (const yaml::Node& node : reader.list("bonuses")) {
    rubric.bonuses.push_back(read_bonus(node, path, loading));
    loading.unique(bonuses, rubric.bonuses.back().id, node.place, rubric.bonuses.back().clause);
  }
  reader.done();
  captioned(rubric);
  rubric.version = Hasher().field(rule.key).field(yaml::canonical(rule.value)).finish();
  return rubric;
}

void check_one_per_channel(Loading& loading) {
  std::map<std::string, const Rubric*> of_channel;
  for (const Rubric& rubric : loading.pack.rubrics) {
    for (const std::string& channel : rubric.channels) {
      const auto [first, is_new] = of_channel.emplace(channel, &rubric);
      if (is_new || first->second == &rubric) continue;
      loading.problems.error("contradiction", rubric.place,
                             {.zh = fmt::format("渠道 `{}` 已有检查表 `{}`（{}）", channel, first->second->id,
                                                first->second->place.to_string()),
                              .en = fmt::format("the channel `{}` has the rubric `{}` at {} already", channel,
                                                first->second->id, first->second->place.to_string())},
                             {.zh = "每个渠道只留一份", .en = "keep one for each channel"}, rubric.clause);
    }
  }
}

}  // namespace

void read_rubrics(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.rubrics.push_back(read_rubric(rule, loading));
  check_one_per_channel(loading);
}

}  // namespace zh::policy
