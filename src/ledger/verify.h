// Proves that nothing stored has been changed behind the program's back: migrations, the audit chain, every fact's and
// every statement's hash, every closed period's content, and that what is in force follows from the statements of
// facts.
#pragma once

#include <optional>

#include "db/db.h"
#include "ledger/audit.h"

namespace zh::ledger {

struct Proof {
  ChainHead head;  // of the audit chain
  std::int64_t migrations = 0;
  std::int64_t facts = 0;
  std::int64_t statements = 0;
  std::int64_t periods = 0;
};

// Reads everything once, in constant memory. Fails (corrupt) naming the first broken link.
Result<Proof> verify(db::Transaction& tx, const std::optional<ChainHead>& anchor = std::nullopt);

}  // namespace zh::ledger
