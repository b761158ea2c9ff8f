#include <gtest/gtest.h>

#include "policy/checks/conversation.h"

namespace zh::policy {
namespace {

Conversation measured(const std::vector<SpokenTurn>& turns, std::string_view channel = "call") {
  Conversation conversation;
  conversation.channel = channel;
  conversation.turns = turns;
  measure_turns(conversation);
  return conversation;
}

std::int64_t value(const Conversation& conversation, Measure measure) {
  return conversation.measures.get(measure).value_or(-1);
}

TEST(Measures, of_a_call_by_its_turns) {
  const std::vector<SpokenTurn> turns = {
      {Speaker::agent, 0, 2'000, "您好，云帆商城"},         // 6 characters in 2 s
      {Speaker::customer, 3'000, 6'000, "I want 2 of it"},  // 5 words in 3 s
      {Speaker::agent, 5'500, 7'500, "好的"},               // comes in over the customer for 0.5 s
      {Speaker::customer, 9'500, 10'000, "好"},             // after 2 s of silence, the customer's turn
  };
  const Conversation it = measured(turns);
  EXPECT_EQ(value(it, Measure::duration), 10'000);
  EXPECT_EQ(value(it, Measure::turns), 4'000);
  EXPECT_EQ(it.silences, (std::vector<TimeSpan>{{2'000, 3'000, Speaker::customer}, {7'500, 9'500, Speaker::customer}}));
  EXPECT_EQ(value(it, Measure::total_silence), 3'000);
  EXPECT_EQ(value(it, Measure::longest_silence), 2'000);
  EXPECT_EQ(value(it, Measure::silence_share), 30'000);  // 3 of 10 s
  EXPECT_EQ(it.overlaps, (std::vector<TimeSpan>{{5'500, 6'000, Speaker::agent}}));
  EXPECT_EQ(value(it, Measure::overlaps_by_agent), 1'000);
  EXPECT_EQ(value(it, Measure::overlaps_by_customer), 0);
  EXPECT_EQ(it.delays, (std::vector<TimeSpan>{{6'000, 6'000, Speaker::agent}}));  // no wait before the end
  EXPECT_EQ(value(it, Measure::agent_talk_share), 4'000 * 100 * 1'000 / 7'500);
  EXPECT_EQ(value(it, Measure::agent_speech_rate), 8 * 60'000 / 4);  // 6 + 2 characters in 4 s: 120 a minute
  EXPECT_EQ(value(it, Measure::customer_speech_rate), 6 * 60'000 * 1'000 / 3'500);
  EXPECT_EQ(value(it, Measure::longest_agent_monologue), 2'000);
}

TEST(Measures, short_pauses_and_overlaps_are_none) {
  const Conversation it = measured({{Speaker::agent, 0, 1'000, "a"},
                                    {Speaker::agent, 1'499, 3'000, "b"},
                                    {Speaker::customer, 2'801, 4'000, "c"},
                                    {Speaker::agent, 4'500, 5'000, "d"}});
  EXPECT_EQ(it.silences, (std::vector<TimeSpan>{{4'000, 4'500, Speaker::agent}}));
  EXPECT_TRUE(it.overlaps.empty());
}

TEST(Measures, a_monologue_goes_on_over_its_own_pauses) {
  const Conversation it = measured({{Speaker::agent, 0, 1'000, "a"},
                                    {Speaker::agent, 5'000, 6'000, "b"},
                                    {Speaker::customer, 6'000, 7'000, "c"},
                                    {Speaker::agent, 8'000, 9'000, "d"}});
  EXPECT_EQ(value(it, Measure::longest_agent_monologue), 6'000);
  EXPECT_EQ(value(it, Measure::longest_customer_monologue), 1'000);
}

TEST(Measures, delays_by_rank) {
  std::vector<SpokenTurn> turns;
  for (std::int64_t i = 1; i <= 10; ++i) {
    turns.push_back({Speaker::customer, i * 100'000, std::nullopt, "?"});
    turns.push_back({Speaker::agent, i * 100'000 + i * 1'000, std::nullopt, "!"});
  }
  const Conversation it = measured(turns, "chat");
  EXPECT_EQ(value(it, Measure::first_response), 1'000);
  EXPECT_EQ(value(it, Measure::mean_response), 5'500);
  EXPECT_EQ(value(it, Measure::p90_response), 9'000);
  EXPECT_EQ(value(it, Measure::longest_response), 10'000);
  EXPECT_EQ(value(it, Measure::longest_silence), -1);  // a chat has no silence
}

TEST(Measures, without_times_only_what_needs_none) {
  const Conversation it = measured({{Speaker::agent, std::nullopt, std::nullopt, "您好"}});
  EXPECT_EQ(value(it, Measure::turns), 1'000);
  EXPECT_EQ(value(it, Measure::duration), -1);
  EXPECT_EQ(value(it, Measure::longest_response), -1);
  EXPECT_EQ(value(measured({}), Measure::turns), 0);
}

TEST(Measures, what_the_recording_told_stays) {
  const std::vector<SpokenTurn> turns = {{Speaker::agent, 0, 1'000, "a"}, {Speaker::customer, 9'000, 9'500, "b"}};
  Conversation conversation;
  conversation.turns = turns;
  conversation.measures.set(Measure::total_silence, 0);  // the recording has music there
  measure_turns(conversation);
  EXPECT_TRUE(conversation.silences.empty());
  EXPECT_EQ(value(conversation, Measure::total_silence), 0);
}

}  // namespace
}  // namespace zh::policy
