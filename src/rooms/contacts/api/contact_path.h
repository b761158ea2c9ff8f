// What the routes about one contact share, here and in the rooms above: its id in the path, who may see it, and what is
// said when there is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/db.h"
#include "http/access.h"
#include "http/call.h"
#include "rooms/contacts/contacts.h"

namespace zh::contacts::api {

// Who works with contacts: inspectors and trainers with everybody's, as far as their grant reaches.
http::Access listeners(Secrecy secrecy);

// Call and number, in letters that may stand in a path.
std::string id_of(const Contact& contact);
// By that, or by its source id ("1794297695.220#2"), which plans, samples and transcripts know it by.
Result<std::optional<Contact>> contact_with_id(db::Transaction& tx, std::string_view id);
Error no_such_contact();

// The contact of the path's {id}. Fails (not_found) when there is none, or none within the caller's reach.
Result<Contact> contact_of_path(const http::Call& call, db::Transaction& tx, const Centre& centre);

}  // namespace zh::contacts::api
