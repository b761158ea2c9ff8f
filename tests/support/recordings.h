// Recordings made from known spans, and WAV files around them. Everything is a function of its arguments: the same call
// gives the same samples.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace zh::testing_support {

inline double amplitude(double dbfs) { return std::pow(10.0, dbfs / 20); }

// One leg of a call, filled in span by span. Levels are RMS in dBFS, times in milliseconds.
class SyntheticLeg {
 public:
  explicit SyntheticLeg(int duration_ms, int rate = 8000, unsigned seed = 1)
      : rate_(rate), samples_(at(duration_ms), 0.0), random_(seed) {}

  SyntheticLeg& noise(int start_ms, int end_ms, double dbfs) {
    std::normal_distribution<double> normal(0.0, amplitude(dbfs));
    for (std::size_t i = at(start_ms); i < at(end_ms); ++i) samples_[i] += normal(random_);
    return *this;
  }
  SyntheticLeg& noise(double dbfs) {
    return noise(0, static_cast<int>(samples_.size() * 1000 / unsigned(rate_)), dbfs);
  }

  SyntheticLeg& tone(int start_ms, int end_ms, double dbfs, double hz = 440) {
    for (std::size_t i = at(start_ms); i < at(end_ms); ++i) samples_[i] += wave(i, hz) * amplitude(dbfs);
    return *this;
  }

  // Syllables, four a second: a voice of 140 Hz with overtones, each second one ending in a hiss.
  SyntheticLeg& speech(int start_ms, int end_ms, double dbfs) {
    const std::size_t start = at(start_ms);
    std::normal_distribution<double> normal;
    for (std::size_t i = start; i < at(end_ms); ++i) {
      const double syllable = static_cast<double>(i - start) * 4 / rate_;
      const double envelope = 0.05 + std::abs(std::sin(std::numbers::pi * syllable));
      const bool hiss = std::fmod(syllable, 2.0) > 1.7;
      double voice = 0;
      for (int overtone = 1; overtone <= 8; ++overtone) voice += wave(i, 140.0 * overtone) / overtone;
      samples_[i] += amplitude(dbfs) * envelope * (hiss ? 0.7 * normal(random_) : voice);
    }
    return *this;
  }

  // Chords that glide into one another without a pause, as waiting callers hear them.
  SyntheticLeg& music(int start_ms, int end_ms, double dbfs) {
    const std::size_t start = at(start_ms);
    for (std::size_t i = start; i < at(end_ms); ++i) {
      const double second = static_cast<double>(i - start) / rate_;
      const double swell = std::pow(10.0, std::sin(2 * std::numbers::pi * 1.5 * second) / 8);
      const double chord = wave(i, 262) + wave(i, 330) + wave(i, 392);
      samples_[i] += amplitude(dbfs) * swell * chord / std::sqrt(3.0);
    }
    return *this;
  }

  std::vector<std::int16_t> pcm() const {
    std::vector<std::int16_t> result(samples_.size());
    std::transform(samples_.begin(), samples_.end(), result.begin(), [](double x) {
      return static_cast<std::int16_t>(std::lround(std::clamp(x * 32768, -32768.0, 32767.0)));
    });
    return result;
  }
  int rate() const { return rate_; }

 private:
  std::size_t at(int ms) const { return static_cast<std::size_t>(std::int64_t{ms} * rate_ / 1000); }
  double wave(std::size_t i, double hz) const {
    return std::numbers::sqrt2 * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / rate_);
  }

  int rate_;
  std::vector<double> samples_;
  std::mt19937 random_;
};

// Two channels of equal length as interleaved samples.
inline std::vector<std::int16_t> interleaved(const std::vector<std::int16_t>& left,
                                             const std::vector<std::int16_t>& right) {
  std::vector<std::int16_t> both;
  for (std::size_t i = 0; i < left.size(); ++i) both.insert(both.end(), {left[i], right[i]});
  return both;
}

struct WavHeader {
  int rate = 8000;
  int channels = 1;
  std::int64_t data_bytes = -1;  // what the header states; −1 = the truth
};

// The bytes of a WAV file of 16-bit PCM.
inline std::string wav(const std::vector<std::int16_t>& samples, const WavHeader& header = {}) {
  const auto stated =
      static_cast<std::uint32_t>(header.data_bytes < 0 ? std::int64_t(2 * samples.size()) : header.data_bytes);
  std::string bytes;
  const auto number = [&](std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
  };
  bytes += "RIFF";
  number(36 + stated, 4);
  bytes += "WAVEfmt ";
  number(16, 4);
  number(1, 2);  // PCM
  number(static_cast<std::uint32_t>(header.channels), 2);
  number(static_cast<std::uint32_t>(header.rate), 4);
  number(static_cast<std::uint32_t>(header.rate * header.channels * 2), 4);
  number(static_cast<std::uint32_t>(header.channels * 2), 2);
  number(16, 2);
  bytes += "data";
  number(stated, 4);
  for (const std::int16_t sample : samples) number(static_cast<std::uint16_t>(sample), 2);
  return bytes;
}

inline std::filesystem::path write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace zh::testing_support
