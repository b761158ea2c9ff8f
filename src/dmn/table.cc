#include "dmn/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "feel/node.h"

namespace zh::dmn::internal {

using feel::Value;

namespace {

constexpr std::size_t kWordBits = 64;
// Past this many rules the sets of the index would take more memory than they are worth.
constexpr std::size_t kIndexedRulesMax = 2'048;

// Calls visit(rule) for each rule of the set, ascending.
template <class Visit>
void for_each_rule(const RuleWords& rules, Visit visit) {
  for (std::size_t word = 0; word < rules.size(); ++word) {
    for (std::uint64_t bits = rules[word]; bits != 0; bits &= bits - 1) {
      visit(word * kWordBits + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
}

std::string row_list(const RowList& rows) {
  std::string list;
  for (const auto row : rows) list += fmt::format("{}{}", list.empty() ? "" : ", ", row + 1);
  return list;
}

Text not_among(const Text& what, const Value& value, std::string_view allowed) {
  const auto shown = feel::to_feel(value);
  return {.zh = fmt::format("{}的值 {} 不在允许值之内：{}", what.zh, shown, allowed),
          .en = fmt::format("the value {} of {} is not among its allowed values: {}", shown, what.en, allowed)};
}

// Allowed values are those of a value or, of a list, those of its elements.
bool are_allowed(const Value& value, const feel::UnaryTests& allowed, Frame& frame) {
  if (allowed.test(value, frame.slots, frame.run).is_true()) return true;
  if (!value.is_list()) return false;
  const auto items = value.list();
  return std::all_of(items.begin(), items.end(),
                     [&](const Value& item) { return allowed.test(item, frame.slots, frame.run).is_true(); });
}

}  // namespace

TableNode::TableNode(TableParts parts, feel::Type type) : Node(std::move(type)), parts_(std::move(parts)) {
  if (parts_.rows.size() <= kIndexedRulesMax) {
    for (std::size_t column = 0; column < parts_.inputs.size(); ++column) {
      std::vector<feel::UnaryTests> cells;
      for (const auto& row : parts_.rows) cells.push_back(row.tests[column]);
      columns_.emplace_back(cells);
    }
  }
  if (parts_.outputs.size() > 1) {
    std::vector<std::string> names;
    for (const auto& output : parts_.outputs) names.push_back(output.name);
    shape_ = std::make_shared<const feel::Shape>(std::move(names));
  }
  has_standard_ = std::any_of(parts_.outputs.begin(), parts_.outputs.end(),
                              [](const TableOutput& output) { return output.standard != nullptr; });
}

Value TableNode::evaluate(Frame& frame) const {
  const feel::internal::DepthClaim claim(frame.run, 1);
  if (!claim.ok()) return {};
  RowList rows;
  if (auto refused = find_hits(frame, rows)) return *std::move(refused);
  if (rows.empty()) {
    if (has_standard_) return standard_outputs(frame);
    return parts_.aggregation == Aggregation::count ? Value::number(0) : Value();
  }
  return decide(rows, frame);
}

std::optional<Value> TableNode::find_hits(Frame& frame, RowList& rows) const {
  const std::size_t count = parts_.rows.size();
  RuleWords alive((count + kWordBits - 1) / kWordBits, ~std::uint64_t{0});
  if (count % kWordBits != 0 && !alive.empty()) alive.back() = (std::uint64_t{1} << (count % kWordBits)) - 1;
  for (std::size_t column = 0; column < parts_.inputs.size(); ++column) {
    const auto& input = parts_.inputs[column];
    const Value value = input.value->evaluate(frame);
    if (input.allowed && !are_allowed(value, *input.allowed, frame)) {
      const auto name = fmt::format("`{}`", input.name);
      return frame.run.fail(not_among({.zh = "输入 " + name, .en = "the input " + name}, value, input.allowed->text()));
    }
    narrow(value, column, alive, frame);
  }
  for_each_rule(alive, [&rows](std::size_t rule) { rows.push_back(static_cast<std::uint32_t>(rule)); });
  if (!frame.run.spend(count + 1)) return Value();
  return std::nullopt;
}

void TableNode::narrow(const Value& value, std::size_t column, RuleWords& alive, Frame& frame) const {
  const auto ask = [&](std::size_t rule) {
    if (parts_.rows[rule].tests[column].test(value, frame.slots, frame.run).is_true()) return;
    alive[rule / kWordBits] &= ~(std::uint64_t{1} << (rule % kWordBits));
  };
  const std::uint64_t* taken = columns_.empty() ? nullptr : columns_[column].find(value);
  if (taken == nullptr) {
    for_each_rule(alive, ask);
    return;
  }
  for (std::size_t word = 0; word < alive.size(); ++word) alive[word] &= taken[word];
  if (!columns_[column].has_general()) return;
  RuleWords asked = columns_[column].general();
  for (std::size_t word = 0; word < alive.size(); ++word) asked[word] &= alive[word];
  for_each_rule(asked, ask);
}

Value TableNode::cell_value(const Node& cell, const TableOutput& output, Frame& frame) const {
  Value value = cell.evaluate(frame);
  if (!output.allowed || value.is_null()) return value;
  if (are_allowed(value, *output.allowed, frame)) return value;
  const auto name = output.name.empty() ? std::string() : fmt::format(" `{}`", output.name);
  return frame.run.fail(not_among({.zh = "输出" + name, .en = "the output" + name}, value, output.allowed->text()));
}

Value TableNode::output_of(std::size_t row, Frame& frame) const {
  const auto& outputs = parts_.rows[row].outputs;
  if (!shape_) return cell_value(*outputs.front(), parts_.outputs.front(), frame);
  std::vector<Value> values;
  values.reserve(outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    values.push_back(cell_value(*outputs[i], parts_.outputs[i], frame));
  }
  return Value::adopt(new feel::Context(shape_, std::move(values)));
}

Value TableNode::standard_outputs(Frame& frame) const {
  const auto value_of = [&frame](const TableOutput& output) {
    return output.standard ? output.standard->evaluate(frame) : Value();
  };
  if (!shape_) return value_of(parts_.outputs.front());
  std::vector<Value> values;
  for (const auto& output : parts_.outputs) values.push_back(value_of(output));
  return Value::adopt(new feel::Context(shape_, std::move(values)));
}

Value TableNode::decide(const RowList& rows, Frame& frame) const {
  switch (parts_.hit_policy) {
    case HitPolicy::unique:
      if (rows.size() > 1) {
        return frame.run.fail({.zh = fmt::format("唯一命中 (U) 的决策表有多条规则命中：第 {} 行", row_list(rows)),
                               .en = fmt::format("several rules of a UNIQUE table hit: rows {}", row_list(rows))});
      }
      record(rows.front(), frame);
      return output_of(rows.front(), frame);
    case HitPolicy::first:
      record(rows.front(), frame);
      return output_of(rows.front(), frame);
    case HitPolicy::any:
      return any_of(rows, frame);
    case HitPolicy::priority: {
      const auto hits = by_priority(rows, frame);
      record(hits.front().row, frame);
      return hits.front().value;
    }
    case HitPolicy::output_order: {
      std::vector<Value> values;
      for (auto& hit : by_priority(rows, frame)) {
        record(hit.row, frame);
        values.push_back(std::move(hit.value));
      }
      return Value::list(std::move(values));
    }
    case HitPolicy::rule_order:
    case HitPolicy::collect:
      return collect(rows, frame);
  }
  return {};
}

Value TableNode::any_of(const RowList& rows, Frame& frame) const {
  Value result = output_of(rows.front(), frame);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto same = feel::equal(result, output_of(rows[i], frame));
    if (same.value_or(false)) continue;
    return frame.run.fail(
        {.zh = fmt::format("任一命中 (A) 的决策表的命中规则结果不同：第 {} 行", row_list(rows)),
         .en = fmt::format("rules of an ANY table hit with different outcomes: rows {}", row_list(rows))});
  }
  for (const auto row : rows) record(row, frame);
  return result;
}

Value TableNode::collect(const RowList& rows, Frame& frame) const {
  std::vector<Value> values;
  values.reserve(rows.size());
  for (const auto row : rows) {
    record(row, frame);
    values.push_back(output_of(row, frame));
  }
  if (parts_.hit_policy == HitPolicy::rule_order || parts_.aggregation == Aggregation::none) {
    return feel::internal::within_limits(Value::list(std::move(values)), frame.run);
  }
  return aggregate(std::move(values), frame);
}

Value TableNode::aggregate(std::vector<Value> values, Frame& frame) const {
  if (parts_.aggregation == Aggregation::count) return Value::number(static_cast<std::int64_t>(values.size()));
  if (shape_) {
    return frame.run.fail({.zh = "有多个输出列的决策表不能汇总 (C+ C< C>)",
                           .en = "a table with several outputs cannot be aggregated (C+ C< C>)"});
  }
  Decimal total;
  Value result = values.front();
  for (const auto& value : values) {
    if (parts_.aggregation == Aggregation::sum) {
      if (!value.is_number()) {
        return frame.run.fail({.zh = fmt::format("不能求和：{} 不是数", feel::to_feel(value)),
                               .en = fmt::format("cannot add up: {} is not a number", feel::to_feel(value))});
      }
      total += value.number();
      continue;
    }
    const auto relation = feel::compare(value, result);
    if (!relation) {
      return frame.run.fail(
          {.zh = fmt::format("不能比较：{} 与 {}", feel::to_feel(value), feel::to_feel(result)),
           .en = fmt::format("cannot compare {} with {}", feel::to_feel(value), feel::to_feel(result))});
    }
    if (parts_.aggregation == Aggregation::min ? *relation < 0 : *relation > 0) result = value;
  }
  return parts_.aggregation == Aggregation::sum ? Value::number(total) : result;
}

std::vector<TableNode::Hit> TableNode::by_priority(const RowList& rows, Frame& frame) const {
  struct Ranked {
    std::vector<std::size_t> priority;
    Hit hit;
  };
  std::vector<Ranked> ranked;
  for (const auto row : rows) {
    Value value = output_of(row, frame);
    auto priority = priority_of(value);
    ranked.push_back({.priority = std::move(priority), .hit = {.row = row, .value = std::move(value)}});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.priority < b.priority; });
  std::vector<Hit> hits;
  for (auto& each : ranked) hits.push_back(std::move(each.hit));
  return hits;
}

// One rank per output column, the leftmost weighing most; a value that is not listed comes last.
std::vector<std::size_t> TableNode::priority_of(const Value& value) const {
  std::vector<std::size_t> priority;
  for (std::size_t i = 0; i < parts_.outputs.size(); ++i) {
    const Value& part = shape_ ? value.context().value(i) : value;
    const auto& listed = parts_.outputs[i].priorities;
    const auto found = std::find_if(listed.begin(), listed.end(), [&part](const Value& candidate) {
      return feel::equal(candidate, part).value_or(false);
    });
    priority.push_back(static_cast<std::size_t>(found - listed.begin()));
  }
  return priority;
}

void TableNode::record(std::size_t row, Frame& frame) const {
  if (frame.derivation == nullptr) return;
  frame.derivation->rules.push_back(
      {.row = static_cast<int>(row) + 1, .place = parts_.rows[row].place, .annotations = parts_.rows[row].annotations});
}

}  // namespace zh::dmn::internal
