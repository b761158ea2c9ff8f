// The routes of what was said and how it sounded: /api/v1/contacts/{id}/transcript, …/recordings, …/recordings/{leg},
// …/recordings/{leg}/waveform, …/acoustics.
//
// Whoever may see a contact may read and hear it: agents their own, shift leaders their group's, inspectors as far as
// their grant reaches. Telephone numbers in a transcript are masked, letter for letter so that places in it stay what
// they are, for who is not cleared for secrets. Every reading and hearing goes to the audit chain, once in ten minutes
// for one person and one record: a player asks for many parts of what it plays.
#pragma once

#include "base/calendar.h"
#include "db/db.h"
#include "http/site.h"
#include "rooms/contacts/open_contents.h"

namespace zh::contacts {

// `database` outlives the site.
void add_record_routes(http::Site& site, db::Database& database, Zone zone, OpenContents contents);

}  // namespace zh::contacts
