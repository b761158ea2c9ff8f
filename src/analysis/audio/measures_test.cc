#include "analysis/audio/measures.h"

#include <gtest/gtest.h>

#include "analysis/audio/analyse.h"
#include "tests/support/folder.h"
#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

using testing_support::SyntheticLeg;

LegSound sound_of(const SyntheticLeg& leg) {
  LegMeter meter(leg.rate());
  meter.add(leg.pcm(), 0, 1);
  return meter.finish();
}

// A leg of 20 s on which a tone stands for speech: its edges are exact to a frame.
LegSound talk(const std::vector<std::pair<int, int>>& spans) {
  SyntheticLeg leg(20'000);
  leg.noise(-70);
  for (const auto& [from, to] : spans) leg.tone(from, to, -20);
  return sound_of(leg);
}

// All edges below are multiples of a frame; filters ring on for one or two.
constexpr double kOff = 2 * kFrameMs;

void expect_span(const Span& found, std::int64_t start_ms, std::int64_t end_ms) {
  EXPECT_NEAR(static_cast<double>(found.start_ms), static_cast<double>(start_ms), kOff);
  EXPECT_NEAR(static_cast<double>(found.end_ms), static_cast<double>(end_ms), kOff);
}

std::vector<std::string> codes(const CallMeasures& call) {
  std::vector<std::string> names;
  for (const auto& one : call.diagnostics) names.emplace_back(name_of(one.code));
  return names;
}

TEST(Measures, OfACall) {
  // customer   1–4        7–10              15–16
  // agent           5–8          12–14             17–19
  const CallMeasures call = measure_call(talk({{1000, 4000}, {7000, 10'000}, {15'000, 16'000}}),
                                         talk({{5000, 8000}, {12'000, 14'000}, {17'000, 19'000}}));
  EXPECT_EQ(call.duration_ms, 20'000);
  ASSERT_EQ(call.overlaps.size(), 1U);
  expect_span(call.overlaps[0].span, 7000, 8000);
  EXPECT_EQ(call.overlaps[0].interrupter, Role::customer);

  ASSERT_EQ(call.responses.size(), 4U);
  const std::vector<std::pair<Role, int>> responses{
      {Role::agent, 1000}, {Role::agent, 2000}, {Role::customer, 1000}, {Role::agent, 1000}};
  for (std::size_t i = 0; i < responses.size(); ++i) {
    EXPECT_EQ(call.responses[i].by, responses[i].first) << i;
    EXPECT_NEAR(static_cast<double>(call.responses[i].delay_ms), responses[i].second, kOff) << i;
  }
  // Agent 3 + 2 + 2 = 7 s of 7 + 7.
  ASSERT_TRUE(call.agent_share.has_value());
  EXPECT_NEAR(*call.agent_share, 0.5, 0.01);
  EXPECT_TRUE(call.diagnostics.empty());
}

TEST(Measures, SayWhoseTurnASilenceWas) {
  // The agent is silent before the greeting and after the customer's question, the customer after the agent's; the
  // agent keeps the customer waiting at 11–13; nobody has the turn at the end.
  const CallMeasures call = measure_call(talk({{3000, 4000}, {8000, 9000}}),
                                         talk({{1000, 2000}, {6000, 7000}, {10'000, 11'000}, {13'000, 14'000}}));
  const std::vector<std::pair<Span, std::optional<Role>>> wanted{
      {{0, 1000}, Role::agent},        {{2000, 3000}, Role::customer}, {{4000, 6000}, Role::agent},
      {{7000, 8000}, Role::customer},  {{9000, 10'000}, Role::agent},  {{11'000, 13'000}, Role::agent},
      {{14'000, 20'000}, std::nullopt}};
  ASSERT_EQ(call.silences.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    expect_span(call.silences[i].span, wanted[i].first.start_ms, wanted[i].first.end_ms);
    EXPECT_EQ(call.silences[i].turn, wanted[i].second) << i;
  }
  // "Are you still there?": the customer goes on, but the silence was the agent's.
  EXPECT_EQ(measure_call(talk({{1000, 2000}, {8000, 9000}}), talk({{500, 900}})).silences[1].turn, Role::agent);
}

TEST(Measures, CountSilencesAndOverlapsFromTheirLeastLength) {
  const auto silences = [](int pause) {
    return measure_call(talk({{0, 10'000}}), talk({{10'000 + pause, 20'000}})).silences.size();
  };
  EXPECT_EQ(silences(440), 0U);
  EXPECT_EQ(silences(560), 1U);
  const auto overlaps = [](int shared) {
    return measure_call(talk({{0, 10'000}}), talk({{10'000 - shared, 20'000}})).overlaps.size();
  };
  EXPECT_EQ(overlaps(140), 0U);
  EXPECT_EQ(overlaps(260), 1U);
}

TEST(Measures, NameWhoCameInOnWhom) {
  const auto interrupters = [](const CallMeasures& call) {
    std::vector<Role> all;
    for (const auto& one : call.overlaps) all.push_back(one.interrupter);
    return all;
  };
  EXPECT_EQ(interrupters(measure_call(talk({{1000, 9000}}), talk({{3000, 4000}, {8000, 12'000}}))),
            (std::vector<Role>{Role::agent, Role::agent}));
  EXPECT_EQ(interrupters(measure_call(talk({{3000, 4000}}), talk({{1000, 9000}}))), std::vector<Role>{Role::customer});
  EXPECT_EQ(interrupters(measure_call(talk({{1000, 5000}}), talk({{1000, 5000}}))), std::vector<Role>{Role::agent})
      << "who leads the call is to wait";
}

TEST(Measures, FindTheLongestMonologue) {
  // The customer's "yes" at 5 s does not end what the agent says; the silence of 2.5 s does.
  const CallMeasures call =
      measure_call(talk({{500, 1500}, {5000, 5500}}), talk({{2000, 4800}, {5800, 9000}, {11'500, 15'000}}));
  ASSERT_TRUE(call.longest_monologue.has_value());
  EXPECT_EQ(call.longest_monologue->by, Role::agent);
  expect_span(call.longest_monologue->span, 2000, 9000);
  // A sentence of the customer's does.
  const CallMeasures cut = measure_call(talk({{5000, 6200}}), talk({{2000, 4800}, {6500, 9000}}));
  expect_span(cut.longest_monologue->span, 2000, 4800);
}

TEST(Measures, KnowWhatALegLacks) {
  const CallMeasures alone = measure_call(talk({{1000, 5000}}), sound_of(SyntheticLeg(18'000).noise(-60)));
  EXPECT_EQ(codes(alone), (std::vector<std::string>{"lengths_differ", "no_speech"}));
  EXPECT_NEAR(*alone.agent_share, 0.0, 1e-9);
  const CallMeasures silent = measure_call(LegSound{}, LegSound{});
  EXPECT_EQ(silent.duration_ms, 0);
  EXPECT_FALSE(silent.agent_share.has_value());
  EXPECT_FALSE(silent.longest_monologue.has_value());
  EXPECT_TRUE(silent.silences.empty());
}

TEST(Measures, TakeMusicForNeitherSpeechNorSilence) {
  SyntheticLeg agent(20'000);
  agent.noise(-64).tone(1000, 3000, -20).music(4000, 14'000, -25).tone(15'000, 17'000, -20);
  const CallMeasures call = measure_call(talk({{17'500, 19'500}}), sound_of(agent));
  EXPECT_EQ(codes(call), std::vector<std::string>{"music"});
  EXPECT_NEAR(*call.agent_share, 4.0 / 6, 0.02);
  for (const auto& one : call.silences) EXPECT_LE(one.span.length_ms(), 1100);
}

// --- from files ------------------------------------------------------------------------------------------------------

class Analyse : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, const std::vector<std::int16_t>& samples, int channels) {
    return testing_support::write_file(folder_.path() / name, testing_support::wav(samples, {.channels = channels}));
  }
  static std::vector<std::int16_t> leg(int from_ms, int to_ms, double dbfs, unsigned seed) {
    return SyntheticLeg(10'000, 8000, seed).noise(dbfs - 40).speech(from_ms, to_ms, dbfs).pcm();
  }
  testing_support::Folder folder_;
  std::vector<std::int16_t> customer_ = leg(1000, 4000, -15, 1);
  std::vector<std::int16_t> agent_ = leg(5000, 9000, -55, 2);
};

TEST_F(Analyse, GivesTheSameForOneStereoFileAndTwo) {
  const auto stereo = analyse(file("call.wav", testing_support::interleaved(customer_, agent_), 2));
  const auto legs = analyse_legs(file("in.wav", customer_, 1), file("out.wav", agent_, 1));
  ASSERT_TRUE(stereo.ok() && legs.ok());
  for (const auto* call : {&*stereo, &*legs}) {
    ASSERT_EQ(call->legs.size(), 2U);
    EXPECT_EQ(call->legs[0].role, Role::customer);
    EXPECT_EQ(call->legs[1].role, Role::agent);
    EXPECT_TRUE(call->diagnostics.empty());
    ASSERT_EQ(call->legs[1].speech.size(), 1U);
    expect_span(call->legs[1].speech[0], 5000, 9000);
  }
  EXPECT_EQ(stereo->legs[0].speech, legs->legs[0].speech);
  EXPECT_EQ(stereo->legs[0].loudness_lufs, legs->legs[0].loudness_lufs);
}

TEST(Measures, HasTheJumpOfALegAndNoneOfAMixedRecording) {
  SyntheticLeg leg(20'000);
  leg.noise(-70).speech(1000, 6000, -30).speech(10'000, 15'000, -18);
  const CallMeasures call = measure_call(sound_of(leg), talk({{7000, 9000}}));
  ASSERT_TRUE(call.legs[0].loudness_jump.has_value());
  EXPECT_NEAR(static_cast<double>(call.legs[0].loudness_jump->at_ms), 10'000, 200);
  EXPECT_NEAR(call.legs[0].loudness_jump->db, 12, 0.5);
  EXPECT_FALSE(call.legs[1].loudness_jump.has_value()) << "two seconds of speech";
  EXPECT_FALSE(measure_mixed(sound_of(leg)).legs[0].loudness_jump.has_value());
}

TEST_F(Analyse, SaysWhatAMixedRecordingCannotGive) {
  const auto mono = analyse(file("mono.wav", customer_, 1));
  ASSERT_TRUE(mono.ok());
  EXPECT_EQ(codes(*mono), std::vector<std::string>{"mixed"});
  ASSERT_EQ(mono->legs.size(), 1U);
  EXPECT_EQ(mono->legs[0].role, Role::mixed);
  EXPECT_EQ(mono->silences.size(), 2U);
  EXPECT_FALSE(mono->agent_share.has_value());

  const auto twice = analyse(file("twice.wav", testing_support::interleaved(customer_, customer_), 2));
  ASSERT_TRUE(twice.ok());
  EXPECT_EQ(codes(*twice), (std::vector<std::string>{"same_legs", "mixed"}));
  EXPECT_EQ(twice->legs[0].speech, mono->legs[0].speech);
}

// Who is not heard may have spoken all the time: nothing that takes both legs is known.
TEST_F(Analyse, MeasuresOneLegAloneWhereTheOtherCannotBeRead) {
  const auto text = testing_support::write_file(folder_.path() / "text.wav", "no sound");
  const auto call = analyse_legs(text, file("out.wav", agent_, 1));
  ASSERT_TRUE(call.ok());
  EXPECT_EQ(codes(*call).front(), "unreadable");
  ASSERT_EQ(call->legs.size(), 1U);
  EXPECT_EQ(call->legs[0].role, Role::agent);
  EXPECT_EQ(call->legs[0].speech.size(), 1U);
  EXPECT_TRUE(call->silences.empty());
  EXPECT_FALSE(call->agent_share);
  EXPECT_FALSE(call->longest_monologue);
  EXPECT_FALSE(analyse_legs(text, folder_.path() / "none.wav").ok());
}

}  // namespace
}  // namespace zh::audio
