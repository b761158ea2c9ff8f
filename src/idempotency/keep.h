// What a handler of a create does last, so that the same request sent again is answered and not done again:
//
//   ZH_TRY(auto tx, database.write());
//   … make the thing …
//   http::Created<PersonJson> answer{…};
//   ZH_CHECK(keep_answer(tx, call, answer));
//   ZH_CHECK(tx.commit());
//   return answer;
//
// Every route that states `.idempotent_create` does so; one that does not would be done twice after a kill.
#pragma once

#include "db/db.h"
#include "http/router.h"

namespace zh::idempotency {

// The response that will be given. Does nothing where the client sent no key. Fails (conflict) when the claim is
// another's by now: the transaction must then not be committed.
Status keep_response(db::Transaction& tx, const http::Call& call, const http::Response& response);

template <class Answer>
Status keep_answer(db::Transaction& tx, const http::Call& call, const Answer& answer) {
  if (call.idempotency_key.empty()) return {};
  return keep_response(tx, call, http::route_detail::Writer<Answer>::write(call, answer));
}

}  // namespace zh::idempotency
