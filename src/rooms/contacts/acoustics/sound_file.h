// A stored recording, decrypted into memory and open to be decoded. Nothing of it ever lies readable on a disk.
#pragma once

#include <string>
#include <vector>

#include "analysis/audio/decode.h"
#include "vault/contents.h"

namespace zh::contacts {

// So much of a recording is decrypted and measured: nine hours of stereo at 8 kHz and 16 bits, days of anything that is
// compressed. It bounds the memory of one measuring.
inline constexpr std::uint64_t kMeasuredBytes = std::uint64_t{1} << 30;

struct SoundFile {
  audio::Recording recording;
  std::vector<audio::Diagnostic> diagnostics;  // what the store could not give: too_long, damaged
};

// `name` is what messages call it. Bytes from a damaged chunk on are left out. Fails: not_found and unavailable as the
// store does; corrupt when not even its beginning can be read; invalid when there is no audio in it.
Result<SoundFile> open_sound(vault::Contents& contents, const Hash& content, std::string name);

}  // namespace zh::contacts
