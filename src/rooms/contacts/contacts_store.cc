#include "rooms/contacts/contacts_store.h"

#include <algorithm>
#include <map>

#include "rooms/contacts/records.h"

namespace zh::contacts::store {

namespace {

constexpr int kRollupSums = 16;

constexpr db::Sql kMakeStagedRecords =
    "CREATE TEMP TABLE staged_records ("
    " place INTEGER NOT NULL,"
    " about INTEGER NOT NULL,"
    " source INTEGER NOT NULL,"
    " record_key TEXT NOT NULL,"
    " lines TEXT NOT NULL,"
    " line_count INTEGER NOT NULL,"
    " PRIMARY KEY (about, record_key, place)"
    ") WITHOUT ROWID, STRICT;";
constexpr db::Into kIntoStagedRecords{"staged_records", "place, about, source, record_key, lines, line_count"};

// A staged record is known when an equal one lives; a table's, transcript's or recording's (sources from 3 on) only
// when it is the last word about its key, since what is stated again is a correction. Grouped so that what a file
// states twice is asserted once. CROSS JOIN makes SQLite go through the staged records, which are few, and not through
// all that there are.
constexpr db::Sql kKnownRecords =
    "SELECT r.id FROM staged_records s CROSS JOIN contact_records r"
    " WHERE r.record_key = s.record_key AND r.about = s.about AND r.source = s.source AND r.lines = s.lines"
    " AND (s.source < 3 OR NOT EXISTS (SELECT 1 FROM contact_records n WHERE n.record_key = r.record_key"
    "   AND n.about = r.about AND n.source = r.source AND n.id > r.id))"
    " GROUP BY r.id ORDER BY r.id";
constexpr db::Sql kKnownLines =
    "SELECT CAST(COALESCE(SUM(s.line_count), 0) AS BIGINT) FROM staged_records s"
    " WHERE EXISTS (SELECT 1 FROM contact_records r WHERE r.record_key = s.record_key AND r.about = s.about"
    "   AND r.source = s.source AND r.lines = s.lines"
    "   AND (s.source < 3 OR NOT EXISTS (SELECT 1 FROM contact_records n WHERE n.record_key = r.record_key"
    "     AND n.about = r.about AND n.source = r.source AND n.id > r.id)))";
constexpr db::Sql kKnownKey =
    "SELECT r.id FROM staged_records s CROSS JOIN contact_records r"
    " WHERE r.record_key = s.record_key AND r.about = s.about AND s.about = :about LIMIT 1";
constexpr db::Sql kLastId =
    "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM ("
    " SELECT MAX(id) AS id FROM contact_records UNION ALL SELECT MAX(last_id) FROM contact_record_ranges) ids";
constexpr db::Sql kEnterStaged =
    "INSERT INTO contact_records (id, about, source, record_key, lines)"
    " SELECT :base + s.place, s.about, s.source, s.record_key, s.lines FROM staged_records s"
    " WHERE NOT EXISTS (SELECT 1 FROM contact_records r WHERE r.record_key = s.record_key AND r.about = s.about"
    "   AND r.source = s.source AND r.lines = s.lines"
    "   AND (s.source < 3 OR NOT EXISTS (SELECT 1 FROM contact_records n WHERE n.record_key = r.record_key"
    "     AND n.about = r.about AND n.source = r.source AND n.id > r.id)))"
    " ORDER BY s.about, s.record_key, s.place";
constexpr db::Sql kEnterStagedIntoNothing =
    "INSERT INTO contact_records (id, about, source, record_key, lines)"
    " SELECT :base + s.place, s.about, s.source, s.record_key, s.lines FROM staged_records s"
    " ORDER BY s.about, s.record_key, s.place";
constexpr db::Sql kInsertRange =
    "INSERT INTO contact_record_ranges (batch, first_id, last_id) VALUES (:batch, :first, :last)";
constexpr db::Sql kRangesOf =
    "SELECT first_id, last_id FROM contact_record_ranges WHERE batch = :batch ORDER BY first_id";
constexpr db::Sql kRangesOfOthers =
    "SELECT first_id, last_id FROM contact_record_ranges WHERE batch <> :batch ORDER BY first_id";
constexpr db::Sql kDeleteRanges = "DELETE FROM contact_record_ranges WHERE batch = :batch";
constexpr db::Sql kDeleteExtent = "DELETE FROM contact_batches WHERE batch = :batch";
constexpr db::Sql kStageRange =
    "INSERT INTO staged_records (place, about, source, record_key, lines, line_count)"
    " SELECT id, about, source, record_key, '', 0 FROM contact_records WHERE id >= :first AND id <= :last";
constexpr db::Sql kDeleteRange = "DELETE FROM contact_records WHERE id >= :first AND id <= :last";

constexpr db::Sql kStageEveryKey =
    "INSERT INTO staged_records (place, about, source, record_key, lines, line_count)"
    " SELECT MIN(id), about, 1, record_key, '', 0 FROM contact_records GROUP BY record_key, about";
constexpr db::Sql kForgetContacts = "DELETE FROM contacts";
constexpr db::Sql kForgetCustomers = "DELETE FROM contact_customers";
constexpr db::Sql kForgetRings = "DELETE FROM contact_rings";
constexpr db::Sql kForgetRollups = "DELETE FROM contact_rollups";
constexpr db::Sql kForgetChanges = "DELETE FROM agent_changes";
constexpr db::Sql kForgetTranscripts = "DELETE FROM contact_transcripts";
constexpr db::Sql kForgetRecordings = "DELETE FROM contact_recordings";

// The keys of every 4,096th staged record cut the keys into pages: enough on each that statements are few, few enough
// that a page's contacts take some megabytes. No sorting of all keys is needed for it.
constexpr db::Sql kPageEnds =
    "SELECT DISTINCT record_key FROM staged_records WHERE about = :about AND place % 4096 = 0 ORDER BY record_key";
constexpr db::Sql kLastKey = "SELECT MAX(record_key) FROM staged_records WHERE about = :about";
constexpr db::Sql kRecordsAbout =
    "SELECT r.source, r.record_key, r.lines FROM contact_records r"
    " WHERE r.about = :about AND r.record_key > :after AND r.record_key <= :until AND EXISTS"
    " (SELECT 1 FROM staged_records s WHERE s.about = r.about AND s.record_key = r.record_key)"
    " ORDER BY r.record_key, r.source, r.id";

constexpr db::Sql kStoredContacts =
    "SELECT call_id, number, source, channel, direction, queue, product, member, offered_at, answered_at, ended_at,"
    " wait_ms, ring_ms, talk_ms, hold_ms, outcome, transferred, ended_by, entered, connected"
    " FROM contacts WHERE call_id > :after AND call_id <= :until AND call_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)"
    " ORDER BY call_id, number";
constexpr db::Sql kStoredCustomers =
    "SELECT call_id, number, customer FROM contact_customers WHERE call_id > :after AND call_id <= :until AND call_id "
    "IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)"
    " ORDER BY call_id, number";
constexpr db::Sql kStoredRings =
    "SELECT call_id, number, member, ring_ms FROM contact_rings WHERE call_id > :after AND call_id <= :until AND "
    "call_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)"
    " ORDER BY call_id, number, place";
constexpr db::Sql kDeleteContacts =
    "DELETE FROM contacts WHERE call_id > :after AND call_id <= :until AND call_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)";
constexpr db::Sql kDeleteCustomers =
    "DELETE FROM contact_customers WHERE call_id > :after AND call_id <= :until AND call_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)";
constexpr db::Sql kDeleteRings =
    "DELETE FROM contact_rings WHERE call_id > :after AND call_id <= :until AND call_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 1)";
constexpr db::Into kIntoContacts{
    "contacts",
    "call_id, number, source, channel, direction, queue, product, member, offered_at, answered_at, ended_at, wait_ms,"
    " ring_ms, talk_ms, hold_ms, outcome, transferred, ended_by, entered, connected"};
constexpr db::Into kIntoCustomers{"contact_customers", "call_id, number, customer, offered_at"};
constexpr db::Into kIntoRings{"contact_rings", "call_id, number, place, member, ring_ms"};

constexpr db::Sql kDeleteChanges =
    "DELETE FROM agent_changes WHERE day_key > :after AND day_key <= :until AND day_key IN"
    " (SELECT record_key FROM staged_records WHERE about = 2)";
constexpr db::Into kIntoChanges{"agent_changes", "day_key, place, at, queue, change, reason"};

constexpr db::Sql kMakeStagedRollups =
    "CREATE TEMP TABLE staged_rollups ("
    " day INTEGER NOT NULL, hour INTEGER NOT NULL, queue TEXT NOT NULL, product TEXT NOT NULL, member TEXT NOT NULL,"
    " contacts INTEGER NOT NULL, offered INTEGER NOT NULL, answered INTEGER NOT NULL, abandoned INTEGER NOT NULL,"
    " timed_out INTEGER NOT NULL, exit_key INTEGER NOT NULL, missed INTEGER NOT NULL, waited INTEGER NOT NULL,"
    " wait_ms INTEGER NOT NULL, waited_within_10s INTEGER NOT NULL, rung INTEGER NOT NULL, ring_ms INTEGER NOT NULL,"
    " rung_within_10s INTEGER NOT NULL, talked INTEGER NOT NULL, talk_ms INTEGER NOT NULL,"
    " ended_by_agent INTEGER NOT NULL,"
    " PRIMARY KEY (day, hour, queue, product, member)"
    ") STRICT;";
constexpr db::Into kIntoStagedRollups{
    "staged_rollups",
    "day, hour, queue, product, member, contacts, offered, answered, abandoned, timed_out, exit_key, missed, waited,"
    " wait_ms, waited_within_10s, rung, ring_ms, rung_within_10s, talked, talk_ms, ended_by_agent"};
constexpr db::Sql kAddRollups =
    "INSERT INTO contact_rollups (day, hour, queue, product, member, contacts, offered, answered, abandoned, timed_out,"
    " exit_key, missed, waited, wait_ms, waited_within_10s, rung, ring_ms, rung_within_10s, talked, talk_ms,"
    " ended_by_agent)"
    " SELECT day, hour, queue, product, member, contacts, offered, answered, abandoned, timed_out,"
    " exit_key, missed, waited, wait_ms, waited_within_10s, rung, ring_ms, rung_within_10s, talked, talk_ms,"
    " ended_by_agent FROM staged_rollups WHERE 1 = 1"
    " ON CONFLICT (day, hour, queue, product, member) DO UPDATE SET"
    " contacts = contact_rollups.contacts + excluded.contacts,"
    " offered = contact_rollups.offered + excluded.offered,"
    " answered = contact_rollups.answered + excluded.answered,"
    " abandoned = contact_rollups.abandoned + excluded.abandoned,"
    " timed_out = contact_rollups.timed_out + excluded.timed_out,"
    " exit_key = contact_rollups.exit_key + excluded.exit_key,"
    " missed = contact_rollups.missed + excluded.missed,"
    " waited = contact_rollups.waited + excluded.waited,"
    " wait_ms = contact_rollups.wait_ms + excluded.wait_ms,"
    " waited_within_10s = contact_rollups.waited_within_10s + excluded.waited_within_10s,"
    " rung = contact_rollups.rung + excluded.rung,"
    " ring_ms = contact_rollups.ring_ms + excluded.ring_ms,"
    " rung_within_10s = contact_rollups.rung_within_10s + excluded.rung_within_10s,"
    " talked = contact_rollups.talked + excluded.talked,"
    " talk_ms = contact_rollups.talk_ms + excluded.talk_ms,"
    " ended_by_agent = contact_rollups.ended_by_agent + excluded.ended_by_agent";
constexpr db::Sql kDropEmptyRollups =
    "DELETE FROM contact_rollups WHERE contacts = 0 AND missed = 0 AND EXISTS (SELECT 1 FROM staged_rollups s"
    " WHERE s.day = contact_rollups.day AND s.hour = contact_rollups.hour AND s.queue = contact_rollups.queue"
    " AND s.product = contact_rollups.product AND s.member = contact_rollups.member)";

constexpr db::Sql kRollupZone = "SELECT zone FROM contact_rollup_zone";
constexpr db::Sql kSetRollupZone =
    "INSERT INTO contact_rollup_zone (place, zone) VALUES (1, :zone)"
    " ON CONFLICT (place) DO UPDATE SET zone = excluded.zone";
constexpr db::Sql kSetExtent = "INSERT INTO contact_batches (batch, first_at, last_at) VALUES (:batch, :first, :last)";
constexpr db::Sql kLogEnd = "SELECT MAX(last_at) FROM contact_batches";

constexpr db::Sql kQueueProducts =
    "SELECT queue, effective_from, product FROM queue_products ORDER BY queue, effective_from";
constexpr db::Sql kSetQueueProduct = R"(
  INSERT INTO queue_products (queue, effective_from, product) VALUES (:queue, :effective_from, :product)
  ON CONFLICT (queue, effective_from) DO UPDATE SET product = excluded.product)";

constexpr db::Sql kDailySums =
    "SELECT day, 0, queue, product, member, CAST(SUM(contacts) AS BIGINT), CAST(SUM(offered) AS BIGINT),"
    " CAST(SUM(answered) AS BIGINT), CAST(SUM(abandoned) AS BIGINT), CAST(SUM(timed_out) AS BIGINT),"
    " CAST(SUM(exit_key) AS BIGINT), CAST(SUM(missed) AS BIGINT), CAST(SUM(waited) AS BIGINT),"
    " CAST(SUM(wait_ms) AS BIGINT), CAST(SUM(waited_within_10s) AS BIGINT), CAST(SUM(rung) AS BIGINT),"
    " CAST(SUM(ring_ms) AS BIGINT), CAST(SUM(rung_within_10s) AS BIGINT), CAST(SUM(talked) AS BIGINT),"
    " CAST(SUM(talk_ms) AS BIGINT), CAST(SUM(ended_by_agent) AS BIGINT)"
    " FROM contact_rollups WHERE day >= :from AND day <= :until"
    " GROUP BY day, queue, product, member ORDER BY day, queue, product, member";
constexpr db::Sql kHourlySums =
    "SELECT day, hour, queue, product, member, contacts, offered, answered, abandoned, timed_out, exit_key, missed,"
    " waited, wait_ms, waited_within_10s, rung, ring_ms, rung_within_10s, talked, talk_ms, ended_by_agent"
    " FROM contact_rollups WHERE day >= :from AND day <= :until ORDER BY day, hour, queue, product, member";
constexpr db::Sql kDaysWithContacts =
    "SELECT day FROM contact_rollups WHERE day >= :from AND day <= :until GROUP BY day ORDER BY day";
constexpr db::Sql kChangesWithin =
    "SELECT day_key, at, queue, change, reason FROM agent_changes"
    " WHERE day_key >= :from AND day_key < :until ORDER BY day_key, place";

// The columns of sums in the order of the statements above.
constexpr std::int64_t Sums::* kSumColumns[kRollupSums] = {
    &Sums::contacts,        &Sums::offered, &Sums::answered, &Sums::abandoned,         &Sums::timeout, &Sums::exit_key,
    &Sums::missed,          &Sums::waited,  &Sums::wait_ms,  &Sums::waited_within_10s, &Sums::rung,    &Sums::ring_ms,
    &Sums::rung_within_10s, &Sums::talked,  &Sums::talk_ms,  &Sums::ended_by_agent};

template <class Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

// A stored enum. A number out of its range, which nothing of ours writes, becomes the nearest in it.
template <class Enum>
Enum enum_of(int stored, Enum first, Enum last) {
  return static_cast<Enum>(std::clamp(stored, static_cast<int>(first), static_cast<int>(last)));
}
Source source_of(int stored) { return enum_of(stored, Source::queue_log, Source::recording); }

Result<std::vector<IdRange>> read_ranges(db::Rows rows) {
  std::vector<IdRange> ranges;
  while (rows.next()) ranges.push_back({rows.get<std::int64_t>(0), rows.get<std::int64_t>(1)});
  ZH_CHECK(rows.finish());
  return ranges;
}

// The ids of a query's only column, ascending, as ranges.
Result<std::vector<IdRange>> read_ids(db::Rows rows) {
  std::vector<IdRange> ranges;
  while (rows.next()) {
    const auto id = rows.get<std::int64_t>(0);
    if (!ranges.empty() && ranges.back().last + 1 == id) {
      ranges.back().last = id;
    } else {
      ranges.push_back({id, id});
    }
  }
  ZH_CHECK(rows.finish());
  return ranges;
}

Status insert_ranges(db::Transaction& tx, ledger::BatchId batch, const std::vector<IdRange>& ranges) {
  for (const IdRange& range : ranges) {
    ZH_CHECK(tx.execute(kInsertRange, {{"batch", batch}, {"first", range.first}, {"last", range.last}}));
  }
  return {};
}

// Where contacts are found by call and number while their other tables are read.
using ByNumber = std::map<std::pair<std::string_view, int>, Contact*>;

Status add_customers(db::Rows rows, const ByNumber& contacts) {
  while (rows.next()) {
    const auto found = contacts.find({rows.get<std::string_view>(0), rows.get<int>(1)});
    if (found != contacts.end()) found->second->customer = rows.get<std::string>(2);
  }
  return rows.finish();
}

Status add_rings(db::Rows rows, const ByNumber& contacts) {
  while (rows.next()) {
    const auto found = contacts.find({rows.get<std::string_view>(0), rows.get<int>(1)});
    if (found == contacts.end()) continue;
    found->second->rings.push_back({rows.get<std::string>(2), rows.get<std::int64_t>(3)});
  }
  return rows.finish();
}

Status load_contacts(db::Transaction& tx, const std::vector<Contact>& contacts) {
  ZH_TRY(db::Load load, tx.load(kIntoContacts));
  for (const Contact& c : contacts) {
    ZH_CHECK(load.add({c.call,
                       c.number,
                       number(c.source),
                       number(c.channel),
                       number(c.direction),
                       c.queue,
                       c.product,
                       c.member,
                       c.offered_at,
                       c.answered_at,
                       c.ended_at,
                       c.wait_ms,
                       c.ring_ms,
                       c.talk_ms,
                       c.hold_ms,
                       number(c.outcome),
                       number(c.transferred),
                       number(c.ended_by),
                       std::int64_t{c.entered},
                       std::int64_t{c.connected}}));
  }
  ZH_CHECK(load.finish());
  return {};
}

Status load_customers(db::Transaction& tx, const std::vector<Contact>& contacts) {
  ZH_TRY(db::Load load, tx.load(kIntoCustomers));
  for (const Contact& contact : contacts) {
    if (contact.customer.empty()) continue;
    ZH_CHECK(load.add({contact.call, contact.number, contact.customer, contact.offered_at}));
  }
  ZH_CHECK(load.finish());
  return {};
}

Status load_rings(db::Transaction& tx, const std::vector<Contact>& contacts) {
  ZH_TRY(db::Load load, tx.load(kIntoRings));
  for (const Contact& contact : contacts) {
    for (std::int64_t place = 0; const Ring& ring : contact.rings) {
      ZH_CHECK(load.add({contact.call, contact.number, place++, ring.member, ring.ring_ms}));
    }
  }
  ZH_CHECK(load.finish());
  return {};
}

Rollup rollup_from(db::Rows& rows) {
  Rollup rollup;
  rollup.key = {.day = rows.get<Date>(0),
                .hour = rows.get<int>(1),
                .queue = rows.get<std::string>(2),
                .product = rows.get<std::string>(3),
                .member = rows.get<std::string>(4)};
  for (int i = 0; i < kRollupSums; ++i) rollup.sums.*kSumColumns[i] = rows.get<std::int64_t>(5 + i);
  return rollup;
}

Result<std::vector<Rollup>> read_rollups(db::Rows rows) {
  std::vector<Rollup> rollups;
  while (rows.next()) rollups.push_back(rollup_from(rows));
  ZH_CHECK(rows.finish());
  return rollups;
}

}  // namespace

Contact contact_from(db::Rows& rows) {
  Contact contact;
  contact.call = rows.get<std::string>(0);
  contact.number = rows.get<int>(1);
  contact.source = source_of(rows.get<int>(2));
  contact.channel = enum_of(rows.get<int>(3), Channel::call, Channel::visit);
  contact.direction = enum_of(rows.get<int>(4), Direction::unknown, Direction::internal);
  contact.queue = rows.get<std::string>(5);
  contact.product = rows.get<std::string>(6);
  contact.member = rows.get<std::string>(7);
  contact.offered_at = rows.get<Instant>(8);
  contact.answered_at = rows.get<std::optional<Instant>>(9);
  contact.ended_at = rows.get<std::optional<Instant>>(10);
  contact.wait_ms = rows.get<std::optional<std::int64_t>>(11);
  contact.ring_ms = rows.get<std::optional<std::int64_t>>(12);
  contact.talk_ms = rows.get<std::optional<std::int64_t>>(13);
  contact.hold_ms = rows.get<std::optional<std::int64_t>>(14);
  contact.outcome = enum_of(rows.get<int>(15), Outcome::open, Outcome::withdrawn);
  contact.transferred = enum_of(rows.get<int>(16), Transferred::none, Transferred::attended);
  contact.ended_by = enum_of(rows.get<int>(17), EndedBy::unknown, EndedBy::transfer);
  contact.entered = rows.get<bool>(18);
  contact.connected = rows.get<bool>(19);
  return contact;
}

Status make_staging(db::Transaction& tx) { return tx.temporary_table(kMakeStagedRecords); }

Result<StagedRecords> StagedRecords::open(db::Transaction& tx, std::int64_t placed) {
  ZH_TRY(db::Load load, tx.load(kIntoStagedRecords));
  return StagedRecords(std::move(load), placed);
}

Status StagedRecords::add(const Record& record) {
  return load_.add(
      {++count_, number(record.about), number(record.source), record.key, record.lines, record.line_count});
}

Result<std::int64_t> StagedRecords::finish() {
  ZH_CHECK(load_.finish());
  return count_;
}

Result<Entered> enter_staged(db::Transaction& tx, ledger::BatchId batch) {
  ZH_TRY(const auto base, tx.value<std::int64_t>(kLastId));
  const auto is_any_known = [&tx](About about) -> Result<bool> {
    ZH_TRY(const auto known, tx.first<std::int64_t>(kKnownKey, {{"about", number(about)}}));
    return known.has_value();
  };
  Entered entered;
  ZH_TRY(entered.calls_known, is_any_known(About::call));
  ZH_TRY(entered.days_known, is_any_known(About::member_day));
  ZH_TRY(const bool transcripts_known, is_any_known(About::transcript));
  ZH_TRY(const bool recordings_known, is_any_known(About::recording));
  std::vector<IdRange> ranges;
  const bool any_known = entered.calls_known || entered.days_known || transcripts_known || recordings_known;
  if (any_known) {
    ZH_TRY(db::Rows known_rows, tx.query(kKnownRecords));
    ZH_TRY(ranges, read_ids(std::move(known_rows)));
    ZH_TRY(entered.known_lines, tx.value<std::int64_t>(kKnownLines));
  }
  ZH_TRY(entered.new_records, tx.execute(any_known ? kEnterStaged : kEnterStagedIntoNothing, {{"base", base}}));
  if (entered.new_records > 0) {
    ZH_TRY(const auto last, tx.value<std::int64_t>(kLastId));
    ranges.push_back({base + 1, last});
  }
  ZH_CHECK(insert_ranges(tx, batch, ranges));
  return entered;
}

Status take_away(db::Transaction& tx, ledger::BatchId batch) {
  ZH_CHECK(make_staging(tx));
  ZH_TRY(db::Rows own_rows, tx.query(kRangesOf, {{"batch", batch}}));
  ZH_TRY(const std::vector<IdRange> own, read_ranges(std::move(own_rows)));
  ZH_TRY(db::Rows other_rows, tx.query(kRangesOfOthers, {{"batch", batch}}));
  ZH_TRY(const std::vector<IdRange> others, read_ranges(std::move(other_rows)));
  for (const IdRange& range : without(own, others)) {
    ZH_CHECK(tx.execute(kStageRange, {{"first", range.first}, {"last", range.last}}));
    ZH_CHECK(tx.execute(kDeleteRange, {{"first", range.first}, {"last", range.last}}));
  }
  ZH_CHECK(tx.execute(kDeleteRanges, {{"batch", batch}}));
  ZH_CHECK(tx.execute(kDeleteExtent, {{"batch", batch}}));
  return {};
}

Status forget_derived(db::Transaction& tx) {
  ZH_CHECK(make_staging(tx));
  ZH_CHECK(tx.execute(kForgetContacts));
  ZH_CHECK(tx.execute(kForgetCustomers));
  ZH_CHECK(tx.execute(kForgetRings));
  ZH_CHECK(tx.execute(kForgetRollups));
  ZH_CHECK(tx.execute(kForgetChanges));
  ZH_CHECK(tx.execute(kForgetTranscripts));
  ZH_CHECK(tx.execute(kForgetRecordings));
  ZH_CHECK(tx.execute(kStageEveryKey));
  return {};
}

Result<std::vector<KeyPage>> key_pages(db::Transaction& tx, About about) {
  ZH_TRY(const auto last, tx.value<std::optional<std::string>>(kLastKey, {{"about", number(about)}}));
  std::vector<KeyPage> pages;
  if (!last.has_value()) return pages;
  ZH_TRY(db::Rows rows, tx.query(kPageEnds, {{"about", number(about)}}));
  std::string after;
  while (rows.next()) {
    pages.push_back({.about = about, .after = after, .until = rows.get<std::string>(0)});
    after = pages.back().until;
  }
  ZH_CHECK(rows.finish());
  if (after < *last) pages.push_back({.about = about, .after = after, .until = *last});
  return pages;
}

Result<std::vector<Record>> records_about(db::Transaction& tx, const KeyPage& page) {
  ZH_TRY(db::Rows rows,
         tx.query(kRecordsAbout, {{"about", number(page.about)}, {"after", page.after}, {"until", page.until}}));
  std::vector<Record> records;
  while (rows.next()) {
    records.push_back({.about = page.about,
                       .source = source_of(rows.get<int>(0)),
                       .key = rows.get<std::string>(1),
                       .lines = rows.get<std::string>(2)});
  }
  ZH_CHECK(rows.finish());
  return records;
}

Result<std::vector<Contact>> stored_contacts(db::Transaction& tx, const KeyPage& page) {
  const db::Params places = {{"after", page.after}, {"until", page.until}};
  ZH_TRY(db::Rows rows, tx.query(kStoredContacts, places));
  std::vector<Contact> contacts;
  while (rows.next()) contacts.push_back(contact_from(rows));
  ZH_CHECK(rows.finish());
  if (contacts.empty()) return contacts;

  ByNumber by_number;
  for (Contact& contact : contacts) by_number[{contact.call, contact.number}] = &contact;
  ZH_TRY(db::Rows customers, tx.query(kStoredCustomers, places));
  ZH_CHECK(add_customers(std::move(customers), by_number));
  ZH_TRY(db::Rows rings, tx.query(kStoredRings, places));
  ZH_CHECK(add_rings(std::move(rings), by_number));
  return contacts;
}

Status delete_contacts(db::Transaction& tx, const KeyPage& page) {
  const db::Params keys = {{"after", page.after}, {"until", page.until}};
  ZH_CHECK(tx.execute(kDeleteContacts, keys));
  ZH_CHECK(tx.execute(kDeleteCustomers, keys));
  ZH_CHECK(tx.execute(kDeleteRings, keys));
  return {};
}

Status add_contacts(db::Transaction& tx, const std::vector<Contact>& contacts) {
  if (contacts.empty()) return {};
  ZH_CHECK(load_contacts(tx, contacts));
  ZH_CHECK(load_customers(tx, contacts));
  return load_rings(tx, contacts);
}

Status delete_changes(db::Transaction& tx, const KeyPage& page) {
  ZH_CHECK(tx.execute(kDeleteChanges, {{"after", page.after}, {"until", page.until}}));
  return {};
}

Status add_changes(db::Transaction& tx, const std::vector<MemberDay>& days) {
  if (days.empty()) return {};
  ZH_TRY(db::Load load, tx.load(kIntoChanges));
  for (const MemberDay& day : days) {
    for (std::int64_t place = 0; const AgentChange& change : day.changes) {
      ZH_CHECK(load.add({day.key, place++, change.at, change.queue, number(change.change), change.reason}));
    }
  }
  ZH_CHECK(load.finish());
  return {};
}

Status add_rollups(db::Transaction& tx, const Rollups& differences) {
  if (differences.empty()) return {};
  ZH_CHECK(tx.temporary_table(kMakeStagedRollups));
  ZH_TRY(db::Load load, tx.load(kIntoStagedRollups));
  bool any_less = false;
  for (const auto& [key, s] : differences) {
    any_less = any_less || s.contacts < 0 || s.missed < 0;
    ZH_CHECK(load.add({key.day,   key.hour,   key.queue,           key.product, key.member, s.contacts,
                       s.offered, s.answered, s.abandoned,         s.timeout,   s.exit_key, s.missed,
                       s.waited,  s.wait_ms,  s.waited_within_10s, s.rung,      s.ring_ms,  s.rung_within_10s,
                       s.talked,  s.talk_ms,  s.ended_by_agent}));
  }
  ZH_CHECK(load.finish());
  ZH_CHECK(tx.execute(kAddRollups));
  if (any_less) ZH_CHECK(tx.execute(kDropEmptyRollups));
  return {};
}

Result<std::string> rollup_zone(db::Transaction& tx) {
  ZH_TRY(const auto zone, tx.first<std::string>(kRollupZone));
  return zone.value_or("");
}

Status set_rollup_zone(db::Transaction& tx, std::string_view zone) {
  ZH_CHECK(tx.execute(kSetRollupZone, {{"zone", zone}}));
  return {};
}

Result<std::vector<QueueProduct>> queue_products(db::Transaction& tx) {
  ZH_TRY(db::Rows rows, tx.query(kQueueProducts));
  std::vector<QueueProduct> products;
  while (rows.next()) {
    products.push_back(
        {.queue = rows.get<std::string>(0), .effective_from = rows.get<Date>(1), .product = rows.get<std::string>(2)});
  }
  ZH_CHECK(rows.finish());
  return products;
}

Status set_queue_product(db::Transaction& tx, const QueueProduct& product) {
  ZH_CHECK(
      tx.execute(kSetQueueProduct,
                 {{"queue", product.queue}, {"effective_from", product.effective_from}, {"product", product.product}}));
  return {};
}

Status set_extent(db::Transaction& tx, ledger::BatchId batch, Instant first, Instant last) {
  ZH_CHECK(tx.execute(kSetExtent, {{"batch", batch}, {"first", first}, {"last", last}}));
  return {};
}

Result<std::optional<Instant>> log_end(db::Transaction& tx) { return tx.value<std::optional<Instant>>(kLogEnd); }

Result<std::vector<Rollup>> daily_sums(db::Transaction& tx, Days days) {
  ZH_TRY(db::Rows rows, tx.query(kDailySums, {{"from", days.from}, {"until", days.until}}));
  return read_rollups(std::move(rows));
}

Result<std::vector<Rollup>> hourly_sums(db::Transaction& tx, Days days) {
  ZH_TRY(db::Rows rows, tx.query(kHourlySums, {{"from", days.from}, {"until", days.until}}));
  return read_rollups(std::move(rows));
}

Result<std::vector<Date>> days_with_contacts(db::Transaction& tx, Days days) {
  ZH_TRY(db::Rows rows, tx.query(kDaysWithContacts, {{"from", days.from}, {"until", days.until}}));
  std::vector<Date> found;
  while (rows.next()) found.push_back(rows.get<Date>(0));
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::vector<AgentChange>> changes_within(db::Transaction& tx, Interval interval) {
  const std::string from = utc_day(interval.from).to_string();
  const std::string until = utc_day(interval.until).plus_days(1).to_string();
  ZH_TRY(db::Rows rows, tx.query(kChangesWithin, {{"from", from}, {"until", until}}));
  std::vector<AgentChange> changes;
  while (rows.next()) {
    changes.push_back({.at = rows.get<Instant>(1),
                       .member = std::string(member_of_day_key(rows.get<std::string_view>(0))),
                       .queue = rows.get<std::string>(2),
                       .change = enum_of(rows.get<int>(3), Change::sign_in, Change::restart),
                       .reason = rows.get<std::string>(4)});
  }
  ZH_CHECK(rows.finish());
  return changes;
}

}  // namespace zh::contacts::store
