// clauses.yaml and facts.yaml
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

Clause read_clause(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems, {.zh = fmt::format("条款 {}", rule.key), .en = "clause " + rule.key});
  Clause clause;
  clause.id = rule.key;
  clause.place = rule.place;
  clause.title = reader.text("title");
  clause.text = reader.text("text", {.zh = "用自己的话写出这一条（中、英文）",
                                     .en = "restate the clause in your own words, in both languages"});
  clause.source = reader.word("source", {.zh = "写明出处", .en = "say which document and paragraph it restates"});
  if (reader.has("covered")) {
    const bool recorded = reader.choice("covered", {"recorded", "informative"}) == "recorded";
    clause.declared = recorded ? Coverage::recorded : Coverage::informative;
    clause.reason = reader.text("reason", {.zh = "写明为什么没有规则", .en = "say why no rule carries it out"});
  }
  reader.done();
  return clause;
}

// "any", "[2..5]", or a list of these and {range, note}.
void read_position_ranges(const std::string& position, const yaml::Node& node, FactKind& kind, Loading& loading) {
  if (node.is_list()) {
    for (const yaml::Node& item : node.items) read_position_ranges(position, item, kind, loading);
    return;
  }
  FactRange entry{.position = position, .range = std::nullopt, .note = {}};
  if (node.is_map()) {
    Reader reader(node, loading.problems, {.zh = "范围", .en = "a range"});
    entry.note = reader.word("note");
    const yaml::Node* const range = reader.require("range", {});
    reader.done();
    if (range != nullptr) entry.range = compile_range(*range, kind.unit, kind.clause, loading.problems);
  } else if (!node.is_scalar() || node.scalar != "any") {
    entry.range = compile_range(node, kind.unit, kind.clause, loading.problems);
  }
  kind.ranges.push_back(std::move(entry));
}

void read_positions(Reader& reader, FactKind& kind, Loading& loading) {
  const yaml::Node* const positions =
      reader.require("positions", {.zh = "写明哪些岗位可以有，如 `positions: {agent: \"[2..5]\"}`",
                                   .en = "say who may have it, such as `positions: {agent: \"[2..5]\"}`"});
  if (positions == nullptr) return;
  Reader map(*positions, loading.problems, {.zh = "`positions`", .en = "`positions`"});
  if (!map.readable()) return;
  for (const yaml::Entry& entry : positions->entries) {
    map.find(entry.key);
    if (entry.key == "all" || is_position(entry.key)) {
      read_position_ranges(entry.key == "all" ? std::string() : entry.key, entry.value, kind, loading);
    } else {
      loading.problems.error("unknown_position", entry.place,
                             {.zh = fmt::format("没有 `{}` 这个岗位", entry.key),
                              .en = fmt::format("there is no position `{}`", entry.key)},
                             {.zh = "用人员名册里的岗位，或 `all` 表示所有岗位",
                              .en = "use a position of the people file, or `all` for every one"},
                             kind.clause);
    }
  }
}

void check_against_catalogue(const FactKind& kind, Reader& reader, Loading& loading) {
  if (loading.catalogue.empty()) return;
  std::vector<std::string> names;
  for (const KindInfo& known : loading.catalogue) {
    names.push_back(known.name);
    if (known.name != kind.id) continue;
    if (known.has_value && known.unit != kind.unit && !kind.unit.empty()) {
      loading.problems.error(
          "unit_mismatch", reader.place_of("unit"),
          {.zh = fmt::format("`{}` 的单位是 `{}`，这里写的是 `{}`", kind.id, known.unit, kind.unit),
           .en = fmt::format("`{}` is in `{}`, here it says `{}`", kind.id, known.unit, kind.unit)},
          {.zh = fmt::format("写成 `unit: {}`", known.unit), .en = fmt::format("write `unit: {}`", known.unit)},
          kind.clause);
    }
    return;
  }
  const std::string meant = nearest(kind.id, names);
  loading.problems.error(
      "unknown_fact_kind", kind.place,
      {.zh = fmt::format("事实目录里没有 `{}`", kind.id),
       .en = fmt::format("the fact catalogue has no kind `{}`", kind.id)},
      meant.empty() ? Text{.zh = "种类有：" + quoted_list(names), .en = "the kinds are " + quoted_list(names)}
                    : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)},
      kind.clause);
}

bool some_range_takes(const FactKind& kind, const Decimal& value) {
  return std::ranges::any_of(kind.ranges,
                             [&](const FactRange& range) { return range.range && range.range->contains(value); });
}

FactKind read_kind(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems,
                {.zh = fmt::format("事实种类 {}", rule.key), .en = "fact kind " + rule.key});
  FactKind kind;
  static_cast<RuleHead&>(kind) = loading.head(reader, rule.key, rule.place, "facts." + rule.key, Coverage::recorded);
  // A kind without unit has no value that anybody reads.
  if (reader.has("unit")) kind.unit = loading.unit(reader, kind.clause);
  read_positions(reader, kind, loading);
  for (const FactRange& range : kind.ranges) {
    if (!range.range || !kind.unit.empty()) continue;
    reader.require("unit", {.zh = "有数值的事实要写单位，如 `unit: points`",
                            .en = "facts with a value need a unit, such as `unit: points`"});
    break;
  }
  kind.if_empty = reader.optional_number("if_empty");
  if (kind.if_empty && !some_range_takes(kind, *kind.if_empty)) {
    loading.problems.error(
        "out_of_range", reader.place_of("if_empty"),
        {.zh = "空值代表的数不在任何岗位的范围里", .en = "no position's range takes what an empty value stands for"},
        {.zh = "改 `if_empty` 或范围", .en = "change `if_empty` or the ranges"}, kind.clause);
  }
  check_against_catalogue(kind, reader, loading);
  reader.done();
  captioned(kind);
  return kind;
}

}  // namespace

void read_clauses(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.clauses.push_back(read_clause(rule, loading));
}

void read_facts(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.facts.push_back(read_kind(rule, loading));
}

}  // namespace zh::policy
