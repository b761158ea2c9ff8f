#include "rooms/contacts/acoustics/acoustics_code.h"

#include <cmath>

#include "base/compact.h"

namespace zh::contacts {

namespace {

using audio::CallMeasures;
using audio::Role;
using audio::Span;

constexpr char kVersion = 2;
constexpr double kLevelSteps = 100;
constexpr double kShareSteps = 1'000'000;

// ---- writing

class Writer {
 public:
  std::string take() && { return std::move(bytes_); }

  void byte(unsigned value) { bytes_ += static_cast<char>(value); }
  void number(std::int64_t value) { compact::append_signed(bytes_, value); }
  void text(std::string_view value) { compact::append_text(bytes_, value); }
  void role(Role role) { byte(static_cast<unsigned>(role)); }

  template <class List, class Write>
  void list(const List& items, Write&& write) {
    compact::append(bytes_, items.size());
    last_ms_ = 0;
    for (const auto& item : items) write(item);
  }
  template <class T, class Write>
  void perhaps(const std::optional<T>& value, Write&& write) {
    byte(value ? 1 : 0);
    if (value) write(*value);
  }
  void real(const std::optional<double>& value, double steps) {
    perhaps(value, [&](double real) { number(std::llround(real * steps)); });
  }
  // Overlaps and the like may begin before the one before them ends: the distance is signed.
  void span(const Span& span) {
    number(span.start_ms - last_ms_);
    number(span.length_ms());
    last_ms_ = span.end_ms;
  }

 private:
  std::string bytes_ = std::string(1, kVersion);
  std::int64_t last_ms_ = 0;
};

void write_leg(Writer& out, const audio::Leg& leg) {
  out.role(leg.role);
  out.list(leg.speech, [&](const Span& span) { out.span(span); });
  out.list(leg.music, [&](const Span& span) { out.span(span); });
  out.real(leg.loudness_lufs, kLevelSteps);
  out.perhaps(leg.loudness_jump, [&](const audio::LoudnessJump& jump) {
    out.number(jump.at_ms);
    out.number(std::llround(jump.db * kLevelSteps));
  });
  out.real(leg.peak_dbfs, kLevelSteps);
  out.number(leg.clipped);
}

// ---- reading

class Reader {
 public:
  explicit Reader(std::string_view bytes) : in_(bytes) {}

  bool whole() const { return !in_.failed() && in_.at_end(); }
  unsigned byte() { return in_.byte(); }
  std::int64_t number() { return in_.signed_number(); }
  std::string text() { return in_.text(); }
  Role role() { return static_cast<Role>(in_.byte() % 3); }

  template <class Item, class Read>
  std::vector<Item> list(Read&& read) {
    const std::size_t count = in_.count(2);
    last_ms_ = 0;
    std::vector<Item> items;
    items.reserve(count);
    for (std::size_t i = 0; i < count && !in_.failed(); ++i) items.push_back(read());
    return items;
  }
  template <class T, class Read>
  std::optional<T> perhaps(Read&& read) {
    if (in_.byte() == 0) return std::nullopt;
    return read();
  }
  std::optional<double> real(double steps) {
    return perhaps<double>([&] { return static_cast<double>(number()) / steps; });
  }
  Span span() {
    const std::int64_t start = last_ms_ + in_.signed_number();
    last_ms_ = start + in_.signed_number();
    return {start, last_ms_};
  }
  audio::Spans spans() {
    return list<Span>([&] { return span(); });
  }

 private:
  compact::Reader in_;
  std::int64_t last_ms_ = 0;
};

audio::LoudnessJump read_jump(Reader& in) {
  audio::LoudnessJump jump;
  jump.at_ms = in.number();
  jump.db = static_cast<double>(in.number()) / kLevelSteps;
  return jump;
}

audio::Leg read_leg(Reader& in) {
  audio::Leg leg;
  leg.role = in.role();
  leg.speech = in.spans();
  leg.music = in.spans();
  leg.loudness_lufs = in.real(kLevelSteps);
  leg.loudness_jump = in.perhaps<audio::LoudnessJump>([&] { return read_jump(in); });
  leg.peak_dbfs = in.real(kLevelSteps);
  leg.clipped = in.number();
  return leg;
}

audio::Silence read_silence(Reader& in) {
  audio::Silence silence;
  silence.span = in.span();
  silence.turn = in.perhaps<Role>([&] { return in.role(); });
  return silence;
}

audio::Overlap read_overlap(Reader& in) {
  audio::Overlap overlap;
  overlap.span = in.span();
  overlap.interrupter = in.role();
  return overlap;
}

audio::Response read_response(Reader& in) {
  audio::Response response;
  response.by = in.role();
  response.at_ms = in.number();
  response.delay_ms = in.number();
  return response;
}

audio::Monologue read_monologue(Reader& in) {
  audio::Monologue monologue;
  monologue.by = in.role();
  monologue.span.start_ms = in.number();
  monologue.span.end_ms = in.number();
  return monologue;
}

audio::Diagnostic read_diagnostic(Reader& in) {
  audio::Diagnostic diagnostic{};
  diagnostic.code = static_cast<audio::DiagnosticCode>(in.number());
  diagnostic.message.zh = in.text();
  diagnostic.message.en = in.text();
  return diagnostic;
}

}  // namespace

std::string encode(const CallMeasures& call) {
  Writer out;
  out.number(call.duration_ms);
  out.list(call.legs, [&](const audio::Leg& leg) { write_leg(out, leg); });
  out.list(call.silences, [&](const audio::Silence& silence) {
    out.span(silence.span);
    out.perhaps(silence.turn, [&](Role turn) { out.role(turn); });
  });
  out.list(call.overlaps, [&](const audio::Overlap& overlap) {
    out.span(overlap.span);
    out.role(overlap.interrupter);
  });
  out.list(call.responses, [&](const audio::Response& response) {
    out.role(response.by);
    out.number(response.at_ms);
    out.number(response.delay_ms);
  });
  out.real(call.agent_share, kShareSteps);
  out.perhaps(call.longest_monologue, [&](const audio::Monologue& monologue) {
    out.role(monologue.by);
    out.number(monologue.span.start_ms);
    out.number(monologue.span.end_ms);
  });
  out.list(call.diagnostics, [&](const audio::Diagnostic& diagnostic) {
    out.number(static_cast<std::int64_t>(diagnostic.code));
    out.text(diagnostic.message.zh);
    out.text(diagnostic.message.en);
  });
  return std::move(out).take();
}

Result<CallMeasures> decode_measures(std::string_view bytes) {
  Reader in(bytes);
  CallMeasures call;
  const bool known = in.byte() == kVersion;
  call.duration_ms = in.number();
  call.legs = in.list<audio::Leg>([&] { return read_leg(in); });
  call.silences = in.list<audio::Silence>([&] { return read_silence(in); });
  call.overlaps = in.list<audio::Overlap>([&] { return read_overlap(in); });
  call.responses = in.list<audio::Response>([&] { return read_response(in); });
  call.agent_share = in.real(kShareSteps);
  call.longest_monologue = in.perhaps<audio::Monologue>([&] { return read_monologue(in); });
  call.diagnostics = in.list<audio::Diagnostic>([&] { return read_diagnostic(in); });
  if (!known || !in.whole()) {
    return error(ErrorCode::corrupt, {.zh = "保存的声学指标无法识别；请重新分析",
                                      .en = "stored acoustic measures cannot be read; analyse anew"});
  }
  return call;
}

}  // namespace zh::contacts
