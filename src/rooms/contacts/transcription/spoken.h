// From what each leg says to the transcript of the contact. Pure.
#pragma once

#include <string>
#include <vector>

#include "recognition/segments.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

struct SpokenLeg {
  Role role = Role::agent;
  std::vector<recognition::Segment> segments = {};  // in the order of time
};

// The segments of both legs as turns in the order of time; of two that begin at once the customer's first. Segments
// that follow one another on one leg stay turns of their own. Times count from the beginning of the recording.
Transcript transcript_of(const Contact& contact, const std::vector<SpokenLeg>& legs);

// The transcript as a line of an import (transcript_line.h).
std::string line_of(const Transcript& transcript);

}  // namespace zh::contacts
