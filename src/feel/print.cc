// Values as text: string() of FEEL, and FEEL literals.
#include <fmt/format.h>

#include "base/utf8.h"
#include "feel/feel.h"
#include "feel/lexer.h"

namespace zh::feel {

namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      case '\t':
        result += "\\t";
        break;
      default:
        result += c;
    }
  }
  return result + "\"";
}

// A key is written without quotes where it can be read back so.
std::string key_text(std::string_view key) {
  if (key.empty() || normalized_name(key) != key) return quoted(key);
  for (std::size_t at = 0; at < key.size();) {
    const bool first = at == 0;
    const char32_t code_point = utf8::next(key, at);
    if (!(first ? internal::is_name_start(code_point) : internal::is_name_part(code_point) || code_point == ' ')) {
      return quoted(key);
    }
  }
  return std::string(key);
}

// `literal`: temporal values as at-literals, as FEEL reads them; otherwise bare, as string() gives them.
class Printer {
 public:
  explicit Printer(bool literal) : literal_(literal) {}

  std::string text(const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        return "null";
      case Kind::boolean:
        return value.boolean() ? "true" : "false";
      case Kind::number:
        return value.number().normalized().to_string();
      case Kind::string:
        return quoted(value.string());
      case Kind::date:
        return temporal(value.date().to_string());
      case Kind::time:
        return temporal(value.time().to_string());
      case Kind::date_time:
        return temporal(value.date_time().to_string());
      case Kind::days_duration:
        return temporal(value.days_duration().to_string());
      case Kind::months_duration:
        return temporal(value.months_duration().to_string());
      case Kind::range:
        return range(value.range());
      case Kind::list:
        return list(value.list());
      case Kind::context:
        return context(value.context());
      case Kind::function:
        return function(value.function());
    }
    return {};
  }

 private:
  std::string temporal(const std::string& bare) const { return literal_ ? "@\"" + bare + "\"" : bare; }

  std::string range(const Range& range) {
    if (range.form() == Range::Form::equal) return "(= " + text(range.low()) + ")";
    if (range.form() == Range::Form::unequal) return "(!= " + text(range.low()) + ")";
    if (range.form() == Range::Form::comparison) {
      if (range.low().is_null()) return (range.high_included() ? "(<= " : "(< ") + text(range.high()) + ")";
      return (range.low_included() ? "(>= " : "(> ") + text(range.low()) + ")";
    }
    return (range.low_included() ? "[" : "(") + text(range.low()) + ".." + text(range.high()) +
           (range.high_included() ? "]" : ")");
  }

  std::string list(std::span<const Value> items) {
    std::string result = "[";
    for (const Value& item : items) {
      if (result.size() > 1) result += ", ";
      result += text(item);
    }
    return result + "]";
  }

  std::string context(const Context& context) {
    std::string result = "{";
    for (std::size_t i = 0; i < context.size(); ++i) {
      if (i > 0) result += ", ";
      result += key_text(context.key(i)) + ": " + text(context.value(i));
    }
    return result + "}";
  }

  static std::string function(const Function& function) {
    std::string result = "function(";
    for (const auto& parameter : function.type().parameters()) {
      if (result.back() != '(') result += ", ";
      result += parameter.name;
      if (!parameter.type.is_any()) result += ": " + parameter.type.to_string();
    }
    return result + ")";
  }

  bool literal_;
};

}  // namespace

std::string to_string(const Value& value) {
  if (value.is_string()) return std::string(value.string());
  return Printer(false).text(value);
}

std::string to_feel(const Value& value) { return Printer(true).text(value); }

}  // namespace zh::feel
