// All SQL of the room. Everything takes the caller's transaction; nothing here decides.
//
// Records wait in the temporary table staged_records until a short write transaction enters them. What is derived anew
// is always "whatever the staged records are about": an import stages what a file states, an undo what it takes away, a
// rebuild everything. The work goes key by key, a page at a time, so that memory does not grow with the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/db.h"
#include "ledger/batches.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/queue_products.h"

namespace zh::contacts::store {

// Stored: never reuse a number.
enum class About : int { call = 1, member_day = 2, transcript = 3, recording = 4 };

struct Record {
  About about = About::call;
  Source source = Source::queue_log;
  std::string key;
  std::string lines;
  std::int64_t line_count = 0;  // where it is staged
};

// Ids of records, both ends included.
struct IdRange {
  std::int64_t first = 0;
  std::int64_t last = -1;
  friend bool operator==(const IdRange&, const IdRange&) = default;
};

// Staged keys, (after, until], by bytes.
struct KeyPage {
  About about = About::call;
  std::string after;
  std::string until;
};

// --- staging: in a stage transaction of the workspace ----------------------------------------------------------------

// Makes the temporary tables, or empties them.
Status make_staging(db::Transaction& tx);

// Puts records into staged_records, places counted from 1.
class StagedRecords {
 public:
  // `placed` of them are there already.
  static Result<StagedRecords> open(db::Transaction& tx, std::int64_t placed = 0);
  Status add(const Record& record);
  Result<std::int64_t> finish();  // their number

 private:
  StagedRecords(db::Load load, std::int64_t placed) : load_(std::move(load)), count_(placed) {}
  db::Load load_;
  std::int64_t count_;
};

// --- entering and taking away: in a write transaction of the same workspace
// -------------------------------------------

struct Entered {
  std::int64_t new_records = 0;
  std::int64_t known_lines = 0;  // of records that were known already
  bool calls_known = false;      // something was known about one of the calls before
  bool days_known = false;       // the same for members' days
};
// Enters the staged records as what `batch` states. Those that are known already are only asserted once more.
Result<Entered> enter_staged(db::Transaction& tx, ledger::BatchId batch);
// Takes away what only `batch` asserts and leaves it in staged_records, without lines.
Status take_away(db::Transaction& tx, ledger::BatchId batch);
// Empties everything that is derived and leaves every key in staged_records.
Status forget_derived(db::Transaction& tx);

// --- deriving
// ---------------------------------------------------------------------------------------------------------

// All staged keys, a few thousand a page, in order.
Result<std::vector<KeyPage>> key_pages(db::Transaction& tx, About about);
// Every living record about the page's keys, by key, source and entry.
Result<std::vector<Record>> records_about(db::Transaction& tx, const KeyPage& page);
// A contact without customer and rings, from columns 0 to kContactColumns - 1: call_id, number, source, channel,
// direction, queue, product, member, offered_at, answered_at, ended_at, wait_ms, ring_ms, talk_ms, hold_ms, outcome,
// transferred, ended_by, entered, connected.
inline constexpr int kContactColumns = 20;
Contact contact_from(db::Rows& rows);
// The stored contacts of the page's calls, by call and number.
Result<std::vector<Contact>> stored_contacts(db::Transaction& tx, const KeyPage& page);
Status delete_contacts(db::Transaction& tx, const KeyPage& page);
Status add_contacts(db::Transaction& tx, const std::vector<Contact>& contacts);

struct MemberDay {
  std::string key;
  std::vector<AgentChange> changes;
};
Status delete_changes(db::Transaction& tx, const KeyPage& page);
Status add_changes(db::Transaction& tx, const std::vector<MemberDay>& days);
// Adds the differences to the stored hours; hours that hold nothing then go.
Status add_rollups(db::Transaction& tx, const Rollups& differences);

// The zone by whose clock the rollups are kept; empty = none yet.
Result<std::string> rollup_zone(db::Transaction& tx);
Status set_rollup_zone(db::Transaction& tx, std::string_view zone);

// --- what queues are products of
// -----------------------------------------------------------------------------------------

// By queue, then day.
Result<std::vector<QueueProduct>> queue_products(db::Transaction& tx);
Status set_queue_product(db::Transaction& tx, const QueueProduct& product);

// --- the log's extent
// -------------------------------------------------------------------------------------------------

Status set_extent(db::Transaction& tx, ledger::BatchId batch, Instant first, Instant last);
// The last line of all logs, nothing without any.
Result<std::optional<Instant>> log_end(db::Transaction& tx);

// --- reading
// ----------------------------------------------------------------------------------------------------------

struct Rollup {
  RollupKey key;
  Sums sums;
};
// Hours summed up by day, queue, product and member, in that order (key.hour is 0).
Result<std::vector<Rollup>> daily_sums(db::Transaction& tx, Days days);
Result<std::vector<Rollup>> hourly_sums(db::Transaction& tx, Days days);
Result<std::vector<Date>> days_with_contacts(db::Transaction& tx, Days days);
// By member's UTC day and place. The interval is widened to whole UTC days.
Result<std::vector<AgentChange>> changes_within(db::Transaction& tx, Interval interval);

}  // namespace zh::contacts::store
