// One leg of a call as it streams past: how loud each 20 ms were, loudness, peak, clipping. What is kept of an hour is
// a megabyte.
//
//   LegMeter meter(rate);
//   meter.add(block, 0, 2);                // the left channel of two
//   const LegSound customer = meter.finish();
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/audio/biquad.h"

namespace zh::audio {

inline constexpr int kFrameMs = 20;

// Power as a small number: half decibels above −100 dBFS, 0 for that and less, 200 for full scale.
class Level {
 public:
  static constexpr double kFloorDb = -100.0;
  static constexpr int kStepsPerDb = 2;
  static constexpr std::size_t kLevels = 256;

  Level() = default;
  explicit Level(std::uint8_t steps) : steps_(steps) {}
  // Of a mean square, 1 = full scale.
  static Level of_power(double mean_square);
  std::uint8_t steps() const { return steps_; }
  double db() const { return kFloorDb + static_cast<double>(steps_) / kStepsPerDb; }
  friend auto operator<=>(const Level&, const Level&) = default;

 private:
  std::uint8_t steps_ = 0;
};

// 20 ms in two bands: where the voice's strength lies, and above, where its hissing sounds are.
struct Frame {
  Level low;   // 100–1,000 Hz
  Level high;  // above
};

struct LegSound {
  std::int64_t duration_ms = 0;
  std::vector<Frame> frames;            // the last may be cut short
  std::optional<double> loudness_lufs;  // integrated, ITU-R BS.1770-4, as one channel; nothing where all is below −70
  std::optional<double> peak_dbfs;      // largest sample; nothing where all samples are 0
  std::int64_t clipped = 0;             // samples in flat tops: three or more equal ones within 2 % of full scale
  std::vector<float> weighted;          // K-weighted power of each frame (loudness.h)
};

class LegMeter {
 public:
  // Requires 4,000 ≤ rate ≤ 192,000.
  explicit LegMeter(int rate);
  // The samples of one channel of an interleaved block of whole frames.
  void add(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels);
  LegSound finish();

 private:
  void filter(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels);
  void count_flat_tops(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels);
  void end_frame();

  int rate_;
  std::int64_t samples_ = 0;
  std::int64_t frame_start_ = 0;
  std::int64_t frame_end_ = 0;  // first sample after the frame at hand
  // Lanes: low band, high band, K-weighted, the samples as they are. Each passes both banks.
  FilterBank first_;
  FilterBank second_;
  Lanes power_{};    // sums of squares of the frame at hand
  Lanes highest_{};  // largest squares of the block at hand
  std::vector<Frame> frames_;
  std::vector<float> weighted_;  // mean K-weighted power of each frame
  float peak_ = 0;               // 1 = full scale
  int run_value_ = 0;
  std::int64_t run_length_ = 0;
  std::int64_t clipped_ = 0;
};

}  // namespace zh::audio
