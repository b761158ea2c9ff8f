// The workbench and the results: what an inspector does with a record, and what those it concerns get to see.
#include <algorithm>
#include <tuple>

#include "rooms/quality/api/desk.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/plan/draw.h"

namespace zh::quality::api {

namespace {

using http::Call;

constexpr int kResultDaysMax = 400;

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
  if (inspection.derivation.empty()) {
    return error(ErrorCode::not_found, {.zh = "提交之后才有得分", .en = "there is no score before it is submitted"});
  }
  ZH_TRY(const auto derivation, policy::decode(inspection.derivation));
  return WhyJson{.derivation = {json::compact(policy::to_json(derivation, desk.regulation.zone))}};
}

Result<std::vector<ResultJson>> queue(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto in_hand, queue_of(tx, call.principal.staff_no));
  std::vector<ResultJson> list;
  for (const Inspection& it : in_hand) list.push_back(result_json(it, *people));
  return list;
}

// Everything the reach includes, each result once, latest first.
Result<std::vector<Inspection>> results_within(db::Transaction& tx, const http::Reach& reach, Interval during) {
  if (reach.centre) return results(tx, during);
  std::vector<Inspection> all;
  for (const std::string& group : reach.groups) {
    ZH_TRY(auto of_group, results_of_group(tx, group, during));
    all.insert(all.end(), std::move_iterator(of_group.begin()), std::move_iterator(of_group.end()));
  }
  if (!reach.self.empty()) {
    ZH_TRY(auto own, results_of_agent(tx, reach.self, during));
    all.insert(all.end(), std::move_iterator(own.begin()), std::move_iterator(own.end()));
  }
  std::ranges::sort(all, [](const Inspection& a, const Inspection& b) {
    return std::tie(b.record.occurred_at, b.key) < std::tie(a.record.occurred_at, a.key);
  });
  const auto same = std::ranges::unique(all, {}, &Inspection::key);
  all.erase(same.begin(), same.end());
  return all;
}

Result<std::vector<ResultJson>> result_list(Call& call, Desk& desk, const ResultsQuery& query) {
  if (query.to < query.from || query.to.days - query.from.days > kResultDaysMax) {
    call.reject_parameter(
        "to", {.zh = "结束日期应在开始之后，不超过 400 天", .en = "it ends after it begins, within 400 days"});
    return call.refused();
  }
  const Zone& zone = desk.regulation.zone;
  const Interval during{zone.start_of(query.from), zone.start_of(query.to.plus_days(1))};
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto found, results_within(tx, call.reach, during));
  std::vector<ResultJson> list;
  for (const Inspection& it : found) {
    if (query.staff_no && it.record.staff_no != *query.staff_no) continue;
    list.push_back(result_json(it, *people));
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
  tell(desk, inspection, what);
  return answer;
}

Result<Inspection> save(Call& call, Desk& desk, db::Transaction& tx, const Inspection& read, const MarksJson& body) {
  const Marks marks = marks_of(body);
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, desk.regulation, read));
  ZH_TRY(const Extent extent, extent_of(tx, read.record));
  ZH_CHECK(reject_faults(call, faults_of(*rubric.rubric, read.record.channel, marks, extent)));
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
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/results",
       .id = "listInspectionResults",
       .summary = {.zh = "已公布的质检结果", .en = "Published results"},
       .tag = "quality",
       .access = result_access()},
      [desk](Call& call, const http::Query<ResultsQuery>& query) { return result_list(call, *desk, *query); });
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
