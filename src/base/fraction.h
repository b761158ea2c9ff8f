// Fraction: an exact rational number. Sums, means and weighted totals of a month are Fractions until the one rounding
// that the rule states; nothing on the way is rounded and no binary floating point comes near. Numbers whose numerator
// and denominator fit 64 bits, nearly all of them, cost no allocation; others are as long as they must be.
//
//   (Fraction(1, 3) + Fraction(1, 6)).round(2, Rounding::half_up).to_string() == "0.50"
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

#include "base/decimal.h"

namespace zh {

class Fraction {
 public:
  Fraction() = default;  // 0
  explicit Fraction(std::int64_t whole) : Fraction(whole, 1) {}
  // Requires denominator ≠ 0.
  Fraction(std::int64_t numerator, std::int64_t denominator);
  // Exact. Requires a finite decimal with an exponent that a score or an amount can have (|exponent| ≤ 400).
  explicit Fraction(const Decimal& decimal);

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator-(const Fraction& a, const Fraction& b) { return a + -b; }
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  // Requires b ≠ 0.
  friend Fraction operator/(const Fraction& a, const Fraction& b);
  Fraction operator-() const;
  Fraction& operator+=(const Fraction& b) { return *this = *this + b; }
  Fraction& operator-=(const Fraction& b) { return *this = *this - b; }

  friend bool operator==(const Fraction& a, const Fraction& b);
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);
  int sign() const;

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
  struct Wide;
  friend struct FractionAccess;

  // Lowest terms with bottom_ > 0 and both within ±(2^63 − 1); or, where that is not possible and only then, `wide_`
  // holds the number and these two say nothing. So equal numbers have equal members.
  std::int64_t top_ = 0;
  std::int64_t bottom_ = 1;
  std::shared_ptr<const Wide> wide_;
};

}  // namespace zh
