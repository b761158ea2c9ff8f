// What the storage tests of this room share: importing texts, and all that is stored as one comparable text.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/source.h"
#include "ledger/batches.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/transcripts.h"
#include "rooms/people/people.h"
#include "tests/support/databases.h"
#include "tests/support/folder.h"

namespace zh::contacts {

class ContactsTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    testing_support::StorageTest::SetUp();
    if (!IsSkipped()) add_person("1001", {"Agent/1001"});
  }

  Zone zone() const { return zone_; }
  void use_zone(std::string_view name) { zone_ = Zone::find(name).value(); }
  Centre centre() const { return {.people = people_, .zone = zone_}; }
  const std::vector<std::string>& rejects() const { return rejects_; }

  void forget_people() { everybody_.clear(); }

  void add_person(const std::string& staff_no, std::vector<std::string> phone_ids) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.hired_on = Date::parse("2020-01-01").value();
    row.products = {"sales"};
    row.phone_ids = std::move(phone_ids);
    everybody_.push_back(people::Person::of(std::vector{row}));
    people_ = people::People(everybody_);
  }

  ImportFile file_of(ByteSource& source, std::string name, std::string kind) {
    return {.text = source,
            .name = std::move(name),
            .reject =
                [this](const Reject& reject) {
                  rejects_.push_back(reject.why.to_string(Language::en));
                  return Status();
                },
            .header = {},
            .before_entering = [this, kind = std::move(kind)](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
              batch.kind = kind;
              batch.files = {"file"};
              batch.content = sha256(std::to_string(++imports_));
              batch.actor = "test";
              batch.at = Instant::from_seconds(1'800'000'000);
              return batch;
            }};
  }

  ImportResult import_log(std::string_view text) {
    rejects_.clear();
    TextSource source(text);
    ImportFile file = file_of(source, "queue_log", "queue-log");
    return testing_support::must(import_queue_log(database(), centre(), file));
  }

  ImportResult import_cdr_text(std::string_view text) {
    rejects_.clear();
    TextSource source(text);
    ImportFile file = file_of(source, "Master.csv", "cdr");
    return testing_support::must(import_cdr(database(), centre(), file));
  }

  ImportResult import_table_text(std::string_view map_yaml, std::string_view text) {
    rejects_.clear();
    const Map map = testing_support::must(parse_map(map_yaml, "map.yaml"));
    TextSource bytes(text);
    Utf8Source source(bytes, map.encoding);
    ImportFile file = file_of(source, "calls.csv", "csv");
    return testing_support::must(import_table(database(), centre(), map, file));
  }

  ImportResult import_transcripts_text(std::string_view lines) {
    rejects_.clear();
    TextSource source(lines);
    ImportFile file = file_of(source, "chats.jsonl", "transcripts");
    return testing_support::must(import_transcripts(database(), centre(), keys_, file));
  }
  const vault::Keys& keys() const { return keys_; }

  // An import whose rejects cannot be kept: what it says.
  std::string failing_import(std::string_view text) {
    TextSource source(text);
    ImportFile file = file_of(source, "queue_log", "queue-log");
    file.before_entering = [](const ledger::NewBatch&) -> Result<ledger::NewBatch> {
      return error(ErrorCode::unavailable, {.zh = "磁盘已满", .en = "the disk is full"});
    };
    return testing_support::problem_of(import_queue_log(database(), centre(), file));
  }

  void undo_batch(ledger::BatchId batch) {
    auto tx = testing_support::must(database().write());
    testing_support::must(ledger::undo_batch(
        tx, {.batch = batch,
             .actor = "test",
             .at = Instant::from_seconds(1'800'000'000),
             .parts = {[this](db::Transaction& t, const ledger::Batch& b) { return undo(t, b, zone_); }}}));
    testing_support::must(tx.commit());
  }

  void rebuild_all(const Zone& zone) {
    auto tx = testing_support::must(database().write());
    testing_support::must(rebuild(tx, zone));
    testing_support::must(tx.commit());
  }

  std::vector<MetricRow> rows(By by) {
    auto tx = testing_support::must(database().read());
    return testing_support::must(metrics(tx, centre(), all_days(), by));
  }
  std::string problem(By by) {
    auto tx = testing_support::must(database().read());
    return testing_support::problem_of(metrics(tx, centre(), all_days(), by));
  }

  static Days all_days() { return {Date::parse("2010-01-01").value(), Date::parse("2030-12-31").value()}; }

  // Back to an empty room; the ledger keeps its batches.
  void clear() {
    auto tx = testing_support::must(database().write());
    testing_support::must(tx.execute("DELETE FROM contact_records"));
    testing_support::must(tx.execute("DELETE FROM contact_record_ranges"));
    testing_support::must(tx.execute("DELETE FROM contact_batches"));
    testing_support::must(tx.commit());
    rebuild_all(zone_);
  }

  // Everything that is derived, as one text.
  std::string everything() {
    auto tx = testing_support::must(database().read());
    return dump(tx,
                "SELECT '=' || CAST(c.call_id AS TEXT) || ' ' || '#=' || CAST(c.number AS TEXT) || ' '"
                " || 'source=' || CAST(c.source AS TEXT) || ' ' || 'channel=' || CAST(c.channel AS TEXT) || ' '"
                " || 'direction=' || CAST(c.direction AS TEXT) || ' '"
                " || 'queue=' || CAST(c.queue AS TEXT) || ' ' || 'product=' || CAST(c.product AS TEXT) || ' '"
                " || 'member=' || CAST(c.member AS TEXT) || ' '"
                " || 'offered=' || CAST(c.offered_at AS TEXT) || ' '"
                " || 'answered=' || COALESCE(CAST(c.answered_at AS TEXT), '-') || ' '"
                " || 'ended=' || COALESCE(CAST(c.ended_at AS TEXT), '-') || ' '"
                " || 'wait=' || COALESCE(CAST(c.wait_ms AS TEXT), '-') || ' '"
                " || 'ring=' || COALESCE(CAST(c.ring_ms AS TEXT), '-') || ' '"
                " || 'talk=' || COALESCE(CAST(c.talk_ms AS TEXT), '-') || ' '"
                " || 'hold=' || COALESCE(CAST(c.hold_ms AS TEXT), '-') || ' '"
                " || 'outcome=' || CAST(c.outcome AS TEXT) || ' '"
                " || 'transferred=' || CAST(c.transferred AS TEXT) || ' '"
                " || 'by=' || CAST(c.ended_by AS TEXT) || ' ' || 'entered=' || CAST(c.entered AS TEXT) || ' '"
                " || 'connected=' || CAST(c.connected AS TEXT) || ' '"
                " || 'customer=' || COALESCE(CAST(n.customer AS TEXT), '-') || ' '"
                " FROM contacts c LEFT JOIN contact_customers n ON n.call_id = c.call_id AND n.number = c.number ORDER "
                "BY c.call_id, c.number") +
           dump(tx,
                "SELECT 'ring of =' || CAST(call_id AS TEXT) || ' ' || '#=' || CAST(number AS TEXT) || ' '"
                " || 'place=' || CAST(place AS TEXT) || ' ' || 'member=' || CAST(member AS TEXT) || ' '"
                " || 'ms=' || CAST(ring_ms AS TEXT) || ' '"
                " FROM contact_rings ORDER BY call_id, number, place") +
           dump(tx,
                "SELECT 'day=' || CAST(day AS TEXT) || ' ' || 'hour=' || CAST(hour AS TEXT) || ' '"
                " || 'queue=' || CAST(queue AS TEXT) || ' ' || 'product=' || CAST(product AS TEXT) || ' '"
                " || 'member=' || CAST(member AS TEXT) || ' ' || 'contacts=' || CAST(contacts AS TEXT) || ' '"
                " || 'offered=' || CAST(offered AS TEXT) || ' ' || 'answered=' || CAST(answered AS TEXT) || ' '"
                " || 'abandoned=' || CAST(abandoned AS TEXT) || ' '"
                " || 'timed_out=' || CAST(timed_out AS TEXT) || ' '"
                " || 'exit_key=' || CAST(exit_key AS TEXT) || ' ' || 'missed=' || CAST(missed AS TEXT) || ' '"
                " || 'waited=' || CAST(waited AS TEXT) || ' ' || 'wait_ms=' || CAST(wait_ms AS TEXT) || ' '"
                " || 'waited_within_10s=' || CAST(waited_within_10s AS TEXT) || ' '"
                " || 'rung=' || CAST(rung AS TEXT) || ' ' || 'ring_ms=' || CAST(ring_ms AS TEXT) || ' '"
                " || 'rung_within_10s=' || CAST(rung_within_10s AS TEXT) || ' '"
                " || 'talked=' || CAST(talked AS TEXT) || ' ' || 'talk_ms=' || CAST(talk_ms AS TEXT) || ' '"
                " || 'ended_by_agent=' || CAST(ended_by_agent AS TEXT) || ' '"
                " FROM contact_rollups ORDER BY day, hour, queue, product, member") +
           dump(tx,
                "SELECT 'day_key=' || CAST(day_key AS TEXT) || ' ' || 'place=' || CAST(place AS TEXT) || ' '"
                " || 'at=' || CAST(at AS TEXT) || ' ' || 'queue=' || CAST(queue AS TEXT) || ' '"
                " || 'change=' || CAST(change AS TEXT) || ' ' || 'reason=' || CAST(reason AS TEXT) || ' '"
                " FROM agent_changes ORDER BY day_key, place") +
           dump(tx,
                "SELECT 'transcript of =' || t.call_id || ' #=' || CAST(t.number AS TEXT) || ' by ' || t.source_id"
                " FROM contact_transcripts t JOIN transcript_texts x ON x.source_id = t.source_id"
                " AND x.content = t.content ORDER BY t.source_id");
  }

  // The rows of a query that gives one text each.
  static std::string dump(db::Transaction& tx, db::Sql sql) {
    std::string text;
    auto found = testing_support::must(tx.query(sql));
    while (found.next()) text += found.get<std::string>(0) + "\n";
    testing_support::must(found.finish());
    return text + "--\n";
  }

 private:
  Zone zone_ = Zone::find("Asia/Shanghai").value();
  std::vector<people::Person> everybody_;
  people::People people_;
  std::vector<std::string> rejects_;
  testing_support::Folder folder_;
  vault::Keys keys_ = vault::Keys::make(folder_ / "keys", Instant{}).value();
  int imports_ = 0;
};

}  // namespace zh::contacts
