// Creates that are sent twice are done once: the client names its request with Idempotency-Key, and the same key with
// the same request gets the first answer again. Where the answers are kept is the store's business; a durable one lets
// several servers share them.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"

namespace zh::http {

// The parts of an answer that a replay needs.
struct KeptAnswer {
  int status = 0;
  std::string content_type = {};
  std::string location = {};
  std::string etag = {};
  std::string body = {};
};

enum class IdempotencyState {
  fresh,        // never seen: go on, then finish() or forget()
  done,         // `answer` is the first answer
  in_progress,  // the first request is still being worked on: 409
  different,    // the key was used for another request: 422
};

struct IdempotencyCheck {
  IdempotencyState state = IdempotencyState::fresh;
  KeptAnswer answer;
};

class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  // `owner` is account and route, `key` the client's own word, `request` the hash of what was sent. Claims a fresh key
  // atomically: of two that come at once, one is fresh and the other in progress.
  virtual Result<IdempotencyCheck> begin(std::string_view owner, std::string_view key, const Hash& request,
                                         Instant now) = 0;
  virtual Status finish(std::string_view owner, std::string_view key, const KeptAnswer& answer) = 0;
  // Gives a claimed key back: the request failed in a way that another try may mend (5xx).
  virtual void forget(std::string_view owner, std::string_view key) = 0;
};

// In memory, for one process: keeps the last `keys_max` keys for a day, with answers of up to 64 KiB.
class MemoryIdempotencyStore final : public IdempotencyStore {
 public:
  explicit MemoryIdempotencyStore(std::size_t keys_max = 10'000) : keys_max_(keys_max) {}

  Result<IdempotencyCheck> begin(std::string_view owner, std::string_view key, const Hash& request,
                                 Instant now) override;
  Status finish(std::string_view owner, std::string_view key, const KeptAnswer& answer) override;
  void forget(std::string_view owner, std::string_view key) override;

 private:
  struct Entry {
    Hash request;
    Instant at;
    std::optional<KeptAnswer> answer;
    std::list<std::string>::iterator place;
  };
  void drop_old(Instant now);  // requires mutex_

  const std::size_t keys_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> order_;  // oldest first
};

}  // namespace zh::http
