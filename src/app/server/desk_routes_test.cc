// Regulation, audit, system and entered facts, on both databases.
#include <gtest/gtest.h>

#include "jobs/jobs.h"
#include "tests/support/desk.h"

namespace zh::app {
namespace {

using testing_support::Answer;
using testing_support::must;

class RegulationTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    add_regulation_routes(site.routes(), serving());
    site.start();
  }
};

TEST_P(RegulationTest, ShowsEachClauseWithItsRulesAndFigures) {
  const Answer answer = site.get("agent-1001", "/api/v1/regulation");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("pack"), "sound");
  EXPECT_EQ(answer.size("clauses"), 3);
  EXPECT_EQ(answer.at("clauses/0/id"), "A1");
  EXPECT_EQ(answer.at("clauses/0/coverage"), "computed");
  EXPECT_EQ(answer.at("coverage/computed"), "3");
  // Bands of the handling time and the rates of star pay, as they stand in the pack.
  EXPECT_NE(answer.body.find(R"({"name":"[141..145] seconds","value":"95 points"})"), std::string::npos) << answer.body;
  EXPECT_NE(answer.body.find(R"({"name":"weight","value":"50 %"})"), std::string::npos);
  EXPECT_NE(answer.body.find(R"({"name":"times","value":"500 yuan"})"), std::string::npos);
  EXPECT_NE(answer.body.find(R"({"name":"two stars","value":"40 %"})"), std::string::npos);
  EXPECT_NE(answer.body.find(R"("rule":"appraisal.yaml:)"), std::string::npos);
  EXPECT_EQ(answer.at("versions/0/state"), "published");
  EXPECT_EQ(site.get("", "/api/v1/regulation").status, 401);
}

TEST_P(RegulationTest, EveryRuleThatAClauseNamesIsFound) {
  const Answer answer = site.get("manager", "/api/v1/regulation");
  const json::Value document = answer.document();
  int rules = 0;
  for (const auto& clause : *document.find("clauses")->array()) {
    for (const auto& rule : *clause.find("rules")->array()) {
      ++rules;
      EXPECT_NE(*rule.find("label")->find("en")->text(), *rule.find("id")->text());
    }
  }
  EXPECT_GT(rules, 8);
}

ZH_ON_BOTH_DATABASES(RegulationTest);

class AuditTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    add_audit_routes(site.routes(), serving());
    site.start();
    auto tx = must(centre().database->write());
    for (int i = 1; i <= 5; ++i) {
      must(ledger::append_audit(tx, {.at = Instant::from_seconds(kNow.seconds() + i),
                                     .actor = i % 2 == 0 ? "li" : "wang",
                                     .action = "sign_in",
                                     .object = fmt::format("account {}", i),
                                     .detail = {}}));
    }
    must(tx.commit());
  }
};

TEST_P(AuditTest, IsReadNewestFirstPageByPage) {
  const Answer first = site.get("manager", "/api/v1/audit?limit=2&action=sign_in");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.at("items/0/object"), "account 5");
  EXPECT_EQ(first.at("items/1/object"), "account 4");
  const Answer second = site.get("manager", "/api/v1/audit?limit=2&action=sign_in&cursor=" + first.at("next"));
  EXPECT_EQ(second.at("items/0/object"), "account 3");
  const Answer third = site.get("manager", "/api/v1/audit?limit=2&action=sign_in&cursor=" + second.at("next"));
  EXPECT_EQ(third.size("items"), 1);
  EXPECT_EQ(third.at("next"), "null");
}

TEST_P(AuditTest, FiltersNarrow) {
  EXPECT_EQ(site.get("admin", "/api/v1/audit?actor=li").size("items"), 2);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?object=account%203").size("items"), 1);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?object=account%25").size("items"), 0);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?from=2026-11-18&to=2026-11-18&action=sign_in").size("items"), 5);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?from=2026-11-19").size("items"), 0);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?limit=0").status, 400);
  EXPECT_EQ(site.get("admin", "/api/v1/audit?cursor=x").status, 400);
}

TEST_P(AuditTest, IsForManagersAndAdministrators) {
  for (const std::string who : {"hr", "trainer", "leader-a", "agent-1001"}) {
    EXPECT_EQ(site.get(who, "/api/v1/audit").status, 403) << who;
    EXPECT_EQ(site.get(who, "/api/v1/audit/chain").status, 403) << who;
  }
}

TEST_P(AuditTest, ABrokenChainIsTold) {
  EXPECT_EQ(site.get("admin", "/api/v1/audit/chain").at("whole"), "true");
  auto tx = must(centre().database->write());
  must(tx.execute("UPDATE audit_entries SET actor = 'nobody' WHERE object = 'account 5'"));
  must(tx.execute("DELETE FROM audit_entries WHERE object = 'account 4'"));
  must(tx.commit());
  // What was found holds for that head only, and the head has stayed: the next entry shows it.
  auto more = must(centre().database->write());
  must(ledger::append_audit(more,
                            {.at = kNow, .actor = "li", .action = "sign_in", .object = "account 6", .detail = {}}));
  must(more.commit());
  const Answer answer = site.get("admin", "/api/v1/audit/chain");
  EXPECT_EQ(answer.at("whole"), "false");
  EXPECT_NE(answer.at("problem").find("broken"), std::string::npos) << answer.body;
}

ZH_ON_BOTH_DATABASES(AuditTest);

class SystemTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    add_system_routes(site.routes(), serving());
    site.start();
  }
  std::string enqueue(const std::string& kind) {
    auto tx = must(centre().database->write());
    const auto queued_job = must(jobs::enqueue(tx, {.kind = kind, .account = "hr"}, kNow));
    must(tx.commit());
    return queued_job.ref;
  }
};

TEST_P(SystemTest, JobsAreListedCancelledAndAudited) {
  const std::string first = enqueue("import");
  const std::string second = enqueue("prune_jobs");
  const Answer answer = site.get("admin", "/api/v1/jobs");
  EXPECT_EQ(answer.at("items/0/name"), "prune_jobs");
  EXPECT_EQ(answer.at("items/1/id"), first);
  EXPECT_EQ(answer.at("items/1/state"), "waiting");
  EXPECT_EQ(answer.at("items/1/account"), "hr");
  EXPECT_EQ(site.post("admin", "/api/v1/jobs/" + first + "/cancel").status, 204);
  EXPECT_EQ(queued, 1);
  EXPECT_EQ(audit().back().object, "job " + first);
  EXPECT_EQ(site.get("admin", "/api/v1/jobs?state=cancelled").size("items"), 1);
  EXPECT_EQ(site.get("admin", "/api/v1/jobs?limit=1").size("items"), 1);
  EXPECT_NE(site.get("admin", "/api/v1/jobs?limit=1").at("next"), "null");
  EXPECT_EQ(site.post("admin", "/api/v1/jobs/" + first + "/retry").status, 409);
  EXPECT_EQ(site.post("admin", "/api/v1/jobs/nothing/cancel").status, 404);
  EXPECT_EQ(site.get("admin", "/api/v1/jobs?state=lost").status, 400);
  EXPECT_EQ(site.post("manager", "/api/v1/jobs/" + second + "/cancel").status, 403);
}

TEST_P(SystemTest, HealthTellsHowFarJobsAreBehind) {
  enqueue("import");
  site.set_now(Instant::from_seconds(kNow.seconds() + 90));
  const Answer answer = site.get("admin", "/api/v1/health");
  EXPECT_EQ(answer.at("jobs_waiting"), "1");
  EXPECT_EQ(answer.at("behind_s"), "90");
  EXPECT_EQ(answer.at("uptime_s"), "90");
  EXPECT_EQ(site.get("manager", "/api/v1/health").status, 403);
}

ZH_ON_BOTH_DATABASES(SystemTest);

class FactsApiTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    add_fact_routes(site.routes(), serving());
    site.start();
  }
  static std::string row(const std::string& staff_no, const std::string& kind, const std::string& value,
                         const std::string& more = {}, const std::string& day = "2026-11-17") {
    return fmt::format(R"({{"staff_no":"{}","occurred_at":"{}","kind":"{}","value":"{}"{}}})", staff_no, day, kind,
                       value, more);
  }
  Answer enter(const std::string& who, const std::string& rows) const {
    return site.post(who, "/api/v1/facts", R"({"rows":[)" + rows + "]}");
  }
  std::string facts_of(const std::string& who, const std::string& staff_no) const {
    const Answer answer = site.get(who, "/api/v1/facts?from=2026-11-01&to=2026-11-30&staff_no=" + staff_no);
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::string text;
    for (int i = 0; i < answer.size(""); ++i) {
      text += (i > 0 ? " " : "") + answer.at(fmt::format("{}/kind", i)) + "=" + answer.at(fmt::format("{}/value", i));
    }
    return text;
  }
};

TEST_P(FactsApiTest, AGridIsTakenRowByRow) {
  const Answer answer = enter("leader-a", row("1001", "praise", "3") + "," + row("1002", "praise", "6") + "," +
                                              row("1002", "leader_evaluation", "91.5"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("rows/0/ok"), "true");
  EXPECT_EQ(answer.at("rows/1/ok"), "false");
  EXPECT_NE(answer.at("rows/1/problem").find("6 is out of range, which is 2–5"), std::string::npos) << answer.body;
  EXPECT_EQ(answer.at("rows/2/ok"), "true");
  EXPECT_EQ(answer.at("added"), "2");
  EXPECT_EQ(facts_of("leader-a", "1001"), "praise=3");
  EXPECT_EQ(facts_of("manager", "1002"), "leader_evaluation=91.5");
  EXPECT_EQ(audit().back().actor, "leader-A");
}

TEST_P(FactsApiTest, ALeaderEntersAboutTheGroupAndNobodyElse) {
  const Answer answer = enter("leader-a", row("2001", "praise", "3") + "," + row("1009", "praise", "3") + "," +
                                              row("1001", "suggestion", "3") + "," + row("1001", "commission", "3") +
                                              "," + row("2001", "praise", "3", "", "2019-01-01"));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(answer.at(fmt::format("rows/{}/ok", i)), "false") << i;
  EXPECT_EQ(answer.at("batch"), "null");
  // Nothing is told about people of other groups, such as when they were hired.
  EXPECT_EQ(answer.body.find("2020-01-01"), std::string::npos) << answer.body;
  EXPECT_EQ(enter("trainer", row("2001", "exam", "80")).at("rows/0/ok"), "true");
  EXPECT_EQ(enter("trainer", row("2001", "praise", "3")).at("rows/0/ok"), "false");
  EXPECT_EQ(enter("hr", row("2001", "late", "")).at("rows/0/ok"), "true");
  EXPECT_EQ(enter("agent-1001", row("1002", "praise", "3")).status, 403);
  EXPECT_EQ(enter("admin", row("1002", "praise", "3")).status, 403);
}

TEST_P(FactsApiTest, WhatIsWrongIsToldPerRow) {
  const Answer answer =
      enter("manager", row("1001", "praise", "3", "", "2026-11-19") + "," + row("9999", "praise", "3") + "," +
                           row("1001", "praise", "many") + "," + row("1001", "praise", "3", "", "yesterday"));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(answer.at(fmt::format("rows/{}/ok", i)), "false") << i;
  EXPECT_NE(answer.at("rows/0/problem").find("future"), std::string::npos);
  EXPECT_NE(answer.at("rows/1/problem").find("9999"), std::string::npos);
  EXPECT_EQ(enter("manager", "").status, 422);
}

TEST_P(FactsApiTest, TheSameAgainChangesNothingAndTheSameEvidenceCorrects) {
  enter("leader-a", row("1001", "praise", "3"));
  const Answer again = enter("leader-a", row("1001", "praise", "3"));
  EXPECT_EQ(again.at("added"), "0");
  EXPECT_EQ(again.at("unchanged"), "1");
  EXPECT_EQ(facts_of("manager", "1001"), "praise=3");

  const std::string evidence = R"(,"source_ref":"R-17")";
  enter("leader-a", row("1002", "praise", "3", evidence) + "," + row("1002", "leader_evaluation", "90", evidence));
  enter("leader-a", row("1002", "praise", "4", evidence));
  EXPECT_EQ(facts_of("manager", "1002").find("praise=3"), std::string::npos);
  EXPECT_NE(facts_of("manager", "1002").find("praise=4"), std::string::npos);
  EXPECT_NE(facts_of("manager", "1002").find("leader_evaluation=90"), std::string::npos);
}

TEST_P(FactsApiTest, OnesOwnEntryIsTakenBackAndNobodyElses) {
  const std::string batch = enter("leader-a", row("1001", "praise", "3")).at("batch");
  EXPECT_EQ(site.del("manager", "/api/v1/facts/batches/" + batch).status, 404);
  EXPECT_EQ(site.del("leader-a", "/api/v1/facts/batches/1").status, 404);  // the people's import
  EXPECT_EQ(site.del("leader-a", "/api/v1/facts/batches/" + batch).status, 204);
  EXPECT_EQ(facts_of("manager", "1001"), "");
  EXPECT_EQ(site.del("leader-a", "/api/v1/facts/batches/" + batch).status, 409);
}

TEST_P(FactsApiTest, KindsAreThoseOfTheRole) {
  const Answer of_leader = site.get("leader-a", "/api/v1/facts/kinds");
  EXPECT_NE(of_leader.body.find(R"("kind":"praise")"), std::string::npos);
  EXPECT_EQ(of_leader.body.find(R"("kind":"suggestion")"), std::string::npos);
  EXPECT_NE(of_leader.body.find("agent [2, 5]"), std::string::npos) << of_leader.body;
  EXPECT_EQ(site.get("trainer", "/api/v1/facts/kinds").size(""), 1);
  EXPECT_EQ(site.get("agent-1001", "/api/v1/facts/kinds").status, 403);
}

TEST_P(FactsApiTest, FactsAreReadWithinTheReach) {
  enter("manager", row("1001", "praise", "3") + "," + row("2001", "praise", "4"));
  EXPECT_EQ(facts_of("agent-1001", "1001"), "praise=3");
  EXPECT_EQ(facts_of("agent-1001", "2001"), "");
  EXPECT_EQ(facts_of("leader-a", "2001"), "");
  EXPECT_EQ(facts_of("hr", "2001"), "praise=4");
  EXPECT_EQ(site.get("hr", "/api/v1/facts?from=2026-11-01&to=2027-11-30&staff_no=1001").status, 400);
}

ZH_ON_BOTH_DATABASES(FactsApiTest);

}  // namespace
}  // namespace zh::app
