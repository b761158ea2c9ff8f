// Notice: tells somebody on the desk what concerns them and where to go; it stays until it is read. It is written in
// the transaction of what it tells about, so there is none about something that did not happen.
//
//   ZH_CHECK(notify(tx, to_person(appeal.assigned_to), {NoticeAbout::appeal_assigned, appeal.key.to_string()}, by));
//
// It goes to a person, to whoever holds a role over the centre, or to those who lead a group; each account reads it for
// itself. Nobody is told what they did themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "db/db.h"
#include "rooms/quality/plan/plan.h"

namespace zh::quality {

struct Addressee {
  enum class Kind : int { person = 1, role = 2, leaders = 3 };  // stored
  Kind kind = Kind::person;
  std::string name;  // staff number; role; group
  friend bool operator==(const Addressee&, const Addressee&) = default;
};
Addressee to_person(std::string staff_no);
Addressee to_supervisors();
Addressee to_managers();
Addressee to_leaders_of(std::string group);

enum class NoticeAbout : int {  // stored: never reuse a number
  result_published = 1,         // inspection; several: none
  appeal_filed = 2,             // appeal, as the next two: "3-1-17/2"
  appeal_assigned = 3,
  appeal_decided = 4,
  question_asked = 5,  // inspection, as the next two
  question_answered = 6,
  talk_due = 7,
  rectification_due = 8,  // rectification, as the next five: "3-1-17/2"; the first also several: none
  rectification_reported = 9,
  rectification_poor = 10,
  rectification_overdue = 11,
  extension_asked = 12,
  extension_settled = 13,
  batch_handed_in = 14,  // batch, as the next: "3001/4"
  batch_sent_back = 15,
  plan_approved = 16,     // plan: "3"
  report_submitted = 17,  // month, as the next two: "2026-10"
  report_approved = 18,
  report_returned = 19,
};
std::string_view name_of(NoticeAbout about);

struct News {
  NoticeAbout about = NoticeAbout::result_published;
  std::string object;  // empty where it is several
  std::int64_t count = 1;
};

struct Notice {
  std::int64_t number = 0;  // 1, 2, 3 … in the order of their transactions
  Addressee to;
  News news;
  std::string by;  // account
  Instant at;
  std::optional<Instant> read_at;  // by the account that asks
};

inline constexpr int kNoticesShown = 200;
inline constexpr int kNoticeDaysKept = 180;

// Requires a write transaction.
Status notify(db::Transaction& tx, const Addressee& to, const News& news, const By& by);

// What the account has not read, or with `all` also what it has: newest first, the latest 200 of each addressee.
Result<std::vector<Notice>> notices_for(db::Transaction& tx, std::string_view account,
                                        const std::vector<Addressee>& addressees, bool all);
// Numbers that are not addressed to the account are passed over.
Status mark_read(db::Transaction& tx, std::string_view account, const std::vector<Addressee>& addressees,
                 const std::vector<std::int64_t>& numbers, Instant now);
// Forgets what is older than 180 days, read or not; gives its number.
Result<std::int64_t> prune_notices(db::Transaction& tx, Instant now);

// Those after that number, in their order, at most `limit`: for whoever tells browsers.
Result<std::vector<Notice>> notices_after(db::Transaction& tx, std::int64_t number, int limit);
Result<std::int64_t> last_notice(db::Transaction& tx);  // 0 before the first

}  // namespace zh::quality
