// Any bytes as a recording, given to both decoders in this process, without the sandbox that stands around them
// otherwise: never a crash or a hang. What must hold whatever the bytes: the format comes once, first and within its
// bounds, samples come in whole frames, and a decoder stops when nobody listens. The first byte says which headerless
// format is claimed.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "analysis/audio/decoders/decoder.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

class CheckingSink final : public zh::audio::Sink {
 public:
  void format(const zh::audio::wire::Format& format) override {
    require(channels_ == 0);
    require(format.rate >= zh::audio::wire::kRateMin && format.rate <= zh::audio::wire::kRateMax);
    require(format.channels == 1 || format.channels == 2);
    channels_ = format.channels;
  }
  bool pcm(std::span<const std::int16_t> samples) override {
    require(channels_ > 0 && listening_);
    require(!samples.empty() && samples.size() % channels_ == 0);
    samples_ += samples.size();
    listening_ = samples_ < kEnough;
    return listening_;
  }
  void note(zh::audio::DiagnosticCode) override { require(channels_ > 0); }

 private:
  static constexpr std::size_t kEnough = 1'000'000;
  std::uint32_t channels_ = 0;
  std::size_t samples_ = 0;
  bool listening_ = true;
};

}  // namespace

// The libraries leak when a file breaks off; a decoder ends with its file, so that is nobody's loss.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is LeakSanitizer's.
extern "C" int __lsan_is_turned_off() { return 1; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<const char*, 8> headerless{"", "", "", "", "ulaw", "sln", "g722", "g729"};
  if (size == 0) return 0;
  const int memory = memfd_create("recording", MFD_CLOEXEC);
  require(write(memory, data + 1, size - 1) == static_cast<ssize_t>(size - 1));
  zh::audio::Media media;
  media.descriptor = memory;
  media.size = static_cast<std::int64_t>(size - 1);
  CheckingSink fast;
  zh::audio::decode_with_sndfile(media, fast);
  media.headerless = headerless[data[0] % headerless.size()];
  CheckingSink thorough;
  zh::audio::decode_with_ffmpeg(media, thorough);
  close(memory);
  return 0;
}
