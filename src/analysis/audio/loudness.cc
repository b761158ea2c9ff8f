#include "analysis/audio/loudness.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "analysis/audio/leg.h"

namespace zh::audio {

namespace {

// The frames that lie within speech, as numbers of `weighted`.
std::vector<std::size_t> frames_of(const Spans& speech, std::size_t frames) {
  std::vector<std::size_t> list;
  for (const Span& span : speech) {
    const auto until = std::min(frames, static_cast<std::size_t>(span.end_ms / kFrameMs));
    for (auto i = static_cast<std::size_t>(span.start_ms / kFrameMs); i < until; ++i) list.push_back(i);
  }
  return list;
}

}  // namespace

std::optional<double> integrated_loudness(std::span<const float> weighted) {
  constexpr std::size_t kBlock = 400 / kFrameMs;
  constexpr std::size_t kStep = 100 / kFrameMs;
  const auto loudness = [](double power) { return -0.691 + 10.0 * std::log10(power); };
  std::vector<double> powers;
  for (std::size_t at = 0; at + kBlock <= weighted.size(); at += kStep) {
    const auto part = weighted.subspan(at, kBlock);
    const double power = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(kBlock);
    if (power > 0 && loudness(power) > -70.0) powers.push_back(power);
  }
  if (powers.empty()) return std::nullopt;
  const double gate = std::accumulate(powers.begin(), powers.end(), 0.0) / static_cast<double>(powers.size()) / 10.0;
  std::erase_if(powers, [&](double power) { return power <= gate; });
  return loudness(std::accumulate(powers.begin(), powers.end(), 0.0) / static_cast<double>(powers.size()));
}

std::optional<LoudnessJump> loudness_jump(std::span<const float> weighted, const Spans& speech) {
  constexpr std::size_t kLook = kJumpSpeechMs / kFrameMs;
  const std::vector<std::size_t> frames = frames_of(speech, weighted.size());
  std::vector<double> sums{0.0};  // of the power of so many frames of speech
  sums.reserve(frames.size() + 1);
  for (const std::size_t frame : frames) sums.push_back(sums.back() + double{weighted[frame]});
  std::optional<LoudnessJump> largest;
  for (std::size_t i = kLook; i + kLook <= frames.size(); ++i) {
    const double before = sums[i] - sums[i - kLook];
    const double after = sums[i + kLook] - sums[i];
    if (before <= 0) continue;
    const double db = 10.0 * std::log10(after / before);
    if (db < kJumpMinDb || (largest && db <= largest->db)) continue;
    largest = {static_cast<std::int64_t>(frames[i]) * kFrameMs, db};
  }
  return largest;
}

}  // namespace zh::audio
