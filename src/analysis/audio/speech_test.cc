// Legs made from known spans: what was put in must be found, at any level, in any sort of sound and noise.
#include "analysis/audio/speech.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

using testing_support::SyntheticLeg;

Heard heard_on(const SyntheticLeg& leg) {
  LegMeter meter(leg.rate());
  meter.add(leg.pcm(), 0, 1);
  return listen_to(meter.finish());
}

// Edges may lie a frame or two off.
void expect_near(const Spans& found, const Spans& wanted, std::int64_t off_ms = 2 * kFrameMs) {
  ASSERT_EQ(found.size(), wanted.size()) << testing::PrintToString(found.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(found[i].start_ms), static_cast<double>(wanted[i].start_ms), double(off_ms));
    EXPECT_NEAR(static_cast<double>(found[i].end_ms), static_cast<double>(wanted[i].end_ms), double(off_ms));
  }
}

using Sound = std::function<void(SyntheticLeg&, int start_ms, int end_ms, double dbfs)>;

const std::vector<std::pair<std::string, Sound>>& sounds() {
  static const std::vector<std::pair<std::string, Sound>> all{
      {"speech", [](SyntheticLeg& leg, int from, int to, double dbfs) { leg.speech(from, to, dbfs); }},
      {"a tone", [](SyntheticLeg& leg, int from, int to, double dbfs) { leg.tone(from, to, dbfs); }},
      {"a high tone", [](SyntheticLeg& leg, int from, int to, double dbfs) { leg.tone(from, to, dbfs, 3100); }},
      {"hissing", [](SyntheticLeg& leg, int from, int to, double dbfs) { leg.noise(from, to, dbfs); }},
  };
  return all;
}

TEST(Speech, IsFoundAtLevelsFortyDecibelsApart) {
  struct Case {
    double level;
    double noise;
  };
  for (const auto& [name, sound] : sounds()) {
    for (const auto& [level, noise] :
         {Case{-20, -64}, Case{-20, -42}, Case{-20, -120}, Case{-60, -84}, Case{-60, -120}}) {
      SCOPED_TRACE(name + " at " + std::to_string(level) + " dBFS over noise at " + std::to_string(noise));
      SyntheticLeg leg(20'000);
      leg.noise(noise);
      // A pause of 300 ms is part of the turn, one of 1,000 ms is not.
      for (const auto& [from, to] : {std::pair{1000, 3000}, {3300, 5000}, {6000, 9500}, {12'000, 12'400}}) {
        sound(leg, from, to, level);
      }
      expect_near(heard_on(leg).speech, {{1000, 5000}, {6000, 9500}, {12'000, 12'400}});
    }
  }
}

TEST(Speech, BridgesPausesUpToItsLimit) {
  for (const int pause : {440, 520}) {
    SyntheticLeg leg(8000);
    leg.noise(-64).tone(1000, 2000, -20).tone(2000 + pause, 4000, -20);
    EXPECT_EQ(heard_on(leg).speech.size(), pause < kPauseMs ? 1U : 2U) << pause;
  }
}

TEST(Speech, IsNeitherClicksNorNoise) {
  EXPECT_TRUE(heard_on(SyntheticLeg(10'000)).speech.empty()) << "digital silence";
  EXPECT_TRUE(heard_on(SyntheticLeg(10'000).noise(-30)).speech.empty()) << "loud noise and nothing else";
  EXPECT_TRUE(heard_on(SyntheticLeg(10'000).noise(-40).tone(0, 10'000, -30, 100)).speech.empty()) << "hum";
  SyntheticLeg clicks(10'000);
  clicks.noise(-64);
  for (int at = 1000; at < 9000; at += 1000) clicks.noise(at, at + 10, -6);
  EXPECT_TRUE(heard_on(clicks).speech.empty());
  EXPECT_TRUE(heard_on(SyntheticLeg(0)).speech.empty());
  EXPECT_TRUE(heard_on(SyntheticLeg(15)).speech.empty());
}

// The agent's office grows louder after a minute: what was noise stays noise.
TEST(Speech, FollowsNoiseThatChanges) {
  SyntheticLeg leg(120'000);
  leg.noise(0, 60'000, -65).noise(60'000, 120'000, -45);
  leg.speech(10'000, 13'000, -20).speech(90'000, 93'000, -20);
  const Heard heard = heard_on(leg);
  ASSERT_GE(heard.speech.size(), 2U);
  expect_near({heard.speech.front(), heard.speech.back()}, {{10'000, 13'000}, {90'000, 93'000}}, 60);
  // Around the change itself the quiet before it is still in sight.
  EXPECT_LE(total_ms(heard.speech), 6000 + 20'000);
}

// A telephone that sends nothing while nobody speaks, then its own noise: the noise is not taken for a voice.
TEST(Speech, TakesMachineSilenceForNoMeasureOfNoise) {
  SyntheticLeg leg(30'000);
  leg.noise(8000, 30'000, -50).speech(10'000, 12'000, -20).speech(20'000, 23'000, -20);
  expect_near(heard_on(leg).speech, {{10'000, 12'000}, {20'000, 23'000}});
}

TEST(Music, IsNeitherSpeechNorSilence) {
  SyntheticLeg leg(40'000);
  leg.noise(-64).speech(1000, 5000, -20).music(6000, 18'000, -25).speech(18'600, 22'000, -20);
  const Heard heard = heard_on(leg);
  expect_near(heard.music, {{6000, 18'000}}, 200);
  expect_near(heard.speech, {{1000, 5000}, {18'600, 22'000}}, 200);
}

TEST(Music, IsNotWhatIsShortOrSteadyOrSpoken) {
  SyntheticLeg brief(20'000);
  brief.noise(-64).music(2000, 6000, -25);
  EXPECT_TRUE(heard_on(brief).music.empty());
  for (const auto& [name, sound] : sounds()) {
    SyntheticLeg leg(40'000);
    leg.noise(-64);
    sound(leg, 2000, 14'000, -20);
    EXPECT_TRUE(heard_on(leg).music.empty()) << name;
    EXPECT_EQ(heard_on(leg).speech.size(), 1U) << name;
  }
}

}  // namespace
}  // namespace zh::audio
