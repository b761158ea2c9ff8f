// Any bytes as a line of a transcripts file, and as the bytes that are stored of one: never a crash or a hang. What
// must hold of a line that is taken: its limits, well-formed texts, and that what is stored reads back as it was.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "rooms/contacts/acoustics/speech_rate.h"
#include "rooms/contacts/transcript_code.h"
#include "rooms/contacts/transcript_line.h"

namespace {

using namespace zh::contacts;  // NOLINT(google-build-using-namespace): a program of one room

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check_taken(const Transcript& taken) {
  require(!taken.source_id.empty() && taken.turns.size() <= kTurnsMax);
  for (const Turn& turn : taken.turns) {
    require(zh::utf8::is_valid(turn.text));
    require(!turn.start_ms || !turn.end_ms || *turn.end_ms >= *turn.start_ms);
  }
  const auto back = decode_transcript(encode(taken));
  require(back.ok() && *back == taken);
  const ContactName name = contact_name(taken.source_id);
  require(name.number >= 1 && !name.call.empty());
  const SpeechRates rates = speech_rates(spoken_turns(taken), nullptr);
  require(rates.agent.spoken_ms >= 0 && rates.customer.spoken_ms >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const zh::Zone zone = zh::Zone::utc();
  if (const auto taken = parse_transcript(bytes, zone); taken.ok()) check_taken(*taken);
  const std::string whose = source_id_in(bytes);
  require(zh::utf8::is_valid(whose) && whose.size() <= bytes.size());
  if (const auto stored = decode_transcript(bytes); stored.ok()) {
    const auto back = decode_transcript(encode(*stored));
    require(back.ok() && *back == *stored);
  }
  return 0;
}
