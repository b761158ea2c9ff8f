// A transcript as checks read it: the turns' times and speakers, their texts normalised, and how much was spoken. Made
// once, when a transcript is imported, and stored encrypted beside it, so that looking at a million contacts again
// costs neither normalising nor counting. Everything here follows from the transcript alone and can be made anew from
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/text/normal_texts.h"
#include "base/result.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

struct SpokenTurn {
  Role role = Role::system;
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
  std::int64_t characters = 0;  // Chinese
  std::int64_t words = 0;       // of other scripts, numbers included
  friend bool operator==(const SpokenTurn&, const SpokenTurn&) = default;
};

struct Spoken {
  std::string product = {};  // as the transcript states it
  std::vector<SpokenTurn> turns = {};
  text::NormalTexts texts = {};  // of the turns
};

// Without their texts.
std::vector<SpokenTurn> spoken_turns(const Transcript& transcript);
void make_spoken(const Transcript& transcript, const text::Normaliser& normaliser, Spoken& into);

std::string encode(const Spoken& spoken);
// Into one whose room is used again. Fails: corrupt.
Status decode_spoken(std::string_view bytes, Spoken& into);

// --- reading ---------------------------------------------------------------------------------------------------------

// What was spoken in a contact, as it lies in the database.
struct StoredSpoken {
  Contact contact;  // all but the customer and the rings
  Hash content;     // of the transcript: another one when that was corrected
  bool is_transcript = false;
  std::string sealed;         // for open_spoken(): a Spoken, or the transcript where no Spoken is stored
  std::optional<Hash> sound;  // Acoustics::input, where the contact was measured
};

// A page of what was spoken in contacts offered in that time, in the order of ContactPlace, after that place: at most
// `limit`, and no more once they are kSpokenPageBytes together.
inline constexpr std::size_t kSpokenPageBytes = std::size_t{32} << 20;
struct SpokenPage {
  std::vector<StoredSpoken> contacts = {};
  std::optional<ContactPlace> more_after = {};  // nothing: this was the last page
};
Result<SpokenPage> spoken_page(db::Transaction& tx, Interval offered, const std::optional<ContactPlace>& after,
                               int limit);
Result<std::optional<StoredSpoken>> spoken_of(db::Transaction& tx, std::string_view call, int number);
// Decrypts and decodes, into one whose room is used again; pure, any thread. Fails: corrupt; not_found when the key is
// gone; unavailable where the dictionaries that normalise are not installed.
Status open_spoken(const StoredSpoken& stored, const vault::Keys& keys, Spoken& into);

}  // namespace zh::contacts
