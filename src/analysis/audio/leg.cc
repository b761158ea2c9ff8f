#include "analysis/audio/leg.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace zh::audio {

namespace {

constexpr double kFullScale = 32'768.0;
constexpr int kNearFullScale = 32'112;  // 98 %; µ-law's and A-law's largest values lie above it
constexpr std::int64_t kFlatTop = 3;    // equal samples; a pure tone at full scale has no more than two
constexpr double kVoiceFromHz = 100.0;  // below are mains hum and handling
constexpr double kBandsMeetHz = 1'000.0;

}  // namespace

Level Level::of_power(double mean_square) {
  if (!(mean_square > 1e-10)) return Level{};
  const double steps = (10.0 * std::log10(mean_square) - kFloorDb) * kStepsPerDb;
  return Level(static_cast<std::uint8_t>(std::clamp(std::lround(steps), 0L, 255L)));
}

LegMeter::LegMeter(int rate)
    : rate_(rate),
      frame_end_(std::int64_t{rate} * kFrameMs / 1000),
      low_from_(high_pass(kVoiceFromHz, rate)),
      low_to_(low_pass(kBandsMeetHz, rate)),
      high_from_(high_pass(kBandsMeetHz, rate)),
      shelf_(k_weighting_shelf(rate)),
      weighting_(k_weighting_high_pass(rate)) {}

void LegMeter::add(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  find_peaks(block, channel, channels);
  while (!block.empty()) {
    const auto here = std::min(block.size() / channels, static_cast<std::size_t>(frame_end_ - samples_));
    filter(block.first(here * channels), channel, channels);
    block = block.subspan(here * channels);
    samples_ += static_cast<std::int64_t>(here);
    if (samples_ == frame_end_) end_frame();
  }
}

// The inner loop: the filters' memory is held in registers, three independent chains overlap in the processor.
void LegMeter::filter(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  Biquad low_from = low_from_;
  Biquad low_to = low_to_;
  Biquad high_from = high_from_;
  Biquad shelf = shelf_;
  Biquad weighting = weighting_;
  Power power = power_;
  for (std::size_t i = channel; i < block.size(); i += channels) {
    const double x = block[i] * (1.0 / kFullScale);
    const double low = low_to.step(low_from.step(x));
    const double high = high_from.step(x);
    const double weighted = weighting.step(shelf.step(x));
    power.low += low * low;
    power.high += high * high;
    power.weighted += weighted * weighted;
  }
  low_from_ = low_from;
  low_to_ = low_to;
  high_from_ = high_from;
  shelf_ = shelf;
  weighting_ = weighting;
  power_ = power;
}

void LegMeter::find_peaks(std::span<const std::int16_t> block, std::size_t channel, std::size_t channels) {
  int peak = 0;
  for (std::size_t i = channel; i < block.size(); i += channels) peak = std::max(peak, std::abs(int{block[i]}));
  peak_ = std::max(peak_, peak);
  if (peak < kNearFullScale) {
    run_length_ = 0;
    return;
  }
  for (std::size_t i = channel; i < block.size(); i += channels) {
    const int value = block[i];
    run_length_ = value == run_value_ && std::abs(value) >= kNearFullScale ? run_length_ + 1 : 1;
    run_value_ = value;
    if (run_length_ == kFlatTop) clipped_ += kFlatTop;
    if (run_length_ > kFlatTop) ++clipped_;
  }
}

void LegMeter::end_frame() {
  const auto count = static_cast<double>(samples_ - frame_start_);
  frames_.push_back({.low = Level::of_power(power_.low / count), .high = Level::of_power(power_.high / count)});
  weighted_.push_back(static_cast<float>(power_.weighted / count));
  power_ = {};
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
  if (peak_ > 0) sound.peak_dbfs = 20.0 * std::log10(peak_ / kFullScale);
  sound.clipped = clipped_;
  return sound;
}

std::optional<double> integrated_loudness(std::span<const float> weighted) {
  constexpr std::size_t block = 400 / kFrameMs;
  constexpr std::size_t step = 100 / kFrameMs;
  const auto loudness = [](double power) { return -0.691 + 10.0 * std::log10(power); };
  std::vector<double> powers;
  for (std::size_t at = 0; at + block <= weighted.size(); at += step) {
    const auto part = weighted.subspan(at, block);
    const double power = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(block);
    if (power > 0 && loudness(power) > -70.0) powers.push_back(power);
  }
  if (powers.empty()) return std::nullopt;
  const double gate = std::accumulate(powers.begin(), powers.end(), 0.0) / static_cast<double>(powers.size()) / 10.0;
  std::erase_if(powers, [&](double power) { return power <= gate; });
  return loudness(std::accumulate(powers.begin(), powers.end(), 0.0) / static_cast<double>(powers.size()));
}

}  // namespace zh::audio
