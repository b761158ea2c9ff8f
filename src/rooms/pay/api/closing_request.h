// Closing on the desk takes two people: one requests, another confirms. The request is kept until it is confirmed or
// withdrawn. Private to the api.
#pragma once

#include <optional>
#include <string>

#include "base/calendar.h"
#include "base/instant.h"
#include "db/db.h"

namespace zh::pay::api {

enum class ClosingStage { none, requested, closed };
enum class ClosingAction { request, withdraw, confirm };

struct ClosingRequest {
  std::string requested_by;
  Instant requested_at;
};

Result<std::optional<ClosingRequest>> closing_request(db::Transaction& tx, Month period);
// Fails: conflict when the month is closed or the request stands already.
Status request_closing(db::Transaction& tx, Month period, const ClosingRequest& request);
// Fails: conflict when nothing is requested.
Status withdraw_closing(db::Transaction& tx, Month period, const ClosingRequest& by);
// Whether `account` may confirm now. Fails: conflict when nothing is requested, forbidden for the one who requested.
Status check_confirmation(db::Transaction& tx, Month period, std::string_view account);
// The refusal of confirming one's own request.
Error own_request();
// Takes the request away, in the transaction that closes the month. Fails (conflict) when there is none any more.
Status take_request(db::Transaction& tx, Month period);

}  // namespace zh::pay::api
