#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ledger/audit.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/calibration/inspectors.h"
#include "rooms/quality/calibration/session.h"
#include "rooms/quality/calibration/session_store.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/written.h"

namespace zh::quality::calibration {

namespace {

constexpr const char* kClause = "Q2.1";

Error refused(ErrorCode code, Text message) { return error(code, std::move(message), {}, kClause); }

Status note(db::Transaction& tx, int session, const By& by, std::string action, json::Value detail = {}) {
  ZH_CHECK(ledger::append_audit(tx, {.at = by.now,
                                     .actor = by.actor.account,
                                     .action = std::move(action),
                                     .object = fmt::format("calibration {}", session),
                                     .detail = std::move(detail)}));
  return {};
}

// --- opening ---------------------------------------------------------------------------------------------------------

bool has_repeated(std::vector<std::string> words) {
  std::ranges::sort(words);
  return std::ranges::adjacent_find(words) != words.end();
}

Status check_size(const SessionDraft& draft) {
  const auto bad = [](Text message) { return refused(ErrorCode::invalid, std::move(message)); };
  ZH_CHECK(check_text(draft.title, {.what = {.zh = "校准会的名称", .en = "a title"}, .length_max = kTitleLengthMax},
                      kClause));
  if (draft.records.empty()) return bad({.zh = "至少选择一条记录", .en = "choose at least one record"});
  if (draft.inspectors.size() < 2) {
    return bad({.zh = "至少要有两名质检员", .en = "it takes two inspectors at least"});
  }
  if (draft.records.size() > kRecordsMax || draft.inspectors.size() > kInspectorsMax) {
    return refused(ErrorCode::limit,
                   {.zh = fmt::format("一次最多 {} 条记录、{} 名质检员", kRecordsMax, kInspectorsMax),
                    .en = fmt::format("at most {} records and {} inspectors", kRecordsMax, kInspectorsMax)});
  }
  return {};
}

Status check_records(const policy::Rubric& rubric, const SessionDraft& draft) {
  std::vector<std::string> contacts;
  for (const SessionRecord& record : draft.records) {
    contacts.push_back(record.contact);
    if (std::ranges::find(rubric.channels, record.channel) == rubric.channels.end()) {
      return refused(ErrorCode::invalid, {.zh = fmt::format("评分标准不适用于渠道 {}", record.channel),
                                          .en = fmt::format("the rubric has no channel {}", record.channel)});
    }
  }
  if (!has_repeated(std::move(contacts))) return {};
  return refused(ErrorCode::invalid, {.zh = "有记录选了两次", .en = "a record was chosen twice"});
}

Status check_inspectors(const people::People& people, const SessionDraft& draft, Date today) {
  for (const std::string& staff_no : draft.inspectors) {
    const people::Person* const person = people.find(staff_no);
    const bool inspects = person != nullptr && person->employed_on(today) &&
                          (person->on(today).position == people::Position::inspector ||
                           person->on(today).position == people::Position::supervisor);
    if (!inspects) {
      return refused(ErrorCode::invalid,
                     {.zh = fmt::format("{} 不是在职的检查员或质检主管", staff_no),
                      .en = fmt::format("{} is no inspector or supervisor employed today", staff_no)});
    }
  }
  if (!has_repeated(draft.inspectors)) return {};
  return refused(ErrorCode::invalid, {.zh = "有质检员选了两次", .en = "an inspector was chosen twice"});
}

// --- steps -----------------------------------------------------------------------------------------------------------

// The session as it stands under the lock, if the actor is one of its inspectors and the table allows the action: what
// an inspector reads changes nothing of the session itself.
Result<Session> joined(db::Transaction& tx, int number, SessionAction action, const By& by) {
  ZH_CHECK(tx.lock("calibration"));
  ZH_TRY(Session session, find_session(tx, number));
  ZH_CHECK(step(kSessionProcess, session.state, action, by.actor));
  if (takes_part(session, by.actor)) return session;
  return refused(ErrorCode::forbidden, {.zh = "您不参加这次校准", .en = "you do not take part in this session"});
}

// The session as it stands under the lock, if it is still the one that was read, one step further.
Result<Session> advanced(db::Transaction& tx, const Session& read, SessionAction action, const By& by) {
  ZH_CHECK(tx.lock("calibration"));
  ZH_TRY(Session session, find_session(tx, read.number));
  ZH_CHECK(advance(session, read.change, kSessionProcess, action, by.actor, {.zh = "这次校准", .en = "this session"}));
  return session;
}

Result<const SessionRecord*> record_at(const Session& session, int place) {
  if (place < 1 || std::cmp_greater(place, session.what.records.size())) {
    return refused(ErrorCode::not_found, {.zh = fmt::format("本次校准没有第 {} 条记录", place),
                                          .en = fmt::format("this session has no record {}", place)});
  }
  return &session.what.records[static_cast<std::size_t>(place) - 1];
}

// The first thing that does not fit, as an error.
Status refuse_first(std::vector<MarkFault> faults) {
  if (faults.empty()) return {};
  MarkFault& first = faults.front();
  return error(ErrorCode::invalid,
               {.zh = fmt::format("{}：{}", first.pointer, first.detail.zh),
                .en = fmt::format("{}: {}", first.pointer, first.detail.en)},
               {}, first.clause.empty() ? kClause : std::move(first.clause));
}

DrawnRecord heard(const SessionRecord& record) {
  DrawnRecord drawn;
  drawn.contact = record.contact;
  drawn.channel = record.channel;
  return drawn;
}

// The score of the marks; nothing while no item is answered.
std::optional<Decimal> score_now(const policy::Rubric& rubric, const Marks& marks) {
  const auto score = score_of(rubric, marks);
  return score ? std::optional(score->value) : std::nullopt;
}

Result<Reading> scored(db::Transaction& tx, const policy::Rubric& rubric, const Session& session, int place,
                       const Marks& marks) {
  ZH_TRY(const SessionRecord* const record, record_at(session, place));
  ZH_TRY(const Extent extent, extent_of(tx, heard(*record)));
  ZH_CHECK(refuse_first(faults_of(rubric, record->channel, marks, extent)));
  ZH_CHECK(refuse_first(missing_in(rubric, record->channel, marks)));
  const auto score = score_now(rubric, marks);
  if (!score) {
    return refused(ErrorCode::invalid, {.zh = "还没有任何一项评分", .en = "no item has been answered"});
  }
  return Reading{.place = place, .inspector = {}, .marks = marks, .score = score, .handed_in = true, .at = {}};
}

Status check_guidance(const policy::Rubric& rubric, const std::vector<Guidance>& learnt) {
  std::set<std::string> items;
  for (const Guidance& one : learnt) {
    if (rubric.item(one.item) == nullptr || !items.insert(one.item).second) {
      return refused(ErrorCode::invalid,
                     {.zh = fmt::format("评分标准没有 {} 这一项，或写了两次", one.item),
                      .en = fmt::format("the rubric has no item {}, or it is stated twice", one.item)});
    }
    ZH_CHECK(
        check_text(one.words, {.what = {.zh = "说明", .en = "guidance"}, .length_max = kReasonLengthMax}, kClause));
  }
  return {};
}

// Whether a record has readings of two inspectors.
bool has_pair(const std::vector<Reading>& readings) {
  for (std::size_t i = 1; i < readings.size(); ++i) {
    if (readings[i - 1].place == readings[i].place) return true;
  }
  return false;
}

}  // namespace

Result<Session> open_session(db::Transaction& tx, const Regulation& regulation, const SessionDraft& draft,
                             const By& by) {
  if (!by.actor.has_role("qa_supervisor")) {
    return refused(ErrorCode::forbidden,
                   {.zh = "校准会由质检主管召开", .en = "calibration sessions are opened by QA supervisors"});
  }
  ZH_CHECK(check_size(draft));
  const Date today = regulation.zone.date_of(by.now);
  ZH_TRY(const PackPtr pack, regulation.pack_on(tx, today));
  const policy::Rubric* const rubric = pack->rubric(draft.rubric);
  if (rubric == nullptr) {
    return refused(ErrorCode::invalid, {.zh = fmt::format("现行规章包没有检查表 {}", draft.rubric),
                                        .en = fmt::format("the pack in force has no rubric {}", draft.rubric)});
  }
  ZH_CHECK(check_records(*rubric, draft));
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_CHECK(check_inspectors(people, draft, today));
  ZH_CHECK(tx.lock("calibration"));
  ZH_TRY(const int last, store::last_number(tx));
  Session session{.number = last + 1,
                  .state = SessionState::scoring,
                  .change = 1,
                  .what = draft,
                  .pack = pack->version,
                  .opened_by = by.actor.account,
                  .opened_at = by.now,
                  .closed_at = {}};
  std::ranges::sort(session.what.inspectors);
  ZH_CHECK(store::insert(tx, session));
  ZH_CHECK(note(tx, session.number, by, "open_calibration",
                json::Object{{"records", draft.records.size()}, {"inspectors", draft.inspectors.size()}}));
  return session;
}

Status save_draft(db::Transaction& tx, const Regulation& regulation, int number, int place, const Marks& marks,
                  const By& by) {
  ZH_TRY(const Session session, joined(tx, number, SessionAction::save, by));
  ZH_TRY(const SessionRecord* const record, record_at(session, place));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, session));
  ZH_TRY(const Extent extent, extent_of(tx, heard(*record)));
  ZH_CHECK(refuse_first(faults_of(*rubric.rubric, record->channel, marks, extent)));
  ZH_TRY(const auto own, store::readings_by(tx, number, by.actor.staff_no));
  const auto before = std::ranges::find(own, place, &Reading::place);
  if (before != own.end() && before->handed_in) {
    return refused(ErrorCode::conflict, {.zh = "这条记录的评分已经提交；要改请重新提交",
                                         .en = "this reading is handed in: hand it in anew to change it"});
  }
  return store::put_reading(tx, number,
                            {.place = place,
                             .inspector = by.actor.staff_no,
                             .marks = marks,
                             .score = score_now(*rubric.rubric, marks),
                             .handed_in = false,
                             .at = by.now});
}

Status hand_in(db::Transaction& tx, const Regulation& regulation, int number, int place, const Marks& marks,
               const By& by) {
  ZH_TRY(const Session session, joined(tx, number, SessionAction::hand_in, by));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, session));
  ZH_TRY(Reading reading, scored(tx, *rubric.rubric, session, place, marks));
  reading.inspector = by.actor.staff_no;
  reading.at = by.now;
  ZH_CHECK(store::put_reading(tx, number, reading));
  return note(tx, number, by, "hand_in_reading", json::Object{{"record", place}});
}

Result<Session> compare(db::Transaction& tx, const Session& read, const By& by) {
  ZH_TRY(Session session, advanced(tx, read, SessionAction::compare, by));
  ZH_TRY(const auto readings, store::readings(tx, session.number));
  if (!has_pair(readings)) {
    return refused(ErrorCode::conflict, {.zh = "还没有哪条记录有两人评分，无法对照",
                                         .en = "no record has two readings yet: there is nothing to compare"});
  }
  ZH_CHECK(store::update_state(tx, session));
  ZH_CHECK(note(tx, session.number, by, "compare_calibration", json::Object{{"readings", readings.size()}}));
  return session;
}

Result<Session> agree(db::Transaction& tx, const Regulation& regulation, const Session& read, int place,
                      const Marks& marks, const std::vector<Guidance>& learnt, const By& by) {
  ZH_TRY(Session session, advanced(tx, read, SessionAction::agree, by));
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, session));
  ZH_TRY(Reading reading, scored(tx, *rubric.rubric, session, place, marks));
  ZH_CHECK(check_guidance(*rubric.rubric, learnt));
  reading.at = by.now;
  ZH_CHECK(store::put_reading(tx, session.number, reading));
  ZH_CHECK(store::put_guidance(tx, session.number, place, learnt));
  ZH_CHECK(store::update_state(tx, session));
  ZH_CHECK(note(tx, session.number, by, "agree_reading", json::Object{{"record", place}}));
  return session;
}

Result<Session> close_session(db::Transaction& tx, const Session& read, const By& by) {
  ZH_TRY(Session session, advanced(tx, read, SessionAction::close, by));
  ZH_TRY(const auto agreed, store::readings_by(tx, session.number, ""));
  const std::size_t records = session.what.records.size();
  if (agreed.size() < records) {
    return refused(ErrorCode::conflict,
                   {.zh = fmt::format("{} 条记录中只有 {} 条达成一致", records, agreed.size()),
                    .en = fmt::format("{} of {} records have an agreed reading", agreed.size(), records)});
  }
  session.closed_at = by.now;
  ZH_CHECK(store::update_state(tx, session));
  ZH_CHECK(note(tx, session.number, by, "close_calibration"));
  return session;
}

Result<Session> find_session(db::Transaction& tx, int number) {
  ZH_TRY(auto session, store::find(tx, number));
  if (session) return *std::move(session);
  return refused(ErrorCode::not_found, {.zh = fmt::format("没有第 {} 次校准", number),
                                        .en = fmt::format("there is no calibration session {}", number)});
}

Result<std::vector<Session>> list_sessions(db::Transaction& tx, std::int64_t limit) {
  ZH_TRY(const auto numbers, store::numbers(tx, limit));
  std::vector<Session> sessions;
  for (const int number : numbers) {
    ZH_TRY(Session session, find_session(tx, number));
    sessions.push_back(std::move(session));
  }
  return sessions;
}

Result<RubricInForce> rubric_of(db::Transaction& tx, const Regulation& regulation, const Session& session) {
  ZH_TRY(PackPtr pack, regulation.pack_of(tx, session.pack));
  const policy::Rubric* const rubric = pack->rubric(session.what.rubric);
  if (rubric == nullptr) {
    return error(ErrorCode::corrupt, {.zh = fmt::format("规章包里没有检查表 {}", session.what.rubric),
                                      .en = fmt::format("the pack holds no rubric {}", session.what.rubric)});
  }
  return RubricInForce{std::move(pack), rubric};
}

Result<std::vector<Reading>> readings_for(db::Transaction& tx, const Session& session, const Actor& actor) {
  if (sees_all_readings(session, actor)) return store::readings(tx, session.number);
  // Under the inspector "" stands what was agreed on.
  if (actor.staff_no.empty()) return std::vector<Reading>();
  return store::readings_by(tx, session.number, actor.staff_no);
}

Result<std::vector<HandedIn>> handed_in(db::Transaction& tx, int session) { return store::handed_in(tx, session); }

Result<std::vector<int>> agreed_places(db::Transaction& tx, int session) { return store::agreed_places(tx, session); }

Result<std::vector<Guidance>> guidance(db::Transaction& tx) { return store::guidance(tx); }

Result<Report> report_on(db::Transaction& tx, const Regulation& regulation, const Session& session) {
  if (session.state == SessionState::scoring) {
    return refused(ErrorCode::conflict, {.zh = "盲评尚未结束，不能看一致性",
                                         .en = "the session is still scored blind: there are no figures yet"});
  }
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, session));
  ZH_TRY(const auto readings, store::readings(tx, session.number));
  return report_of(*rubric.rubric, session, readings);
}

Result<OverTime> over_time(db::Transaction& tx, const std::string& staff_no, const Zone& zone, Confidence confidence) {
  ZH_TRY(const auto numbers, store::closed_with(tx, staff_no));
  std::vector<Dated> dated;
  std::vector<Decimal> differences;
  for (const int number : numbers) {
    ZH_TRY(const Session session, find_session(tx, number));
    ZH_TRY(const auto readings, store::readings(tx, number));
    const Date day = zone.date_of(*session.closed_at);
    const Ratings scores = scores_of(session, readings);
    const auto own = std::ranges::find(session.what.inspectors, staff_no) - session.what.inspectors.begin();
    for (const Decimal& difference : differences_from_others(scores, static_cast<std::size_t>(own))) {
      dated.push_back({.day = day, .difference = difference});
      differences.push_back(difference);
    }
  }
  return OverTime{.severity = statistics::mean(differences, std::nullopt, confidence),
                  .drift = drift(dated, confidence)};
}

}  // namespace zh::quality::calibration
