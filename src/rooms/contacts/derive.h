// Derives contacts, agent changes, rollups and which transcripts and recordings stand anew for everything that
// staged_records is about (contacts_store.h). Runs in the transaction that changed the records, so that what is derived
// never lags behind them.
#pragma once

#include <set>

#include "base/calendar.h"
#include "db/db.h"

namespace zh::contacts {

// What may be stored already about what is staged. A first import of a log need not look.
struct Stored {
  bool calls = true;
  bool days = true;
};

// Gives the months in which a contact came, went or changed.
Result<std::set<Month>> derive_staged(db::Transaction& tx, const Zone& zone, Stored stored = {});

}  // namespace zh::contacts
