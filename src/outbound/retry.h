// Why an attempt failed, and whether and when to make another. Pure.
#pragma once

#include <chrono>
#include <optional>

namespace zh::outbound {

enum class Trouble {
  unreachable,  // no connection: nobody there, no such name, no way
  slow,         // no byte for too long, or not done in time
  cut,          // the connection ended before the answer did
  busy,         // 429, 503: asked to come back later
  failed,       // another status from 500 on, but 501 and 505
  untrusted,    // the certificate is not the host's, or nobody vouches for it
  nonsense,     // not HTTP, or larger than it may be
};

// The trouble of an answer that came whole; nothing when its status is final, refusals (4xx) included. 507, a store
// that is full, is final: it will not have room within seconds.
std::optional<Trouble> trouble_of(int status);

struct RetryRule {
  int attempts = 4;                           // in all; 1: no second try
  std::chrono::milliseconds first{500};       // pause after the first attempt; then twice as long each time
  std::chrono::milliseconds longest{10'000};  // pause at most
  std::chrono::milliseconds in_all{60'000};   // from the first byte of the first attempt: no attempt begins later
};

struct Attempt {
  Trouble trouble = Trouble::failed;
  int number = 1;                                       // 1 = the first
  bool repeatable = true;                               // carrying it out twice does no harm
  std::chrono::milliseconds spent{0};                   // since the first attempt began
  std::optional<std::chrono::milliseconds> asked = {};  // Retry-After of the answer
};

// The pause before the next attempt, nothing when this was the last: chance takes up to half of it away, so that many
// that failed together do not return together; a pause that the other asked for is not shortened. `chance` is in [0,
// 1). What is untrusted or nonsense is not tried again. What is not repeatable is tried again only where it cannot have
// been carried out: unreachable, busy.
std::optional<std::chrono::milliseconds> pause_before_next(const RetryRule& rule, const Attempt& attempt,
                                                           double chance);

}  // namespace zh::outbound
