#include "feel/value.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include "feel/feel.h"

namespace zh::feel {

namespace {

// A string too long to live inside a value.
class LongText final : public Shared {
 public:
  explicit LongText(std::string_view text) : Shared(1 + text.size() / kBytesPerWeight), text_(text) {}
  std::string_view text() const { return text_; }

 private:
  static constexpr std::size_t kBytesPerWeight = 64;
  std::string text_;
};

constexpr std::size_t kFewKeys = 8;  // up to which looking at every key is quicker than a sorted index

}  // namespace

void Shared::contain(const Value& child) {
  const std::uint64_t more = child.weight();
  weight_ = more > std::numeric_limits<std::uint64_t>::max() - weight_ ? std::numeric_limits<std::uint64_t>::max()
                                                                       : weight_ + more;
  depth_ = std::max(depth_, child.depth() + 1);
}

// ---- Value
// -----------------------------------------------------------------------------------------------------------

Value::Value(Kind kind, const Shared* node) {
  repr_.reference = {.kind = kind,
                     .flag = kShared,
                     .problem = Problem::none,
                     .left = Kind::null,
                     .right = Kind::null,
                     .from = 0,
                     .to = 0,
                     .node = node,
                     .detail = 0};
}

Value Value::null(const Cause& cause) {
  Value value;
  value.repr_.reference = {.kind = Kind::null,
                           .flag = cause.source != nullptr ? kShared : std::uint8_t{0},
                           .problem = cause.problem,
                           .left = cause.left,
                           .right = cause.right,
                           .from = cause.from,
                           .to = cause.to,
                           .node = cause.source,
                           .detail = cause.detail};
  value.retain();
  return value;
}

Value Value::boolean(bool value) {
  Value result;
  result.repr_.common = {.kind = Kind::boolean, .flag = value ? std::uint8_t{1} : std::uint8_t{0}};
  return result;
}

Value Value::number(const Decimal& value) {
  if (!value.is_finite()) return null({.problem = Problem::out_of_range});
  Value result;
  result.repr_.number = {.kind = Kind::number, .flag = 0, .value = value};
  return result;
}

Value Value::string(std::string_view utf8) {
  if (utf8.size() > kInlineBytes) return {Kind::string, new LongText(utf8)};
  Value result;
  result.repr_.text.kind = Kind::string;
  result.repr_.text.flag = static_cast<std::uint8_t>(utf8.size());
  if (!utf8.empty()) std::memcpy(result.repr_.text.bytes, utf8.data(), utf8.size());
  return result;
}

Value Value::date(DateValue value) {
  Value result;
  result.repr_.temporal = {.kind = Kind::date, .flag = 0, .zone = {}, .days = value.days, .nanos = 0};
  return result;
}

Value Value::time(const TimeValue& value) {
  Value result;
  result.repr_.temporal = {.kind = Kind::time, .flag = 0, .zone = value.zone, .days = 0, .nanos = value.nanos};
  return result;
}

Value Value::date_time(const DateTimeValue& value) {
  Value result;
  result.repr_.temporal = {
      .kind = Kind::date_time, .flag = 0, .zone = value.zone, .days = value.days, .nanos = value.nanos};
  return result;
}

Value Value::days_duration(DaysDuration value) {
  Value result;
  result.repr_.duration = {.kind = Kind::days_duration, .flag = 0, .nanos = value.nanos};
  return result;
}

Value Value::months_duration(MonthsDuration value) {
  Value result;
  result.repr_.temporal = {.kind = Kind::months_duration, .flag = 0, .zone = {}, .days = value.months, .nanos = 0};
  return result;
}

Value Value::list(std::vector<Value> items) { return adopt(new List(std::move(items))); }

Value Value::context(std::vector<std::pair<std::string, Value>> entries) {
  std::vector<std::string> keys;
  std::vector<Value> values;
  for (auto& [key, value] : entries) {
    const auto known = std::find(keys.begin(), keys.end(), key);
    if (known != keys.end()) {
      values[static_cast<std::size_t>(known - keys.begin())] = std::move(value);
      continue;
    }
    keys.push_back(std::move(key));
    values.push_back(std::move(value));
  }
  return adopt(new Context(std::make_shared<const Shape>(std::move(keys)), std::move(values)));
}

Value Value::range(Value low, bool low_included, Value high, bool high_included) {
  return adopt(new Range(std::move(low), low_included, std::move(high), high_included));
}

Value Value::adopt(const List* node) { return {Kind::list, node}; }
Value Value::adopt(const Context* node) { return {Kind::context, node}; }
Value Value::adopt(const Range* node) { return {Kind::range, node}; }
Value Value::adopt(const Function* node) { return {Kind::function, node}; }

std::span<const Value> Value::list() const {
  assert(kind() == Kind::list);
  return static_cast<const List*>(node())->items();
}

const Context& Value::context() const {
  assert(kind() == Kind::context);
  return *static_cast<const Context*>(node());
}

const Range& Value::range() const {
  assert(kind() == Kind::range);
  return *static_cast<const Range*>(node());
}

const Function& Value::function() const {
  assert(kind() == Kind::function);
  return *static_cast<const Function*>(node());
}

std::string_view Value::shared_text() const { return static_cast<const LongText*>(node())->text(); }

std::optional<Cause> Value::cause() const {
  if (!is_null() || repr_.reference.problem == Problem::none) return std::nullopt;
  return Cause{.problem = repr_.reference.problem,
               .left = repr_.reference.left,
               .right = repr_.reference.right,
               .from = repr_.reference.from,
               .to = repr_.reference.to,
               .detail = repr_.reference.detail,
               .source = is_shared() ? node() : nullptr};
}

std::optional<Diagnostic> Value::diagnostic() const {
  const auto found = cause();
  if (!found) return std::nullopt;
  return explain(*found);
}

bool Value::is_same(const Value& other) const {
  if (kind() != other.kind()) return false;
  if (is_null()) return true;
  if (is_shared() || other.is_shared()) return is_shared() && other.is_shared() && node() == other.node();
  return identical(*this, other);
}

// ---- Nodes
// -----------------------------------------------------------------------------------------------------------

List::List(std::vector<Value> items) : items_(std::move(items)) {
  for (const Value& item : items_) contain(item);
}

Shape::Shape(std::vector<std::string> keys) : keys_(std::move(keys)) {
  if (keys_.size() <= kFewKeys) return;
  sorted_.resize(keys_.size());
  std::iota(sorted_.begin(), sorted_.end(), 0U);
  std::sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t a, std::uint32_t b) { return keys_[a] < keys_[b]; });
}

std::optional<std::size_t> Shape::find(std::string_view key) const {
  if (sorted_.empty()) {
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    if (found == keys_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - keys_.begin());
  }
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), key,
                                      [&](std::uint32_t index, std::string_view text) { return keys_[index] < text; });
  if (found == sorted_.end() || keys_[*found] != key) return std::nullopt;
  return *found;
}

Context::Context(std::shared_ptr<const Shape> shape, std::vector<Value> values)
    : shape_(std::move(shape)), values_(std::move(values)) {
  assert(shape_->size() == values_.size());
  for (const Value& value : values_) contain(value);
}

const Value* Context::find(std::string_view key) const {
  const auto index = shape_->find(key);
  return index ? &values_[*index] : nullptr;
}

Range::Range(Value low, bool low_included, Value high, bool high_included, Form form)
    : low_(std::move(low)),
      high_(std::move(high)),
      low_included_(low_included),
      high_included_(high_included),
      form_(form) {
  contain(low_);
  contain(high_);
}

}  // namespace zh::feel
