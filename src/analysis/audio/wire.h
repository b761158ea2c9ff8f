// What a decoder writes to its standard output: frames of a head and a body, in the order
//   format, then any number of pcm and note, then end.
// The reader trusts none of it: the decoder may have been taken over by the file it reads. Both run on one machine from
// one build, so numbers travel as they lie in memory.
#pragma once

#include <cstdint>

namespace zh::audio::wire {

enum class Kind : std::uint32_t {
  format = 1,  // body: Format
  pcm = 2,     // body: interleaved signed 16-bit samples, whole frames only
  note = 3,    // body: a DiagnosticCode
  end = 4,     // no body: everything there was has been sent
};

struct Head {
  std::uint32_t kind = 0;
  std::uint32_t size = 0;  // bytes of the body
};

struct Format {
  std::uint32_t rate = 0;      // frames a second
  std::uint32_t channels = 0;  // 1 or 2
};

inline constexpr std::uint32_t kBodyBytes = 1U << 16;  // longest body
inline constexpr std::uint32_t kRateMin = 4'000;
inline constexpr std::uint32_t kRateMax = 192'000;

}  // namespace zh::audio::wire
