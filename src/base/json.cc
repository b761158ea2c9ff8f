#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

// The one place where Boost.JSON is compiled: its parser reads, the tree and the printing are ours, because a value
// here keeps the digits of its numbers and Boost's does not.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include "base/json_items.h"
#include "base/utf8.h"

namespace zh::json {

Value::Value() = default;
Value::Value(std::nullptr_t) {}
Value::Value(int number) : Value(std::int64_t{number}) {}
Value::Value(std::int64_t number) : data_(Number{std::to_string(number)}) {}
Value::Value(std::size_t number) : data_(Number{std::to_string(number)}) {}
Value::Value(const Decimal& number) {
  if (number.is_finite()) data_ = Number{number.to_string()};
}
Value::Value(Number number) : data_(std::move(number)) {}
Value::Value(const char* text) : data_(std::string(text)) {}
Value::Value(std::string_view text) : data_(std::string(text)) {}
Value::Value(std::string text) : data_(std::move(text)) {}
Value::Value(Array items) : data_(std::move(items)) {}
Value::Value(Object members) : data_(std::move(members)) {}
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

std::optional<bool> Value::boolean() const {
  const bool* const truth = std::get_if<bool>(&data_);
  return truth == nullptr ? std::nullopt : std::optional(*truth);
}
const Number* Value::number() const { return std::get_if<Number>(&data_); }
const std::string* Value::text() const { return std::get_if<std::string>(&data_); }
const Array* Value::array() const { return std::get_if<Array>(&data_); }
const Object* Value::object() const { return std::get_if<Object>(&data_); }
Array* Value::array() { return std::get_if<Array>(&data_); }
Object* Value::object() { return std::get_if<Object>(&data_); }

std::optional<Decimal> Value::decimal() const {
  if (number() == nullptr) return std::nullopt;
  const auto parsed = Decimal::parse(number()->digits);
  return parsed.ok() ? std::optional(*parsed) : std::nullopt;
}

std::optional<std::int64_t> Value::integer() const {
  const auto exact = decimal();
  return exact.has_value() ? exact->to_int64() : std::nullopt;
}

const Value* Value::find(std::string_view name) const {
  if (object() == nullptr) return nullptr;
  const auto found = std::ranges::find(*object(), name, &Member::name);
  return found == object()->end() ? nullptr : &found->value;
}

Value& Value::set(std::string_view name, Value value) {
  if (is_null()) data_ = Object{};
  assert(object() != nullptr);
  Object& members = *object();
  auto found = std::ranges::find(members, name, &Member::name);
  if (found == members.end()) found = members.insert(found, Member{std::string(name), {}});
  found->value = std::move(value);
  return found->value;
}

std::string_view Value::type_name() const {
  static constexpr std::string_view kNames[] = {"null", "boolean", "number", "string", "array", "object"};
  return kNames[data_.index()];
}

bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }
bool operator==(const Member& a, const Member& b) = default;

namespace {

// Builds the tree from Boost's parser events.
class Builder {
 public:
  Builder() = default;
  // The items of that member of the root go to `take` instead of into the tree.
  Builder(std::string_view list, const std::function<void(Value)>& take) : list_(list), take_(&take) {}

  using error_code = boost::json::error_code;  // NOLINT(readability-identifier-naming): the name is Boost's

  // NOLINTBEGIN(readability-identifier-naming): Boost looks for these names.
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  // NOLINTEND(readability-identifier-naming)

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(Value(Object{})); }
  bool on_array_begin(error_code&) { return open(Value(Array{})); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(boost::json::string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_key(boost::json::string_view part, std::size_t, error_code& problem) {
    gather(part);
    Frame& frame = frames_.back();
    frame.name = std::exchange(gathered_, {});
    if (frame.names.insert(frame.name).second) return true;
    twice_ = frame.name;
    problem = boost::json::error::syntax;
    return false;
  }
  bool on_string_part(boost::json::string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_string(boost::json::string_view part, std::size_t, error_code&) {
    gather(part);
    return put(Value(std::exchange(gathered_, {})));
  }
  bool on_number_part(boost::json::string_view part, error_code&) { return gather(part); }
  bool on_int64(std::int64_t, boost::json::string_view digits, error_code&) { return put_number(digits); }
  bool on_uint64(std::uint64_t, boost::json::string_view digits, error_code&) { return put_number(digits); }
  bool on_double(double, boost::json::string_view digits, error_code&) { return put_number(digits); }
  bool on_bool(bool truth, error_code&) { return put(Value(truth)); }
  bool on_null(error_code&) { return put(Value()); }
  bool on_comment_part(boost::json::string_view, error_code&) { return true; }
  bool on_comment(boost::json::string_view, error_code&) { return true; }

  Value take() { return std::move(root_); }
  const std::optional<std::string>& twice() const { return twice_; }

 private:
  struct Frame {
    Value value;
    std::string name;  // of the member that comes next, in an object
    std::unordered_set<std::string> names;
  };

  bool gather(boost::json::string_view part) {
    gathered_.append(part.data(), part.size());
    return true;
  }
  bool put_number(boost::json::string_view digits) {
    gather(digits);
    return put(Value(Number{std::exchange(gathered_, {})}));
  }
  bool open(Value container) {
    frames_.push_back({std::move(container), {}, {}});
    return true;
  }
  bool close() {
    Value done = std::move(frames_.back().value);
    frames_.pop_back();
    return put(std::move(done));
  }
  bool put(Value value) {
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (Array* const items = frames_.back().value.array()) {
      if (is_in_list()) {
        (*take_)(std::move(value));
      } else {
        items->push_back(std::move(value));
      }
    } else {
      frames_.back().value.object()->push_back({std::move(frames_.back().name), std::move(value)});
    }
    return true;
  }
  // Whether what is open is the list whose items are handed over.
  bool is_in_list() const {
    return take_ != nullptr && frames_.size() == 2 && frames_.front().value.object() != nullptr &&
           frames_.front().name == list_;
  }

  std::string_view list_;
  const std::function<void(Value)>* take_ = nullptr;
  Value root_;
  std::vector<Frame> frames_;
  std::string gathered_;
  std::optional<std::string> twice_;
};

Place place_at(std::string_view text, std::size_t offset, std::string_view file) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 = 0
  return {.file = std::string(file),
          .line = static_cast<int>(std::ranges::count(before, '\n')) + 1,
          .column = static_cast<int>(utf8::length(before.substr(line_start))) + 1};
}

Error too_large(const Limits& limits, std::string_view file) {
  return error(ErrorCode::limit,
               {.zh = fmt::format("JSON 文档超过 {} 字节", limits.bytes),
                .en = fmt::format("the JSON document is larger than {} bytes", limits.bytes)},
               {.file = std::string(file)});
}

Error explain(const boost::json::error_code& problem, const Builder& builder, const Limits& limits, Place place) {
  if (builder.twice().has_value()) {
    const std::string name = literal(utf8::shortened(*builder.twice(), 40));
    return invalid({.zh = fmt::format("同一对象中出现两次名称 {}", name),
                    .en = fmt::format("the name {} stands twice in one object", name)},
                   std::move(place));
  }
  if (problem == boost::json::error::too_deep) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("JSON 嵌套超过 {} 层", limits.depth),
                  .en = fmt::format("JSON is nested deeper than {} levels", limits.depth)},
                 std::move(place));
  }
  if (problem == boost::json::error::incomplete) {
    return invalid({.zh = "JSON 文档不完整", .en = "the JSON document ends too early"}, std::move(place));
  }
  return invalid({.zh = fmt::format("不是有效的 JSON（{}）", problem.message()),
                  .en = fmt::format("this is not valid JSON ({})", problem.message())},
                 std::move(place));
}

}  // namespace

namespace {

template <class... Arguments>
Result<Value> parse_with(std::string_view text, const Limits& limits, std::string_view file, Arguments&&... arguments) {
  if (text.size() > limits.bytes) return too_large(limits, file);
  boost::json::parse_options options;
  options.max_depth = limits.depth;
  boost::json::basic_parser<Builder> parser(options, std::forward<Arguments>(arguments)...);
  boost::json::error_code problem;
  std::size_t read = parser.write_some(false, text.data(), text.size(), problem);
  if (!problem && read < text.size()) problem = boost::json::error::extra_data;
  if (problem) return explain(problem, parser.handler(), limits, place_at(text, read, file));
  return parser.handler().take();
}

}  // namespace

Result<Value> parse(std::string_view text, const Limits& limits, std::string_view file) {
  return parse_with(text, limits, file);
}

Result<Value> parse_items(std::string_view text, std::string_view list, const std::function<void(Value)>& take,
                          const Limits& limits, std::string_view file) {
  return parse_with(text, limits, file, list, take);
}

std::string literal(std::string_view raw) {
  const std::string sanitized = utf8::is_valid(raw) ? std::string() : utf8::sanitized(raw);
  const std::string_view text = sanitized.empty() ? raw : std::string_view(sanitized);
  std::string result;
  result.reserve(text.size() + 2);
  result += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\b':
        result += "\\b";
        break;
      case '\f':
        result += "\\f";
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
        if (static_cast<unsigned char>(c) < 0x20) {
          result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          result += c;
        }
    }
  }
  result += '"';
  return result;
}

namespace {

std::string normalized(const Number& number) {
  const auto exact = Decimal::parse(number.digits);
  // Past 34 digits or decimal128's range the digits themselves are the best there is.
  constexpr int kLongest = 200;
  if (!exact.ok() ||
      std::ranges::count_if(number.digits, [](char c) { return c >= '0' && c <= '9'; }) > Decimal::kDigits) {
    return number.digits;
  }
  const Decimal value = exact->normalized();
  if (std::abs(value.scale()) > kLongest) return number.digits;
  return value.to_string();
}

enum class Style { compact, pretty, canonical };

class Printer {
 public:
  explicit Printer(Style style) : style_(style) {}

  void print(const Value& value) {
    if (const auto truth = value.boolean()) {
      out_ += *truth ? "true" : "false";
    } else if (const Number* const number = value.number()) {
      out_ += style_ == Style::canonical ? normalized(*number) : number->digits;
    } else if (const std::string* const text = value.text()) {
      out_ += literal(*text);
    } else if (const Array* const items = value.array()) {
      print_array(*items);
    } else if (const Object* const members = value.object()) {
      print_object(*members);
    } else {
      out_ += "null";
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void new_line() {
    if (style_ != Style::pretty) return;
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
  void print_array(const Array& items) {
    out_ += '[';
    ++depth_;
    bool first = true;
    for (const Value& item : items) {
      if (!std::exchange(first, false)) out_ += ',';
      new_line();
      print(item);
    }
    close(']', items.empty());
  }
  void print_object(const Object& members) {
    std::vector<const Member*> order;
    order.reserve(members.size());
    for (const Member& member : members) order.push_back(&member);
    if (style_ == Style::canonical) {
      std::ranges::stable_sort(order, {}, [](const Member* member) -> const std::string& { return member->name; });
    }
    out_ += '{';
    ++depth_;
    bool first = true;
    for (const Member* const member : order) {
      if (!std::exchange(first, false)) out_ += ',';
      new_line();
      out_ += literal(member->name);
      out_ += style_ == Style::pretty ? ": " : ":";
      print(member->value);
    }
    close('}', members.empty());
  }
  void close(char bracket, bool empty) {
    --depth_;
    if (!empty) new_line();
    out_ += bracket;
  }

  Style style_;
  std::size_t depth_ = 0;
  std::string out_;
};

std::string printed(const Value& value, Style style) {
  Printer printer(style);
  printer.print(value);
  return printer.take();
}

}  // namespace

std::string compact(const Value& value) { return printed(value, Style::compact); }
std::string pretty(const Value& value) { return printed(value, Style::pretty) + "\n"; }
std::string canonical(const Value& value) { return printed(value, Style::canonical); }

}  // namespace zh::json
