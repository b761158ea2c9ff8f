// Calibration sessions: opened, scored blind, compared, agreed on; and what they say about items and inspectors.
#include <fmt/format.h>

#include <algorithm>

#include "idempotency/keep.h"
#include "rooms/contacts/handled.h"
#include "rooms/quality/api/calibration_records.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/routes_below.h"
#include "rooms/quality/inspection/extent.h"

namespace zh::quality::api {

namespace {

using calibration::Session;
using http::Call;

// ---- as JSON

CalibrationRecordJson record_json(int place, const calibration::SessionRecord& record) {
  return {.place = place, .contact = record.contact, .channel = record.channel};
}

Result<CalibrationJson> session_json(const Call& call, Desk& desk, db::Transaction& tx, const Session& session) {
  ZH_TRY(const RubricInForce rubric, calibration::rubric_of(tx, desk.regulation, session));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto handed_in, calibration::handed_in(tx, session.number));
  ZH_TRY(const auto agreed, calibration::agreed_places(tx, session.number));
  CalibrationJson json{.number = session.number,
                       .title = session.what.title,
                       .state = session.state,
                       .rubric = rubric_json(*rubric.rubric),
                       .opened_by = session.opened_by,
                       .opened_at = session.opened_at,
                       .closed_at = session.closed_at,
                       .actions = actions_of(session, handed_in, agreed, by_of(call).actor)};
  int place = 0;
  for (const auto& record : session.what.records) json.records.push_back(record_json(++place, record));
  for (const std::string& inspector : session.what.inspectors) {
    CalibrationInspectorJson one{.staff_no = inspector, .name = name_of_person(*people, inspector)};
    for (const auto& done : handed_in) {
      if (done.inspector == inspector) one.places.push_back(done.place);
    }
    json.inspectors.push_back(std::move(one));
  }
  return json;
}

MeasuredJson measured_json(const calibration::Measured& measured) {
  MeasuredJson json;
  static_cast<EstimateJson&>(json) = estimate_json(measured.estimate);
  json.measure = calibration::name_of(measured.measure);
  json.label = text_json(calibration::label_of(measured.measure));
  return json;
}
std::vector<MeasuredJson> measured_json(const std::vector<calibration::Measured>& measures) {
  std::vector<MeasuredJson> list;
  list.reserve(measures.size());
  for (const auto& measured : measures) list.push_back(measured_json(measured));
  return list;
}

// ---- who sees what

bool sees_session(const Call& call, const Session& session) {
  return call.reach.centre || calibration::takes_part(session, by_of(call).actor);
}

// The session of the path; one that the caller has no part in does not exist: no number is ever 0.
Result<Session> seen_session(const Call& call, db::Transaction& tx) {
  auto session = calibration::find_session(tx, path_number(call, "number"));
  if (!session.ok() || sees_session(call, *session)) return session;
  return calibration::find_session(tx, 0);
}

void tell_of(Desk& desk, const Session& session, std::string_view what) {
  desk.events.publish(
      {.type = "calibration",
       .data = json::compact(json::Object{{"calibration", session.number}, {"what", std::string(what)}}),
       .allowed = [inspectors = session.what.inspectors](const http::Principal& principal) {
         const auto reach = http::decide(working_access(), &principal);
         if (!reach.ok()) return false;
         return reach->centre ||
                (!reach->self.empty() && std::ranges::find(inspectors, reach->self) != inspectors.end());
       }});
}

// ---- reading

Result<std::vector<CalibrationRowJson>> sessions(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto all, calibration::list_sessions(tx));
  std::vector<CalibrationRowJson> list;
  for (const Session& session : all) {
    if (!sees_session(call, session)) continue;
    ZH_TRY(const auto handed_in, calibration::handed_in(tx, session.number));
    list.push_back({.number = session.number,
                    .title = session.what.title,
                    .state = session.state,
                    .records = static_cast<std::int64_t>(session.what.records.size()),
                    .inspectors = static_cast<std::int64_t>(session.what.inspectors.size()),
                    .readings = static_cast<std::int64_t>(handed_in.size()),
                    .opened_at = session.opened_at,
                    .closed_at = session.closed_at});
  }
  return list;
}

Result<http::Versioned<CalibrationJson>> one(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Session session, seen_session(call, tx));
  ZH_TRY(auto json, session_json(call, desk, tx, session));
  return http::Versioned<CalibrationJson>{std::move(json), version_of(session.change)};
}

Result<std::vector<CalibrationReadingJson>> readings(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Session session, seen_session(call, tx));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto seen, calibration::readings_for(tx, session, by_of(call).actor));
  std::vector<CalibrationReadingJson> list;
  for (const calibration::Reading& reading : seen) {
    const bool agreed = reading.inspector.empty();
    list.push_back({.place = reading.place,
                    .inspector = agreed ? std::nullopt : std::optional(reading.inspector),
                    .name = name_of_person(*people, reading.inspector),
                    .marks = marks_json(reading.marks),
                    .score = reading.score,
                    .handed_in = reading.handed_in,
                    .at = reading.at});
  }
  return list;
}

Result<CalibrationReportJson> report(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Session session, seen_session(call, tx));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const calibration::Report found, calibration::report_on(tx, desk.regulation, session));
  CalibrationReportJson json{.overall = measured_json(found.overall), .scores = measured_json(found.scores)};
  for (const auto& item : found.items) {
    json.items.push_back({.item = item.item, .measures = measured_json(item.measures)});
  }
  for (const auto& inspector : found.inspectors) {
    ZH_TRY(const calibration::OverTime over_time,
           calibration::over_time(tx, inspector.staff_no, desk.regulation.zone, calibration::Confidence::p95));
    json.inspectors.push_back({.staff_no = inspector.staff_no,
                               .name = name_of_person(*people, inspector.staff_no),
                               .severity = estimate_json(inspector.severity),
                               .against_agreed = estimate_json(inspector.against_agreed),
                               .severity_over_time = estimate_json(over_time.severity),
                               .drift = estimate_json(over_time.drift)});
  }
  return json;
}

Result<std::vector<GuidanceJson>> guidance(Call&, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto all, calibration::guidance(tx));
  std::vector<GuidanceJson> list;
  for (const auto& it : all) list.push_back({it.item, it.session, it.place, it.words});
  return list;
}

// ---- changing

// The records with their channels. Refuses those that nobody handled, each at its place.
Result<std::vector<calibration::SessionRecord>> records_of(Call& call, db::Transaction& tx,
                                                           const std::vector<std::string>& contacts) {
  std::vector<calibration::SessionRecord> records;
  for (std::size_t i = 0; i < contacts.size() && i <= calibration::kRecordsMax; ++i) {
    calibration::SessionRecord record{.contact = contacts[i], .channel = {}};
    ZH_TRY(const bool found, contacts::with_handled(tx, contacts[i], [&](const contacts::Handled& it) -> Status {
             record.channel = contacts::name_of(it.channel);
             return {};
           }));
    if (!found) {
      call.reject(fmt::format("/records/{}", i), {.zh = fmt::format("没有已接听的联络 {}", contacts[i]),
                                                  .en = fmt::format("no answered contact is {}", contacts[i])});
    }
    records.push_back(std::move(record));
  }
  if (call.has_faults()) return call.refused();
  return records;
}

Result<http::Created<CalibrationJson>> open(Call& call, Desk& desk, const NewCalibrationBody& body) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  calibration::SessionDraft draft{
      .title = body.title, .rubric = body.rubric.value_or(""), .records = {}, .inspectors = body.inspectors};
  ZH_TRY(draft.records, records_of(call, tx, body.records));
  if (!body.rubric && !draft.records.empty()) {
    ZH_TRY(const PackPtr pack, desk.regulation.pack_on(tx, desk.regulation.zone.date_of(call.now)));
    const policy::Rubric* const rubric = pack->rubric_for(draft.records.front().channel);
    if (rubric != nullptr) draft.rubric = rubric->id;
  }
  ZH_TRY(const Session session, calibration::open_session(tx, desk.regulation, draft, by_of(call)));
  ZH_TRY(auto json, session_json(call, desk, tx, session));
  http::Created<CalibrationJson> opened{std::move(json), fmt::format("{}/{}", call.request.path, session.number)};
  ZH_CHECK(idempotency::keep_answer(tx, call, opened));
  ZH_CHECK(tx.commit());
  tell_of(desk, session, "open");
  return opened;
}

// All faults of the marks in the body at once; of a draft something may be missing.
Status reject_marks(Call& call, Desk& desk, db::Transaction& tx, const Session& session, const Marks& marks,
                    bool is_draft) {
  const int place = path_number(call, "place");
  if (place < 1 || std::cmp_greater(place, session.what.records.size())) return {};  // refused by the step itself
  const auto& record = session.what.records[static_cast<std::size_t>(place) - 1];
  ZH_TRY(const RubricInForce rubric, calibration::rubric_of(tx, desk.regulation, session));
  DrawnRecord heard;
  heard.contact = record.contact;
  heard.channel = record.channel;
  ZH_TRY(const Extent extent, extent_of(tx, heard));
  auto faults = faults_of(*rubric.rubric, record.channel, marks, extent);
  if (faults.empty() && !is_draft) faults = missing_in(*rubric.rubric, record.channel, marks);
  for (MarkFault& fault : faults) fault.pointer.insert(0, "/marks");
  return reject_faults(call, std::move(faults));
}

Result<void> hand_in(Call& call, Desk& desk, const CalibrationReadingBody& body) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Session session, seen_session(call, tx));
  const Marks marks = marks_of(body.marks);
  ZH_CHECK(reject_marks(call, desk, tx, session, marks, false));
  ZH_CHECK(calibration::hand_in(tx, desk.regulation, session.number, path_number(call, "place"), marks, by_of(call)));
  ZH_CHECK(tx.commit());
  tell_of(desk, session, "hand_in");
  return {};
}

// Nobody else is told: a draft is its inspector's alone.
Result<void> save(Call& call, Desk& desk, const CalibrationReadingBody& body) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Session session, seen_session(call, tx));
  const Marks marks = marks_of(body.marks);
  ZH_CHECK(reject_marks(call, desk, tx, session, marks, true));
  ZH_CHECK(
      calibration::save_draft(tx, desk.regulation, session.number, path_number(call, "place"), marks, by_of(call)));
  return tx.commit();
}

// A step on the session that the caller has read.
template <class Step>
Result<http::Versioned<CalibrationJson>> change(Call& call, Desk& desk, std::string_view what, Step step) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Session read, seen_session(call, tx));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Session session, step(tx, read));
  ZH_TRY(auto json, session_json(call, desk, tx, session));
  ZH_CHECK(tx.commit());
  tell_of(desk, session, what);
  return http::Versioned<CalibrationJson>{std::move(json), version_of(session.change)};
}

Result<Session> agree(Call& call, Desk& desk, db::Transaction& tx, const Session& read, const AgreedReadingBody& body) {
  const Marks marks = marks_of(body.marks);
  ZH_CHECK(reject_marks(call, desk, tx, read, marks, false));
  const int place = path_number(call, "place");
  std::vector<calibration::Guidance> learnt;
  for (const LearntJson& it : body.learnt) {
    learnt.push_back({.item = it.item, .session = read.number, .place = place, .words = it.words});
  }
  return calibration::agree(tx, desk.regulation, read, place, marks, learnt, by_of(call));
}

// ---- routes

constexpr RoutesBelow kRoutes{.path = "/api/v1/quality/calibrations"};

void add_reading_routes(http::Site& site, const DeskPtr& desk) {
  using http::Method;
  site.router().add(
      kRoutes.route(Method::get, "", "listCalibrations",
                    {.zh = "校准会，最新的在前", .en = "Calibration sessions, newest first"}, working_access()),
      [desk](Call& call) { return sessions(call, *desk); });
  site.router().add(kRoutes.route(Method::get, "/{number:int}", "getCalibration",
                                  {.zh = "一次校准会", .en = "One calibration session"}, working_access()),
                    [desk](Call& call) { return one(call, *desk); });
  site.router().add(kRoutes.route(Method::get, "/{number:int}/readings", "listCalibrationReadings",
                                  {.zh = "评分：盲评期间只有自己的",
                                   .en = "Readings: only the own ones while the session is scored blind"},
                                  working_access()),
                    [desk](Call& call) { return readings(call, *desk); });
  http::RouteInfo report_route =
      kRoutes.route(Method::get, "/{number:int}/report", "getCalibrationReport",
                    {.zh = "一致性、松紧与漂移", .en = "Agreement, severity and drift"}, working_access());
  report_route.rate = http::RateClass::heavy;
  site.router().add(std::move(report_route), [desk](Call& call) { return report(call, *desk); });
  site.router().add({.method = Method::get,
                     .path = "/api/v1/quality/guidance",
                     .id = "listRubricGuidance",
                     .summary = {.zh = "校准会为各检查项留下的说明",
                                 .en = "What calibration sessions have learnt about the rubric's items"},
                     .tag = "quality",
                     .access = working_access()},
                    [desk](Call& call) { return guidance(call, *desk); });
}

}  // namespace

void add_calibration_routes(http::Site& site, const DeskPtr& desk) {
  using http::Method;
  add_reading_routes(site, desk);
  site.router().add(
      kRoutes.creating("", "openCalibration", {.zh = "召开校准会", .en = "Open a calibration session"},
                       supervising_access()),
      [desk](Call& call, const http::Body<NewCalibrationBody>& body) { return open(call, *desk, *body); });
  site.router().add(
      kRoutes.route(Method::put, "/{number:int}/records/{place:int}/draft", "saveCalibrationDraft",
                    {.zh = "保存本人的评分草稿", .en = "Save the draft of the own reading of a record"},
                    inspecting_access()),
      [desk](Call& call, const http::Body<CalibrationReadingBody>& body) { return save(call, *desk, *body); });
  site.router().add(
      kRoutes.route(Method::put, "/{number:int}/records/{place:int}/reading", "handInCalibrationReading",
                    {.zh = "提交本人的评分", .en = "Hand in the own reading of a record"}, inspecting_access()),
      [desk](Call& call, const http::Body<CalibrationReadingBody>& body) { return hand_in(call, *desk, *body); });
  site.router().add(
      kRoutes.changing(Method::post, "/{number:int}/compare", "compareCalibration",
                       {.zh = "结束盲评，开始对照", .en = "End the blind scoring and compare"}, supervising_access()),
      [desk](Call& call) {
        return change(call, *desk, "compare", [&](db::Transaction& tx, const Session& read) {
          return calibration::compare(tx, read, by_of(call));
        });
      });
  site.router().add(kRoutes.changing(Method::put, "/{number:int}/records/{place:int}/agreed", "agreeCalibrationReading",
                                     {.zh = "写明达成一致的评分", .en = "State the agreed reading of a record"},
                                     supervising_access()),
                    [desk](Call& call, const http::Body<AgreedReadingBody>& body) {
                      return change(call, *desk, "agree", [&](db::Transaction& tx, const Session& read) {
                        return agree(call, *desk, tx, read, *body);
                      });
                    });
  site.router().add(kRoutes.changing(Method::post, "/{number:int}/close", "closeCalibration",
                                     {.zh = "结束校准会", .en = "Close a calibration session"}, supervising_access()),
                    [desk](Call& call) {
                      return change(call, *desk, "close", [&](db::Transaction& tx, const Session& read) {
                        return calibration::close_session(tx, read, by_of(call));
                      });
                    });
}

}  // namespace zh::quality::api
