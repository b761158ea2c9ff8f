// The rights table of the tests: for every route of the program, once more and by hand, who may call it and how far
// each looks at most. A new route fails matrix_test until it has a row here.
#pragma once

#include <array>
#include <string_view>

namespace zh::app {

struct Rights {
  std::string_view route;
  // "role:scope …"; "anybody": strangers too; "signed in": everybody, over the own rows.
  std::string_view who;
  // The answer or effect is everybody's: a role over less than the centre is refused, whatever its name.
  bool whole_centre = false;
  // What a write is sent with.
  std::string_view body = "{}";
};

inline constexpr std::string_view kSheets =
    "agent:self shift_leader:group inspector:self qa_supervisor:centre trainer:self manager:centre hr:centre "
    "office:self admin:self";
inline constexpr std::string_view kDirectory =
    "agent:self shift_leader:group inspector:self qa_supervisor:centre trainer:centre manager:centre hr:centre "
    "office:self admin:centre";
inline constexpr std::string_view kListeners =
    "agent:self shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre";
inline constexpr std::string_view kLeads =
    "shift_leader:centre inspector:centre qa_supervisor:centre trainer:centre manager:centre";
inline constexpr std::string_view kEnterers =
    "shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre hr:centre";
inline constexpr std::string_view kResults =
    "agent:self shift_leader:group inspector:self qa_supervisor:centre manager:centre";
inline constexpr std::string_view kPlanners = "qa_supervisor:centre manager:centre";
inline constexpr std::string_view kInspecting = "inspector:self qa_supervisor:centre";
inline constexpr std::string_view kSupervisors = "qa_supervisor:centre";
inline constexpr std::string_view kArrangers = "manager:centre hr:centre admin:centre";
inline constexpr std::string_view kMonthEnders = "manager:centre hr:centre";
inline constexpr std::string_view kAdmins = "admin:centre";
inline constexpr std::string_view kImport = R"({"upload":"x","kind":"facts"})";

inline constexpr std::string_view kLearners =
    "agent:self shift_leader:self inspector:centre qa_supervisor:centre trainer:centre manager:centre";
inline constexpr std::string_view kKeepers = "inspector:centre qa_supervisor:centre";
inline constexpr std::string_view kLibraryEntry = R"({"contact":"x","kind":"typical","title":"x","note":"","tags":[]})";
inline constexpr std::string_view kLibraryEdit =
    R"({"kind":"typical","title":"x","note":"","tags":[],"cuts":[],"silences":[]})";
inline constexpr std::string_view kReason = R"({"reason":"x"})";
inline constexpr std::string_view kMarks = R"({"findings":[],"bonuses":[],"not_applicable":[]})";
inline constexpr std::string_view kReading = R"({"marks":{"findings":[],"bonuses":[],"not_applicable":[]}})";
inline constexpr std::string_view kAgreed = R"({"marks":{"findings":[],"bonuses":[],"not_applicable":[]},"learnt":[]})";
inline constexpr std::string_view kPlan =
    R"({"month":"2026-10","title":"x","groups":[],"products":[],"channels":[],"rounds":[],"inspectors":[]})";

inline constexpr std::array kRights{
    // people: sessions, tokens, accounts
    Rights{"POST /api/v1/session", "anybody"},
    Rights{"GET /api/v1/session", "signed in"},
    Rights{"DELETE /api/v1/session", "signed in"},
    Rights{"POST /api/v1/session/password", "signed in"},
    Rights{"GET /api/v1/session/list", "signed in"},
    Rights{"DELETE /api/v1/session/list/{id}", "signed in"},
    Rights{"GET /api/v1/session/token-scopes", "signed in"},
    Rights{"GET /api/v1/session/tokens", "signed in"},
    Rights{"POST /api/v1/session/tokens", "signed in"},
    Rights{"DELETE /api/v1/session/tokens/{id}", "signed in"},
    Rights{"GET /api/v1/accounts", kAdmins},
    Rights{"POST /api/v1/accounts", kAdmins},
    Rights{"GET /api/v1/accounts/{account}", kAdmins},
    Rights{"POST /api/v1/accounts/{account}/password", kAdmins},
    Rights{"POST /api/v1/accounts/{account}/disable", kAdmins},
    Rights{"POST /api/v1/accounts/{account}/enable", kAdmins},
    Rights{"PUT /api/v1/accounts/{account}/roles", kAdmins},
    Rights{"GET /api/v1/accounts/{account}/sessions", kAdmins},
    Rights{"DELETE /api/v1/accounts/{account}/sessions", kAdmins},
    Rights{"GET /api/v1/accounts/{account}/tokens", kAdmins},
    Rights{"POST /api/v1/accounts/{account}/tokens", kAdmins},
    Rights{"DELETE /api/v1/accounts/{account}/tokens/{id}", kAdmins},
    // people: records and organisation
    Rights{"GET /api/v1/people", kDirectory},
    Rights{"GET /api/v1/people/{staff_no}", kDirectory},
    Rights{"POST /api/v1/people", kArrangers},
    Rights{"PATCH /api/v1/people/{staff_no}", kArrangers},
    Rights{"GET /api/v1/groups", "signed in"},
    Rights{"PUT /api/v1/groups", kArrangers, true, R"({"departments":[]})"},
    // pay: months
    Rights{"GET /api/v1/months", "signed in"},
    Rights{"GET /api/v1/months/{month}", kSheets},
    Rights{"GET /api/v1/months/{month}/sheets/{staff_no}", kSheets},
    Rights{"GET /api/v1/months/{month}/sheets/{staff_no}/why", kSheets},
    Rights{"GET /api/v1/months/{month}/questions", kSheets},
    Rights{"GET /api/v1/months/{month}/sheets/{staff_no}/questions", kSheets},
    Rights{"POST /api/v1/months/{month}/sheets/{staff_no}/questions", kSheets},
    Rights{"GET /api/v1/months/{month}/export.xlsx", kSheets},
    Rights{"GET /api/v1/months/{month}/payroll.csv", kMonthEnders, true},
    Rights{"POST /api/v1/months/{month}/closing", kMonthEnders, true},
    Rights{"DELETE /api/v1/months/{month}/closing", kMonthEnders, true},
    Rights{"POST /api/v1/months/{month}/closing/confirm", kMonthEnders, true},
    Rights{"POST /api/v1/months/{month}/showing", kMonthEnders, true, R"({"days":3})"},
    Rights{"DELETE /api/v1/months/{month}/showing", kMonthEnders, true},
    // contacts
    Rights{"GET /api/v1/overview", kLeads},
    Rights{"GET /api/v1/overview/last-day", kListeners},
    Rights{"GET /api/v1/contacts", kListeners},
    Rights{"GET /api/v1/contacts/{id}", kListeners},
    Rights{"POST /api/v1/contacts/{id}/customer", kListeners},
    Rights{"GET /api/v1/contacts/{id}/transcript", kListeners},
    Rights{"GET /api/v1/contacts/{id}/recordings", kListeners},
    Rights{"GET /api/v1/contacts/{id}/recordings/{leg}", kListeners},
    Rights{"GET /api/v1/contacts/{id}/recordings/{leg}/waveform", kListeners},
    Rights{"GET /api/v1/contacts/{id}/acoustics", kListeners},
    Rights{"GET /api/v1/contacts/{id}/transcription", kListeners},
    Rights{"GET /api/v1/contacts/{id}/troubles", kListeners},
    // quality
    Rights{"GET /api/v1/quality/rubrics", kResults},
    Rights{"GET /api/v1/quality/plans", kPlanners, true},
    Rights{"POST /api/v1/quality/plans", kPlanners, true, kPlan},
    Rights{"GET /api/v1/quality/plan-outline", kPlanners, true},
    Rights{"GET /api/v1/quality/plans/{number}", kPlanners, true},
    Rights{"PUT /api/v1/quality/plans/{number}", kPlanners, true, kPlan},
    Rights{"GET /api/v1/quality/plans/{number}/progress", kPlanners, true},
    Rights{"POST /api/v1/quality/plans/{number}/approve", kPlanners, true},
    Rights{"POST /api/v1/quality/plans/{number}/rounds/{round}/draw", kPlanners, true},
    Rights{"POST /api/v1/quality/plans/{number}/close", kPlanners, true},
    Rights{"GET /api/v1/quality/queue", "inspector:self"},
    Rights{"GET /api/v1/quality/results", kResults},
    Rights{"GET /api/v1/quality/inspections/{key}", kResults},
    Rights{"GET /api/v1/quality/inspections/{key}/why", kResults},
    Rights{"GET /api/v1/quality/inspections/{key}/rubric", kResults},
    Rights{"GET /api/v1/quality/inspectors", kSupervisors},
    Rights{"GET /api/v1/quality/inspections/{key}/proposals", kInspecting},
    Rights{"POST /api/v1/quality/inspections/{key}/take", "inspector:self"},
    Rights{"POST /api/v1/quality/inspections/{key}/release", "inspector:self"},
    Rights{"PUT /api/v1/quality/inspections/{key}/marks", "inspector:self", false, kMarks},
    Rights{"POST /api/v1/quality/inspections/{key}/submit", "inspector:self"},
    Rights{"POST /api/v1/quality/inspections/{key}/set-aside", "inspector:self", false, kReason},
    Rights{"POST /api/v1/quality/inspections/{key}/reassign", kSupervisors, false, R"({"to":"1"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/annul", kSupervisors, false, R"({"reason":"x","inspector":"1"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/acknowledge", "agent:self"},
    Rights{"GET /api/v1/quality/batches", kInspecting},
    Rights{"GET /api/v1/quality/batches/{inspector}/{number}", kInspecting},
    Rights{"POST /api/v1/quality/batches/{inspector}/{number}/hand-in", "inspector:self"},
    Rights{"POST /api/v1/quality/batches/{inspector}/{number}/send-back", kSupervisors, false,
           R"({"comment":"x","inspections":[]})"},
    Rights{"POST /api/v1/quality/batches/{inspector}/{number}/publish", kSupervisors},
    Rights{"POST /api/v1/quality/batches/{inspector}/{number}/close", kSupervisors},
    Rights{"GET /api/v1/quality/talks", kSupervisors, true},
    Rights{"GET /api/v1/quality/inspections/{key}/talks", kResults},
    Rights{"POST /api/v1/quality/inspections/{key}/talks", kSupervisors, false, R"({"number":1,"record":"x"})"},
    Rights{"GET /api/v1/quality/appeals", kResults},
    Rights{"POST /api/v1/quality/appeals/rulings", kInspecting, false,
           R"({"appeals":[{"inspection":"1-1-1","finding":1}],"outcome":"rejected","reason":"x"})"},
    Rights{"GET /api/v1/quality/inspections/{key}/appeals", kResults},
    Rights{"POST /api/v1/quality/inspections/{key}/appeals", "agent:self", false,
           R"({"finding":1,"proposed":{"choice":"x","points":0},"reason":"x"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/appeals/{finding}/assign", kSupervisors, false, R"({"to":"1"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/appeals/{finding}/reading", kInspecting, false,
           R"({"choice":"x","points":0})"},
    Rights{"POST /api/v1/quality/inspections/{key}/appeals/{finding}/again", "agent:self", false, kReason},
    Rights{"POST /api/v1/quality/inspections/{key}/appeals/{finding}/withdraw", "agent:self"},
    Rights{"GET /api/v1/quality/inspections/{key}/questions", kResults},
    Rights{"POST /api/v1/quality/inspections/{key}/questions", kResults, false, R"({"text":"x"})"},
    Rights{"GET /api/v1/quality/results.xlsx", kResults},
    Rights{"GET /api/v1/quality/batches/{inspector}/{number}/export.xlsx", kInspecting},
    Rights{"GET /api/v1/quality/trend", kResults},
    Rights{"GET /api/v1/quality/months/{month}/problems", kResults},
    Rights{"GET /api/v1/quality/months", kPlanners, true},
    Rights{"GET /api/v1/quality/months/{month}/report", kPlanners, true},
    Rights{"PUT /api/v1/quality/months/{month}/report", kPlanners, true, R"({"summary":"x","causes":[]})"},
    Rights{"POST /api/v1/quality/months/{month}/report/submit", kPlanners, true},
    Rights{"POST /api/v1/quality/months/{month}/report/approve", kPlanners, true, R"({"comment":"x"})"},
    Rights{"POST /api/v1/quality/months/{month}/report/send-back", kPlanners, true, R"({"comment":"x"})"},
    Rights{"GET /api/v1/quality/months/{month}/report.xlsx", kPlanners, true},
    Rights{"GET /api/v1/quality/notices", "signed in"},
    Rights{"POST /api/v1/quality/notices/read", "signed in", false, R"({"numbers":[1]})"},
    Rights{"GET /api/v1/quality/rectifications", kResults},
    Rights{"GET /api/v1/quality/inspections/{key}/rectifications/{finding}", kResults},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/due", kInspecting, false,
           R"({"due":"2026-12-01","reason":"x"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/measures", "agent:self", false, kReason},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/report", "agent:self", false, kReason},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/extension", "agent:self", false,
           R"({"until":"2026-12-01","reason":"x"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/extension/settle", kSupervisors, false,
           R"({"granted":true,"reason":"x"})"},
    Rights{"POST /api/v1/quality/inspections/{key}/rectifications/{finding}/effect", kInspecting, false,
           R"({"good":true,"records":["1-1-1"],"text":"x"})"},
    // quality: samples and what they say
    Rights{"GET /api/v1/quality/plans/{number}/rounds/{round}/sample", kPlanners, true},
    Rights{"GET /api/v1/quality/plans/{number}/rounds/{round}/sample/verification", kPlanners, true},
    Rights{"GET /api/v1/quality/own-draws", "agent:self"},
    Rights{"GET /api/v1/quality/own-draws/{plan}/{round}", "agent:self"},
    Rights{"GET /api/v1/quality/plans/{number}/means", kResults},
    Rights{"GET /api/v1/quality/plans/{number}/comparison", kPlanners, true},
    Rights{"POST /api/v1/quality/plans/{number}/reassign", kSupervisors, true, R"({"from":"3001","to":[]})"},
    // quality: calibration
    Rights{"GET /api/v1/quality/calibrations", kInspecting},
    Rights{"POST /api/v1/quality/calibrations", kSupervisors, true, R"({"title":"x","records":[],"inspectors":[]})"},
    Rights{"GET /api/v1/quality/calibrations/{number}", kInspecting},
    Rights{"GET /api/v1/quality/calibrations/{number}/readings", kInspecting},
    Rights{"GET /api/v1/quality/calibrations/{number}/report", kInspecting},
    Rights{"PUT /api/v1/quality/calibrations/{number}/records/{place}/draft", "inspector:self", false, kReading},
    Rights{"PUT /api/v1/quality/calibrations/{number}/records/{place}/reading", "inspector:self", false, kReading},
    Rights{"PUT /api/v1/quality/calibrations/{number}/records/{place}/agreed", kSupervisors, true, kAgreed},
    Rights{"POST /api/v1/quality/calibrations/{number}/compare", kSupervisors, true},
    Rights{"POST /api/v1/quality/calibrations/{number}/close", kSupervisors, true},
    Rights{"GET /api/v1/quality/guidance", kInspecting},
    // the recording library
    Rights{"GET /api/v1/library", kLearners},
    Rights{"GET /api/v1/library/tags", kLearners},
    Rights{"GET /api/v1/library/{number}", kLearners},
    Rights{"GET /api/v1/library/{number}/sound", kLearners},
    Rights{"POST /api/v1/library", kKeepers, true, kLibraryEntry},
    Rights{"PUT /api/v1/library/{number}", kKeepers, true, kLibraryEdit},
    Rights{"PUT /api/v1/library/{number}/about", kKeepers, true,
           R"({"kind":"typical","title":"x","note":"","tags":[]})"},
    Rights{"POST /api/v1/library/{number}/share", kKeepers, true, R"({"sound":false})"},
    Rights{"POST /api/v1/library/{number}/withdraw", kKeepers, true},
    // automatic checks
    Rights{"GET /api/v1/contacts/{id}/findings",
           "shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre"},
    Rights{"GET /api/v1/contacts/{id}/judging",
           "shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre"},
    Rights{"GET /api/v1/checks", "inspector:self qa_supervisor:centre trainer:self manager:centre"},
    Rights{"GET /api/v1/checks/operators", "inspector:self qa_supervisor:centre trainer:self manager:centre"},
    Rights{"GET /api/v1/checks/drafts", kPlanners, true},
    Rights{"POST /api/v1/checks/drafts", kPlanners, true, R"({"title":"x"})"},
    Rights{"GET /api/v1/checks/drafts/{number}", kPlanners, true},
    Rights{"PUT /api/v1/checks/drafts/{number}/checks", kPlanners, true, R"({"yaml":"x"})"},
    Rights{"DELETE /api/v1/checks/drafts/{number}/checks/{id}", kPlanners, true},
    Rights{"POST /api/v1/checks/drafts/{number}/check", kPlanners, true},
    Rights{"POST /api/v1/checks/drafts/{number}/consult", "manager:centre", true, R"({"consultation":"x"})"},
    Rights{"POST /api/v1/checks/drafts/{number}/publish", "manager:centre", true, R"({"effective_from":"2026-12-01"})"},
    Rights{"POST /api/v1/checks/read", kPlanners, true, R"({"yaml":"x"})"},
    Rights{"POST /api/v1/checks/write", kPlanners, true, R"({"form":{}})"},
    Rights{"POST /api/v1/checks/trial", kPlanners, true, R"({"check":"x","turns":[]})"},
    Rights{"POST /api/v1/checks/last-month", kPlanners, true, R"({"check":"x"})"},
    Rights{"GET /api/v1/checks/trials/{job}", kPlanners, true},
    Rights{"GET /api/v1/checks/statistics", kPlanners, true},
    Rights{"GET /api/v1/checks/consistency", kPlanners, true},
    // imports
    Rights{"POST /api/v1/uploads", kArrangers, true},
    Rights{"POST /api/v1/imports/preview", kArrangers, true, kImport},
    Rights{"POST /api/v1/imports", kArrangers, true, kImport},
    Rights{"GET /api/v1/imports/{job}", kArrangers, true},
    Rights{"DELETE /api/v1/imports/{job}", kArrangers, true},
    Rights{"GET /api/v1/imports/map-fields", kArrangers, true},
    Rights{"GET /api/v1/imports/unknown", kArrangers, true},
    Rights{"GET /api/v1/imports/silence", kArrangers, true},
    Rights{"GET /api/v1/batches", kArrangers, true},
    Rights{"DELETE /api/v1/batches/{batch}", "manager:centre admin:centre", true},
    Rights{"GET /api/v1/rejects/{name}", kArrangers, true},
    Rights{"GET /api/v1/rejects/{name}/reasons", kArrangers, true},
    // facts
    Rights{"GET /api/v1/facts/kinds", kEnterers},
    Rights{"POST /api/v1/facts", kEnterers},
    Rights{"DELETE /api/v1/facts/batches/{batch}", kEnterers},
    Rights{"GET /api/v1/facts", kSheets},
    // regulation, audit, system
    Rights{"GET /api/v1/regulation", "signed in"},
    Rights{"GET /api/v1/audit", "manager:centre admin:centre", true},
    Rights{"GET /api/v1/audit/chain", "manager:centre admin:centre", true},
    Rights{"GET /api/v1/jobs", kAdmins},
    Rights{"POST /api/v1/jobs/{id}/retry", kAdmins},
    Rights{"POST /api/v1/jobs/{id}/cancel", kAdmins},
    Rights{"GET /api/v1/health", kAdmins},
    // the site's own
    Rights{"GET /healthz", "anybody"},
    Rights{"GET /metrics", "anybody"},  // the handler lets in this host, administrators and tokens made for it
    Rights{"GET /api/v1/openapi.json", "anybody"},
    Rights{"GET /api/v1/events", "signed in"},
};

}  // namespace zh::app
