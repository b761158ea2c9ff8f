// A leg of a recording as a file of its own, in memory: 16 bits, one channel, at the recording's own rate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/audio/decode.h"

namespace zh::recognition {

struct Voice {
  std::string wav = {};
  std::int64_t duration_ms = 0;
};

// So much of a leg is recognised: it bounds the memory, half a gigabyte for both legs at 8 kHz.
inline constexpr std::int64_t kVoiceMs = std::int64_t{4} * 3600 * 1000;

// One voice per channel of the recording, read to its end or to kVoiceMs.
std::vector<Voice> read_voices(audio::Recording& recording);

// The WAV file around such samples.
std::string wav_file(const std::string& samples, int rate);

}  // namespace zh::recognition
