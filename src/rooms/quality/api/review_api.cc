// Weekly batches and talks.
#include "rooms/quality/api/desk.h"

namespace zh::quality::api {

namespace {

using http::Call;

Result<http::Versioned<BatchJson>> versioned(const Call& call, Desk& desk, db::Transaction& tx, const Batch& batch) {
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_TRY(const auto inspections, inspections_of(tx, batch));
  return http::Versioned<BatchJson>{batch_json(batch, inspections, names, by_of(call).actor), version_of(batch.change)};
}

Result<http::Versioned<BatchJson>> one(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Batch batch, seen_batch(call, tx));
  return versioned(call, desk, tx, batch);
}

// What waits, of the centre or of oneself; without its inspections.
Result<std::vector<BatchJson>> batches(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  std::vector<Batch> found;
  if (call.reach.centre) {
    ZH_TRY(found, open_batches(tx));
  } else {
    ZH_TRY(found, batches_of(tx, call.principal.staff_no));
  }
  std::vector<BatchJson> list;
  for (const Batch& batch : found) list.push_back(batch_json(batch, {}, names, by_of(call).actor));
  return list;
}

template <class Step>
Result<http::Versioned<BatchJson>> change(Call& call, Desk& desk, std::string_view what, Step step) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Batch read, seen_batch(call, tx));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Batch done, step(tx, read));
  ZH_TRY(const Batch batch, find_batch(tx, done.inspector, done.number));
  ZH_TRY(const auto inspections, inspections_of(tx, batch));
  ZH_TRY(auto answer, versioned(call, desk, tx, batch));
  ZH_CHECK(tx.commit());
  for (const Inspection& inspection : inspections) tell(desk, inspection, what);
  return answer;
}

Result<Batch> return_batch(db::Transaction& tx, const Batch& read, const SendBackBody& body, const By& by) {
  std::vector<InspectionKey> which;
  for (const std::string& text : body.inspections) {
    ZH_TRY(const InspectionKey key, InspectionKey::parse(text));
    which.push_back(key);
  }
  return send_back(tx, read, body.comment, which, by);
}

Result<std::vector<TalkJson>> talks(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_TRY(const auto due, due_talks(tx));
  std::vector<TalkJson> list;
  for (const Talk& talk : due) list.push_back(talk_json(talk, names));
  return list;
}

Result<std::vector<TalkJson>> talks_about(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_CHECK(check_not_blind(call, tx, inspection.key));
  ZH_TRY(const auto talks, talks_of(tx, inspection.key));
  std::vector<TalkJson> list;
  for (const Talk& talk : talks) list.push_back(talk_json(talk, names));
  return list;
}

Result<TalkJson> record(Call& call, Desk& desk, const TalkBody& body) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const Talk talk, record_talk(tx, inspection.key, body.number, body.record, by_of(call)));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  ZH_CHECK(tx.commit());
  tell(desk, inspection, "talk");
  return talk_json(talk, names);
}

http::RouteInfo step_route(std::string_view name, std::string id, Text summary, http::Access access) {
  return {.method = http::Method::post,
          .path = "/api/v1/quality/batches/{inspector}/{number:int}/" + std::string(name),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "quality",
          .access = std::move(access),
          .if_match = true};
}

void add_step_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      step_route("hand-in", "handInBatch", {.zh = "上报本周批次", .en = "Hand a batch in"}, inspecting_access()),
      [desk](Call& call) {
        return change(call, *desk, "hand_in",
                      [&](db::Transaction& tx, const Batch& read) { return hand_in(tx, read, by_of(call)); });
      });
  site.router().add(step_route("send-back", "sendBatchBack", {.zh = "退回修改", .en = "Send it back with a comment"},
                               supervising_access()),
                    [desk](Call& call, const http::Body<SendBackBody>& body) {
                      return change(call, *desk, "send_back", [&](db::Transaction& tx, const Batch& read) {
                        return return_batch(tx, read, *body, by_of(call));
                      });
                    });
  site.router().add(
      step_route("publish", "publishBatch", {.zh = "审核并公布", .en = "Approve and publish it"}, supervising_access()),
      [desk](Call& call) {
        return change(call, *desk, "publish", [&](db::Transaction& tx, const Batch& read) {
          return publish(tx, desk->regulation, read, by_of(call));
        });
      });
  site.router().add(
      step_route("close", "closeBatch", {.zh = "办结", .en = "Close it"}, supervising_access()), [desk](Call& call) {
        return change(call, *desk, "close",
                      [&](db::Transaction& tx, const Batch& read) { return close_batch(tx, read, by_of(call)); });
      });
}

}  // namespace

Result<Batch> seen_batch(const Call& call, db::Transaction& tx) {
  const std::string& inspector = call.path_text("inspector");
  const bool visible = call.reach.centre || (!call.principal.staff_no.empty() && call.principal.staff_no == inspector);
  // Somebody else's batch does not exist for this caller: no number is ever 0.
  return find_batch(tx, inspector, visible ? path_number(call, "number") : 0);
}

void add_review_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/batches",
                     .id = "listInspectionBatches",
                     .summary = {.zh = "每周批次", .en = "Weekly batches"},
                     .tag = "quality",
                     .access = working_access()},
                    [desk](Call& call) { return batches(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/batches/{inspector}/{number:int}",
                     .id = "getInspectionBatch",
                     .summary = {.zh = "一个批次及其检查", .en = "One batch with its inspections"},
                     .tag = "quality",
                     .access = working_access()},
                    [desk](Call& call) { return one(call, *desk); });
  add_step_routes(site, desk);
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/talks",
                     .id = "listDueTalks",
                     .summary = {.zh = "待进行的谈话", .en = "Talks that are due"},
                     .tag = "quality",
                     .access = supervising_access()},
                    [desk](Call& call) { return talks(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/inspections/{key}/talks",
                     .id = "listTalksOfInspection",
                     .summary = {.zh = "一份质检的谈话", .en = "The talks about one inspection"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return talks_about(call, *desk); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/inspections/{key}/talks",
                     .id = "recordTalk",
                     .summary = {.zh = "记录谈话", .en = "Record a talk"},
                     .tag = "quality",
                     .access = supervising_access()},
                    [desk](Call& call, const http::Body<TalkBody>& body) { return record(call, *desk, *body); });
}

}  // namespace zh::quality::api
