#include "ledger/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/utf8.h"

namespace zh::ledger {

namespace {

using enum ValueType;
using enum Multiplicity;

constexpr std::array<std::string_view, 2> kRounds{"round=1", "round=2"};
constexpr std::array<std::string_view, 1> kExempt{"exempt"};
constexpr std::array<std::string_view, 1> kFull{"full"};
constexpr std::array<std::string_view, 1> kGrave{"grave"};

KindSpec kind(std::string_view name, Text label, ValueType type, std::string_view unit, Multiplicity multiplicity) {
  return {.name = name,
          .label = std::move(label),
          .type = type,
          .unit = unit,
          .optional = false,
          .multiplicity = multiplicity,
          .keywords = {},
          .keyword_prefix = {},
          .personal_data = PersonalData::employee};
}
KindSpec with_keywords(KindSpec spec, std::span<const std::string_view> keywords, std::string_view prefix = {}) {
  spec.keywords = keywords;
  spec.keyword_prefix = prefix;
  return spec;
}
KindSpec optional_value(KindSpec spec) {
  spec.optional = true;
  return spec;
}

// FORMATS.md "facts", in its order.
std::vector<KindSpec> make_kinds() {
  return {
      with_keywords(kind("qa_recording", {"录音质检分", "recording score"}, number, "points", mean), kRounds, "round="),
      with_keywords(kind("qa_text", {"文本质检分", "text score"}, number, "points", mean), kRounds, "round="),
      kind("leader_evaluation", {"值班长评价", "shift leader's evaluation"}, number, "points", mean),
      kind("exam", {"业务考试", "business exam"}, number, "points", mean),
      kind("satisfaction", {"满意度评价", "survey answer"}, flag, "flag", each),
      with_keywords(kind("busy_check", {"示忙抽查", "spot check of busy time"}, number, "minutes", each), kExempt),
      with_keywords(kind("on_site", {"现场扣分", "on-site deduction"}, number, "points", sum), kFull),
      kind("praise", {"客户表扬", "praise"}, number, "points", sum),
      kind("suggestion", {"建议采纳", "adopted suggestion"}, number, "points", sum),
      kind("outstanding_recording", {"优秀录音", "outstanding recording"}, number, "points", sum),
      kind("complaint", {"有责投诉", "justified complaint"}, number, "points", sum),
      kind("complaint_major", {"媒体或重大投诉", "media or major complaint"}, number, "points", sum),
      kind("work_error", {"工作差错", "work error"}, number, "points", sum),
      kind("impatience", {"态度不耐烦", "impatience"}, number, "points", sum),
      with_keywords(kind("abuse", {"辱骂客户", "abusing a customer"}, number, "points", sum), kGrave),
      kind("daily_test_anomaly", {"漏测致业务异常", "missed daily test with an anomaly"}, number, "points", sum),
      kind("neglect", {"现场管理失职", "neglect on site"}, number, "points", sum),
      kind("attitude_complaint", {"服务态度投诉", "attitude complaint"}, none, "", any),
      kind("sale", {"销售额", "sale"}, money, "yuan", sum),
      kind("commission", {"业务提成", "commission"}, money, "yuan", sum),
      kind("sales_target", {"销售目标", "sales target"}, number, "yuan/call", latest),
      kind("night_shift", {"夜班", "night shift"}, ignored, "", each),
      optional_value(kind("leave", {"请假", "leave"}, number, "days", any)),
      kind("late", {"迟到", "late"}, ignored, "", any),
      kind("early_leave", {"早退", "early leave"}, ignored, "", any),
      kind("absence", {"旷工", "absence"}, ignored, "", any),
      kind("clock_missing", {"缺卡", "missing clock-in"}, ignored, "", any),
      kind("handle_time", {"通话时长", "handled contact"}, number, "seconds", each),
      kind("offered", {"分配量", "calls assigned"}, whole, "calls", sum),
      kind("answered", {"接听量", "calls answered"}, whole, "calls", sum),
  };
}

constexpr std::string_view kAgent = "agent";
constexpr std::string_view kShiftLeader = "shift_leader";

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

FactRange between(std::string_view position, std::string_view low, std::string_view high) {
  return {.position = std::string(position), .low = decimal(low), .high = decimal(high), .note = {}};
}
FactRange at_least_zero(std::string_view position = {}) {
  return {.position = std::string(position), .low = Decimal(0), .high = {}, .note = {}};
}
FactRange above_zero() { return {.position = {}, .low = Decimal(0), .high = {}, .low_included = false, .note = {}}; }

// What FORMATS.md's table says of values and positions, in its order.
FactLimits make_default_limits() {
  FactLimits limits;
  const auto add = [&](std::string_view kind, std::vector<FactRange> ranges, std::optional<Decimal> if_empty = {}) {
    limits.push_back({.kind = std::string(kind), .ranges = std::move(ranges), .if_empty = if_empty, .clause = {}});
  };
  for (const auto kind : {"qa_recording", "qa_text", "leader_evaluation", "exam"}) add(kind, {between("", "0", "100")});
  add("satisfaction", {between("", "0", "1")});
  add("busy_check", {at_least_zero()});
  auto full = between(kShiftLeader, "0", "0");
  full.note = "full";
  add("on_site", {above_zero(), full});
  add("praise", {between("", "2", "5")});
  add("suggestion", {between(kAgent, "1", "5"), between(kShiftLeader, "2", "5")});
  add("outstanding_recording", {between(kAgent, "0.5", "3")});
  add("complaint", {between(kAgent, "5", "5"), between(kShiftLeader, "5", "5")}, Decimal(5));
  add("complaint_major", {between(kAgent, "10", "20"), between(kShiftLeader, "10", "20")});
  add("work_error", {between(kShiftLeader, "3", "10")}, Decimal(3));
  add("impatience", {between(kShiftLeader, "5", "5")}, Decimal(5));
  add("abuse", {between(kShiftLeader, "10", "10")}, Decimal(10));
  add("daily_test_anomaly", {between(kShiftLeader, "5", "10")}, Decimal(5));
  add("neglect", {between(kShiftLeader, "5", "20")}, Decimal(5));
  add("attitude_complaint", {FactRange{}});
  add("sale", {at_least_zero()});
  add("commission", {at_least_zero()});
  add("sales_target", {at_least_zero(kShiftLeader)});
  for (const auto kind : {"night_shift", "late", "early_leave", "absence", "clock_missing"}) add(kind, {FactRange{}});
  for (const auto kind : {"leave", "handle_time", "offered", "answered"}) add(kind, {at_least_zero()});
  return limits;
}

bool contains(const FactRange& range, const Decimal& value) {
  if (range.low && (range.low_included ? value < *range.low : value <= *range.low)) return false;
  if (range.high && (range.high_included ? value > *range.high : value >= *range.high)) return false;
  return true;
}

// "2–5", "> 0", "5", "0 with \"full\"": the same in both languages but for the note.
Text described(const FactRange& range) {
  std::string figures;
  if (range.low && range.high && *range.low == *range.high) {
    figures = range.low->to_string();
  } else if (range.low && range.high) {
    figures = fmt::format("{}{}–{}{}", range.low->to_string(), range.low_included ? "" : " (excl.)",
                          range.high->to_string(), range.high_included ? "" : " (excl.)");
  } else if (range.low) {
    figures = fmt::format("{} {}", range.low_included ? "≥" : ">", range.low->to_string());
  } else if (range.high) {
    figures = fmt::format("{} {}", range.high_included ? "≤" : "<", range.high->to_string());
  }
  if (range.note.empty()) return verbatim(figures);
  return {.zh = fmt::format("{}（备注为“{}”）", figures, range.note),
          .en = fmt::format("{} (with the note \"{}\")", figures, range.note)};
}

Error refused(const KindLimits& limits, Text message) {
  return error(ErrorCode::invalid, std::move(message), {}, limits.clause);
}

Error unknown_kind(std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& spec : fact_kinds()) known.push_back(spec.name);
  const std::string shown = utf8::shortened(name, 40);
  const std::string_view near = nearest(name, known);
  if (near.empty()) {
    return invalid({.zh = fmt::format("没有名为“{}”的事实类别", shown),
                    .en = fmt::format("there is no kind of fact \"{}\"", shown)});
  }
  return invalid({.zh = fmt::format("没有名为“{}”的事实类别；是否指“{}”？", shown, near),
                  .en = fmt::format("there is no kind of fact \"{}\"; did you mean \"{}\"?", shown, near)});
}

bool applies(const FactRange& range, std::string_view position) {
  return range.position.empty() || range.position == position;
}

Error wrong_position(const FactInput& input, const KindLimits& limits) {
  std::string allowed;
  for (const auto& range : limits.ranges) {
    if (allowed.find(range.position) != std::string::npos) continue;
    allowed += (allowed.empty() ? "" : ", ") + range.position;
  }
  return refused(limits,
                 {.zh = fmt::format("{} 不适用于岗位 {}，只适用于：{}", input.kind, input.position, allowed),
                  .en = fmt::format("{} is not for position {}, only for: {}", input.kind, input.position, allowed)});
}

// Plain digits with at most one point; 15 before it, which is more than any amount or duration needs.
std::optional<Decimal> plain_number(std::string_view text) {
  constexpr std::size_t kWhole = 15;
  std::string_view digits = text;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  if (std::min(digits.find('.'), digits.size()) > kWhole || digits.size() > Decimal::kDigits) return std::nullopt;
  const auto parsed = Decimal::parse(text);
  if (!parsed.ok()) return std::nullopt;
  return parsed->normalized();
}

Error no_number(std::string_view value, const KindLimits& limits) {
  const std::string shown = utf8::shortened(value, 40);
  return refused(limits, {.zh = fmt::format("值“{}”不是数字（如 3 或 2.5）", shown),
                          .en = fmt::format("the value \"{}\" is no number (such as 3 or 2.5)", shown)});
}

Status check_fineness(const KindSpec& spec, const Decimal& value, const KindLimits& limits) {
  if (spec.type == money && value.scale() > 2) {
    return refused(limits, {.zh = fmt::format("金额 {} 超过两位小数", value.to_string()),
                            .en = fmt::format("{} has more than two decimals", value.to_string())});
  }
  if ((spec.type == whole || spec.type == flag) && !value.is_integer()) {
    return refused(limits, {.zh = fmt::format("{} 应为整数", value.to_string()),
                            .en = fmt::format("{} is no whole number", value.to_string())});
  }
  return {};
}

Status check_range(const FactInput& input, const Decimal& value, const KindLimits& limits) {
  const std::string_view keyword = note_keyword(input.note);
  Text allowed;
  for (const auto& range : limits.ranges) {
    if (!applies(range, input.position)) continue;
    if ((range.note.empty() || range.note == keyword) && contains(range, value)) return {};
    const Text words = described(range);
    allowed.zh += (allowed.zh.empty() ? "" : " 或 ") + words.zh;
    allowed.en += (allowed.en.empty() ? "" : " or ") + words.en;
  }
  return refused(limits,
                 {.zh = fmt::format("{} 的值 {} 超出范围，应为 {}", input.kind, value.to_string(), allowed.zh),
                  .en = fmt::format("{}: {} is out of range, which is {}", input.kind, value.to_string(), allowed.en)});
}

Status check_note(const FactInput& input, const KindSpec& spec, const KindLimits& limits) {
  const std::string_view keyword = note_keyword(input.note);
  if (spec.keyword_prefix.empty() || !keyword.starts_with(spec.keyword_prefix)) return {};
  if (std::ranges::find(spec.keywords, keyword) != spec.keywords.end()) return {};
  const std::string all = fmt::format("{}", fmt::join(spec.keywords, ", "));
  const std::string shown = utf8::shortened(keyword, 40);
  return refused(limits, {.zh = fmt::format("备注“{}”有误，应为：{}", shown, all),
                          .en = fmt::format("the note \"{}\" is none of: {}", shown, all)});
}

Result<std::optional<Decimal>> empty_value(const KindSpec& spec, const KindLimits& limits) {
  if (limits.if_empty) return limits.if_empty;
  if (spec.optional || spec.type == none) return std::optional<Decimal>();
  return refused(limits,
                 {.zh = fmt::format("{} 必须有值", spec.name), .en = fmt::format("{} needs a value", spec.name)});
}

}  // namespace

std::span<const KindSpec> fact_kinds() {
  static const std::vector<KindSpec> kinds = make_kinds();
  return kinds;
}

const KindSpec* find_kind(std::string_view name) {
  const auto kinds = fact_kinds();
  const auto found = std::ranges::find(kinds, name, &KindSpec::name);
  return found == kinds.end() ? nullptr : &*found;
}

const FactLimits& default_fact_limits() {
  static const FactLimits limits = make_default_limits();
  return limits;
}

FactLimits with_pack_limits(const FactLimits& pack) {
  FactLimits result = default_fact_limits();
  for (const auto& limits : pack) {
    const auto known = std::ranges::find(result, limits.kind, &KindLimits::kind);
    if (known != result.end()) *known = limits;
  }
  return result;
}

std::string_view note_keyword(std::string_view note) { return trimmed(note.substr(0, note.find(';'))); }

Result<std::optional<Decimal>> checked_value(const FactInput& input, const FactLimits& limits) {
  const KindSpec* const spec = find_kind(input.kind);
  const auto limit = std::ranges::find(limits, input.kind, &KindLimits::kind);
  if (spec == nullptr || limit == limits.end()) return unknown_kind(input.kind);
  const bool allowed =
      std::ranges::any_of(limit->ranges, [&](const FactRange& range) { return applies(range, input.position); });
  if (!allowed) return wrong_position(input, *limit);
  ZH_CHECK(check_note(input, *spec, *limit));
  if (spec->type == ignored) return std::optional<Decimal>();
  if (input.value.empty()) return empty_value(*spec, *limit);
  if (spec->type == none) {
    return refused(*limit, {.zh = fmt::format("{} 没有值，请留空", spec->name),
                            .en = fmt::format("{} has no value; leave it empty", spec->name)});
  }
  const auto value = plain_number(input.value);
  if (!value) return no_number(input.value, *limit);
  ZH_CHECK(check_fineness(*spec, *value, *limit));
  ZH_CHECK(check_range(input, *value, *limit));
  return std::optional(*value);
}

}  // namespace zh::ledger
