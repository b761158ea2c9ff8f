#include "rooms/contacts/transcription/spoken.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/json.h"

namespace zh::contacts {

Transcript transcript_of(const Contact& contact, const std::vector<SpokenLeg>& legs) {
  Transcript transcript{.source_id = contact.source_id(),
                        .channel = contact.channel,
                        .agent = contact.member,
                        .started_at = contact.offered_at,
                        .product = contact.product};
  for (const SpokenLeg& leg : legs) {
    for (const recognition::Segment& segment : leg.segments) {
      transcript.turns.push_back(
          {.role = leg.role, .start_ms = segment.start_ms, .end_ms = segment.end_ms, .text = segment.text});
    }
  }
  std::ranges::stable_sort(transcript.turns, [](const Turn& a, const Turn& b) {
    return std::pair(a.start_ms, a.role != Role::customer) < std::pair(b.start_ms, b.role != Role::customer);
  });
  return transcript;
}

std::string line_of(const Transcript& transcript) {
  json::Array turns;
  for (const Turn& turn : transcript.turns) {
    turns.push_back(json::Object{{"role", name_of(turn.role)},
                                 {"start_ms", turn.start_ms.value_or(0)},
                                 {"end_ms", turn.end_ms.value_or(0)},
                                 {"text", turn.text}});
  }
  return json::compact(json::Object{{"source_id", transcript.source_id},
                                    {"channel", name_of(transcript.channel)},
                                    {"agent", transcript.agent},
                                    {"started_at", Zone::utc().format(transcript.started_at)},
                                    {"product", transcript.product},
                                    {"turns", std::move(turns)}});
}

}  // namespace zh::contacts
