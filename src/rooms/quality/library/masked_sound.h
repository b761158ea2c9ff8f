// The sound of a contact with stretches of it silenced, as a WAV file: the customer on the left, the agent on the
// right, or both mixed in one channel.
#pragma once

#include <string>

#include "analysis/audio/span.h"
#include "rooms/contacts/recordings.h"
#include "vault/contents.h"

namespace zh::quality::library {

// Longer calls are no example for anybody, and the whole of it is in memory while it is made.
inline constexpr std::int64_t kSoundMsMax = 3'600'000;

// Of recordings that are not removed; both legs apart are preferred to both in one. Fails: not_found (none), limit
// (longer than kSoundMsMax), corrupt (part of it cannot be read: nobody could tell whether the silences fit), and as
// the store and the decoders do.
Result<std::string> masked_sound(vault::Contents& contents, const std::vector<contacts::Recording>& recordings,
                                 const audio::Spans& silences);

}  // namespace zh::quality::library
