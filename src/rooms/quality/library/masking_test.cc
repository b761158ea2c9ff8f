#include "rooms/quality/library/masking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::quality::library {
namespace {

using contacts::Role;
using contacts::Turn;
using testing::ElementsAre;

std::vector<std::string> texts(const std::vector<Turn>& turns) {
  std::vector<std::string> list;
  for (const Turn& turn : turns) list.push_back(turn.text);
  return list;
}

TEST(Masking, TheSameThingIsTheSamePlaceholder) {
  const std::vector<Turn> turns{{.role = Role::customer, .text = "我叫王小明，13912343479，或者 13800000000"},
                                {.role = Role::agent, .text = "王小明，139 1234 3479，对吗？"}};
  EXPECT_THAT(texts(masked(turns, identifying(turns, {}))),
              ElementsAre("我叫[姓名1]，[电话1]，或者 [电话2]", "[姓名1]，[电话1]，对吗？"));
}

TEST(Masking, PlaceholdersSpeakTheRecordsLanguage) {
  const std::vector<Turn> turns{{.role = Role::customer, .text = "My name is Anna Smith."},
                                {.role = Role::agent, .text = "anna smith, right?"}};
  EXPECT_THAT(texts(masked(turns, identifying(turns, {}))), ElementsAre("My name is [name 1].", "[name 1], right?"));
}

TEST(Masking, CutsAtTheEdgesAndNone) {
  const std::vector<Turn> turns{{.role = Role::agent, .text = "您好😀"}, {.role = Role::agent, .text = ""}};
  EXPECT_THAT(texts(masked(turns, {{.turn = 0, .from = 0, .until = 3, .thing = Thing::other}})),
              ElementsAre("[隐去1]", ""));
  EXPECT_THAT(texts(masked(turns, {{.turn = 0, .from = 2, .until = 3, .thing = Thing::other}})),
              ElementsAre("您好[隐去1]", ""));
  EXPECT_EQ(masked(turns, {}), turns);
}

TEST(Masking, StarsKeepThePlaces) {
  const std::vector<Turn> turns{{.role = Role::customer, .text = "我叫王小明，13912343479。\xFF"},
                                {.role = Role::agent, .text = "王小明😀您好"},
                                {.role = Role::agent, .text = "再见"}};
  EXPECT_THAT(starred(turns, identifying(turns, {})), ElementsAre("我叫***，***********。\uFFFD", "***😀您好", "再见"));
}

TEST(Masking, WordsAreSilencedAroundTheirPlaceInTheTurn) {
  // Ten characters in 10 s; the cut is the sixth and seventh: 5–7 s, with 700 ms on either side.
  const std::vector<Turn> turns{
      {.role = Role::agent, .start_ms = 20'000, .end_ms = 30'000, .text = "零一二三四五六七八九"}};
  EXPECT_EQ(silences_for(turns, {{.turn = 0, .from = 5, .until = 7}}, 60'000), (audio::Spans{{24'300, 27'700}}));
  // Long words get a quarter of their own length: eight characters, 2 s; never far beyond the turn.
  EXPECT_EQ(silences_for(turns, {{.turn = 0, .from = 1, .until = 9}}, 60'000), (audio::Spans{{19'300, 30'700}}));
}

TEST(Masking, WithoutAnEndTheTurnIsSilencedToTheNext) {
  const std::vector<Turn> turns{{.role = Role::agent, .start_ms = 1'000, .text = "王先生"},
                                {.role = Role::customer, .start_ms = 4'000, .text = "王"}};
  const std::vector<Cut> first{{.turn = 0, .from = 0, .until = 1}};
  EXPECT_EQ(silences_for(turns, first, 60'000), (audio::Spans{{1'000, 4'000}}));
  EXPECT_EQ(silences_for(turns, {{.turn = 1, .from = 0, .until = 1}}, 9'000), (audio::Spans{{4'000, 9'000}}));
}

TEST(Masking, WordsWithoutAnyTimeCannotBeSilenced) {
  const std::vector<Turn> turns{{.role = Role::agent, .text = "王先生"}};
  EXPECT_FALSE(silences_for(turns, {{.turn = 0, .from = 0, .until = 1}}, 60'000));
  EXPECT_TRUE(silences_for(turns, {}, 60'000)->empty());
}

}  // namespace
}  // namespace zh::quality::library
