#include "rooms/quality/library/masked_sound.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/contacts/acoustics/sound_file.h"

namespace zh::quality::library {

namespace {

struct Pcm {
  int rate = 0;
  std::size_t channels = 1;
  std::vector<std::int16_t> samples;  // interleaved

  std::size_t frames() const { return samples.size() / channels; }
};

Error damaged() {
  return error(ErrorCode::corrupt,
               {.zh = "录音有缺损，无法确定该静音之处；只能不带录音分享",
                .en = "part of the recording cannot be read, so nobody knows what to silence; share it without sound"});
}

Result<Pcm> decoded(vault::Contents& contents, const contacts::Recording& recording) {
  ZH_TRY(contacts::SoundFile file,
         contacts::open_sound(contents, recording.content, std::string(contacts::name_of(recording.leg))));
  Pcm pcm{
      .rate = file.recording.rate(), .channels = static_cast<std::size_t>(file.recording.channels()), .samples = {}};
  const auto most = static_cast<std::size_t>(kSoundMsMax / 1000 * pcm.rate);
  for (auto block = file.recording.next(); !block.empty(); block = file.recording.next()) {
    pcm.samples.insert(pcm.samples.end(), block.begin(), block.end());
    if (pcm.frames() > most) {
      return error(ErrorCode::limit, {.zh = fmt::format("录音超过 {} 分钟，不能放入录音库", kSoundMsMax / 60'000),
                                      .en = fmt::format("the recording is longer than {} minutes, too long for the "
                                                        "library",
                                                        kSoundMsMax / 60'000)});
    }
  }
  const auto lost = [](const audio::Diagnostic& one) { return audio::loses_audio(one.code); };
  if (std::ranges::any_of(file.diagnostics, lost)) return damaged();
  if (std::ranges::any_of(file.recording.diagnostics(), lost)) return damaged();
  return pcm;
}

// The sample of a leg at a frame of another rate; silence past its end.
std::int16_t sample_at(const Pcm& leg, std::size_t frame, int rate) {
  const std::size_t own = frame * static_cast<std::size_t>(leg.rate) / static_cast<std::size_t>(rate);
  return own < leg.frames() ? leg.samples[own * leg.channels] : std::int16_t{0};
}

Pcm side_by_side(const Pcm& customer, const Pcm& agent) {
  Pcm both{.rate = std::max(customer.rate, agent.rate), .channels = 2, .samples = {}};
  const auto frames_of = [&](const Pcm& leg) {
    return leg.rate == 0 ? 0 : leg.frames() * static_cast<std::size_t>(both.rate) / static_cast<std::size_t>(leg.rate);
  };
  const std::size_t frames = std::max(frames_of(customer), frames_of(agent));
  both.samples.reserve(2 * frames);
  for (std::size_t i = 0; i < frames; ++i) {
    both.samples.push_back(sample_at(customer, i, both.rate));
    both.samples.push_back(sample_at(agent, i, both.rate));
  }
  return both;
}

void silence(Pcm& pcm, const audio::Spans& silences) {
  const auto frame_of = [&](std::int64_t ms) {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, ms) * pcm.rate / 1000);
  };
  for (const audio::Span& span : silences) {
    const std::size_t from = std::min(frame_of(span.start_ms), pcm.frames());
    const std::size_t until = std::min(frame_of(span.end_ms) + 1, pcm.frames());
    std::fill(pcm.samples.begin() + static_cast<std::ptrdiff_t>(from * pcm.channels),
              pcm.samples.begin() + static_cast<std::ptrdiff_t>(until * pcm.channels), std::int16_t{0});
  }
}

std::string wav_of(const Pcm& pcm) {
  std::string bytes;
  const auto number = [&bytes](std::size_t value, int size) {
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
  };
  const std::size_t data = 2 * pcm.samples.size();
  const auto rate = static_cast<std::size_t>(pcm.rate);
  bytes.reserve(44 + data);
  bytes += "RIFF";
  number(36 + data, 4);
  bytes += "WAVEfmt ";
  number(16, 4);
  number(1, 2);  // PCM
  number(pcm.channels, 2);
  number(rate, 4);
  number(rate * pcm.channels * 2, 4);
  number(pcm.channels * 2, 2);
  number(16, 2);
  bytes += "data";
  number(data, 4);
  for (const std::int16_t sample : pcm.samples) number(static_cast<std::uint16_t>(sample), 2);
  return bytes;
}

const contacts::Recording* leg_of(const std::vector<contacts::Recording>& recordings, contacts::Leg leg) {
  const auto found = std::ranges::find_if(
      recordings, [leg](const contacts::Recording& one) { return one.leg == leg && !one.removed_at; });
  return found == recordings.end() ? nullptr : &*found;
}

}  // namespace

Result<std::string> masked_sound(vault::Contents& contents, const std::vector<contacts::Recording>& recordings,
                                 const audio::Spans& silences) {
  const contacts::Recording* const customer = leg_of(recordings, contacts::Leg::customer);
  const contacts::Recording* const agent = leg_of(recordings, contacts::Leg::agent);
  const contacts::Recording* const both = leg_of(recordings, contacts::Leg::both);
  Pcm pcm;
  if (customer != nullptr || agent != nullptr) {
    Pcm left;
    Pcm right;
    if (customer != nullptr) {
      ZH_TRY(left, decoded(contents, *customer));
    }
    if (agent != nullptr) {
      ZH_TRY(right, decoded(contents, *agent));
    }
    pcm = side_by_side(left, right);
  } else if (both != nullptr) {
    ZH_TRY(pcm, decoded(contents, *both));
  } else {
    return error(ErrorCode::not_found, {.zh = "这条联络没有录音", .en = "there is no recording of this contact"});
  }
  silence(pcm, silences);
  return wav_of(pcm);
}

}  // namespace zh::quality::library
