// The conditions on order and on likeness: flows of steps, similar sentences.
#include <fmt/format.h>

#include <algorithm>

#include "policy/checks/condition_reader.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kPercentMin = 30;  // below, anything is like anything
constexpr std::int64_t kStepDepthMax = 5;

bool has_place(const CheckNode& node) {
  return !std::holds_alternative<MeasureTest>(node.test) && !std::holds_alternative<FieldTest>(node.test);
}

}  // namespace

Similar ConditionReader::read_similar(Reader& reader) {
  Similar similar;
  Reader inner(*reader.find("similar"), loading_.problems, {.zh = "`similar`", .en = "`similar`"});
  const yaml::Node* const to =
      inner.require("to", {.zh = "写上要比的句子，如 `to: [您的问题我已记录]`",
                           .en = "write the sentences, such as `to: [your case is recorded]`"});
  similar.percent = inner.optional_count("percent").value_or(similar.percent);
  similar.grams = inner.optional_count("grams").value_or(similar.grams);
  inner.done();
  if (similar.percent < kPercentMin || similar.percent > 100 || similar.grams < 1 || similar.grams > kGramMax) {
    error("out_of_range", reader.place_of("similar"),
          {.zh = fmt::format("`percent` 应在 {} 到 100 之间，`grams` 在 1 到 {} 之间", kPercentMin, kGramMax),
           .en = fmt::format("`percent` lies in {} to 100 and `grams` in 1 to {}", kPercentMin, kGramMax)},
          {.zh = "如 `percent: 70`", .en = "such as `percent: 70`"});
    return similar;
  }
  if (to == nullptr) return similar;
  for (const Alternatives& sentence : alternatives(*to, false)) {
    for (const std::string& text : sentence.phrases) {
      const std::string normal = book_.normalise(text);
      Similar::Sentence known{.grams = grams_of(normal, similar.grams), .clauses = clauses_of(normal).size()};
      if (known.grams.empty()) {
        error("empty_phrase", sentence.place,
              {.zh = "句子太短，无法比较", .en = "the sentence is too short to be compared"},
              {.zh = "写长一些，或用 `phrases`", .en = "write a longer one, or use `phrases`"});
      }
      similar.to.push_back(std::move(known));
    }
  }
  return similar;
}

Flow ConditionReader::read_flow(Reader& reader) {
  const yaml::Node& node = *reader.find("flow");
  return {.steps = read_steps(node, 0)};
}

std::vector<FlowStep> ConditionReader::read_steps(const yaml::Node& node, int depth) {
  std::vector<FlowStep> steps;
  if (!node.is_list() || node.items.empty() || depth > kStepDepthMax) {
    error("wrong_type", node.place, {.zh = "这里应是步骤的列表", .en = "a list of steps is expected here"},
          {.zh = "写成 `[{is: {phrases: 您好}}, {is: {phrases: 再见}}]`",
           .en = "write it as `[{is: {phrases: hello}}, {is: {phrases: goodbye}}]`"});
    return steps;
  }
  for (const yaml::Node& item : node.items) steps.push_back(read_step(item, depth));
  return steps;
}

FlowStep ConditionReader::read_step(const yaml::Node& node, int depth) {
  Reader reader(node, loading_.problems, {.zh = "步骤", .en = "a step"});
  FlowStep step;
  step.place = node.place;
  if (!reader.readable()) return step;
  if (reader.has("is") == reader.has("either")) {
    error("operator", node.place,
          {.zh = "步骤要么写 `is`（一个条件），要么写 `either`（几条路）",
           .en = "a step has `is`, a condition, or `either`, several ways"},
          {.zh = "只写其中之一", .en = "write one of them"});
  }
  if (const yaml::Node* const condition = reader.find("is")) {
    step.is.push_back(read(*condition));
    if (!has_place(step.is.front())) {
      error("operator", condition->place,
            {.zh = "步骤要有先后，`measure` 和 `contact` 说的是整个联络",
             .en = "a step has its place; `measure` and `contact` are about the whole contact"},
            {.zh = "把它写进 `when`", .en = "write it into `when`"});
    }
  }
  if (const yaml::Node* const ways = reader.find("either")) {
    for (const yaml::Node& way : ways->items) step.either.push_back(read_steps(way, depth + 1));
    if (!ways->is_list() || ways->items.size() < 2) {
      error("wrong_type", ways->place,
            {.zh = "`either` 下面至少是两条路", .en = "below `either` stand at least two ways"},
            {.zh = "写成 `either: [[{is: …}], [{is: …}]]`", .en = "write it as `either: [[{is: …}], [{is: …}]]`"});
    }
  }
  step.optional = reader.flag("optional", false);
  step.within = read_reach(reader, "within").value_or(Reach());
  if (!step.either.empty() && (step.within.turns || step.within.ms)) {
    error("operator", reader.place_of("within"),
          {.zh = "`within` 写在每条路的第一步", .en = "`within` belongs to the first step of each way"},
          {.zh = "移过去", .en = "move it there"});
  }
  reader.done();
  return step;
}

}  // namespace zh::policy
