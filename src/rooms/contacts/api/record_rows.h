// What the routes of transcripts and recordings give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"

namespace zh::contacts::api {

struct TurnRow {
  std::string role = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
  std::string text = {};
};

struct TranscriptQuery {
  std::optional<std::int64_t> first = {};  // the turn to begin with, from 0
  std::optional<std::int64_t> limit = {};
};

struct TranscriptRow {
  std::string version = {};  // another one once the transcript is corrected
  std::string channel = {};
  Instant started_at = {};
  std::int64_t turn_count = 0;      // of the whole conversation
  std::int64_t first = 0;           // which of them `turns` begin with, from 0
  std::vector<TurnRow> turns = {};  // the end is reached with first + turns = turn_count
};

struct RecordingRow {
  std::string leg = {};
  std::string media = {};
  std::int64_t bytes = 0;
  std::optional<Instant> removed_at = {};  // its time was over
};

}  // namespace zh::contacts::api

#define ZH_CELL(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::none, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::contacts::api::TurnRow> {
  using R = zh::contacts::api::TurnRow;
  static constexpr std::string_view kName = "Turn";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(role, Unit::none), ZH_CELL(start_ms, Unit::milliseconds), ZH_CELL(end_ms, Unit::milliseconds),
                 Field{&R::text, "", "text", Unit::none, PersonalData::customer, Secrecy::internal, SeenBy::all}};
};
template <>
struct zh::Fields<zh::contacts::api::TranscriptQuery> {
  using R = zh::contacts::api::TranscriptQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::first, "first"), zh::http::input(&R::limit, "limit")};
};
template <>
struct zh::Fields<zh::contacts::api::TranscriptRow> {
  using R = zh::contacts::api::TranscriptRow;
  static constexpr std::string_view kName = "Transcript";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(version, Unit::none),     ZH_CELL(channel, Unit::none), ZH_CELL(started_at, Unit::none),
                 ZH_CELL(turn_count, Unit::count), ZH_CELL(first, Unit::none),   ZH_CELL(turns, Unit::none)};
};
template <>
struct zh::Fields<zh::contacts::api::RecordingRow> {
  using R = zh::contacts::api::RecordingRow;
  static constexpr std::string_view kName = "Recording";
  static constexpr auto kTable = std::tuple{ZH_CELL(leg, Unit::none), ZH_CELL(media, Unit::none),
                                            ZH_CELL(bytes, Unit::count), ZH_CELL(removed_at, Unit::none)};
};

#undef ZH_CELL
