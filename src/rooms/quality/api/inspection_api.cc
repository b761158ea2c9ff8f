// The workbench and the results: what an inspector does with a record, and what those it concerns get to see.
#include <map>

#include "rooms/quality/api/desk.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/plan/draw.h"
#include "rooms/quality/proposal/proposal.h"

namespace zh::quality::api {

namespace {

using http::Call;

Result<http::Versioned<InspectionJson>> versioned(const Call& call, Desk& desk, db::Transaction& tx,
                                                  const Inspection& inspection) {
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, inspection));
  ZH_TRY(const auto people, desk.known.of(tx));
  return http::Versioned<InspectionJson>{
      inspection_json(inspection, rubric, desk.regulation, *people, by_of(call).actor), version_of(inspection.change)};
}

Result<http::Versioned<InspectionJson>> one(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  return versioned(call, desk, tx, inspection);
}

Result<WhyJson> why(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  const auto shown = [&](const policy::Derivation& derivation) {
    return WhyJson{.derivation = {json::compact(policy::to_json(derivation, desk.regulation.zone))}};
  };
  if (inspection.state == InspectionState::taken) {
    ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, inspection));
    if (const auto live = score_of(*rubric.rubric, inspection.marks)) return shown(live->why);
  }
  if (inspection.derivation.empty()) {
    return error(ErrorCode::not_found, {.zh = "还没有得分", .en = "there is no score yet"});
  }
  ZH_TRY(const auto derivation, policy::decode(inspection.derivation));
  return shown(derivation);
}

// The rubric that the inspection is made by, whatever is in force today.
Result<RubricJson> own_rubric(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, inspection));
  return rubric_json(*rubric.rubric);
}

Result<std::vector<ResultJson>> queue(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto in_hand, queue_of(tx, call.principal.staff_no));
  std::map<int, Plan> plans;
  std::vector<ResultJson> list;
  for (const Inspection& it : in_hand) {
    if (!plans.contains(it.key.plan)) {
      ZH_TRY(plans[it.key.plan], find_plan(tx, it.key.plan));
    }
    ResultJson row = result_json(it, *people);
    if (const PlanRound* const round = plans[it.key.plan].round(it.key.round))
      row.publish_before = round->publish_before;
    list.push_back(std::move(row));
  }
  return list;
}

bool may_look_at(const people::PersonRow& row, const std::optional<Inspection>& inspection, const PackPtr& pack) {
  const bool inspects = row.position == people::Position::inspector || row.position == people::Position::supervisor;
  if (!inspects || !inspection) return inspects;
  const Assignable candidate{row.staff_no, row.group, 1};
  return may_inspect(candidate, inspection->record.staff_no, inspection->record.group, *pack);
}

// Who may look at records today; with an inspection, at that one.
Result<std::vector<MayInspectJson>> inspectors(Call& call, Desk& desk, const InspectorsQuery& query) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto people, desk.known.of(tx));
  std::optional<Inspection> inspection;
  PackPtr pack;
  if (query.inspection) {
    ZH_TRY(inspection, seen_inspection(call, tx, *query.inspection));
    ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, *inspection));
    pack = rubric.pack;
  }
  const Date today = desk.regulation.zone.date_of(call.now);
  std::vector<MayInspectJson> list;
  for (const people::Person& person : people->all()) {
    if (!person.employed_on(today) || !may_look_at(person.on(today), inspection, pack)) continue;
    list.push_back({person.staff_no(), name_of_person(*people, person.staff_no())});
  }
  return list;
}

// A step on the inspection that the caller has read.
template <class Step>
Result<http::Versioned<InspectionJson>> change(Call& call, Desk& desk, std::string_view what, Step step) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection read, seen_inspection(call, tx));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Inspection inspection, step(tx, read));
  ZH_TRY(auto answer, versioned(call, desk, tx, inspection));
  ZH_CHECK(tx.commit());
  // A draft is nobody else's business while it is written.
  if (what != "save") tell(desk, inspection, what);
  return answer;
}

Result<Inspection> save(Call& call, Desk& desk, db::Transaction& tx, const Inspection& read, const MarksJson& body) {
  const Marks marks = marks_of(body);
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, read));
  ZH_TRY(const Extent extent, extent_of(tx, read.record));
  auto faults = faults_of(*rubric.rubric, read.record.channel, marks, extent);
  if (!marks.judgements.empty()) {
    ZH_TRY(const auto proposals, proposals_for(tx, desk.regulation, read));
    for (MarkFault& fault : faults_of(proposals, marks)) faults.push_back(std::move(fault));
  }
  ZH_CHECK(reject_faults(call, std::move(faults)));
  return save_draft(tx, desk.regulation, read, marks, extent, by_of(call));
}

Result<Inspection> hand_over(Call& call, Desk& desk, db::Transaction& tx, const Inspection& read) {
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, read));
  if (read.state == InspectionState::taken) {
    ZH_CHECK(reject_faults(call, missing_in(*rubric.rubric, read.record.channel, read.marks)));
  }
  return submit(tx, desk.regulation, read, by_of(call));
}

http::RouteInfo step_route(std::string_view name, std::string id, Text summary, http::Access access) {
  return {.method = http::Method::post,
          .path = "/api/v1/quality/inspections/{key}/" + std::string(name),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "quality",
          .access = std::move(access),
          .if_match = true};
}

void add_reading_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/queue",
                     .id = "listMyInspections",
                     .summary = {.zh = "本人要检查的记录", .en = "The records one has to inspect"},
                     .tag = "quality",
                     .access = inspecting_access()},
                    [desk](Call& call) { return queue(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/inspections/{key}",
                     .id = "getInspection",
                     .summary = {.zh = "一份质检", .en = "One inspection"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return one(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/inspections/{key}/why",
                     .id = "getInspectionWhy",
                     .summary = {.zh = "得分的由来", .en = "Why the score is what it is"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return why(call, *desk); });
}

void add_choosing_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/inspections/{key}/rubric",
                     .id = "getInspectionRubric",
                     .summary = {.zh = "这份质检所用的检查表", .en = "The rubric an inspection is made by"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return own_rubric(call, *desk); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/inspectors",
       .id = "listInspectors",
       .summary = {.zh = "今天可以检查的人", .en = "Who may inspect today"},
       .tag = "quality",
       .access = supervising_access()},
      [desk](Call& call, const http::Query<InspectorsQuery>& query) { return inspectors(call, *desk, *query); });
}

void add_inspector_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      step_route("take", "takeInspection", {.zh = "领取", .en = "Take it"}, inspecting_access()), [desk](Call& call) {
        return change(call, *desk, "take",
                      [&](db::Transaction& tx, const Inspection& read) { return take(tx, read, by_of(call)); });
      });
  site.router().add(
      step_route("release", "releaseInspection", {.zh = "退回待检", .en = "Put it back"}, inspecting_access()),
      [desk](Call& call) {
        return change(call, *desk, "release",
                      [&](db::Transaction& tx, const Inspection& read) { return release(tx, read, by_of(call)); });
      });
  site.router().add({.method = http::Method::put,
                     .path = "/api/v1/quality/inspections/{key}/marks",
                     .id = "saveInspection",
                     .summary = {.zh = "保存草稿", .en = "Save the draft"},
                     .tag = "quality",
                     .access = inspecting_access(),
                     .if_match = true},
                    [desk](Call& call, const http::Body<MarksJson>& body) {
                      return change(call, *desk, "save", [&](db::Transaction& tx, const Inspection& read) {
                        return save(call, *desk, tx, read, *body);
                      });
                    });
  site.router().add(step_route("submit", "submitInspection", {.zh = "提交", .en = "Submit it"}, inspecting_access()),
                    [desk](Call& call) {
                      return change(call, *desk, "submit", [&](db::Transaction& tx, const Inspection& read) {
                        return hand_over(call, *desk, tx, read);
                      });
                    });
  site.router().add(
      step_route("set-aside", "setInspectionAside",
                 {.zh = "记录不可用，换下一份", .en = "The record cannot be used: draw the next"}, inspecting_access()),
      [desk](Call& call, const http::Body<ReasonBody>& body) {
        return change(call, *desk, "set_aside", [&](db::Transaction& tx, const Inspection& read) {
          return set_aside_and_replace(tx, desk->regulation, read, body->reason, by_of(call));
        });
      });
}

}  // namespace

void add_inspection_routes(http::Site& site, const DeskPtr& desk) {
  add_reading_routes(site, desk);
  add_choosing_routes(site, desk);
  add_inspector_routes(site, desk);
  site.router().add(step_route("reassign", "reassignInspection", {.zh = "改派", .en = "Give it to another inspector"},
                               supervising_access()),
                    [desk](Call& call, const http::Body<AssignBody>& body) {
                      return change(call, *desk, "reassign", [&](db::Transaction& tx, const Inspection& read) {
                        return reassign(tx, desk->regulation, read, body->to, by_of(call));
                      });
                    });
  site.router().add(step_route("annul", "annulInspection", {.zh = "作废并重检", .en = "Annul it and inspect anew"},
                               supervising_access()),
                    [desk](Call& call, const http::Body<AnnulBody>& body) {
                      return change(call, *desk, "annul", [&](db::Transaction& tx, const Inspection& read) {
                        return annul(tx, desk->regulation, read, body->reason, body->inspector, by_of(call));
                      });
                    });
  site.router().add(step_route("acknowledge", "acknowledgeInspection",
                               {.zh = "确认结果", .en = "Acknowledge the result"}, agent_access()),
                    [desk](Call& call) {
                      return change(call, *desk, "acknowledge", [&](db::Transaction& tx, const Inspection& read) {
                        return acknowledge(tx, read, by_of(call));
                      });
                    });
}

}  // namespace zh::quality::api
