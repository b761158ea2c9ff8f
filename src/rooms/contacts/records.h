// Records: the share of one file in one call, or in one member's day. A file is cut into runs of so many lines; each
// run gives one record per call and per member's day. Runs are counted from the beginning of the file, so that a log
// which has grown since its last import gives the same records for what was there before.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "rooms/contacts/contacts_store.h"

namespace zh::contacts {

// The day in UTC on which an instant lies.
Date utc_day(Instant at);

// "2026-10-12|Agent/1001"; no member = everybody (restarts).
std::string day_key(Date utc_day, std::string_view member);
std::string_view member_of_day_key(std::string_view key);

// The parts of `ranges` that no range of `others` covers. Both sorted by first id; those of `others` may overlap.
std::vector<store::IdRange> without(std::span<const store::IdRange> ranges, std::span<const store::IdRange> others);

// The contacts of one call from all its records, by source: the queue log's where it has any, to which the others add
// what it lacks; else the CDR's; else the table's. A transcript of a contact that none of these holds is one of its
// own. `records` as store::records_about orders them.
std::vector<Contact> contacts_of_call(std::string_view call, std::span<const store::Record> records);

}  // namespace zh::contacts
