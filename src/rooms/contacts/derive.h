// Derives contacts, agent changes and rollups anew for everything that staged_records is about (contacts_store.h). Runs
// in the transaction that changed the records, so that what is derived never lags behind them.
#pragma once

#include <set>

#include "base/calendar.h"
#include "db/db.h"

namespace zh::contacts {

// Gives the months in which a contact came, went or changed.
Result<std::set<Month>> derive_staged(db::Transaction& tx, const Zone& zone);

}  // namespace zh::contacts
