// A line of a transcripts file: JSON, one contact (FORMATS.md "transcripts"). Pure.
//
//   {"source_id":"1791767130.48","channel":"call","agent":"1006","customer":"","started_at":"2026-10-12T09:05:46",
//    "product":"enquiry","turns":[{"role":"agent","start_ms":826,"end_ms":1822,"text":"您好"}]}
//   {"channel":"fax", …}      refused: channel is call, chat or mail, not "fax"
//
// source_id, channel, started_at and turns are required, of a turn role and text; whatever else is named must be one of
// the format's own names. null is the same as leaving out.
#pragma once

#include <string_view>

#include "base/calendar.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

// The longest line there may be, and the most turns of a conversation. Ten hours of talk have about 10,000 turns and
// one megabyte; a chat that is never closed has more. Reading takes about twice the line's bytes, whatever is in it.
inline constexpr std::size_t kTranscriptBytes = std::size_t{256} << 20;
inline constexpr std::size_t kTurnsMax = 1'000'000;

// Fails (invalid, limit) with a sentence that names the turn and the field; the place is the caller's to add.
Result<Transcript> parse_transcript(std::string_view line, const Zone& zone);

// The source id that a line which cannot be taken states, as far as it can be read: the line may be cut off, or no JSON
// at all. "" when there is none. For telling the contact; nothing is entered by it.
std::string source_id_in(std::string_view line);

}  // namespace zh::contacts
