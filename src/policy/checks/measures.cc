// What the times of turns tell: silences, overlaps, response delays and the measures of the whole.
#include <algorithm>

#include "base/utf8.h"
#include "policy/checks/conversation.h"

namespace zh::policy {

namespace {

using enum NameInfo::Type;

constexpr std::array<NameInfo, kMeasures> kNames{{
    {"duration", number, "seconds", true},
    {"turns", number, "", true},
    {"agent turns", number, "", true},
    {"customer turns", number, "", true},
    {"total silence", number, "seconds", true},
    {"longest silence", number, "seconds", true},
    {"silences", number, "", true},
    {"silence share", number, "percent", true},
    {"first response", number, "seconds", true},
    {"mean response", number, "seconds", true},
    {"longest response", number, "seconds", true},
    {"p90 response", number, "seconds", true},
    {"total overlap", number, "seconds", true},
    {"longest overlap", number, "seconds", true},
    {"overlaps by agent", number, "", true},
    {"overlaps by customer", number, "", true},
    {"agent talk share", number, "percent", true},
    {"longest agent monologue", number, "seconds", true},
    {"longest customer monologue", number, "seconds", true},
    {"agent speech rate", number, "", true},
    {"customer speech rate", number, "", true},
    {"agent speaks chinese", boolean, "", true},
    {"agent loudness", number, "", true},
    {"customer loudness", number, "", true},
    {"agent loudness jump", number, "", true},
    {"wait", number, "seconds", true},
    {"ring", number, "seconds", true},
    {"hold", number, "seconds", true},
    {"talk", number, "seconds", true},
    {"hour", number, "", true},
    {"hung up by agent", boolean, "", true},
    {"hung up by customer", boolean, "", true},
}};

constexpr std::int64_t kThousand = 1'000;

bool is_side(Speaker speaker) { return speaker != Speaker::system; }

// A turn of one side with both of its times.
struct Timed {
  std::int64_t start_ms;
  std::int64_t end_ms;
  Speaker speaker;
};

// The sides' turns by their beginning; nothing when one lacks a time or ends before it begins.
std::optional<std::vector<Timed>> timed(std::span<const SpokenTurn> turns) {
  std::vector<Timed> result;
  for (const SpokenTurn& turn : turns) {
    if (!is_side(turn.speaker)) continue;
    if (!turn.start_ms || !turn.end_ms || *turn.end_ms < *turn.start_ms) return std::nullopt;
    result.push_back({*turn.start_ms, *turn.end_ms, turn.speaker});
  }
  std::ranges::stable_sort(result, {}, &Timed::start_ms);
  return result;
}

std::int64_t length(const TimeSpan& span) { return span.end_ms - span.start_ms; }

std::int64_t total(const std::vector<TimeSpan>& spans) {
  std::int64_t sum = 0;
  for (const TimeSpan& span : spans) sum += length(span);
  return sum;
}
std::int64_t longest(const std::vector<TimeSpan>& spans) {
  std::int64_t most = 0;
  for (const TimeSpan& span : spans) most = std::max(most, length(span));
  return most;
}
std::int64_t count_by(const std::vector<TimeSpan>& spans, Speaker whose) {
  return std::ranges::count_if(spans, [&](const TimeSpan& span) { return span.whose == whose; });
}

// Gaps between turns; each is the turn of whoever speaks next.
std::vector<TimeSpan> silences_of(const std::vector<Timed>& turns) {
  std::vector<TimeSpan> result;
  std::int64_t quiet_from = turns.empty() ? 0 : turns.front().end_ms;
  for (const Timed& turn : turns) {
    if (turn.start_ms - quiet_from >= kSilenceMinMs) result.push_back({quiet_from, turn.start_ms, turn.speaker});
    quiet_from = std::max(quiet_from, turn.end_ms);
  }
  return result;
}

// Where a turn begins while the other side is still speaking.
std::vector<TimeSpan> overlaps_of(const std::vector<Timed>& turns) {
  std::vector<TimeSpan> result;
  std::array<std::int64_t, 2> speaks_until{};  // by side
  for (const Timed& turn : turns) {
    const auto own = static_cast<std::size_t>(turn.speaker);
    const std::int64_t end = std::min(speaks_until.at(1 - own), turn.end_ms);
    if (end - turn.start_ms >= kOverlapMinMs) result.push_back({turn.start_ms, end, turn.speaker});
    speaks_until.at(own) = std::max(speaks_until.at(own), turn.end_ms);
  }
  return result;
}

// From the customer's last word (or message) to the agent's next.
std::vector<TimeSpan> delays_of(std::span<const SpokenTurn> turns) {
  std::vector<TimeSpan> result;
  const SpokenTurn* asked = nullptr;
  for (const SpokenTurn& turn : turns) {
    if (turn.speaker == Speaker::customer) asked = &turn;
    if (turn.speaker != Speaker::agent || asked == nullptr) continue;
    const auto from = asked->end_ms ? asked->end_ms : asked->start_ms;
    if (from && turn.start_ms) result.push_back({*from, std::max(*from, *turn.start_ms), Speaker::agent});
    asked = nullptr;
  }
  return result;
}

// The longest time in which one side spoke and the other did not come in.
std::int64_t longest_monologue(const std::vector<Timed>& turns, Speaker side) {
  std::int64_t most = 0;
  std::optional<std::int64_t> from;
  for (const Timed& turn : turns) {
    if (turn.speaker != side) {
      from.reset();
      continue;
    }
    if (!from) from = turn.start_ms;
    most = std::max(most, turn.end_ms - *from);
  }
  return most;
}

struct Speech {
  std::int64_t ms = 0;
  std::int64_t characters = 0;
  std::int64_t words = 0;
};

// What is counted as speech: each Chinese or Japanese character and each word of alphabetic writing.
void count(std::string_view text, Speech& into) {
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    const bool character = c >= 0x3040 && c <= 0x9FFF;
    const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
                        c == U'\'' || (c >= 0xC0 && c < 0x2000);
    if (character) ++into.characters;
    if (letter && !in_word) ++into.words;
    in_word = letter;
  }
}

Speech speech_of(std::span<const SpokenTurn> turns, Speaker side) {
  Speech speech;
  for (const SpokenTurn& turn : turns) {
    if (turn.speaker != side || !turn.start_ms || !turn.end_ms) continue;
    speech.ms += *turn.end_ms - *turn.start_ms;
    count(turn.text, speech);
  }
  return speech;
}

// Sets what is not known yet.
void fill(Measures& measures, Measure measure, std::optional<std::int64_t> value) {
  if (!measures.get(measure)) measures.set(measure, value);
}

void fill_spans(Conversation& it) {
  Measures& to = it.measures;
  fill(to, Measure::total_silence, total(it.silences));
  fill(to, Measure::longest_silence, longest(it.silences));
  fill(to, Measure::silences, static_cast<std::int64_t>(it.silences.size()) * kThousand);
  fill(to, Measure::total_overlap, total(it.overlaps));
  fill(to, Measure::longest_overlap, longest(it.overlaps));
  fill(to, Measure::overlaps_by_agent, count_by(it.overlaps, Speaker::agent) * kThousand);
  fill(to, Measure::overlaps_by_customer, count_by(it.overlaps, Speaker::customer) * kThousand);
  const auto duration = to.get(Measure::duration);
  if (duration && *duration > 0) {
    fill(to, Measure::silence_share, *to.get(Measure::total_silence) * 100 * kThousand / *duration);
  }
}

void fill_delays(Conversation& it) {
  if (it.delays.empty()) return;
  std::vector<std::int64_t> sorted;
  for (const TimeSpan& delay : it.delays) sorted.push_back(length(delay));
  std::ranges::sort(sorted);
  const auto count = static_cast<std::int64_t>(sorted.size());
  fill(it.measures, Measure::first_response, length(it.delays.front()));
  fill(it.measures, Measure::mean_response, total(it.delays) / count);
  fill(it.measures, Measure::longest_response, sorted.back());
  // Nearest rank: the smallest value that at least 90 % do not exceed.
  fill(it.measures, Measure::p90_response, sorted[static_cast<std::size_t>((count * 9 + 9) / 10 - 1)]);
}

void fill_talk_share(Conversation& it) {
  std::array<std::int64_t, 2> spoken_ms{};  // by side
  for (const SpokenTurn& turn : it.turns) {
    if (!is_side(turn.speaker) || !turn.start_ms || !turn.end_ms) continue;
    spoken_ms.at(static_cast<std::size_t>(turn.speaker)) += *turn.end_ms - *turn.start_ms;
  }
  const std::int64_t agent_ms = spoken_ms.at(static_cast<std::size_t>(Speaker::agent));
  const std::int64_t both_ms = spoken_ms.front() + spoken_ms.back();
  if (both_ms > 0) fill(it.measures, Measure::agent_talk_share, agent_ms * 100 * kThousand / both_ms);
}

void fill_speech(Conversation& it) {
  constexpr std::int64_t kMinuteMs = 60'000;
  const Speech agent = speech_of(it.turns, Speaker::agent);
  const Speech customer = speech_of(it.turns, Speaker::customer);
  const auto rate = [](const Speech& speech) {
    return (speech.characters + speech.words) * kThousand * kMinuteMs / speech.ms;
  };
  if (agent.ms > 0) fill(it.measures, Measure::agent_speech_rate, rate(agent));
  if (customer.ms > 0) fill(it.measures, Measure::customer_speech_rate, rate(customer));
  if (agent.characters + agent.words > 0) {
    fill(it.measures, Measure::agent_speaks_chinese, agent.characters >= agent.words ? 1 : 0);
  }
}

void fill_counts(Conversation& it) {
  std::array<std::int64_t, 3> turns{};  // by speaker
  for (const SpokenTurn& turn : it.turns) ++turns.at(static_cast<std::size_t>(turn.speaker));
  fill(it.measures, Measure::turns, static_cast<std::int64_t>(it.turns.size()) * kThousand);
  fill(it.measures, Measure::agent_turns, turns.at(static_cast<std::size_t>(Speaker::agent)) * kThousand);
  fill(it.measures, Measure::customer_turns, turns.at(static_cast<std::size_t>(Speaker::customer)) * kThousand);
}

}  // namespace

std::span<const NameInfo> measure_names() { return kNames; }

std::string_view name_of(Speaker speaker) {
  switch (speaker) {
    case Speaker::agent:
      return "agent";
    case Speaker::customer:
      return "customer";
    case Speaker::system:
      return "system";
  }
  return "agent";
}

Text label_of(Speaker speaker) {
  switch (speaker) {
    case Speaker::agent:
      return {.zh = "坐席", .en = "agent"};
    case Speaker::customer:
      return {.zh = "客户", .en = "customer"};
    case Speaker::system:
      return {.zh = "系统", .en = "system"};
  }
  return {.zh = "坐席", .en = "agent"};
}

std::optional<std::string_view> Conversation::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &std::pair<std::string_view, std::string_view>::first);
  return found == fields.end() ? std::nullopt : std::optional(found->second);
}

void measure_turns(Conversation& conversation) {
  Conversation& it = conversation;
  fill_counts(it);
  if (!it.measures.get(Measure::longest_response)) it.delays = delays_of(it.turns);
  fill_delays(it);
  const auto turns = it.channel == "call" ? timed(it.turns) : std::nullopt;
  if (!turns || turns->empty()) return;
  fill(it.measures, Measure::duration, std::ranges::max_element(*turns, {}, &Timed::end_ms)->end_ms);
  if (!it.measures.get(Measure::total_silence)) it.silences = silences_of(*turns);
  if (!it.measures.get(Measure::total_overlap)) it.overlaps = overlaps_of(*turns);
  fill_spans(it);
  fill(it.measures, Measure::longest_agent_monologue, longest_monologue(*turns, Speaker::agent));
  fill(it.measures, Measure::longest_customer_monologue, longest_monologue(*turns, Speaker::customer));
  fill_talk_share(it);
  if (it.normal == nullptr) fill_speech(it);
}

}  // namespace zh::policy
