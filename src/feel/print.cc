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
  result += '"';
  return result;
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

  std::string take() { return std::move(out_); }

  void print(const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        out_ += "null";
        return;
      case Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        return;
      case Kind::number:
        out_ += value.number().normalized().to_string();
        return;
      case Kind::string:
        out_ += quoted(value.string());
        return;
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
  }

 private:
  void temporal(const std::string& bare) {
    if (literal_) out_ += "@\"";
    out_ += bare;
    if (literal_) out_ += '"';
  }

  void comparison(std::string_view sign, const Value& end) {
    out_ += '(';
    out_ += sign;
    out_ += ' ';
    print(end);
    out_ += ')';
  }

  void range(const Range& range) {
    if (range.form() == Range::Form::equal) return comparison("=", range.low());
    if (range.form() == Range::Form::unequal) return comparison("!=", range.low());
    if (range.form() == Range::Form::comparison && range.low().is_null()) {
      return comparison(range.high_included() ? "<=" : "<", range.high());
    }
    if (range.form() == Range::Form::comparison) return comparison(range.low_included() ? ">=" : ">", range.low());
    out_ += range.low_included() ? '[' : '(';
    print(range.low());
    out_ += "..";
    print(range.high());
    out_ += range.high_included() ? ']' : ')';
  }

  void list(std::span<const Value> items) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(items[i]);
    }
    out_ += ']';
  }

  void context(const Context& context) {
    out_ += '{';
    for (std::size_t i = 0; i < context.size(); ++i) {
      if (i > 0) out_ += ", ";
      out_ += key_text(context.key(i));
      out_ += ": ";
      print(context.value(i));
    }
    out_ += '}';
  }

  void function(const Function& function) {
    out_ += "function(";
    bool first = true;
    for (const auto& parameter : function.type().parameters()) {
      if (!first) out_ += ", ";
      first = false;
      out_ += parameter.name;
      if (parameter.type.is_any()) continue;
      out_ += ": ";
      out_ += parameter.type.to_string();
    }
    out_ += ')';
  }

  bool literal_;
  std::string out_;
};

std::string printed(const Value& value, bool literal) {
  Printer printer(literal);
  printer.print(value);
  return printer.take();
}

}  // namespace

std::string to_string(const Value& value) {
  if (value.is_string()) return std::string(value.string());
  return printed(value, false);
}

std::string to_feel(const Value& value) { return printed(value, true); }

}  // namespace zh::feel
