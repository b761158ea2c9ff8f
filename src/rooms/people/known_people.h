// Everybody, held in memory between requests and loaded anew when the ledger has moved: every change of a record is an
// entry of the audit chain, so an unmoved chain means unchanged people.
#pragma once

#include <memory>
#include <mutex>

#include "db/db.h"
#include "ledger/audit.h"
#include "rooms/people/people.h"

namespace zh::people {

// Thread-safe.
class KnownPeople {
 public:
  // Everybody as the transaction sees them. What is given stays as it is while somebody holds it.
  Result<std::shared_ptr<const People>> of(db::Transaction& tx);

 private:
  std::mutex mutex_;  // guards what follows; loading happens outside
  ledger::ChainHead head_;
  std::shared_ptr<const People> people_;
};

}  // namespace zh::people
