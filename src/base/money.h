// Money is whole fen (1 yuan = 100 fen); only fractions of it that a rule rounds are anything else.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/fraction.h"
#include "base/result.h"

namespace zh {

struct Fen {
  std::int64_t value = 0;

  friend Fen operator+(Fen a, Fen b) { return {a.value + b.value}; }
  friend Fen operator-(Fen a, Fen b) { return {a.value - b.value}; }
  Fen& operator+=(Fen b) {
    value += b.value;
    return *this;
  }
  Fen operator-() const { return {-value}; }
  friend auto operator<=>(Fen, Fen) = default;

  // In yuan with two places, as FORMATS.md prints money: "1600.00", "-0.05".
  std::string to_string() const;
  Fraction yuan() const { return {value, 100}; }
};

// Yuan with at most two decimals, below 10^15 yuan either way; anything else is refused, nothing is rounded.
Result<Fen> parse_yuan(std::string_view text);
// Requires an amount that fits.
Fen round_to_fen(const Fraction& yuan, Rounding rounding);

}  // namespace zh
