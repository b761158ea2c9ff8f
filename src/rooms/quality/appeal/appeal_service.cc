#include <fmt/format.h>

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/appeal/appeal_store.h"
#include "rooms/quality/inspection/inspection_store.h"
#include "rooms/quality/month/sums.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/review/facts.h"
#include "rooms/quality/review/follow_up.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

Status audit(db::Transaction& tx, std::string_view action, const AppealKey& key, const By& by,
             json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = "appeal " + key.to_string(),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Status check_reason(std::string_view reason) {
  return check_text(reason, {.what = {.zh = "理由", .en = "a reason"}, .length_max = kReasonLengthMax}, "Q7.1");
}

Error own_results_only() {
  return error(ErrorCode::forbidden, {.zh = "只能对自己的结果申诉", .en = "one appeals against the own results only"},
               {}, "Q7.1");
}

Error window_over() {
  return error(
      ErrorCode::conflict,
      {.zh = "申诉期限已过；仍可随时提问", .en = "the window for appeals is over; you may still ask a question"}, {},
      "Q7.1");
}

// The appeal as it stands under its inspection's lock, if it is still the one that was read, one step further.
Result<Appeal> advanced(db::Transaction& tx, const Appeal& read, AppealAction action, const By& by) {
  ZH_CHECK(lock_inspections(tx, {read.key.inspection}));
  ZH_TRY(Appeal appeal, find_appeal(tx, read.key));
  ZH_CHECK(advance(appeal, read.change, kAppealProcess, action, by.actor, {.zh = "这份申诉", .en = "this appeal"}));
  return appeal;
}

Result<Finding*> finding_of(Inspection& inspection, int number) {
  const auto found = std::ranges::find(inspection.marks.findings, number, &Finding::number);
  if (found != inspection.marks.findings.end()) return &*found;
  return error(ErrorCode::not_found,
               {.zh = fmt::format("检查 {} 没有第 {} 个问题", inspection.key.to_string(), number),
                .en = fmt::format("inspection {} has no finding {}", inspection.key.to_string(), number)});
}

Status check_within_window(const policy::Pack& pack, const Regulation& regulation, Instant since, Instant now) {
  const auto until = appeal_until(pack, regulation.zone, since);
  if (until && now <= *until) return {};
  return window_over();
}

Status refuse(std::optional<MarkFault> fault) {
  if (!fault) return {};
  return error(ErrorCode::invalid, std::move(fault->detail), {}, std::move(fault->clause));
}

Reading reading_of(const Finding& finding) { return {finding.choice, finding.points}; }

// What the finding becomes.
Reading outcome_of(const Ruling& ruling, const Appeal& appeal, const Finding& finding) {
  switch (ruling.outcome) {
    case AppealOutcome::accepted:
      return appeal.proposed;
    case AppealOutcome::partly:
      return ruling.reading;
    case AppealOutcome::rejected:
      return reading_of(finding);
  }
  return reading_of(finding);
}

// Writes the milder finding, the new score with its derivation, the month's sums, and the fact that supersedes the old
// one. `was` is the inspection before.
Status restate(db::Transaction& tx, const Regulation& regulation, const Inspection& was, Inspection& inspection,
               const policy::Rubric& rubric, const By& by) {
  const std::optional<Decimal> before = was.score;
  ZH_CHECK(put_score(inspection, rubric));
  if (before && *inspection.score < *before) {
    return error(ErrorCode::conflict, {.zh = "申诉不得使得分降低", .en = "an appeal never lowers a score"}, {}, "Q7.1");
  }
  ++inspection.change;
  ZH_CHECK(take_from_sums(tx, regulation, {was}));
  std::vector<Inspection> changed{inspection};
  ZH_CHECK(add_to_sums(tx, regulation, changed));
  ZH_CHECK(state_facts(tx, changed, by));
  inspection = std::move(changed.front());
  ZH_CHECK(store::update_inspection(tx, inspection));
  return store::replace_marks(tx, inspection);
}

Status check_own_review(const Appeal& appeal, const By& by) {
  if (by.actor.is(appeal.assigned_to)) return {};
  return error(ErrorCode::forbidden, {.zh = "这份申诉指派给了别人", .en = "this appeal is assigned to somebody else"},
               {}, "Q7.1");
}

Status check_read(const Appeal& appeal) {
  if (!appeal.blind || appeal.blind_reading) return {};
  return error(ErrorCode::conflict, {.zh = "先给出盲评，再答复", .en = "read the record blind first, then decide"}, {},
               "Q7.1");
}

Status tell(db::Transaction& tx, const Addressee& to, NoticeAbout about, const Appeal& appeal, const By& by) {
  return notify(tx, to, {.about = about, .object = appeal.key.to_string()}, by);
}

Result<Appeal> decide(db::Transaction& tx, const Regulation& regulation, const Appeal& read, const Ruling& ruling,
                      const By& by) {
  ZH_TRY(Appeal appeal, advanced(tx, read, AppealAction::decide, by));
  const bool is_final = appeal.state == AppealState::final;
  if (!is_final) {
    ZH_CHECK(check_own_review(appeal, by));
    ZH_CHECK(check_read(appeal));
  }
  ZH_TRY(const Inspection was, find_inspection(tx, appeal.key.inspection));
  Inspection inspection = was;
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_TRY(Finding* const finding, finding_of(inspection, appeal.key.finding));
  const Reading before = reading_of(*finding);
  const Reading after = outcome_of(ruling, appeal, *finding);
  if (!(after == before)) {
    if (!inspection.is_public()) {
      return error(ErrorCode::conflict, {.zh = "这份结果已作废", .en = "this result is void"}, {}, "Q7.1");
    }
    ZH_CHECK(refuse(fault_of(*rubric.rubric, *finding, after)));
    finding->choice = after.choice;
    finding->points = after.points;
    ZH_CHECK(restate(tx, regulation, was, inspection, *rubric.rubric, by));
    ZH_CHECK(settle_follow_up(tx, regulation, inspection, by));
  } else if (ruling.outcome != AppealOutcome::rejected) {
    return error(ErrorCode::invalid,
                 {.zh = "问题没有变化，应为“不予支持”", .en = "the finding stays as it is: that is a rejection"}, {},
                 "Q7.1");
  }
  appeal.decisions.push_back({.number = is_final ? 2 : 1,
                              .outcome = ruling.outcome,
                              .before = before,
                              .after = after,
                              .decided_by = by.actor.account,
                              .decided_at = by.now,
                              .reason = ruling.reason});
  ZH_CHECK(store::insert_decision(tx, appeal.key, appeal.decisions.back()));
  ZH_CHECK(store::update_appeal(tx, appeal));
  ZH_CHECK(tell(tx, to_person(appeal.staff_no), NoticeAbout::appeal_decided, appeal, by));
  ZH_CHECK(audit(tx, "decide_appeal", appeal.key, by,
                 json::Object{{"points_before", before.points}, {"points", after.points}}));
  return appeal;
}

Status lock_all(db::Transaction& tx, const std::vector<Appeal>& appeals) {
  std::vector<InspectionKey> keys;
  for (const Appeal& appeal : appeals) keys.push_back(appeal.key.inspection);
  return lock_inspections(tx, std::move(keys));
}

// The item that all of them are about. Fails (invalid) where they differ.
Status check_one_item(db::Transaction& tx, const std::vector<Appeal>& appeals) {
  std::string item;
  for (const Appeal& appeal : appeals) {
    ZH_TRY(Inspection inspection, find_inspection(tx, appeal.key.inspection));
    ZH_TRY(const Finding* const finding, finding_of(inspection, appeal.key.finding));
    if (item.empty()) item = inspection.rubric + "/" + finding->item;
    if (item == inspection.rubric + "/" + finding->item) continue;
    return error(ErrorCode::invalid,
                 {.zh = "一起答复的申诉应针对同一检查项", .en = "appeals decided together are about one item"}, {},
                 "Q7.1");
  }
  return {};
}

}  // namespace

Result<Appeal> file_appeal(db::Transaction& tx, const Regulation& regulation, const InspectionKey& key,
                           const NewAppeal& wish, const By& by) {
  ZH_CHECK(lock_inspections(tx, {key}));
  ZH_TRY(Inspection inspection, find_inspection(tx, key));
  if (!by.actor.has_role("agent") || !by.actor.is(inspection.record.staff_no)) return own_results_only();
  if (!inspection.is_public()) {
    return error(ErrorCode::conflict,
                 {.zh = "只能对已公布的结果申诉", .en = "only published results are appealed against"}, {}, "Q7.1");
  }
  ZH_TRY(const Finding* const finding, finding_of(inspection, wish.finding));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_CHECK(check_within_window(*rubric.pack, regulation, *inspection.published_at, by.now));
  ZH_CHECK(check_reason(wish.reason));
  ZH_CHECK(refuse(fault_of(*rubric.rubric, *finding, wish.proposed)));
  const AppealKey appeal_key{key, wish.finding};
  ZH_TRY(const auto known, store::find_appeal(tx, appeal_key));
  if (known) {
    return error(ErrorCode::conflict,
                 {.zh = "对这个问题已经申诉过", .en = "there is an appeal against this finding already"}, {}, "Q7.1");
  }
  const Appeal appeal{.key = appeal_key,
                      .staff_no = inspection.record.staff_no,
                      .state = AppealState::filed,
                      .change = 1,
                      .filed_at = by.now,
                      .reason = wish.reason,
                      .proposed = wish.proposed,
                      .assigned_to = {},
                      .reason_again = {},
                      .blind = false,
                      .blind_reading = {},
                      .decisions = {}};
  ZH_CHECK(store::insert_appeal(tx, appeal));
  ZH_CHECK(tell(tx, to_supervisors(), NoticeAbout::appeal_filed, appeal, by));
  ZH_CHECK(audit(tx, "file_appeal", appeal.key, by, json::Object{{"points", wish.proposed.points}}));
  return appeal;
}

Result<Appeal> assign_appeal(db::Transaction& tx, const Regulation& regulation, const Appeal& read, const Reviewer& to,
                             const By& by) {
  ZH_TRY(Appeal appeal, advanced(tx, read, AppealAction::assign, by));
  ZH_TRY(const Inspection inspection, find_inspection(tx, appeal.key.inspection));
  ZH_CHECK(check_may_inspect(tx, regulation, inspection, to.staff_no, by.now));
  if (to.blind && to.staff_no == inspection.inspector) {
    return error(ErrorCode::invalid,
                 {.zh = "原检查员已知结果，盲评应指派另一人",
                  .en = "the original inspector knows the result: a blind review is for another"},
                 {}, "Q7.1");
  }
  appeal.assigned_to = to.staff_no;
  appeal.blind = to.blind;
  appeal.blind_reading.reset();
  ZH_CHECK(store::update_appeal(tx, appeal));
  ZH_CHECK(tell(tx, to_person(to.staff_no), NoticeAbout::appeal_assigned, appeal, by));
  ZH_CHECK(audit(tx, "assign_appeal", appeal.key, by, json::Object{{"to", to.staff_no}, {"blind", to.blind}}));
  return appeal;
}

Result<Appeal> read_blind(db::Transaction& tx, const Regulation& regulation, const Appeal& read, const Reading& reading,
                          const By& by) {
  ZH_TRY(Appeal appeal, advanced(tx, read, AppealAction::read, by));
  ZH_CHECK(check_own_review(appeal, by));
  if (!appeal.blind || appeal.blind_reading) {
    return error(ErrorCode::conflict, {.zh = "这份申诉没有待做的盲评", .en = "no blind reading is due"}, {}, "Q7.1");
  }
  ZH_TRY(Inspection inspection, find_inspection(tx, appeal.key.inspection));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_TRY(const Finding* const finding, finding_of(inspection, appeal.key.finding));
  ZH_CHECK(refuse(fault_of(*rubric.rubric, finding->item, reading)));
  appeal.blind_reading = reading;
  ZH_CHECK(store::update_appeal(tx, appeal));
  ZH_CHECK(audit(tx, "read_appeal_blind", appeal.key, by, json::Object{{"points", reading.points}}));
  return appeal;
}

Result<std::vector<Appeal>> decide_appeals(db::Transaction& tx, const Regulation& regulation,
                                           const std::vector<Appeal>& read, const Ruling& ruling, const By& by) {
  ZH_CHECK(check_reason(ruling.reason));
  ZH_CHECK(lock_all(tx, read));
  ZH_CHECK(check_one_item(tx, read));
  std::vector<Appeal> decided;
  for (const Appeal& appeal : read) {
    ZH_TRY(Appeal done, decide(tx, regulation, appeal, ruling, by));
    decided.push_back(std::move(done));
  }
  return decided;
}

Result<Appeal> file_again(db::Transaction& tx, const Regulation& regulation, const Appeal& read,
                          const std::string& reason, const By& by) {
  ZH_TRY(Appeal appeal, advanced(tx, read, AppealAction::file_again, by));
  if (!by.actor.is(appeal.staff_no)) return own_results_only();
  ZH_CHECK(check_reason(reason));
  ZH_TRY(const Inspection inspection, find_inspection(tx, appeal.key.inspection));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_CHECK(check_within_window(*rubric.pack, regulation, appeal.decisions.back().decided_at, by.now));
  appeal.reason_again = reason;
  ZH_CHECK(store::update_appeal(tx, appeal));
  ZH_CHECK(tell(tx, to_supervisors(), NoticeAbout::appeal_filed, appeal, by));
  ZH_CHECK(audit(tx, "file_appeal_again", appeal.key, by));
  return appeal;
}

Result<Appeal> withdraw_appeal(db::Transaction& tx, const Appeal& read, const By& by) {
  ZH_TRY(Appeal appeal, advanced(tx, read, AppealAction::withdraw, by));
  if (!by.actor.is(appeal.staff_no)) return own_results_only();
  ZH_CHECK(store::update_appeal(tx, appeal));
  ZH_CHECK(audit(tx, "withdraw_appeal", appeal.key, by));
  return appeal;
}

Result<std::int64_t> expire_appeals(db::Transaction& tx, const Regulation& regulation, Instant now) {
  const By by{.actor = Actor::program(), .now = now};
  ZH_TRY(const auto decided, store::decided_appeals(tx));
  ZH_CHECK(lock_all(tx, decided));
  std::int64_t expired = 0;
  for (const Appeal& read : decided) {
    ZH_TRY(const Inspection inspection, find_inspection(tx, read.key.inspection));
    ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
    const auto until = appeal_until(*rubric.pack, regulation.zone, read.decisions.back().decided_at);
    if (until && now <= *until) continue;
    ZH_TRY(const Appeal appeal, advanced(tx, read, AppealAction::expire, by));
    ZH_CHECK(store::update_appeal(tx, appeal));
    ZH_CHECK(audit(tx, "expire_appeal", appeal.key, by));
    ++expired;
  }
  return expired;
}

Status lapse_appeals(db::Transaction& tx, const InspectionKey& inspection, const By& by) {
  const By program{.actor = Actor::program(by.actor.account), .now = by.now};
  ZH_TRY(const auto appeals, store::appeals_of(tx, inspection));
  for (const Appeal& read : appeals) {
    if (!find_transition(kAppealProcess, read.state, AppealAction::lapse)) continue;
    ZH_TRY(const Appeal appeal, advanced(tx, read, AppealAction::lapse, program));
    ZH_CHECK(store::update_appeal(tx, appeal));
    ZH_CHECK(audit(tx, "lapse_appeal", appeal.key, program));
  }
  return {};
}

Result<Appeal> find_appeal(db::Transaction& tx, const AppealKey& key) {
  ZH_TRY(auto found, store::find_appeal(tx, key));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有申诉 {}", key.to_string()),
                                      .en = fmt::format("there is no appeal {}", key.to_string())});
}

Result<std::vector<Appeal>> appeals_of(db::Transaction& tx, const InspectionKey& inspection) {
  return store::appeals_of(tx, inspection);
}

Result<std::vector<Appeal>> appeals_of_agent(db::Transaction& tx, std::string_view staff_no) {
  return store::appeals_of_agent(tx, staff_no);
}

Result<std::vector<Appeal>> open_appeals(db::Transaction& tx) { return store::open_appeals(tx); }

}  // namespace zh::quality
