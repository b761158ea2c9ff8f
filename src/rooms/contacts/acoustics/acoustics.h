// How a contact sounds: speech, silences, overlaps, loudness … of its recordings (analysis/audio/measures.h), measured
// in the background when recordings arrive and kept with the contact.
//
//   ZH_TRY(const auto sound, acoustics_of(tx, "1791767107.0", 1));
//   if (sound) use(sound->measures.overlaps);
//
// Measures follow from the recordings that stand and from the way of measuring alone, so they are the same on every
// machine and can be made anew at any time. What could not be read is a diagnostic among them, never an error.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/audio/measures.h"
#include "base/hash.h"
#include "db/db.h"
#include "rooms/contacts/recordings.h"

namespace zh::contacts {

// Of the way of measuring: raising it measures every recording anew that is still there.
inline constexpr int kAcousticsVersion = 3;

struct Acoustics {
  Hash input;  // what the measures follow from: the recordings and the way of measuring
  audio::CallMeasures measures;
};

// Of the recordings as they stand. Nothing where there are none or where they wait to be measured; where only the way
// of measuring is new, those of the old one until then. Measures outlive their recordings: what retention has removed
// is still known by its figures, as they were measured when it was there. Fails: corrupt.
Result<std::optional<Acoustics>> acoustics_of(db::Transaction& tx, std::string_view call, int number);

// Pure: what the measures of these recordings, taken in that way, are known by. Requires the order of recordings_of().
Hash acoustics_input(const std::vector<Recording>& standing, int version = kAcousticsVersion);

}  // namespace zh::contacts
