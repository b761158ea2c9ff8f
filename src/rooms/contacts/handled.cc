#include "rooms/contacts/handled.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace zh::contacts {

namespace {

constexpr db::Sql kHandledOne =
    "SELECT call_id, number, channel, queue, product, member, offered_at, talk_ms, transferred, source FROM contacts"
    " WHERE call_id = :call_id AND number = :number AND outcome = 1 AND member <> ''";

constexpr db::Sql kHandled =
    "SELECT call_id, number, channel, queue, product, member, offered_at, talk_ms, transferred, source FROM contacts"
    " WHERE offered_at >= :from AND offered_at < :until AND outcome = 1 AND member <> ''";

constexpr db::Sql kRepeats =
    "SELECT call_id, number FROM (SELECT call_id, number, offered_at,"
    " LAG(offered_at) OVER (PARTITION BY customer ORDER BY offered_at, call_id, number) AS before_at"
    " FROM contact_customers WHERE offered_at >= :earliest AND offered_at < :until) AS calls"
    " WHERE offered_at >= :from AND offered_at - before_at <= :within";

constexpr db::Sql kSilent =
    "SELECT c.call_id, c.number FROM contacts c"
    " JOIN contact_acoustics a ON a.call_id = c.call_id AND a.number = c.number"
    " WHERE c.offered_at >= :from AND c.offered_at < :until AND a.silence_longest_ms >= :at_least";

// The contact in the row at hand.
Handled read(db::Rows& rows) {
  return {.call = rows.get<std::string_view>(0),
          .number = rows.get<int>(1),
          .channel = static_cast<Channel>(rows.get<int>(2)),
          .queue = rows.get<std::string_view>(3),
          .product = rows.get<std::string_view>(4),
          .member = rows.get<std::string_view>(5),
          .offered_at = rows.get<Instant>(6),
          .talk_ms = rows.get<std::optional<std::int64_t>>(7),
          .transferred = static_cast<Transferred>(rows.get<int>(8)),
          .source = static_cast<Source>(rows.get<int>(9))};
}

std::string source_id_of(std::string_view call, int number) {
  return number == 1 ? std::string(call) : fmt::format("{}#{}", call, number);
}

Result<SourceIds> source_ids(db::Rows rows) {
  SourceIds ids;
  while (rows.next()) ids.insert(source_id_of(rows.get<std::string_view>(0), rows.get<int>(1)));
  ZH_CHECK(rows.finish());
  return ids;
}

struct Place {
  std::string call;
  int number = 1;
};
// "call#2" is the second contact of the call, unless the call itself is named so.
Place place_of(std::string_view source_id) {
  const std::size_t hash = source_id.rfind('#');
  int number = 0;
  if (hash != std::string_view::npos) {
    const std::string_view digits = source_id.substr(hash + 1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (problem != std::errc() || end != digits.data() + digits.size()) number = 0;
  }
  if (number < 2) return {std::string(source_id), 1};
  return {std::string(source_id.substr(0, hash)), number};
}

}  // namespace

std::string Handled::source_id() const { return number == 1 ? std::string(call) : fmt::format("{}#{}", call, number); }

const people::Person* agent_named(const people::People& people, Source source, std::string_view member, Date day) {
  const people::Person* const holder = people.holder_of(member, day);
  if (holder != nullptr || source != Source::transcript) return holder;
  const people::Person* const named = people.find(member);
  return named != nullptr && named->employed_on(day) ? named : nullptr;
}

Status each_handled(db::Transaction& tx, Interval during, const std::function<Status(const Handled&)>& visit) {
  ZH_TRY(db::Rows rows, tx.cursor(kHandled, {{"from", during.from}, {"until", during.until}}));
  while (rows.next()) ZH_CHECK(visit(read(rows)));
  return rows.finish();
}

Result<bool> with_handled(db::Transaction& tx, std::string_view source_id,
                          const std::function<Status(const Handled&)>& visit) {
  const Place place = place_of(source_id);
  ZH_TRY(db::Rows rows, tx.query(kHandledOne, {{"call_id", place.call}, {"number", place.number}}));
  const bool found = rows.next();
  if (found) ZH_CHECK(visit(read(rows)));
  ZH_CHECK(rows.finish());
  return found;
}

Result<SourceIds> repeat_contacts(db::Transaction& tx, Interval during, std::int64_t within_us) {
  ZH_TRY(db::Rows rows, tx.query(kRepeats, {{"earliest", during.from.us - within_us},
                                            {"from", during.from},
                                            {"until", during.until},
                                            {"within", within_us}}));
  return source_ids(std::move(rows));
}

Result<SourceIds> silent_contacts(db::Transaction& tx, Interval during, std::int64_t at_least_ms) {
  ZH_TRY(db::Rows rows, tx.query(kSilent, {{"from", during.from}, {"until", during.until}, {"at_least", at_least_ms}}));
  return source_ids(std::move(rows));
}

}  // namespace zh::contacts
