// Idempotency keys in the database, so that all servers of a centre and a restarted one know them. Thread-safe.
//
// A key is kept for a day, its answer's body up to 64 KiB (the thing was made; where it is says enough for a replay). A
// claim without an answer is "in progress" for a minute and then free for another try: its server was killed before the
// thing was made, for whoever makes it keeps the answer in the same transaction (keep.h).
#pragma once

#include "db/db.h"
#include "http/idempotency.h"

namespace zh::idempotency {

class IdempotencyTable final : public http::IdempotencyStore {
 public:
  explicit IdempotencyTable(db::Database& database) : database_(database) {}

  // Fails (unavailable) when the database does.
  Result<http::IdempotencyCheck> begin(std::string_view owner, std::string_view key, const Hash& request,
                                       Instant now) override;
  Status finish(std::string_view owner, std::string_view key, const http::KeptAnswer& answer) override;
  void forget(std::string_view owner, std::string_view key) override;

 private:
  db::Database& database_;
};

}  // namespace zh::idempotency
