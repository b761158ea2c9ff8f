// Idempotency keys in the database, so that all servers of a centre and a restarted one know them. Thread-safe.
//
// A key is kept for a day, its answer's body up to 64 KiB (the thing was made; where it is says enough for a replay). A
// key whose server was killed in between is "in progress" for ten minutes and then free again: only then is it unknown
// whether the first request took effect.
#pragma once

#include "db/db.h"
#include "http/idempotency.h"

namespace zh::app {

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

}  // namespace zh::app
