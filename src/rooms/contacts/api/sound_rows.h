// What the routes of how a contact sounds give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"

namespace zh::contacts::api {

struct WaveformQuery {
  std::optional<int> slices = {};  // at most so many; none: all there are
};

// Of each slice of time the lowest and the highest sample, −128…127.
struct WaveformChannelRow {
  std::vector<int> low = {};
  std::vector<int> high = {};
};

struct WaveformRow {
  int slice_ms = 0;
  std::vector<WaveformChannelRow> channels = {};  // of two the left first
};

struct SpanRow {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

struct LegRow {
  std::string role = {};  // customer, agent, mixed
  std::vector<SpanRow> speech = {};
  std::vector<SpanRow> music = {};
  std::optional<double> loudness_lufs = {};
  std::optional<double> loudness_jump_db = {};  // the largest rise of the voice over itself
  std::optional<std::int64_t> loudness_jump_at_ms = {};
  std::int64_t clipped = 0;
};

struct SilenceRow {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::optional<std::string> turn = {};  // who was to speak
};

struct OverlapRow {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string interrupter = {};
};

struct SpeechRateRow {
  std::string role = {};
  std::optional<double> per_minute = {};
  std::string of = {};  // characters or words
};

struct SoundDiagnosticRow {
  std::string code = {};
  std::string message = {};  // in the caller's language
  bool loses_audio = false;  // part of the recording is missing from the measures
};

struct AcousticsRow {
  std::int64_t duration_ms = 0;
  std::vector<LegRow> legs = {};
  std::vector<SilenceRow> silences = {};
  std::vector<OverlapRow> overlaps = {};
  std::optional<double> agent_share = {};  // of all speech, 0–1
  std::optional<std::int64_t> longest_monologue_ms = {};
  std::vector<SpeechRateRow> speech_rates = {};  // where there is a transcript with times
  std::vector<SoundDiagnosticRow> diagnostics = {};
};

}  // namespace zh::contacts::api

#define ZH_CELL(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::none, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::contacts::api::WaveformQuery> {
  static constexpr auto kTable = std::tuple{http::input(&zh::contacts::api::WaveformQuery::slices, "slices")};
};
template <>
struct zh::Fields<zh::contacts::api::WaveformChannelRow> {
  using R = zh::contacts::api::WaveformChannelRow;
  static constexpr std::string_view kName = "WaveformChannel";
  static constexpr auto kTable = std::tuple{ZH_CELL(low, Unit::none), ZH_CELL(high, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::WaveformRow> {
  using R = zh::contacts::api::WaveformRow;
  static constexpr std::string_view kName = "Waveform";
  static constexpr auto kTable = std::tuple{ZH_CELL(slice_ms, Unit::milliseconds), ZH_CELL(channels, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::SpanRow> {
  using R = zh::contacts::api::SpanRow;
  static constexpr std::string_view kName = "SoundSpan";
  static constexpr auto kTable = std::tuple{ZH_CELL(start_ms, Unit::milliseconds), ZH_CELL(end_ms, Unit::milliseconds)};
};
template <>
struct zh::Fields<zh::contacts::api::LegRow> {
  using R = zh::contacts::api::LegRow;
  static constexpr std::string_view kName = "SoundLeg";
  static constexpr auto kTable = std::tuple{ZH_CELL(role, Unit::none),
                                            ZH_CELL(speech, Unit::none),
                                            ZH_CELL(music, Unit::none),
                                            ZH_CELL(loudness_lufs, Unit::none),
                                            ZH_CELL(loudness_jump_db, Unit::none),
                                            ZH_CELL(loudness_jump_at_ms, Unit::milliseconds),
                                            ZH_CELL(clipped, Unit::count)};
};
template <>
struct zh::Fields<zh::contacts::api::SilenceRow> {
  using R = zh::contacts::api::SilenceRow;
  static constexpr std::string_view kName = "Silence";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(start_ms, Unit::milliseconds), ZH_CELL(end_ms, Unit::milliseconds), ZH_CELL(turn, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::OverlapRow> {
  using R = zh::contacts::api::OverlapRow;
  static constexpr std::string_view kName = "Overlap";
  static constexpr auto kTable = std::tuple{ZH_CELL(start_ms, Unit::milliseconds), ZH_CELL(end_ms, Unit::milliseconds),
                                            ZH_CELL(interrupter, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::SpeechRateRow> {
  using R = zh::contacts::api::SpeechRateRow;
  static constexpr std::string_view kName = "SpeechRate";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(role, Unit::none), ZH_CELL(per_minute, Unit::none), ZH_CELL(of, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::SoundDiagnosticRow> {
  using R = zh::contacts::api::SoundDiagnosticRow;
  static constexpr std::string_view kName = "SoundDiagnostic";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(code, Unit::none), ZH_CELL(message, Unit::none), ZH_CELL(loses_audio, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::AcousticsRow> {
  using R = zh::contacts::api::AcousticsRow;
  static constexpr std::string_view kName = "Acoustics";
  static constexpr auto kTable = std::tuple{ZH_CELL(duration_ms, Unit::milliseconds),
                                            ZH_CELL(legs, Unit::none),
                                            ZH_CELL(silences, Unit::none),
                                            ZH_CELL(overlaps, Unit::none),
                                            ZH_CELL(agent_share, Unit::none),
                                            ZH_CELL(longest_monologue_ms, Unit::milliseconds),
                                            ZH_CELL(speech_rates, Unit::none),
                                            ZH_CELL(diagnostics, Unit::none)};
};

#undef ZH_CELL
