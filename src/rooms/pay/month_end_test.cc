// The month end on both databases: closing once, settling closed months, explaining what was issued.
#include "rooms/pay/month_end.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "ledger/batches.h"
#include "ledger/facts.h"
#include "ledger/statements.h"
#include "ledger/verify.h"
#include "rooms/people/people_store.h"
#include "tests/support/databases.h"
#include "tests/support/month_builder.h"

namespace zh::pay {
namespace {

using testing_support::chengdu;
using testing_support::day_of;
using testing_support::must;

Month month(std::string_view text) { return Month::parse(text).value(); }

// The centre's zone and pack; the rest is in the database.
Books books_in(db::Database& database) {
  const auto pack = [](db::Transaction&, auto&&) -> Result<PackPtr> {
    return PackPtr(std::shared_ptr<const void>(), &chengdu());
  };
  return {.database = database, .zone = Zone::find("Asia/Shanghai").value(), .pack_on = pack, .pack_of = pack};
}

class MonthEndTest : public testing_support::StorageTest {
 protected:
  Books books() { return books_in(database()); }
  static Instant now() { return Zone::utc().parse_instant("2026-12-20T00:00:00").value(); }

  ledger::BatchId new_batch(db::Transaction& tx) {
    return must(
        ledger::record_batch(tx, {.kind = "facts", .files = {"test"}, .content = {}, .actor = "test", .at = now()}));
  }

  struct Employment {
    std::string position = "agent";
    std::string hired_on = "2020-01-01";
    std::string left_on = {};
    std::string group = "A";
    std::vector<std::string> products = {"a", "b", "c"};
    std::string probation_until = {};
    std::vector<std::string> phone_ids = {};
  };
  void person(const std::string& staff_no, const Employment& employment) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.name = "name";
    row.group = employment.group;
    row.position = people::parse_position(employment.position).value();
    row.hired_on = day_of(employment.hired_on);
    if (!employment.left_on.empty()) row.left_on = day_of(employment.left_on);
    if (!employment.probation_until.empty()) row.probation_until = day_of(employment.probation_until);
    row.products = employment.products;
    row.phone_ids = employment.phone_ids;
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const auto before = must(people::load_people(tx));
    const std::vector<people::StatedRow> rows{{row, 2}};
    const auto change = people::change_of(before, rows);
    must(people::store_change(tx, new_batch(tx), rows, change));
    must(tx.commit());
  }

  static ledger::NewFact fact(std::string staff_no, std::string kind, std::string_view day, std::string_view value = {},
                              std::string ref = {}) {
    ledger::NewFact fact{.kind = std::move(kind),
                         .subject = std::move(staff_no),
                         .occurred_at = Zone::find("Asia/Shanghai")->start_of(day_of(day)),
                         .value = {},
                         .note = {},
                         .source_ref = std::move(ref)};
    if (!value.empty()) fact.value = testing_support::decimal(value);
    return fact;
  }
  // One import.
  void import(const std::vector<ledger::NewFact>& facts) {
    auto tx = must(database().write());
    must(ledger::append_facts(tx, new_batch(tx), facts));
    must(tx.commit());
  }

  // Agents 1001 … with an October score of 95, 94 …
  void agents(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string staff_no = std::to_string(1001 + i);
      person(staff_no, {});
      const std::string score = std::to_string(95 - i);
      import({fact(staff_no, "qa_recording", "2026-10-05", score), fact(staff_no, "qa_text", "2026-10-20", score)});
    }
  }

  Draft drafted(std::string_view period) { return must(draft_month(books(), month(period), now())); }
  Draft closed(std::string_view period) {
    return must(close_month(books(), month(period), {.actor = "operator", .now = now()}));
  }
  static std::string json_of(const Draft& draft) {
    json::Array rows;
    for (const PersonResult& one : draft.result.people) rows.push_back(person_json(one));
    return json::pretty(month_json(draft.head, std::move(rows)));
  }
  std::string issued(std::string_view period) {
    Issued issued = must(issued_month(books(), month(period)));
    return json::pretty(month_json(issued.head, std::move(issued.people)));
  }
  // "2026-10: 200.00, …" of the person's adjustments; "none" without any, "no row" without a row.
  static std::string adjustments(const Draft& draft, std::string_view staff_no) {
    for (const PersonResult& one : draft.result.people) {
      if (one.staff_no() != staff_no) continue;
      std::string text;
      for (const PayLine& line : one.pay ? one.pay->lines : std::vector<PayLine>()) {
        if (!line.period) continue;
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", line.period->to_string(), line.amount.to_string());
      }
      return text.empty() ? "none" : text;
    }
    return "no row";
  }
  std::string adjustments(std::string_view period, std::string_view staff_no) {
    return adjustments(drafted(period), staff_no);
  }
};
ZH_ON_BOTH_DATABASES(MonthEndTest);

TEST_P(MonthEndTest, WhatIsIssuedIsWhatWasDrafted) {
  agents(3);
  person("2001", {.position = "shift_leader"});
  person("3001", {.position = "trainer"});
  const std::string draft = json_of(drafted("2026-10"));
  EXPECT_NE(draft.find(R"("status": "draft")"), std::string::npos);
  const std::string closing = json_of(closed("2026-10"));
  EXPECT_EQ(closing, issued("2026-10"));
  std::string as_closed = draft;
  as_closed.replace(as_closed.find("draft"), 5, "closed");
  EXPECT_EQ(as_closed, closing);
}

TEST_P(MonthEndTest, AMonthIsClosedOnce) {
  agents(1);
  EXPECT_FALSE(issued_month(books(), month("2026-10")).ok());
  closed("2026-10");
  const std::string once = issued("2026-10");
  const auto again = close_month(books(), month("2026-10"), {.actor = "operator", .now = now()});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  const auto draft = draft_month(books(), month("2026-10"), now());
  ASSERT_FALSE(draft.ok());
  EXPECT_EQ(draft.error().code, ErrorCode::conflict);
  EXPECT_EQ(issued("2026-10"), once);
}

TEST_P(MonthEndTest, OfTwoClosesAtOnceOneWins) {
  agents(4);
  std::array<std::optional<Result<Draft>>, 2> results;
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back(
          [&] { result = close_month(books(), month("2026-10"), {.actor = "operator", .now = now()}); });
    }
  }
  EXPECT_NE(results[0]->ok(), results[1]->ok());
  const auto& loser = results[0]->ok() ? *results[1] : *results[0];
  EXPECT_EQ(loser.error().code, ErrorCode::conflict) << loser.error().to_string(Language::en);
  issued("2026-10");
}

TEST_P(MonthEndTest, ALateFactIsSettledInTheNextOpenMonth) {
  agents(20);  // 1, 2, 5, 9 and 3 heads; 1005 has rank 5 and 3★
  closed("2026-10");
  EXPECT_EQ(adjustments("2026-11", "1005"), "none");
  import({fact("1005", "commission", "2026-10-30", "88.5")});
  EXPECT_EQ(adjustments("2026-11", "1005"), "2026-10: 88.50");
  EXPECT_EQ(adjustments("2026-11", "1004"), "none");
  EXPECT_EQ(adjustments("2026-12", "1005"), "none");  // November is the next open month
  // 93.25 + 2 = 95.25 passes 1003, the last holder of 4★ with 94.75: 900 → 1,100
  import({fact("1005", "praise", "2026-10-30", "2")});
  EXPECT_EQ(adjustments("2026-11", "1005"), "2026-10: 288.50");
  const std::string october = issued("2026-10");
  closed("2026-11");
  EXPECT_EQ(issued("2026-10"), october);
  EXPECT_EQ(adjustments("2026-12", "1005"), "none");
}

TEST_P(MonthEndTest, EachChangeIsComparedWithWhatWasLastStated) {
  agents(20);
  closed("2026-10");
  import({fact("1005", "commission", "2026-10-30", "100", "c1")});
  EXPECT_EQ(adjustments(closed("2026-11"), "1005"), "2026-10: 100.00");
  import({fact("1005", "commission", "2026-10-30", "70", "c1")});  // a correction: 30 less
  EXPECT_EQ(adjustments("2026-12", "1005"), "2026-10: -30.00");
  import({fact("1005", "commission", "2026-10-30", "100", "c1")});  // back again
  EXPECT_EQ(adjustments("2026-12", "1005"), "none");
  import({fact("1005", "late", "2026-11-03")});  // November is closed as well: full attendance is lost
  import({fact("1005", "commission", "2026-10-29", "1")});
  EXPECT_EQ(adjustments("2026-12", "1005"), "2026-10: 1.00, 2026-11: -100.00");
  EXPECT_EQ(adjustments(closed("2026-12"), "1005"), "2026-10: 1.00, 2026-11: -100.00");
  EXPECT_EQ(adjustments("2027-01", "1005"), "none");
  // What December settled for other months is no part of December's own worth.
  import({fact("1005", "commission", "2026-12-01", "2")});
  EXPECT_EQ(adjustments("2027-01", "1005"), "2026-12: 2.00");
}

TEST_P(MonthEndTest, ARetractionTakesBackAndNobodyElseMoves) {
  agents(20);
  import({fact("1004", "complaint", "2026-10-08", "", "x")});
  const Draft october = closed("2026-10");
  auto workspace = must(database().workspace());
  auto staging = must(ledger::FactStaging::open(workspace));
  must(staging.retract("x"));
  must(staging.finish());
  auto write = must(workspace.write());
  must(staging.merge(write, new_batch(write)));
  must(write.commit());
  const Draft november = drafted("2026-11");
  int moved = 0;
  for (const PersonResult& one : november.result.people)
    moved += adjustments(november, one.staff_no()) == "none" ? 0 : 1;
  EXPECT_EQ(moved, 1);
  EXPECT_NE(adjustments(november, "1004"), "none");
}

TEST_P(MonthEndTest, SomebodyNotRatedIsRatedAgainstTheFrozenCutOffs) {
  agents(20);
  person("1099", {});  // no score at all: no total, no star
  closed("2026-10");
  import({fact("1099", "qa_recording", "2026-10-05", "100"), fact("1099", "qa_text", "2026-10-05", "100")});
  // 5★ against 1001's 95.xx: 1,300 instead of no-star 500.
  EXPECT_EQ(adjustments("2026-11", "1099"), "2026-10: 800.00");
  EXPECT_EQ(adjustments("2026-11", "1001"), "none");
}

TEST_P(MonthEndTest, WhoHasLeftGetsARowWithThatLineAlone) {
  agents(2);
  person("1050", {.left_on = "2026-10-31"});
  closed("2026-10");
  EXPECT_EQ(adjustments("2026-11", "1050"), "no row");
  import({fact("1050", "night_shift", "2026-10-02")});
  const Draft november = drafted("2026-11");
  EXPECT_EQ(adjustments(november, "1050"), "2026-10: 20.00");
  for (const PersonResult& one : november.result.people) {
    if (one.staff_no() != "1050") continue;
    EXPECT_EQ(
        json::compact(person_json(one)),
        R"({"staff_no":"1050","position":"agent","on_probation":false,"scorecard":null,"rated":false,"rank":null,)"
        R"("star":0,"excellent":null,"pay":{"lines":[{"id":"adjustment","amount":"20.00","period":"2026-10"}],)"
        R"("total":"20.00"}})");
  }
}

TEST_P(MonthEndTest, CorrectionsOfPeopleAreSettledToo) {
  agents(2);
  person("1060", {.hired_on = "2023-11-01"});
  closed("2026-10");
  person("1060", {.hired_on = "2023-10-31"});  // three years on 31 October: 500 instead of 400
  EXPECT_EQ(adjustments("2026-11", "1060"), "2026-10: 100.00");
  person("1060", {.hired_on = "2023-11-01"});
  EXPECT_EQ(adjustments("2026-11", "1060"), "none");
  person("1061", {.hired_on = "2026-10-31"});  // known only now: 1600 / 31 + 500
  EXPECT_EQ(adjustments("2026-11", "1061"), "2026-10: 551.61");
  EXPECT_EQ(adjustments(closed("2026-11"), "1061"), "2026-10: 551.61");
  EXPECT_EQ(adjustments("2026-12", "1061"), "none");
  person("1061", {.hired_on = "2026-11-01"});  // was not there after all
  EXPECT_EQ(adjustments("2026-12", "1061"), "2026-10: -551.61");
}

TEST_P(MonthEndTest, LeadersKeepTheSheetTheyWereIssued) {
  agents(2);
  person("2001", {.position = "shift_leader"});
  closed("2026-10");
  import({fact("1001", "complaint_major", "2026-10-09", "20"), fact("2001", "complaint", "2026-10-09")});
  const Draft november = drafted("2026-11");
  EXPECT_EQ(adjustments(november, "2001"), "none");
  for (const PersonResult& one : november.result.people) {
    EXPECT_EQ(one.pay.has_value(), one.staff_no() != "2001");
  }
}

TEST_P(MonthEndTest, TheOrderOfImportsDoesNotMatter) {
  std::vector<ledger::NewFact> facts;
  for (int i = 0; i < 4; ++i) {
    const std::string staff_no = std::to_string(1001 + i);
    person(staff_no, {});
    for (const char* kind : {"qa_recording", "qa_text", "exam", "leader_evaluation"}) {
      facts.push_back(fact(staff_no, kind, "2026-10-12", std::to_string(80 + i)));
    }
    facts.push_back(fact(staff_no, "praise", "2026-10-12", "3", "ref" + staff_no));
  }
  import(facts);
  const std::string whole = json_of(drafted("2026-10"));

  // The same facts, one import each, backwards, each praise first stated as 5 and then corrected.
  TearDown();
  SetUp();
  if (IsSkipped()) return;
  for (int i = 0; i < 4; ++i) person(std::to_string(1001 + i), {});
  for (ledger::NewFact one : facts) {
    if (one.source_ref.empty()) continue;
    one.value = Decimal(5);
    import({one});
  }
  for (auto one = facts.rbegin(); one != facts.rend(); ++one) import({*one});
  EXPECT_EQ(json_of(drafted("2026-10")), whole);
}

TEST_P(MonthEndTest, WhyTellsOfAClosedMonthWhatTheDraftTold) {
  agents(3);
  const Question question{.month = month("2026-10"), .staff_no = "1002", .item = {}};
  const auto draft = must(explain(books(), question));
  closed("2026-10");
  import({fact("1002", "exam", "2026-10-12", "10")});
  EXPECT_EQ(must(explain(books(), question)), draft);
  EXPECT_FALSE(explain(books(), {.month = month("2026-10"), .staff_no = "9999", .item = {}}).ok());
  EXPECT_FALSE(explain(books(), {.month = month("2026-10"), .staff_no = "", .item = {}}).ok());
  const auto base = must(explain(books(), {.month = month("2026-10"), .staff_no = "1002", .item = "base"}));
  EXPECT_EQ(base.caption->clause, "C2.2");
}

TEST_P(MonthEndTest, TheLedgerStillProvesItselfAfterwards) {
  agents(2);
  closed("2026-10");
  import({fact("1001", "commission", "2026-10-30", "1")});
  closed("2026-11");
  auto tx = must(database().read());
  const auto proof = must(ledger::verify(tx));
  EXPECT_EQ(proof.periods, 2);
  EXPECT_EQ(proof.statements, 3 + 3 + 1);  // each month's centre and two people, and one restatement
}

// A process that is killed while it closes leaves the month open or closed, never half done.
TEST_P(MonthEndTest, AKilledCloseLeavesAllOrNothing) {
  agents(8);
  std::mt19937 random(7);
  for (int attempt = 0; attempt < 6; ++attempt) {
    const pid_t child = fork();
    if (child == 0) {
      auto own = db::Database::open(options());
      if (own.ok()) (void)close_month(books_in(**own), month("2026-10"), {.actor = "operator", .now = now()});
      _exit(0);
    }
    ASSERT_GT(child, 0);
    usleep(static_cast<useconds_t>(random() % 60'000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    auto tx = must(database().read());
    const bool is_closed = must(ledger::closed_period(tx, month("2026-10"))).has_value();
    const auto proof = must(ledger::verify(tx));
    EXPECT_EQ(proof.statements, is_closed ? 9 : 0);
    if (is_closed) return;
  }
  closed("2026-10");
}

}  // namespace
}  // namespace zh::pay
