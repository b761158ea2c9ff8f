#include "base/fraction.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "base/money.h"

namespace zh {
namespace {

Decimal d(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Fraction, IsExactUntilRounded) {
  const Fraction third(1, 3);
  EXPECT_EQ(third + third + third, Fraction(1));
  EXPECT_EQ((third + Fraction(1, 6)).round(2, Rounding::half_up).to_string(), "0.50");
  EXPECT_EQ(Fraction(3).round(2, Rounding::half_up).to_string(), "3.00");
  EXPECT_EQ(Fraction(d("93.50")), Fraction(187, 2));
  EXPECT_EQ(Fraction(d("-1E+3")), Fraction(-1000));
  EXPECT_EQ(Fraction(2675, 1000).round(2, Rounding::half_up).to_string(), "2.68");  // a double would give 2.67
  EXPECT_EQ(Fraction(-2675, 1000).round(2, Rounding::half_even).to_string(), "-2.68");
  EXPECT_EQ(Fraction(-7, 2).truncated(), -3);
}

TEST(Fraction, KeepsSignificantDigits) {
  EXPECT_EQ(Fraction(1, 3).significant(20).to_string(), "0.33333333333333333333");
  EXPECT_EQ(Fraction(200, 3).significant(20).to_string(), "66.666666666666666667");
  EXPECT_EQ(Fraction(187, 2).significant(20).to_string(), "93.5");
  EXPECT_EQ(Fraction(80).significant(20).to_string(), "80");
  EXPECT_EQ(Fraction(0).significant(20).to_string(), "0");
  EXPECT_EQ(Fraction(d("0.999999999999999999999")).significant(20).to_string(), "1");
  EXPECT_EQ(Fraction(-1, 1024).significant(3).to_string(), "-0.000977");
}

TEST(Fraction, TakesDecimalsOfAnyLength) {
  for (const std::string_view text : {"0", "-0.5", "1E-30", "4000000028E25", "-1E40",
                                      "9999999999999999999999999999999999", "0.000000000000000000000000000000000001"}) {
    EXPECT_EQ(Fraction(d(text)).to_decimal(), d(text)) << text;
  }
}

TEST(Fraction, RoundTripsAsText) {
  for (const char* text : {"7/3", "2", "-5/8", "0"}) EXPECT_EQ(Fraction::parse(text).value().to_string(), text);
  for (const char* bad : {"", "1/0", "1/-2", "x", "1/", "/2", "1/2/3"}) EXPECT_FALSE(Fraction::parse(bad).ok()) << bad;
  EXPECT_EQ(Fraction::parse("010").value(), Fraction(10));
}

RC_GTEST_PROP(Fraction, SignificantDigitsAreTheNearest, (std::int32_t top, std::int32_t bottom)) {
  RC_PRE(bottom != 0);
  const Fraction exact = bottom < 0 ? -Fraction(top, -static_cast<std::int64_t>(bottom)) : Fraction(top, bottom);
  const Fraction error = Fraction(exact.significant(34)) - exact;
  const Fraction magnitude = error.sign() < 0 ? -error : error;
  const Fraction size = exact.sign() < 0 ? -exact : exact;
  // Half a unit in the 34th place of a number below 10 × its leading digit.
  RC_ASSERT(magnitude * Fraction(2) * Fraction(Decimal::scaled(1, 33)) <= size * Fraction(1));
}

// The slow and obvious way: numbers of any length throughout.
using Oracle = boost::multiprecision::cpp_rational;

std::string text_of(const Oracle& value) { return value.str(); }

// Small numbers and numbers at the edge of 64 bits, where the short form ends.
std::int64_t term(std::int64_t seed) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  switch (seed & 3) {
    case 0:
      return seed % 1000;
    case 1:
      return kMax - (seed & 15);
    case 2:
      return -kMax - (seed & 1);
    default:
      return seed;
  }
}

RC_GTEST_PROP(Fraction, AgreesWithNumbersOfAnyLength,
              (std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t e)) {
  const std::int64_t below = term(b);
  const std::int64_t under = term(e);
  RC_PRE(below != 0 && under != 0);
  const Fraction x(term(a), below);
  const Fraction y(term(c), under);
  const Oracle ox = Oracle(term(a)) / below;
  const Oracle oy = Oracle(term(c)) / under;
  RC_ASSERT(x.to_string() == text_of(ox));
  RC_ASSERT((x + y).to_string() == text_of(ox + oy));
  RC_ASSERT((x - y).to_string() == text_of(ox - oy));
  RC_ASSERT((x * y).to_string() == text_of(ox * oy));
  if (y.sign() != 0) RC_ASSERT((x / y).to_string() == text_of(ox / oy));
  RC_ASSERT((x < y) == (ox < oy));
  RC_ASSERT((x == y) == (ox == oy));
  RC_ASSERT(x.sign() == ox.sign());
  // Back from the long form to the short one.
  RC_ASSERT((x + y) - y == x);
  RC_ASSERT(Fraction::parse((x * y).to_string()).value() == x * y);
}

TEST(Fraction, ShortAndLongFormsMeetAtTheEdge) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(Fraction(kMin).to_string(), "-9223372036854775808");
  EXPECT_EQ((-Fraction(kMin)).to_string(), "9223372036854775808");
  EXPECT_EQ(Fraction(kMin, kMin), Fraction(1));
  EXPECT_EQ(Fraction(1, kMin) * Fraction(kMin), Fraction(1));
  EXPECT_EQ(Fraction(kMax) + Fraction(1) - Fraction(1), Fraction(kMax));
  EXPECT_EQ((Fraction(kMax) * Fraction(kMax) / Fraction(kMax)).truncated(), kMax);
}

TEST(Money, ReadsYuanAndRoundsToFen) {
  EXPECT_EQ(parse_yuan("1400").value(), Fen{140000});
  EXPECT_EQ(parse_yuan("0.05").value(), Fen{5});
  EXPECT_EQ(parse_yuan("12.30").value().to_string(), "12.30");
  for (const char* bad : {"1.005", "", "abc", "1e20"}) EXPECT_FALSE(parse_yuan(bad).ok()) << bad;
  EXPECT_EQ(Fen{-5}.to_string(), "-0.05");
  EXPECT_EQ(round_to_fen(Fraction(1600 * 17, 31), Rounding::half_up).to_string(), "877.42");  // 877.4193…
}

}  // namespace
}  // namespace zh
