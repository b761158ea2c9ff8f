#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/audit.h"
#include "rooms/quality/inspection/inspection_store.h"
#include "rooms/quality/month/sums.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/review/batch.h"
#include "rooms/quality/review/batch_store.h"
#include "rooms/quality/review/facts.h"
#include "rooms/quality/review/follow_up.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

Status audit(db::Transaction& tx, std::string_view action, std::string object, const By& by, json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = std::move(object),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

const Text kInspection{.zh = "这份检查", .en = "this inspection"};

std::string object_of(const Batch& batch) { return fmt::format("quality batch {} {}", batch.inspector, batch.number); }

std::string name_of(const Batch& batch) { return fmt::format("{}/{}", batch.inspector, batch.number); }

// Tells everybody in `of` once how many results are out; a single one by its name.
Status tell_published(db::Transaction& tx, const std::map<std::string, std::vector<InspectionKey>>& of,
                      Addressee (*to)(std::string), const By& by) {
  for (const auto& [name, keys] : of) {
    const News news{.about = NoticeAbout::result_published,
                    .object = keys.size() == 1 ? keys.front().to_string() : std::string(),
                    .count = static_cast<std::int64_t>(keys.size())};
    ZH_CHECK(notify(tx, to(name), news, by));
  }
  return {};
}

// The agents and their superiors (Q4.4).
Status tell_published(db::Transaction& tx, const std::vector<Inspection>& inspections, const By& by) {
  std::map<std::string, std::vector<InspectionKey>> agents;
  std::map<std::string, std::vector<InspectionKey>> groups;
  for (const Inspection& inspection : inspections) {
    agents[inspection.record.staff_no].push_back(inspection.key);
    if (!inspection.record.group.empty()) groups[inspection.record.group].push_back(inspection.key);
  }
  ZH_CHECK(tell_published(tx, agents, to_person, by));
  return tell_published(tx, groups, to_leaders_of, by);
}

// The batch as it stands under its inspector's lock, if it is still the one that was read, taken one step further.
Result<Batch> advanced(db::Transaction& tx, const Batch& read, BatchAction action, const By& by) {
  ZH_CHECK(tx.lock("quality batches " + read.inspector));
  ZH_TRY(Batch batch, find_batch(tx, read.inspector, read.number));
  ZH_CHECK(advance(batch, read.change, kBatchProcess, action, by.actor, {.zh = "这一批", .en = "this batch"}));
  return batch;
}

// The inspections of a batch whose lock is held: what is submitted moves with it alone.
Result<std::vector<Inspection>> locked_inspections(db::Transaction& tx, const Batch& batch) {
  ZH_TRY(auto inspections, inspections_of(tx, batch));
  std::vector<InspectionKey> keys;
  for (const Inspection& inspection : inspections) keys.push_back(inspection.key);
  ZH_CHECK(lock_inspections(tx, std::move(keys)));
  return inspections;
}

}  // namespace

std::vector<std::string> actions_of(const Batch& batch, const Actor& actor) {
  return actions_for(kBatchProcess, batch.state, actor, [&](const BatchStep& step) {
    switch (step.action) {
      case BatchAction::hand_in:
        return actor.is(batch.inspector) && batch.count > 0;
      case BatchAction::send_back:
        return true;
      case BatchAction::publish:
        return !actor.is(batch.inspector);
      case BatchAction::close:
        return batch.talks_due == 0;
    }
    return false;
  });
}

Result<int> collecting_batch(db::Transaction& tx, const Regulation& regulation, const std::string& inspector,
                             Instant now) {
  ZH_CHECK(tx.lock("quality batches " + inspector));
  const Date today = regulation.zone.date_of(now);
  const Date monday = today.plus_days(1 - today.weekday());
  ZH_TRY(const auto open, store::collecting_batch(tx, inspector, monday));
  if (open) return *open;
  ZH_TRY(const int last, store::last_batch(tx, inspector));
  const Batch batch{.inspector = inspector,
                    .number = last + 1,
                    .week = monday,
                    .state = BatchState::collecting,
                    .change = 1,
                    .comment = {},
                    .handed_in_at = {},
                    .published_by = {},
                    .published_at = {}};
  ZH_CHECK(store::insert_batch(tx, batch));
  return batch.number;
}

Result<Batch> hand_in(db::Transaction& tx, const Batch& read, const By& by) {
  ZH_TRY(Batch batch, advanced(tx, read, BatchAction::hand_in, by));
  if (!by.actor.is(batch.inspector)) {
    return error(ErrorCode::forbidden, {.zh = "只能上报自己的批次", .en = "one hands in the own batch only"}, {},
                 "Q4.4");
  }
  if (batch.count == 0) {
    return error(ErrorCode::invalid, {.zh = "这一批还没有检查", .en = "there is no inspection in this batch yet"}, {},
                 "Q4.4");
  }
  batch.handed_in_at = by.now;
  ZH_CHECK(store::update_batch(tx, batch));
  ZH_CHECK(notify(tx, to_supervisors(), {.about = NoticeAbout::batch_handed_in, .object = name_of(batch)}, by));
  ZH_CHECK(audit(tx, "hand_in_batch", object_of(batch), by, json::Object{{"inspections", batch.count}}));
  return batch;
}

Result<Batch> send_back(db::Transaction& tx, const Batch& read, const std::string& comment,
                        const std::vector<InspectionKey>& which, const By& by) {
  ZH_TRY(Batch batch, advanced(tx, read, BatchAction::send_back, by));
  ZH_CHECK(
      check_text(comment, {.what = {.zh = "退回的理由", .en = "a comment"}, .length_max = kCommentLengthMax}, "Q4.4"));
  ZH_TRY(auto inspections, locked_inspections(tx, batch));
  std::int64_t found = 0;
  for (Inspection& inspection : inspections) {
    if (!which.empty() && std::ranges::find(which, inspection.key) == which.end()) continue;
    ++found;
    ZH_CHECK(
        advance(inspection, inspection.change, kInspectionProcess, InspectionAction::send_back, by.actor, kInspection));
    inspection.batch.reset();
    ZH_CHECK(store::update_inspection(tx, inspection));
  }
  if (std::cmp_less(found, which.size())) {
    return error(ErrorCode::invalid,
                 {.zh = "有的检查不在这一批里", .en = "not every inspection named is in this batch"}, {}, "Q4.4");
  }
  batch.comment = comment;
  ZH_CHECK(store::update_batch(tx, batch));
  ZH_CHECK(notify(tx, to_person(batch.inspector),
                  {.about = NoticeAbout::batch_sent_back, .object = name_of(batch), .count = found}, by));
  ZH_CHECK(audit(tx, "send_batch_back", object_of(batch), by, json::Object{{"inspections", found}}));
  return batch;
}

Result<Batch> publish(db::Transaction& tx, const Regulation& regulation, const Batch& read, const By& by) {
  ZH_TRY(Batch batch, advanced(tx, read, BatchAction::publish, by));
  if (by.actor.is(batch.inspector)) {
    return error(ErrorCode::forbidden, {.zh = "不能审核自己的批次", .en = "nobody reviews the own batch"}, {}, "Q4.4");
  }
  ZH_TRY(auto inspections, locked_inspections(tx, batch));
  for (Inspection& inspection : inspections) {
    ZH_CHECK(
        advance(inspection, inspection.change, kInspectionProcess, InspectionAction::publish, by.actor, kInspection));
    inspection.published_at = by.now;
  }
  ZH_CHECK(add_to_sums(tx, regulation, inspections));
  ZH_CHECK(state_facts(tx, inspections, by));
  for (const Inspection& inspection : inspections) {
    ZH_CHECK(store::update_inspection(tx, inspection));
    ZH_CHECK(begin_follow_up(tx, regulation, inspection, by));
  }
  ZH_CHECK(tell_published(tx, inspections, by));
  batch.published_by = by.actor.account;
  batch.published_at = by.now;
  ZH_CHECK(store::update_batch(tx, batch));
  ZH_CHECK(audit(tx, "publish_batch", object_of(batch), by, json::Object{{"inspections", inspections.size()}}));
  return batch;
}

Result<Batch> close_batch(db::Transaction& tx, const Batch& read, const By& by) {
  ZH_TRY(Batch batch, advanced(tx, read, BatchAction::close, by));
  if (batch.talks_due > 0) {
    return error(ErrorCode::conflict,
                 {.zh = fmt::format("还有 {} 次谈话没有记录", batch.talks_due),
                  .en = fmt::format("{} talks are not recorded yet", batch.talks_due)},
                 {}, "Q4.4");
  }
  ZH_CHECK(store::update_batch(tx, batch));
  ZH_CHECK(audit(tx, "close_batch", object_of(batch), by));
  return batch;
}

Result<Batch> find_batch(db::Transaction& tx, std::string_view inspector, int number) {
  ZH_TRY(auto found, store::find_batch(tx, inspector, number));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有 {} 的第 {} 批", inspector, number),
                                      .en = fmt::format("there is no batch {} of {}", number, inspector)});
}

Result<std::vector<Batch>> open_batches(db::Transaction& tx) { return store::open_batches(tx); }

Result<std::vector<Batch>> batches_of(db::Transaction& tx, std::string_view inspector) {
  return store::batches_of(tx, inspector);
}

Result<std::vector<Inspection>> inspections_of(db::Transaction& tx, const Batch& batch) {
  return store::of_batch(tx, batch.inspector, batch.number);
}

}  // namespace zh::quality
