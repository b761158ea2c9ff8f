#include "db/db.h"

#include <thread>

#include "db/stored_enum.h"
#include "tests/support/databases.h"

namespace zh::db {

enum class Tide : int { low = 1, rising = 2, high = 3 };
template <>
struct Stored<Tide> : FromTo<Tide::low, Tide::high> {};

namespace {

using testing_support::must;
using testing_support::problem_of;
using testing_support::StorageTest;

constexpr Migration kThings{.number = 1,
                            .name = "0001_things",
                            .sql =
                                "CREATE TABLE things (\n"
                                "  id INTEGER PRIMARY KEY,\n"
                                "  name TEXT NOT NULL UNIQUE,\n"
                                "  number INTEGER,\n"
                                "  bytes BLOB\n"
                                ") STRICT;\n"
                                "CREATE TABLE parts (\n"
                                "  thing INTEGER NOT NULL REFERENCES things (id),\n"
                                "  key BLOB NOT NULL PRIMARY KEY\n"
                                ") WITHOUT ROWID, STRICT;\n"};

constexpr Sql kInsert = "INSERT INTO things (name, number, bytes) VALUES (:name, :number, :bytes)";
constexpr Sql kNames = "SELECT name FROM things ORDER BY name";
constexpr Sql kCount = "SELECT COUNT(*) FROM things";
constexpr Sql kNumbers = "SELECT number FROM things WHERE number >= :from ORDER BY number";

class DbTest : public StorageTest {
 protected:
  bool migrates() const override { return false; }
  void SetUp() override {
    StorageTest::SetUp();
    if (database_ != nullptr) must(migrate(*database_, std::span(&kThings, 1)));
  }

  void add(Transaction& tx, std::string_view name, std::optional<std::int64_t> number = {}) {
    must(tx.execute(kInsert, {{"name", name}, {"number", number}, {"bytes", nullptr}}));
  }
  std::int64_t count() {
    auto tx = must(database().read());
    return must(tx.value<std::int64_t>(kCount));
  }
};
ZH_ON_BOTH_DATABASES(DbTest);

TEST_P(DbTest, WhatIsCommittedIsThereAndNothingElse) {
  {
    auto tx = must(database().write());
    add(tx, "kept");
    must(tx.commit());
  }
  {
    auto tx = must(database().write());
    add(tx, "forgotten");
  }
  EXPECT_EQ(count(), 1);
}

TEST_P(DbTest, EveryTypeComesBackAsItWent) {
  static constexpr Sql kMake = "INSERT INTO things (name, number, bytes) VALUES (:name, :number, :bytes) RETURNING id";
  static constexpr Sql kRead = "SELECT name, number, bytes FROM things WHERE id = :id";
  const Hash hash = sha256("x");
  auto tx = must(database().write());
  const auto read = [&]<class N, class I, class B>(const Param& name, const Param& number, const Param& bytes) {
    const auto id = must(tx.value<std::int64_t>(kMake, {{"bytes", bytes}, {"name", name}, {"number", number}}));
    return *must(tx.first<N, I, B>(kRead, {{"id", id}}));
  };
  using Row = std::tuple<std::string, std::int64_t, Hash>;
  EXPECT_EQ((read.operator()<std::string, std::int64_t, Hash>("质衡 ' \" :x", INT64_MIN, hash)),
            (Row{"质衡 ' \" :x", INT64_MIN, hash}));
  EXPECT_EQ((read.operator()<Decimal, bool, Key>(Decimal::parse("1.50").value(), true, Key::of(hash))),
            (std::tuple{Decimal::parse("1.5").value(), true, Key::of(hash)}));
  EXPECT_EQ((read.operator()<std::string, std::optional<Instant>, std::optional<Hash>>("", Instant{-5}, nullptr)),
            (std::tuple{std::string(), std::optional(Instant{-5}), std::optional<Hash>()}));
  EXPECT_EQ((read.operator()<std::string, Date, Hash>("d", Date{-1}, hash)), (std::tuple{"d", Date{-1}, hash}));
  const auto text_in_bytes = tx.first<std::string>("SELECT bytes FROM things WHERE name = 'd'");
  EXPECT_EQ(problem_of(text_in_bytes), "the column bytes does not hold text");
}

TEST_P(DbTest, ColumnsThatDoNotFitAreReported) {
  auto tx = must(database().write());
  add(tx, "a");
  auto rows = must(tx.query("SELECT name, number FROM things"));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get<std::int64_t>(1), 0);
  EXPECT_FALSE(rows.next());
  EXPECT_EQ(rows.finish().error().to_string(Language::en), "the column number does not hold an integer");
  EXPECT_EQ(problem_of(tx.value<std::int64_t>("SELECT id FROM things WHERE name = 'b'")),
            "the query gave no row: SELECT id FROM things WHERE name = 'b'");
}

TEST_P(DbTest, AnEnumThatIsStoredHasNoNumbersButItsOwn) {
  auto tx = must(database().write());
  for (const auto& [number, kept] : {std::pair{1, true}, {3, true}, {0, false}, {4, false}, {-1, false}}) {
    auto rows = must(tx.query("SELECT CAST(:number AS BIGINT)", {{"number", number}}));
    ASSERT_TRUE(rows.next());
    const auto tide = rows.get<Tide>(0);
    EXPECT_EQ(static_cast<int>(tide), kept ? number : 0) << number;
    EXPECT_FALSE(rows.next());
    const Status status = rows.finish();
    EXPECT_EQ(status.ok(), kept) << number;
    if (!kept) {
      EXPECT_EQ(status.error().code, ErrorCode::corrupt);
    }
  }
}

TEST_P(DbTest, TextIsOrderedByBytes) {
  auto tx = must(database().write());
  for (const char* const name : {"ä", "b", "B", "a", "甲", "_"}) add(tx, name);
  auto rows = must(tx.query(kNames));
  std::string order;
  while (rows.next()) order += rows.get<std::string>(0);
  must(rows.finish());
  EXPECT_EQ(order, "B_abä甲");
}

TEST_P(DbTest, SumsAndTruthValuesAreIntegers) {
  auto tx = must(database().write());
  add(tx, "a", 4'000'000'000'000'000'000);
  add(tx, "b", -1);
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT SUM(number) FROM things")), 3'999'999'999'999'999'999);
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT SUM(number) FROM things WHERE number < 0")), -1);
  EXPECT_TRUE(must(tx.value<bool>("SELECT EXISTS (SELECT 1 FROM things)")));
  EXPECT_EQ(must(tx.value<std::optional<std::int64_t>>("SELECT MAX(number) FROM things WHERE name = 'c'")),
            std::nullopt);
}

TEST_P(DbTest, ParametersMustFitTheStatement) {
  auto tx = must(database().read());
  EXPECT_EQ(problem_of(tx.query(kNumbers)), "the SQL parameter :from is missing");
  tx = must(database().read());
  EXPECT_EQ(problem_of(tx.query(kNumbers, {{"form", 1}})), "the SQL parameter :form does not exist or is given twice");
}

TEST_P(DbTest, TextThatCannotBeStoredIsRefusedAlike) {
  for (const std::string& bad : {std::string("a\0b", 3), std::string("a\xff")}) {
    auto tx = must(database().write());
    const auto outcome = tx.execute(kInsert, {{"name", bad}, {"number", 1}, {"bytes", nullptr}});
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid) << problem_of(outcome);
  }
}

TEST_P(DbTest, AFailedStatementLeavesOnlyRollback) {
  auto tx = must(database().write());
  add(tx, "a");
  const auto twice = tx.execute(kInsert, {{"name", "a"}, {"number", 1}, {"bytes", nullptr}});
  EXPECT_EQ(twice.error().code, ErrorCode::conflict);
  EXPECT_EQ(problem_of(tx.query(kNames)), "a statement of this transaction failed; it can only be rolled back");
  EXPECT_FALSE(tx.commit().ok());
  tx = must(database().write());
  EXPECT_EQ(must(tx.value<std::int64_t>(kCount)), 0);
}

TEST_P(DbTest, ForeignKeysHold) {
  auto tx = must(database().write());
  const auto orphan =
      tx.execute("INSERT INTO parts (thing, key) VALUES (:thing, :key)", {{"thing", 7}, {"key", Key::of(sha256("k"))}});
  EXPECT_EQ(orphan.error().code, ErrorCode::conflict) << problem_of(orphan);
}

TEST_P(DbTest, AReadTransactionSeesOneSnapshotAndDoesNotWrite) {
  auto reader = must(database().read());
  EXPECT_EQ(must(reader.value<std::int64_t>(kCount)), 0);
  auto writer = must(database().write());
  add(writer, "a");
  must(writer.commit());
  EXPECT_EQ(must(reader.value<std::int64_t>(kCount)), 0);
  EXPECT_FALSE(reader.execute(kInsert, {{"name", "b"}, {"number", 1}, {"bytes", nullptr}}).ok());
  EXPECT_EQ(count(), 1);
}

TEST_P(DbTest, RowsAreStreamedWhileOtherStatementsRun) {
  {
    auto tx = must(database().write());
    auto load = must(tx.load({"things", "name, number"}));
    for (int i = 0; i < 5000; ++i) must(load.add({std::to_string(i), i}));
    EXPECT_EQ(must(load.finish()), 5000);
    must(tx.commit());
  }
  auto tx = must(database().read());
  for (const bool with_cursor : {false, true}) {
    auto rows = must(with_cursor ? tx.cursor(kNumbers, {{"from", 10}}) : tx.query(kNumbers, {{"from", 10}}));
    auto same = must(tx.query(kNumbers, {{"from", 4000}}));
    std::int64_t expected = 10;
    while (rows.next()) {
      EXPECT_EQ(rows.get<std::int64_t>(0), expected++);
      if (expected % 1000 == 0) {
        EXPECT_EQ(must(tx.value<std::int64_t>(kCount)), 5000);
      }
      if (same.next()) {
        EXPECT_GE(same.get<int>(0), 4000);
      }
    }
    must(rows.finish());
    EXPECT_EQ(expected, 5000);
  }
  auto left_early = must(tx.query(kNumbers, {{"from", 0}}));
  ASSERT_TRUE(left_early.next());
  must(left_early.finish());
  EXPECT_EQ(must(tx.value<std::int64_t>(kCount)), 5000);
}

TEST_P(DbTest, LoadsSkipOrRefuseWhatIsThere) {
  {
    auto tx = must(database().write());
    add(tx, "b", 1);
    must(tx.commit());
  }
  auto tx = must(database().write());
  auto load = must(tx.load({"things", "name, number, bytes"}, OnConflict::skip));
  must(load.add({"a", 1, nullptr}));
  must(load.add({"b", 2, Blob{"x"}}));
  must(load.add({"a", 3, nullptr}));
  EXPECT_EQ(must(load.finish()), 1);
  EXPECT_EQ(must(tx.first<std::int64_t>(kNumbers, {{"from", 0}})), 1);
  auto strict = must(tx.load({"things", "name, number"}));
  Status outcome = strict.add({"b", 2});
  if (outcome.ok()) {
    const auto end = strict.finish();
    ASSERT_FALSE(end.ok());
    outcome = end.error();
  }
  EXPECT_EQ(outcome.error().code, ErrorCode::conflict);
  EXPECT_FALSE(tx.commit().ok());
}

TEST_P(DbTest, AnUnfinishedLoadFailsItsTransaction) {
  auto tx = must(database().write());
  {
    auto load = must(tx.load({"things", "name, number"}));
    must(load.add({"a", 1}));
    EXPECT_EQ(problem_of(tx.query(kNames)), "a bulk load is not finished; no other statement can run");
  }
  EXPECT_FALSE(tx.commit().ok());
  EXPECT_EQ(count(), 0);
}

TEST_P(DbTest, AWorkspaceStagesOutOfEverybodysWay) {
  static constexpr Sql kStaged = "CREATE TEMP TABLE staged (name TEXT NOT NULL, number INTEGER) STRICT";
  static constexpr Sql kMerge = "INSERT INTO things (name, number) SELECT name, number FROM staged";
  {
    auto workspace = must(database().workspace());
    {
      auto staging = must(workspace.stage());
      must(staging.temporary_table(kStaged));
      auto load = must(staging.load({"staged", "name, number"}));
      must(load.add({"a", 1}));
      must(load.add({"b", nullptr}));
      must(load.finish());
      // Meanwhile somebody else writes.
      auto other = must(database().write());
      add(other, "c");
      must(other.commit());
      must(staging.commit());
    }
    auto tx = must(workspace.write());
    EXPECT_EQ(must(tx.execute(kMerge)), 2);
    must(tx.commit());
  }
  EXPECT_EQ(count(), 3);
  auto workspace = must(database().workspace());
  auto tx = must(workspace.write());
  EXPECT_FALSE(tx.execute(kMerge).ok()) << "temporary tables end with their workspace";
}

TEST_P(DbTest, TwoWritersAtOnceBothGetThrough) {
  const auto add_hundred = [&](const std::string& prefix) {
    for (int i = 0; i < 100; ++i) {
      auto tx = must(database().write());
      must(tx.lock("things"));
      const auto before = must(tx.value<std::int64_t>(kCount));
      add(tx, prefix + std::to_string(i), before);
      must(tx.commit());
    }
  };
  std::thread other(add_hundred, "a");
  add_hundred("b");
  other.join();
  auto tx = must(database().read());
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT COUNT(DISTINCT number) FROM things")), 200)
      << "each saw all that was there before it";
}

TEST_P(DbTest, ALockedDatabaseIsReportedAfterTheWait) {
  auto impatient = options();
  impatient.wait = std::chrono::milliseconds(100);
  auto second = must(Database::open(impatient));
  auto holder = must(database().write());
  must(holder.lock("x"));
  auto waiting = second->write();
  const Status outcome = waiting.ok() ? waiting->lock("x") : Status(waiting.error());
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(outcome.error().message.en.starts_with("the database is locked by another writer, try again later"));
}

TEST_P(DbTest, ThePoolHasALimit) {
  auto few = options();
  few.connections = 1;
  few.wait = std::chrono::milliseconds(50);
  auto small = must(Database::open(few));
  {
    auto one = must(small->read());
    EXPECT_EQ(problem_of(small->read()), "all 1 database connections are in use, try again later");
  }
  EXPECT_TRUE(small->read().ok());
}

TEST_P(DbTest, AStopRequestEndsTheRunningStatement) {
  std::stop_source stop;
  auto tx = must(database().write(stop.get_token()));
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto endless = tx.value<std::int64_t>(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT COUNT(*) FROM n");
  stopper.join();
  EXPECT_EQ(endless.error().code, ErrorCode::cancelled) << problem_of(endless);
  EXPECT_FALSE(tx.commit().ok());
  tx = must(database().write());
  EXPECT_EQ(must(tx.value<std::int64_t>(kCount)), 0) << "the connection goes on";
}

TEST_P(DbTest, MigrationsAreAppliedOnceAndGuarded) {
  constexpr Migration kMore{.number = 2, .name = "0002_more", .sql = "CREATE TABLE more (a TEXT) STRICT;"};
  const std::array both{kThings, kMore};
  EXPECT_EQ(must(migrate(database(), both)), 1);
  EXPECT_EQ(must(migrate(database(), both)), 0);
  EXPECT_EQ(problem_of(migrate(database(), std::span(&kThings, 1))),
            "the database was made by a newer version of this program (it holds the unknown migration 0002_more); use "
            "that version");
  auto changed = both;
  changed[1].sql = "CREATE TABLE more (b TEXT) STRICT;";
  EXPECT_EQ(migrate(database(), changed).error().code, ErrorCode::corrupt);
  const std::array descending{kMore, kThings};
  EXPECT_EQ(migrate(database(), descending).error().code, ErrorCode::internal);
}

TEST_P(DbTest, AnUpToDateSchemaIsSeenWithoutWaitingForAWriter) {
  auto writer = must(database().write());
  must(writer.lock("migrations"));
  auto impatient = options();
  impatient.wait = std::chrono::milliseconds(50);
  auto other = must(Database::open(impatient));
  EXPECT_EQ(must(migrate(*other, std::span(&kThings, 1))), 0);
}

TEST_P(DbTest, AMigrationThatFailsLeavesNothing) {
  constexpr Migration kBroken{.number = 2,
                              .name = "0002_broken",
                              .sql = "CREATE TABLE half (a TEXT) STRICT; CREATE TABLE half (a TEXT) STRICT;"};
  const std::array both{kThings, kBroken};
  const auto outcome = migrate(database(), both);
  ASSERT_FALSE(outcome.ok());
  EXPECT_TRUE(outcome.error().to_string(Language::en).starts_with("0002_broken: ")) << problem_of(outcome);
  auto tx = must(database().read());
  EXPECT_FALSE(tx.query("SELECT a FROM half").ok() && tx.value<std::string>("SELECT a FROM half").ok());
}

}  // namespace
}  // namespace zh::db
