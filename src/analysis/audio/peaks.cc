#include "analysis/audio/peaks.h"

#include <algorithm>

namespace zh::audio {

namespace {

constexpr int kFirstSliceMs = 20;

// The upper byte, rounded down: the lowest sample is never drawn too high.
std::int8_t drawn(std::int16_t sample) { return static_cast<std::int8_t>(sample >> 8); }

}  // namespace

Peaks coarser(const Peaks& peaks, std::size_t slices) {
  const std::size_t merged = std::max<std::size_t>(1, (peaks.slices() + slices - 1) / slices);
  Peaks result{.slice_ms = peaks.slice_ms * static_cast<int>(merged), .channels = peaks.channels, .values = {}};
  for (std::size_t begin = 0; begin < peaks.slices(); begin += merged) {
    const std::size_t end = std::min(begin + merged, peaks.slices());
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(peaks.channels); ++channel) {
      int low = peaks.low(channel, begin);
      int high = peaks.high(channel, begin);
      for (std::size_t slice = begin + 1; slice < end; ++slice) {
        low = std::min(low, peaks.low(channel, slice));
        high = std::max(high, peaks.high(channel, slice));
      }
      result.values.push_back(static_cast<std::int8_t>(low));
      result.values.push_back(static_cast<std::int8_t>(high));
    }
  }
  return result;
}

Waveform::Waveform(int rate, int channels) : rate_(rate) {
  peaks_.slice_ms = kFirstSliceMs;
  peaks_.channels = channels;
  slice_end_ = std::int64_t{rate} * kFirstSliceMs / 1000;
}

void Waveform::add(std::span<const std::int16_t> samples) {
  const auto channels = static_cast<std::size_t>(peaks_.channels);
  while (!samples.empty()) {
    const auto here = std::min(samples.size() / channels, static_cast<std::size_t>(slice_end_ - frames_));
    for (std::size_t channel = 0; channel < channels; ++channel) {
      std::int16_t low = low_[channel];
      std::int16_t high = high_[channel];
      for (std::size_t i = channel; i < here * channels; i += channels) {
        low = std::min(low, samples[i]);
        high = std::max(high, samples[i]);
      }
      low_[channel] = low;
      high_[channel] = high;
    }
    samples = samples.subspan(here * channels);
    frames_ += static_cast<std::int64_t>(here);
    begun_ = true;
    if (frames_ == slice_end_) end_slice();
  }
}

void Waveform::end_slice() {
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(peaks_.channels); ++channel) {
    peaks_.values.push_back(drawn(low_[channel]));
    peaks_.values.push_back(drawn(high_[channel]));
    low_[channel] = high_[channel] = 0;
  }
  begun_ = false;
  if (peaks_.slices() == kSlices) merge_neighbours();
  slice_end_ = static_cast<std::int64_t>(peaks_.slices() + 1) * rate_ * peaks_.slice_ms / 1000;
}

void Waveform::merge_neighbours() {
  auto& values = peaks_.values;
  const auto width = 2 * static_cast<std::size_t>(peaks_.channels);
  for (std::size_t slice = 0; slice < kSlices / 2; ++slice) {
    for (std::size_t i = 0; i < width; i += 2) {
      const std::size_t first = 2 * slice * width + i;
      values[slice * width + i] = std::min(values[first], values[first + width]);
      values[slice * width + i + 1] = std::max(values[first + 1], values[first + width + 1]);
    }
  }
  values.resize(kSlices / 2 * width);
  peaks_.slice_ms *= 2;
}

Peaks Waveform::finish() {
  if (begun_) end_slice();
  return std::move(peaks_);
}

}  // namespace zh::audio
