// zhiheng-decode-sndfile, zhiheng-decode-ffmpeg [FORMAT]: decodes the file on standard input to standard output as
// wire.h says. FORMAT names a format without a header. Started by audio::Recording; nothing to call by hand.
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include "analysis/audio/decoders/decoder.h"
#include "analysis/audio/decoders/sandbox.h"

namespace zh::audio {

namespace {

constexpr std::size_t kBodySamples = wire::kBodyBytes / sizeof(std::int16_t);

class PipeSink final : public Sink {
 public:
  void format(const wire::Format& format) override { send(wire::Kind::format, &format, sizeof format); }

  bool pcm(std::span<const std::int16_t> samples) override {
    for (; listening_ && !samples.empty(); samples = samples.subspan(std::min(kBodySamples, samples.size()))) {
      const auto body = samples.first(std::min(kBodySamples, samples.size()));
      send(wire::Kind::pcm, body.data(), body.size_bytes());
    }
    return listening_;
  }

  void note(DiagnosticCode code) override { send(wire::Kind::note, &code, sizeof code); }
  void end() { send(wire::Kind::end, nullptr, 0); }

 private:
  void send(wire::Kind kind, const void* body, std::size_t size) {
    wire::Head head{.kind = static_cast<std::uint32_t>(kind), .size = static_cast<std::uint32_t>(size)};
    // writev() only reads; its structure is older than const.
    std::array<iovec, 2> parts{{{&head, sizeof head}, {const_cast<void*>(body), size}}};
    while (listening_ && parts[0].iov_len + parts[1].iov_len > 0) {
      const ssize_t count = writev(STDOUT_FILENO, parts.data(), parts.size());
      if (count < 0 && errno == EINTR) continue;
      listening_ = count > 0;
      if (listening_) advance(parts, static_cast<std::size_t>(count));
    }
  }

  static void advance(std::span<iovec> parts, std::size_t written) {
    for (iovec& part : parts) {
      const std::size_t here = std::min(written, part.iov_len);
      part.iov_base = static_cast<std::byte*>(part.iov_base) + here;
      part.iov_len -= here;
      written -= here;
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
