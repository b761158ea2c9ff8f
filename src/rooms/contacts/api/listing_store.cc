#include "rooms/contacts/api/listing_store.h"

#include <algorithm>
#include <limits>

namespace zh::contacts::api::store {

namespace {

// ---- keys in the order of time. Each lane's equality comes first in its index, then time, call and number; a page
// begins after (value, call, number). The end at which it begins is told by that place alone: the + keeps SQLite from
// beginning at the lane's own end instead and reading all pages before.

constexpr db::Sql kByTimeDown =
    "SELECT offered_at, call_id, number FROM contacts WHERE offered_at >= :from AND +offered_at < :until"
    " AND (offered_at, call_id, number) < (:value, :call, :number)"
    " ORDER BY offered_at DESC, call_id DESC, number DESC LIMIT :limit";
constexpr db::Sql kByTimeUp =
    "SELECT offered_at, call_id, number FROM contacts WHERE +offered_at >= :from AND offered_at < :until"
    " AND (offered_at, call_id, number) > (:value, :call, :number)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

constexpr db::Sql kOfQueueDown =
    "SELECT offered_at, call_id, number FROM contacts WHERE queue = :queue AND outcome = :outcome"
    " AND offered_at >= :from AND +offered_at < :until AND (offered_at, call_id, number) < (:value, :call, :number)"
    " ORDER BY offered_at DESC, call_id DESC, number DESC LIMIT :limit";
constexpr db::Sql kOfQueueUp =
    "SELECT offered_at, call_id, number FROM contacts WHERE queue = :queue AND outcome = :outcome"
    " AND +offered_at >= :from AND offered_at < :until AND (offered_at, call_id, number) > (:value, :call, :number)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

constexpr db::Sql kOfMemberDown =
    "SELECT offered_at, call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND +offered_at < :until AND (offered_at, call_id, number) < (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY offered_at DESC, call_id DESC, number DESC LIMIT :limit";
constexpr db::Sql kOfMemberUp =
    "SELECT offered_at, call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND +offered_at >= :from AND offered_at < :until AND (offered_at, call_id, number) > (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

// With a queue there is an index that begins with both.
constexpr db::Sql kOfMemberInQueueDown =
    "SELECT offered_at, call_id, number FROM contacts WHERE member = :member AND queue = :queue"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND +offered_at < :until AND (offered_at, call_id, number) < (:value, :call, :number)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY offered_at DESC, call_id DESC, number DESC LIMIT :limit";
constexpr db::Sql kOfMemberInQueueUp =
    "SELECT offered_at, call_id, number FROM contacts WHERE member = :member AND queue = :queue"
    " AND (:transcripts = 0 OR source = 4)"
    " AND +offered_at >= :from AND offered_at < :until AND (offered_at, call_id, number) > (:value, :call, :number)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

constexpr db::Sql kOfCustomerDown =
    "SELECT n.offered_at, n.call_id, n.number FROM contact_customers n"
    " JOIN contacts c ON c.call_id = n.call_id AND c.number = n.number WHERE n.customer = :customer"
    " AND n.offered_at >= :from AND +n.offered_at < :until"
    " AND (n.offered_at, n.call_id, n.number) < (:value, :call, :number)"
    " AND (CAST(:member AS TEXT) IS NULL OR c.member = :member) AND (:transcripts = 0 OR c.source = 4)"
    " AND (CAST(:queue AS TEXT) IS NULL OR c.queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR c.outcome = :outcome)"
    " ORDER BY n.offered_at DESC, n.call_id DESC, n.number DESC LIMIT :limit";
constexpr db::Sql kOfCustomerUp =
    "SELECT n.offered_at, n.call_id, n.number FROM contact_customers n"
    " JOIN contacts c ON c.call_id = n.call_id AND c.number = n.number WHERE n.customer = :customer"
    " AND +n.offered_at >= :from AND n.offered_at < :until"
    " AND (n.offered_at, n.call_id, n.number) > (:value, :call, :number)"
    " AND (CAST(:member AS TEXT) IS NULL OR c.member = :member) AND (:transcripts = 0 OR c.source = 4)"
    " AND (CAST(:queue AS TEXT) IS NULL OR c.queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR c.outcome = :outcome)"
    " ORDER BY n.offered_at, n.call_id, n.number LIMIT :limit";

// ---- keys in the order of a duration: the days are sorted. A contact without the duration comes last, whichever way.

constexpr db::Sql kByWaitDown =
    "SELECT COALESCE(wait_ms, -1), call_id, number FROM contacts WHERE offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(wait_ms, -1), call_id, number) < (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT :limit";
constexpr db::Sql kByWaitUp =
    "SELECT COALESCE(wait_ms, 9223372036854775806), call_id, number FROM contacts"
    " WHERE offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(wait_ms, 9223372036854775806), call_id, number) > (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1, 2, 3 LIMIT :limit";
constexpr db::Sql kByTalkDown =
    "SELECT COALESCE(talk_ms, -1), call_id, number FROM contacts WHERE offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(talk_ms, -1), call_id, number) < (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT :limit";
constexpr db::Sql kByTalkUp =
    "SELECT COALESCE(talk_ms, 9223372036854775806), call_id, number FROM contacts"
    " WHERE offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(talk_ms, 9223372036854775806), call_id, number) > (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1, 2, 3 LIMIT :limit";

constexpr db::Sql kOfMemberByWaitDown =
    "SELECT COALESCE(wait_ms, -1), call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(wait_ms, -1), call_id, number) < (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT :limit";
constexpr db::Sql kOfMemberByWaitUp =
    "SELECT COALESCE(wait_ms, 9223372036854775806), call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(wait_ms, 9223372036854775806), call_id, number) > (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1, 2, 3 LIMIT :limit";
constexpr db::Sql kOfMemberByTalkDown =
    "SELECT COALESCE(talk_ms, -1), call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(talk_ms, -1), call_id, number) < (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT :limit";
constexpr db::Sql kOfMemberByTalkUp =
    "SELECT COALESCE(talk_ms, 9223372036854775806), call_id, number FROM contacts WHERE member = :member"
    " AND (:transcripts = 0 OR source = 4)"
    " AND offered_at >= :from AND offered_at < :until"
    " AND (COALESCE(talk_ms, 9223372036854775806), call_id, number) > (:value, :call, :number)"
    " AND (CAST(:queue AS TEXT) IS NULL OR queue = :queue)"
    " AND (CAST(:outcome AS BIGINT) IS NULL OR outcome = :outcome)"
    " ORDER BY 1, 2, 3 LIMIT :limit";

// ---- the rest

// From one queue to the next along the index, however many contacts each has.
constexpr db::Sql kQueues =
    "WITH RECURSIVE q(queue) AS (SELECT MIN(queue) FROM contacts UNION ALL"
    " SELECT (SELECT MIN(c.queue) FROM contacts c WHERE c.queue > q.queue) FROM q WHERE q.queue IS NOT NULL)"
    " SELECT queue FROM q WHERE queue IS NOT NULL";
constexpr db::Sql kCount =
    "SELECT COUNT(*) FROM (SELECT 1 FROM contacts WHERE offered_at >= :from AND offered_at < :until LIMIT :most) found";
constexpr db::Sql kContact =
    "SELECT c.call_id, c.number, c.source, c.channel, c.direction, c.queue, c.product, c.member, c.offered_at,"
    " c.answered_at, c.ended_at, c.wait_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.outcome, c.transferred, c.ended_by,"
    " n.customer FROM contacts c LEFT JOIN contact_customers n ON n.call_id = c.call_id AND n.number = c.number"
    " WHERE c.call_id = :call AND c.number = :number";
constexpr db::Sql kHasCustomer = "SELECT 1 FROM contact_customers WHERE customer = :customer LIMIT 1";
constexpr db::Sql kLines =
    "SELECT source, lines FROM contact_records WHERE record_key = :call AND about = 1 ORDER BY source, id";
constexpr db::Sql kHours =
    "SELECT day, hour, queue, product, CAST(SUM(contacts) AS BIGINT),"
    " CAST(SUM(offered) AS BIGINT), CAST(SUM(answered) AS BIGINT), CAST(SUM(abandoned) AS BIGINT),"
    " CAST(SUM(timed_out) AS BIGINT), CAST(SUM(exit_key) AS BIGINT), CAST(SUM(waited) AS BIGINT),"
    " CAST(SUM(wait_ms) AS BIGINT), CAST(SUM(waited_within_10s) AS BIGINT), CAST(SUM(talked) AS BIGINT),"
    " CAST(SUM(talk_ms) AS BIGINT)"
    " FROM contact_rollups WHERE day >= :from AND day <= :until"
    " GROUP BY day, hour, queue, product ORDER BY day, hour, queue, product";
constexpr db::Sql kLastDay = "SELECT MAX(day) FROM contact_rollups";

// The place before the first row, whichever way the list goes: call ids are never empty.
Key before_all(const Lane& lane, Sort sort) {
  const bool by_time = sort.by == SortBy::offered_at;
  if (!sort.descending) return {.value = by_time ? lane.during.from.us : -1, .call = {}, .number = 0};
  return {.value = by_time ? lane.during.until.us : std::numeric_limits<std::int64_t>::max(), .call = {}, .number = 0};
}

Result<std::vector<Key>> read_keys(Result<db::Rows> opened) {
  ZH_TRY(db::Rows rows, std::move(opened));
  std::vector<Key> keys;
  while (rows.next()) {
    keys.push_back({.value = rows.get<std::int64_t>(0), .call = rows.get<std::string>(1), .number = rows.get<int>(2)});
  }
  ZH_CHECK(rows.finish());
  return keys;
}

// The statement of the order, from those of time, waiting and talking, each down and up.
struct Orders {
  db::Sql time_down;
  db::Sql time_up;
  db::Sql wait_down;
  db::Sql wait_up;
  db::Sql talk_down;
  db::Sql talk_up;

  db::Sql of(Sort sort) const {
    switch (sort.by) {
      case SortBy::offered_at:
        return sort.descending ? time_down : time_up;
      case SortBy::wait_ms:
        return sort.descending ? wait_down : wait_up;
      case SortBy::talk_ms:
        return sort.descending ? talk_down : talk_up;
    }
    return time_down;
  }
};
constexpr Orders kEverything{kByTimeDown, kByTimeUp, kByWaitDown, kByWaitUp, kByTalkDown, kByTalkUp};
constexpr Orders kMember{kOfMemberDown,     kOfMemberUp,         kOfMemberByWaitDown,
                         kOfMemberByWaitUp, kOfMemberByTalkDown, kOfMemberByTalkUp};
constexpr Orders kMemberInQueue{kOfMemberInQueueDown, kOfMemberInQueueUp,  kOfMemberByWaitDown,
                                kOfMemberByWaitUp,    kOfMemberByTalkDown, kOfMemberByTalkUp};

template <class Enum>
Enum enum_of(int stored, Enum last) {
  return static_cast<Enum>(std::clamp(stored, 0, static_cast<int>(last)));
}

std::optional<std::int64_t> number_of(const std::optional<Outcome>& outcome) {
  if (!outcome) return std::nullopt;
  return static_cast<std::int64_t>(*outcome);
}

}  // namespace

Result<std::vector<Key>> keys(db::Transaction& tx, const Lane& lane, const Rest& rest, Sort sort,
                              const std::optional<Key>& after, std::size_t limit) {
  const bool by_time = sort.by == SortBy::offered_at;
  const Key start = before_all(lane, sort);
  Key from = after.value_or(start);
  // A lane may lie wholly after the page's place.
  if (by_time) from = sort.descending ? std::min(from, start) : std::max(from, start);
  const auto most = static_cast<std::int64_t>(limit);
  const auto outcome = number_of(rest.outcome);
  switch (lane.by) {
    case Lane::By::everything:
      if (by_time) {
        return read_keys(tx.query(kEverything.of(sort), {{"from", lane.during.from},
                                                         {"until", lane.during.until},
                                                         {"value", from.value},
                                                         {"call", from.call},
                                                         {"number", from.number},
                                                         {"limit", most}}));
      }
      return read_keys(tx.query(kEverything.of(sort), {{"from", lane.during.from},
                                                       {"until", lane.during.until},
                                                       {"value", from.value},
                                                       {"call", from.call},
                                                       {"number", from.number},
                                                       {"queue", rest.queue},
                                                       {"outcome", outcome},
                                                       {"limit", most}}));
    case Lane::By::queue:
      return read_keys(
          tx.query(sort.descending ? kOfQueueDown : kOfQueueUp, {{"queue", lane.queue},
                                                                 {"outcome", static_cast<std::int64_t>(lane.outcome)},
                                                                 {"from", lane.during.from},
                                                                 {"until", lane.during.until},
                                                                 {"value", from.value},
                                                                 {"call", from.call},
                                                                 {"number", from.number},
                                                                 {"limit", most}}));
    case Lane::By::member:
      return read_keys(tx.query((rest.queue ? kMemberInQueue : kMember).of(sort),
                                {{"member", lane.member},
                                 {"transcripts", std::int64_t{lane.transcripts_only}},
                                 {"from", lane.during.from},
                                 {"until", lane.during.until},
                                 {"value", from.value},
                                 {"call", from.call},
                                 {"number", from.number},
                                 {"queue", rest.queue},
                                 {"outcome", outcome},
                                 {"limit", most}}));
    case Lane::By::customer:
      return read_keys(
          tx.query(sort.descending ? kOfCustomerDown : kOfCustomerUp,
                   {{"customer", lane.customer},
                    {"from", lane.during.from},
                    {"until", lane.during.until},
                    {"value", from.value},
                    {"call", from.call},
                    {"number", from.number},
                    {"member", lane.member.empty() ? std::optional<std::string_view>() : std::optional(lane.member)},
                    {"transcripts", std::int64_t{lane.transcripts_only}},
                    {"queue", rest.queue},
                    {"outcome", outcome},
                    {"limit", most}}));
  }
  return std::vector<Key>();
}

Result<std::vector<std::string>> queues(db::Transaction& tx) {
  ZH_TRY(db::Rows rows, tx.query(kQueues));
  std::vector<std::string> names;
  while (rows.next()) names.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return names;
}

Result<std::int64_t> count(db::Transaction& tx, Interval during, std::int64_t most) {
  return tx.value<std::int64_t>(kCount, {{"from", during.from}, {"until", during.until}, {"most", most}});
}

Result<std::optional<Contact>> contact(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(kContact, {{"call", call}, {"number", number}}));
  std::optional<Contact> found;
  if (rows.next()) {
    Contact& it = found.emplace();
    it.call = rows.get<std::string>(0);
    it.number = rows.get<int>(1);
    it.source = enum_of(rows.get<int>(2), Source::transcript);
    it.channel = enum_of(rows.get<int>(3), Channel::visit);
    it.direction = enum_of(rows.get<int>(4), Direction::internal);
    it.queue = rows.get<std::string>(5);
    it.product = rows.get<std::string>(6);
    it.member = rows.get<std::string>(7);
    it.offered_at = rows.get<Instant>(8);
    it.answered_at = rows.get<std::optional<Instant>>(9);
    it.ended_at = rows.get<std::optional<Instant>>(10);
    it.wait_ms = rows.get<std::optional<std::int64_t>>(11);
    it.ring_ms = rows.get<std::optional<std::int64_t>>(12);
    it.talk_ms = rows.get<std::optional<std::int64_t>>(13);
    it.hold_ms = rows.get<std::optional<std::int64_t>>(14);
    it.outcome = enum_of(rows.get<int>(15), Outcome::withdrawn);
    it.transferred = enum_of(rows.get<int>(16), Transferred::attended);
    it.ended_by = enum_of(rows.get<int>(17), EndedBy::transfer);
    it.customer = rows.get<std::optional<std::string>>(18).value_or("");
  }
  ZH_CHECK(rows.finish());
  return found;
}

Result<bool> has_customer(db::Transaction& tx, std::string_view customer) {
  ZH_TRY(const auto found, tx.first<std::int64_t>(kHasCustomer, {{"customer", customer}}));
  return found.has_value();
}

Result<std::vector<Lines>> lines_of(db::Transaction& tx, std::string_view call) {
  ZH_TRY(db::Rows rows, tx.query(kLines, {{"call", call}}));
  std::vector<Lines> lines;
  while (rows.next()) {
    lines.push_back({.source = enum_of(rows.get<int>(0), Source::transcript), .text = rows.get<std::string>(1)});
  }
  ZH_CHECK(rows.finish());
  return lines;
}

Result<std::vector<HourOfQueue>> hours(db::Transaction& tx, Days days) {
  // The sums that the statement gives, in its order.
  constexpr std::int64_t Sums::* columns[] = {
      &Sums::contacts, &Sums::offered, &Sums::answered,          &Sums::abandoned, &Sums::timeout, &Sums::exit_key,
      &Sums::waited,   &Sums::wait_ms, &Sums::waited_within_10s, &Sums::talked,    &Sums::talk_ms};
  ZH_TRY(db::Rows rows, tx.query(kHours, {{"from", days.from}, {"until", days.until}}));
  std::vector<HourOfQueue> hours;
  while (rows.next()) {
    HourOfQueue& hour = hours.emplace_back();
    hour.day = rows.get<Date>(0);
    hour.hour = rows.get<int>(1);
    hour.queue = rows.get<std::string>(2);
    hour.product = rows.get<std::string>(3);
    for (int column = 4; const auto sum : columns) hour.sums.*sum = rows.get<std::int64_t>(column++);
  }
  ZH_CHECK(rows.finish());
  return hours;
}

Result<std::optional<Date>> last_day(db::Transaction& tx) { return tx.value<std::optional<Date>>(kLastDay); }

}  // namespace zh::contacts::api::store
