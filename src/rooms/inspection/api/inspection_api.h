// The routes of automatic checks: /api/v1/contacts/{id}/findings, …/judging, /api/v1/checks… .
//
// What checks found is for those who judge contacts: inspectors, trainers and leads, as far as their grant reaches. To
// the agent it becomes visible when a person has written it down in a published inspection.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/calendar.h"
#include "db/db.h"
#include "http/site.h"
#include "rooms/contacts/open_contents.h"
#include "rooms/policies/policies.h"

namespace zh::inspection {

// What the room is given by the program, which knows the data directory: any thread.
struct Given {
  std::function<Result<policies::PackPtr>(db::Transaction&, Date)> pack_on;         // in force on that day
  std::function<Result<policies::PackPtr>(db::Transaction&, const Hash&)> pack_of;  // of that version, however old
  policy::LoadOptions options;                                                      // with which packs are checked
  contacts::OpenContents contents;                                                  // opens transcripts
  std::function<std::optional<std::string>()> judge;  // the model that is asked, where the settings name one
};

// `database` outlives the site.
void add_inspection_routes(http::Site& site, db::Database& database, Zone zone, Given given);

}  // namespace zh::inspection
