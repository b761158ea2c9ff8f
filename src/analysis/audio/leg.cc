#include "analysis/audio/leg.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "analysis/audio/loudness.h"

namespace zh::audio {

namespace {

constexpr float kFullScale = 32'768.0F;
constexpr int kNearFullScale = 32'112;  // 98 %; µ-law's and A-law's largest values lie above it
constexpr std::int64_t kFlatTop = 3;    // equal samples; a pure tone at full scale has no more than two
constexpr double kVoiceFromHz = 100.0;  // below are mains hum and handling
constexpr double kBandsMeetHz = 1'000.0;

enum Lane { kLow = 0, kHigh = 1, kWeighted = 2, kPlain = 3 };

}  // namespace

Level Level::of_power(double mean_square) {
  if (!(mean_square > 1e-10)) return Level{};
  const double steps = (10.0 * std::log10(mean_square) - kFloorDb) * kStepsPerDb;
  return Level(static_cast<std::uint8_t>(std::clamp(std::lround(steps), 0L, 255L)));
}

LegMeter::LegMeter(int rate)
    : rate_(rate),
      frame_end_(std::int64_t{rate} * kFrameMs / 1000),
      first_({high_pass(kVoiceFromHz, rate), high_pass(kBandsMeetHz, rate), k_weighting_shelf(rate), all_pass()}),
      second_({low_pass(kBandsMeetHz, rate), all_pass(), k_weighting_high_pass(rate), all_pass()}) {}

void LegMeter::add(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  const auto whole = block;
  highest_ = Lanes{};
  while (!block.empty()) {
    const auto here = std::min(block.size() / channels, static_cast<std::size_t>(frame_end_ - samples_));
    filter(block.first(here * channels), channel, channels);
    block = block.subspan(here * channels);
    samples_ += static_cast<std::int64_t>(here);
    if (samples_ == frame_end_) end_frame();
  }
  const float peak = std::sqrt(highest_[kPlain]);
  peak_ = std::max(peak_, peak);
  if (peak * kFullScale >= kNearFullScale) {
    count_flat_tops(whole, channel, channels);
  } else {
    run_length_ = 0;
  }
}

// The inner loop. The banks are copied so that their memory stays in registers.
void LegMeter::filter(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  FilterBank first = first_;
  FilterBank second = second_;
  Lanes power = power_;
  Lanes highest = highest_;
  for (std::size_t i = channel; i < block.size(); i += channels) {
    const float x = static_cast<float>(block[i]) * (1.0F / kFullScale);
    const Lanes y = second.step(first.step(Lanes{x, x, x, x}));
    const Lanes square = y * y;
    power += square;
    highest = square > highest ? square : highest;
  }
  first_ = first;
  second_ = second;
  power_ = power;
  highest_ = highest;
}

void LegMeter::count_flat_tops(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  for (std::size_t i = channel; i < block.size(); i += channels) {
    const int value = block[i];
    run_length_ = value == run_value_ && std::abs(value) >= kNearFullScale ? run_length_ + 1 : 1;
    run_value_ = value;
    if (run_length_ == kFlatTop) clipped_ += kFlatTop;
    if (run_length_ > kFlatTop) ++clipped_;
  }
}

void LegMeter::end_frame() {
  const Lanes mean = power_ / static_cast<float>(samples_ - frame_start_);
  frames_.push_back({.low = Level::of_power(mean[kLow]), .high = Level::of_power(mean[kHigh])});
  weighted_.push_back(mean[kWeighted]);
  power_ = Lanes{};
  frame_start_ = samples_;
  // By multiplication from the start, so that 11,025 Hz does not drift.
  frame_end_ = static_cast<std::int64_t>(frames_.size() + 1) * rate_ * kFrameMs / 1000;
}

LegSound LegMeter::finish() {
  if (samples_ > frame_start_) end_frame();
  LegSound sound;
  sound.duration_ms = samples_ * 1000 / rate_;
  sound.frames = std::move(frames_);
  sound.loudness_lufs = integrated_loudness(weighted_);
  sound.weighted = std::move(weighted_);
  if (peak_ > 0) sound.peak_dbfs = 20.0 * std::log10(double{peak_});
  sound.clipped = clipped_;
  return sound;
}

}  // namespace zh::audio
