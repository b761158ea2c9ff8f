// What is in force, on both databases: the rules of FORMATS.md "facts", and the properties that hold for any imports.
#include "ledger/facts.h"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <optional>

#include "ledger/batches.h"
#include "ledger/statements.h"
#include "ledger/verify.h"
#include "tests/support/databases.h"
#include "tests/support/killed.h"

namespace zh::ledger {
namespace {

using testing_support::die;
using testing_support::must;
using testing_support::problem_of;
using testing_support::StorageTest;
using testing_support::was_killed_during;

// One line of a facts file: a fact of `points` under `ref`, or its retraction.
struct Line {
  std::string ref;
  int points = 0;
  bool retraction = false;
  int day = 12;
  friend bool operator==(const Line&, const Line&) = default;
};
using File = std::vector<Line>;

Line states(std::string ref, int points, int day = 12) { return {.ref = std::move(ref), .points = points, .day = day}; }
Line retracts(std::string ref) { return {.ref = std::move(ref), .retraction = true}; }

Instant day_of_october(int day) { return Zone::utc().start_of(Date::from({2026, 10, day}).value()); }
const Interval kOctober = Zone::utc().interval_of(Month{2026, 10});

NewFact fact_of(const Line& line) {
  return {.kind = "praise",
          .subject = "1001",
          .occurred_at = day_of_october(line.day),
          .value = Decimal(line.points),
          .note = "",
          .source_ref = line.ref};
}

class FactsTest : public StorageTest {
 protected:
  struct Imported {
    BatchId batch;
    FactCounts counts;
  };

  Imported import(const File& file) {
    auto workspace = must(database().workspace());
    auto staging = must(FactStaging::open(workspace));
    for (const Line& line : file) {
      must(line.retraction ? staging.retract(line.ref) : staging.state(fact_of(line)));
    }
    must(staging.finish());
    auto tx = must(workspace.write());
    Imported imported;
    imported.batch = must(record_batch(tx, batch()));
    imported.counts = must(staging.merge(tx, imported.batch));
    must(tx.commit());
    return imported;
  }

  static NewBatch batch() {
    return {.kind = "facts",
            .files = {"facts.csv"},
            .content = sha256("bytes"),
            .actor = "operator",
            .at = Instant::from_seconds(1'760'000'000)};
  }

  Result<FactCounts> undo(BatchId batch) {
    auto tx = must(database().write());
    auto counts = undo_batch(tx, {.batch = batch, .actor = "operator", .at = Instant::from_seconds(1), .parts = {}});
    if (counts.ok()) must(tx.commit());
    return counts;
  }

  // The facts in force, as "ref=points ref=points", plain ones as "-=points", in canonical order of what is printed.
  std::string in_force() {
    auto tx = must(database().read());
    std::vector<std::string> found;
    auto facts = must(current_facts(tx, kOctober));
    while (facts.next()) {
      const Fact& fact = facts.fact();
      found.push_back(fmt::format("{}={}", fact.source_ref.empty() ? "-" : fact.source_ref, fact.value->to_string()));
    }
    must(facts.finish());
    std::ranges::sort(found);
    return fmt::format("{}", fmt::join(found, " "));
  }

  Proof proof() {
    auto tx = must(database().read());
    return must(verify(tx));
  }
};
ZH_ON_BOTH_DATABASES(FactsTest);

TEST_P(FactsTest, EqualRowsOfAFileAreTwoFactsAndTheSameFileAgainChangesNothing) {
  const File file{states("", 3), states("", 3), states("", 2), states("P-1", 4)};
  EXPECT_EQ(import(file).counts.added, 4);
  EXPECT_EQ(in_force(), "-=2 -=3 -=3 P-1=4");
  const auto again = import(file).counts;
  EXPECT_EQ(again.added + again.superseded + again.withdrawn, 0);
  EXPECT_EQ(in_force(), "-=2 -=3 -=3 P-1=4");
}

TEST_P(FactsTest, TheLaterStatementOfARefSupersedes) {
  import({states("P-1", 3)});
  const auto counts = import({states("P-1", 4), states("P-1", 5)}).counts;
  EXPECT_EQ(in_force(), "P-1=5");
  EXPECT_EQ(counts.added, 1);
  EXPECT_EQ(counts.superseded, 1);
}

TEST_P(FactsTest, RetractingWithdrawsAndStatingAgainRevives) {
  import({states("P-1", 3)});
  EXPECT_EQ(import({retracts("P-1")}).counts.withdrawn, 1);
  EXPECT_EQ(in_force(), "");
  EXPECT_EQ(import({states("P-1", 3)}).counts.added, 1);
  EXPECT_EQ(in_force(), "P-1=3");
  EXPECT_EQ(import({retracts("P-9")}).counts.withdrawn, 0) << "nobody has stated it";
}

TEST_P(FactsTest, UndoingACorrectionBringsTheFormerVersionBack) {
  const auto first = import({states("P-1", 3), states("", 1)});
  const auto second = import({states("P-1", 4)});
  const auto third = import({retracts("P-1")});
  EXPECT_EQ(in_force(), "-=1");
  EXPECT_EQ(must(undo(third.batch)).added, 1);
  EXPECT_EQ(in_force(), "-=1 P-1=4");
  must(undo(second.batch));
  EXPECT_EQ(in_force(), "-=1 P-1=3");
  EXPECT_EQ(must(undo(first.batch)).withdrawn, 2);
  EXPECT_EQ(in_force(), "");
}

TEST_P(FactsTest, UndoRemovesOnlyWhatNobodyElseStates) {
  const auto first = import({states("", 1), states("", 2)});
  const auto second = import({states("", 2), states("", 3)});
  must(undo(first.batch));
  EXPECT_EQ(in_force(), "-=2 -=3");
  EXPECT_EQ(undo(first.batch).error().code, ErrorCode::conflict);
  must(undo(second.batch));
  EXPECT_EQ(in_force(), "");
  EXPECT_EQ(undo(BatchId{99}).error().code, ErrorCode::not_found);
}

TEST_P(FactsTest, ValuesAreEqualByValueAndAFactIsFoundAgain) {
  NewFact fact = fact_of(states("P-1", 5));
  const Hash five = identity_of(fact);
  fact.value = Decimal::parse("5.00").value();
  EXPECT_EQ(identity_of(fact), five);
  fact.value.reset();
  EXPECT_NE(identity_of(fact), five);
  EXPECT_EQ(identity_of(five, 1), five);
  EXPECT_NE(identity_of(five, 2), identity_of(five, 3));
  import({states("P-1", 5), states("P-1", 6)});
  auto tx = must(database().read());
  EXPECT_EQ(must(fact_of_ref(tx, "P-1"))->value, Decimal(6));
  EXPECT_EQ(must(find_fact(tx, five))->value, Decimal(5)) << "superseded facts are kept";
  EXPECT_EQ(must(fact_of_ref(tx, "")), std::nullopt);
}

TEST_P(FactsTest, ThePlaceOrdersByImport) {
  import({states("a", 1), states("b", 1)});
  import({states("a", 2), states("b", 1)});
  auto tx = must(database().read());
  EXPECT_GT(must(fact_of_ref(tx, "a"))->place, must(fact_of_ref(tx, "b"))->place)
      << "stating the same again is not later";
}

TEST_P(FactsTest, PeriodsAreHalfOpenAndSubjectsAlone) {
  import({states("first", 1, 1), states("last", 2, 31)});
  auto tx = must(database().read());
  const auto count = [&](Interval period, std::string_view subject) {
    auto facts = must(current_facts_of(tx, period, subject));
    int found = 0;
    while (facts.next()) ++found;
    must(facts.finish());
    return found;
  };
  EXPECT_EQ(count(kOctober, "1001"), 2);
  EXPECT_EQ(count(kOctober, "1002"), 0);
  EXPECT_EQ(count({kOctober.from, day_of_october(31)}, "1001"), 1);
  EXPECT_EQ(count({day_of_october(1), {day_of_october(1).us + 1}}, "1001"), 1);
}

TEST_P(FactsTest, AClosedPeriodCountsLateFactsAndRefusesUndo) {
  const auto before = import({states("P-1", 3)});
  AuditNumber closed_by;
  {
    auto tx = must(database().write());
    closed_by = must(close_period(tx, {.period = {2026, 10},
                                       .interval = kOctober,
                                       .pack = sha256("pack"),
                                       .closed_at = Instant{5},
                                       .actor = "operator",
                                       .audit = {},
                                       .content = {}}))
                    .audit;
    must(tx.commit());
  }
  {
    auto tx = must(database().read());
    EXPECT_TRUE(must(subjects_changed(tx, kOctober, closed_by)).empty());
  }
  EXPECT_EQ(import({states("P-1", 4), states("", 1)}).counts.late, 3) << "one out of force, two into it";
  auto tx = must(database().read());
  EXPECT_EQ(must(subjects_changed(tx, kOctober, closed_by)), std::vector<std::string>{"1001"});
  const auto refused = undo(before.batch);
  EXPECT_EQ(problem_of(refused), "no error") << "its only fact is superseded: nothing in force changes";
  const auto refused_late = undo(BatchId{2});
  EXPECT_EQ(refused_late.error().code, ErrorCode::conflict);
  EXPECT_TRUE(problem_of(refused_late).starts_with("2026-10 is closed and a fact in it (1001 praise"))
      << problem_of(refused_late);
  EXPECT_EQ(in_force(), "-=1 P-1=4");
}

TEST_P(FactsTest, AppendedFactsBelongToTheirBatch) {
  auto tx = must(database().write());
  const BatchId id = must(record_batch(tx, batch()));
  EXPECT_EQ(must(append_facts(tx, id, {fact_of(states("", 3)), fact_of(states("P-1", 4))})).added, 2);
  must(tx.commit());
  EXPECT_EQ(in_force(), "-=3 P-1=4");
  EXPECT_EQ(proof().facts, 2);
}

TEST_P(FactsTest, AnImportThatIsKilledLeavesNothingAndCanBeRepeated) {
  import({states("P-1", 3)});
  // Killed while staging, after the batch was recorded, and after everything but the commit.
  for (const int point : {0, 1, 2}) {
    database_.reset();
    EXPECT_TRUE(was_killed_during([&] {
      auto mine = open();
      auto workspace = must(mine->workspace());
      auto staging = must(FactStaging::open(workspace));
      for (int i = 0; i < 5000; ++i) must(staging.state(fact_of(states("", 1))));
      must(staging.state(fact_of(states("P-1", 4))));
      if (point == 0) die();
      must(staging.finish());
      auto tx = must(workspace.write());
      const BatchId id = must(record_batch(tx, batch()));
      if (point == 1) die();
      must(staging.merge(tx, id));
      die();
    }));
    database_ = open();
    EXPECT_EQ(in_force(), "P-1=3") << "killed at point " << point;
    EXPECT_EQ(proof().head.number.value, 2) << "one import, one statement of facts";
  }
  EXPECT_EQ(import({states("P-1", 4)}).batch, BatchId{2});
  EXPECT_EQ(in_force(), "P-1=4");
}

// A slow and obviously right reading of FORMATS.md: keeps all files and looks through them for every answer.
class Oracle {
 public:
  void import(const File& file) { files_.push_back(file); }
  void undo(std::size_t index) { files_[index].reset(); }

  std::string in_force() const {
    std::map<std::string, std::optional<int>> by_ref;
    std::map<int, int> most_of_plain;  // points → how many equal rows the fullest living file has
    for (const auto& file : files_) {
      if (!file.has_value()) continue;
      std::map<int, int> plain;
      for (const Line& line : *file) {
        if (line.ref.empty()) {
          const int occurrences = ++plain[line.points];
          most_of_plain[line.points] = std::max(most_of_plain[line.points], occurrences);
        } else {
          by_ref[line.ref] = line.retraction ? std::nullopt : std::optional(line.points);
        }
      }
    }
    std::vector<std::string> found;
    for (const auto& [points, times] : most_of_plain) {
      for (int i = 0; i < times; ++i) found.push_back(fmt::format("-={}", points));
    }
    for (const auto& [ref, points] : by_ref) {
      if (points.has_value()) found.push_back(fmt::format("{}={}", ref, *points));
    }
    std::ranges::sort(found);
    return fmt::format("{}", fmt::join(found, " "));
  }

 private:
  std::vector<std::optional<File>> files_;
};

rc::Gen<Line> any_line() {
  return rc::gen::apply(
      [](int ref, int points, int retraction) {
        if (ref == 0) return states("", points);
        const std::string name(1, static_cast<char>('a' + ref - 1));
        return retraction == 0 ? retracts(name) : states(name, points);
      },
      rc::gen::inRange(0, 4), rc::gen::inRange(1, 3), rc::gen::inRange(0, 4));
}
rc::Gen<std::vector<File>> any_files() {
  return rc::gen::resize(5, rc::gen::container<std::vector<File>>(rc::gen::container<File>(any_line())));
}

// RapidCheck within a storage test: the database is emptied by undoing what a case imported.
#define ZH_PROPERTY(...) EXPECT_TRUE(rc::check(__VA_ARGS__))

TEST_P(FactsTest, WhatIsInForceIsWhatTheOracleSays) {
  // Enough for the short histories that the rules speak of; each case runs a dozen transactions.
  std::int64_t cases = 0;
  ZH_PROPERTY([&] {
    if (++cases > 40) return;
    const auto files = *any_files();
    Oracle oracle;
    std::vector<BatchId> batches;
    for (const File& file : files) {
      batches.push_back(import(file).batch);
      oracle.import(file);
      RC_ASSERT(in_force() == oracle.in_force());
    }
    // Undone in any order; at every step the state equals that of never having had the batch.
    std::vector<std::size_t> order(files.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    for (const std::size_t index : order) {
      must(undo(batches[index]));
      oracle.undo(index);
      RC_ASSERT(in_force() == oracle.in_force());
    }
    RC_ASSERT(in_force().empty());
  });
  EXPECT_GT(proof().migrations, 0);
}

TEST_P(FactsTest, TheOrderOfBatchesDoesNotMatterWithoutCorrections) {
  std::int64_t cases = 0;
  ZH_PROPERTY([&] {
    if (++cases > 20) return;
    auto files = *any_files();
    // Every file has refs of its own: no corrections between files.
    for (std::size_t i = 0; i < files.size(); ++i) {
      for (Line& line : files[i]) {
        if (!line.ref.empty()) line.ref += std::to_string(i);
      }
    }
    const auto hashes_after = [&](const std::vector<File>& order) {
      std::vector<BatchId> batches;
      for (const File& file : order) batches.push_back(import(file).batch);
      std::vector<Hash> hashes;
      {
        auto tx = must(database().read());
        auto facts = must(current_facts(tx, kOctober));
        while (facts.next()) hashes.push_back(facts.fact().hash);
        must(facts.finish());
      }
      std::ranges::sort(hashes);
      for (const BatchId batch : batches) must(undo(batch));
      return hashes;
    };
    const auto forwards = hashes_after(files);
    std::ranges::reverse(files);
    RC_ASSERT(hashes_after(files) == forwards);
  });
}

}  // namespace
}  // namespace zh::ledger
