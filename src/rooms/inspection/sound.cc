#include "rooms/inspection/sound.h"

#include <algorithm>
#include <cmath>

namespace zh::inspection {

namespace {

using policy::Measure;
using policy::Speaker;

constexpr std::int64_t kThousand = 1'000;

std::optional<Speaker> speaker_of(audio::Role role) {
  if (role == audio::Role::agent) return Speaker::agent;
  if (role == audio::Role::customer) return Speaker::customer;
  return std::nullopt;
}

std::int64_t thousandths(double number) { return std::llround(number * static_cast<double>(kThousand)); }

void put_silences(const audio::CallMeasures& heard, policy::Conversation& into) {
  std::int64_t total = 0;
  std::int64_t longest = 0;
  for (const audio::Silence& it : heard.silences) {
    into.silences.push_back({it.span.start_ms, it.span.end_ms, it.turn ? speaker_of(*it.turn) : std::nullopt});
    total += it.span.end_ms - it.span.start_ms;
    longest = std::max(longest, it.span.end_ms - it.span.start_ms);
  }
  into.measures.set(Measure::total_silence, total);
  into.measures.set(Measure::longest_silence, longest);
  into.measures.set(Measure::silences, static_cast<std::int64_t>(heard.silences.size()) * kThousand);
  if (heard.duration_ms > 0) into.measures.set(Measure::silence_share, total * 100 * kThousand / heard.duration_ms);
}

void put_overlaps(const audio::CallMeasures& heard, policy::Conversation& into) {
  std::int64_t total = 0;
  std::int64_t longest = 0;
  std::int64_t by_agent = 0;
  for (const audio::Overlap& it : heard.overlaps) {
    into.overlaps.push_back({it.span.start_ms, it.span.end_ms, speaker_of(it.interrupter)});
    total += it.span.end_ms - it.span.start_ms;
    longest = std::max(longest, it.span.end_ms - it.span.start_ms);
    if (it.interrupter == audio::Role::agent) ++by_agent;
  }
  into.measures.set(Measure::total_overlap, total);
  into.measures.set(Measure::longest_overlap, longest);
  into.measures.set(Measure::overlaps_by_agent, by_agent * kThousand);
  into.measures.set(Measure::overlaps_by_customer,
                    (static_cast<std::int64_t>(heard.overlaps.size()) - by_agent) * kThousand);
}

// The agent's answers to the customer.
void put_delays(const audio::CallMeasures& heard, policy::Conversation& into) {
  std::vector<std::int64_t> delays;
  for (const audio::Response& it : heard.responses) {
    if (it.by != audio::Role::agent) continue;
    into.delays.push_back({it.at_ms - it.delay_ms, it.at_ms, Speaker::agent});
    delays.push_back(it.delay_ms);
  }
  if (delays.empty()) return;
  into.measures.set(Measure::first_response, delays.front());
  std::ranges::sort(delays);
  const auto count = static_cast<std::int64_t>(delays.size());
  std::int64_t total = 0;
  for (const std::int64_t delay : delays) total += delay;
  into.measures.set(Measure::mean_response, total / count);
  into.measures.set(Measure::longest_response, delays.back());
  // Nearest rank, as for turns.
  into.measures.set(Measure::p90_response, delays[static_cast<std::size_t>((count * 9 + 9) / 10 - 1)]);
}

void put_loudness(const audio::CallMeasures& heard, policy::Conversation& into) {
  for (const audio::Leg& leg : heard.legs) {
    if (!leg.loudness_lufs || leg.role == audio::Role::mixed) continue;
    const bool agent = leg.role == audio::Role::agent;
    into.measures.set(agent ? Measure::agent_loudness : Measure::customer_loudness, thousandths(*leg.loudness_lufs));
    if (agent && leg.loudness_jump) into.measures.set(Measure::agent_loudness_jump, thousandths(leg.loudness_jump->db));
  }
}

}  // namespace

void put_sound(const audio::CallMeasures& heard, policy::Conversation& into) {
  if (heard.legs.empty()) return;
  into.measures.set(Measure::duration, heard.duration_ms);
  put_loudness(heard, into);
  const bool mixed = heard.legs.front().role == audio::Role::mixed;
  const bool both = heard.legs.size() == 2;
  if (mixed || both) put_silences(heard, into);
  if (!both) return;
  put_overlaps(heard, into);
  put_delays(heard, into);
  if (heard.agent_share) into.measures.set(Measure::agent_talk_share, thousandths(*heard.agent_share * 100));
  if (!heard.longest_monologue) return;
  const bool agent = heard.longest_monologue->by == audio::Role::agent;
  const audio::Span& span = heard.longest_monologue->span;
  into.measures.set(agent ? Measure::longest_agent_monologue : Measure::longest_customer_monologue,
                    span.end_ms - span.start_ms);
}

void put_speech_rates(const contacts::SpeechRates& rates, policy::Conversation& into) {
  if (const auto agent = rates.agent.per_minute()) into.measures.set(Measure::agent_speech_rate, thousandths(*agent));
  if (rates.agent.characters + rates.agent.words > 0) {
    into.measures.set(Measure::agent_speaks_chinese, rates.agent.is_chinese() ? 1 : 0);
  }
  if (const auto customer = rates.customer.per_minute()) {
    into.measures.set(Measure::customer_speech_rate, thousandths(*customer));
  }
}

}  // namespace zh::inspection
