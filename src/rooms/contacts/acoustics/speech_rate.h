// How fast the parties of a contact speak: Chinese characters and words of other scripts per minute of speech, as its
// transcript counts them. Pure.
//
// A turn's time is what was heard of its speaker between its beginning and end; without measures, or where nothing was
// heard of that leg, its whole length. Turns without both times, without words, or shorter than half a second say
// nothing about a rate and are left out.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/audio/measures.h"
#include "rooms/contacts/spoken.h"

namespace zh::contacts {

struct SpeechRate {
  std::int64_t characters = 0;  // Chinese
  std::int64_t words = 0;       // of other scripts, numbers included
  std::int64_t spoken_ms = 0;

  // What of the two is more decides what the rate is called; the rate counts both.
  bool is_chinese() const { return characters >= words; }
  std::optional<double> per_minute() const;  // nothing where nothing was spoken
  friend bool operator==(const SpeechRate&, const SpeechRate&) = default;
};

struct TurnRate {
  std::size_t turn = 0;  // from 0
  SpeechRate rate;
};

struct SpeechRates {
  SpeechRate customer;
  SpeechRate agent;
  std::vector<TurnRate> turns;  // those that count, in order
};

// What is counted in a text; no time is spoken in it.
SpeechRate count_speech(std::string_view text);

// `heard` may be null.
SpeechRates speech_rates(const std::vector<SpokenTurn>& turns, const audio::CallMeasures* heard);

}  // namespace zh::contacts
