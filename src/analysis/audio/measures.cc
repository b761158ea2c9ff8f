#include "analysis/audio/measures.h"

#include <algorithm>
#include <cstdlib>

#include "analysis/audio/speech.h"

namespace zh::audio {

namespace {

static_assert(kPauseMs <= kSilenceMs, "bridging may not hide a silence");

constexpr std::int64_t kLengthsDifferMs = 1'000;

struct Utterance {
  Role by = Role::agent;
  Span span;
};

// What both say, in the order in which they begin.
std::vector<Utterance> conversation(const std::vector<Leg>& legs) {
  std::vector<Utterance> all;
  for (const Leg& leg : legs) {
    for (const Span& span : leg.speech) all.push_back({leg.role, span});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Utterance& a, const Utterance& b) { return a.span.start_ms < b.span.start_ms; });
  return all;
}

Text role_text(Role role) {
  switch (role) {
    case Role::customer:
      return {.zh = "客户声道", .en = "the customer's leg"};
    case Role::agent:
      return {.zh = "坐席声道", .en = "the agent's leg"};
    case Role::mixed:
      break;
  }
  return {.zh = "录音", .en = "the recording"};
}

Leg leg_of(Role role, const LegSound& sound, std::vector<Diagnostic>& diagnostics) {
  Heard heard = listen_to(sound);
  const Text where = role_text(role);
  if (heard.speech.empty()) {
    diagnostics.push_back({DiagnosticCode::no_speech, {.zh = where.zh + "没有语音", .en = "no speech on " + where.en}});
  }
  if (!heard.music.empty()) {
    diagnostics.push_back({DiagnosticCode::music,
                           {.zh = where.zh + "有音乐，既不算语音也不算静默",
                            .en = "there is music on " + where.en + ": counted neither as speech nor as silence"}});
  }
  auto jump = role == Role::mixed ? std::nullopt : loudness_jump(sound.weighted, heard.speech);
  return {.role = role,
          .speech = std::move(heard.speech),
          .music = std::move(heard.music),
          .loudness_lufs = sound.loudness_lufs,
          .loudness_jump = jump,
          .peak_dbfs = sound.peak_dbfs,
          .clipped = sound.clipped};
}

Spans silent_spans(const CallMeasures& call) {
  Spans sound;
  for (const Leg& leg : call.legs) sound = united(sound, united(leg.speech, leg.music));
  Spans quiet = gaps(sound, call.duration_ms);
  std::erase_if(quiet, [](const Span& span) { return span.length_ms() < kSilenceMs; });
  return quiet;
}

// See Silence::turn. `before` is the utterance that ended last before the silence.
std::optional<Role> turn_of(const Utterance* before, const Utterance* after) {
  if (after == nullptr) return std::nullopt;
  if (before == nullptr || before->by == after->by) return Role::agent;
  return after->by;
}

std::vector<Silence> silences_of(const Spans& quiet, const std::vector<Utterance>& talk) {
  std::vector<Silence> silences;
  const Utterance* before = nullptr;
  auto next = talk.begin();
  for (const Span& span : quiet) {
    for (; next != talk.end() && next->span.start_ms < span.start_ms; ++next) {
      if (before == nullptr || next->span.end_ms >= before->span.end_ms) before = &*next;
    }
    silences.push_back({span, turn_of(before, next == talk.end() ? nullptr : &*next)});
  }
  return silences;
}

std::vector<Overlap> overlaps_of(const Leg& customer, const Leg& agent) {
  const auto began = [](const Leg& leg, const Span& at) {
    const auto after = std::upper_bound(leg.speech.begin(), leg.speech.end(), at.start_ms,
                                        [](std::int64_t ms, const Span& span) { return ms < span.start_ms; });
    return std::prev(after)->start_ms;
  };
  std::vector<Overlap> overlaps;
  for (const Span& span : intersection(customer.speech, agent.speech)) {
    if (span.length_ms() < kOverlapMs) continue;
    const bool customer_later = began(customer, span) > began(agent, span);
    overlaps.push_back({span, customer_later ? Role::customer : Role::agent});
  }
  return overlaps;
}

std::vector<Response> responses_of(const std::vector<Utterance>& talk) {
  std::vector<Response> responses;
  const Utterance* last = nullptr;  // of those before, the one that ends last
  for (const Utterance& one : talk) {
    if (last != nullptr && last->by != one.by && one.span.start_ms >= last->span.end_ms) {
      responses.push_back({one.by, one.span.start_ms, one.span.start_ms - last->span.end_ms});
    }
    if (last == nullptr || one.span.end_ms >= last->span.end_ms) last = &one;
  }
  return responses;
}

std::optional<Monologue> longest_monologue_of(const std::vector<Utterance>& talk) {
  std::optional<Monologue> longest;
  std::optional<Monologue> current;
  for (const Utterance& one : talk) {
    if (current && current->by == one.by && one.span.start_ms - current->span.end_ms < kMonologueGapMs) {
      current->span.end_ms = one.span.end_ms;
    } else if (!current || current->by == one.by || one.span.length_ms() >= kBackchannelMs) {
      current = Monologue{one.by, one.span};
    } else {
      continue;
    }
    if (!longest || current->span.length_ms() > longest->span.length_ms()) longest = current;
  }
  return longest;
}

std::optional<double> share_of(const Leg& one, const Leg& other) {
  const std::int64_t own = total_ms(one.speech);
  const std::int64_t all = own + total_ms(other.speech);
  if (all == 0) return std::nullopt;
  return static_cast<double>(own) / static_cast<double>(all);
}

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::customer:
      return "customer";
    case Role::agent:
      return "agent";
    case Role::mixed:
      return "mixed";
  }
  return "";
}

CallMeasures measure_call(const LegSound& customer, const LegSound& agent) {
  CallMeasures call;
  call.duration_ms = std::max(customer.duration_ms, agent.duration_ms);
  if (std::abs(customer.duration_ms - agent.duration_ms) >= kLengthsDifferMs) {
    call.diagnostics.push_back(
        {DiagnosticCode::lengths_differ,
         {.zh = "两个声道的长度不同：较短者其余部分按静默计算",
          .en = "the legs do not last equally long: the rest of the shorter is taken for quiet"}});
  }
  call.legs.push_back(leg_of(Role::customer, customer, call.diagnostics));
  call.legs.push_back(leg_of(Role::agent, agent, call.diagnostics));
  const auto talk = conversation(call.legs);
  call.silences = silences_of(silent_spans(call), talk);
  call.overlaps = overlaps_of(call.legs[0], call.legs[1]);
  call.responses = responses_of(talk);
  call.agent_share = share_of(call.legs[1], call.legs[0]);
  call.longest_monologue = longest_monologue_of(talk);
  return call;
}

CallMeasures measure_mixed(const LegSound& both) {
  CallMeasures call;
  call.duration_ms = both.duration_ms;
  call.diagnostics.push_back(
      {DiagnosticCode::mixed,
       {.zh = "双方在同一声道：没有抢话、应答间隔、通话占比和独白",
        .en = "both parties on one channel: no overlaps, response delays, talk share or monologue"}});
  call.legs.push_back(leg_of(Role::mixed, both, call.diagnostics));
  for (const Span& span : silent_spans(call)) call.silences.push_back({span, std::nullopt});
  return call;
}

CallMeasures measure_alone(Role role, const LegSound& leg) {
  CallMeasures call;
  call.duration_ms = leg.duration_ms;
  call.legs.push_back(leg_of(role, leg, call.diagnostics));
  return call;
}

}  // namespace zh::audio
