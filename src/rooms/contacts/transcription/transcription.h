// What came of giving a contact's recordings to the speech recogniser, for those who look at the contact.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/instant.h"
#include "base/text.h"
#include "db/db.h"

namespace zh::contacts {

// Stored: never reuse a number.
enum class TranscriptionState : int { waiting = 1, done = 2, given_up = 3 };
std::string_view name_of(TranscriptionState state);  // "given_up"

struct Transcription {
  Hash input = {};  // of the recordings that were given away
  TranscriptionState state = TranscriptionState::waiting;
  int attempts = 0;
  Instant due = {};  // waiting: not before
  std::string provider = {};
  Text told = {};  // what went wrong, or that nothing was said; empty: nothing to tell
  Instant changed_at = {};
  friend bool operator==(const Transcription&, const Transcription&) = default;
};

// Nothing when the recordings were never given away.
Result<std::optional<Transcription>> transcription_of(db::Transaction& tx, std::string_view call, int number);

}  // namespace zh::contacts
