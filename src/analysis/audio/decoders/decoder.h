// What the two decoders have in common. They run in a process of their own (decode_main.cc) behind a sandbox, on bytes
// that nobody vouches for; they tell what they find to a Sink and never say why something cannot be read.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "analysis/audio/diagnostic.h"
#include "analysis/audio/wire.h"

namespace zh::audio {

// Bytes at rest: a regular file or a memory file.
struct Media {
  int descriptor = -1;
  std::int64_t size = 0;
  std::string headerless;  // extension of a format without a header, else empty
};

class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  // Once, before any samples; rate and channels within wire.h's bounds.
  virtual void format(const wire::Format& format) = 0;
  // Whole frames, interleaved. False = enough, nobody is listening any more.
  virtual bool pcm(std::span<const std::int16_t> samples) = 0;
  virtual void note(DiagnosticCode code) = 0;
};

// Decodes all there is. Without a call of format() the media are none that the library knows.
void decode_with_sndfile(const Media& media, Sink& sink);
void decode_with_ffmpeg(const Media& media, Sink& sink);

// Bytes of the media at `position` into `room`; how many, 0 at the end and where reading fails.
std::int64_t read_at(const Media& media, std::int64_t position, std::span<std::uint8_t> room);
// Where a seek leads: from the beginning, the position or the end; −1 where that is outside of the media.
std::int64_t seek_to(const Media& media, std::int64_t position, std::int64_t offset, int whence);

}  // namespace zh::audio
