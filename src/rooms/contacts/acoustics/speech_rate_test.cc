#include "rooms/contacts/acoustics/speech_rate.h"

#include <gtest/gtest.h>

namespace zh::contacts {
namespace {

Turn turn(Role role, std::int64_t start_ms, std::int64_t end_ms, std::string text) {
  return {.role = role, .start_ms = start_ms, .end_ms = end_ms, .text = std::move(text)};
}

SpeechRates rates_of(std::vector<Turn> turns, const audio::CallMeasures* heard = nullptr) {
  return speech_rates(spoken_turns({.turns = std::move(turns)}), heard);
}

TEST(SpeechRateTest, CountsChineseCharactersAndWordsOfOtherScripts) {
  struct Case {
    std::string text;
    std::int64_t characters;
    std::int64_t words;
  };
  for (const Case& one : {Case{"您好，请问有什么可以帮您？", 11, 0}, Case{"Good morning, how can I help?", 0, 6},
                          Case{"I don't know", 0, 3}, Case{"3.5 元", 1, 1}, Case{"用 WiFi 上网", 3, 1},
                          Case{"''", 0, 0}, Case{"été à Zürich", 0, 3}}) {
    const SpeechRates rates = rates_of({turn(Role::agent, 0, 1000, one.text)});
    EXPECT_EQ(rates.agent.characters, one.characters) << one.text;
    EXPECT_EQ(rates.agent.words, one.words) << one.text;
  }
}

TEST(SpeechRateTest, IsPerMinuteOfTheSpeakersTurns) {
  // 4 characters in 1 s and 2 in 1 s: 6 in 2 s are 180 a minute. The customer: 3 words in 1.5 s are 120.
  const SpeechRates rates =
      rates_of({turn(Role::agent, 0, 1000, "您好您好"), turn(Role::customer, 1000, 2500, "yes it is"),
                turn(Role::agent, 3000, 4000, "再见"), turn(Role::system, 4000, 9000, "挂机")});
  EXPECT_EQ(rates.agent.per_minute(), 180.0);
  EXPECT_TRUE(rates.agent.is_chinese());
  EXPECT_EQ(rates.customer.per_minute(), 120.0);
  EXPECT_FALSE(rates.customer.is_chinese());
  ASSERT_EQ(rates.turns.size(), 3U);
  EXPECT_EQ(rates.turns[2].turn, 2U);
  EXPECT_EQ(rates.turns[2].rate.per_minute(), 120.0);
}

TEST(SpeechRateTest, TurnsThatSayNothingAboutARateAreLeftOut) {
  const Turn open{.role = Role::agent, .start_ms = 0, .end_ms = {}, .text = "您好"};
  const SpeechRates rates = rates_of({open, turn(Role::agent, 0, 499, "您好"), turn(Role::agent, 1000, 5000, "……")});
  EXPECT_TRUE(rates.turns.empty());
  EXPECT_FALSE(rates.agent.per_minute());
  EXPECT_EQ(rates_of({turn(Role::agent, 0, 500, "您好")}).agent.per_minute(), 240.0);
}

TEST(SpeechRateTest, WhatWasHeardOfTheSpeakerIsTheTime) {
  audio::CallMeasures heard;
  heard.legs.push_back({.role = audio::Role::customer, .speech = {{0, 10'000}}});
  heard.legs.push_back({.role = audio::Role::agent, .speech = {{500, 1000}, {1500, 2500}}});
  // Of 0–2 s the agent was heard for 0.5 s and 0.5 s: 4 characters in 1 s.
  EXPECT_EQ(rates_of({turn(Role::agent, 0, 2000, "您好您好")}, &heard).agent.per_minute(), 240.0);
  // Nothing was heard there: the turn's own length counts.
  EXPECT_EQ(rates_of({turn(Role::agent, 4000, 5000, "您好您好")}, &heard).agent.per_minute(), 240.0);
}

}  // namespace
}  // namespace zh::contacts
