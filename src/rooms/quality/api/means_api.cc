// What a plan's sample says about each agent, whom it tells apart; and the work of an inspector who is away.
#include <algorithm>

#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/sampling_records.h"
#include "rooms/quality/plan/absence.h"
#include "rooms/quality/plan/means.h"

namespace zh::quality::api {

namespace {

using http::Call;

std::string_view name_of_verdict(statistics::Verdict verdict) {
  switch (verdict) {
    case statistics::Verdict::no_data:
      return "no_data";
    case statistics::Verdict::not_told_apart:
      return "not_told_apart";
    case statistics::Verdict::first_higher:
      return "first_higher";
    case statistics::Verdict::second_higher:
      return "second_higher";
  }
  return {};
}

// How the first stands against the second.
ComparisonJson comparison_json(const AgentMean& first, const AgentMean& second) {
  const statistics::Comparison comparison = compare(first.mean, second.mean);
  ComparisonJson json{.staff_no = second.staff_no,
                      .verdict = std::string(name_of_verdict(comparison.verdict)),
                      .text = text_json(explain(comparison.verdict))};
  if (comparison.difference) json.difference = shown(*comparison.difference);
  if (comparison.bounds) {
    json.low = shown(comparison.bounds->low);
    json.high = shown(comparison.bounds->high);
  }
  return json;
}

// The agent's group on the plan's last day.
std::string group_of(const people::People& people, const AgentMean& agent, const Plan& plan) {
  const people::Person* const person = people.find(agent.staff_no);
  return person == nullptr ? std::string() : person->on(plan.what.month.last()).group;
}

bool is_within(const http::Reach& reach, const std::string& staff_no, const std::string& group) {
  return reach.centre || std::ranges::find(reach.groups, group) != reach.groups.end() ||
         (!reach.self.empty() && reach.self == staff_no);
}

// Those within the caller's reach, in their order: nobody learns a rank among people beyond it.
Result<std::vector<MeanJson>> means(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Plan plan, find_plan(tx, path_number(call, "number")));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto ranked, means_of(tx, desk.regulation, plan));
  std::vector<MeanJson> list;
  const AgentMean* above = nullptr;
  for (const AgentMean& agent : ranked) {
    const std::string group = group_of(*people, agent, plan);
    if (!is_within(call.reach, agent.staff_no, group)) continue;
    MeanJson json{.staff_no = agent.staff_no,
                  .name = name_of_person(*people, agent.staff_no),
                  .group = group,
                  .inspected = agent.inspected,
                  .contacts = agent.contacts,
                  .mean = estimate_json(agent.mean),
                  .severe = estimate_json(agent.severe)};
    if (above != nullptr) json.versus_above = comparison_json(agent, *above);
    list.push_back(std::move(json));
    above = &agent;
  }
  return list;
}

Result<ComparisonJson> comparison(Call& call, Desk& desk, const ComparisonQuery& query) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Plan plan, find_plan(tx, path_number(call, "number")));
  ZH_TRY(const auto ranked, means_of(tx, desk.regulation, plan));
  const auto of = [&](const std::string& staff_no) {
    return std::ranges::find(ranked, staff_no, &AgentMean::staff_no);
  };
  for (const auto& [name, staff_no] : {std::pair{"first", query.first}, std::pair{"second", query.second}}) {
    if (of(staff_no) == ranked.end()) {
      call.reject_parameter(name, {.zh = "此人不在本计划的抽样框中", .en = "is not in the frames of this plan"});
    }
  }
  if (call.has_faults()) return call.refused();
  return comparison_json(*of(query.first), *of(query.second));
}

Result<std::vector<ResultJson>> hand_over(Call& call, Desk& desk, const AbsenceBody& body) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Plan plan, find_plan(tx, path_number(call, "number")));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto moved, reassign_all(tx, desk.regulation, plan, body.from, body.to, by_of(call)));
  ZH_CHECK(tx.commit());
  std::vector<ResultJson> list;
  for (const Inspection& it : moved) {
    tell(desk, it, "reassign");
    list.push_back(result_json(it, *people));
  }
  return list;
}

}  // namespace

void add_means_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/plans/{number:int}/means",
                     .id = "listAgentMeans",
                     .summary = {.zh = "各坐席的平均分及其误差，与上一名能否区分",
                                 .en = "Each agent's mean and how surely it is known, and whether it differs from the "
                                       "next higher one"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return means(call, *desk); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/plans/{number:int}/comparison",
       .id = "compareAgentMeans",
       .summary = {.zh = "两名坐席能否区分", .en = "Whether two agents are told apart"},
       .tag = "quality",
       .access = planning_access()},
      [desk](Call& call, const http::Query<ComparisonQuery>& query) { return comparison(call, *desk, *query); });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/quality/plans/{number:int}/reassign",
       .id = "reassignAllInspections",
       .summary = {.zh = "检查员缺勤：手上的记录全部改派", .en = "Give away all that an absent inspector has in hand"},
       .tag = "quality",
       .access = supervising_access()},
      [desk](Call& call, const http::Body<AbsenceBody>& body) { return hand_over(call, *desk, *body); });
}

}  // namespace zh::quality::api
