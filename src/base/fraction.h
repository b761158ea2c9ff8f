// Fraction: an exact rational number. Sums, means and weighted totals of a month are Fractions until the one rounding
// that the rule states; nothing on the way is rounded and no binary floating point comes near.
//
//   (Fraction(1, 3) + Fraction(1, 6)).round(2, Rounding::half_up).to_string() == "0.50"
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <string>

#include "base/decimal.h"

namespace zh {

class Fraction {
 public:
  Fraction() = default;  // 0
  explicit Fraction(std::int64_t whole) : value_(whole) {}
  // Requires denominator ≠ 0.
  Fraction(std::int64_t numerator, std::int64_t denominator) : value_(numerator, denominator) {}
  // Exact. Requires a finite decimal with an exponent that a score or an amount can have (|exponent| ≤ 400).
  explicit Fraction(const Decimal& decimal);

  friend Fraction operator+(const Fraction& a, const Fraction& b) { return Fraction(a.value_ + b.value_); }
  friend Fraction operator-(const Fraction& a, const Fraction& b) { return Fraction(a.value_ - b.value_); }
  friend Fraction operator*(const Fraction& a, const Fraction& b) { return Fraction(a.value_ * b.value_); }
  // Requires b ≠ 0.
  friend Fraction operator/(const Fraction& a, const Fraction& b) { return Fraction(a.value_ / b.value_); }
  Fraction operator-() const { return Fraction(-value_); }
  Fraction& operator+=(const Fraction& b) {
    value_ += b.value_;
    return *this;
  }
  Fraction& operator-=(const Fraction& b) {
    value_ -= b.value_;
    return *this;
  }

  friend bool operator==(const Fraction& a, const Fraction& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
    const int order = a.value_.compare(b.value_);
    return order < 0   ? std::strong_ordering::less
           : order > 0 ? std::strong_ordering::greater
                       : std::strong_ordering::equal;
  }
  int sign() const { return value_.sign(); }

  // To `digits` ≥ 0 digits after the point, exactly that many kept ("3" rounds to "3.00").
  // Not finite when the result needs more than 34 digits.
  Decimal round(int digits, Rounding rounding) const;
  // To `digits` significant digits (1…34), half even, trailing zeros stripped.
  Decimal significant(int digits) const;
  // The nearest decimal128, half even: how a value enters a FEEL expression.
  Decimal to_decimal() const { return significant(Decimal::kDigits); }
  // The quotient without its fraction, toward zero. Requires that it fits.
  std::int64_t truncated() const;

  // "7/3", or "2" where the denominator is 1; parse() reads it back. How exact intermediate values are stored.
  std::string to_string() const;
  static Result<Fraction> parse(std::string_view text);

 private:
  using Value = boost::multiprecision::cpp_rational;
  explicit Fraction(Value value) : value_(std::move(value)) {}

  Value value_;
};

}  // namespace zh
