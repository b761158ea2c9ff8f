// A decoder at work: the process and the pipe it writes to. Used by decode.cc only.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "base/source.h"

namespace zh::audio {

// Owns a file descriptor; −1 = none.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }

 private:
  int number_;
};

class DecoderProcess final : public ByteSource {
 public:
  enum class Library { sndfile, ffmpeg };

  // Starts zhiheng-decode-<library>, found beside the running program, on the media file, which it reads from its
  // beginning; `format` names a format without a header, else empty. Fails (unavailable) where it cannot be started.
  static Result<std::unique_ptr<DecoderProcess>> start(Library library, int media, const std::string& format,
                                                       std::chrono::milliseconds patience);
  ~DecoderProcess() override;  // kills and reaps it

  // What it writes; the end is its closing its output, be it by ending or by dying. Fails (unavailable) when nothing
  // comes within `patience`.
  Result<std::size_t> read(std::span<char> room) override;

 private:
  DecoderProcess(pid_t pid, Descriptor output, std::chrono::milliseconds patience)
      : pid_(pid), output_(std::move(output)), patience_(patience) {}

  pid_t pid_;
  Descriptor output_;
  std::chrono::milliseconds patience_;
};

}  // namespace zh::audio
