#include "recognition/voice.h"

namespace zh::recognition {

namespace {

constexpr int kBytes = 2;  // of a sample

void append(std::string& file, std::uint32_t number, int bytes) {
  for (int shift = 0; shift < 8 * bytes; shift += 8) file += static_cast<char>((number >> shift) & 0xFFU);
}

}  // namespace

std::string wav_file(const std::string& samples, int rate) {
  const auto bytes = static_cast<std::uint32_t>(samples.size());
  std::string file = "RIFF";
  append(file, bytes + 36, 4);
  file += "WAVEfmt ";
  append(file, 16, 4);
  append(file, 1, 2);  // PCM
  append(file, 1, 2);  // one channel
  append(file, static_cast<std::uint32_t>(rate), 4);
  append(file, static_cast<std::uint32_t>(rate * kBytes), 4);
  append(file, kBytes, 2);
  append(file, 8 * kBytes, 2);
  file += "data";
  append(file, bytes, 4);
  return file + samples;
}

std::vector<Voice> read_voices(audio::Recording& recording) {
  const auto channels = static_cast<std::size_t>(recording.channels());
  const std::size_t most = static_cast<std::size_t>(kVoiceMs / 1000 * recording.rate()) * kBytes;
  std::vector<std::string> samples(channels);
  for (auto block = recording.next(); !block.empty() && samples[0].size() < most; block = recording.next()) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      append(samples[i % channels], static_cast<std::uint16_t>(block[i]), kBytes);
    }
  }
  std::vector<Voice> voices;
  for (const std::string& leg : samples) {
    const auto frames = static_cast<std::int64_t>(leg.size() / kBytes);
    voices.push_back({.wav = wav_file(leg, recording.rate()), .duration_ms = frames * 1000 / recording.rate()});
  }
  return voices;
}

}  // namespace zh::recognition
