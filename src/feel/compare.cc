// Equality and order of values.
#include <algorithm>

#include "feel/feel.h"
#include "feel/value.h"

namespace zh::feel {

namespace {

// All equal: true. One pair that differs: false. Otherwise undefined where a pair is undefined.
class Conjunction {
 public:
  bool decided() const { return false_; }
  void add(std::optional<bool> part) {
    if (!part) undefined_ = true;
    if (part && !*part) false_ = true;
  }
  std::optional<bool> result() const {
    if (false_) return false;
    if (undefined_) return std::nullopt;
    return true;
  }

 private:
  bool false_ = false;
  bool undefined_ = false;
};

std::optional<bool> equal_lists(std::span<const Value> a, std::span<const Value> b) {
  if (a.size() != b.size()) return false;
  Conjunction all;
  for (std::size_t i = 0; i < a.size() && !all.decided(); ++i) all.add(equal(a[i], b[i]));
  return all.result();
}

std::optional<bool> equal_contexts(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  Conjunction all;
  for (std::size_t i = 0; i < a.size() && !all.decided(); ++i) {
    const Value* const other = b.find(a.key(i));
    if (other == nullptr) return false;
    all.add(equal(a.value(i), *other));
  }
  return all.result();
}

std::optional<bool> equal_ranges(const Range& a, const Range& b) {
  if (a.form() != b.form() || a.low_included() != b.low_included() || a.high_included() != b.high_included()) {
    return false;
  }
  Conjunction all;
  all.add(equal(a.low(), b.low()));
  all.add(equal(a.high(), b.high()));
  return all.result();
}

std::optional<bool> is_equivalent(std::optional<std::strong_ordering> order) {
  if (!order) return std::nullopt;
  return *order == std::strong_ordering::equal;
}

std::strong_ordering order_of(const Decimal& a, const Decimal& b) {
  const auto order = a <=> b;
  if (order == std::partial_ordering::less) return std::strong_ordering::less;
  return order == std::partial_ordering::greater ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) {
    if (a.is_null() || b.is_null()) return false;
    return std::nullopt;
  }
  switch (a.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.boolean() == b.boolean();
    case Kind::number:
      return a.number() == b.number();
    case Kind::string:
      return a.string() == b.string();
    case Kind::date:
      return a.date() == b.date();
    case Kind::time:
      return is_equivalent(compare(a.time(), b.time()));
    case Kind::date_time:
      return is_equivalent(compare(a.date_time(), b.date_time()));
    case Kind::days_duration:
      return a.days_duration() == b.days_duration();
    case Kind::months_duration:
      return a.months_duration() == b.months_duration();
    case Kind::range:
      return a.is_same(b) ? true : equal_ranges(a.range(), b.range());
    case Kind::list:
      return a.is_same(b) ? true : equal_lists(a.list(), b.list());
    case Kind::context:
      return a.is_same(b) ? true : equal_contexts(a.context(), b.context());
    case Kind::function:
      return a.is_same(b);
  }
  return std::nullopt;
}

std::optional<std::strong_ordering> compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::number:
      return order_of(a.number(), b.number());
    case Kind::string:
      // Bytes of UTF-8 sort as code points do.
      return a.string().compare(b.string()) <=> 0;
    case Kind::date:
      return a.date() <=> b.date();
    case Kind::time:
      return compare(a.time(), b.time());
    case Kind::date_time:
      return compare(a.date_time(), b.date_time());
    case Kind::days_duration:
      return a.days_duration() <=> b.days_duration();
    case Kind::months_duration:
      return a.months_duration() <=> b.months_duration();
    default:
      return std::nullopt;
  }
}

bool identical(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::time:
      return a.time() == b.time();
    case Kind::date_time:
      return a.date_time() == b.date_time();
    case Kind::list: {
      const auto left = a.list();
      const auto right = b.list();
      return std::equal(left.begin(), left.end(), right.begin(), right.end(), identical);
    }
    case Kind::context: {
      const Context& left = a.context();
      const Context& right = b.context();
      if (left.size() != right.size()) return false;
      for (std::size_t i = 0; i < left.size(); ++i) {
        const Value* const other = right.find(left.key(i));
        if (other == nullptr || !identical(left.value(i), *other)) return false;
      }
      return true;
    }
    default:
      return equal(a, b).value_or(false);
  }
}

}  // namespace zh::feel
