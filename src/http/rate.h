// Token buckets: how many requests a client may make. Buckets fill by time, so an idle client costs nothing but a row,
// and the table of clients is bounded.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace zh::http {

struct Rate {
  double per_second = 0;  // refill
  double burst = 0;       // the bucket's size
};

// One bucket, at most `burst` full. Pure: time is handed in.
class TokenBucket {
 public:
  TokenBucket(Rate rate, Instant now) : rate_(rate), tokens_(rate.burst), filled_at_(now) {}

  // Takes one token. Otherwise the seconds until there will be one, rounded up, at least 1. Time that runs backwards
  // gives nothing and costs nothing.
  int take(Instant now);
  bool full(Instant now) const;

 private:
  double level(Instant now) const;

  Rate rate_;
  double tokens_;
  Instant filled_at_;
};

// Buckets by client. Thread-safe.
class RateLimiter {
 public:
  // At most `clients_max` buckets: past that the full ones are dropped, and if none is full, strangers share one.
  explicit RateLimiter(Rate rate, std::size_t clients_max = 100'000) : rate_(rate), clients_max_(clients_max) {}

  // 0 when the request may pass, else the seconds to wait.
  int take(std::string_view client, Instant now);

 private:
  const Rate rate_;
  const std::size_t clients_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, TokenBucket> buckets_;
  Instant swept_at_;  // looking for full buckets costs a walk: at most one a second
};

// What is one client: an IPv4 address, or the /64 of an IPv6 one, since one host has all of that.
std::string rate_key(std::string_view address);

}  // namespace zh::http
