// What goes wrong around a database: a full disk, a server that goes away, a process that is killed, two at once.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "db/postgres/postgres.h"
#include "tests/support/databases.h"
#include "tests/support/killed.h"

namespace zh::db {
namespace {

using testing_support::die;
using testing_support::must;
using testing_support::problem_of;
using testing_support::StorageTest;
using testing_support::was_killed_during;

constexpr Migration kLines{.number = 1,
                           .name = "0001_lines",
                           .sql = "CREATE TABLE lines (number INTEGER NOT NULL, line TEXT NOT NULL) STRICT;"};
constexpr Sql kCount = "SELECT COUNT(*) FROM lines";
constexpr Into kIntoLines{"lines", "number, line"};

class FaultTest : public StorageTest {
 protected:
  bool migrates() const override { return false; }
  void SetUp() override {
    StorageTest::SetUp();
    if (database_ == nullptr) return;
    must(migrate(*database_, std::span(&kLines, 1)));
    write_lines(*database_, 10);
  }

  static void write_lines(Database& database, int count) {
    auto tx = must(database.write());
    must(load_lines(tx, count));
    must(tx.commit());
  }
  static Result<std::int64_t> load_lines(Transaction& tx, int count) {
    const std::string line(1000, 'x');
    ZH_TRY(auto load, tx.load(kIntoLines));
    for (int i = 0; i < count; ++i) ZH_CHECK(load.add({i, line}));
    return load.finish();
  }
  std::int64_t count() {
    auto tx = must(database().read());
    return must(tx.value<std::int64_t>(kCount));
  }
  // Ends the server's side of whatever connection the transaction is on.
  void terminate(Transaction& tx) {
    const auto pid = must(tx.value<std::int64_t>("SELECT pg_backend_pid()"));
    auto other = open();
    auto killer = must(other->write());
    ASSERT_TRUE(must(killer.value<bool>("SELECT pg_terminate_backend(CAST(:pid AS INTEGER), 5000)", {{"pid", pid}})));
  }
};
ZH_ON_BOTH_DATABASES(FaultTest);

TEST_P(FaultTest, AFullDiskLeavesTheFormerState) {
  if (GetParam() != Backend::sqlite)
    GTEST_SKIP() << "the server's disk cannot be filled from here; see FullDiskIsNamed";
  // A page limit fails as a full disk does. One connection, since the limit belongs to it.
  constexpr Migration kSmall{.number = 2, .name = "0002_small", .sql = "PRAGMA max_page_count = 40;"};
  auto one = options();
  one.connections = 1;
  auto small = must(Database::open(one));
  must(migrate(*small, std::array{kLines, kSmall}));
  {
    auto tx = must(small->write());
    const auto outcome = load_lines(tx, 1000);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(outcome.error().message.en.starts_with("the disk is full, nothing was stored")) << problem_of(outcome);
    EXPECT_FALSE(tx.commit().ok());
  }
  EXPECT_EQ(count(), 10);
  write_lines(*small, 5);
  EXPECT_EQ(count(), 15) << "the connection goes on when there is room";
}

TEST_P(FaultTest, AServerThatGoesAwayFailsTheTransactionAndIsFoundAgain) {
  if (GetParam() != Backend::postgres) GTEST_SKIP() << "there is no server";
  {
    auto tx = must(database().write());
    must(load_lines(tx, 5));
    terminate(tx);
    const auto outcome = tx.value<std::int64_t>(kCount);
    EXPECT_EQ(outcome.error().code, ErrorCode::unavailable) << problem_of(outcome);
    EXPECT_TRUE(outcome.error().message.en.starts_with("the connection to the database server was lost"))
        << problem_of(outcome);
    EXPECT_FALSE(tx.commit().ok());
  }
  EXPECT_EQ(count(), 10);
}

TEST_P(FaultTest, AConnectionLostWhileIdleIsOpenedAgainUnnoticed) {
  if (GetParam() != Backend::postgres) GTEST_SKIP() << "there is no server";
  auto one = options();
  one.connections = 1;
  auto database = must(Database::open(one));
  {
    auto tx = must(database->read());
    terminate(tx);
  }
  auto tx = must(database->read());
  EXPECT_EQ(must(tx.value<std::int64_t>(kCount)), 10);
}

TEST_P(FaultTest, AServerThatGoesAwayDuringALoadIsReported) {
  if (GetParam() != Backend::postgres) GTEST_SKIP() << "there is no server";
  auto tx = must(database().write());
  terminate(tx);
  const auto outcome = load_lines(tx, 10'000);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, ErrorCode::unavailable) << problem_of(outcome);
}

TEST_P(FaultTest, AKilledProcessLeavesTheFormerState) {
  database_.reset();
  EXPECT_TRUE(was_killed_during([&] {
    auto mine = open();
    auto tx = must(mine->write());
    must(load_lines(tx, 20'000));
    die();
  }));
  database_ = open();
  EXPECT_EQ(count(), 10);
  write_lines(database(), 1);
  EXPECT_EQ(count(), 11) << "no lock is left behind";
}

TEST_P(FaultTest, TwoProgramsMigratingAtOnceAgree) {
  constexpr Migration kSecond{.number = 2, .name = "0002_second", .sql = "CREATE TABLE second (a TEXT) STRICT;"};
  const std::array both{kLines, kSecond};
  std::array<int, 2> applied{};
  {
    const auto run = [&](int& result) {
      auto mine = open();
      result = must(migrate(*mine, both));
    };
    std::thread other([&] { run(applied[1]); });
    run(applied[0]);
    other.join();
  }
  EXPECT_EQ(applied[0] + applied[1], 1);
}

TEST(PostgresErrors, FullDiskIsNamed) {
  const Error full = detail::postgres_error("53100", "could not extend file\n", true);
  EXPECT_EQ(full.code, ErrorCode::unavailable);
  EXPECT_EQ(full.message.en,
            "the database server's disk is full, nothing was stored; free some space and try again (PostgreSQL: could "
            "not extend file)");
  EXPECT_EQ(detail::postgres_error("53200", "", true).message.en,
            "the database server has run out of a resource (PostgreSQL: )");
  EXPECT_EQ(detail::postgres_error("23505", "", true).code, ErrorCode::conflict);
  EXPECT_EQ(detail::postgres_error("", "no route", false).code, ErrorCode::unavailable);
  EXPECT_EQ(detail::postgres_error("42601", "", true).code, ErrorCode::internal);
}

TEST(Places, AreShownWithoutPasswords) {
  const auto place = [](std::string location) {
    return detail::place_of({.location = std::move(location), .schema = "centre"});
  };
  EXPECT_EQ(place("postgresql://hr:secret@db.local:5432/zh?password=x"), "postgresql://hr@db.local:5432/zh (centre)");
  EXPECT_EQ(place("postgresql://db.local:5432/zh"), "postgresql://db.local:5432/zh (centre)");
  EXPECT_EQ(place("postgresql://hr:a:b@db/zh"), "postgresql://hr@db/zh (centre)");
  EXPECT_EQ(place("/data/zhiheng.db"), "/data/zhiheng.db");
}

TEST(Opening, APlaceThatDoesNotAnswerIsNamed) {
  const auto problem = [](Options options) {
    options.wait = std::chrono::milliseconds(100);
    const auto opened = Database::open(std::move(options));
    return opened.ok() ? Error{} : opened.error();
  };
  const Error folder = problem({.location = "/nowhere/zhiheng.db"});
  EXPECT_EQ(folder.code, ErrorCode::unavailable);
  EXPECT_EQ(folder.place.file, "/nowhere/zhiheng.db");
  EXPECT_EQ(problem({.location = "postgresql:///x?host=/nowhere"}).code, ErrorCode::unavailable);
  EXPECT_EQ(problem({.location = "postgresql:///x?host=/nowhere", .schema = "a\"b"}).code, ErrorCode::invalid);

  const auto notes = std::filesystem::temp_directory_path() / ("zh_notes_" + std::to_string(::getpid()));
  std::ofstream(notes) << std::string(4096, 'n');
  EXPECT_EQ(problem({.location = notes.string()}).code, ErrorCode::corrupt) << "not a database";
  std::filesystem::remove(notes);
}

}  // namespace
}  // namespace zh::db
