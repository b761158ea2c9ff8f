// Editing one record on the desk: the same as importing a people file with one row. Private to the api.
#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "db/db.h"
#include "http/problem.h"
#include "rooms/people/people_store.h"

namespace zh::people::api {

// What is wrong with a row that a form sent, each with its JSON pointer; empty when it may be stated.
std::vector<http::FieldError> faults_of(const PersonRow& row);

struct Edit {
  std::string actor;
  Instant now;
};
// States the row in a batch of its own and gives the record after it. Requires lock_people() before `before` was
// loaded, and a row without faults. Fails (conflict) when somebody else holds one of the phone ids then.
Result<Person> state_row(db::Transaction& tx, const People& before, const PersonRow& row, const Edit& edit);

// Changes whenever the record does: what If-Match names.
std::string version_of(const Person& person);

Error out_of_reach();

}  // namespace zh::people::api
