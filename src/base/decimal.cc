#include "base/decimal.h"

#include <bid_conf.h>
#include <bid_functions.h>

#include <algorithm>
#include <array>

namespace zh {

namespace {

__extension__ using Coefficient = unsigned __int128;

constexpr int kBias = 6176;  // of the stored exponent
constexpr int kExponentMin = -6176;
constexpr int kExponentMax = 6111;
constexpr std::uint64_t kSignBit = 1ULL << 63;
constexpr std::uint64_t kSpecialBits = 3ULL << 61;  // both set: infinity, NaN or a coefficient that is read as 0
constexpr std::uint64_t kCoefficientHighBits = (1ULL << 49) - 1;

constexpr std::array<Coefficient, Decimal::kDigits + 1> powers_of_ten() {
  std::array<Coefficient, Decimal::kDigits + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr auto kPowers = powers_of_ten();
constexpr Coefficient kCoefficientEnd = kPowers[Decimal::kDigits];

int digit_count(Coefficient coefficient) {
  const auto* const above = std::upper_bound(kPowers.begin() + 1, kPowers.end(), coefficient);
  return static_cast<int>(above - kPowers.begin());
}

// A finite number taken apart: (−1)^negative × coefficient × 10^exponent.
struct Parts {
  bool negative = false;
  Coefficient coefficient = 0;
  int exponent = 0;
};

bool rounds_away(Rounding rounding, bool negative, bool quotient_is_odd, Coefficient remainder, Coefficient divisor) {
  if (remainder == 0) return false;
  const Coefficient rest = divisor - remainder;
  switch (rounding) {
    case Rounding::half_even:
      return remainder > rest || (remainder == rest && quotient_is_odd);
    case Rounding::half_up:
      return remainder >= rest;
    case Rounding::half_down:
      return remainder > rest;
    case Rounding::up:
      return true;
    case Rounding::down:
      return false;
    case Rounding::floor:
      return negative;
    case Rounding::ceiling:
      return !negative;
  }
  return false;
}

}  // namespace

// The bridge to Intel's type; only this file knows it.
struct DecimalAccess {
  static BID_UINT128 in(const Decimal& value) {
    BID_UINT128 bits;
    bits.w[0] = value.bits_.words[0];
    bits.w[1] = value.bits_.words[1];
    return bits;
  }
  static Decimal out(BID_UINT128 bits) { return Decimal(Decimal::Bits{{bits.w[0], bits.w[1]}}); }

  // Requires a coefficient below 10^34 and an exponent in range.
  static Decimal assemble(const Parts& parts) {
    const std::uint64_t exponent = static_cast<unsigned>(parts.exponent + kBias);
    return Decimal(Decimal::Bits{
        {static_cast<std::uint64_t>(parts.coefficient),
         (parts.negative ? kSignBit : 0) | exponent << 49 | static_cast<std::uint64_t>(parts.coefficient >> 64)}});
  }

  // Requires a finite value.
  static Parts take_apart(const Decimal& value) {
    const std::uint64_t high = value.bits_.words[1];
    Parts parts{.negative = (high & kSignBit) != 0};
    if ((high & kSpecialBits) == kSpecialBits) {
      parts.exponent = static_cast<int>(high >> 47 & 0x3fff) - kBias;
      return parts;
    }
    parts.exponent = static_cast<int>(high >> 49 & 0x3fff) - kBias;
    parts.coefficient = static_cast<Coefficient>(high & kCoefficientHighBits) << 64 | value.bits_.words[0];
    if (parts.coefficient >= kCoefficientEnd) parts.coefficient = 0;
    return parts;
  }
};

namespace {

BID_UINT128 bits(const Decimal& value) { return DecimalAccess::in(value); }
Decimal decimal(BID_UINT128 value) { return DecimalAccess::out(value); }

constexpr unsigned kHalfEven = BID_ROUNDING_TO_NEAREST;

Decimal not_a_number() { return Decimal(0) / Decimal(0); }

bool has_decimal_syntax(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  std::size_t count = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    count += digits();
  }
  if (count == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

}  // namespace

Decimal::Decimal() : Decimal(std::int64_t{0}) {}

Decimal::Decimal(std::int64_t whole) : Decimal(scaled(whole, 0)) {}

Decimal Decimal::scaled(std::int64_t coefficient, int exponent) {
  const bool negative = coefficient < 0;
  const auto magnitude =
      negative ? ~static_cast<std::uint64_t>(coefficient) + 1 : static_cast<std::uint64_t>(coefficient);
  return DecimalAccess::assemble({.negative = negative, .coefficient = magnitude, .exponent = exponent});
}

Result<Decimal> Decimal::parse(std::string_view text) {
  if (!has_decimal_syntax(text)) {
    const std::string shown(text.substr(0, 60));
    return invalid({.zh = "“" + shown + "”不是数字", .en = "“" + shown + "” is not a number"});
  }
  std::string copy(text);
  unsigned flags = 0;
  const Decimal value = decimal(bid128_from_string(copy.data(), kHalfEven, &flags));
  if (!value.is_finite()) {
    return zh::error(ErrorCode::limit, {.zh = "数字超出范围", .en = "the number is out of range"});
  }
  return value;
}

bool Decimal::is_finite() const { return (bits_.words[1] >> 59 & 0xf) != 0xf; }

bool Decimal::is_zero() const { return is_finite() && DecimalAccess::take_apart(*this).coefficient == 0; }

bool Decimal::is_negative() const { return sign() < 0; }

int Decimal::sign() const {
  if (!is_finite()) return bid128_isNaN(bits(*this)) != 0 ? 0 : ((bits_.words[1] & kSignBit) != 0 ? -1 : 1);
  const Parts parts = DecimalAccess::take_apart(*this);
  if (parts.coefficient == 0) return 0;
  return parts.negative ? -1 : 1;
}

bool Decimal::is_integer() const {
  if (!is_finite()) return false;
  const Parts parts = DecimalAccess::take_apart(*this);
  if (parts.exponent >= 0 || parts.coefficient == 0) return true;
  if (-parts.exponent >= kDigits) return false;
  return parts.coefficient % kPowers[static_cast<std::size_t>(-parts.exponent)] == 0;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (!is_integer()) return std::nullopt;
  unsigned flags = 0;
  const auto whole = bid128_to_int64_xint(bits(*this), &flags);
  if ((flags & BID_INVALID_EXCEPTION) != 0) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

int Decimal::scale() const { return is_finite() ? -DecimalAccess::take_apart(*this).exponent : 0; }

int Decimal::precision() const {
  return is_finite() ? std::max(1, digit_count(DecimalAccess::take_apart(*this).coefficient)) : 1;
}

std::string Decimal::to_string() const {
  if (!is_finite()) {
    if (sign() == 0) return "NaN";
    return sign() < 0 ? "-Infinity" : "Infinity";
  }
  const Parts parts = DecimalAccess::take_apart(*this);
  std::string digits;
  Coefficient rest = parts.coefficient;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  std::reverse(digits.begin(), digits.end());
  if (parts.exponent > 0 && parts.coefficient != 0) digits.append(static_cast<std::size_t>(parts.exponent), '0');
  if (parts.exponent < 0) {
    const auto places = static_cast<std::size_t>(-parts.exponent);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  if (parts.negative && parts.coefficient != 0) digits.insert(digits.begin(), '-');
  return digits;
}

Decimal Decimal::normalized() const {
  if (!is_finite()) return *this;
  Parts parts = DecimalAccess::take_apart(*this);
  if (parts.coefficient == 0) return Decimal();
  while (parts.exponent < 0 && parts.coefficient % 10 == 0) {
    parts.coefficient /= 10;
    ++parts.exponent;
  }
  while (parts.exponent > 0 && parts.coefficient * 10 < kCoefficientEnd) {
    parts.coefficient *= 10;
    --parts.exponent;
  }
  return DecimalAccess::assemble(parts);
}

Decimal Decimal::round(int digits, Rounding rounding) const {
  if (!is_finite()) return *this;
  Parts parts = DecimalAccess::take_apart(*this);
  const int exponent = -digits;
  if (exponent < kExponentMin || exponent > kExponentMax) return not_a_number();
  if (parts.coefficient == 0) return DecimalAccess::assemble({.exponent = exponent});
  if (parts.exponent >= exponent) {
    const int padding = parts.exponent - exponent;
    if (padding > kDigits - digit_count(parts.coefficient)) return not_a_number();
    parts.coefficient *= kPowers[static_cast<std::size_t>(padding)];
  } else {
    const int dropped = exponent - parts.exponent;
    // Dropping more digits than there are leaves 0, or one unit when rounding away from zero.
    const bool all = dropped > kDigits;
    const Coefficient divisor = all ? 3 * kCoefficientEnd : kPowers[static_cast<std::size_t>(dropped)];
    const Coefficient quotient = parts.coefficient / divisor;
    const bool away = rounds_away(rounding, parts.negative, quotient % 2 != 0, parts.coefficient % divisor, divisor);
    parts.coefficient = quotient + (away ? 1 : 0);
    if (parts.coefficient >= kCoefficientEnd) return not_a_number();
  }
  parts.exponent = exponent;
  return DecimalAccess::assemble(parts);
}

Decimal Decimal::operator-() const { return decimal(bid128_negate(bits(*this))); }
Decimal Decimal::abs() const { return decimal(bid128_abs(bits(*this))); }

// ---- Arithmetic: what rules calculate with are short numbers, and those need no library call
// -------------------------

namespace {

// A finite number whose coefficient fits one word: almost every number that is ever met.
struct Short {
  std::uint64_t coefficient;
  int exponent;
  bool negative;
};

}  // namespace

struct ShortDecimals {
  // Whether both are short; then they are taken apart.
  static bool take(const Decimal& a, const Decimal& b, Short& x, Short& y) { return take(a, x) && take(b, y); }

  // Both brought to the smaller exponent; false when that does not fit.
  static bool align(const Short& x, const Short& y, Coefficient& first, Coefficient& second, int& exponent) {
    first = x.coefficient;
    second = y.coefficient;
    exponent = std::min(x.exponent, y.exponent);
    const int up = std::max(x.exponent, y.exponent) - exponent;
    if (up == 0) return true;
    if (up > kShiftMax) return false;
    Coefficient& shifted = x.exponent > y.exponent ? first : second;
    shifted *= kPowers[static_cast<std::size_t>(up)];
    return shifted < kCoefficientEnd;
  }

 private:
  static constexpr int kShiftMax = 18;  // below this a one-word coefficient times a power of ten fits two words

  static bool take(const Decimal& value, Short& parts) {
    const BID_UINT128 bits = DecimalAccess::in(value);
    const std::uint64_t high = bits.w[1];
    if ((high & kCoefficientHighBits) != 0 || (high & kSpecialBits) == kSpecialBits) return false;
    parts = {.coefficient = bits.w[0],
             .exponent = static_cast<int>(high >> 49 & 0x3fff) - kBias,
             .negative = (high & kSignBit) != 0};
    return true;
  }
};

namespace {

// The exact sum, where both are short; `flip` takes the second one negative. False: ask the library.
bool add_short(const Decimal& a, const Decimal& b, bool flip, Decimal& sum) {
  Short x{};
  Short y{};
  Coefficient first = 0;
  Coefficient second = 0;
  int exponent = 0;
  if (!ShortDecimals::take(a, b, x, y) || !ShortDecimals::align(x, y, first, second, exponent)) return false;
  const bool second_negative = y.negative != flip;
  Parts parts{.negative = x.negative, .coefficient = first + second, .exponent = exponent};
  if (x.negative != second_negative) {
    const bool first_larger = first > second;
    parts.coefficient = first_larger ? first - second : second - first;
    // A zero that is the difference of equals is positive.
    parts.negative = first != second && (first_larger ? x.negative : second_negative);
  }
  if (parts.coefficient >= kCoefficientEnd) return false;
  sum = DecimalAccess::assemble(parts);
  return true;
}

}  // namespace

Decimal operator+(const Decimal& a, const Decimal& b) {
  Decimal sum;
  if (add_short(a, b, false, sum)) return sum;
  unsigned flags = 0;
  return decimal(bid128_add(bits(a), bits(b), kHalfEven, &flags));
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  Decimal difference;
  if (add_short(a, b, true, difference)) return difference;
  unsigned flags = 0;
  return decimal(bid128_sub(bits(a), bits(b), kHalfEven, &flags));
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  Short x{};
  Short y{};
  if (ShortDecimals::take(a, b, x, y)) {
    const Coefficient product = Coefficient{x.coefficient} * y.coefficient;
    const int exponent = x.exponent + y.exponent;
    if (product < kCoefficientEnd && exponent >= kExponentMin && exponent <= kExponentMax) {
      return DecimalAccess::assemble(
          {.negative = x.negative != y.negative, .coefficient = product, .exponent = exponent});
    }
  }
  unsigned flags = 0;
  return decimal(bid128_mul(bits(a), bits(b), kHalfEven, &flags));
}

Decimal operator/(const Decimal& a, const Decimal& b) {
  unsigned flags = 0;
  return decimal(bid128_div(bits(a), bits(b), kHalfEven, &flags));
}

Decimal Decimal::modulo(const Decimal& a, const Decimal& b) {
  unsigned flags = 0;
  const Decimal rest = decimal(bid128_fmod(bits(a), bits(b), &flags));
  return rest.sign() != 0 && rest.sign() != b.sign() ? rest + b : rest;
}

Decimal Decimal::power(const Decimal& base, const Decimal& exponent) {
  constexpr std::int64_t kMostMultiplied = 1 << 20;
  const auto whole = exponent.to_int64();
  if (!whole || *whole > kMostMultiplied || *whole < -kMostMultiplied) {
    unsigned flags = 0;
    return decimal(bid128_pow(bits(base), bits(exponent), kHalfEven, &flags));
  }
  Decimal result(1);
  Decimal square = base;
  for (std::int64_t left = std::abs(*whole); left != 0; left >>= 1) {
    if ((left & 1) != 0) result *= square;
    if (left > 1) square *= square;
  }
  return *whole < 0 ? Decimal(1) / result : result;
}

Decimal Decimal::sqrt() const {
  unsigned flags = 0;
  return decimal(bid128_sqrt(bits(*this), kHalfEven, &flags));
}

Decimal Decimal::exp() const {
  unsigned flags = 0;
  return decimal(bid128_exp(bits(*this), kHalfEven, &flags));
}

Decimal Decimal::ln() const {
  unsigned flags = 0;
  return decimal(bid128_log(bits(*this), kHalfEven, &flags));
}

namespace {

// The order of two short numbers; nothing: ask the library.
std::optional<std::partial_ordering> compare_short(const Decimal& a, const Decimal& b) {
  Short x{};
  Short y{};
  Coefficient first = 0;
  Coefficient second = 0;
  int exponent = 0;
  if (!ShortDecimals::take(a, b, x, y) || !ShortDecimals::align(x, y, first, second, exponent)) return std::nullopt;
  if (first == 0 && second == 0) return std::partial_ordering::equivalent;
  if (x.negative != y.negative) {
    // The zero of either sign is equal to the other and lies between the rest.
    if (first == 0) return y.negative ? std::partial_ordering::greater : std::partial_ordering::less;
    return x.negative ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  if (first == second) return std::partial_ordering::equivalent;
  return (first < second) != x.negative ? std::partial_ordering::less : std::partial_ordering::greater;
}

}  // namespace

bool operator==(const Decimal& a, const Decimal& b) {
  if (const auto order = compare_short(a, b)) return *order == std::partial_ordering::equivalent;
  unsigned flags = 0;
  return bid128_quiet_equal(bits(a), bits(b), &flags) != 0;
}

std::partial_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (const auto order = compare_short(a, b)) return *order;
  unsigned flags = 0;
  if (bid128_quiet_equal(bits(a), bits(b), &flags) != 0) return std::partial_ordering::equivalent;
  if (bid128_quiet_less(bits(a), bits(b), &flags) != 0) return std::partial_ordering::less;
  if (bid128_quiet_greater(bits(a), bits(b), &flags) != 0) return std::partial_ordering::greater;
  return std::partial_ordering::unordered;
}

std::size_t Decimal::hash() const {
  if (!is_finite()) return 1;
  Parts parts = DecimalAccess::take_apart(*this);
  if (parts.coefficient == 0) return 0;
  while (parts.coefficient % 10 == 0) {
    parts.coefficient /= 10;
    ++parts.exponent;
  }
  constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15ULL;
  std::uint64_t mixed = static_cast<std::uint64_t>(parts.coefficient) * kMix;
  mixed = (mixed ^ static_cast<std::uint64_t>(parts.coefficient >> 64) ^ mixed >> 29) * kMix;
  mixed = (mixed ^ static_cast<std::uint64_t>(parts.exponent + kBias) ^ (parts.negative ? 1U : 0U)) * kMix;
  return static_cast<std::size_t>(mixed ^ mixed >> 32);
}

}  // namespace zh
