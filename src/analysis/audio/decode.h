// A recording as PCM: any format that libsndfile or FFmpeg reads, block by block, in memory that does not grow with it.
//
//   ZH_TRY(audio::Recording call, audio::Recording::open("call.mp3"));
//   for (auto block = call.next(); !block.empty(); block = call.next()) meter.add(block);
//   call.diagnostics()                          // e.g. truncated: the file ends before its header says
//
//   audio::Recording::open("notes.txt").error() // notes.txt: no audio that can be read
//
// The file's bytes are never parsed here. They are read by a child process, one of the programs zhiheng-decode-* that
// stand beside this program, which has given up everything but computing, reading that file and writing samples (see
// decoders/sandbox.h). Whatever a file does to the child – crash, hang, lie – ends as a diagnostic.
// One thread at a time for each Recording; any number of Recordings at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analysis/audio/diagnostic.h"
#include "base/result.h"

namespace zh::audio {

class WireReader;

struct DecodeLimits {
  std::chrono::milliseconds duration = std::chrono::hours{12};    // of what is decoded; the rest is left out
  std::chrono::milliseconds patience = std::chrono::seconds{30};  // longest time without a sample from the decoder
};

class Recording {
 public:
  // Fails (not_found, forbidden, unavailable) where the file cannot be opened, (invalid) where it is empty, no regular
  // file, or holds no audio that can be read, (unavailable) where the decoder cannot be started.
  static Result<Recording> open(const std::filesystem::path& path, const DecodeLimits& limits = {});
  // The same from an open file that can be seeked, such as a memory file (memfd_create) with what was decrypted.
  // `name` is what messages show; its extension tells formats without a header (.ulaw .alaw .sln .g722). Takes the
  // descriptor over, also on failure.
  static Result<Recording> adopt(int descriptor, std::string name, const DecodeLimits& limits = {});

  Recording(Recording&&) noexcept;
  Recording& operator=(Recording&&) noexcept;
  ~Recording();  // stops the decoder

  int rate() const;      // frames a second, 4,000–192,000
  int channels() const;  // 1 or 2; of more the first two

  // The next samples, interleaved, whole frames, valid until the next call; empty = the end, and it stays the end.
  std::span<const std::int16_t> next();

  // Shows every block to `listener` as well, before next() gives it: a waveform is drawn while somebody else measures.
  void listen(std::function<void(std::span<const std::int16_t>)> listener) { listener_ = std::move(listener); }

  // Grows while reading; complete after the end. Each code at most once.
  const std::vector<Diagnostic>& diagnostics() const;

 private:
  explicit Recording(std::unique_ptr<WireReader> reader);
  std::unique_ptr<WireReader> reader_;
  std::function<void(std::span<const std::int16_t>)> listener_;
};

}  // namespace zh::audio
