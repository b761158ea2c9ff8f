// What the routes about appeals and questions take and give. Private to the api.
#pragma once

#include "rooms/quality/api/records.h"
#include "rooms/quality/appeal/appeal.h"

namespace zh::quality::api {

struct ReadingJson {
  std::string choice = {};
  int points = 0;
};
struct DecisionJson {
  int number = 0;
  AppealOutcome outcome = AppealOutcome::rejected;
  ReadingJson before = {};
  ReadingJson after = {};
  std::string decided_by = {};
  std::optional<std::string> decided_by_name = {};
  Instant decided_at = {};
  std::string reason = {};
};
struct AppealJson {
  std::string inspection = {};
  int finding = 0;
  std::string contact = {};
  std::string channel = {};
  Instant occurred_at = {};
  std::string item = {};
  ReadingJson current = {};  // as the finding stands
  std::string staff_no = {};
  std::optional<std::string> name = {};
  AppealState state = AppealState::filed;
  Instant filed_at = {};
  std::string reason = {};
  ReadingJson proposed = {};
  std::optional<std::string> assigned_to = {};
  std::optional<std::string> assigned_name = {};
  std::optional<Instant> again_until = {};  // the last instant to ask for the final round
  std::string reason_again = {};
  bool blind = false;
  std::optional<ReadingJson> blind_reading = {};  // what the second inspector made of it
  std::vector<DecisionJson> decisions = {};
  std::vector<std::string> actions = {};
};
struct ReviewerBody {
  std::string to = {};
  std::optional<bool> blind = {};
};
struct AppealBody {
  int finding = 0;
  ReadingJson proposed = {};
  std::string reason = {};
};
struct AppealRef {
  std::string inspection = {};
  int finding = 0;
};
struct RulingBody {
  std::vector<AppealRef> appeals = {};
  AppealOutcome outcome = AppealOutcome::rejected;
  std::optional<ReadingJson> reading = {};  // of `partly`
  std::string reason = {};
};
struct MessageJson {
  int number = 0;
  std::optional<int> finding = {};
  std::string by = {};
  std::optional<std::string> by_name = {};
  bool by_subject = false;
  bool own = false;
  Instant at = {};
  std::string text = {};
};
struct MessageBody {
  std::optional<int> finding = {};
  std::string text = {};
};

}  // namespace zh::quality::api

template <>
struct zh::http::Choices<zh::quality::AppealOutcome> {
  using E = zh::quality::AppealOutcome;
  static constexpr std::array kNames{std::pair{E::accepted, std::string_view("accepted")},
                                     std::pair{E::partly, std::string_view("partly")},
                                     std::pair{E::rejected, std::string_view("rejected")}};
};

ZH_RECORD(ReadingJson, "FindingReading", ZH_ABOUT(choice, "choice", Unit::none),
          ZH_ABOUT(points, "points", Unit::points));
ZH_RECORD(DecisionJson, "AppealDecision", ZH_PLAIN(number, "number"), ZH_PLAIN(outcome, "outcome"),
          ZH_ABOUT(before, "before", Unit::none), ZH_ABOUT(after, "after", Unit::none),
          ZH_PLAIN(decided_by, "decided_by"), ZH_ABOUT(decided_by_name, "decided_by_name", Unit::none),
          ZH_PLAIN(decided_at, "decided_at"), ZH_ABOUT(reason, "reason", Unit::none));
ZH_RECORD(AppealJson, "Appeal", ZH_PLAIN(inspection, "inspection"), ZH_PLAIN(finding, "finding"),
          ZH_PLAIN(contact, "contact"), ZH_PLAIN(channel, "channel"), ZH_PLAIN(occurred_at, "occurred_at"),
          ZH_PLAIN(item, "item"), ZH_ABOUT(current, "current", Unit::none), ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(state, "state"), ZH_PLAIN(filed_at, "filed_at"),
          ZH_ABOUT(reason, "reason", Unit::none), ZH_ABOUT(proposed, "proposed", Unit::none),
          ZH_PLAIN(assigned_to, "assigned_to"), ZH_ABOUT(assigned_name, "assigned_name", Unit::none),
          ZH_PLAIN(again_until, "again_until"), ZH_ABOUT(reason_again, "reason_again", Unit::none),
          ZH_PLAIN(blind, "blind"), ZH_ABOUT(blind_reading, "blind_reading", Unit::none),
          ZH_PLAIN(decisions, "decisions"), ZH_PLAIN(actions, "actions"));
ZH_RECORD(ReviewerBody, "AppealReviewer", http::input(&R::to, "to"), http::input(&R::blind, "blind"));
ZH_RECORD(AppealBody, "NewAppeal", http::input(&R::finding, "finding"), http::input(&R::proposed, "proposed"),
          http::input(&R::reason, "reason"));
ZH_RECORD(AppealRef, "AppealRef", http::input(&R::inspection, "inspection"), http::input(&R::finding, "finding"));
ZH_RECORD(RulingBody, "AppealRuling", http::input(&R::appeals, "appeals"), http::input(&R::outcome, "outcome"),
          http::input(&R::reading, "reading"), http::input(&R::reason, "reason"));
ZH_RECORD(MessageJson, "InspectionMessage", ZH_PLAIN(number, "number"), ZH_PLAIN(finding, "finding"),
          ZH_ABOUT(by, "by", Unit::none), ZH_ABOUT(by_name, "by_name", Unit::none), ZH_PLAIN(by_subject, "by_subject"),
          ZH_PLAIN(own, "own"), ZH_PLAIN(at, "at"), ZH_ABOUT(text, "text", Unit::none));
ZH_RECORD(MessageBody, "NewInspectionMessage", http::input(&R::finding, "finding"), http::input(&R::text, "text"));
