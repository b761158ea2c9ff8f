#include "base/fraction.h"

#include <algorithm>

namespace zh {

namespace {

using Integer = boost::multiprecision::cpp_int;

Integer power_of_ten(int exponent) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent)); }

// numerator / denominator (> 0) to an integer.
Integer rounded_quotient(const Integer& numerator, const Integer& denominator, Rounding rounding) {
  const bool negative = numerator < 0;
  const Integer magnitude = negative ? Integer(-numerator) : numerator;
  Integer quotient;
  Integer rest;
  boost::multiprecision::divide_qr(magnitude, denominator, quotient, rest);
  const int half = Integer(rest * 2).compare(denominator);
  bool away = false;
  switch (rounding) {
    case Rounding::half_even:
      away = half > 0 || (half == 0 && bit_test(quotient, 0));
      break;
    case Rounding::half_up:
      away = half >= 0;
      break;
    case Rounding::half_down:
      away = half > 0;
      break;
    case Rounding::up:
      away = rest != 0;
      break;
    case Rounding::down:
      away = false;
      break;
    case Rounding::floor:
      away = negative && rest != 0;
      break;
    case Rounding::ceiling:
      away = !negative && rest != 0;
      break;
  }
  if (away) ++quotient;
  return negative ? Integer(-quotient) : quotient;
}

// Not finite when it needs more than 34 digits.
Decimal to_scaled_decimal(const Integer& coefficient, int digits) {
  const std::string text = coefficient.str();
  if (text.size() > Decimal::kDigits + (coefficient < 0 ? 1U : 0U)) return Decimal(1) / Decimal(0);
  return Decimal::parse(text + "E" + std::to_string(-digits)).value_or(Decimal(1) / Decimal(0));
}

Error not_a_fraction(std::string_view text) {
  const std::string shown(text.substr(0, 60));
  return invalid({.zh = "“" + shown + "”不是分数", .en = "“" + shown + "” is not a fraction"});
}

Result<Integer> parse_integer(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  constexpr std::size_t kDigitsMax = 10'000;
  if (digits.empty() || digits.size() > kDigitsMax ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return not_a_fraction(text);
  }
  // A leading zero would make Boost read octal.
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  const Integer magnitude{std::string(digits.substr(first))};
  return text.starts_with('-') ? Integer(-magnitude) : magnitude;
}

}  // namespace

Fraction::Fraction(const Decimal& decimal) {
  const std::string text = decimal.round(std::max(0, decimal.scale()), Rounding::down).to_string();
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  const Integer magnitude = parse_integer(digits).value_or(Integer(0));
  value_ = Value(text.starts_with('-') ? Integer(-magnitude) : magnitude, power_of_ten(std::max(0, decimal.scale())));
}

Decimal Fraction::round(int digits, Rounding rounding) const {
  const Integer scaled = numerator(value_) * power_of_ten(digits);
  return to_scaled_decimal(rounded_quotient(scaled, denominator(value_), rounding), digits);
}

Decimal Fraction::significant(int digits) const {
  if (value_ == 0) return Decimal(0);
  Integer top = numerator(value_);
  Integer bottom = denominator(value_);
  // A first estimate of the exponent from the lengths; it is one too many at most, which the carry below mends.
  const auto length = [](const Integer& n) { return static_cast<int>(Integer(abs(n)).str().size()); };
  int places = digits - (length(top) - length(bottom));
  const auto at = [&](int scale) {
    return scale >= 0 ? rounded_quotient(top * power_of_ten(scale), bottom, Rounding::half_even)
                      : rounded_quotient(top, bottom * power_of_ten(-scale), Rounding::half_even);
  };
  Integer coefficient = at(places);
  while (length(coefficient) > digits) coefficient = at(--places);
  return to_scaled_decimal(coefficient, places).normalized();
}

std::int64_t Fraction::truncated() const {
  return rounded_quotient(numerator(value_), denominator(value_), Rounding::down).convert_to<std::int64_t>();
}

std::string Fraction::to_string() const { return value_.str(); }

Result<Fraction> Fraction::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  ZH_TRY(Integer top, parse_integer(text.substr(0, slash)));
  if (slash == std::string_view::npos) return Fraction(Value(std::move(top)));
  ZH_TRY(Integer bottom, parse_integer(text.substr(slash + 1)));
  if (bottom <= 0) return not_a_fraction(text);
  return Fraction(Value(std::move(top), std::move(bottom)));
}

}  // namespace zh
