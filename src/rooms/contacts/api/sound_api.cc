// The routes of how a contact sounds: what a player draws, and what was measured.
#include <fmt/format.h>

#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/acoustics/speech_rate.h"
#include "rooms/contacts/acoustics/waveforms.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/record_desk.h"
#include "rooms/contacts/api/sound_rows.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts::api {

namespace {

using http::Call;

constexpr int kSlicesFewest = 100;

WaveformRow waveform_row(const audio::Peaks& peaks) {
  WaveformRow row{.slice_ms = peaks.slice_ms};
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(peaks.channels); ++channel) {
    WaveformChannelRow& drawn = row.channels.emplace_back();
    drawn.low.reserve(peaks.slices());
    drawn.high.reserve(peaks.slices());
    for (std::size_t slice = 0; slice < peaks.slices(); ++slice) {
      drawn.low.push_back(peaks.low(channel, slice));
      drawn.high.push_back(peaks.high(channel, slice));
    }
  }
  return row;
}

Result<WaveformRow> waveform(Call& call, RecordDesk& desk, const WaveformQuery& asked) {
  constexpr int kMost = static_cast<int>(audio::Waveform::kSlices);
  const int slices = asked.slices.value_or(kMost);
  if (slices < kSlicesFewest || slices > kMost) {
    call.reject_parameter("slices", {.zh = fmt::format("应为 {} 到 {}", kSlicesFewest, kMost),
                                     .en = fmt::format("from {} to {}", kSlicesFewest, kMost)});
    return call.refused();
  }
  ZH_TRY(const ContactRecording found, recording_of_path(call, desk));
  ZH_TRY(vault::Contents* const contents, desk.contents());
  ZH_CHECK(audit(call, desk, "see_waveform",
                 fmt::format("waveform of the {} leg of contact {}", name_of(found.recording.leg), found.source_id)));
  ZH_TRY(const audio::Peaks peaks, waveform_of(desk.database, *contents, found.recording, call.request.stop));
  return waveform_row(audio::coarser(peaks, static_cast<std::size_t>(slices)));
}

std::vector<SpanRow> span_rows(const audio::Spans& spans) {
  std::vector<SpanRow> rows;
  rows.reserve(spans.size());
  for (const audio::Span& span : spans) rows.push_back({.start_ms = span.start_ms, .end_ms = span.end_ms});
  return rows;
}

std::optional<std::string> role_name(const std::optional<audio::Role>& role) {
  return role ? std::optional(std::string(name_of(*role))) : std::nullopt;
}

AcousticsRow acoustics_row(const audio::CallMeasures& call, Language language) {
  AcousticsRow row{.duration_ms = call.duration_ms};
  for (const audio::Leg& leg : call.legs) {
    row.legs.push_back({.role = std::string(name_of(leg.role)),
                        .speech = span_rows(leg.speech),
                        .music = span_rows(leg.music),
                        .loudness_lufs = leg.loudness_lufs,
                        .clipped = leg.clipped});
    if (!leg.loudness_jump) continue;
    row.legs.back().loudness_jump_db = leg.loudness_jump->db;
    row.legs.back().loudness_jump_at_ms = leg.loudness_jump->at_ms;
  }
  for (const audio::Silence& one : call.silences) {
    row.silences.push_back({.start_ms = one.span.start_ms, .end_ms = one.span.end_ms, .turn = role_name(one.turn)});
  }
  for (const audio::Overlap& one : call.overlaps) {
    row.overlaps.push_back({.start_ms = one.span.start_ms,
                            .end_ms = one.span.end_ms,
                            .interrupter = std::string(name_of(one.interrupter))});
  }
  row.agent_share = call.agent_share;
  if (call.longest_monologue) row.longest_monologue_ms = call.longest_monologue->span.length_ms();
  for (const audio::Diagnostic& one : call.diagnostics) {
    row.diagnostics.push_back({.code = std::string(name_of(one.code)),
                               .message = one.message.in(language),
                               .loses_audio = audio::loses_audio(one.code)});
  }
  return row;
}

SpeechRateRow rate_row(std::string_view role, const SpeechRate& rate) {
  return {.role = std::string(role), .per_minute = rate.per_minute(), .of = rate.is_chinese() ? "characters" : "words"};
}

Result<AcousticsRow> acoustics(Call& call, RecordDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, desk, tx));
  ZH_TRY(const auto sound, acoustics_of(tx, contact.call, contact.number));
  ZH_TRY(const auto stored, transcript_of(tx, contact.call, contact.number));
  ZH_CHECK(tx.commit());
  if (!sound) {
    return error(ErrorCode::not_found, {.zh = "这条联络没有录音，或录音尚未分析",
                                        .en = "there is no recording of this contact, or it is not analysed yet"});
  }
  AcousticsRow row = acoustics_row(sound->measures, call.language);
  if (!stored) return row;
  ZH_TRY(const vault::Contents* const contents, desk.contents());
  ZH_TRY(const Transcript opened, open_transcript(*stored, contents->keys()));
  const SpeechRates rates = speech_rates(spoken_turns(opened), &sound->measures);
  row.speech_rates = {rate_row("customer", rates.customer), rate_row("agent", rates.agent)};
  return row;
}

}  // namespace

void add_sound_routes(http::Site& site, const RecordDeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/contacts/{id}/recordings/{leg}/waveform",
       .id = "getWaveform",
       .summary = {.zh = "一路录音的波形，供播放器绘制（记入审计）",
                   .en = "What a player draws of a recording; seeing it is audited"},
       .tag = "contacts",
       .access = listeners(Secrecy::internal)},
      [desk](Call& call, const http::Query<WaveformQuery>& query) { return waveform(call, *desk, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/acoustics",
                     .id = "getAcoustics",
                     .summary = {.zh = "一条联络的声学指标：语音、静默、抢话、响度、语速",
                                 .en = "How a contact sounds: speech, silence, overlap, loudness, speech rate"},
                     .tag = "contacts",
                     .access = listeners(Secrecy::internal)},
                    [desk](Call& call) { return acoustics(call, *desk); });
}

}  // namespace zh::contacts::api
