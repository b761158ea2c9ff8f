// Gives up everything a decoder does not need, for good: what is read afterwards may take the decoder over, but not
// leave it. After the call the process can
//   read descriptor 0 · write descriptors 1 and 2 · ask for memory up to kMemoryBytes · compute for kCpuSeconds · end
// and nothing else: no files, no network, no other processes, no new code, no new privileges. Opening a file fails as
// forbidden; any other system call ends the process at once.
#pragma once

#include <cstdint>

namespace zh::audio {

inline constexpr std::uint64_t kMemoryBytes = std::uint64_t{256} << 20;  // writable memory of its own
inline constexpr std::uint64_t kCpuSeconds = 600;                        // 12 h of Opus take about 90

// False where the kernel refuses a part of it: then nothing may be decoded.
bool enter_sandbox();

}  // namespace zh::audio
