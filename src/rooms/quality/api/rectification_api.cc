// Rectifications: last days, measures, extensions, verification.
#include <algorithm>
#include <iterator>

#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/rectification_records.h"
#include "rooms/quality/api/routes_below.h"

namespace zh::quality::api {

namespace {

using http::Call;

void put_row(RectificationRow& row, const Rectification& it, const Names& names, Date today, const Actor& actor) {
  row.inspection = it.key.inspection.to_string();
  row.finding = it.key.finding;
  row.staff_no = it.staff_no;
  row.name = names.of(it.staff_no);
  row.inspector = it.inspector;
  row.inspector_name = names.of(it.inspector);
  row.state = it.state;
  row.due = it.due;
  row.overdue = it.is_overdue(today);
  row.escalated_at = it.escalated_at;
  row.measures = it.measures;
  row.asked_until = it.asked_until;
  row.actions = actions_of(it, actor);
}

LinkJson link_json(const RectificationLink& link, const Names& names) {
  LinkJson json{.number = link.number,
                .action = link.action,
                .by = link.by,
                .by_name = names.behind(link.by),
                .at = link.at,
                .text = link.text,
                .due = link.due};
  for (const InspectionKey& key : link.records) json.records.push_back(key.to_string());
  return json;
}

// What may show the effect of one that waits to be verified: the latest published records of contacts after the report.
Result<std::vector<ResultJson>> later_records(db::Transaction& tx, const Rectification& it,
                                              const people::People& people, Instant now) {
  std::vector<ResultJson> later;
  if (it.state != RectificationState::reported || !it.reported_at) return later;
  ZH_TRY(const auto found, results_of_agent(tx, it.staff_no, {*it.reported_at, now}));
  for (const Inspection& inspection : found) {
    if (later.size() == kLaterRecordsMax) break;
    later.push_back(result_json(inspection, people));
  }
  return later;
}

Result<http::Versioned<RectificationJson>> versioned(const Call& call, Desk& desk, db::Transaction& tx,
                                                     const Inspection& inspection, const Rectification& it) {
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_TRY(const auto chain, chain_of(tx, it.key));
  ZH_TRY(const auto talks, talks_of(tx, inspection.key));
  RectificationJson json;
  put_row(json, it, names, today_of(call, desk), by_of(call).actor);
  json.contact = inspection.record.contact;
  const auto& findings = inspection.marks.findings;
  const auto problem = std::ranges::find(findings, it.key.finding, &Finding::number);
  if (problem != findings.end()) json.problem = finding_json(*problem);
  for (const RectificationLink& link : chain) json.chain.push_back(link_json(link, names));
  for (const Talk& talk : talks) {
    if (talk.finding == 0 || talk.finding == it.key.finding) json.talks.push_back(talk_json(talk, names));
  }
  ZH_TRY(json.later, later_records(tx, it, names.people(), call.now));
  return http::Versioned<RectificationJson>{std::move(json), version_of(it.change)};
}

// What concerns the caller: the open ones of the centre or of the groups, those to verify, all the own.
Result<std::vector<Rectification>> within_reach(const Call& call, db::Transaction& tx) {
  if (call.reach.centre) return open_rectifications(tx);
  std::vector<Rectification> all;
  const auto add = [&](Result<std::vector<Rectification>> more) -> Status {
    if (!more.ok()) return std::move(more).error();
    all.insert(all.end(), std::move_iterator(more->begin()), std::move_iterator(more->end()));
    return {};
  };
  for (const std::string& group : call.reach.groups) ZH_CHECK(add(open_rectifications_of_group(tx, group)));
  const std::string& self = call.principal.staff_no;
  if (!self.empty()) {
    ZH_CHECK(add(rectifications_of_agent(tx, self)));
    if (inspects(call.principal)) ZH_CHECK(add(open_rectifications_of_inspector(tx, self)));
  }
  std::ranges::stable_sort(all, {}, &Rectification::key);
  const auto same = std::ranges::unique(all, {}, &Rectification::key);
  all.erase(same.begin(), same.end());
  std::ranges::stable_sort(all, {}, &Rectification::due);
  return all;
}

Result<std::vector<RectificationRow>> list(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_TRY(const auto all, within_reach(call, tx));
  const Date today = today_of(call, desk);
  const Actor actor = by_of(call).actor;
  std::vector<RectificationRow> rows;
  for (const Rectification& it : all) put_row(rows.emplace_back(), it, names, today, actor);
  return rows;
}

Result<Rectification> named(const Call& call, db::Transaction& tx, const Inspection& inspection) {
  return find_rectification(tx, {inspection.key, path_number(call, "finding")});
}

Result<http::Versioned<RectificationJson>> one(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_CHECK(check_not_blind(call, tx, inspection.key));
  ZH_TRY(const Rectification it, named(call, tx, inspection));
  return versioned(call, desk, tx, inspection, it);
}

// A step on the rectification that the caller has read.
template <class Step>
Result<http::Versioned<RectificationJson>> change(Call& call, Desk& desk, Step step) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const Rectification read, named(call, tx, inspection));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Rectification it, step(tx, read));
  ZH_TRY(auto answer, versioned(call, desk, tx, inspection, it));
  ZH_CHECK(tx.commit());
  tell(desk, inspection, "rectification");
  return answer;
}

Result<Rectification> settle_effect(Call& call, Desk& desk, db::Transaction& tx, const Rectification& read,
                                    const EffectBody& body) {
  Effect effect{.good = body.good, .records = {}, .text = body.text};
  for (const std::string& text : body.records) {
    ZH_TRY(const InspectionKey key, InspectionKey::parse(text));
    effect.records.push_back(key);
  }
  return verify_effect(tx, desk.regulation, read, effect, by_of(call));
}

constexpr RoutesBelow kOne{.path = "/api/v1/quality/inspections/{key}/rectifications/{finding:int}"};

http::RouteInfo step_route(std::string_view name, std::string id, Text summary, http::Access access) {
  return kOne.changing(http::Method::post, "/" + std::string(name), std::move(id), std::move(summary),
                       std::move(access));
}

void add_agent_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(step_route("measures", "setMeasures", {.zh = "写明整改措施", .en = "Set measures"}, agent_access()),
                    [desk](Call& call, const http::Body<ReasonBody>& body) {
                      return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
                        return set_measures(tx, read, body->reason, by_of(call));
                      });
                    });
  site.router().add(
      step_route("report", "reportRectification", {.zh = "报告整改完成", .en = "Report it done"}, agent_access()),
      [desk](Call& call, const http::Body<ReasonBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
          return report(tx, read, body->reason, by_of(call));
        });
      });
  site.router().add(
      step_route("extension", "askExtension", {.zh = "申请延期", .en = "Ask for an extension"}, agent_access()),
      [desk](Call& call, const http::Body<ExtensionBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
          return ask_extension(tx, read, body->until, body->reason, by_of(call));
        });
      });
}

void add_following_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(step_route("due", "prescribeRectification", {.zh = "规定整改期限", .en = "Prescribe the last day"},
                               working_access()),
                    [desk](Call& call, const http::Body<DueBody>& body) {
                      return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
                        return prescribe(tx, desk->regulation, read, body->due, body->reason, by_of(call));
                      });
                    });
  site.router().add(step_route("extension/settle", "settleExtension",
                               {.zh = "批准或不准延期", .en = "Grant or refuse the extension"}, supervising_access()),
                    [desk](Call& call, const http::Body<SettleBody>& body) {
                      return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
                        return settle_extension(tx, read, body->granted, body->reason, by_of(call));
                      });
                    });
  site.router().add(step_route("effect", "verifyRectification", {.zh = "验证整改效果", .en = "Say whether it helped"},
                               working_access()),
                    [desk](Call& call, const http::Body<EffectBody>& body) {
                      return change(call, *desk, [&](db::Transaction& tx, const Rectification& read) {
                        return settle_effect(call, *desk, tx, read, *body);
                      });
                    });
}

}  // namespace

void add_rectification_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/rectifications",
                     .id = "listRectifications",
                     .summary = {.zh = "整改", .en = "Rectifications that wait, and the own"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return list(call, *desk); });
  site.router().add(
      kOne.route(http::Method::get, "", "getRectification",
                 {.zh = "一项整改：从问题到办结", .en = "One rectification, from its finding to its closure"},
                 result_access()),
      [desk](Call& call) { return one(call, *desk); });
  add_agent_routes(site, desk);
  add_following_routes(site, desk);
}

}  // namespace zh::quality::api
