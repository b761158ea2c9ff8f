// What the routes of the room share: who acts, what a caller may see, and the room's types as JSON. Private to the api.
//
//   agent          the own published results, their questions and appeals
//   inspector      what is assigned to oneself, the own batches
//   shift leader   the group's published results
//   QA supervisor  everything; plans, reviews, assigns, decides finally
//   manager        everything; approves plans
#pragma once

#include <memory>
#include <string>

#include "db/db.h"
#include "http/site.h"
#include "rooms/contacts/open_contents.h"
#include "rooms/people/known_people.h"
#include "rooms/quality/api/appeal_records.h"
#include "rooms/quality/api/names.h"
#include "rooms/quality/api/records.h"
#include "rooms/quality/api/review_records.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/rectification/rectification.h"
#include "rooms/quality/review/batch.h"
#include "rooms/quality/review/talk.h"

namespace zh::quality::api {

struct Desk {
  Desk(db::Database& opened, Regulation rules, http::EventHub& hub, contacts::OpenContents open)
      : database(opened), regulation(std::move(rules)), events(hub), contents(std::move(open)) {}

  db::Database& database;
  const Regulation regulation;
  http::EventHub& events;
  const contacts::OpenContents contents;
  people::KnownPeople known;  // names
};
using DeskPtr = std::shared_ptr<Desk>;

// Who may call what. Which rows there are for them is sees().
http::Access planning_access();     // supervisors and managers, the centre
http::Access inspecting_access();   // inspectors, the own work
http::Access working_access();      // inspectors and supervisors
http::Access supervising_access();  // supervisors, the centre
http::Access result_access();       // everybody whom results concern
http::Access agent_access();        // agents, the own results

By by_of(const http::Call& call);
Date today_of(const http::Call& call, const Desk& desk);
// Whether the caller is an inspector in person.
bool inspects(const http::Principal& principal);
// Fails (forbidden) where the caller reaches less than the centre: plans and talks are everybody's.
Status check_centre(const http::Call& call);

// Whether the inspection exists for this caller.
bool sees(const http::Call& call, const Inspection& inspection);
// The inspection that the path names as {key}. Fails (not_found) also when the caller may not see it.
Result<Inspection> seen_inspection(const http::Call& call, db::Transaction& tx);
// Whoever is to read an appeal blind gets it without what was found, but for the items and places appealed against.
Result<Inspection> seen_inspection(const http::Call& call, db::Transaction& tx, const std::string& key);
// Fails (forbidden) while the caller is to read an appeal against the inspection blind: what others say about it stays
// hidden until then.
Status check_not_blind(const http::Call& call, db::Transaction& tx, const InspectionKey& key);

// The batch that the path names, if it is the caller's own or the caller reviews the centre's.
Result<Batch> seen_batch(const http::Call& call, db::Transaction& tx);
// The days that the query names. Fails (invalid) where they end before they begin or after 400 days.
Result<Interval> days_of(http::Call& call, const Desk& desk, const ResultsQuery& query);
// Every published result that the reach includes, each once, latest first; with a staff number that person's alone.
Result<std::vector<Inspection>> results_within(db::Transaction& tx, const http::Reach& reach, Interval during,
                                               const std::optional<std::string>& staff_no);

// Refuses all that does not fit at once, each at its place in the body, with the first clause that refuses.
Status reject_faults(http::Call& call, std::vector<MarkFault> faults);

// The whole number in the path; 0, which is nothing's number, where it is too large for one.
int path_number(const http::Call& call, std::string_view name);

// The versions that If-Match names.
std::string version_of(int change);

std::optional<std::string> name_of_person(const people::People& people, const std::string& staff_no);

RubricJson rubric_json(const policy::Rubric& rubric);
RoundJson round_json(const PlanRound& round);
PlanJson plan_json(const Plan& plan, const Names& names, const Actor& actor, Date today);
PlanDraft plan_draft(const PlanBody& body);
Marks marks_of(const MarksJson& marks);
MarksJson marks_json(const Marks& marks);
TextJson text_json(const Text& text);
FindingJson finding_json(const Finding& finding);
// With the score that a draft would get now.
InspectionJson inspection_json(const Inspection& inspection, const RubricInForce& rubric, const Regulation& regulation,
                               const people::People& people, const Actor& actor);
ResultJson result_json(const Inspection& inspection, const people::People& people);
BatchJson batch_json(const Batch& batch, const std::vector<Inspection>& inspections, const Names& names,
                     const Actor& actor);
TalkJson talk_json(const Talk& talk, const Names& names);
AppealJson appeal_json(const Appeal& appeal, const Inspection& inspection, const policy::Pack& pack, const Zone& zone,
                       const Names& names, const By& by);

// Tells browsers that may see the inspection that something about it has changed.
void tell(Desk& desk, const Inspection& inspection, std::string_view what);

void add_plan_routes(http::Site& site, const DeskPtr& desk);
void add_inspection_routes(http::Site& site, const DeskPtr& desk);
void add_result_routes(http::Site& site, const DeskPtr& desk);
void add_proposal_routes(http::Site& site, const DeskPtr& desk);
void add_statistics_routes(http::Site& site, const DeskPtr& desk);
void add_review_routes(http::Site& site, const DeskPtr& desk);
void add_appeal_routes(http::Site& site, const DeskPtr& desk);
void add_sampling_routes(http::Site& site, const DeskPtr& desk);
void add_means_routes(http::Site& site, const DeskPtr& desk);
void add_calibration_routes(http::Site& site, const DeskPtr& desk);
void add_rectification_routes(http::Site& site, const DeskPtr& desk);
void add_notice_routes(http::Site& site, const DeskPtr& desk);
void add_month_routes(http::Site& site, const DeskPtr& desk);
void add_export_routes(http::Site& site, const DeskPtr& desk);

}  // namespace zh::quality::api
