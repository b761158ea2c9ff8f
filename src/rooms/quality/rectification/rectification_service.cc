#include <fmt/format.h>

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/rectification/rectification.h"
#include "rooms/quality/rectification/rectification_store.h"
#include "rooms/quality/review/talk.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

Status audit(db::Transaction& tx, std::string_view action, const RectificationKey& key, const By& by) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = "rectification " + key.to_string(),
                                          .detail = {}});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Status check_words(std::string_view text, const Text& what) {
  return check_text(text, {.what = what, .length_max = kReasonLengthMax}, "Q4.5");
}
Status check_reason(std::string_view text) { return check_words(text, {.zh = "理由", .en = "a reason"}); }

Status check_own(const Rectification& rectification, const By& by) {
  if (by.actor.is(rectification.staff_no)) return {};
  return error(ErrorCode::forbidden, {.zh = "只能整改自己的问题", .en = "one rectifies the own findings only"}, {},
               "Q4.5");
}

// Its own inspector, or a supervisor.
bool follows(const Rectification& rectification, const Actor& actor) {
  return actor.is(rectification.inspector) || actor.has_role("qa_supervisor");
}

Status check_follows(const Rectification& rectification, const By& by) {
  if (follows(rectification, by.actor)) return {};
  return error(ErrorCode::forbidden,
               {.zh = "由该问题的检查员或质检主管办理", .en = "this is for the finding's inspector or a supervisor"},
               {}, "Q4.5");
}

// A last day within a year of `from`, which it lies after.
Status check_day(Date day, Date from) {
  if (day > from && day <= from.plus_days(kRectificationDaysMax)) return {};
  return error(ErrorCode::invalid,
               {.zh = fmt::format("期限应在 {} 之后，一年之内", from.to_string()),
                .en = fmt::format("the last day lies after {}, within a year", from.to_string())},
               {}, "Q4.5");
}

// As it stands under its inspection's lock, if it is still the one that was read, one step further.
Result<Rectification> advanced(db::Transaction& tx, const Rectification& read, RectificationAction action,
                               const By& by) {
  ZH_CHECK(lock_inspections(tx, {read.key.inspection}));
  ZH_TRY(Rectification rectification, find_rectification(tx, read.key));
  ZH_CHECK(advance(rectification, read.change, kRectificationProcess, action, by.actor,
                   {.zh = "这项整改", .en = "this rectification"}));
  return rectification;
}

struct Link {
  std::string text;
  std::optional<Date> due = {};
  std::vector<InspectionKey> records = {};
};

// Stores it as it is after its last change, with the link that this change adds to its chain.
Status put(db::Transaction& tx, const Rectification& it, std::string_view action, Link link, const By& by) {
  ZH_CHECK(store::update_rectification(tx, it));
  ZH_CHECK(store::insert_link(tx, it.key,
                              {.number = it.change,
                               .action = std::string(action),
                               .by = by.actor.account,
                               .at = by.now,
                               .text = std::move(link.text),
                               .due = link.due,
                               .records = std::move(link.records)}));
  return audit(tx, action, it.key, by);
}

Status tell(db::Transaction& tx, const Addressee& to, NoticeAbout about, const Rectification& it, const By& by) {
  return notify(tx, to, {.about = about, .object = it.key.to_string()}, by);
}

// The agent, whoever leads the agent's group, and the supervisors.
Status tell_overdue(db::Transaction& tx, const Rectification& it, const By& by) {
  ZH_TRY(const Inspection inspection, find_inspection(tx, it.key.inspection));
  ZH_CHECK(tell(tx, to_person(it.staff_no), NoticeAbout::rectification_overdue, it, by));
  if (!inspection.record.group.empty()) {
    ZH_CHECK(tell(tx, to_leaders_of(inspection.record.group), NoticeAbout::rectification_overdue, it, by));
  }
  return tell(tx, to_supervisors(), NoticeAbout::rectification_overdue, it, by);
}

// The later record must be the same agent's, published, of a contact after the report.
Status check_later_record(db::Transaction& tx, const Rectification& rectification, const InspectionKey& key) {
  ZH_TRY(const Inspection later, find_inspection(tx, key));
  const bool fits = later.is_public() && later.record.staff_no == rectification.staff_no && rectification.reported_at &&
                    later.record.occurred_at >= *rectification.reported_at;
  if (fits) return {};
  return error(ErrorCode::invalid,
               {.zh = fmt::format("{} 不是此人整改之后的已公布记录", key.to_string()),
                .en = fmt::format("{} is no published record of this agent after the rectification", key.to_string())},
               {}, "Q4.5");
}

Status check_later_records(db::Transaction& tx, const Rectification& rectification,
                           const std::vector<InspectionKey>& records) {
  if (records.empty() || records.size() > kLaterRecordsMax) {
    return error(ErrorCode::invalid,
                 {.zh = fmt::format("写明 1 到 {} 份整改之后的记录", kLaterRecordsMax),
                  .en = fmt::format("name 1 to {} records made after the rectification", kLaterRecordsMax)},
                 {}, "Q4.5");
  }
  for (const InspectionKey& key : records) ZH_CHECK(check_later_record(tx, rectification, key));
  return {};
}

// Measures that have failed already are no stronger ones.
Status check_stronger(db::Transaction& tx, const Rectification& it, const std::string& measures) {
  ZH_TRY(const auto chain, store::chain_of(tx, it.key));
  bool failed = false;
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
    failed = failed || link->action == name_of(RectificationAction::find_poor);
    if (!failed || link->action != name_of(RectificationAction::set_measures) || link->text != measures) continue;
    return error(
        ErrorCode::invalid,
        {.zh = "这些措施已被认定整改不力，请加强措施", .en = "these measures have been found poor: set stronger ones"},
        {}, "Q4.5");
  }
  return {};
}

Error talk_missing() {
  return error(
      ErrorCode::conflict,
      {.zh = "整改不力之后的谈话还没有记录", .en = "the talk about the poor rectification is not recorded yet"}, {},
      "Q4.5");
}

// The last day that the pack gives from now on. Requires that it has such a rule.
Date new_due(const policy::Pack& pack, const Regulation& regulation, Instant now) {
  return regulation.zone.date_of(now).plus_days(static_cast<int>(pack.inspections.rectification->due));
}

}  // namespace

std::vector<std::string> actions_of(const Rectification& it, const Actor& actor) {
  return actions_for(kRectificationProcess, it.state, actor, [&](const RectificationStep& step) {
    switch (step.action) {
      case RectificationAction::prescribe:
      case RectificationAction::find_poor:
        return follows(it, actor);
      case RectificationAction::verify:
        return follows(it, actor) && !it.talk_due;
      case RectificationAction::set_measures:
      case RectificationAction::report:
      case RectificationAction::ask_extension:
        return actor.is(it.staff_no);
      case RectificationAction::grant_extension:
      case RectificationAction::refuse_extension:
        return it.asked_until.has_value();
      case RectificationAction::escalate:
      case RectificationAction::drop:
        return true;  // the program's
    }
    return false;
  });
}

std::string RectificationKey::to_string() const { return fmt::format("{}/{}", inspection.to_string(), finding); }

bool Rectification::is_overdue(Date today) const {
  return today > due && (state == RectificationState::open || state == RectificationState::under_way);
}

bool wants_rectification(const policy::Pack& pack, const policy::Rubric& rubric, const Finding& finding) {
  if (!pack.inspections.rectification || rubric.form != policy::RubricForm::deduct || finding.points == 0) return false;
  const std::vector<std::string>& severities = pack.inspections.rectification->severities;
  return std::ranges::find(severities, finding.choice) != severities.end();
}

Status open_rectifications(db::Transaction& tx, const Regulation& regulation, const policy::Pack& pack,
                           const Inspection& inspection, const By& by) {
  const policy::Rubric* const rubric = pack.rubric(inspection.rubric);
  for (const Finding& finding : inspection.marks.findings) {
    if (rubric == nullptr || !wants_rectification(pack, *rubric, finding)) continue;
    const Date due = new_due(pack, regulation, by.now);
    const Rectification it{.key = {inspection.key, finding.number},
                           .staff_no = inspection.record.staff_no,
                           .inspector = inspection.inspector,
                           .state = RectificationState::open,
                           .change = 1,
                           .due = due,
                           .measures = {},
                           .asked_until = {},
                           .reported_at = {},
                           .escalated_at = {}};
    ZH_CHECK(store::insert_rectification(tx, it));
    ZH_CHECK(store::insert_link(tx, it.key,
                                {.number = it.change,
                                 .action = "open",
                                 .by = by.actor.account,
                                 .at = by.now,
                                 .text = finding.reason,
                                 .due = due,
                                 .records = {}}));
    ZH_CHECK(tell(tx, to_person(it.staff_no), NoticeAbout::rectification_due, it, by));
  }
  return {};
}

Result<Rectification> prescribe(db::Transaction& tx, const Regulation& regulation, const Rectification& read, Date due,
                                const std::string& reason, const By& by) {
  ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::prescribe, by));
  ZH_CHECK(check_follows(it, by));
  ZH_CHECK(check_reason(reason));
  ZH_CHECK(check_day(due, regulation.zone.date_of(by.now)));
  it.due = due;
  it.escalated_at.reset();
  ZH_CHECK(put(tx, it, name_of(RectificationAction::prescribe), {.text = reason, .due = due}, by));
  ZH_CHECK(tell(tx, to_person(it.staff_no), NoticeAbout::rectification_due, it, by));
  return it;
}

Result<Rectification> set_measures(db::Transaction& tx, const Rectification& read, const std::string& measures,
                                   const By& by) {
  ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::set_measures, by));
  ZH_CHECK(check_own(it, by));
  ZH_CHECK(check_words(measures, {.zh = "措施", .en = "measures"}));
  ZH_CHECK(check_stronger(tx, it, measures));
  it.measures = measures;
  ZH_CHECK(put(tx, it, name_of(RectificationAction::set_measures), {.text = measures}, by));
  return it;
}

Result<Rectification> report(db::Transaction& tx, const Rectification& read, const std::string& text, const By& by) {
  ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::report, by));
  ZH_CHECK(check_own(it, by));
  ZH_CHECK(check_words(text, {.zh = "做了什么", .en = "what was done"}));
  it.reported_at = by.now;
  it.asked_until.reset();
  ZH_CHECK(put(tx, it, name_of(RectificationAction::report), {.text = text}, by));
  ZH_CHECK(tell(tx, to_person(it.inspector), NoticeAbout::rectification_reported, it, by));
  return it;
}

Result<Rectification> ask_extension(db::Transaction& tx, const Rectification& read, Date until,
                                    const std::string& reason, const By& by) {
  ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::ask_extension, by));
  ZH_CHECK(check_own(it, by));
  ZH_CHECK(check_reason(reason));
  ZH_CHECK(check_day(until, it.due));
  it.asked_until = until;
  ZH_CHECK(put(tx, it, name_of(RectificationAction::ask_extension), {.text = reason, .due = until}, by));
  ZH_CHECK(tell(tx, to_supervisors(), NoticeAbout::extension_asked, it, by));
  return it;
}

Result<Rectification> settle_extension(db::Transaction& tx, const Rectification& read, bool granted,
                                       const std::string& reason, const By& by) {
  const auto action = granted ? RectificationAction::grant_extension : RectificationAction::refuse_extension;
  ZH_TRY(Rectification it, advanced(tx, read, action, by));
  ZH_CHECK(check_reason(reason));
  if (!it.asked_until) {
    return error(ErrorCode::conflict, {.zh = "没有延期申请", .en = "nobody has asked for an extension"}, {}, "Q4.5");
  }
  if (granted) {
    it.due = *it.asked_until;
    it.escalated_at.reset();
  }
  it.asked_until.reset();
  ZH_CHECK(put(tx, it, name_of(action), {.text = reason, .due = it.due}, by));
  ZH_CHECK(tell(tx, to_person(it.staff_no), NoticeAbout::extension_settled, it, by));
  return it;
}

Result<Rectification> verify_effect(db::Transaction& tx, const Regulation& regulation, const Rectification& read,
                                    const Effect& effect, const By& by) {
  const auto action = effect.good ? RectificationAction::verify : RectificationAction::find_poor;
  ZH_TRY(Rectification it, advanced(tx, read, action, by));
  ZH_CHECK(check_follows(it, by));
  ZH_CHECK(check_words(effect.text, {.zh = "整改效果", .en = "what the records show"}));
  ZH_CHECK(check_later_records(tx, it, effect.records));
  Link link{.text = effect.text, .due = {}, .records = effect.records};
  if (effect.good) {
    if (it.talk_due) return talk_missing();
  } else {
    ZH_TRY(const Inspection inspection, find_inspection(tx, it.key.inspection));
    ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
    it.due = new_due(*rubric.pack, regulation, by.now);
    it.reported_at.reset();
    it.escalated_at.reset();
    link.due = it.due;
    ZH_CHECK(open_talk(tx, inspection, Talk::About::poor_rectification, it.key.finding, by));
  }
  ZH_CHECK(put(tx, it, name_of(action), std::move(link), by));
  if (!effect.good) ZH_CHECK(tell(tx, to_person(it.staff_no), NoticeAbout::rectification_poor, it, by));
  return it;
}

Status note_talk(db::Transaction& tx, const RectificationKey& key, const std::string& record, const By& by) {
  ZH_TRY(Rectification it, find_rectification(tx, key));
  ++it.change;
  return put(tx, it, "talk", {.text = record}, by);
}

Status drop_rectification(db::Transaction& tx, const Rectification& read, const By& by) {
  const bool over = read.state == RectificationState::verified || read.state == RectificationState::dropped;
  if (over) return {};
  const By program{.actor = Actor::program(by.actor.account), .now = by.now};
  ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::drop, program));
  it.asked_until.reset();
  return put(tx, it, name_of(RectificationAction::drop), {.text = {}}, program);
}

Result<std::vector<Rectification>> escalate_overdue(db::Transaction& tx, const Regulation& regulation, Instant now) {
  const By by{.actor = Actor::program(), .now = now};
  ZH_TRY(const auto overdue, store::newly_overdue(tx, regulation.zone.date_of(now)));
  std::vector<InspectionKey> keys;
  for (const Rectification& it : overdue) keys.push_back(it.key.inspection);
  ZH_CHECK(lock_inspections(tx, std::move(keys)));
  std::vector<Rectification> escalated;
  for (const Rectification& read : overdue) {
    ZH_TRY(Rectification it, advanced(tx, read, RectificationAction::escalate, by));
    it.escalated_at = now;
    ZH_CHECK(put(tx, it, name_of(RectificationAction::escalate), {.text = {}}, by));
    ZH_CHECK(tell_overdue(tx, it, by));
    escalated.push_back(std::move(it));
  }
  return escalated;
}

Result<Rectification> find_rectification(db::Transaction& tx, const RectificationKey& key) {
  ZH_TRY(auto found, store::find_rectification(tx, key));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有整改 {}", key.to_string()),
                                      .en = fmt::format("there is no rectification {}", key.to_string())});
}

Result<std::vector<RectificationLink>> chain_of(db::Transaction& tx, const RectificationKey& key) {
  return store::chain_of(tx, key);
}
Result<std::vector<Rectification>> rectifications_of(db::Transaction& tx, const InspectionKey& inspection) {
  return store::rectifications_of(tx, inspection);
}
Result<std::vector<Rectification>> rectifications_of_agent(db::Transaction& tx, std::string_view staff_no) {
  return store::rectifications_of_agent(tx, staff_no);
}
Result<std::vector<Rectification>> open_rectifications_of_group(db::Transaction& tx, std::string_view group) {
  return store::open_rectifications_of_group(tx, group);
}
Result<std::vector<Rectification>> open_rectifications_of_inspector(db::Transaction& tx, std::string_view inspector) {
  return store::open_rectifications_of_inspector(tx, inspector);
}
Result<std::vector<Rectification>> open_rectifications(db::Transaction& tx) { return store::open_rectifications(tx); }

}  // namespace zh::quality
