#include "rooms/contacts/acoustics/acoustics_code.h"

#include <gtest/gtest.h>

namespace zh::contacts {
namespace {

using audio::CallMeasures;
using audio::DiagnosticCode;
using audio::Role;

CallMeasures full() {
  CallMeasures call{.duration_ms = 36'000'000};
  call.legs.push_back({.role = Role::customer,
                       .speech = {{100, 900}, {5000, 5200}},
                       .music = {{10'000, 20'000}},
                       .loudness_lufs = -23.34,
                       .loudness_jump = {{.at_ms = 5'100, .db = 12.25}},
                       .peak_dbfs = -1.5,
                       .clipped = 7});
  call.legs.push_back({.role = Role::agent, .speech = {}, .music = {}, .loudness_lufs = {}, .peak_dbfs = {}});
  call.silences = {{.span = {900, 5000}, .turn = Role::agent}, {.span = {20'000, 36'000'000}, .turn = {}}};
  // The second begins before the first has ended.
  call.overlaps = {{.span = {100, 600}, .interrupter = Role::agent},
                   {.span = {300, 700}, .interrupter = Role::customer}};
  call.responses = {{.by = Role::agent, .at_ms = 5000, .delay_ms = 4100}};
  call.agent_share = 0.123456;
  call.longest_monologue = {{.by = Role::customer, .span = {100, 900}}};
  call.diagnostics = {{DiagnosticCode::no_speech, {.zh = "坐席声道没有语音", .en = "no speech on the agent's leg"}}};
  return call;
}

void expect_same(const CallMeasures& read, const CallMeasures& written) {
  EXPECT_EQ(read.duration_ms, written.duration_ms);
  ASSERT_EQ(read.legs.size(), written.legs.size());
  for (std::size_t i = 0; i < read.legs.size(); ++i) {
    EXPECT_EQ(read.legs[i].role, written.legs[i].role);
    EXPECT_EQ(read.legs[i].speech, written.legs[i].speech);
    EXPECT_EQ(read.legs[i].music, written.legs[i].music);
    EXPECT_EQ(read.legs[i].loudness_lufs, written.legs[i].loudness_lufs);
    EXPECT_EQ(read.legs[i].loudness_jump, written.legs[i].loudness_jump);
    EXPECT_EQ(read.legs[i].peak_dbfs, written.legs[i].peak_dbfs);
    EXPECT_EQ(read.legs[i].clipped, written.legs[i].clipped);
  }
  ASSERT_EQ(read.silences.size(), written.silences.size());
  for (std::size_t i = 0; i < read.silences.size(); ++i) {
    EXPECT_EQ(read.silences[i].span, written.silences[i].span);
    EXPECT_EQ(read.silences[i].turn, written.silences[i].turn);
  }
  ASSERT_EQ(read.overlaps.size(), written.overlaps.size());
  for (std::size_t i = 0; i < read.overlaps.size(); ++i) {
    EXPECT_EQ(read.overlaps[i].span, written.overlaps[i].span);
    EXPECT_EQ(read.overlaps[i].interrupter, written.overlaps[i].interrupter);
  }
  ASSERT_EQ(read.responses.size(), written.responses.size());
  for (std::size_t i = 0; i < read.responses.size(); ++i) {
    EXPECT_EQ(read.responses[i].by, written.responses[i].by);
    EXPECT_EQ(read.responses[i].at_ms, written.responses[i].at_ms);
    EXPECT_EQ(read.responses[i].delay_ms, written.responses[i].delay_ms);
  }
  EXPECT_EQ(read.agent_share, written.agent_share);
  ASSERT_EQ(read.longest_monologue.has_value(), written.longest_monologue.has_value());
  if (read.longest_monologue) {
    EXPECT_EQ(read.longest_monologue->by, written.longest_monologue->by);
    EXPECT_EQ(read.longest_monologue->span, written.longest_monologue->span);
  }
  EXPECT_EQ(read.diagnostics, written.diagnostics);
}

TEST(AcousticsCodeTest, MeasuresReadBackAsTheyWereWritten) {
  expect_same(decode_measures(encode(full())).value(), full());
  expect_same(decode_measures(encode(CallMeasures{})).value(), CallMeasures{});
}

TEST(AcousticsCodeTest, LevelsAreKeptToAHundredthOfADecibel) {
  CallMeasures call;
  call.legs.push_back({.role = Role::mixed, .loudness_lufs = -23.4567});
  EXPECT_EQ(decode_measures(encode(call))->legs.front().loudness_lufs, -23.46);
}

TEST(AcousticsCodeTest, BytesThatAreNoneAreToldAndTakeNoMemory) {
  const std::string whole = encode(full());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_measures(whole.substr(0, length)).ok()) << length;
  }
  EXPECT_EQ(decode_measures(whole + "x").error().code, ErrorCode::corrupt);
  EXPECT_FALSE(decode_measures("\x02").ok());
  // A list of 2^62 legs in eleven bytes.
  EXPECT_FALSE(decode_measures(std::string("\x01\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x3F", 11)).ok());
}

}  // namespace
}  // namespace zh::contacts
