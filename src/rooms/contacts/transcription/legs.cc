#include "rooms/contacts/transcription/legs.h"

#include <algorithm>

#include "rooms/contacts/acoustics/sound_file.h"

namespace zh::contacts {

namespace {

using recognition::Voice;

Result<std::vector<Voice>> voices_of(vault::Contents& contents, const Recording& recording) {
  ZH_TRY(SoundFile file, open_sound(contents, recording.content, std::string(name_of(recording.leg))));
  return recognition::read_voices(file.recording);
}

const Recording* leg_of(const std::vector<Recording>& standing, Leg leg) {
  const auto found = std::ranges::find_if(
      standing, [leg](const Recording& recording) { return recording.leg == leg && !recording.removed_at; });
  return found == standing.end() ? nullptr : &*found;
}

Error mixed() {
  return invalid({.zh = "录音只有一路混音，分不清谁在说话；需要双声道或每方一个文件",
                  .en =
                      "the recording holds both parties in one channel, so nobody can tell who speaks; two channels or "
                      "a file of each party are needed"});
}

void add(std::vector<VoicedLeg>& legs, Role role, Voice voice) {
  if (voice.duration_ms > 0) legs.push_back({.role = role, .voice = std::move(voice)});
}

Result<std::vector<VoicedLeg>> of_both(vault::Contents& contents, const Recording& both) {
  ZH_TRY(std::vector<Voice> voices, voices_of(contents, both));
  if (voices.size() != 2 || voices[0].wav == voices[1].wav) return mixed();
  std::vector<VoicedLeg> legs;
  add(legs, Role::customer, std::move(voices[0]));
  add(legs, Role::agent, std::move(voices[1]));
  return legs;
}

}  // namespace

Hash recordings_input(const std::vector<Recording>& standing) {
  Hasher input;
  for (const Recording& recording : standing) {
    if (!recording.removed_at) input.field(name_of(recording.leg)).field(recording.content.hex());
  }
  return input.finish();
}

Result<std::vector<VoicedLeg>> read_legs(vault::Contents& contents, const std::vector<Recording>& standing) {
  const Recording* const customer = leg_of(standing, Leg::customer);
  const Recording* const agent = leg_of(standing, Leg::agent);
  const Recording* const both = leg_of(standing, Leg::both);
  if (customer == nullptr && agent == nullptr && both != nullptr) return of_both(contents, *both);
  std::vector<VoicedLeg> legs;
  for (const auto& [recording, role] : {std::pair(customer, Role::customer), std::pair(agent, Role::agent)}) {
    if (recording == nullptr) continue;
    ZH_TRY(std::vector<Voice> voices, voices_of(contents, *recording));
    add(legs, role, std::move(voices.front()));
  }
  if (legs.empty()) return invalid({.zh = "没有可识别的录音", .en = "there is no recording to recognise"});
  return legs;
}

}  // namespace zh::contacts
