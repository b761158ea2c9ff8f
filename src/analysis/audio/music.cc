#include "analysis/audio/music.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace zh::audio {

namespace {

constexpr std::size_t kWindow = 2000 / kFrameMs;
constexpr std::size_t kLoudLeast = kWindow * 95 / 100;
constexpr std::size_t kTenth = 100 / kFrameMs;
constexpr int kStepMost = 9 * Level::kStepsPerDb / 5;  // mean change in 20 ms: 1.8 dB
constexpr int kMoveLeast = Level::kStepsPerDb;         // mean change in 100 ms: 1 dB …
constexpr int kMoveToStep = 7;                         // … and 1.4 times (7 to 5) the change in 20 ms
constexpr int kStepToMove = 5;
constexpr std::int64_t kMusicLeastMs = 6'000;
constexpr std::int64_t kEdgeMs = 1'000;  // of a loud stretch that is music up to there

// sums[i] = what `value` gives for all frames before i.
std::vector<int> running_sums(std::size_t count, const std::function<int(std::size_t)>& value) {
  std::vector<int> sums(count + 1);
  for (std::size_t i = 0; i < count; ++i) sums[i + 1] = sums[i] + value(i);
  return sums;
}

std::vector<bool> frames_within(const Spans& spans, std::size_t count) {
  std::vector<bool> within(count);
  for (const Span& span : spans) {
    const auto end = std::min(count, static_cast<std::size_t>(span.end_ms / kFrameMs));
    for (auto i = static_cast<std::size_t>(span.start_ms / kFrameMs); i < end; ++i) within[i] = true;
  }
  return within;
}

// The windows of two seconds that sound like music, those that overlap joined.
Spans steady_stretches(std::span<const Frame> frames, const std::vector<bool>& loud) {
  const auto change = [&](std::size_t i, std::size_t back) {
    return i < back ? 0 : std::abs(frames[i].low.steps() - frames[i - back].low.steps());
  };
  const auto loud_before = running_sums(frames.size(), [&](std::size_t i) { return loud[i] ? 1 : 0; });
  const auto steps = running_sums(frames.size(), [&](std::size_t i) { return change(i, 1); });
  const auto moves = running_sums(frames.size(), [&](std::size_t i) { return change(i, kTenth); });
  constexpr int window = kWindow;
  Spans found;
  for (std::size_t end = kWindow; end <= frames.size(); ++end) {
    const std::size_t begin = end - kWindow;
    const int step = steps[end] - steps[begin];
    const int move = moves[end] - moves[begin];
    if (loud_before[end] - loud_before[begin] < static_cast<int>(kLoudLeast)) continue;
    if (step > kStepMost * window || move < kMoveLeast * window || kStepToMove * move < kMoveToStep * step) continue;
    found.push_back({static_cast<std::int64_t>(begin) * kFrameMs, static_cast<std::int64_t>(end) * kFrameMs});
  }
  return bridged(found, 1);
}

// The ends of music are moved to the ends of the loud stretches they lie in, where those are near.
void reach_for_edges(Span& music, const Spans& loud) {
  const Span heard = music;
  for (const Span& stretch : loud) {
    if (stretch.end_ms <= heard.start_ms || stretch.start_ms >= heard.end_ms) continue;
    if (heard.start_ms - stretch.start_ms <= kEdgeMs) music.start_ms = std::min(music.start_ms, stretch.start_ms);
    if (stretch.end_ms - heard.end_ms <= kEdgeMs) music.end_ms = std::max(music.end_ms, stretch.end_ms);
  }
}

}  // namespace

Spans find_music(std::span<const Frame> frames, const Spans& loud) {
  Spans found = steady_stretches(frames, frames_within(loud, frames.size()));
  std::erase_if(found, [](const Span& span) { return span.length_ms() < kMusicLeastMs; });
  for (Span& span : found) reach_for_edges(span, loud);
  return bridged(found, 1);
}

}  // namespace zh::audio
