// What a player draws of a recording (analysis/audio/peaks.h), kept once it was drawn: a page shows the whole call at
// once and decodes nothing.
#pragma once

#include <stop_token>
#include <string>

#include "analysis/audio/peaks.h"
#include "db/db.h"
#include "rooms/contacts/recordings.h"
#include "vault/contents.h"

namespace zh::contacts {

// Larger recordings are drawn when they are measured, not while somebody waits.
inline constexpr std::uint64_t kDrawnAtOnceBytes = std::uint64_t{64} << 20;

// The waveform of a recording that is not removed; drawn now and kept when nobody has yet. Fails: as Contents::open;
// invalid when there is no audio in it; unavailable when it is too large to be drawn now.
Result<audio::Peaks> waveform_of(db::Database& database, vault::Contents& contents, const Recording& recording,
                                 std::stop_token stop);

// As it is kept: encrypted, and bound to the recording it was drawn from.
std::string sealed_waveform(const vault::Keys& keys, const Hash& content, const audio::Peaks& peaks);

}  // namespace zh::contacts
