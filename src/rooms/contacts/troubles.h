// What keeps a contact from being heard, read or checked whole, told to those who look at it: its recordings wait
// because their store is full or gone, its transcript was refused … One of each kind, the last; it goes when what it is
// about comes through.
#pragma once

#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "base/text.h"
#include "db/db.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

// Stored: never reuse a number.
enum class TroubleKind : int {
  measuring = 1,   // the recordings wait: they could not be fetched or decoded yet
  transcript = 2,  // one was refused when it was imported
  recording = 3,   // likewise
  checking = 4,    // the checks could not look at everything
};
std::string_view name_of(TroubleKind kind);  // "measuring"

struct Trouble {
  TroubleKind kind = TroubleKind::measuring;
  Text told = {};
  Instant at = {};
  friend bool operator==(const Trouble&, const Trouble&) = default;
};

// By kind; mostly none.
Result<std::vector<Trouble>> troubles_of(db::Transaction& tx, std::string_view call, int number);

// Whether any contact has one of that kind: where none has, none need be ended.
Result<bool> any_trouble(db::Transaction& tx, TroubleKind kind);

// In place of the one of its kind. Does nothing where the contact is not known.
Status tell_trouble(db::Transaction& tx, const ContactName& contact, const Trouble& trouble);
// Tells every contact that waits to be measured, in one statement; one that was told the same keeps its time.
Status tell_awaiting(db::Transaction& tx, const Trouble& trouble);
Status end_trouble(db::Transaction& tx, const ContactName& contact, TroubleKind kind);

// The error as the sentence a trouble tells.
Text told_of(const Error& why);

}  // namespace zh::contacts
