// What the routes about rectifications take and give. Private to the api.
#pragma once

#include "rooms/quality/api/records.h"
#include "rooms/quality/api/review_records.h"

namespace zh::quality::api {

struct LinkJson {
  int number = 0;
  std::string action = {};
  std::string by = {};
  std::optional<std::string> by_name = {};
  Instant at = {};
  std::string text = {};
  std::optional<Date> due = {};
  std::vector<std::string> records = {};
};
// A row of a list.
struct RectificationRow {
  std::string inspection = {};
  int finding = 0;
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::string inspector = {};
  std::optional<std::string> inspector_name = {};
  RectificationState state = RectificationState::open;
  Date due = {};
  bool overdue = false;
  std::optional<Instant> escalated_at = {};
  std::string measures = {};
  std::optional<Date> asked_until = {};
  std::vector<std::string> actions = {};
};
// The whole of one: from the finding to its closure.
struct RectificationJson : RectificationRow {
  std::string contact = {};
  FindingJson problem = {};  // as it stands
  std::vector<LinkJson> chain = {};
  std::vector<TalkJson> talks = {};
  std::vector<ResultJson> later = {};  // published, of contacts after the report: what can show its effect
};
struct DueBody {
  Date due = {};
  std::string reason = {};
};
struct ExtensionBody {
  Date until = {};
  std::string reason = {};
};
struct SettleBody {
  bool granted = false;
  std::string reason = {};
};
struct EffectBody {
  bool good = false;
  std::vector<std::string> records = {};  // the later inspections that show it
  std::string text = {};
};

}  // namespace zh::quality::api

ZH_RECORD(LinkJson, "RectificationLink", ZH_PLAIN(number, "number"), ZH_PLAIN(action, "action"), ZH_PLAIN(by, "by"),
          ZH_ABOUT(by_name, "by_name", Unit::none), ZH_PLAIN(at, "at"), ZH_ABOUT(text, "text", Unit::none),
          ZH_PLAIN(due, "due"), ZH_PLAIN(records, "records"));
ZH_RECORD(RectificationRow, "RectificationRow", ZH_PLAIN(inspection, "inspection"), ZH_PLAIN(finding, "finding"),
          ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_ABOUT(inspector, "inspector", Unit::none), ZH_ABOUT(inspector_name, "inspector_name", Unit::none),
          ZH_PLAIN(state, "state"), ZH_PLAIN(due, "due"), ZH_PLAIN(overdue, "overdue"),
          ZH_PLAIN(escalated_at, "escalated_at"), ZH_ABOUT(measures, "measures", Unit::none),
          ZH_PLAIN(asked_until, "asked_until"), ZH_PLAIN(actions, "actions"));
ZH_RECORD(RectificationJson, "Rectification", ZH_PLAIN(inspection, "inspection"), ZH_PLAIN(finding, "finding"),
          ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_ABOUT(inspector, "inspector", Unit::none), ZH_ABOUT(inspector_name, "inspector_name", Unit::none),
          ZH_PLAIN(state, "state"), ZH_PLAIN(due, "due"), ZH_PLAIN(overdue, "overdue"),
          ZH_PLAIN(escalated_at, "escalated_at"), ZH_ABOUT(measures, "measures", Unit::none),
          ZH_PLAIN(asked_until, "asked_until"), ZH_PLAIN(actions, "actions"), ZH_PLAIN(contact, "contact"),
          ZH_ABOUT(problem, "problem", Unit::none), ZH_PLAIN(chain, "chain"), ZH_PLAIN(talks, "talks"),
          ZH_PLAIN(later, "later"));
ZH_RECORD(DueBody, "RectificationDue", http::input(&R::due, "due"), http::input(&R::reason, "reason"));
ZH_RECORD(ExtensionBody, "ExtensionRequest", http::input(&R::until, "until"), http::input(&R::reason, "reason"));
ZH_RECORD(SettleBody, "ExtensionAnswer", http::input(&R::granted, "granted"), http::input(&R::reason, "reason"));
ZH_RECORD(EffectBody, "RectificationEffect", http::input(&R::good, "good"), http::input(&R::records, "records"),
          http::input(&R::text, "text"));
