// A waveform to draw: the lowest and highest sample of each channel in equal slices of time, few enough for a player
// whatever the length. Memory is bounded: when the slices are too many, neighbours are merged and slices last twice as
// long.
//
//   Waveform waveform(rate, channels);
//   waveform.add(block);                        // as often as Recording::next() gives one
//   const Peaks peaks = waveform.finish();      // peaks.low(1, 40): right channel, slice 40
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zh::audio {

struct Peaks {
  int slice_ms = 20;  // 20, 40, 80, …
  int channels = 1;
  std::vector<std::int8_t> values;  // slice by slice, channel by channel: lowest, highest; −128…127 is full scale

  std::size_t slices() const { return values.size() / (2 * static_cast<std::size_t>(channels)); }
  int low(std::size_t channel, std::size_t slice) const { return values[index(channel, slice)]; }
  int high(std::size_t channel, std::size_t slice) const { return values[index(channel, slice) + 1]; }
  friend bool operator==(const Peaks&, const Peaks&) = default;

 private:
  std::size_t index(std::size_t channel, std::size_t slice) const {
    return 2 * (slice * static_cast<std::size_t>(channels) + channel);
  }
};

// The same in at most so many slices, whole numbers of the old ones each. Requires slices > 0.
Peaks coarser(const Peaks& peaks, std::size_t slices);

class Waveform {
 public:
  static constexpr std::size_t kSlices = 16'384;  // a result has fewer: 5 min 27 s in slices of 20 ms, 12 h of 5.12 s

  // Requires a rate of at least 4,000 frames a second and 1 or 2 channels.
  Waveform(int rate, int channels);
  // Whole frames, interleaved.
  void add(std::span<const std::int16_t> samples);
  // The slice that has begun counts as a slice.
  Peaks finish();

 private:
  void end_slice();
  void merge_neighbours();

  int rate_;
  Peaks peaks_;
  std::int64_t frames_ = 0;
  std::int64_t slice_end_ = 0;  // first frame after the slice at hand
  bool begun_ = false;          // it has samples
  std::array<std::int16_t, 2> low_{};
  std::array<std::int16_t, 2> high_{};
};

}  // namespace zh::audio
