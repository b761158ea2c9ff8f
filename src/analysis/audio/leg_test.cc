#include "analysis/audio/leg.h"

#include <gtest/gtest.h>

#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

using testing_support::SyntheticLeg;

LegSound sound_of(const std::vector<std::int16_t>& samples, int rate = 8000) {
  LegMeter meter(rate);
  meter.add(samples, 0, 1);
  return meter.finish();
}

TEST(Level, IsHalfDecibelsAboveMinusHundred) {
  EXPECT_EQ(Level::of_power(1.0).db(), 0.0);
  EXPECT_EQ(Level::of_power(1e-6).db(), -60.0);
  EXPECT_EQ(Level::of_power(2e-6).db(), -57.0);
  EXPECT_EQ(Level::of_power(0.0).db(), -100.0);
  EXPECT_EQ(Level::of_power(1e30).steps(), 255);
}

TEST(LegMeter, FindsThePeak) {
  EXPECT_FALSE(sound_of({0, 0, 0}).peak_dbfs.has_value());
  EXPECT_DOUBLE_EQ(*sound_of({0, 1, -32'768}).peak_dbfs, 0.0);
  EXPECT_NEAR(*sound_of({0, 16'384, 5}).peak_dbfs, -6.02, 0.01);
}

TEST(LegMeter, CountsTheSamplesOfFlatTops) {
  EXPECT_EQ(sound_of({32'767, 32'767, 0}).clipped, 0) << "two equal samples are the top of a wave";
  EXPECT_EQ(sound_of({32'767, 32'767, 32'767, 0}).clipped, 3);
  EXPECT_EQ(sound_of({-32'768, -32'768, -32'768, -32'768, 0, 32'124, 32'124, 32'124}).clipped, 7) << "µ-law's top";
  EXPECT_EQ(sound_of({32'000, 32'000, 32'000, 32'000}).clipped, 0) << "2 % below full scale is loud, not clipped";
  EXPECT_EQ(sound_of(SyntheticLeg(1000).tone(0, 1000, -3.02, 100).pcm()).clipped, 0) << "a tone just at full scale";
  EXPECT_GT(sound_of(SyntheticLeg(1000).tone(0, 1000, 3, 100).pcm()).clipped, 1000);
}

TEST(LegMeter, IsTheSameHoweverTheSamplesCome) {
  const auto samples = SyntheticLeg(1234, 11'025).speech(0, 1234, -10).noise(-50).pcm();
  const LegSound whole = sound_of(samples, 11'025);
  LegMeter meter(11'025);
  const auto stereo = testing_support::interleaved(std::vector<std::int16_t>(samples.size(), 9), samples);
  for (std::size_t at = 0; at < stereo.size(); at += 2 * 97) {
    meter.add(std::span(stereo).subspan(at, std::min<std::size_t>(2 * 97, stereo.size() - at)), 1, 2);
  }
  const LegSound pieces = meter.finish();
  EXPECT_EQ(pieces.duration_ms, 1233);  // the sample that would complete the millisecond is missing
  EXPECT_EQ(pieces.loudness_lufs, whole.loudness_lufs);
  EXPECT_EQ(pieces.peak_dbfs, whole.peak_dbfs);
  ASSERT_EQ(pieces.frames.size(), 62U);
  for (std::size_t i = 0; i < pieces.frames.size(); ++i) {
    EXPECT_EQ(pieces.frames[i].low, whole.frames[i].low);
    EXPECT_EQ(pieces.frames[i].high, whole.frames[i].high);
  }
}

TEST(LegMeter, SplitsAtAThousandHertz) {
  const LegSound low = sound_of(SyntheticLeg(1000).tone(0, 1000, -20, 400).pcm());
  EXPECT_NEAR(low.frames[25].low.db(), -20, 1);
  EXPECT_LT(low.frames[25].high.db(), -30);
  const LegSound high = sound_of(SyntheticLeg(1000).tone(0, 1000, -20, 2500).pcm());
  EXPECT_NEAR(high.frames[25].high.db(), -20, 1);
  EXPECT_LT(high.frames[25].low.db(), -30);
  EXPECT_LT(sound_of(SyntheticLeg(1000).tone(0, 1000, -20, 50).pcm()).frames[25].low.db(), -30) << "mains hum";
}

}  // namespace
}  // namespace zh::audio
