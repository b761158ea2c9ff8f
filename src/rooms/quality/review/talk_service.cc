#include <fmt/format.h>

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/rectification/rectification.h"
#include "rooms/quality/review/talk.h"
#include "rooms/quality/review/talk_store.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

Status audit(db::Transaction& tx, std::string_view action, const Talk& talk, const By& by) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = "inspection " + talk.inspection.to_string(),
                                          .detail = json::Object{{"talk", talk.number}}});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Status check_record(std::string_view text) {
  return check_text(text, {.what = {.zh = "谈了什么、商定了什么", .en = "a record"}, .length_max = kTalkLengthMax},
                    "Q4.4");
}

}  // namespace

Status open_talk(db::Transaction& tx, const Inspection& inspection, Talk::About about, int finding, const By& by) {
  ZH_TRY(const auto talks, store::talks_of(tx, inspection.key));
  const bool is_due = std::ranges::any_of(talks, [&](const Talk& talk) {
    return talk.about == about && talk.finding == finding && talk.state == TalkState::due;
  });
  if (is_due) return {};
  ZH_CHECK(store::insert_talk(tx, {.inspection = inspection.key,
                                   .number = static_cast<int>(talks.size()) + 1,
                                   .about = about,
                                   .finding = finding,
                                   .staff_no = inspection.record.staff_no,
                                   .state = TalkState::due,
                                   .opened_at = by.now,
                                   .recorded_at = {},
                                   .recorded_by = {},
                                   .record = {}}));
  return notify(tx, to_supervisors(), {.about = NoticeAbout::talk_due, .object = inspection.key.to_string()}, by);
}

Result<Talk> record_talk(db::Transaction& tx, const InspectionKey& key, int number, const std::string& record,
                         const By& by) {
  ZH_CHECK(lock_inspections(tx, {key}));
  ZH_TRY(const auto talks, store::talks_of(tx, key));
  const auto found = std::ranges::find(talks, number, &Talk::number);
  if (found == talks.end()) {
    return error(ErrorCode::not_found, {.zh = fmt::format("检查 {} 没有第 {} 次谈话", key.to_string(), number),
                                        .en = fmt::format("inspection {} has no talk {}", key.to_string(), number)});
  }
  Talk talk = *found;
  ZH_TRY(const TalkStep next, step(kTalkProcess, talk.state, TalkAction::record, by.actor));
  ZH_CHECK(check_record(record));
  talk.state = next.to;
  talk.recorded_at = by.now;
  talk.recorded_by = by.actor.account;
  talk.record = record;
  ZH_CHECK(store::update_talk(tx, talk));
  if (talk.about == Talk::About::poor_rectification) ZH_CHECK(note_talk(tx, {key, talk.finding}, record, by));
  ZH_CHECK(audit(tx, "record_talk", talk, by));
  return talk;
}

Status drop_talk(db::Transaction& tx, const Talk& read, const By& by) {
  Talk talk = read;
  ZH_TRY(const TalkStep next, step(kTalkProcess, talk.state, TalkAction::drop, Actor::program(by.actor.account)));
  talk.state = next.to;
  ZH_CHECK(store::update_talk(tx, talk));
  return audit(tx, "drop_talk", talk, by);
}

Result<std::vector<Talk>> talks_of(db::Transaction& tx, const InspectionKey& inspection) {
  return store::talks_of(tx, inspection);
}

Result<std::vector<Talk>> due_talks(db::Transaction& tx) { return store::due_talks(tx); }

}  // namespace zh::quality
