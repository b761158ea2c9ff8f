// How a call's events become contacts. Pure; an event is a fact about the call whatever file it came from.
//
// Each ENTERQUEUE opens a contact. What follows in the same queue belongs to the contact it fits: an outcome to the one
// that waits, an ending to the one that talks. The order of events is that of their times; within one instant, and
// where a clock was set back, the fit decides, so that two lines of a second may stand in either order. What a log that
// begins or ends in the middle of a call leaves out stays open:
//
//   no ENTERQUEUE   the contact is not `entered` (not offered); offered_at is the first event's time minus its wait
//   no CONNECT      it is not `connected` (not answered), though its talk time is known
//   no outcome      Outcome::open
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/contacts/contacts.h"

namespace zh::contacts {

// What one record states of a call or of a member's day: kept lines (queue_log.h), each ended by LF, in the order of
// their file.
using KeptLines = std::string_view;

// The events of several records as one log: by time, each event once. Within one instant the order is that of the
// record that has most of the instant (files overlap at their edges), so that the order of imports does not matter.
std::vector<std::string_view> merged_lines(std::span<const KeptLines> records);

// The contacts of one call, numbered from 1 in the order in which they were offered. `lines` as merged_lines gives
// them.
std::vector<Contact> assemble(std::string_view call, std::span<const std::string_view> lines);

// The changes of one member's day, in order.
std::vector<AgentChange> changes_of(std::span<const std::string_view> lines);

}  // namespace zh::contacts
