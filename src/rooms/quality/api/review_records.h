// What the routes about weekly batches, talks and rectifications take and give. Private to the api.
#pragma once

#include "rooms/quality/api/records.h"

namespace zh::quality::api {

// ---- batches

struct BatchJson {
  std::string inspector = {};
  std::optional<std::string> name = {};
  int number = 0;
  Date week = {};
  BatchState state = BatchState::collecting;
  std::string comment = {};
  std::optional<Instant> handed_in_at = {};
  std::optional<std::string> published_by = {};
  std::optional<std::string> published_by_name = {};
  std::optional<Instant> published_at = {};
  std::int64_t count = 0;      // inspections in it
  std::int64_t talks_due = 0;  // about severe findings
  std::vector<ResultJson> inspections = {};
  std::vector<std::string> actions = {};
};
struct SendBackBody {
  std::string comment = {};
  std::vector<std::string> inspections = {};  // none: all
};
enum class TalkAbout { severe_finding, poor_rectification };
struct TalkJson {
  std::string inspection = {};
  int number = 0;
  TalkAbout about = TalkAbout::severe_finding;
  std::optional<int> finding = {};  // whose rectification was poor
  std::string staff_no = {};
  std::optional<std::string> name = {};
  TalkState state = TalkState::due;
  Instant opened_at = {};
  std::optional<Instant> recorded_at = {};
  std::optional<std::string> recorded_by = {};
  std::optional<std::string> recorded_by_name = {};
  std::string record = {};
};
struct TalkBody {
  int number = 0;
  std::string record = {};
};

}  // namespace zh::quality::api

template <>
struct zh::http::Choices<zh::quality::api::TalkAbout> {
  using E = zh::quality::api::TalkAbout;
  static constexpr std::array kNames{std::pair{E::severe_finding, std::string_view("severe_finding")},
                                     std::pair{E::poor_rectification, std::string_view("poor_rectification")}};
};

ZH_RECORD(BatchJson, "InspectionBatch", ZH_ABOUT(inspector, "inspector", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(number, "number"), ZH_PLAIN(week, "week"),
          ZH_PLAIN(state, "state"), ZH_ABOUT(comment, "comment", Unit::none), ZH_PLAIN(handed_in_at, "handed_in_at"),
          ZH_PLAIN(published_by, "published_by"), ZH_ABOUT(published_by_name, "published_by_name", Unit::none),
          ZH_PLAIN(published_at, "published_at"), ZH_RULE(count, "count", Unit::count),
          ZH_RULE(talks_due, "talks_due", Unit::count), ZH_PLAIN(inspections, "inspections"),
          ZH_PLAIN(actions, "actions"));
ZH_RECORD(SendBackBody, "BatchReturn", http::input(&R::comment, "comment"),
          http::input(&R::inspections, "inspections"));
ZH_RECORD(TalkJson, "QualityTalk", ZH_PLAIN(inspection, "inspection"), ZH_PLAIN(number, "number"),
          ZH_PLAIN(about, "about"), ZH_PLAIN(finding, "finding"), ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(state, "state"), ZH_PLAIN(opened_at, "opened_at"),
          ZH_PLAIN(recorded_at, "recorded_at"), ZH_PLAIN(recorded_by, "recorded_by"),
          ZH_ABOUT(recorded_by_name, "recorded_by_name", Unit::none), ZH_ABOUT(record, "record", Unit::none));
ZH_RECORD(TalkBody, "TalkRecord", http::input(&R::number, "number"), http::input(&R::record, "record"));
