// The routes of the recording library: /api/v1/library/… .
//
//   everybody who leads or is led   shared entries: text with placeholders, silenced sound
//   inspector, QA supervisor        of the whole centre: drafts as well; adds, edits, shares, withdraws
//
// A draft shows the record itself, so looking at one is a reading of its transcript, and audited as such.
#pragma once

#include <functional>

#include "db/db.h"
#include "http/site.h"
#include "vault/contents.h"

namespace zh::quality {

// Opens the centre's contents when they are first asked for; any thread.
using OpenContents = std::function<Result<vault::Contents*>()>;

// `database` outlives the site.
void add_library_routes(http::Site& site, db::Database& database, OpenContents contents);

}  // namespace zh::quality
