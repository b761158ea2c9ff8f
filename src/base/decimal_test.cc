#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/fraction.h"

namespace zh {
namespace {

Decimal d(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, ParsesAndPrintsPlainNotation) {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"1.50", "1.50"},
      {".5", "0.5"},
      {"5.", "5"},
      {"-12.034", "-12.034"},
      {"1E3", "1000"},
      {"1.5e-3", "0.0015"},
      {"+7", "7"},
      {"100", "100"},
      {"0.00", "0.00"},
      {"9999999999999999999999999999999999", "9999999999999999999999999999999999"},
      {"12345678901234567890123456789012345", "12345678901234567890123456789012340"},  // 35 digits: half even
  };
  for (const auto& [in, out] : cases) EXPECT_EQ(d(in).to_string(), out) << in;
  for (const char* bad : {"", " 1", "1 ", "1.2.3", "--1", "abc", "1e", "0x10", "NaN", "Infinity", "1,000", "．5"}) {
    ASSERT_FALSE(Decimal::parse(bad).ok()) << bad;
    EXPECT_EQ(Decimal::parse(bad).error().code, ErrorCode::invalid) << bad;
  }
  EXPECT_EQ(Decimal::parse("1e999999").error().code, ErrorCode::limit);
}

TEST(Decimal, AddsWithoutBinaryError) {
  EXPECT_EQ(d("0.1") + d("0.2"), d("0.3"));
  EXPECT_EQ((d("1") / d("3")).to_string(), "0.3333333333333333333333333333333333");
  EXPECT_EQ(d("1.50"), d("1.5"));
  EXPECT_EQ(d("1.50").hash(), d("1.5").hash());
  EXPECT_FALSE((d("1") / d("0")).is_finite());
  EXPECT_LT(d("-1"), d("0.5"));
  EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).to_string(), "-9223372036854775808");
}

TEST(Decimal, RoundsEveryWay) {
  struct Case {
    const char* in;
    int digits;
    const char *half_even, *half_up, *half_down, *up, *down, *floor, *ceiling;
  };
  const Case cases[] = {
      {"5.5", 0, "6", "6", "5", "6", "5", "5", "6"},
      {"2.5", 0, "2", "3", "2", "3", "2", "2", "3"},
      {"-2.5", 0, "-2", "-3", "-2", "-3", "-2", "-3", "-2"},
      {"1.12", 1, "1.1", "1.1", "1.1", "1.2", "1.1", "1.1", "1.2"},
      {"-1.12", 1, "-1.1", "-1.1", "-1.1", "-1.2", "-1.1", "-1.2", "-1.1"},
      {"1", 2, "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00"},
      {"1250", -2, "1200", "1300", "1200", "1300", "1200", "1200", "1300"},
      {"0.0001", 2, "0.00", "0.00", "0.00", "0.01", "0.00", "0.00", "0.01"},
  };
  for (const Case& c : cases) {
    const auto at = [&](Rounding rounding) { return d(c.in).round(c.digits, rounding).to_string(); };
    EXPECT_EQ(at(Rounding::half_even), c.half_even) << c.in;
    EXPECT_EQ(at(Rounding::half_up), c.half_up) << c.in;
    EXPECT_EQ(at(Rounding::half_down), c.half_down) << c.in;
    EXPECT_EQ(at(Rounding::up), c.up) << c.in;
    EXPECT_EQ(at(Rounding::down), c.down) << c.in;
    EXPECT_EQ(at(Rounding::floor), c.floor) << c.in;
    EXPECT_EQ(at(Rounding::ceiling), c.ceiling) << c.in;
  }
  EXPECT_EQ(d("1e-6000").round(0, Rounding::up).to_string(), "1");
  EXPECT_FALSE(d("1e30").round(10, Rounding::down).is_finite());
}

TEST(Decimal, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(Decimal::modulo(d("12"), d("5")), d("2"));
  EXPECT_EQ(Decimal::modulo(d("-12"), d("5")), d("3"));
  EXPECT_EQ(Decimal::modulo(d("12"), d("-5")), d("-3"));
  EXPECT_EQ(Decimal::modulo(d("10.1"), d("4.5")), d("1.1"));
  EXPECT_FALSE(Decimal::modulo(d("1"), d("0")).is_finite());
}

TEST(Decimal, PowerIsExactForIntegers) {
  EXPECT_EQ(Decimal::power(d("1.1"), d("3")), d("1.331"));
  EXPECT_EQ(Decimal::power(d("2"), d("-2")), d("0.25"));
  EXPECT_EQ(Decimal::power(d("0"), d("0")), d("1"));
  EXPECT_FALSE(Decimal::power(d("10"), d("1000000")).is_finite());
}

TEST(Decimal, KnowsItsShape) {
  EXPECT_EQ(d("1.50").scale(), 2);
  EXPECT_EQ(d("1.50").normalized().to_string(), "1.5");
  EXPECT_EQ(d("1E3").normalized().scale(), 0);
  EXPECT_TRUE(d("3.00").is_integer());
  EXPECT_FALSE(d("3.01").is_integer());
  EXPECT_EQ(d("3.00").to_int64(), 3);
  EXPECT_EQ(d("3.5").to_int64(), std::nullopt);
  EXPECT_EQ(d("9223372036854775808").to_int64(), std::nullopt);
}

// Numbers of all lengths, so that both the quick way for short ones and the library are met, and their border.
Decimal any_decimal() {
  const auto coefficient = *rc::gen::arbitrary<std::int64_t>();
  const int cut = *rc::gen::inRange(0, 63);
  Decimal value = Decimal::scaled(coefficient >> cut, *rc::gen::inRange(-25, 26));
  if (*rc::gen::inRange(0, 4) == 0) value *= Decimal::scaled(1'000'000'007, *rc::gen::inRange(-12, 3));
  return *rc::gen::inRange(0, 8) == 0 ? Decimal(0) : value;
}

RC_GTEST_PROP(Decimal, ArithmeticIsTheNearestToTheExact, ()) {
  const Decimal a = any_decimal();
  const Decimal b = any_decimal();
  const Fraction x(a);
  const Fraction y(b);
  RC_LOG() << a.to_string() << " and " << b.to_string();
  RC_ASSERT(a + b == (x + y).to_decimal());
  RC_ASSERT(a - b == (x - y).to_decimal());
  RC_ASSERT(a * b == (x * y).to_decimal());
  RC_ASSERT((a == b) == (x == y));
  RC_ASSERT((a < b) == (x < y));
  RC_ASSERT((a > b) == (x > y));
}

TEST(Decimal, SumsAndProductsKeepTheDigitsWritten) {
  EXPECT_EQ((d("1.50") + d("2")).to_string(), "3.50");
  EXPECT_EQ((d("1.50") - d("1.50")).to_string(), "0.00");
  EXPECT_EQ((d("1.50") * d("2.0")).to_string(), "3.000");
  EXPECT_EQ((d("18446744073709551615") + d("1")).to_string(), "18446744073709551616");
  EXPECT_EQ((d("18446744073709551615") * d("18446744073709551615")).to_string(),
            "340282366920938463426481119284349100000");
  EXPECT_FALSE((d("-1") + d("1")).is_negative());
  EXPECT_EQ(d("-0"), d("0"));
  EXPECT_LT(d("-1"), d("-0"));
}

}  // namespace
}  // namespace zh
