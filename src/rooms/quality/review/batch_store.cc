#include "rooms/quality/review/batch_store.h"

#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kCollecting =
    "SELECT number FROM quality_batches WHERE inspector = :inspector AND week = :week AND state = 1 "
    "ORDER BY number DESC LIMIT 1";
constexpr db::Sql kLast = "SELECT COALESCE(max(number), 0) FROM quality_batches WHERE inspector = :inspector";
constexpr db::Sql kInsert =
    "INSERT INTO quality_batches (inspector, number, week, state, change, comment, published_by) "
    "VALUES (:inspector, :number, :week, :state, :change, '', '')";
constexpr db::Sql kUpdate =
    "UPDATE quality_batches SET state = :state, change = :change, comment = :comment, handed_in_at = :handed_in_at, "
    "published_by = :published_by, published_at = :published_at WHERE inspector = :inspector AND number = :number";
// With what is in it and what is due about it: states 3 to 5 of inspections are submitted, published, acknowledged.
#define ZH_BATCHES(rest)                                                                                 \
  "SELECT b.inspector, b.number, b.week, b.state, b.change, b.comment, b.handed_in_at, b.published_by, " \
  "b.published_at, "                                                                                     \
  "(SELECT count(*) FROM quality_inspections i "                                                         \
  "  WHERE i.inspector = b.inspector AND i.batch = b.number AND i.state IN (3, 4, 5)), "                 \
  "(SELECT count(*) FROM quality_talks t JOIN quality_inspections i "                                    \
  "    ON i.plan = t.plan AND i.round = t.round AND i.place = t.place "                                  \
  "  WHERE i.inspector = b.inspector AND i.batch = b.number AND t.about = 1 AND t.state = 1) "           \
  "FROM quality_batches b " rest
constexpr db::Sql kFind = ZH_BATCHES("WHERE b.inspector = :inspector AND b.number = :number");
constexpr db::Sql kOpen = ZH_BATCHES("WHERE b.state <= 3 ORDER BY b.week, b.inspector, b.number LIMIT 2000");
constexpr db::Sql kOfInspector = ZH_BATCHES("WHERE b.inspector = :inspector ORDER BY b.number DESC LIMIT 200");
#undef ZH_BATCHES

Batch read_batch(db::Rows& rows) {
  return {.inspector = rows.get<std::string>(0),
          .number = rows.get<int>(1),
          .week = rows.get<Date>(2),
          .state = rows.get<BatchState>(3),
          .change = rows.get<int>(4),
          .comment = rows.get<std::string>(5),
          .handed_in_at = rows.get<std::optional<Instant>>(6),
          .published_by = rows.get<std::string>(7),
          .published_at = rows.get<std::optional<Instant>>(8),
          .count = rows.get<std::int64_t>(9),
          .talks_due = rows.get<std::int64_t>(10)};
}

Result<std::vector<Batch>> read_batches(db::Rows rows) {
  std::vector<Batch> batches;
  while (rows.next()) batches.push_back(read_batch(rows));
  ZH_CHECK(rows.finish());
  return batches;
}

}  // namespace

Result<std::optional<int>> collecting_batch(db::Transaction& tx, std::string_view inspector, Date week) {
  return tx.first<int>(kCollecting, {{"inspector", inspector}, {"week", week}});
}

Result<int> last_batch(db::Transaction& tx, std::string_view inspector) {
  return tx.value<int>(kLast, {{"inspector", inspector}});
}

Status insert_batch(db::Transaction& tx, const Batch& batch) {
  ZH_CHECK(tx.execute(kInsert, {{"inspector", batch.inspector},
                                {"number", batch.number},
                                {"week", batch.week},
                                {"state", static_cast<int>(batch.state)},
                                {"change", batch.change}}));
  return {};
}

Status update_batch(db::Transaction& tx, const Batch& batch) {
  ZH_CHECK(tx.execute(kUpdate, {{"inspector", batch.inspector},
                                {"number", batch.number},
                                {"state", static_cast<int>(batch.state)},
                                {"change", batch.change},
                                {"comment", batch.comment},
                                {"handed_in_at", batch.handed_in_at},
                                {"published_by", batch.published_by},
                                {"published_at", batch.published_at}}));
  return {};
}

Result<std::optional<Batch>> find_batch(db::Transaction& tx, std::string_view inspector, int number) {
  ZH_TRY(auto rows, tx.query(kFind, {{"inspector", inspector}, {"number", number}}));
  ZH_TRY(auto found, read_batches(std::move(rows)));
  if (found.empty()) return std::optional<Batch>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<Batch>> open_batches(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kOpen));
  return read_batches(std::move(rows));
}

Result<std::vector<Batch>> batches_of(db::Transaction& tx, std::string_view inspector) {
  ZH_TRY(auto rows, tx.query(kOfInspector, {{"inspector", inspector}}));
  return read_batches(std::move(rows));
}

}  // namespace zh::quality::store
