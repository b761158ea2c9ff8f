// WAV (PCM, µ-law, A-law, GSM, ADPCM), AIFF, AU and MP3 by libsndfile.
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

#include "analysis/audio/decoders/decoder.h"

namespace zh::audio {

namespace {

constexpr std::int64_t kFrames = 16'384;  // of one block: a body of wire.h, stereo
constexpr int kChannelsMost = 64;         // more is no recording of a call
constexpr int kChunksMost = 1000;

// libsndfile's view of the media.
struct Cursor {
  const Media& media;
  std::int64_t position = 0;
};

sf_count_t length_of(void* user) { return static_cast<Cursor*>(user)->media.size; }
sf_count_t position_of(void* user) { return static_cast<Cursor*>(user)->position; }
sf_count_t no_writing(const void*, sf_count_t, void*) { return 0; }

sf_count_t seek(sf_count_t offset, int whence, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const std::int64_t target = seek_to(cursor.media, cursor.position, offset, whence);
  if (target >= 0) cursor.position = target;
  return cursor.position;
}

sf_count_t read(void* room, sf_count_t count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (count <= 0) return 0;
  const auto got =
      read_at(cursor.media, cursor.position, {static_cast<std::uint8_t*>(room), static_cast<std::size_t>(count)});
  cursor.position += got;
  return got;
}

using Sound = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

std::uint32_t little_endian(std::span<const std::uint8_t> bytes) {
  return bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 | std::uint32_t{bytes[3]} << 24;
}

// libsndfile reads what is there and keeps quiet about what is not: true where a WAV file's data chunk reaches past the
// end of the file. Sizes that programs write into a pipe, where they cannot know, promise nothing.
bool promises_more(const Media& media) {
  std::array<std::uint8_t, 12> head{};
  if (read_at(media, 0, head) != 12 || !std::equal(head.begin(), head.begin() + 4, "RIFF")) return false;
  std::int64_t at = 12;
  for (int chunk = 0; chunk < kChunksMost; ++chunk) {
    if (read_at(media, at, std::span(head).first(8)) != 8) return false;
    const std::uint32_t size = little_endian(std::span(head).subspan(4));
    if (std::equal(head.begin(), head.begin() + 4, "data")) return size < 0x7fff'0000 && at + 8 + size > media.size;
    at += 8 + std::int64_t{size} + (size & 1U);
  }
  return false;
}

// Samples that are kept as fractions of full scale. Those kept as integers are read as such, which is faster.
bool has_fractions(int format) {
  const int subtype = format & SF_FORMAT_SUBMASK;
  return subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE || (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
}

std::int16_t to_integer(float fraction) {
  // Written so that what is no number becomes 0.
  const float scaled = fraction * 32'767.0F;
  if (scaled >= 32'767.0F) return 32'767;
  if (scaled <= -32'768.0F) return -32'768;
  return scaled == scaled ? static_cast<std::int16_t>(std::lrintf(scaled)) : std::int16_t{0};
}

class Blocks {
 public:
  Blocks(SNDFILE* sound, const SF_INFO& info)
      : sound_(sound),
        channels_(static_cast<std::size_t>(info.channels)),
        samples_(static_cast<std::size_t>(kFrames) * channels_),
        fractions_(has_fractions(info.format) ? samples_.size() : 0) {}

  // The next frames' first two channels; empty at the end.
  std::span<const std::int16_t> next() {
    const auto frames = static_cast<std::size_t>(std::max<sf_count_t>(read(), 0));
    if (channels_ <= 2) return std::span(samples_).first(frames * channels_);
    for (std::size_t frame = 0; frame < frames; ++frame) {
      samples_[2 * frame] = samples_[channels_ * frame];
      samples_[2 * frame + 1] = samples_[channels_ * frame + 1];
    }
    return std::span(samples_).first(2 * frames);
  }

 private:
  sf_count_t read() {
    if (fractions_.empty()) return sf_readf_short(sound_, samples_.data(), kFrames);
    const sf_count_t frames = sf_readf_float(sound_, fractions_.data(), kFrames);
    std::transform(fractions_.begin(), fractions_.end(), samples_.begin(), to_integer);
    return frames;
  }

  SNDFILE* sound_;
  std::size_t channels_;
  std::vector<std::int16_t> samples_;
  std::vector<float> fractions_;
};

}  // namespace

void decode_with_sndfile(const Media& media, Sink& sink) {
  SF_VIRTUAL_IO access{.get_filelen = length_of, .seek = seek, .read = read, .write = no_writing, .tell = position_of};
  Cursor cursor{.media = media};
  SF_INFO info{};
  const Sound sound(sf_open_virtual(&access, SFM_READ, &info, &cursor), &sf_close);
  if (!sound || info.channels < 1 || info.channels > kChannelsMost || info.frames <= 0) return;
  if (info.samplerate < static_cast<int>(wire::kRateMin) || info.samplerate > static_cast<int>(wire::kRateMax)) return;
  const int channels = std::min(info.channels, 2);
  sink.format({.rate = static_cast<std::uint32_t>(info.samplerate), .channels = static_cast<std::uint32_t>(channels)});
  if (channels < info.channels) sink.note(DiagnosticCode::channels_dropped);
  if (promises_more(media)) sink.note(DiagnosticCode::truncated);
  Blocks blocks(sound.get(), info);
  for (auto block = blocks.next(); !block.empty() && sink.pcm(block); block = blocks.next()) {
  }
  if (sf_error(sound.get()) != SF_ERR_NO_ERROR) sink.note(DiagnosticCode::damaged);
}

}  // namespace zh::audio
