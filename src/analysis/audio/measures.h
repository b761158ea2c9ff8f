// The acoustic measures of one call, from what was heard on its two legs. Pure; times in milliseconds from the
// recording's beginning.
//
//   customer  ███████░░░░░░░░░░░░░░░░░░███████      speech
//   agent     ░░░░░░░░░░████████████████░░░░░░
//                    └┘ response of 60 ms     the agent's, to the customer
//                                      └┘ overlap     the customer came in
//
// What each figure means is written for people in docs/operating/audio.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/audio/diagnostic.h"
#include "analysis/audio/leg.h"
#include "analysis/audio/loudness.h"
#include "analysis/audio/span.h"

namespace zh::audio {

inline constexpr std::int64_t kSilenceMs = 500;         // shorter quiet of both legs is a pause
inline constexpr std::int64_t kOverlapMs = 200;         // shorter overlaps are ends meeting
inline constexpr std::int64_t kBackchannelMs = 1'000;   // shorter speech ("yes", "mm") ends nobody's monologue …
inline constexpr std::int64_t kMonologueGapMs = 2'000;  // … but a silence of this length does

enum class Role { customer, agent, mixed };
std::string_view name_of(Role role);

struct Leg {
  Role role = Role::mixed;
  Spans speech = {};  // pauses shorter than kPauseMs (speech.h) bridged
  Spans music = {};   // neither speech nor silence
  std::optional<double> loudness_lufs = {};
  std::optional<LoudnessJump> loudness_jump = {};  // none on a mixed recording
  std::optional<double> peak_dbfs = {};
  std::int64_t clipped = 0;  // samples
};

// Both legs quiet.
struct Silence {
  Span span = {};
  // Who was to speak: who did, when the other had spoken before. Where the same party goes on it is the agent's, who
  // either left the customer without an answer or kept the customer waiting; so is the silence before the first word.
  // Nobody's: after the last word, and on a mixed recording.
  std::optional<Role> turn = {};
};

struct Overlap {
  Span span = {};
  Role interrupter = Role::customer;  // who began to speak while the other spoke; the agent, where both begin at once
};

// One party answers the other, not having come in on them.
struct Response {
  Role by = Role::agent;
  std::int64_t at_ms = 0;
  std::int64_t delay_ms = 0;  // since the other's last word
};

struct Monologue {
  Role by = Role::agent;
  Span span = {};
};

struct CallMeasures {
  std::int64_t duration_ms = 0;
  std::vector<Leg> legs = {};  // customer, agent; one that is mixed; or one of the two, where the other cannot be read
  std::vector<Silence> silences = {};
  std::vector<Overlap> overlaps =
      {};  // without both legs none, as the three below; of one leg alone no silences either
  std::vector<Response> responses = {};
  std::optional<double> agent_share = {};  // of all speech, 0–1; nothing where nobody speaks
  std::optional<Monologue> longest_monologue = {};
  std::vector<Diagnostic> diagnostics = {};  // mixed, no_speech, music, lengths_differ
};

CallMeasures measure_call(const LegSound& customer, const LegSound& agent);
// One channel that holds both parties.
CallMeasures measure_mixed(const LegSound& both);
// One party's leg, where nothing is known of the other's: it may have spoken or been quiet.
CallMeasures measure_alone(Role role, const LegSound& leg);

}  // namespace zh::audio
