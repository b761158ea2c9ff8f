// Where somebody speaks on a leg, told from how its sound stands out of its own noise. The legs of one call can differ
// by 40 dB and each can change on the way, so nothing here is an absolute level.
//
// A frame is loud when either of its bands lies above a threshold between the band's noise – the quietest 200 ms within
// 15 s on either side – and its voice, and stays loud down to half way to the noise. Loud stretches shorter than 80 ms
// are clicks. Pauses inside a turn are bridged: speech is what a listener would call one utterance, from its first
// sound to its last.
#pragma once

#include "analysis/audio/leg.h"
#include "analysis/audio/span.h"

namespace zh::audio {

// Shorter pauses of one leg do not end what it says. Not above kSilenceMs of measures.h, so that no silence is bridged.
inline constexpr std::int64_t kPauseMs = 480;

struct Heard {
  Spans speech;
  Spans music;  // music.h; shares no time with speech
};

Heard listen_to(const LegSound& leg);

}  // namespace zh::audio
