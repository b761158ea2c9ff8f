// A record without those in it: every cut becomes a placeholder, the same thing the same placeholder throughout the
// record, and the words' time is silenced on both legs. Pure.
//
//   "王先生，13912343479，对，139 1234 3479"  →  "[姓名1]先生，[电话1]，对，[电话1]"
#pragma once

#include <vector>

#include "analysis/audio/span.h"
#include "rooms/quality/library/identify.h"

namespace zh::quality::library {

// The turns with their cuts replaced. `cuts` as identifying() gives them, within the turns.
std::vector<contacts::Turn> masked(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts);

// The same letter for letter: every character of a cut becomes one '*', so that places in the texts stay what they are.
std::vector<std::string> starred(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts);

// What is to be silenced so that none of the cut words is heard. A transcript has times for turns, not for words, so a
// word's time is estimated from its place and made half as long again as the turn's pace, at least 700 ms on either
// side; a turn without both times is silenced from its beginning to the next turn's. Nothing where a cut turn has no
// beginning: its words could be anywhere.
std::optional<audio::Spans> silences_for(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts,
                                         std::int64_t duration_ms);

}  // namespace zh::quality::library
