#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ledger/audit.h"
#include "ledger/facts.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/inspection/inspection_store.h"
#include "rooms/quality/month/sums.h"
#include "rooms/quality/plan/plan_store.h"
#include "rooms/quality/proposal/proposal.h"
#include "rooms/quality/review/batch.h"
#include "rooms/quality/review/facts.h"
#include "rooms/quality/review/follow_up.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

Status audit(db::Transaction& tx, std::string_view action, const Inspection& inspection, const By& by,
             json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = "inspection " + inspection.key.to_string(),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

// The score, and what became of each proposal of the automatic checks.
json::Value submission_json(const Inspection& inspection, const std::vector<Proposal>& proposals) {
  json::Object detail{{"score", inspection.score->to_string()}};
  if (proposals.empty()) return detail;
  json::Object judged;
  for (const Proposal& it : proposals) judged.push_back({it.id, std::string(name_of(it.state))});
  detail.push_back({"proposals", std::move(judged)});
  return detail;
}

// The inspection as it stands under the lock, if it is still the one that was read, taken one step further.
Result<Inspection> advanced(db::Transaction& tx, const Inspection& read, InspectionAction action, const By& by) {
  ZH_CHECK(lock_inspections(tx, {read.key}));
  ZH_TRY(Inspection inspection, find_inspection(tx, read.key));
  ZH_CHECK(advance(inspection, read.change, kInspectionProcess, action, by.actor,
                   {.zh = "这份检查", .en = "this inspection"}));
  return inspection;
}

Status check_own_assignment(const Inspection& inspection, const By& by) {
  if (by.actor.is(inspection.inspector)) return {};
  return error(ErrorCode::forbidden,
               {.zh = "这份检查分配给了别人", .en = "this inspection is assigned to somebody else"}, {}, "Q1.3");
}

Status check_reason(std::string_view reason) {
  return check_text(reason, {.what = {.zh = "理由", .en = "a reason"}, .length_max = kReasonLengthMax}, "Q1.3");
}

Status refuse_first(std::vector<MarkFault> faults) {
  if (faults.empty()) return {};
  MarkFault& first = faults.front();
  return error(ErrorCode::invalid, std::move(first.detail), {}, std::move(first.clause));
}

// Another inspection of the round, after the last place.
Result<int> enter_instead(db::Transaction& tx, const Inspection& of, const DrawnRecord& record,
                          const std::string& inspector, const std::string& rubric) {
  ZH_CHECK(tx.lock("quality"));
  ZH_TRY(const int last, store::last_place(tx, of.key.plan, of.key.round));
  ZH_CHECK(store::insert_inspection(tx, {.plan = of.key.plan,
                                         .round = of.key.round,
                                         .place = last + 1,
                                         .record = record,
                                         .rubric = rubric,
                                         .inspector = inspector,
                                         .instead_of = of.key.place}));
  return last + 1;
}

}  // namespace

std::string InspectionKey::to_string() const { return fmt::format("{}-{}-{}", plan, round, place); }

Result<InspectionKey> InspectionKey::parse(std::string_view text) {
  InspectionKey key;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (int* const part : {&key.plan, &key.round, &key.place}) {
    const auto read = std::from_chars(at, end, *part);
    const bool last = part == &key.place;
    const bool ends_well = last ? read.ptr == end : read.ptr != end && *read.ptr == '-';
    if (read.ec != std::errc() || *part < 1 || !ends_well) {
      return error(ErrorCode::not_found,
                   {.zh = fmt::format("没有检查 {}", text), .en = fmt::format("there is no inspection {}", text)});
    }
    at = read.ptr + 1;
  }
  return key;
}

std::string_view fact_kind_of(std::string_view channel) {
  if (channel == "call") return "qa_recording";
  if (channel == "chat" || channel == "mail") return "qa_text";
  return {};
}

std::vector<std::string> actions_of(const Inspection& inspection, const Actor& actor) {
  return actions_for(kInspectionProcess, inspection.state, actor, [&](const InspectionStep& step) {
    switch (step.action) {
      case InspectionAction::take:
      case InspectionAction::save:
      case InspectionAction::release:
      case InspectionAction::set_aside:
      case InspectionAction::submit:
        return actor.is(inspection.inspector);
      case InspectionAction::acknowledge:
        return actor.is(inspection.record.staff_no);
      case InspectionAction::reassign:
      case InspectionAction::annul:
        return true;
      case InspectionAction::send_back:
      case InspectionAction::publish:
        return false;  // its batch's
    }
    return false;
  });
}

Status lock_inspections(db::Transaction& tx, std::vector<InspectionKey> keys) {
  std::ranges::sort(keys);
  for (const InspectionKey& key : keys) ZH_CHECK(tx.lock("inspection " + key.to_string()));
  return {};
}

Result<RubricInForce> rubric_of(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection) {
  ZH_TRY(const Hash version, pack_of_plan(tx, inspection.key.plan));
  ZH_TRY(PackPtr pack, regulation.pack_of(tx, version));
  const policy::Rubric* const rubric = pack->rubric(inspection.rubric);
  if (rubric == nullptr) {
    return error(ErrorCode::corrupt, {.zh = fmt::format("规章包里没有检查表 {}", inspection.rubric),
                                      .en = fmt::format("the pack holds no rubric {}", inspection.rubric)});
  }
  return RubricInForce{std::move(pack), rubric};
}

Status check_may_inspect(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection,
                         const std::string& staff_no, Instant now) {
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_TRY(const people::People people, people::load_people(tx));
  const people::Person* const person = people.find(staff_no);
  const Date today = regulation.zone.date_of(now);
  const bool inspects = person != nullptr && person->employed_on(today) &&
                        (person->on(today).position == people::Position::inspector ||
                         person->on(today).position == people::Position::supervisor);
  if (!inspects) {
    return error(ErrorCode::invalid,
                 {.zh = fmt::format("{} 不是在职的检查员或质检主管", staff_no),
                  .en = fmt::format("{} is no inspector or supervisor employed today", staff_no)},
                 {}, "Q2.1");
  }
  const Assignable candidate{staff_no, person->on(today).group, 1};
  if (may_inspect(candidate, inspection.record.staff_no, inspection.record.group, *rubric.pack)) return {};
  return error(ErrorCode::forbidden,
               {.zh = "不能检查本人或本班组的记录", .en = "nobody inspects own records or those of the own group"}, {},
               "Q1.3");
}

Result<Inspection> take(db::Transaction& tx, const Inspection& read, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::take, by));
  ZH_CHECK(check_own_assignment(inspection, by));
  if (!inspection.taken_at) inspection.taken_at = by.now;
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(audit(tx, "take_inspection", inspection, by));
  return inspection;
}

// Drafts are saved with each change, some hundred times a day and inspector: the audit chain holds the submission.
Result<Inspection> save_draft(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                              const Marks& marks, const Extent& extent, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::save, by));
  ZH_CHECK(check_own_assignment(inspection, by));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_CHECK(refuse_first(faults_of(*rubric.rubric, inspection.record.channel, marks, extent)));
  inspection.marks = marks;
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(store::replace_marks(tx, inspection));
  ZH_CHECK(keep_judgements(tx, regulation, inspection));
  return inspection;
}

Result<Inspection> release(db::Transaction& tx, const Inspection& read, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::release, by));
  ZH_CHECK(check_own_assignment(inspection, by));
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(audit(tx, "release_inspection", inspection, by));
  return inspection;
}

Result<Inspection> reassign(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                            const std::string& inspector, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::reassign, by));
  ZH_CHECK(check_may_inspect(tx, regulation, inspection, inspector, by.now));
  inspection.inspector = inspector;
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(audit(tx, "reassign_inspection", inspection, by, json::Object{{"to", inspector}}));
  return inspection;
}

Result<Inspection> set_aside(db::Transaction& tx, const Inspection& read, const std::string& reason,
                             const std::optional<DrawnRecord>& instead, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::set_aside, by));
  ZH_CHECK(check_own_assignment(inspection, by));
  ZH_CHECK(check_reason(reason));
  inspection.reason = reason;
  ZH_CHECK(store::update_inspection(tx, inspection));
  json::Object detail;
  if (instead) {
    ZH_TRY(const int place, enter_instead(tx, inspection, *instead, inspection.inspector, inspection.rubric));
    detail.push_back({"instead", place});
  }
  ZH_CHECK(audit(tx, "set_inspection_aside", inspection, by, std::move(detail)));
  return inspection;
}

Result<Inspection> submit(db::Transaction& tx, const Regulation& regulation, const Inspection& read, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::submit, by));
  ZH_CHECK(check_own_assignment(inspection, by));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_CHECK(refuse_first(missing_in(*rubric.rubric, inspection.record.channel, inspection.marks)));
  ZH_CHECK(put_score(inspection, *rubric.rubric));
  inspection.submitted_at = by.now;
  ZH_TRY(inspection.batch, collecting_batch(tx, regulation, inspection.inspector, by.now));
  ZH_TRY(const auto proposals, close_proposals(tx, regulation, inspection));
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(audit(tx, "submit_inspection", inspection, by, submission_json(inspection, proposals)));
  return inspection;
}

Result<Inspection> acknowledge(db::Transaction& tx, const Inspection& read, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::acknowledge, by));
  if (!by.actor.is(inspection.record.staff_no)) {
    return error(ErrorCode::forbidden, {.zh = "只能确认自己的结果", .en = "one acknowledges the own results only"}, {},
                 "Q4.4");
  }
  inspection.acknowledged_at = by.now;
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(audit(tx, "acknowledge_inspection", inspection, by));
  return inspection;
}

Result<Inspection> annul(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                         const std::string& reason, const std::string& inspector, const By& by) {
  ZH_TRY(Inspection inspection, advanced(tx, read, InspectionAction::annul, by));
  ZH_CHECK(check_reason(reason));
  ZH_CHECK(check_may_inspect(tx, regulation, inspection, inspector, by.now));
  inspection.reason = reason;
  ZH_TRY(const int place, enter_instead(tx, inspection, inspection.record, inspector, inspection.rubric));
  ZH_CHECK(take_from_sums(tx, regulation, {inspection}));
  ZH_CHECK(retract_fact(tx, inspection, by));
  ZH_CHECK(store::update_inspection(tx, inspection));
  ZH_CHECK(settle_follow_up(tx, regulation, inspection, by));
  ZH_CHECK(audit(tx, "annul_inspection", inspection, by, json::Object{{"instead", place}}));
  return inspection;
}

Result<Inspection> find_inspection(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto found, store::find_inspection(tx, key));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有检查 {}", key.to_string()),
                                      .en = fmt::format("there is no inspection {}", key.to_string())});
}

Result<std::vector<Inspection>> appealed_by(db::Transaction& tx, std::string_view staff_no) {
  return store::appealed_by(tx, staff_no);
}

Result<std::vector<Inspection>> with_open_appeals(db::Transaction& tx) { return store::with_open_appeals(tx); }

Result<std::vector<Inspection>> queue_of(db::Transaction& tx, std::string_view inspector) {
  return store::in_hand(tx, inspector);
}

Result<std::vector<Inspection>> results_of_agent(db::Transaction& tx, std::string_view staff_no, Interval during) {
  return store::public_of_agent(tx, staff_no, during);
}

Result<std::vector<Inspection>> results_of_group(db::Transaction& tx, std::string_view group, Interval during) {
  return store::public_of_group(tx, group, during);
}

Result<std::vector<Inspection>> results(db::Transaction& tx, Interval during) {
  return store::public_during(tx, during);
}

}  // namespace zh::quality
