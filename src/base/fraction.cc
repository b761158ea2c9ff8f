#include "base/fraction.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

namespace zh {

namespace {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;
__extension__ using Int128 = __int128;

constexpr std::int64_t kSmallMax = std::numeric_limits<std::int64_t>::max();
constexpr bool is_small(Int128 number) { return -kSmallMax <= number && number <= kSmallMax; }

constexpr int kSmallPowers = 18;  // 10^18 is the last power of ten within 64 bits
constexpr std::int64_t small_power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

constexpr Int128 magnitude_of(Int128 number) { return number < 0 ? -number : number; }

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

// The exponent k for which the number is a whole multiple of 10^-k, nothing when there is none up to kSmallPowers.
std::optional<int> decimal_places(std::int64_t bottom) {
  for (int places = 0; places <= kSmallPowers; ++places) {
    if (small_power_of_ten(places) % bottom == 0) return places;
  }
  return std::nullopt;
}

}  // namespace

struct Fraction::Wide {
  Rational value;
};

// Between the two forms; only this file knows the wide one.
struct FractionAccess {
  static Rational wide(const Fraction& fraction) {
    return fraction.wide_ ? fraction.wide_->value : Rational(fraction.top_, fraction.bottom_);
  }
  static Fraction of(const Rational& value) {
    const Integer& top = numerator(value);
    const Integer& bottom = denominator(value);
    Fraction fraction;
    if (abs(top) <= kSmallMax && bottom <= kSmallMax) {
      fraction.top_ = top.convert_to<std::int64_t>();
      fraction.bottom_ = bottom.convert_to<std::int64_t>();
    } else {
      fraction.wide_ = std::make_shared<const Fraction::Wide>(Fraction::Wide{value});
    }
    return fraction;
  }
  // Requires lowest terms and a bottom that fits; nothing when the top does not.
  static std::optional<Fraction> small(Int128 top, Int128 bottom) {
    if (!is_small(top) || !is_small(bottom)) return std::nullopt;
    Fraction fraction;
    fraction.top_ = static_cast<std::int64_t>(top);
    fraction.bottom_ = static_cast<std::int64_t>(bottom);
    return fraction;
  }
};

Fraction::Fraction(std::int64_t numerator, std::int64_t denominator) {
  const Int128 sign = denominator < 0 ? -1 : 1;
  // The magnitudes fit the unsigned type also for the least integer.
  const auto common = static_cast<Int128>(std::gcd(static_cast<std::uint64_t>(magnitude_of(numerator)),
                                                   static_cast<std::uint64_t>(magnitude_of(denominator))));
  if (auto small = FractionAccess::small(sign * numerator / common, sign * denominator / common)) {
    *this = std::move(*small);
  } else {
    *this = FractionAccess::of(Rational(Integer(numerator), Integer(denominator)));
  }
}

Fraction::Fraction(const Decimal& decimal) {
  const int scale = std::max(0, decimal.scale());
  if (scale <= kSmallPowers) {
    const std::int64_t bottom = small_power_of_ten(scale);
    if (const auto top = (decimal * Decimal(bottom)).to_int64()) {
      *this = Fraction(*top, bottom);
      return;
    }
  }
  const std::string text = decimal.to_string();  // `scale` digits behind the point
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  const Integer magnitude = parse_integer(digits).value_or(Integer(0));
  *this = FractionAccess::of(Rational(text.starts_with('-') ? Integer(-magnitude) : magnitude, power_of_ten(scale)));
}

Fraction operator+(const Fraction& a, const Fraction& b) {
  if (!a.wide_ && !b.wide_) {
    // Knuth, The Art of Computer Programming, 4.5.1: reduce by the common part of the denominators alone.
    const std::int64_t common = std::gcd(a.bottom_, b.bottom_);
    const Int128 top =
        static_cast<Int128>(a.top_) * (b.bottom_ / common) + static_cast<Int128>(b.top_) * (a.bottom_ / common);
    const std::int64_t shared = std::gcd(static_cast<std::int64_t>(top % common), common);
    const Int128 bottom = static_cast<Int128>(a.bottom_ / common) * (b.bottom_ / shared);
    if (auto small = FractionAccess::small(top / shared, bottom)) return std::move(*small);
  }
  return FractionAccess::of(FractionAccess::wide(a) + FractionAccess::wide(b));
}

Fraction operator*(const Fraction& a, const Fraction& b) {
  if (!a.wide_ && !b.wide_) {
    const std::int64_t first = std::gcd(a.top_, b.bottom_);
    const std::int64_t second = std::gcd(b.top_, a.bottom_);
    const Int128 top = static_cast<Int128>(a.top_ / first) * (b.top_ / second);
    const Int128 bottom = static_cast<Int128>(a.bottom_ / second) * (b.bottom_ / first);
    if (auto small = FractionAccess::small(top, bottom)) return std::move(*small);
  }
  return FractionAccess::of(FractionAccess::wide(a) * FractionAccess::wide(b));
}

Fraction operator/(const Fraction& a, const Fraction& b) {
  if (!b.wide_) return a * Fraction(b.bottom_, b.top_);
  return FractionAccess::of(FractionAccess::wide(a) / FractionAccess::wide(b));
}

Fraction Fraction::operator-() const {
  if (wide_) return FractionAccess::of(-wide_->value);
  Fraction negated = *this;
  negated.top_ = -top_;
  return negated;
}

bool operator==(const Fraction& a, const Fraction& b) { return (a <=> b) == std::strong_ordering::equal; }

std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  if (!a.wide_ && !b.wide_) {
    return static_cast<Int128>(a.top_) * b.bottom_ <=> static_cast<Int128>(b.top_) * a.bottom_;
  }
  return FractionAccess::wide(a).compare(FractionAccess::wide(b)) <=> 0;
}

int Fraction::sign() const {
  if (wide_) return wide_->value.sign();
  return top_ < 0 ? -1 : top_ > 0 ? 1 : 0;
}

Decimal Fraction::round(int digits, Rounding rounding) const {
  const Rational value = FractionAccess::wide(*this);
  const Integer scaled = numerator(value) * power_of_ten(digits);
  return to_scaled_decimal(rounded_quotient(scaled, denominator(value), rounding), digits);
}

Decimal Fraction::significant(int digits) const {
  if (sign() == 0) return Decimal(0);
  if (const auto places = wide_ ? std::nullopt : decimal_places(bottom_)) {
    const Int128 coefficient = static_cast<Int128>(top_) * (small_power_of_ten(*places) / bottom_);
    if (magnitude_of(coefficient) < small_power_of_ten(std::min(digits, kSmallPowers))) {
      return Decimal::scaled(static_cast<std::int64_t>(coefficient), -*places).normalized();
    }
  }
  const Rational value = FractionAccess::wide(*this);
  const Integer top = numerator(value);
  const Integer bottom = denominator(value);
  // A first estimate of the exponent from the lengths; it is one too many at most, which the loop below mends.
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
  if (!wide_) return top_ / bottom_;
  return rounded_quotient(numerator(wide_->value), denominator(wide_->value), Rounding::down)
      .convert_to<std::int64_t>();
}

std::string Fraction::to_string() const {
  if (wide_) return wide_->value.str();
  return bottom_ == 1 ? std::to_string(top_) : std::to_string(top_) + "/" + std::to_string(bottom_);
}

Result<Fraction> Fraction::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  ZH_TRY(Integer top, parse_integer(text.substr(0, slash)));
  if (slash == std::string_view::npos) return FractionAccess::of(Rational(std::move(top)));
  ZH_TRY(Integer bottom, parse_integer(text.substr(slash + 1)));
  if (bottom <= 0) return not_a_fraction(text);
  return FractionAccess::of(Rational(std::move(top), std::move(bottom)));
}

}  // namespace zh
