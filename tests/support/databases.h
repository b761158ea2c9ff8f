// Storage tests run on SQLite and on PostgreSQL. A fixture derives from StorageTest; ZH_ON_BOTH_DATABASES(Fixture)
// makes the two runs. Each test has a database of its own: a SQLite file, or a schema in the server that the
// environment variable ZH_TEST_POSTGRES names (scripts/lib/postgres.sh starts one). Both are removed afterwards.
//
//   class FactsTest : public StorageTest {};
//   ZH_ON_BOTH_DATABASES(FactsTest);
//   TEST_P(FactsTest, …) { auto tx = must(database().write()); … }
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "db/db.h"
#include "db/migrate.h"

namespace zh::testing_support {

// The value, or the test fails with the error's words.
template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    ADD_FAILURE() << result.error().to_string(Language::en);
    throw std::runtime_error(result.error().to_string(Language::en));
  }
  return std::move(result).value();
}
inline void must(const Status& status) {
  if (status.ok()) return;
  ADD_FAILURE() << status.error().to_string(Language::en);
  throw std::runtime_error(status.error().to_string(Language::en));
}

// The code of an error, internal when there is none: for EXPECT_EQ(code_of(x), ErrorCode::conflict).
template <class T>
std::string problem_of(const Result<T>& result) {
  return result.ok() ? "no error" : result.error().to_string(Language::en);
}

class StorageTest : public ::testing::TestWithParam<db::Backend> {
 protected:
  // Another state for the next test: its own folder, file or schema.
  void SetUp() override {
    static std::atomic<int> counter{0};
    const std::string name = "zh_test_" + std::to_string(getpid()) + "_" + std::to_string(++counter);
    folder_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(folder_);
    if (GetParam() == db::Backend::sqlite) {
      options_.location = folder_ / "zhiheng.db";
    } else {
      const char* const server = std::getenv("ZH_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe): no thread sets it
      if (server == nullptr) {
        std::fprintf(stderr, "*** PostgreSQL is NOT tested here: ZH_TEST_POSTGRES is not set ***\n");
        GTEST_SKIP() << "ZH_TEST_POSTGRES is not set: run scripts/test";
      }
      options_.location = server;
      options_.schema = name;
    }
    options_.wait = std::chrono::seconds(10);
    database_ = open();
    if (migrates()) must(db::migrate(*database_));
  }

  void TearDown() override {
    if (database_ != nullptr && database_->backend() == db::Backend::postgres) must(db::drop_schema(options_));
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Whether the program's schema is made before each test.
  virtual bool migrates() const { return true; }

  std::unique_ptr<db::Database> open() const { return must(db::Database::open(options_)); }
  db::Database& database() { return *database_; }
  const db::Options& options() const { return options_; }
  // A folder of the test's own.
  const std::filesystem::path& folder() const { return folder_; }

  std::filesystem::path folder_;
  db::Options options_;
  std::unique_ptr<db::Database> database_;
};

inline std::string backend_name(const ::testing::TestParamInfo<db::Backend>& info) {
  return std::string(db::name_of(info.param));
}

}  // namespace zh::testing_support

#define ZH_ON_BOTH_DATABASES(Fixture)                                                                 \
  INSTANTIATE_TEST_SUITE_P(Storage, Fixture,                                                          \
                           ::testing::Values(::zh::db::Backend::sqlite, ::zh::db::Backend::postgres), \
                           ::zh::testing_support::backend_name)
