// How a call stands in an IdempotencyStore: under which owner, and what of its response is kept.
#pragma once

#include <string>

#include "http/call.h"
#include "http/idempotency.h"

namespace zh::http {

// One account's requests to one address: nobody meets another's keys.
std::string idempotency_owner(const Call& call);
// What a replay needs of a response.
KeptAnswer kept_answer(const Response& response);

}  // namespace zh::http
