#include "recognition/segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/json.h"

namespace zh::recognition {

namespace {

Error not_as_agreed(const std::string& where, const Text& why) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("识别结果无法使用（{}）：{}", where, why.zh),
                                    .en = fmt::format("what was recognised cannot be used ({}): {}", where, why.en)});
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// Seconds as milliseconds; nothing when there is no such number, or one that no recording has.
std::optional<std::int64_t> milliseconds(const json::Value* value) {
  const json::Number* const number = value == nullptr ? nullptr : value->number();
  if (number == nullptr) return std::nullopt;
  constexpr double kLongest = 1e6;  // seconds
  double seconds = 0;
  const auto [end, problem] =
      std::from_chars(number->digits.data(), number->digits.data() + number->digits.size(), seconds);
  if (problem != std::errc() || !(std::abs(seconds) < kLongest)) return std::nullopt;
  return std::llround(seconds * 1000);
}

const std::string* text_of(const json::Value& object) {
  const json::Value* const text = object.find("text");
  return text == nullptr ? nullptr : text->text();
}

Result<Segment> parse_segment(const json::Value& value, std::size_t index, std::int64_t duration_ms) {
  const std::string where = fmt::format("/segments/{}", index);
  const std::string* const text = text_of(value);
  if (text == nullptr) return not_as_agreed(where, {.zh = "缺少 text", .en = "text is missing"});
  const auto start = milliseconds(value.find("start"));
  const auto end = milliseconds(value.find("end"));
  if (!start || !end || *start < 0 || *end < *start) {
    return not_as_agreed(where, {.zh = "start、end 应为秒数，且不早于 start",
                                 .en = "start and end are seconds, the end not before the start"});
  }
  return Segment{.start_ms = std::min(*start, duration_ms),
                 .end_ms = std::min(*end, duration_ms),
                 .text = std::string(trimmed(*text))};
}

}  // namespace

Result<std::vector<Segment>> parse_segments(std::string_view text, std::int64_t duration_ms) {
  auto document = json::parse(text, {.bytes = kAnswerBytes, .depth = 16});
  if (!document.ok()) return not_as_agreed("JSON", document.error().message);
  std::vector<Segment> segments;
  const json::Value* const listed = document->find("segments");
  if (listed == nullptr || listed->is_null()) {
    const std::string* const whole = text_of(*document);
    if (whole == nullptr) return not_as_agreed("/", {.zh = "缺少 text 和 segments", .en = "neither text nor segments"});
    if (!trimmed(*whole).empty())
      segments.push_back({.start_ms = 0, .end_ms = duration_ms, .text = std::string(trimmed(*whole))});
    return segments;
  }
  const json::Array* const items = listed->array();
  if (items == nullptr) return not_as_agreed("/segments", {.zh = "应为数组", .en = "it is an array"});
  if (items->size() > kSegmentsMax) {
    return error(ErrorCode::limit, {.zh = fmt::format("识别结果超过 {} 段", kSegmentsMax),
                                    .en = fmt::format("more than {} segments were recognised", kSegmentsMax)});
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    ZH_TRY(Segment segment, parse_segment((*items)[i], i, duration_ms));
    if (!segment.text.empty()) segments.push_back(std::move(segment));
  }
  std::ranges::stable_sort(segments, {}, &Segment::start_ms);
  return segments;
}

}  // namespace zh::recognition
