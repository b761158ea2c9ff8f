#include "rooms/quality/api/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rooms/quality/api/quality_api.h"

namespace zh::quality {

namespace api {

namespace {

using http::Role;
using http::Scope;

constexpr Secrecy kClass = Secrecy::internal;

bool holds(const http::Principal& principal, Role role) {
  return std::ranges::any_of(principal.grants, [role](const http::Grant& grant) { return grant.role == role; });
}

Error no_such_inspection(std::string_view key) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("没有检查 {}", key), .en = fmt::format("there is no inspection {}", key)});
}

// Within the reach that some access gives the principal: the centre, the groups, the own.
bool is_within(const http::Reach& reach, const Inspection& inspection) {
  if (reach.centre) return true;
  if (!inspection.is_public()) return false;
  const auto& groups = reach.groups;
  return std::ranges::find(groups, inspection.record.group) != groups.end() ||
         (!reach.self.empty() && reach.self == inspection.record.staff_no);
}

bool sees_as(const http::Principal& principal, const Inspection& inspection) {
  if (inspects(principal) && principal.staff_no == inspection.inspector) return true;
  const auto reach = http::decide(result_access(), &principal);
  return reach.ok() && is_within(*reach, inspection);
}

// The appeals against the inspection that are assigned to the principal.
Result<std::vector<Appeal>> reviewed_by(const http::Principal& principal, db::Transaction& tx,
                                        const InspectionKey& key) {
  if (!inspects(principal)) return std::vector<Appeal>();
  ZH_TRY(auto appeals, appeals_of(tx, key));
  std::erase_if(appeals, [&](const Appeal& it) { return it.assigned_to != principal.staff_no; });
  return appeals;
}

bool is_blind_to(const http::Principal& principal, const std::vector<Appeal>& appeals) {
  return std::ranges::any_of(appeals, [&](const Appeal& it) { return it.is_blind_to(principal.staff_no); });
}

// Without what was found: only where to look.
Inspection to_be_read_blind(Inspection inspection, const std::vector<Appeal>& appeals) {
  std::erase_if(inspection.marks.findings, [&](const Finding& finding) {
    return std::ranges::none_of(appeals, [&](const Appeal& it) { return it.key.finding == finding.number; });
  });
  for (Finding& finding : inspection.marks.findings) {
    finding.choice.clear();
    finding.points = 0;
    finding.reason.clear();
  }
  inspection.marks.bonuses.clear();
  inspection.score.reset();
  inspection.derivation.clear();
  return inspection;
}

}  // namespace

http::Access planning_access() {
  return http::allow({{Role::qa_supervisor, Scope::centre}, {Role::manager, Scope::centre}}, kClass);
}
http::Access inspecting_access() { return http::allow({{Role::inspector, Scope::self}}, kClass); }
http::Access working_access() {
  return http::allow({{Role::inspector, Scope::self}, {Role::qa_supervisor, Scope::centre}}, kClass);
}
http::Access supervising_access() { return http::allow({{Role::qa_supervisor, Scope::centre}}, kClass); }
http::Access result_access() {
  return http::allow({{Role::agent, Scope::self},
                      {Role::inspector, Scope::self},
                      {Role::shift_leader, Scope::group},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::manager, Scope::centre}},
                     kClass);
}
http::Access agent_access() { return http::allow({{Role::agent, Scope::self}}, kClass); }

By by_of(const http::Call& call) {
  By by{.actor = {.account = call.principal.account, .staff_no = call.principal.staff_no, .roles = {}},
        .now = call.now};
  for (const http::Grant& grant : call.principal.grants) by.actor.roles.emplace_back(to_string(grant.role));
  return by;
}

Date today_of(const http::Call& call, const Desk& desk) { return desk.regulation.zone.date_of(call.now); }

bool inspects(const http::Principal& principal) {
  return !principal.staff_no.empty() && holds(principal, Role::inspector);
}

Status check_centre(const http::Call& call) {
  if (call.reach.centre) return {};
  return error(ErrorCode::forbidden, {.zh = "需要全中心的权限", .en = "this takes rights over the whole centre"});
}

bool sees(const http::Call& call, const Inspection& inspection) { return sees_as(call.principal, inspection); }

Result<Inspection> seen_inspection(const http::Call& call, db::Transaction& tx) {
  return seen_inspection(call, tx, call.path_text("key"));
}

Result<Inspection> seen_inspection(const http::Call& call, db::Transaction& tx, const std::string& text) {
  ZH_TRY(const InspectionKey key, InspectionKey::parse(text));
  ZH_TRY(Inspection found, find_inspection(tx, key));
  if (sees(call, found)) return found;
  ZH_TRY(const auto reviewed, reviewed_by(call.principal, tx, key));
  if (reviewed.empty()) return no_such_inspection(key.to_string());
  if (is_blind_to(call.principal, reviewed)) return to_be_read_blind(std::move(found), reviewed);
  return found;
}

Status reject_faults(http::Call& call, std::vector<MarkFault> faults) {
  for (MarkFault& fault : faults) call.reject(std::move(fault.pointer), std::move(fault.detail));
  if (!call.has_faults()) return {};
  Error refused = call.refused();
  for (const MarkFault& fault : faults) {
    if (refused.clause.empty()) refused.clause = fault.clause;
  }
  return refused;
}

Status check_not_blind(const http::Call& call, db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(const auto reviewed, reviewed_by(call.principal, tx, key));
  if (!is_blind_to(call.principal, reviewed)) return {};
  return error(ErrorCode::forbidden, {.zh = "给出盲评之后才能看到", .en = "this is shown once you have read it blind"},
               {}, "Q7.1");
}

int path_number(const http::Call& call, std::string_view name) {
  const auto number = call.path<std::int64_t>(name);
  return std::in_range<int>(number) ? static_cast<int>(number) : 0;
}

std::string version_of(int change) { return fmt::format("{}", change); }

void tell(Desk& desk, const Inspection& inspection, std::string_view what) {
  Inspection head;
  head.key = inspection.key;
  head.record.staff_no = inspection.record.staff_no;
  head.record.group = inspection.record.group;
  head.inspector = inspection.inspector;
  head.state = inspection.state;
  desk.events.publish(
      {.type = "quality",
       .data = json::compact(json::Object{{"inspection", inspection.key.to_string()}, {"what", std::string(what)}}),
       .allowed = [head = std::move(head)](const http::Principal& principal) { return sees_as(principal, head); }});
}

}  // namespace api

void add_quality_routes(http::Site& site, db::Database& database, Regulation regulation,
                        contacts::OpenContents contents) {
  const auto desk = std::make_shared<api::Desk>(database, std::move(regulation), site.events(), std::move(contents));
  api::add_plan_routes(site, desk);
  api::add_inspection_routes(site, desk);
  api::add_result_routes(site, desk);
  api::add_proposal_routes(site, desk);
  api::add_statistics_routes(site, desk);
  api::add_review_routes(site, desk);
  api::add_appeal_routes(site, desk);
  api::add_sampling_routes(site, desk);
  api::add_means_routes(site, desk);
  api::add_calibration_routes(site, desk);
  api::add_rectification_routes(site, desk);
  api::add_notice_routes(site, desk);
  api::add_month_routes(site, desk);
  api::add_export_routes(site, desk);
}

}  // namespace zh::quality
