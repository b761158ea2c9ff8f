// Conversation: one contact as checks read it. Turns are what was said or written, as imported; times are milliseconds
// from the contact's beginning. Measures are numbers about the whole; what nobody measured has no value, and a
// condition on it is neither true nor false.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/text/normal_texts.h"
#include "base/calendar.h"
#include "base/text.h"
#include "policy/vocabulary.h"

namespace zh::policy {

enum class Speaker : std::uint8_t { agent, customer, system };

std::string_view name_of(Speaker speaker);  // "agent"
Text label_of(Speaker speaker);             // 坐席 / agent

struct SpokenTurn {
  Speaker speaker = Speaker::agent;
  std::optional<std::int64_t> start_ms;
  std::optional<std::int64_t> end_ms;
  std::string_view text;  // UTF-8 as imported, whatever its bytes; not read where the conversation has `normal`
};

// [start_ms, end_ms) in which something of one side's doing happened.
struct TimeSpan {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::optional<Speaker> whose;  // of silence: whose turn it was; of overlap: who came in; of a delay: who answered
  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

// What `measure:` may read; the numbers index Measures, their order is that of measure_names().
enum class Measure : std::uint8_t {
  duration,
  turns,
  agent_turns,
  customer_turns,
  total_silence,
  longest_silence,
  silences,
  silence_share,
  first_response,
  mean_response,
  longest_response,
  p90_response,
  total_overlap,
  longest_overlap,
  overlaps_by_agent,
  overlaps_by_customer,
  agent_talk_share,
  longest_agent_monologue,
  longest_customer_monologue,
  agent_speech_rate,
  customer_speech_rate,
  agent_speaks_chinese,
  agent_loudness,
  customer_loudness,
  agent_loudness_jump,
  wait,
  ring,
  hold,
  talk,
  hour,
  hung_up_by_agent,
  hung_up_by_customer,
};
inline constexpr std::size_t kMeasures = static_cast<std::size_t>(Measure::hung_up_by_customer) + 1;

// As formulas write them: "longest silence" in seconds, "agent talk share" in percent …
std::span<const NameInfo> measure_names();

// Values in thousandths of their unit (milliseconds, thousandths of a percent); a truth value is 0 or 1.
class Measures {
 public:
  std::optional<std::int64_t> get(Measure measure) const { return values_[static_cast<std::size_t>(measure)]; }
  void set(Measure measure, std::optional<std::int64_t> value) { values_[static_cast<std::size_t>(measure)] = value; }

 private:
  std::array<std::optional<std::int64_t>, kMeasures> values_;
};

struct Conversation {
  std::string_view channel = "call";  // call, chat, mail
  Date day;                           // of the contact, in the centre's zone: decides which checks are in force
  std::span<const SpokenTurn> turns;
  // The turns' texts where they are normalised already; null: checks normalise them.
  const text::NormalTexts* normal = nullptr;
  Measures measures;
  std::vector<TimeSpan> silences;
  std::vector<TimeSpan> overlaps;
  std::vector<TimeSpan> delays;  // from the customer's last word to the agent's first
  // Fields of the contact by the names of FORMATS.md: product, direction, outcome, ended_by …; unknown ones are absent.
  std::vector<std::pair<std::string_view, std::string_view>> fields;

  std::optional<std::string_view> field(std::string_view name) const;
};

// Shorter pauses are breath, shorter overlaps agreement: they are not listed (as `zhiheng analyse` has it).
inline constexpr std::int64_t kSilenceMinMs = 500;
inline constexpr std::int64_t kOverlapMinMs = 200;

// Fills in what the turns' times tell: silences, overlaps, delays, and the measures that follow from them and from the
// texts; how fast somebody speaks only where the conversation has no `normal`, since that is told by the originals.
// Measures that are set already (by an analysis of the recording) stay. Without times for every turn of both
// sides silences and overlaps are not known; chats have delays by the beginnings of their turns.
void measure_turns(Conversation& conversation);

}  // namespace zh::policy
