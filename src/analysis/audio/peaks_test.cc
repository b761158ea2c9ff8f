#include "analysis/audio/peaks.h"

#include <gtest/gtest.h>

namespace zh::audio {
namespace {

TEST(Waveform, HasTheLowestAndHighestSampleOfEachSlice) {
  // At 4,000 frames a second a slice of 20 ms is 80 frames; the third has begun only.
  std::vector<std::int16_t> samples(2 * 170, 0);
  samples[2 * 79] = 32'767;       // last of the first slice, left
  samples[2 * 80 + 1] = -32'768;  // first of the second, right
  samples[2 * 169] = 256;         // last of all, left
  Waveform waveform(4000, 2);
  waveform.add(samples);
  const Peaks peaks = waveform.finish();
  EXPECT_EQ(peaks.slice_ms, 20);
  ASSERT_EQ(peaks.slices(), 3U);
  EXPECT_EQ(peaks.high(0, 0), 127);
  EXPECT_EQ(peaks.low(0, 0), 0);
  EXPECT_EQ(peaks.low(1, 0), 0);
  EXPECT_EQ(peaks.low(1, 1), -128);
  EXPECT_EQ(peaks.high(0, 1), 0);
  EXPECT_EQ(peaks.high(0, 2), 1);
}

TEST(Waveform, IsTheSameHoweverTheSamplesCome) {
  std::vector<std::int16_t> samples;
  for (int i = 0; i < 11'025; ++i) samples.push_back(static_cast<std::int16_t>(i * 7919));
  Waveform whole(11'025, 1);
  whole.add(samples);
  Waveform pieces(11'025, 1);
  for (std::size_t at = 0; at < samples.size(); at += 61) {
    pieces.add(std::span(samples).subspan(at, std::min<std::size_t>(61, samples.size() - at)));
  }
  const Peaks peaks = whole.finish();
  EXPECT_EQ(peaks.slices(), 50U);  // one second, though 220.5 frames do not divide
  EXPECT_EQ(pieces.finish(), peaks);
}

TEST(Waveform, MergesNeighboursWhenThereAreTooMany) {
  Waveform waveform(4000, 1);
  const auto slices = static_cast<int>(Waveform::kSlices);
  for (int slice = 0; slice < slices + 2; ++slice) {
    waveform.add(std::vector<std::int16_t>(80, static_cast<std::int16_t>(slice % 2 == 0 ? 512 : -512)));
  }
  const Peaks peaks = waveform.finish();
  EXPECT_EQ(peaks.slice_ms, 40);
  ASSERT_EQ(peaks.slices(), Waveform::kSlices / 2 + 1);
  for (const std::size_t slice : {std::size_t{0}, Waveform::kSlices / 2}) {
    EXPECT_EQ(peaks.low(0, slice), -2);
    EXPECT_EQ(peaks.high(0, slice), 2);
  }
}

TEST(Coarser, KeepsTheExtremesOfWhatItMerges) {
  // Five slices of two channels into at most two: three slices and the rest.
  const Peaks fine{
      .slice_ms = 20, .channels = 2, .values = {-1, 1, 0, 0, -5, 2, 0, 9, -2, 7, 0, 0, 0, 3, -8, 0, -4, 0, 0, 1}};
  const Peaks coarse = coarser(fine, 2);
  EXPECT_EQ(coarse.slice_ms, 60);
  EXPECT_EQ(coarse.values, (std::vector<std::int8_t>{-5, 7, 0, 9, -4, 3, -8, 1}));
  EXPECT_EQ(coarser(fine, 5), fine);
  EXPECT_EQ(coarser(fine, 1000), fine);
  EXPECT_EQ(coarser(Peaks{}, 10), Peaks{});
}

}  // namespace
}  // namespace zh::audio
