#include <gtest/gtest.h>

#include <array>

#include "base/hash.h"
#include "base/id.h"
#include "base/process.h"
#include "base/result.h"
#include "base/utf8.h"

namespace zh {
namespace {

TEST(Error, NamesThePlaceAndTheClause) {
  const Error weights =
      error(ErrorCode::invalid, {.zh = "权重合计 95 %，缺 5 %", .en = "weights add up to 95 %, 5 % are missing"},
            {"appraisal.yaml", 41}, "C3.1");
  EXPECT_EQ(weights.to_string(Language::en), "appraisal.yaml:41: weights add up to 95 %, 5 % are missing (C3.1)");
  EXPECT_EQ(weights.to_string(Language::zh), "appraisal.yaml:41: 权重合计 95 %，缺 5 % (C3.1)");
  EXPECT_EQ((Place{"", 3, 7}).to_string(), "3:7");
}

Result<int> half(int number) {
  if (number % 2 != 0) return invalid(verbatim("odd"));
  return number / 2;
}

Result<int> quarter(int number) {
  ZH_TRY(const int once, half(number));
  ZH_TRY(const int twice, half(once));
  return twice;
}

TEST(Result, CarriesTheFirstFailure) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().message.en, "odd");
  EXPECT_EQ(quarter(5).value_or(-1), -1);
}

TEST(Hash, IsSha256) {
  EXPECT_EQ(Hasher().stream("a").stream("bc").finish(), sha256("abc"));
  EXPECT_EQ(sha256("abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
  EXPECT_EQ(Hash::parse(sha256("x").hex()).value(), sha256("x"));
  EXPECT_FALSE(Hash::parse("12").ok());
  // Fields do not run into each other.
  EXPECT_NE(Hasher().field("ab").field("c").finish(), Hasher().field("a").field("bc").finish());
}

TEST(Utf8, CountsCodePointsAndSurvivesAnything) {
  EXPECT_EQ(utf8::length("质衡𠮷"), 3U);
  EXPECT_EQ(utf8::offset_of("质衡", 1), 3U);
  EXPECT_TRUE(utf8::is_valid("质衡"));
  for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE8\xB4", "\x80"})
    EXPECT_FALSE(utf8::is_valid(bad));
  EXPECT_EQ(utf8::sanitized("a\xFF"
                            "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(utf8::shortened("质衡质衡", 2), "质衡…");
}

enum class Light { red, green };
enum class Turn { go, stop };
constexpr std::array<Transition<Light, Turn>, 2> kLights{{{Light::red, Turn::go, Light::green, "anyone", "", ""},
                                                          {Light::green, Turn::stop, Light::red, "anyone", "", "C1"}}};
static_assert(is_deterministic(std::span<const Transition<Light, Turn>, 2>(kLights)));

TEST(Process, TakesOnlyWhatTheTableHas) {
  const std::span<const Transition<Light, Turn>, 2> lights(kLights);
  EXPECT_EQ(find_transition(lights, Light::red, Turn::go)->to, Light::green);
  EXPECT_FALSE(find_transition(lights, Light::red, Turn::stop).has_value());
}

}  // namespace
}  // namespace zh
