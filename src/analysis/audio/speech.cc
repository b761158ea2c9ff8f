#include "analysis/audio/speech.h"

#include <algorithm>
#include <array>

#include "analysis/audio/music.h"

namespace zh::audio {

namespace {

constexpr std::size_t kSecond = 1000 / kFrameMs;
constexpr std::size_t kSmooth = 200 / kFrameMs;       // frames whose mean counts as the noise at a place
constexpr std::size_t kReach = 15;                    // seconds on either side that noise is looked for
constexpr int kQuietest = 20 * Level::kStepsPerDb;    // −80 dBFS: below is silence made by machines
constexpr int kContrast = 9 * Level::kStepsPerDb;     // what a voice must stand above its noise
constexpr int kMarginLeast = 6 * Level::kStepsPerDb;  // from the noise to the threshold: 0.3 of the contrast,
constexpr int kMarginMost = 12 * Level::kStepsPerDb;  // within these
constexpr int kVoiceRange = 45 * Level::kStepsPerDb;  // a voice is not softer than this below its strongest
constexpr std::int64_t kHoleMs = 60;                  // shorter holes are part of a loud stretch: two quiet frames
constexpr std::int64_t kClickMs = 80;                 // shorter loud stretches are clicks

using Levels = std::vector<int>;  // one band's steps, frame by frame

// How strong the voice is: the level that one frame in a hundred reaches, but at least 10 frames, and no more than half
// a second of them, for an hour may hold a single word.
int voice_of(const Levels& levels) {
  std::array<std::size_t, Level::kLevels> count{};
  for (const int level : levels) ++count[static_cast<std::size_t>(level)];
  const std::size_t wanted = std::clamp<std::size_t>(levels.size() / 100, 10, kSecond / 2);
  std::size_t reached = 0;
  for (std::size_t level = count.size(); level-- > 0;) {
    reached += count[level];
    if (reached >= wanted) return static_cast<int>(level);
  }
  return 0;
}

// For each second the quietest mean of kSmooth neighbours that begins in it; `machine_silence` says whether stretches
// below kQuietest count.
Levels quietest_by_second(const Levels& levels, bool machine_silence) {
  Levels quietest(levels.size() / kSecond + 1, static_cast<int>(Level::kLevels));
  int sum = 0;
  std::size_t voiced = 0;  // of the last kSmooth frames, those that are not machine silence
  for (std::size_t i = 0; i < levels.size(); ++i) {
    sum += levels[i];
    voiced += levels[i] > kQuietest;
    if (i >= kSmooth) {
      sum -= levels[i - kSmooth];
      voiced -= levels[i - kSmooth] > kQuietest;
    }
    if (i + 1 < kSmooth || (!machine_silence && voiced < kSmooth)) continue;
    int& second = quietest[(i + 1 - kSmooth) / kSecond];
    second = std::min(second, sum / static_cast<int>(kSmooth));
  }
  return quietest;
}

Levels noise_by_second(const Levels& levels, bool machine_silence) {
  const Levels quietest = quietest_by_second(levels, machine_silence);
  Levels noise(quietest.size());
  for (std::size_t second = 0; second < noise.size(); ++second) {
    const auto from = quietest.begin() + static_cast<std::ptrdiff_t>(second - std::min(second, kReach));
    const auto to = quietest.begin() + static_cast<std::ptrdiff_t>(std::min(second + kReach + 1, quietest.size()));
    noise[second] = std::max(*std::min_element(from, to), kQuietest);
  }
  return noise;
}

// What one second's frames are compared with.
struct Threshold {
  int begin = static_cast<int>(Level::kLevels);  // a frame above it is loud …
  int go_on = static_cast<int>(Level::kLevels);  // … and so are its neighbours above this
};

std::vector<Threshold> thresholds(const Levels& levels) {
  const int voice = voice_of(levels);
  const Levels around = noise_by_second(levels, false);
  const Levels everywhere = noise_by_second(levels, true);
  std::vector<Threshold> result(around.size());
  for (std::size_t second = 0; second < result.size(); ++second) {
    // Between stretches of machine silence a voice may leave no noise to be seen: then that silence is the noise.
    const int noise = voice - around[second] >= kContrast ? around[second] : everywhere[second];
    if (voice - noise < kContrast) continue;
    const int margin = std::clamp((voice - noise) * 3 / 10, kMarginLeast, kMarginMost);
    result[second] = {.begin = std::max(noise + margin, voice - kVoiceRange),
                      .go_on = std::max(noise + margin / 2, voice - kVoiceRange)};
  }
  return result;
}

void mark_loud(const Levels& levels, std::vector<bool>& loud) {
  const std::vector<Threshold> threshold = thresholds(levels);
  const auto goes_on = [&](std::size_t i) { return levels[i] > threshold[i / kSecond].go_on; };
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] <= threshold[i / kSecond].begin) continue;
    std::size_t begin = i;
    while (begin > 0 && goes_on(begin - 1)) --begin;
    while (i + 1 < levels.size() && goes_on(i + 1)) ++i;
    std::fill(loud.begin() + static_cast<std::ptrdiff_t>(begin), loud.begin() + static_cast<std::ptrdiff_t>(i + 1),
              true);
  }
}

Levels band(const LegSound& leg, Level Frame::* which) {
  Levels levels(leg.frames.size());
  std::transform(leg.frames.begin(), leg.frames.end(), levels.begin(),
                 [&](const Frame& frame) { return (frame.*which).steps(); });
  return levels;
}

Spans stretches(const std::vector<bool>& loud, std::int64_t end_ms) {
  Spans spans;
  for (std::size_t i = 0; i < loud.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i) * kFrameMs;
    if (loud[i]) spans.push_back({at, std::min(at + kFrameMs, end_ms)});
  }
  std::erase_if(spans, [](const Span& span) { return span.length_ms() <= 0; });
  return bridged(spans, kHoleMs);
}

}  // namespace

Heard listen_to(const LegSound& leg) {
  std::vector<bool> loud(leg.frames.size());
  mark_loud(band(leg, &Frame::low), loud);
  mark_loud(band(leg, &Frame::high), loud);
  Heard heard;
  const Spans sound = stretches(loud, leg.duration_ms);
  heard.music = find_music(leg.frames, sound);
  heard.speech = intersection(sound, gaps(heard.music, leg.duration_ms));
  std::erase_if(heard.speech, [](const Span& span) { return span.length_ms() < kClickMs; });
  heard.speech = bridged(heard.speech, kPauseMs);
  return heard;
}

}  // namespace zh::audio
