// A transcript as bytes: what is encrypted and stored, and what its content hash is taken of. Pure.
//
//   1 byte 0x01 · source_id · channel · agent · customer · started_at · product · number of turns, then of each turn
//   1 byte (role, +4 with start_ms, +8 with end_ms) · start_ms · end_ms · text
//
// Numbers are LEB128, instants zigzag before it; texts have their length before them. end_ms counts from start_ms where
// both are there.
#pragma once

#include <string>
#include <string_view>

#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

std::string encode(const Transcript& transcript);
// Fails (corrupt) on bytes that encode() did not make.
Result<Transcript> decode_transcript(std::string_view bytes);

}  // namespace zh::contacts
