// Where a condition looks: roles, first and last turns, ranges, before and after another condition's hit.
#include <fmt/format.h>

#include <algorithm>

#include "policy/checks/condition_reader.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kTurnsMax = 1'000'000;

std::optional<std::int64_t> whole_number(const yaml::Node& node) {
  const auto number = node.is_scalar() ? read_number(node.scalar) : std::nullopt;
  return number ? number->to_int64() : std::nullopt;
}

}  // namespace

CheckScope ConditionReader::read_scope(Reader& reader) {
  CheckScope scope;
  scope.role = read_role(reader);
  scope.first = read_reach(reader, "first");
  scope.last = read_reach(reader, "last");
  read_range(reader, scope);
  read_relative(reader, scope);
  return scope;
}

std::optional<Speaker> ConditionReader::read_role(Reader& reader) {
  const std::string role = reader.choice("role", {"any", "agent", "customer", "system"}, "any");
  if (role == "agent") return Speaker::agent;
  if (role == "customer") return Speaker::customer;
  if (role == "system") return Speaker::system;
  return std::nullopt;
}

std::int64_t ConditionReader::milliseconds(Reader& reader, std::string_view key) {
  const Decimal seconds = reader.number(key);
  const auto ms = (seconds * Decimal(1000)).to_int64();
  if (ms && *ms >= 0) return *ms;
  error("out_of_range", reader.place_of(key),
        {.zh = fmt::format("`{}` 应是不小于 0、至多三位小数的秒数", key),
         .en = fmt::format("`{}` must be seconds, at least 0, with at most three decimals", key)},
        {.zh = "改正", .en = "correct it"});
  return 0;
}

Reach ConditionReader::read_extent(Reader& reader, bool required) {
  Reach reach;
  reach.turns = reader.optional_count("turns");
  if (reader.has("seconds")) reach.ms = milliseconds(reader, "seconds");
  if (required && !reach.turns && !reach.ms) {
    reader.require("turns",
                   {.zh = "写 `{turns: 3}` 或 `{seconds: 20}`", .en = "write `{turns: 3}` or `{seconds: 20}`"});
  }
  return reach;
}

std::optional<Reach> ConditionReader::read_reach(Reader& reader, std::string_view key) {
  const yaml::Node* const node = reader.find(key);
  if (node == nullptr) return std::nullopt;
  Reader extent(*node, loading_.problems, {.zh = fmt::format("`{}`", key), .en = fmt::format("`{}`", key)});
  const Reach reach = read_extent(extent, true);
  extent.done();
  return reach;
}

void ConditionReader::read_range(Reader& reader, CheckScope& scope) {
  const yaml::Node* const node = reader.find("range");
  if (node == nullptr) return;
  if (node->is_list() && node->items.size() == 2) {
    scope.range_from = whole_number(node->items[0]);
    scope.range_to = whole_number(node->items[1]);
  }
  const auto usable = [](const std::optional<std::int64_t>& end) {
    return end && *end > -kTurnsMax && *end < kTurnsMax;
  };
  if (usable(scope.range_from) && usable(scope.range_to)) return;
  error("wrong_type", node->place,
        {.zh = "`range` 应是两个轮次，如 `[0, 2]`；负数从末尾数起",
         .en = "`range` must be two turns such as `[0, 2]`; negative ones count from the end"},
        {.zh = "写成 `range: [0, -1]`", .en = "write it as `range: [0, -1]`"});
}

void ConditionReader::read_relative(Reader& reader, CheckScope& scope) {
  using Side = CheckScope::Relative::Side;
  for (const auto& [key, side] :
       {std::pair{"before", Side::before}, {"after", Side::after}, {"around", Side::around}}) {
    const yaml::Node* const node = reader.find(key);
    if (node == nullptr) continue;
    if (scope.relative) {
      error("operator", node->place,
            {.zh = "`before`、`after`、`around` 只能写一个",
             .en = "only one of `before`, `after` and `around` may be given"},
            {.zh = "用 `all` 组合两个条件", .en = "combine two conditions with `all`"});
      continue;
    }
    CheckScope::Relative relative;
    relative.side = side;
    if (node->is_scalar()) {
      relative.named = named(node->scalar, node->place);
    } else {
      Reader reference(*node, loading_.problems, {.zh = fmt::format("`{}`", key), .en = fmt::format("`{}`", key)});
      relative.named = named(reference.word("hit_of"), reference.place_of("hit_of"));
      if (const yaml::Node* const nth = reference.find("nth")) {
        const auto number = whole_number(*nth);
        if (number && *number != 0) {
          relative.nth = *number;
        } else {
          error("wrong_type", nth->place,
                {.zh = "`nth` 从 1 数起，负数从末尾数起", .en = "`nth` counts from 1, negative from the last"},
                {.zh = "如 `nth: 1` 或 `nth: -1`", .en = "such as `nth: 1` or `nth: -1`"});
        }
      }
      relative.within = read_extent(reference, false);
      reference.done();
    }
    scope.relative = relative;
  }
}

std::size_t ConditionReader::named(const std::string& name, const Place& place) {
  const auto found = std::ranges::find(check_.named, name, &NamedCondition::name);
  if (found != check_.named.end()) return static_cast<std::size_t>(found - check_.named.begin());
  std::vector<std::string> known;
  for (const NamedCondition& condition : check_.named) known.push_back(condition.name);
  const std::string meant = nearest(name, known);
  if (!name.empty()) {
    error("unknown_condition", place,
          {.zh = fmt::format("前面没有名为 `{}` 的条件", name),
           .en = fmt::format("no condition `{}` stands before this one", name)},
          meant.empty()
              ? Text{.zh = "在这个检查的 `let:` 里先写下它", .en = "write it before, below the check's `let:`"}
              : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)});
  }
  return 0;
}

HowMany ConditionReader::read_how_many(Reader& reader) {
  const auto word = reader.optional_word("how_many");
  if (!word || *word == "any") return {};
  if (*word == "all") return {HowMany::Kind::all, 1};
  if (*word == "none") return {HowMany::Kind::none, 1};
  const auto number = read_number(*word);
  const auto count = number ? number->to_int64() : std::nullopt;
  if (count && *count > 0 && *count <= kTurnsMax) return {HowMany::Kind::at_least, *count};
  error("wrong_type", reader.place_of("how_many"),
        {.zh = "`how_many` 应是 `any`、`all`、`none` 或正整数（至少几轮）",
         .en = "`how_many` must be `any`, `all`, `none` or how many turns at least"},
        {.zh = "如 `how_many: 2`", .en = "such as `how_many: 2`"});
  return {};
}

}  // namespace zh::policy
