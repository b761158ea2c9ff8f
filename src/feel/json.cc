#include "feel/json.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::feel {

namespace {

constexpr int kNestingMax = 200;

// Reads one document; `failure_` is set by the first error.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Value> document() {
    Value value = read(0);
    skip_space();
    if (!failure_ && at_ < text_.size())
      fail({.zh = "JSON 之后还有多余的内容", .en = "there is more after the JSON value"});
    if (failure_) return *failure_;
    return value;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  Value fail(Text message, ErrorCode code = ErrorCode::invalid) {
    if (failure_) return {};
    const std::string_view before = text_.substr(0, std::min(at_, text_.size()));
    const std::size_t newline = before.rfind('\n');
    const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    Place place;
    place.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    place.column = static_cast<int>(utf8::length(line)) + 1;
    failure_ = error(code, std::move(message), std::move(place));
    at_ = text_.size();
    return {};
  }

  bool accept(char wanted) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  Value read(int depth) {
    skip_space();
    if (depth > kNestingMax) {
      return fail({.zh = fmt::format("JSON 嵌套超过 {} 层", kNestingMax),
                   .en = fmt::format("the JSON is nested deeper than {} levels", kNestingMax)},
                  ErrorCode::limit);
    }
    if (at_ >= text_.size()) return fail({.zh = "JSON 在这里中断", .en = "the JSON ends too early"});
    switch (text_[at_]) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"': {
        const std::string text = string();
        return failure_ ? Value() : Value::string(text);
      }
      case 't':
        return word("true", Value::boolean(true));
      case 'f':
        return word("false", Value::boolean(false));
      case 'n':
        return word("null", Value());
      default:
        return number();
    }
  }

  Value word(std::string_view wanted, Value value) {
    if (!text_.substr(at_).starts_with(wanted)) return unexpected();
    at_ += wanted.size();
    return value;
  }

  Value unexpected() {
    std::size_t next = at_;
    utf8::next(text_, next);
    const std::string found = utf8::sanitized(text_.substr(at_, next - at_));
    return fail(
        {.zh = fmt::format("JSON 中意外的“{}”", found), .en = fmt::format("unexpected `{}` in the JSON", found)});
  }

  Value number() {
    const std::size_t from = at_;
    const auto digits = [&] {
      const std::size_t start = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
      return at_ - start;
    };
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    const std::size_t first = at_;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && text_[first] == '0')) {
      at_ = from;
      return unexpected();
    }
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (digits() == 0) return fail({.zh = "小数点后缺少数字", .en = "digits are missing after the point"});
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) return fail({.zh = "指数缺少数字", .en = "digits are missing in the exponent"});
    }
    const auto value = Decimal::parse(text_.substr(from, at_ - from));
    if (!value.ok()) return fail(value.error().message, value.error().code);
    return Value::number(*value);
  }

  std::int32_t hex_unit() {
    std::int32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = at_ < text_.size() ? text_[at_++] : '\0';
      const auto digit =
          std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
      if (c == '\0' || digit == std::string_view::npos) return -1;
      unit = unit * 16 + static_cast<std::int32_t>(digit);
    }
    return unit;
  }

  bool unicode_escape(std::string& into) {
    std::int32_t unit = hex_unit();
    if (unit >= 0xD800 && unit <= 0xDBFF && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const std::int32_t low = hex_unit();
      if (low < 0xDC00 || low > 0xDFFF) return false;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    if (unit < 0 || (unit >= 0xD800 && unit <= 0xDFFF)) return false;
    utf8::append(into, static_cast<char32_t>(unit));
    return true;
  }

  std::string string() {
    std::string value;
    const std::size_t from = at_++;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20) {
        --at_;
        fail({.zh = "字符串中有未转义的控制字符", .en = "a control character in a string is not escaped"});
        return {};
      }
      if (c != '\\') {
        value += c;
        continue;
      }
      constexpr std::string_view kNames = "\"\\/bfnrt";
      constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
      const char name = at_ < text_.size() ? text_[at_++] : '\0';
      const std::size_t index = kNames.find(name);
      const bool fine = name == 'u' ? unicode_escape(value) : name != '\0' && index != std::string_view::npos;
      if (!fine) {
        fail({.zh = "字符串中的转义有误", .en = "a wrong escape in a string"});
        return {};
      }
      if (name != 'u') value += kMeanings[index];
    }
    if (at_ >= text_.size()) {
      at_ = from;
      fail({.zh = "字符串没有结束的引号", .en = "the string has no closing quote"});
      return {};
    }
    ++at_;
    if (!utf8::is_valid(value)) fail({.zh = "字符串不是有效的 UTF-8", .en = "the string is not valid UTF-8"});
    return value;
  }

  Value array(int depth) {
    ++at_;
    std::vector<Value> items;
    if (accept(']')) return Value::list({});
    do items.push_back(read(depth + 1));
    while (!failure_ && accept(','));
    if (!failure_ && !accept(']')) return expected("]");
    return failure_ ? Value() : Value::list(std::move(items));
  }

  Value expected(std::string_view symbol) {
    return fail(
        {.zh = fmt::format("JSON 中缺少“{}”", symbol), .en = fmt::format("`{}` is missing in the JSON", symbol)});
  }

  Value object(int depth) {
    ++at_;
    std::vector<std::string> keys;
    std::vector<Value> values;
    if (!accept('}')) {
      do {
        skip_space();
        if (at_ >= text_.size() || text_[at_] != '"') return expected("\"");
        keys.push_back(string());
        if (!failure_ && !accept(':')) return expected(":");
        if (failure_) return {};
        values.push_back(read(depth + 1));
      } while (!failure_ && accept(','));
      if (!failure_ && !accept('}')) return expected("}");
    }
    if (failure_) return {};
    std::shared_ptr<const Shape> shape = shape_of(std::move(keys));
    if (shape == nullptr) return {};
    return Value::adopt(new Context(std::move(shape), std::move(values)));
  }

  // Objects with the same keys as the one before share its shape.
  std::shared_ptr<const Shape> shape_of(std::vector<std::string> keys) {
    std::vector<std::string_view> sorted(keys.begin(), keys.end());
    std::sort(sorted.begin(), sorted.end());
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end()) {
      fail({.zh = fmt::format("键“{}”重复", *repeated), .en = fmt::format("the key `{}` is repeated", *repeated)});
      return nullptr;
    }
    auto shape = std::make_shared<const Shape>(std::move(keys));
    if (last_shape_ != nullptr && *last_shape_ == *shape) return last_shape_;
    last_shape_ = shape;
    return shape;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Error> failure_;
  std::shared_ptr<const Shape> last_shape_;
};

void write_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      out += to_string(value);
      return;
    case Kind::list: {
      out += '[';
      bool first = true;
      for (const Value& item : value.list()) {
        if (!first) out += ',';
        first = false;
        write(out, item);
      }
      out += ']';
      return;
    }
    case Kind::context: {
      const Context& context = value.context();
      out += '{';
      for (std::size_t i = 0; i < context.size(); ++i) {
        if (i > 0) out += ',';
        write_string(out, context.key(i));
        out += ':';
        write(out, context.value(i));
      }
      out += '}';
      return;
    }
    default:
      write_string(out, to_string(value));
  }
}

std::optional<Value> temporal(std::string_view text, TypeKind kind) {
  switch (kind) {
    case TypeKind::date:
      if (const auto value = parse_date(text)) return Value::date(*value);
      return std::nullopt;
    case TypeKind::time:
      if (const auto value = parse_time(text)) return Value::time(*value);
      return std::nullopt;
    case TypeKind::date_time:
      if (const auto value = parse_date_time(text)) return Value::date_time(*value);
      return std::nullopt;
    case TypeKind::days_duration:
      if (const auto value = parse_days_duration(text)) return Value::days_duration(*value);
      return std::nullopt;
    default:
      if (const auto value = parse_months_duration(text)) return Value::months_duration(*value);
      return std::nullopt;
  }
}

bool is_temporal(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::date_time ||
         kind == TypeKind::days_duration || kind == TypeKind::months_duration;
}

}  // namespace

Result<Value> from_json(std::string_view text) { return Reader(text).document(); }

Result<Value> from_json(std::string_view text, const Type& type) {
  ZH_TRY(const Value value, from_json(text));
  return read_typed(value, type);
}

Result<Value> read_typed(const Value& value, const Type& type) {
  if (value.is_string() && is_temporal(type.kind())) {
    if (auto read = temporal(value.string(), type.kind())) return std::move(*read);
    const std::string shown = utf8::shortened(value.string(), 40);
    return invalid({.zh = fmt::format("“{}”不是 {}", shown, type.to_string()),
                    .en = fmt::format("\"{}\" is no {}", shown, type.to_string())});
  }
  if (value.is_list()) {
    const Type element = type.kind() == TypeKind::list ? type.element() : type;
    if (element.is_any()) return value;
    std::vector<Value> items;
    for (const Value& item : value.list()) {
      ZH_TRY(Value read, read_typed(item, element));
      items.push_back(std::move(read));
    }
    return Value::list(std::move(items));
  }
  if (value.is_context() && type.kind() == TypeKind::context) {
    const Context& context = value.context();
    std::vector<Value> values;
    for (std::size_t i = 0; i < context.size(); ++i) {
      const Type::Field* const field = type.field(context.key(i));
      ZH_TRY(Value read, read_typed(context.value(i), field != nullptr ? field->type : Type::any()));
      values.push_back(std::move(read));
    }
    return Value::adopt(new Context(context.shape(), std::move(values)));
  }
  return value;
}

std::string to_json(const Value& value) {
  std::string out;
  write(out, value);
  return out;
}

}  // namespace zh::feel
