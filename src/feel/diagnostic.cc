#include "feel/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "feel/source.h"
#include "feel/value.h"

namespace zh::feel {

namespace {

constexpr std::size_t kShownMax = 60;  // code points of quoted text in a message
constexpr std::size_t kLineMax = 160;  // code points of the line shown

// What is known about one problem when its words are chosen.
struct Facts {
  std::string text;      // the source text the problem is about
  std::string function;  // its part before the first parenthesis
  Text left;
  Text right;
  std::int32_t detail = 0;
};

Text syntax_words(Problem problem, const Facts& facts) {
  switch (problem) {
    case Problem::syntax:
      return {.zh = "这里不是一个 FEEL 表达式", .en = "this is not a FEEL expression"};
    case Problem::bad_literal:
      return {.zh = fmt::format("无法读取 {}", facts.text), .en = fmt::format("{} cannot be read", facts.text)};
    case Problem::too_deep:
      return {.zh = "嵌套层数超过上限", .en = "nested deeper than the limit"};
    default:
      return {.zh = "表达式超过长度上限", .en = "the expression is longer than the limit"};
  }
}

Text name_words(Problem problem, const Facts& facts) {
  switch (problem) {
    case Problem::unknown_name:
      return {.zh = fmt::format("没有名为“{}”的变量", facts.text),
              .en = fmt::format("there is no name `{}`", facts.text)};
    case Problem::unknown_type:
      return {.zh = fmt::format("没有类型“{}”", facts.text), .en = fmt::format("there is no type `{}`", facts.text)};
    case Problem::unknown_entry:
      return {.zh = fmt::format("{}没有“{}”这一项", facts.left.zh, facts.text),
              .en = fmt::format("the {} has no entry `{}`", facts.left.en, facts.text)};
    case Problem::unknown_function:
      return {.zh = fmt::format("没有函数“{}”", facts.function),
              .en = fmt::format("there is no function `{}`", facts.function)};
    case Problem::not_a_function:
      return {.zh = fmt::format("{}不能当作函数调用", facts.left.zh),
              .en = fmt::format("a {} cannot be called as a function", facts.left.en)};
    case Problem::wrong_count:
      return {.zh = fmt::format("函数“{}”的参数个数不对", facts.function),
              .en = fmt::format("wrong number of arguments for `{}`", facts.function)};
    case Problem::unknown_parameter:
      return {.zh = fmt::format("函数“{}”没有这样命名的参数", facts.function),
              .en = fmt::format("`{}` has no parameter of that name", facts.function)};
    default:
      return {.zh = fmt::format("函数“{}”缺少必需的参数", facts.function),
              .en = fmt::format("`{}` lacks a required argument", facts.function)};
  }
}

Text type_words(Problem problem, const Facts& facts) {
  switch (problem) {
    case Problem::wrong_argument:
      return {.zh = fmt::format("函数“{}”的第 {} 个参数不能是{}", facts.function, facts.detail, facts.left.zh),
              .en = fmt::format("argument {} of `{}` cannot be {}", facts.detail, facts.function, facts.left.en)};
    case Problem::wrong_operands:
      return {.zh = fmt::format("这个运算不能用于{}和{}", facts.left.zh, facts.right.zh),
              .en = fmt::format("this operator does not take {} and {}", facts.left.en, facts.right.en)};
    case Problem::unlike_comparison:
      return {.zh = fmt::format("{}不能与{}比较", facts.left.zh, facts.right.zh),
              .en = fmt::format("{} cannot be compared with {}", facts.left.en, facts.right.en)};
    case Problem::not_boolean:
      return {.zh = fmt::format("这里应为布尔值，却是{}", facts.left.zh),
              .en = fmt::format("a boolean is expected here, not {}", facts.left.en)};
    case Problem::wrong_type:
      return {.zh = fmt::format("{}不符合声明的类型（{}）", facts.left.zh, facts.right.zh),
              .en = fmt::format("a {} does not conform to the declared type ({})", facts.left.en, facts.right.en)};
    case Problem::not_allowed:
      return {.zh = "值不在该类型允许的范围内", .en = "the value is not one of the allowed values of its type"};
    case Problem::unit_mismatch:
      return {.zh = "单位不一致", .en = "the units do not match"};
    default:
      return {.zh = "结果总是 null", .en = "this is always null"};
  }
}

Text value_words(Problem problem, const Facts& facts) {
  switch (problem) {
    case Problem::null_operand:
      return {.zh = "不能用 null 计算", .en = "null cannot be calculated with"};
    case Problem::division_by_zero:
      return {.zh = "除数为零", .en = "division by zero"};
    case Problem::out_of_range:
      return {.zh = "结果超出范围", .en = "the result is out of range"};
    case Problem::not_a_date:
      return {.zh = "不是日期", .en = "this is no date"};
    case Problem::not_a_time:
      return {.zh = "不是时间", .en = "this is no time"};
    case Problem::not_a_date_time:
      return {.zh = "不是日期时间", .en = "this is no date and time"};
    case Problem::not_a_duration:
      return {.zh = "不是时长", .en = "this is no duration"};
    case Problem::not_a_number:
      return {.zh = "不是数字", .en = "this is no number"};
    case Problem::not_a_range:
      return {.zh = "不是区间", .en = "this is no range"};
    case Problem::bad_pattern:
      return {.zh = "正则表达式有误，或在允许的时间内算不完",
              .en = "the regular expression is wrong or takes too long"};
    case Problem::not_comparable:
      return {.zh = fmt::format("{}和{}不能比较大小", facts.left.zh, facts.right.zh),
              .en = fmt::format("{} and {} have no order", facts.left.en, facts.right.en)};
    case Problem::not_a_list:
      return {.zh = fmt::format("这里应为列表，却是{}", facts.left.zh),
              .en = fmt::format("a list is expected here, not {}", facts.left.en)};
    case Problem::not_a_context:
      return {.zh = fmt::format("{}没有可取的项", facts.left.zh),
              .en = fmt::format("a {} has no entries to take", facts.left.en)};
    default:
      return {.zh = "一个带时区、一个不带时区，无法比较", .en = "one side has a time zone and the other has none"};
  }
}

Text words(Problem problem, const Facts& facts) {
  if (problem <= Problem::too_long) return syntax_words(problem, facts);
  if (problem <= Problem::missing_parameter) return name_words(problem, facts);
  if (problem <= Problem::always_null || problem == Problem::wrong_type || problem == Problem::not_allowed) {
    return type_words(problem, facts);
  }
  return value_words(problem, facts);
}

// How wide a code point stands in a terminal: East Asian wide and full-width ones take two columns.
std::size_t columns_of(char32_t code_point) {
  const bool wide = (code_point >= 0x1100 && code_point <= 0x115F) || (code_point >= 0x2E80 && code_point <= 0xA4CF) ||
                    (code_point >= 0xAC00 && code_point <= 0xD7A3) || (code_point >= 0xF900 && code_point <= 0xFAFF) ||
                    (code_point >= 0xFE30 && code_point <= 0xFE4F) || (code_point >= 0xFF00 && code_point <= 0xFF60) ||
                    (code_point >= 0xFFE0 && code_point <= 0xFFE6) ||
                    (code_point >= 0x1F300 && code_point <= 0x1FAFF) ||
                    (code_point >= 0x20000 && code_point <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += columns_of(utf8::next(text, at));
  return columns;
}

}  // namespace

void locate(Diagnostic& diagnostic, const Source& source) {
  const std::string_view text = source.text();
  const std::size_t from = std::min<std::size_t>(diagnostic.from, text.size());
  const std::size_t to = std::clamp<std::size_t>(diagnostic.to, from, text.size());
  diagnostic.place = source.place_of(from);
  const std::size_t newline = from == 0 ? std::string_view::npos : text.rfind('\n', from - 1);
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t end = std::min(text.find('\n', from), text.size());
  std::string_view before = text.substr(begin, from - begin);
  std::string cut;
  if (utf8::length(before) > kLineMax / 2) {
    before.remove_prefix(utf8::offset_of(before, utf8::length(before) - kLineMax / 2));
    cut = "…";
  }
  const std::string_view marked = text.substr(from, std::min(to, end) - from);
  const std::string_view after = text.substr(std::min(to, end), end - std::min(to, end));
  diagnostic.line = utf8::sanitized(cut + std::string(before) + utf8::shortened(marked, kLineMax) +
                                    utf8::shortened(after, kLineMax / 2));
  std::replace(diagnostic.line.begin(), diagnostic.line.end(), '\t', ' ');
  std::erase(diagnostic.line, '\r');
  const std::size_t width = columns_of(utf8::shortened(marked, kLineMax));
  diagnostic.underline =
      std::string(columns_of(cut) + columns_of(before), ' ') + std::string(std::max<std::size_t>(width, 1), '^');
}

Diagnostic explain(const Cause& cause) {
  Diagnostic diagnostic;
  diagnostic.problem = cause.problem;
  diagnostic.from = cause.from;
  diagnostic.to = cause.to;
  if (const auto* const host = dynamic_cast<const HostMessage*>(cause.source); host != nullptr) {
    diagnostic.message = host->message();
    return diagnostic;
  }
  Facts facts{.text = {},
              .function = {},
              .left = kind_name(cause.left),
              .right = kind_name(cause.right),
              .detail = cause.detail};
  if (const auto* const source = dynamic_cast<const Source*>(cause.source); source != nullptr) {
    const std::string_view whole = source->text();
    const std::size_t from = std::min<std::size_t>(cause.from, whole.size());
    const std::string_view text = whole.substr(from, cause.to > cause.from ? cause.to - cause.from : 0);
    facts.text = utf8::shortened(utf8::sanitized(text.substr(0, 4 * kShownMax)), kShownMax);
    facts.function = facts.text.substr(0, facts.text.find('('));
    locate(diagnostic, *source);
  }
  diagnostic.message = words(cause.problem, facts);
  return diagnostic;
}

std::string Diagnostic::render(Language language) const {
  const std::string where = place.to_string();
  const Text label =
      severity == Severity::error ? Text{.zh = "错误", .en = "error"} : Text{.zh = "警告", .en = "warning"};
  std::string text = where.empty() ? "" : where + ": ";
  text += fmt::format("{}: {}", label.in(language), message.in(language));
  if (!line.empty()) text += fmt::format("\n  {}\n  {}", line, underline);
  return text;
}

Error Diagnostic::to_error() const {
  const bool is_limit = problem == Problem::too_deep || problem == Problem::too_long;
  return error(is_limit ? ErrorCode::limit : ErrorCode::invalid, message, place);
}

Place Source::place_of(std::size_t offset) const {
  const std::string_view before = std::string_view(text_).substr(0, std::min(offset, text_.size()));
  const auto lines = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t newline = before.rfind('\n');
  const auto column =
      static_cast<int>(utf8::length(newline == std::string_view::npos ? before : before.substr(newline + 1)));
  Place place = origin_;
  place.line = std::max(origin_.line, 1) + lines;
  place.column = lines == 0 ? std::max(origin_.column, 1) + column : column + 1;
  return place;
}

}  // namespace zh::feel
