// What the routes of calibration take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/figures_json.h"
#include "rooms/quality/calibration/session.h"

namespace zh::quality::api {

struct CalibrationRowJson {
  int number = 0;
  std::string title = {};
  calibration::SessionState state = calibration::SessionState::scoring;
  std::int64_t records = 0;
  std::int64_t inspectors = 0;
  std::int64_t readings = 0;  // handed in
  Instant opened_at = {};
  std::optional<Instant> closed_at = {};
};
struct CalibrationRecordJson {
  int place = 0;
  std::string contact = {};  // source id
  std::string channel = {};
};
struct CalibrationInspectorJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::vector<int> places = {};  // of the records that are handed in
};
struct CalibrationJson {
  int number = 0;
  std::string title = {};
  calibration::SessionState state = calibration::SessionState::scoring;
  RubricJson rubric = {};
  std::string opened_by = {};
  Instant opened_at = {};
  std::optional<Instant> closed_at = {};
  std::vector<CalibrationRecordJson> records = {};
  std::vector<CalibrationInspectorJson> inspectors = {};
  std::vector<std::string> actions = {};
};
struct NewCalibrationBody {
  std::string title = {};
  std::optional<std::string> rubric = {};    // none: the one in force for the first record's channel
  std::vector<std::string> records = {};     // source ids
  std::vector<std::string> inspectors = {};  // staff numbers
};
struct CalibrationReadingJson {
  int place = 0;
  std::optional<std::string> inspector = {};  // none: what was agreed on
  std::optional<std::string> name = {};
  MarksJson marks = {};
  std::optional<Decimal> score = {};  // of a draft: as it would be handed in now
  bool handed_in = true;              // else one's own draft
  Instant at = {};
};
struct CalibrationReadingBody {
  MarksJson marks = {};
};
struct LearntJson {
  std::string item = {};
  std::string words = {};
};
struct AgreedReadingBody {
  MarksJson marks = {};
  std::vector<LearntJson> learnt = {};
};
struct GuidanceJson {
  std::string item = {};
  int session = 0;
  int place = 0;
  std::string words = {};
};

struct MeasuredJson : EstimateJson {
  std::string measure = {};
  TextJson label = {};
};
struct ItemAgreementJson {
  std::string item = {};
  std::vector<MeasuredJson> measures = {};
};
struct InspectorFiguresJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  EstimateJson severity = {};
  EstimateJson against_agreed = {};
  EstimateJson severity_over_time = {};
  EstimateJson drift = {};
};
struct CalibrationReportJson {
  std::vector<MeasuredJson> overall = {};
  std::vector<MeasuredJson> scores = {};
  std::vector<ItemAgreementJson> items = {};
  std::vector<InspectorFiguresJson> inspectors = {};
};

}  // namespace zh::quality::api

ZH_RECORD(CalibrationRowJson, "CalibrationRow", ZH_PLAIN(number, "number"), ZH_PLAIN(title, "title"),
          ZH_PLAIN(state, "state"), ZH_RULE(records, "records", Unit::count),
          ZH_RULE(inspectors, "inspectors", Unit::count), ZH_RULE(readings, "readings", Unit::count),
          ZH_PLAIN(opened_at, "opened_at"), ZH_PLAIN(closed_at, "closed_at"));
ZH_RECORD(CalibrationRecordJson, "CalibrationRecord", ZH_PLAIN(place, "place"), ZH_PLAIN(contact, "contact"),
          ZH_PLAIN(channel, "channel"));
ZH_RECORD(CalibrationInspectorJson, "CalibrationInspector", ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_ABOUT(places, "places", Unit::none));
ZH_RECORD(CalibrationJson, "Calibration", ZH_PLAIN(number, "number"), ZH_PLAIN(title, "title"),
          ZH_PLAIN(state, "state"), ZH_PLAIN(rubric, "rubric"), ZH_PLAIN(opened_by, "opened_by"),
          ZH_PLAIN(opened_at, "opened_at"), ZH_PLAIN(closed_at, "closed_at"), ZH_PLAIN(records, "records"),
          ZH_PLAIN(inspectors, "inspectors"), ZH_PLAIN(actions, "actions"));
ZH_RECORD(NewCalibrationBody, "NewCalibration", http::input(&R::title, "title"), http::input(&R::rubric, "rubric"),
          http::input(&R::records, "records"), http::input(&R::inspectors, "inspectors"));
ZH_RECORD(CalibrationReadingJson, "CalibrationReading", ZH_PLAIN(place, "place"),
          ZH_ABOUT(inspector, "inspector", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_ABOUT(marks, "marks", Unit::none), ZH_ABOUT(score, "score", Unit::points),
          ZH_PLAIN(handed_in, "handed_in"), ZH_PLAIN(at, "at"));
ZH_RECORD(CalibrationReadingBody, "NewCalibrationReading", http::input(&R::marks, "marks"));
ZH_RECORD(LearntJson, "LearntGuidance", http::input(&R::item, "item"), http::input(&R::words, "words"));
ZH_RECORD(AgreedReadingBody, "AgreedReading", http::input(&R::marks, "marks"), http::input(&R::learnt, "learnt"));
ZH_RECORD(GuidanceJson, "RubricGuidance", ZH_PLAIN(item, "item"), ZH_PLAIN(session, "session"),
          ZH_PLAIN(place, "place"), ZH_PLAIN(words, "words"));
ZH_RECORD(MeasuredJson, "AgreementMeasure", ZH_PLAIN(measure, "measure"), ZH_PLAIN(label, "label"),
          ZH_ABOUT(value, "value", Unit::none), ZH_ABOUT(low, "low", Unit::none), ZH_ABOUT(high, "high", Unit::none),
          ZH_PLAIN(gap, "gap"));
ZH_RECORD(ItemAgreementJson, "ItemAgreement", ZH_PLAIN(item, "item"), ZH_PLAIN(measures, "measures"));
ZH_RECORD(InspectorFiguresJson, "InspectorFigures", ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_ABOUT(severity, "severity", Unit::points),
          ZH_ABOUT(against_agreed, "against_agreed", Unit::points),
          ZH_ABOUT(severity_over_time, "severity_over_time", Unit::points), ZH_ABOUT(drift, "drift", Unit::points));
ZH_RECORD(CalibrationReportJson, "CalibrationReport", ZH_PLAIN(overall, "overall"), ZH_PLAIN(scores, "scores"),
          ZH_PLAIN(items, "items"), ZH_PLAIN(inspectors, "inspectors"));
