#include "rooms/quality/notice/notice.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "rooms/quality/stored.h"

namespace zh::quality {

namespace {

constexpr db::Sql kLast = "SELECT COALESCE(max(number), 0) FROM quality_notices";
constexpr db::Sql kInsert = R"(
  INSERT INTO quality_notices (number, to_kind, to_name, about, object, count, by_account, at)
  VALUES (:number, :to_kind, :to_name, :about, :object, :count, :by_account, :at))";
constexpr db::Sql kUnread = R"(
  SELECT n.number, n.to_kind, n.to_name, n.about, n.object, n.count, n.by_account, n.at, r.at
    FROM quality_notices n LEFT JOIN quality_notice_reads r ON r.account = :account AND r.notice = n.number
   WHERE n.to_kind = :to_kind AND n.to_name = :to_name AND n.by_account <> :account AND r.at IS NULL
   ORDER BY n.number DESC LIMIT :limit)";
constexpr db::Sql kAll = R"(
  SELECT n.number, n.to_kind, n.to_name, n.about, n.object, n.count, n.by_account, n.at, r.at
    FROM quality_notices n LEFT JOIN quality_notice_reads r ON r.account = :account AND r.notice = n.number
   WHERE n.to_kind = :to_kind AND n.to_name = :to_name AND n.by_account <> :account
   ORDER BY n.number DESC LIMIT :limit)";
constexpr db::Sql kMarkRead = R"(
  INSERT INTO quality_notice_reads (account, notice, at)
  SELECT :account, n.number, :at FROM quality_notices n
   WHERE n.number = :number AND n.to_kind = :to_kind AND n.to_name = :to_name
  ON CONFLICT (account, notice) DO NOTHING)";
constexpr db::Sql kPruneReads = R"(
  DELETE FROM quality_notice_reads WHERE notice IN (SELECT number FROM quality_notices WHERE at < :before))";
// The last one stays, so that its number is not given again.
constexpr db::Sql kPrune = R"(
  DELETE FROM quality_notices WHERE at < :before AND number < (SELECT max(number) FROM quality_notices))";
constexpr db::Sql kAfter = R"(
  SELECT number, to_kind, to_name, about, object, count, by_account, at, NULL
    FROM quality_notices WHERE number > :number ORDER BY number LIMIT :limit)";

constexpr std::array kNames{
    std::pair{NoticeAbout::result_published, std::string_view("result_published")},
    std::pair{NoticeAbout::appeal_filed, std::string_view("appeal_filed")},
    std::pair{NoticeAbout::appeal_assigned, std::string_view("appeal_assigned")},
    std::pair{NoticeAbout::appeal_decided, std::string_view("appeal_decided")},
    std::pair{NoticeAbout::question_asked, std::string_view("question_asked")},
    std::pair{NoticeAbout::question_answered, std::string_view("question_answered")},
    std::pair{NoticeAbout::talk_due, std::string_view("talk_due")},
    std::pair{NoticeAbout::rectification_due, std::string_view("rectification_due")},
    std::pair{NoticeAbout::rectification_reported, std::string_view("rectification_reported")},
    std::pair{NoticeAbout::rectification_poor, std::string_view("rectification_poor")},
    std::pair{NoticeAbout::rectification_overdue, std::string_view("rectification_overdue")},
    std::pair{NoticeAbout::extension_asked, std::string_view("extension_asked")},
    std::pair{NoticeAbout::extension_settled, std::string_view("extension_settled")},
    std::pair{NoticeAbout::batch_handed_in, std::string_view("batch_handed_in")},
    std::pair{NoticeAbout::batch_sent_back, std::string_view("batch_sent_back")},
    std::pair{NoticeAbout::plan_approved, std::string_view("plan_approved")},
    std::pair{NoticeAbout::report_submitted, std::string_view("report_submitted")},
    std::pair{NoticeAbout::report_approved, std::string_view("report_approved")},
    std::pair{NoticeAbout::report_returned, std::string_view("report_returned")},
};

Result<std::vector<Notice>> read_all(db::Rows rows) {
  std::vector<Notice> notices;
  while (rows.next()) {
    notices.push_back({.number = rows.get<std::int64_t>(0),
                       .to = {rows.get<Addressee::Kind>(1), rows.get<std::string>(2)},
                       .news = {.about = rows.get<NoticeAbout>(3),
                                .object = rows.get<std::string>(4),
                                .count = rows.get<std::int64_t>(5)},
                       .by = rows.get<std::string>(6),
                       .at = rows.get<Instant>(7),
                       .read_at = rows.get<std::optional<Instant>>(8)});
  }
  ZH_CHECK(rows.finish());
  return notices;
}

}  // namespace

Addressee to_person(std::string staff_no) { return {Addressee::Kind::person, std::move(staff_no)}; }
Addressee to_supervisors() { return {Addressee::Kind::role, "qa_supervisor"}; }
Addressee to_managers() { return {Addressee::Kind::role, "manager"}; }
Addressee to_leaders_of(std::string group) { return {Addressee::Kind::leaders, std::move(group)}; }

std::string_view name_of(NoticeAbout about) {
  const auto* const found = std::ranges::find(kNames, about, &std::pair<NoticeAbout, std::string_view>::first);
  return found == kNames.end() ? std::string_view() : found->second;
}

Status notify(db::Transaction& tx, const Addressee& to, const News& news, const By& by) {
  // The chain's own lock, which every caller takes as well: two locks could be taken in either order.
  ZH_CHECK(tx.lock("audit"));
  ZH_TRY(const auto last, tx.value<std::int64_t>(kLast));
  ZH_CHECK(tx.execute(kInsert, {{"number", last + 1},
                                {"to_kind", static_cast<int>(to.kind)},
                                {"to_name", to.name},
                                {"about", static_cast<int>(news.about)},
                                {"object", news.object},
                                {"count", news.count},
                                {"by_account", by.actor.account},
                                {"at", by.now}}));
  return {};
}

Result<std::vector<Notice>> notices_for(db::Transaction& tx, std::string_view account,
                                        const std::vector<Addressee>& addressees, bool all) {
  std::vector<Notice> notices;
  for (const Addressee& to : addressees) {
    const db::Params params{
        {"account", account}, {"to_kind", static_cast<int>(to.kind)}, {"to_name", to.name}, {"limit", kNoticesShown}};
    ZH_TRY(auto rows, tx.query(all ? kAll : kUnread, params));
    ZH_TRY(auto of_one, read_all(std::move(rows)));
    notices.insert(notices.end(), std::move_iterator(of_one.begin()), std::move_iterator(of_one.end()));
  }
  std::ranges::sort(notices, std::ranges::greater(), &Notice::number);
  return notices;
}

Status mark_read(db::Transaction& tx, std::string_view account, const std::vector<Addressee>& addressees,
                 const std::vector<std::int64_t>& numbers, Instant now) {
  for (const std::int64_t number : numbers) {
    for (const Addressee& to : addressees) {
      ZH_CHECK(tx.execute(kMarkRead, {{"account", account},
                                      {"at", now},
                                      {"number", number},
                                      {"to_kind", static_cast<int>(to.kind)},
                                      {"to_name", to.name}}));
    }
  }
  return {};
}

Result<std::int64_t> prune_notices(db::Transaction& tx, Instant now) {
  const Instant before{now.us - kNoticeDaysKept * 86'400'000'000LL};
  ZH_CHECK(tx.execute(kPruneReads, {{"before", before}}));
  return tx.execute(kPrune, {{"before", before}});
}

Result<std::vector<Notice>> notices_after(db::Transaction& tx, std::int64_t number, int limit) {
  ZH_TRY(auto rows, tx.query(kAfter, {{"number", number}, {"limit", limit}}));
  return read_all(std::move(rows));
}

Result<std::int64_t> last_notice(db::Transaction& tx) { return tx.value<std::int64_t>(kLast); }

}  // namespace zh::quality
