// Taking back facts that a room has stated itself: the counterpart of append_facts().
#pragma once

#include <span>
#include <string>

#include "ledger/facts.h"

namespace zh::ledger {

// Retracts whatever stands under these references, as `batch`, in the caller's write transaction. Retracting what
// nobody has stated is no error and changes nothing; stating it again revives it.
Result<FactCounts> retract_facts(db::Transaction& tx, BatchId batch, std::span<const std::string> source_refs);

}  // namespace zh::ledger
