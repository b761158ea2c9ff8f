// How loud a leg is, and how suddenly it becomes louder: ITU-R BS.1770-4 as one channel, from the K-weighted power of
// each 20 ms (`weighted`). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "analysis/audio/span.h"

namespace zh::audio {

// The gated mean: blocks of 400 ms every 100 ms, those below −70 LUFS left out, then those more than 10 below the mean
// of the rest. In LUFS; nothing where all is below −70.
std::optional<double> integrated_loudness(std::span<const float> weighted);

// As long as short-term loudness looks (EBU Tech 3341): a louder word is emphasis, three louder seconds are a tone.
inline constexpr std::int64_t kJumpSpeechMs = 3'000;

inline constexpr double kJumpMinDb = 1.0;  // a smaller one is hardly heard

struct LoudnessJump {
  std::int64_t at_ms = 0;
  double db = 0;  // kJumpMinDb and more
  friend bool operator==(const LoudnessJump&, const LoudnessJump&) = default;
};

// The largest rise from kJumpSpeechMs of speech to those that follow; what lies between two stretches of speech is left
// out, however long it is. Nothing where there is less than twice as much speech, or nothing rises as much as that.
std::optional<LoudnessJump> loudness_jump(std::span<const float> weighted, const Spans& speech);

}  // namespace zh::audio
