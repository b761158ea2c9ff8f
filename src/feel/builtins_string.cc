// Built-in functions on strings (DMN 1.5, table 74). Positions and lengths count code points.
#include <unicode/ustring.h>

#include <algorithm>

#include "base/utf8.h"
#include "feel/builtin.h"
#include "feel/regex.h"

namespace zh::feel::internal {

namespace {

Value text(Call& call, std::string_view made) {
  if (!may_have_text(call.run, made.size()) || !call.run.spend(made.size() / kBytesPerStep)) return {};
  return Value::string(made);
}

std::optional<std::int64_t> truncated(const Value& number) {
  return number.number().round(0, Rounding::down).to_int64();
}

Value substring(Call& call) {
  const std::string_view string = call[0].string();
  const auto length = static_cast<std::int64_t>(utf8::length(string));
  const auto start = truncated(call[1]);
  if (!start || *start == 0 || *start > length || *start < -length) return call.fail(Problem::out_of_range, 1);
  const std::int64_t from = *start > 0 ? *start - 1 : length + *start;
  std::int64_t count = length - from;
  if (call.has(2)) {
    const auto wanted = truncated(call[2]);
    if (!wanted || *wanted < 1) return call.fail(Problem::out_of_range, 2);
    count = std::min(count, *wanted);
  }
  const std::size_t begin = utf8::offset_of(string, static_cast<std::size_t>(from));
  const std::string_view rest = string.substr(begin);
  return text(call, rest.substr(0, utf8::offset_of(rest, static_cast<std::size_t>(count))));
}

Value string_length(Call& call) { return Value::number(static_cast<std::int64_t>(utf8::length(call[0].string()))); }

using CaseMapping = std::int32_t (*)(UChar*, std::int32_t, const UChar*, std::int32_t, const char*, UErrorCode*);

Value mapped(Call& call, CaseMapping map) {
  const std::string_view string = call[0].string();
  std::u16string wide(string.size() + 1, u'\0');
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(wide.data(), static_cast<std::int32_t>(wide.size()), &length, string.data(),
                static_cast<std::int32_t>(string.size()), &status);
  // A letter becomes at most three.
  std::u16string changed(static_cast<std::size_t>(length) * 3 + 1, u'\0');
  const std::int32_t size =
      map(changed.data(), static_cast<std::int32_t>(changed.size()), wide.data(), length, "", &status);
  std::string result(static_cast<std::size_t>(size) * 3 + 1, '\0');
  std::int32_t bytes = 0;
  u_strToUTF8(result.data(), static_cast<std::int32_t>(result.size()), &bytes, changed.data(), size, &status);
  if (U_FAILURE(status) != 0) return call.fail(Problem::out_of_range);
  return text(call, std::string_view(result).substr(0, static_cast<std::size_t>(bytes)));
}

Value upper_case(Call& call) { return mapped(call, u_strToUpper); }
Value lower_case(Call& call) { return mapped(call, u_strToLower); }

Value substring_before(Call& call) {
  const std::string_view string = call[0].string();
  const std::size_t at = string.find(call[1].string());
  return text(call, at == std::string_view::npos ? std::string_view() : string.substr(0, at));
}

Value substring_after(Call& call) {
  const std::string_view string = call[0].string();
  const std::size_t at = string.find(call[1].string());
  if (at == std::string_view::npos) return Value::string("");
  return text(call, string.substr(at + call[1].string().size()));
}

Value contains(Call& call) { return Value::boolean(call[0].string().find(call[1].string()) != std::string_view::npos); }
Value starts_with(Call& call) { return Value::boolean(call[0].string().starts_with(call[1].string())); }
Value ends_with(Call& call) { return Value::boolean(call[0].string().ends_with(call[1].string())); }

std::string_view flags_of(Call& call, std::size_t index) {
  return call[index].is_string() ? call[index].string() : std::string_view();
}

// What matching costs at least, in steps.
bool spend_on_regex(Call& call) { return call.run.spend(10 + call[0].string().size() / 4); }

Value matches(Call& call) {
  if (!spend_on_regex(call)) return {};
  const auto found = regex_matches(call[0].string(), call[1].string(), flags_of(call, 2));
  if (!found) return call.fail(Problem::bad_pattern, 1);
  return Value::boolean(*found);
}

Value replace(Call& call) {
  if (!spend_on_regex(call)) return {};
  const auto result = regex_replace(call[0].string(), call[1].string(), call[2].string(), flags_of(call, 3));
  if (!result) return call.fail(Problem::bad_pattern, 1);
  return text(call, *result);
}

Value split(Call& call) {
  if (!spend_on_regex(call)) return {};
  const auto pieces = regex_split(call[0].string(), call[1].string());
  if (!pieces) return call.fail(Problem::bad_pattern, 1);
  std::vector<Value> items;
  items.reserve(pieces->size());
  for (const std::string& piece : *pieces) items.push_back(Value::string(piece));
  if (!may_hold(call.run, items.size()) || !call.run.spend(items.size())) return {};
  return Value::list(std::move(items));
}

// Nulls are left out; anything else that is no string makes the result null.
Value string_join(Call& call) {
  const std::string_view delimiter = flags_of(call, 1);
  std::string joined;
  bool first = true;
  for (const Value& item : call[0].list()) {
    if (item.is_null()) continue;
    if (!item.is_string()) return call.fail(Problem::wrong_argument);
    if (!first) joined += delimiter;
    joined += item.string();
    first = false;
    if (!may_have_text(call.run, joined.size()) || !call.run.spend(1 + item.string().size() / kBytesPerStep)) return {};
  }
  return Value::string(joined);
}

}  // namespace

void add_string_functions(BuiltinTable& table) {
  const Type type = Type::string();
  const Type yes_or_no = Type::boolean();
  table.add("substring", {string("string"), number("start position"), optional(number("length"))}, type, substring);
  table.add("string length", {string("string")}, Type::number(), string_length);
  table.add("upper case", {string("string")}, type, upper_case);
  table.add("lower case", {string("string")}, type, lower_case);
  table.add("substring before", {string("string"), string("match")}, type, substring_before);
  table.add("substring after", {string("string"), string("match")}, type, substring_after);
  table.add("contains", {string("string"), string("match")}, yes_or_no, contains);
  table.add("starts with", {string("string"), string("match")}, yes_or_no, starts_with);
  table.add("ends with", {string("string"), string("match")}, yes_or_no, ends_with);
  const Parameter flags = nullable(optional(string("flags")));
  table.add("matches", {string("input"), string("pattern"), flags}, yes_or_no, matches);
  table.add("replace", {string("input"), string("pattern"), string("replacement"), flags}, type, replace);
  table.add("split", {string("string"), string("delimiter")}, Type::list(Type::string()), split);
  table.add("string join", {list("list"), nullable(optional(string("delimiter")))}, type, string_join);
}

}  // namespace zh::feel::internal
