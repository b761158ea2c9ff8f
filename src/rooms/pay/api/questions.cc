#include "rooms/pay/api/questions.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "ledger/audit.h"

namespace zh::pay::api {

namespace {

constexpr db::Sql kMessages =
    "SELECT number, item, author, by_subject, at, text FROM sheet_messages "
    "WHERE period = :period AND staff_no = :staff_no ORDER BY number";
constexpr db::Sql kLastNumber =
    "SELECT number FROM sheet_messages WHERE period = :period AND staff_no = :staff_no ORDER BY number DESC LIMIT 1";
constexpr db::Sql kInsert =
    "INSERT INTO sheet_messages (period, staff_no, number, item, author, by_subject, at, text) "
    "VALUES (:period, :staff_no, :number, :item, :author, :by_subject, :at, :text)";
// The name is that of the latest row of the person's record.
constexpr db::Sql kAuthors = R"(
  SELECT DISTINCT a.name, n.name
    FROM sheet_messages m
    JOIN accounts a ON a.name = m.author
    JOIN people_history h ON h.staff_no = a.staff_no
    JOIN people_names n ON n.row_id = h.row_id
   WHERE m.period = :period AND m.staff_no = :staff_no
     AND h.place = (SELECT max(l.place) FROM people_history l WHERE l.staff_no = h.staff_no))";
// Numbers have no gaps, so the last one is also the count.
constexpr db::Sql kThreads = R"(
  SELECT m.staff_no, m.number, m.by_subject, m.at
    FROM sheet_messages m
   WHERE m.period = :period
     AND m.number = (SELECT max(l.number) FROM sheet_messages l
                      WHERE l.period = m.period AND l.staff_no = m.staff_no)
   ORDER BY m.staff_no)";

Status check_text(std::string_view text) {
  const bool plain = utf8::is_valid(text) && text.find('\0') == std::string_view::npos;
  if (!plain || text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return invalid({.zh = "请写下要问或要答的话", .en = "write what is asked or answered"});
  }
  if (utf8::length(text) > kMessageLengthMax) {
    return invalid({.zh = fmt::format("最多 {} 个字符", kMessageLengthMax),
                    .en = fmt::format("at most {} characters", kMessageLengthMax)});
  }
  return {};
}

}  // namespace

Result<std::vector<Message>> messages_of(db::Transaction& tx, const SheetKey& sheet) {
  const std::string period = sheet.period.to_string();
  ZH_TRY(auto rows, tx.query(kMessages, {{"period", period}, {"staff_no", sheet.staff_no}}));
  std::vector<Message> messages;
  while (rows.next()) {
    messages.push_back({.number = rows.get<int>(0),
                        .item = rows.get<std::string>(1),
                        .author = rows.get<std::string>(2),
                        .by_subject = rows.get<bool>(3),
                        .at = rows.get<Instant>(4),
                        .text = rows.get<std::string>(5)});
  }
  ZH_CHECK(rows.finish());
  return messages;
}

Result<int> add_message(db::Transaction& tx, const SheetKey& sheet, const Message& message) {
  ZH_CHECK(check_text(message.text));
  const std::string period = sheet.period.to_string();
  ZH_CHECK(tx.lock("sheet_messages"));
  ZH_TRY(const auto last, tx.first<int>(kLastNumber, {{"period", period}, {"staff_no", sheet.staff_no}}));
  const int number = last.value_or(0) + 1;
  if (number > kMessagesMax) {
    return error(ErrorCode::limit, {.zh = "这张考核表的问答已满，请当面沟通",
                                    .en = "the thread of this sheet is full; please talk to each other"});
  }
  ZH_CHECK(tx.execute(kInsert, {{"period", period},
                                {"staff_no", sheet.staff_no},
                                {"number", number},
                                {"item", message.item},
                                {"author", message.author},
                                {"by_subject", message.by_subject ? 1 : 0},
                                {"at", message.at},
                                {"text", message.text}}));
  ZH_CHECK(ledger::append_audit(tx, {.at = message.at,
                                     .actor = message.author,
                                     .action = message.by_subject ? "ask_sheet" : "answer_sheet",
                                     .object = fmt::format("sheet {} {}", period, sheet.staff_no),
                                     .detail = json::Object{{"number", number}}}));
  return number;
}

Result<std::map<std::string, std::string, std::less<>>> authors_of(db::Transaction& tx, const SheetKey& sheet) {
  const std::string period = sheet.period.to_string();
  ZH_TRY(auto rows, tx.query(kAuthors, {{"period", period}, {"staff_no", sheet.staff_no}}));
  std::map<std::string, std::string, std::less<>> names;
  while (rows.next()) names.emplace(rows.get<std::string>(0), rows.get<std::string>(1));
  ZH_CHECK(rows.finish());
  return names;
}

Result<std::vector<Thread>> threads_of(db::Transaction& tx, Month period) {
  const std::string key = period.to_string();
  ZH_TRY(auto rows, tx.query(kThreads, {{"period", key}}));
  std::vector<Thread> threads;
  while (rows.next()) {
    threads.push_back({.staff_no = rows.get<std::string>(0),
                       .messages = rows.get<int>(1),
                       .open = rows.get<bool>(2),
                       .last_at = rows.get<Instant>(3)});
  }
  ZH_CHECK(rows.finish());
  return threads;
}

}  // namespace zh::pay::api
