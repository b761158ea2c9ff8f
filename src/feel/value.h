// Value: any value of FEEL. Immutable, 32 bytes, cheap to copy (at most one atomic increment) and safe to share between
// threads. Numbers, temporal values, durations, booleans and strings up to 30 bytes live inside; longer strings, lists,
// contexts, ranges and functions are shared nodes.
//
//   const Value loan = Value::context({{"amount", Value::number(600)}, {"term", Value::number(36)}});
//   loan.context().find("amount")->number();           // 600
//   Value::list({Value::number(1), Value::string("a")}).list().size();   // 2
//
// A null may carry the Cause that made it: which operation failed, on what, at which place of which expression.
// An accessor requires the kind it is named after (asserted).
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "feel/diagnostic.h"
#include "feel/temporal.h"

namespace zh::feel {

class Value;
class List;
class Context;
class Range;
class Function;

// Base of the shared nodes. `weight` counts the values below, shared ones every time they are reached and long strings
// by their length (saturating), so that nobody walks or prints an exponentially shared value unawares; `depth` is the
// nesting.
class Shared {
 public:
  Shared() = default;
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  virtual ~Shared() = default;

  void retain() const { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() const {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }
  std::uint64_t weight() const { return weight_; }
  std::uint32_t depth() const { return depth_; }

 protected:
  explicit Shared(std::uint64_t weight) : weight_(weight) {}
  void contain(const Value& child);

 private:
  mutable std::atomic<std::uint32_t> references_{1};
  std::uint32_t depth_ = 1;
  std::uint64_t weight_ = 1;
};

// Why a null is null. Text is made only when somebody asks: see explain() in diagnostic.h.
struct Cause {
  Problem problem = Problem::none;
  Kind left = Kind::null;  // kinds of the operands where the problem is about them
  Kind right = Kind::null;
  std::uint32_t from = 0;  // bytes [from, to) of the source
  std::uint32_t to = 0;
  std::int32_t detail = 0;         // as the problem defines it: built-in, argument number, …
  const Shared* source = nullptr;  // a Source, or the message of a host; kept alive by the null that holds the cause
};

class Value {
 public:
  Value() noexcept {}  // null, of no cause
  Value(const Value& other) noexcept : repr_(other.repr_) { retain(); }
  Value(Value&& other) noexcept : repr_(other.repr_) { other.repr_ = Repr{}; }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    std::swap(repr_, copy.repr_);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    std::swap(repr_, other.repr_);
    return *this;
  }
  ~Value() { release(); }

  static Value null(const Cause& cause);
  static Value boolean(bool value);
  static Value number(const Decimal& value);  // a number that is not finite becomes null
  static Value number(std::int64_t whole) { return number(Decimal(whole)); }
  static Value string(std::string_view utf8);
  static Value date(DateValue value);
  static Value time(const TimeValue& value);
  static Value date_time(const DateTimeValue& value);
  static Value days_duration(DaysDuration value);
  static Value months_duration(MonthsDuration value);
  static Value list(std::vector<Value> items);
  static Value context(std::vector<std::pair<std::string, Value>> entries);  // a repeated key: the later one counts
  static Value range(Value low, bool low_included, Value high, bool high_included);
  // Takes over a node that was made with new; the reference it was born with becomes the value's.
  static Value adopt(const List* node);
  static Value adopt(const Context* node);
  static Value adopt(const Range* node);
  static Value adopt(const Function* node);

  Kind kind() const { return repr_.common.kind; }
  bool is_null() const { return kind() == Kind::null; }
  bool is_true() const { return kind() == Kind::boolean && repr_.common.flag != 0; }
  bool is_false() const { return kind() == Kind::boolean && repr_.common.flag == 0; }
  bool is_number() const { return kind() == Kind::number; }
  bool is_string() const { return kind() == Kind::string; }
  bool is_list() const { return kind() == Kind::list; }
  bool is_context() const { return kind() == Kind::context; }
  bool is_range() const { return kind() == Kind::range; }
  bool is_function() const { return kind() == Kind::function; }

  bool boolean() const {
    assert(kind() == Kind::boolean);
    return repr_.common.flag != 0;
  }
  const Decimal& number() const {
    assert(kind() == Kind::number);
    return repr_.number.value;
  }
  std::string_view string() const {
    assert(kind() == Kind::string);
    return repr_.common.flag != kShared ? std::string_view(repr_.text.bytes, repr_.common.flag) : shared_text();
  }
  DateValue date() const {
    assert(kind() == Kind::date);
    return {repr_.temporal.days};
  }
  TimeValue time() const {
    assert(kind() == Kind::time);
    return {repr_.temporal.nanos, repr_.temporal.zone};
  }
  DateTimeValue date_time() const {
    assert(kind() == Kind::date_time);
    return {repr_.temporal.days, repr_.temporal.nanos, repr_.temporal.zone};
  }
  DaysDuration days_duration() const {
    assert(kind() == Kind::days_duration);
    return {repr_.duration.nanos};
  }
  MonthsDuration months_duration() const {
    assert(kind() == Kind::months_duration);
    return {repr_.temporal.days};
  }
  std::span<const Value> list() const;
  const Context& context() const;
  const Range& range() const;
  const Function& function() const;

  // Of a null: what made it, or nullptr when it is just null.
  std::optional<Cause> cause() const;
  // Of a null with a cause: the diagnostic in words.
  std::optional<Diagnostic> diagnostic() const;

  // Values below this one, itself included; see Shared.
  std::uint64_t weight() const { return is_shared() ? node()->weight() : 1; }
  std::uint32_t depth() const { return is_shared() ? node()->depth() : 0; }
  // Same node or same small value: implies equality, costs nothing.
  bool is_same(const Value& other) const;

 private:
  static constexpr std::uint8_t kShared = 0xff;
  static constexpr std::size_t kInlineBytes = 30;

  // Every alternative starts with kind and flag. flag: a boolean's value; a string's length, or kShared; kShared for
  // all other nodes and for a null that holds its source.
  struct Common {
    Kind kind = Kind::null;
    std::uint8_t flag = 0;
  };
  struct InlineText {
    Kind kind;
    std::uint8_t flag;
    char bytes[kInlineBytes];
  };
  struct Number {
    Kind kind;
    std::uint8_t flag;
    Decimal value;
  };
  struct Temporal {
    Kind kind;
    std::uint8_t flag;
    TimeZone zone;
    std::int64_t days;
    std::int64_t nanos;
  };
  struct Duration {
    Kind kind;
    std::uint8_t flag;
    Int128 nanos;
  };
  // A node, or a null with its cause (then the node is the source).
  struct Reference {
    Kind kind;
    std::uint8_t flag;
    Problem problem;
    Kind left;
    Kind right;
    std::uint32_t from;
    std::uint32_t to;
    const Shared* node;
    std::int32_t detail;
  };
  union Repr {
    Common common;
    InlineText text;
    Number number;
    Temporal temporal;
    Duration duration;
    Reference reference;

    // All of it, so that a null has no cause.
    Repr() : reference{} {}
  };

  Value(Kind kind, const Shared* node);

  bool is_shared() const { return repr_.common.flag == kShared; }
  const Shared* node() const { return repr_.reference.node; }
  std::string_view shared_text() const;
  void retain() const {
    if (is_shared()) node()->retain();
  }
  void release() {
    if (is_shared()) node()->release();
  }

  Repr repr_;
};

static_assert(sizeof(Value) == 32);

class List final : public Shared {
 public:
  explicit List(std::vector<Value> items);
  std::span<const Value> items() const { return items_; }

 private:
  std::vector<Value> items_;
};

// The keys of a context in their order. Contexts made by one expression or read from one array share their shape.
class Shape {
 public:
  explicit Shape(std::vector<std::string> keys);  // requires distinct keys
  std::size_t size() const { return keys_.size(); }
  const std::string& key(std::size_t index) const { return keys_[index]; }
  std::optional<std::size_t> find(std::string_view key) const;
  friend bool operator==(const Shape& a, const Shape& b) { return a.keys_ == b.keys_; }

 private:
  std::vector<std::string> keys_;
  std::vector<std::uint32_t> sorted_;  // indexes by key; empty when few
};

class Context final : public Shared {
 public:
  // Requires one value per key.
  Context(std::shared_ptr<const Shape> shape, std::vector<Value> values);
  std::size_t size() const { return values_.size(); }
  const std::string& key(std::size_t index) const { return shape_->key(index); }
  const Value& value(std::size_t index) const { return values_[index]; }
  const Value* find(std::string_view key) const;  // nullptr when there is none
  const std::shared_ptr<const Shape>& shape() const { return shape_; }

 private:
  std::shared_ptr<const Shape> shape_;
  std::vector<Value> values_;
};

// [low..high] and its open forms.
class Range final : public Shared {
 public:
  // How it was written: [a..b]; < x, <= x, > x, >= x (a null end is without bound, while a null end of an interval
  // makes every test undefined); = x; != x (the one range that is what lies outside its ends).
  enum class Form : std::uint8_t { interval, comparison, equal, unequal };

  Range(Value low, bool low_included, Value high, bool high_included, Form form = Form::interval);
  const Value& low() const { return low_; }
  const Value& high() const { return high_; }
  bool low_included() const { return low_included_; }
  bool high_included() const { return high_included_; }
  Form form() const { return form_; }

 private:
  Value low_;
  Value high_;
  bool low_included_;
  bool high_included_;
  Form form_;
};

// Equality of FEEL: true, false, or null where the standard leaves it undefined (values of different kinds, times with
// and without zone). null = null is true.
std::optional<bool> equal(const Value& a, const Value& b);
// The order of FEEL between numbers, strings (by code point), dates, times, dates and times and durations of the same
// kind; nothing for everything else.
std::optional<std::strong_ordering> compare(const Value& a, const Value& b);
// `is()` of FEEL: equality without reading times on the time line: same kind, same fields, same zone.
bool identical(const Value& a, const Value& b);

// What string() of FEEL gives: a string as it is, `[1, "a"]`, `{a: 1}`, `2026-10-12`. null gives "null".
std::string to_string(const Value& value);
// A FEEL expression of the value: strings quoted, temporal values as at-literals. A function gives its signature.
std::string to_feel(const Value& value);

}  // namespace zh::feel
