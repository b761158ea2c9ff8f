// Audit chain, statements, closed periods and their proof, on both databases.
#include <fmt/format.h>

#include "ledger/batches.h"
#include "ledger/compress.h"
#include "ledger/statements.h"
#include "ledger/verify.h"
#include "tests/support/databases.h"

namespace zh::ledger {
namespace {

using testing_support::must;
using testing_support::problem_of;
using testing_support::StorageTest;

constexpr Month kOctober{2026, 10};
constexpr Month kNovember{2026, 11};

NewStatement statement(std::string subject, std::string result, Month issued_in = kOctober) {
  return {.period = kOctober,
          .issued_in = issued_in,
          .kind = "appraisal",
          .subject = std::move(subject),
          .pack = sha256("pack"),
          .result = std::move(result),
          .inputs = "[]",
          .derivation = std::string(10'000, 'x')};
}

class LedgerTest : public StorageTest {
 protected:
  AuditNumber append(std::string action, json::Value detail = {}) {
    auto tx = must(database().write());
    const AuditNumber number = must(append_audit(tx, {.at = Instant{7},
                                                      .actor = "operator",
                                                      .action = std::move(action),
                                                      .object = "test",
                                                      .detail = std::move(detail)}));
    must(tx.commit());
    return number;
  }
  // Runs a statement behind the ledger's back.
  void tamper(db::Sql sql) {
    auto tx = must(database().write());
    ASSERT_GE(must(tx.execute(sql)), 1);
    must(tx.commit());
  }
  Result<Proof> verified(const std::optional<ChainHead>& anchor = {}) {
    auto tx = must(database().read());
    return verify(tx, anchor);
  }
  void issue(const NewStatement& what) {
    auto tx = must(database().write());
    must(issue_statement(tx, what));
    must(tx.commit());
  }
  Result<ClosedPeriod> close(Month month) {
    auto tx = must(database().write());
    auto closed = close_period(tx, {.period = month,
                                    .interval = Zone::utc().interval_of(month),
                                    .pack = sha256("pack"),
                                    .closed_at = Instant{9},
                                    .actor = "operator",
                                    .audit = {},
                                    .content = {}});
    if (closed.ok()) must(tx.commit());
    return closed;
  }
};
ZH_ON_BOTH_DATABASES(LedgerTest);

TEST_P(LedgerTest, TheChainCountsFromOneAndProvesItself) {
  EXPECT_EQ(append("a").value, 1);
  EXPECT_EQ(append("b", json::Object{{"z", 1}, {"a", Decimal::parse("1.50").value()}}).value, 2);
  const Proof proof = must(verified());
  EXPECT_EQ(proof.head.number.value, 2);
  EXPECT_TRUE(verified(proof.head).ok());
}

TEST_P(LedgerTest, AChangedEntryIsNamed) {
  for (int i = 0; i < 5; ++i) append("a");
  tamper("UPDATE audit_entries SET actor = 'somebody' WHERE number = 3");
  EXPECT_EQ(problem_of(verified()), "the audit chain is broken at entry 3: its content was changed");
}

TEST_P(LedgerTest, ARemovedEntryIsNamed) {
  for (int i = 0; i < 5; ++i) append("a");
  tamper("DELETE FROM audit_entries WHERE number = 3");
  EXPECT_EQ(problem_of(verified()), "the audit chain is broken at entry 3: it is missing");
}

TEST_P(LedgerTest, ACutOffEndShowsAgainstAnAnchor) {
  for (int i = 0; i < 3; ++i) append("a");
  const ChainHead anchor = must(verified()).head;
  tamper("DELETE FROM audit_entries WHERE number = 3");
  EXPECT_TRUE(verified().ok());
  EXPECT_EQ(problem_of(verified(anchor)), "the audit chain is broken at entry 3: the anchored head is cut off");
  EXPECT_EQ(append("another").value, 3);
  EXPECT_EQ(problem_of(verified(anchor)), "the audit chain is broken at entry 3: it is not the anchored head");
}

TEST_P(LedgerTest, AChangedFactIsNamedAndAMissingStatementShows) {
  {
    auto tx = must(database().write());
    const BatchId batch = must(
        record_batch(tx, {.kind = "facts", .files = {"f.csv"}, .content = {}, .actor = "operator", .at = Instant{1}}));
    const NewFact fact{.kind = "praise",
                       .subject = "1001",
                       .occurred_at = Instant{1},
                       .value = Decimal(3),
                       .note = "",
                       .source_ref = ""};
    must(append_facts(tx, batch, {fact, fact}));
    must(tx.commit());
  }
  EXPECT_EQ(must(verified()).facts, 2);
  tamper("UPDATE facts SET value = '5' WHERE occurrence = 2");
  EXPECT_TRUE(problem_of(verified()).ends_with("(1001 praise) was changed")) << problem_of(verified());
  tamper("UPDATE facts SET value = '3' WHERE occurrence = 2");
  EXPECT_TRUE(verified().ok());
  tamper("UPDATE facts SET place = NULL WHERE occurrence = 2");
  EXPECT_TRUE(problem_of(verified()).starts_with("whether the fact ")) << problem_of(verified());
  tamper("UPDATE facts SET place = 4294967298 WHERE occurrence = 2");
  tamper("DELETE FROM fact_statements WHERE place = 4294967298");
  EXPECT_EQ(problem_of(verified()), "the facts that batch 1 states are not those of its audit entry");
}

TEST_P(LedgerTest, ABatchThatTheChainDoesNotKnowShows) {
  {
    auto tx = must(database().write());
    must(record_batch(tx, {.kind = "people", .files = {}, .content = {}, .actor = "operator", .at = Instant{1}}));
    must(tx.commit());
  }
  tamper("UPDATE batches SET state = 2 WHERE id = 1");
  EXPECT_EQ(problem_of(verified()), "batch 1 is not what the audit chain says");
}

TEST_P(LedgerTest, StatementsAreIssuedOnceAndRestatedLater) {
  issue(statement("1001", R"({"total":"91.37"})"));
  {
    auto tx = must(database().write());
    EXPECT_EQ(issue_statement(tx, statement("1001", "{}")).error().code, ErrorCode::conflict);
  }
  must(close(kOctober));
  {
    auto tx = must(database().write());
    EXPECT_EQ(problem_of(issue_statement(tx, statement("1002", "{}"))),
              "2026-10 is closed already; zhiheng close --show prints it");
  }
  issue(statement("1001", R"({"total":"92.00"})", kNovember));
  auto tx = must(database().read());
  const StatementKey key{.period = kOctober, .kind = "appraisal", .subject = "1001"};
  EXPECT_EQ(must(original_statement(tx, key))->what.result, R"({"total":"91.37"})");
  const Statement latest = *must(latest_statement(tx, key));
  EXPECT_EQ(latest.what.result, R"({"total":"92.00"})");
  EXPECT_EQ(latest.revision, 1);
  EXPECT_EQ(latest.what.derivation.size(), 10'000U);
  EXPECT_EQ(must(latest_statement(tx, {.period = kNovember, .kind = "appraisal", .subject = "1001"})), std::nullopt);
  auto issued = must(statements_issued_in(tx, kNovember, "appraisal"));
  ASSERT_TRUE(issued.next());
  EXPECT_EQ(issued.statement().hash, latest.hash);
  EXPECT_FALSE(issued.next());
  must(issued.finish());
}

TEST_P(LedgerTest, APeriodClosesOnceAndItsStatementsAreHeldByTheChain) {
  issue(statement("1002", "{}"));
  issue(statement("1001", "{}"));
  must(close(kOctober));
  EXPECT_EQ(close(kOctober).error().code, ErrorCode::conflict);
  const Proof proof = must(verified());
  EXPECT_EQ(proof.statements, 2);
  EXPECT_EQ(proof.periods, 1);
  {
    auto tx = must(database().read());
    EXPECT_EQ(must(closed_periods(tx)).front().period, kOctober);
    EXPECT_FALSE(refuse_closed(tx, Zone::utc().interval_of(kOctober)).ok());
    EXPECT_TRUE(refuse_closed(tx, Zone::utc().interval_of(kNovember)).ok());
  }
  tamper("DELETE FROM statements WHERE subject = '1002'");
  EXPECT_EQ(problem_of(verified()), "the statements of 2026-10 are not those of its close");
}

TEST_P(LedgerTest, AChangedStatementIsNotHandedOut) {
  issue(statement("1001", "{}"));
  tamper("UPDATE statements SET subject = '1002'");
  EXPECT_EQ(problem_of(verified()),
            "the statement 2026-10 appraisal 1002: its content does not match its hash and was changed");
  auto tx = must(database().read());
  const StatementKey key{.period = kOctober, .kind = "appraisal", .subject = "1002"};
  EXPECT_EQ(latest_statement(tx, key).error().code, ErrorCode::corrupt);
}

TEST_P(LedgerTest, ARolledBackChangeLeavesNoEntry) {
  {
    auto tx = must(database().write());
    must(append_audit(tx, {.at = Instant{7}, .actor = "operator", .action = "a", .object = "", .detail = {}}));
  }
  EXPECT_EQ(append("b").value, 1);
}

TEST(Compress, TakesAnythingAndRefusesDamage) {
  for (const std::string& text : {std::string(), std::string("x"), std::string(100'000, 'y')}) {
    EXPECT_EQ(must(decompressed(compressed(text))), text);
  }
  EXPECT_LT(compressed(std::string(100'000, 'y')).size(), 2000U);
  const std::string bytes = compressed("some text, some text, some text");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(decompressed(bytes.substr(0, i)).ok() && i > 0) << "cut at " << i;
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    EXPECT_FALSE(decompressed(changed).ok()) << "changed at " << i;
  }
  EXPECT_FALSE(decompressed(bytes + "x").ok());
}

}  // namespace
}  // namespace zh::ledger
