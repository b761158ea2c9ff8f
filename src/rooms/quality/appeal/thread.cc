#include "rooms/quality/appeal/thread.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/db.h"
#include "ledger/audit.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

constexpr db::Sql kMessages = R"(
  SELECT number, finding, author, by_subject, at, text FROM quality_messages
   WHERE plan = :plan AND round = :round AND place = :place ORDER BY number)";
constexpr db::Sql kLast = R"(
  SELECT COALESCE(max(number), 0) FROM quality_messages
   WHERE plan = :plan AND round = :round AND place = :place)";
constexpr db::Sql kInsert = R"(
  INSERT INTO quality_messages (plan, round, place, number, finding, author, by_subject, at, text)
  VALUES (:plan, :round, :place, :number, :finding, :author, :by_subject, :at, :text))";

Status check_finding(const Inspection& inspection, int finding) {
  if (!inspection.is_public()) {
    return error(ErrorCode::conflict, {.zh = "结果公布后才能提问", .en = "questions are about published results"}, {},
                 "Q7.1");
  }
  if (finding == 0) return {};
  if (std::ranges::find(inspection.marks.findings, finding, &Finding::number) != inspection.marks.findings.end())
    return {};
  return error(ErrorCode::not_found,
               {.zh = fmt::format("没有第 {} 个问题", finding), .en = fmt::format("there is no finding {}", finding)});
}

}  // namespace

Result<Message> add_message(db::Transaction& tx, const InspectionKey& key, int finding, const std::string& text,
                            const By& by) {
  ZH_CHECK(check_text(
      text, {.what = {.zh = "要问或要答的话", .en = "a question or an answer"}, .length_max = kMessageLengthMax},
      "Q7.1"));
  ZH_CHECK(lock_inspections(tx, {key}));
  ZH_TRY(const Inspection inspection, find_inspection(tx, key));
  ZH_CHECK(check_finding(inspection, finding));
  ZH_TRY(const int last, tx.value<int>(kLast, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  if (last >= kMessagesMax) {
    return error(ErrorCode::limit,
                 {.zh = "问答已满，请当面沟通", .en = "the thread is full; please talk to each other"}, {}, "Q7.1");
  }
  Message message{.number = last + 1,
                  .finding = finding,
                  .author = by.actor.account,
                  .by_subject = by.actor.is(inspection.record.staff_no),
                  .at = by.now,
                  .text = text};
  ZH_CHECK(tx.execute(kInsert, {{"plan", key.plan},
                                {"round", key.round},
                                {"place", key.place},
                                {"number", message.number},
                                {"finding", message.finding},
                                {"author", message.author},
                                {"by_subject", message.by_subject},
                                {"at", message.at},
                                {"text", message.text}}));
  const Addressee to = to_person(message.by_subject ? inspection.inspector : inspection.record.staff_no);
  const auto about = message.by_subject ? NoticeAbout::question_asked : NoticeAbout::question_answered;
  ZH_CHECK(notify(tx, to, {.about = about, .object = key.to_string()}, by));
  auto audited = ledger::append_audit(tx, {.at = by.now,
                                           .actor = by.actor.account,
                                           .action = message.by_subject ? "ask_inspection" : "answer_inspection",
                                           .object = "inspection " + key.to_string(),
                                           .detail = json::Object{{"number", message.number}}});
  if (!audited.ok()) return std::move(audited).error();
  return message;
}

Result<std::vector<Message>> messages_of(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kMessages, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  std::vector<Message> messages;
  while (rows.next()) {
    messages.push_back({.number = rows.get<int>(0),
                        .finding = rows.get<int>(1),
                        .author = rows.get<std::string>(2),
                        .by_subject = rows.get<bool>(3),
                        .at = rows.get<Instant>(4),
                        .text = rows.get<std::string>(5)});
  }
  ZH_CHECK(rows.finish());
  return messages;
}

}  // namespace zh::quality
