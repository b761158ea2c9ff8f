// A contact's recordings as voices, each with the role of its leg. Private to transcription/.
#pragma once

#include <vector>

#include "recognition/voice.h"
#include "rooms/contacts/recordings.h"
#include "rooms/contacts/transcripts.h"
#include "vault/contents.h"

namespace zh::contacts {

struct VoicedLeg {
  Role role = Role::agent;
  recognition::Voice voice = {};
};

// What is known about the recordings, for telling whether they are the ones that were given away.
Hash recordings_input(const std::vector<Recording>& standing);

// Decrypts and decodes in memory. Both legs apart are better than both in one; a leg without sound is left out. Fails:
// invalid, where nobody could tell who speaks (one channel with both parties) or nothing can be decoded; corrupt and
// not_found as the store does; unavailable when the store or the decoders are away.
Result<std::vector<VoicedLeg>> read_legs(vault::Contents& contents, const std::vector<Recording>& standing);

}  // namespace zh::contacts
