// zhiheng-decode-sndfile, zhiheng-decode-ffmpeg [FORMAT]: decodes the file on standard input to standard output as
// wire.h says. FORMAT names a format without a header. Started by audio::Recording; nothing to call by hand.
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

#include "analysis/audio/decoders/decoder.h"
#include "analysis/audio/decoders/sandbox.h"

namespace zh::audio {

namespace {

class PipeSink final : public Sink {
 public:
  void format(const wire::Format& format) override { send(wire::Kind::format, &format, sizeof format); }

  bool pcm(std::span<const std::int16_t> samples) override {
    constexpr std::size_t most = wire::kBodyBytes / sizeof(std::int16_t);
    for (; listening_ && !samples.empty(); samples = samples.subspan(std::min(most, samples.size()))) {
      const auto body = samples.first(std::min(most, samples.size()));
      send(wire::Kind::pcm, body.data(), body.size_bytes());
    }
    return listening_;
  }

  void note(DiagnosticCode code) override { send(wire::Kind::note, &code, sizeof code); }
  void end() { send(wire::Kind::end, nullptr, 0); }

 private:
  void send(wire::Kind kind, const void* body, std::size_t size) {
    wire::Head head{.kind = static_cast<std::uint32_t>(kind), .size = static_cast<std::uint32_t>(size)};
    write_all(&head, sizeof head);
    write_all(body, size);
  }

  void write_all(const void* from, std::size_t size) {
    const auto* bytes = static_cast<const std::byte*>(from);
    while (listening_ && size > 0) {
      const ssize_t count = write(STDOUT_FILENO, bytes, size);
      if (count < 0 && errno == EINTR) continue;
      listening_ = count > 0;
      if (!listening_) return;
      bytes += count;
      size -= static_cast<std::size_t>(count);
    }
  }

  bool listening_ = true;
};

int decode(std::string format) {
  struct stat status{};
  if (fstat(STDIN_FILENO, &status) != 0 || !enter_sandbox()) return 1;
  PipeSink sink;
  ZH_DECODE({.descriptor = STDIN_FILENO, .size = status.st_size, .headerless = std::move(format)}, sink);
  sink.end();
  return 0;
}

}  // namespace

}  // namespace zh::audio

int main(int argc, char** argv) {
  // No tidying up at the end: exit handlers of the libraries may want what the sandbox refuses.
  _exit(zh::audio::decode(argc > 1 ? argv[1] : ""));
}
