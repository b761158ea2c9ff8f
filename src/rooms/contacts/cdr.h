// Rows of Asterisk's CDR csv: no header, quoted or not, 16 to 21 columns as the version and its settings write them.
//
//   0 accountcode  1 src      2 dst         3 dcontext  4 clid      5 channel   6 dstchannel  7 lastapp  8 lastdata
//   9 start       10 answer  11 end        12 duration 13 billsec  14 disposition  15 amaflags
//   then uniqueid, userfield, peeraccount, linkedid, sequence, each of which may be missing
//
// Times are the centre's wall clock, or seconds since 1970. Rows of one call (linkedid, else uniqueid) are one contact:
// that of the leg which is the call itself (its uniqueid is the call's), or of all rows where no leg is.
//
//   answered   any of those rows is ANSWERED; answered_at is the first answer, talk the time that their conversations
//              (answer and billsec seconds from there) cover together; ring is answer − start of the longest one
//   no_answer  otherwise
//   member     the channel that was dialled, without its number: "SIP/1001-0000a2f3" → "SIP/1001"
//   queue      the first argument where the last application is Queue, else not known
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "rooms/contacts/assembly.h"
#include "rooms/contacts/contacts.h"

namespace zh::contacts {

inline constexpr std::size_t kCdrColumnsMin = 16;
inline constexpr std::size_t kCdrColumnsMax = 21;

// What a row becomes in a record: its call, and its cells separated by tabs, times as seconds since 1970.
struct CdrRow {
  std::string call;
  std::string kept;
  Instant start;
  std::string member;  // "" = none
  std::string queue;   // "" = none
};
// Fails (invalid, without place) naming the cell that is wrong.
Result<CdrRow> parse_cdr_row(std::span<const std::string_view> cells, const Zone& zone);

// Nothing without rows.
std::optional<Contact> contact_of_cdr(std::string_view call, std::span<const KeptLines> records);

// "SIP/1001-0000a2f3", "Local/1018@agents-00000011;1" → the device; "NOT_AVAILABLE" → "".
std::string_view device_of(std::string_view channel);

}  // namespace zh::contacts
