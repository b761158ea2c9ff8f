// What was heard, as checks read it: every figure by hand.
#include "rooms/inspection/sound.h"

#include <gtest/gtest.h>

namespace zh::inspection {
namespace {

using policy::Measure;
using policy::Speaker;
using policy::TimeSpan;

std::int64_t value(const policy::Conversation& conversation, Measure measure) {
  return conversation.measures.get(measure).value_or(-1);
}

audio::Leg leg(audio::Role role, double loudness_lufs) {
  audio::Leg it;
  it.role = role;
  it.loudness_lufs = loudness_lufs;
  return it;
}

// 20 s: silences of 2 and 4 s, the agent comes in once for 0.5 s, answers after 1 and 3 s, speaks two thirds.
audio::CallMeasures call() {
  audio::CallMeasures heard;
  heard.duration_ms = 20'000;
  heard.legs = {leg(audio::Role::customer, -30.5), leg(audio::Role::agent, -22.25)};
  heard.legs.back().loudness_jump = {{.at_ms = 9'000, .db = 12.5}};
  heard.silences = {{{2'000, 4'000}, audio::Role::agent}, {{10'000, 14'000}, std::nullopt}};
  heard.overlaps = {{{6'000, 6'500}, audio::Role::agent}};
  heard.responses = {
      {audio::Role::agent, 4'000, 1'000}, {audio::Role::customer, 8'000, 700}, {audio::Role::agent, 17'000, 3'000}};
  heard.agent_share = 0.6665;
  heard.longest_monologue = audio::Monologue{audio::Role::agent, {4'000, 9'000}};
  return heard;
}

TEST(Sound, fills_in_what_was_measured) {
  policy::Conversation it;
  put_sound(call(), it);
  EXPECT_EQ(value(it, Measure::duration), 20'000);
  EXPECT_EQ(it.silences, (std::vector<TimeSpan>{{2'000, 4'000, Speaker::agent}, {10'000, 14'000, std::nullopt}}));
  EXPECT_EQ(value(it, Measure::total_silence), 6'000);
  EXPECT_EQ(value(it, Measure::longest_silence), 4'000);
  EXPECT_EQ(value(it, Measure::silences), 2'000);
  EXPECT_EQ(value(it, Measure::silence_share), 30'000);  // 6 of 20 s
  EXPECT_EQ(it.overlaps, (std::vector<TimeSpan>{{6'000, 6'500, Speaker::agent}}));
  EXPECT_EQ(value(it, Measure::overlaps_by_agent), 1'000);
  EXPECT_EQ(value(it, Measure::overlaps_by_customer), 0);
  EXPECT_EQ(it.delays, (std::vector<TimeSpan>{{3'000, 4'000, Speaker::agent}, {14'000, 17'000, Speaker::agent}}));
  EXPECT_EQ(value(it, Measure::first_response), 1'000);
  EXPECT_EQ(value(it, Measure::mean_response), 2'000);
  EXPECT_EQ(value(it, Measure::longest_response), 3'000);
  EXPECT_EQ(value(it, Measure::agent_talk_share), 66'650);
  EXPECT_EQ(value(it, Measure::longest_agent_monologue), 5'000);
  EXPECT_EQ(value(it, Measure::longest_customer_monologue), -1);
  EXPECT_EQ(value(it, Measure::agent_loudness), -22'250);
  EXPECT_EQ(value(it, Measure::customer_loudness), -30'500);
  EXPECT_EQ(value(it, Measure::agent_loudness_jump), 12'500);
}

TEST(Sound, goes_before_the_times_of_turns) {
  const std::vector<policy::SpokenTurn> turns = {{Speaker::customer, 0, 1'000, "喂"},
                                                 {Speaker::agent, 9'000, 9'500, "在"}};
  policy::Conversation it;
  it.turns = turns;
  put_sound(call(), it);
  policy::measure_turns(it);
  EXPECT_EQ(value(it, Measure::longest_silence), 4'000);  // not the 8 s between the turns
  EXPECT_EQ(it.delays.size(), 2U);
  EXPECT_EQ(value(it, Measure::turns), 2'000);
}

TEST(Sound, of_one_leg_alone_knows_nothing_that_takes_both) {
  audio::CallMeasures heard;
  heard.duration_ms = 20'000;
  heard.legs = {leg(audio::Role::agent, -22.25)};
  policy::Conversation it;
  put_sound(heard, it);
  EXPECT_EQ(value(it, Measure::duration), 20'000);
  EXPECT_EQ(value(it, Measure::agent_loudness), -22'250);
  EXPECT_EQ(value(it, Measure::total_silence), -1);
  EXPECT_EQ(value(it, Measure::total_overlap), -1);
  EXPECT_EQ(value(it, Measure::agent_talk_share), -1);
}

TEST(Sound, of_one_channel_knows_its_silences_only) {
  audio::CallMeasures heard = call();
  heard.legs = {leg(audio::Role::mixed, -20.0)};
  heard.overlaps.clear();
  heard.responses.clear();
  policy::Conversation it;
  put_sound(heard, it);
  EXPECT_EQ(value(it, Measure::total_silence), 6'000);
  for (const Measure measure : {Measure::total_overlap, Measure::first_response, Measure::agent_loudness,
                                Measure::agent_talk_share, Measure::longest_agent_monologue}) {
    EXPECT_EQ(value(it, measure), -1);
  }
}

TEST(Sound, that_could_not_be_read_says_nothing) {
  policy::Conversation it;
  put_sound(audio::CallMeasures(), it);
  EXPECT_EQ(value(it, Measure::duration), -1);
  EXPECT_EQ(value(it, Measure::total_silence), -1);
}

TEST(Sound, has_a_rate_of_speech_for_each_side) {
  policy::Conversation it;
  put_speech_rates({.customer = {}, .agent = {.characters = 100, .words = 0, .spoken_ms = 30'000}, .turns = {}}, it);
  EXPECT_EQ(value(it, Measure::agent_speech_rate), 200'000);  // 100 in half a minute
  EXPECT_EQ(value(it, Measure::customer_speech_rate), -1);
}

}  // namespace
}  // namespace zh::inspection
