// JSON documents: read with limits and places, written in a fixed order. Numbers keep the digits they were written with
// and become Decimals, never binary floating point; an object keeps the order its members were given in.
//
//   ZH_TRY(const json::Value document, json::parse(R"({"total": 91.370})"));
//   document.find("total")->decimal()              // 91.370, exactly
//   json::Value(json::Object{{"period", "2026-10"}, {"rank", 4}, {"score", nullptr}})
//   json::parse("{\"a\":1,\"a\":2}").error()        // 1:9: the name "a" stands twice in one object
//
// Values are plain trees: copyable, comparable, no sharing; reading one from several threads is safe.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace zh::json {

class Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in the order given; names are unique in what parse() returns

// A number as its digits: whatever JSON allows, "-0.50", "1e3".
struct Number {
  std::string digits;
  friend bool operator==(const Number&, const Number&) = default;
};

// The constructors are implicit: they are how a document is written down.
class Value {
 public:
  Value();  // null
  Value(std::nullptr_t);
  template <std::same_as<bool> Bool>
  Value(Bool truth) : data_(std::in_place_type<bool>, truth) {}
  Value(int number);
  Value(std::int64_t number);
  Value(std::size_t number);
  Value(const Decimal& number);  // plain notation, digits as kept; not finite becomes null
  Value(Number number);
  Value(const char* text);
  Value(std::string_view text);
  Value(std::string text);
  Value(Array items);
  Value(Object members);
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;
  ~Value();

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  // What the value is, or nothing when it is something else.
  std::optional<bool> boolean() const;
  const Number* number() const;
  const std::string* text() const;
  const Array* array() const;
  const Object* object() const;
  Array* array();
  Object* object();

  // The number as a Decimal (more than 34 digits are rounded half even); nothing when it is none or out of range.
  std::optional<Decimal> decimal() const;
  // The number as an integer, nothing when it has a fraction or does not fit.
  std::optional<std::int64_t> integer() const;
  // The member of that name, null when this is no object or has none.
  const Value* find(std::string_view name) const;
  // Sets a member, adding it at the end when it is new. A null value becomes an object first; requires null or object.
  Value& set(std::string_view name, Value value);

  // "null", "boolean", "number", "string", "array", "object": for messages.
  std::string_view type_name() const;

  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

struct Member {
  std::string name;
  Value value;
  friend bool operator==(const Member& a, const Member& b);
};

struct Limits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t depth = 64;  // arrays and objects inside one another
};

// One RFC 8259 document of well-formed UTF-8; white space around it, nothing else. Refuses (invalid, with line and
// column in `file`) anything that is not JSON and a name that stands twice in one object; (limit) past the limits.
Result<Value> parse(std::string_view text, const Limits& limits = {}, std::string_view file = {});

// On one line without white space, members in the order given.
std::string compact(const Value& value);
// Two spaces per level, members in the order given, a line feed at the end: what people and `--json` get.
std::string pretty(const Value& value);
// One byte sequence for one meaning, for hashing: members sorted by the bytes of their names, no white space, numbers
// normalised ("1.50" and "15e-1" give 1.5; more than 34 digits as written), shortest escapes, UTF-8 as it is.
std::string canonical(const Value& value);

// A JSON string literal with its quotes. Ill-formed UTF-8 becomes U+FFFD.
std::string literal(std::string_view text);

}  // namespace zh::json
