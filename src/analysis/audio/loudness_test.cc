#include "analysis/audio/loudness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/audio/leg.h"
#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

using testing_support::SyntheticLeg;

LegSound sound_of(const std::vector<std::int16_t>& samples, int rate = 8000) {
  LegMeter meter(rate);
  meter.add(samples, 0, 1);
  return meter.finish();
}

// BS.1770: a tone of 997 Hz at full scale on one channel is −3.01 LUFS, whatever the rate.
TEST(Loudness, OfAToneIsThatOfTheStandard) {
  for (const int rate : {8000, 16'000, 44'100, 48'000}) {
    const auto tone = sound_of(SyntheticLeg(3000, rate).tone(0, 3000, -23.01, 997).pcm(), rate);
    ASSERT_TRUE(tone.loudness_lufs.has_value());
    EXPECT_NEAR(*tone.loudness_lufs, -23.0, 0.1) << rate;
  }
  // The head's shelf: 4 dB more for high sounds.
  const auto high = sound_of(SyntheticLeg(3000, 48'000).tone(0, 3000, -30, 10'000).pcm(), 48'000);
  EXPECT_NEAR(*high.loudness_lufs, -30 + 4.0 - 0.691, 0.2);
}

// Pauses do not count: EBU Tech 3341, case 3 in small (a tone at −23 between two at −36 and silence). The
// blocks that straddle two tones weigh more than in the original of 80 s.
TEST(Loudness, LeavesOutWhatIsFarBelow) {
  const auto sound = sound_of(SyntheticLeg(20'000, 48'000)
                                  .tone(0, 4000, -36 - 0.01, 997)
                                  .tone(4000, 14'000, -23.01, 997)
                                  .tone(14'000, 18'000, -36.01, 997)
                                  .pcm(),
                              48'000);
  EXPECT_NEAR(*sound.loudness_lufs, -23.0, 0.2);
  EXPECT_FALSE(sound_of(std::vector<std::int16_t>(16'000, 0)).loudness_lufs.has_value());
  EXPECT_FALSE(sound_of(SyntheticLeg(300).tone(0, 300, -20).pcm()).loudness_lufs.has_value()) << "less than one block";
}

// Frames of one power, in decibels, for so many seconds.
std::vector<float> powers(const std::vector<std::pair<int, double>>& parts) {
  std::vector<float> weighted;
  for (const auto& [seconds, db] : parts) {
    weighted.insert(weighted.end(), static_cast<std::size_t>(seconds) * 50, static_cast<float>(std::pow(10, db / 10)));
  }
  return weighted;
}

TEST(LoudnessJump, IsTheLargestRiseBetweenThreeSecondsAndTheNext) {
  // 4 s at −30, 4 s at −24, 4 s at −12 dB, 4 s at −20: the largest rise is 12 dB, at 8 s.
  const auto found = loudness_jump(powers({{4, -30}, {4, -24}, {4, -12}, {4, -20}}), {{0, 16'000}});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->at_ms, 8'000);
  EXPECT_NEAR(found->db, 12.0, 0.001);
}

TEST(LoudnessJump, LeavesOutWhatLiesBetweenStretchesOfSpeech) {
  // A minute of silence between the two, and a noise in it that is no speech.
  const auto weighted = powers({{3, -30}, {30, -90}, {1, -3}, {29, -90}, {3, -20}});
  const auto found = loudness_jump(weighted, {{0, 3'000}, {63'000, 66'000}});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->at_ms, 63'000);
  EXPECT_NEAR(found->db, 10.0, 0.001);
}

TEST(LoudnessJump, ALouderWordIsNotOne) {
  // Half a second 12 dB above: (2.5 + 0.5 · 15.85) / 3 = 3.47 times as loud, 5.4 dB.
  std::vector<float> weighted = powers({{9, -30}});
  for (std::size_t i = 225; i < 250; ++i) weighted[i] = static_cast<float>(std::pow(10, -1.8));
  EXPECT_NEAR(loudness_jump(weighted, {{0, 9'000}})->db, 5.4, 0.1);
}

TEST(LoudnessJump, IsNoneWhereNothingRisesOrTooLittleIsSaid) {
  EXPECT_FALSE(loudness_jump(powers({{10, -20}}), {{0, 10'000}}).has_value());
  EXPECT_FALSE(loudness_jump(powers({{5, -20}, {5, -30}}), {{0, 10'000}}).has_value()) << "it falls";
  EXPECT_FALSE(loudness_jump(powers({{3, -30}, {3, -20}}), {{0, 5'980}}).has_value()) << "a frame short of six seconds";
  EXPECT_TRUE(loudness_jump(powers({{3, -30}, {3, -20}}), {{0, 6'000}}).has_value());
  EXPECT_FALSE(loudness_jump({}, {{0, 10'000}}).has_value());
}

}  // namespace
}  // namespace zh::audio
