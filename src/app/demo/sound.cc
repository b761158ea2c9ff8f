#include "app/demo/sound.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace zh::app::demo {

namespace {

constexpr std::int64_t kRate = 8'000;
constexpr std::int64_t kSyllable = kRate / 4;  // samples: four a second

void append(std::string& bytes, std::uint32_t value, int width) {
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string header(std::uint32_t data_bytes) {
  std::string bytes = "RIFF";
  append(bytes, 36 + data_bytes, 4);
  bytes += "WAVEfmt ";
  append(bytes, 16, 4);
  append(bytes, 1, 2);  // PCM
  append(bytes, 1, 2);  // one leg
  append(bytes, kRate, 4);
  append(bytes, kRate * 2, 4);
  append(bytes, 2, 2);
  append(bytes, 16, 2);
  bytes += "data";
  append(bytes, data_bytes, 4);
  return bytes;
}

// A saw has all the overtones of a voice; it swells and fades with each syllable, of which some are louder than others.
int voice(std::int64_t sample, std::int64_t period) {
  constexpr std::array<std::int64_t, 11> kLoud{4'200, 7'600, 5'100, 8'800, 3'600, 6'400,
                                               2'900, 7'100, 4'700, 9'400, 2'200};
  const std::int64_t loud = kLoud[static_cast<std::size_t>(sample / kSyllable) % kLoud.size()];
  const std::int64_t saw = sample % period * 2 * loud / period - loud;
  const std::int64_t in_syllable = sample % kSyllable;
  const std::int64_t swell = std::min(in_syllable, kSyllable - in_syllable);
  return static_cast<int>(saw * swell / (kSyllable / 2));
}

}  // namespace

std::string leg_wav(const std::vector<Speech>& speeches, bool of_agent) {
  const std::int64_t period = of_agent ? kRate / 200 : kRate / 125;  // hertz of the voice
  const std::int64_t length = speeches.empty() ? 0 : speeches.back().end_ms * kRate / 1'000;
  std::vector<std::int16_t> samples(static_cast<std::size_t>(length));
  for (const Speech& speech : speeches) {
    if (speech.by_agent != of_agent) continue;
    const std::int64_t until = std::min(length, speech.end_ms * kRate / 1'000);
    for (std::int64_t at = speech.start_ms * kRate / 1'000; at < until; ++at) {
      samples[static_cast<std::size_t>(at)] = static_cast<std::int16_t>(voice(at, period));
    }
  }
  std::string file = header(static_cast<std::uint32_t>(samples.size() * 2));
  for (const std::int16_t sample : samples) append(file, static_cast<std::uint16_t>(sample), 2);
  return file;
}

}  // namespace zh::app::demo
