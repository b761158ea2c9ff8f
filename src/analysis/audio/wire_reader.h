// Takes a decoder's output apart (wire.h) without trusting it: whatever breaks the rules ends the reading with a
// diagnostic. Memory is bounded by the wire's largest body.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "analysis/audio/diagnostic.h"
#include "analysis/audio/wire.h"
#include "base/source.h"

namespace zh::audio {

class WireReader {
 public:
  // Reads at most `duration` of sound. A failure of `output` means that the decoder hangs, its end that it has ended.
  WireReader(std::unique_ptr<ByteSource> output, std::chrono::milliseconds duration);

  // Reads up to the format. False when there is none, which is how a decoder says that it does not know the file.
  // What follows requires that it was true.
  bool begin();
  const wire::Format& format() const { return format_; }

  // The next samples, whole frames, valid until the next call; empty = the end, and it stays the end.
  std::span<const std::int16_t> next();
  // Each code at most once.
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::uint32_t frame_bytes() const { return format_.channels * std::uint32_t{sizeof(std::int16_t)}; }
  std::span<char> bytes();
  bool fill(std::size_t count);
  std::optional<wire::Head> read_head();
  std::span<const char> body(const wire::Head& head);
  void take_note(std::span<const char> bytes);
  std::span<const std::int16_t> within_limit(std::span<const char> bytes);
  void end_with(DiagnosticCode code);
  void add(DiagnosticCode code);

  std::unique_ptr<ByteSource> output_;
  std::chrono::milliseconds duration_;
  // Of samples, so that they can be given away as they lie: heads and bodies take an even number of bytes each.
  std::vector<std::int16_t> buffer_;
  std::size_t begin_ = 0;  // [begin_, end_) of its bytes is read and not yet taken
  std::size_t end_ = 0;
  wire::Format format_;
  std::uint64_t frames_ = 0;
  bool stuck_ = false;
  bool ended_ = false;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace zh::audio
