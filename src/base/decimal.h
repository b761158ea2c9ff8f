// Decimal: a decimal128 number of IEEE 754-2008 (34 significant digits, exponents −6143…6144), the number type of FEEL.
// Arithmetic rounds half even, as OMG DMN asks. A value type of 16 bytes; every operation is pure and thread-safe.
//
//   Decimal::parse("0.1").value() + Decimal::parse("0.2").value() == Decimal::parse("0.3").value()   // exactly
//   Decimal(1) / Decimal(0)      // not finite: the caller decides what error that is
//
// A number keeps its exponent ("1.50" prints as 1.50); equality and order are by value (1.50 == 1.5).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rounding.h"

namespace zh {

class Decimal {
 public:
  static constexpr int kDigits = 34;

  Decimal();  // 0
  explicit Decimal(std::int64_t whole);
  explicit Decimal(int whole) : Decimal(static_cast<std::int64_t>(whole)) {}

  // Optional sign, digits with an optional point, optional exponent; at least one digit; nothing else, no spaces.
  // More than 34 significant digits are rounded half even. Fails (invalid) on other text and (limit) past the range.
  static Result<Decimal> parse(std::string_view text);
  // coefficient × 10^exponent; requires |exponent| ≤ 6000.
  static Decimal scaled(std::int64_t coefficient, int exponent);

  bool is_finite() const;
  bool is_zero() const;
  bool is_negative() const;  // −0 is not negative
  bool is_integer() const;   // finite and without fraction
  int sign() const;          // −1, 0, 1; 0 when not a number

  // The integer value where it is one and fits, else nothing.
  std::optional<std::int64_t> to_int64() const;
  // Digits after the point as written: 1.50 → 2, 12 → 0, 1E+3 → −3.
  int scale() const;
  int precision() const;  // significant digits of the coefficient, at least 1

  // Plain notation, never an exponent: "-0.5", "1500", "1.50". Not-finite values give "NaN", "Infinity", "-Infinity".
  std::string to_string() const;
  // The same value without trailing zeros after the point ("1.50" → "1.5", "100" stays) and without −0.
  Decimal normalized() const;

  // To `digits` digits after the point (negative: before it). Not finite when the result needs more than 34 digits.
  Decimal round(int digits, Rounding rounding) const;

  Decimal operator-() const;
  Decimal abs() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend Decimal operator/(const Decimal& a, const Decimal& b);
  Decimal& operator+=(const Decimal& b) { return *this = *this + b; }
  Decimal& operator-=(const Decimal& b) { return *this = *this - b; }
  Decimal& operator*=(const Decimal& b) { return *this = *this * b; }

  // Remainder with the sign of the divisor: a − b × floor(a / b). FEEL's modulo.
  static Decimal modulo(const Decimal& a, const Decimal& b);
  // Integer exponents by exact multiplication, each step rounded to 34 digits; others by exp and log.
  static Decimal power(const Decimal& base, const Decimal& exponent);
  Decimal sqrt() const;
  Decimal exp() const;
  Decimal ln() const;

  // By value; not-a-number is unordered and unequal to everything, itself included.
  friend bool operator==(const Decimal& a, const Decimal& b);
  friend std::partial_ordering operator<=>(const Decimal& a, const Decimal& b);

  // Equal values hash alike.
  std::size_t hash() const;

 private:
  struct Bits {
    alignas(16) std::uint64_t words[2];
  };
  explicit Decimal(Bits bits) : bits_(bits) {}
  friend struct DecimalAccess;

  Bits bits_;
};

}  // namespace zh

template <>
struct std::hash<zh::Decimal> {
  std::size_t operator()(const zh::Decimal& value) const noexcept { return value.hash(); }
};
