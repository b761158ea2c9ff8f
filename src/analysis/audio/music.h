// Music on a leg: what a telephone system plays while somebody waits or is on hold. It is neither speech nor silence.
//
// Music goes on: 6 s and more without a pause, in which its strength changes little from one 20 ms to the next (speech
// jumps by 5 dB and more) and yet moves within a tenth of a second (a tone or a hiss does not). Tunes with a hard beat
// are not recognised and count as speech.
#pragma once

#include <span>

#include "analysis/audio/leg.h"
#include "analysis/audio/span.h"

namespace zh::audio {

// `loud`: where the leg stands out of its noise.
Spans find_music(std::span<const Frame> frames, const Spans& loud);

}  // namespace zh::audio
