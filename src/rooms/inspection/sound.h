// How a contact sounds, as checks read it. Pure.
#pragma once

#include "analysis/audio/measures.h"
#include "policy/checks/conversation.h"
#include "rooms/contacts/acoustics/speech_rate.h"

namespace zh::inspection {

// What was heard in the recording: silences, overlaps, delays, shares, loudness, duration. It goes before what the
// turns' times tell (measure_turns), so it is to be put first. A recording of both parties on one channel knows its
// silences, and of the rest nothing.
void put_sound(const audio::CallMeasures& heard, policy::Conversation& into);
// Words and characters a minute.
void put_speech_rates(const contacts::SpeechRates& rates, policy::Conversation& into);

}  // namespace zh::inspection
