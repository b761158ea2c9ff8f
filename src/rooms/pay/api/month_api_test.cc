// The month's routes: who sees what, closing by two people, showing a draft, asking, exporting.
#include "rooms/pay/api/month_api.h"

#include <gmock/gmock.h>

#include "ledger/audit.h"
#include "ledger/batches.h"
#include "ledger/facts.h"
#include "rooms/people/people_store.h"
#include "rooms/people/settings.h"
#include "tests/support/databases.h"
#include "tests/support/month_builder.h"
#include "tests/support/test_site.h"

namespace zh::pay {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::agent;
using testing_support::Answer;
using testing_support::chengdu;
using testing_support::day_of;
using testing_support::must;
using testing_support::shift_leader;
using testing_support::TestSite;
using testing_support::with_role;

constexpr std::string_view kMonth = "/api/v1/months/2026-10";

// Two groups: A with 1001–1003 under 2001, B with 1004 and 1005 under 2002; scores of October fall from 95 by one.
class MonthApiTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    const auto pack = [](db::Transaction&, auto&&) -> Result<PackPtr> {
      return PackPtr(std::shared_ptr<const void>(), &chengdu());
    };
    site.set_now(now);
    add_month_routes(
        site.routes(),
        {.database = database(), .zone = Zone::find("Asia/Shanghai").value(), .pack_on = pack, .pack_of = pack});
    for (const char* const staff_no : {"1001", "1002", "1003", "1004", "1005"}) {
      site.sign_in(staff_no, agent(staff_no));
      person(staff_no, people::Position::agent, staff_no < std::string("1004") ? "A" : "B");
      const std::string score = std::to_string(95 - (staff_no[3] - '1'));
      fact(staff_no, "qa_recording", score);
      fact(staff_no, "qa_text", score);
    }
    person("2001", people::Position::shift_leader, "A");
    person("2002", people::Position::shift_leader, "B");
    site.sign_in("leader", shift_leader("2001", "A"));
    site.sign_in("manager", with_role(http::Role::manager));
    site.sign_in("hr", with_role(http::Role::hr));
    site.sign_in("supervisor", with_role(http::Role::qa_supervisor));
    site.sign_in("admin", with_role(http::Role::admin));
    site.sign_in("manager_of_a",
                 testing_support::person("manager-a", "", {{http::Role::manager, http::Scope::group, "A"}}));
    // Leads B, and settles the pay of A.
    site.sign_in("both", testing_support::person("both", "",
                                                 {{http::Role::shift_leader, http::Scope::group, "B"},
                                                  {http::Role::hr, http::Scope::group, "A"}}));
    site.start();
  }

  void person(const std::string& staff_no, people::Position position, const std::string& group) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.name = "name of " + staff_no;
    row.group = group;
    row.position = position;
    row.hired_on = day_of("2020-01-01");
    row.products = {"a"};
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const std::vector<people::StatedRow> rows{{row, 2}};
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    must(people::store_change(tx, new_batch(tx), rows, change));
    must(tx.commit());
  }
  void fact(const std::string& staff_no, std::string kind, std::string_view value,
            std::string_view day = "2026-10-05") {
    auto tx = must(database().write());
    const std::vector<ledger::NewFact> facts{{.kind = std::move(kind),
                                              .subject = staff_no,
                                              .occurred_at = Zone::find("Asia/Shanghai")->start_of(day_of(day)),
                                              .value = testing_support::decimal(value),
                                              .note = {},
                                              .source_ref = {}}};
    must(ledger::append_facts(tx, new_batch(tx), facts));
    must(tx.commit());
  }
  ledger::BatchId new_batch(db::Transaction& tx) {
    return must(
        ledger::record_batch(tx, {.kind = "facts", .files = {"test"}, .content = {}, .actor = "test", .at = now}));
  }

  Answer month(const std::string& who) const { return site.get(who, kMonth); }
  Answer sheet(const std::string& who, const std::string& staff_no, const std::string& more = {}) const {
    return site.get(who, std::string(kMonth) + "/sheets/" + staff_no + more);
  }
  void close() {
    EXPECT_EQ(site.post("hr", std::string(kMonth) + "/closing").status, 204);
    EXPECT_EQ(site.post("manager", std::string(kMonth) + "/closing/confirm").status, 204);
  }

  const Instant now = Zone::utc().parse_instant("2026-11-05T00:00:00").value();
  TestSite site;
};
ZH_ON_BOTH_DATABASES(MonthApiTest);

TEST_P(MonthApiTest, EachSeesTheSheetsOfTheOwnReach) {
  struct Row {
    std::string who;
    int own_group;    // 1001 of group A
    int other_group;  // 1004 of group B
    int people;       // in the month's list; −1 = refused
    bool pay;         // of 1001
  };
  const std::array rows{Row{"", 401, 401, -1, false},           Row{"1001", 200, 404, 1, true},
                        Row{"1002", 404, 404, 1, false},        Row{"leader", 200, 404, 4, false},
                        Row{"supervisor", 200, 200, 7, false},  Row{"manager", 200, 200, 7, true},
                        Row{"hr", 200, 200, 7, true},           Row{"admin", 403, 403, -1, false},
                        Row{"manager_of_a", 200, 404, 4, true}, Row{"both", 200, 200, 7, true}};
  for (const auto& row : rows) {
    const Answer own = sheet(row.who, "1001");
    EXPECT_EQ(own.status, row.own_group) << row.who << own.body;
    EXPECT_EQ(sheet(row.who, "1004").status, row.other_group) << row.who;
    EXPECT_EQ(month(row.who).size("people"), row.people) << row.who;
    EXPECT_EQ(own.status == 200 && own.body.find(R"("pay":{)") != std::string::npos, row.pay) << row.who << own.body;
  }
}

TEST_P(MonthApiTest, PayOfOneGroupIsNotPayOfAnother) {
  EXPECT_THAT(sheet("both", "1001").body, HasSubstr(R"("pay":{)"));
  EXPECT_THAT(sheet("both", "1004").body, Not(HasSubstr(R"("pay":{)")));
  const std::string listed = month("both").body;
  EXPECT_THAT(listed, HasSubstr(R"("pay":{)"));
  const auto of_b = listed.find(R"("staff_no":"1004")");
  EXPECT_EQ(listed.substr(of_b).find(R"("pay":{)"), std::string::npos);
}

TEST_P(MonthApiTest, ASheetShowsWhatWasMeasured) {
  const Answer own = sheet("1001", "1001");
  EXPECT_EQ(own.at("name"), "name of 1001");
  EXPECT_EQ(own.at("status"), "draft");
  // Of the 60 percent that apply, recording and text weigh 45; busy time and on-site are 100 without facts.
  EXPECT_EQ(own.at("total"), "96.25");  // (95 × 45 + 100 × 15) / 60
  EXPECT_EQ(own.at("rank"), "1");
  EXPECT_EQ(own.at("rated_count"), "5");
  EXPECT_EQ(own.at("items/0/id"), "recording");
  EXPECT_EQ(own.at("items/0/value"), "95");
  EXPECT_EQ(own.at("trend/0/period"), "2026-10");
  fact("1001", "praise", "3");
  EXPECT_EQ(sheet("1001", "1001").at("total"), "99.25");  // what is kept is made anew after a change
}

TEST_P(MonthApiTest, WhyShowsCutOffsButNotNeighboursAndNotPay) {
  const Answer own = sheet("1002", "1002", "/why");
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_THAT(own.body, HasSubstr(R"("id":"pay")"));
  for (const char* const neighbour : {"1001", "1003", "1004", "1005"}) {
    EXPECT_THAT(own.body, Not(HasSubstr(neighbour)));
  }
  const Answer led = sheet("leader", "1002", "/why");
  EXPECT_THAT(led.body, Not(HasSubstr(R"("id":"pay")")));
  EXPECT_EQ(sheet("leader", "1002", "/why?item=base").status, 404);
  EXPECT_EQ(sheet("1002", "1002", "/why?item=base").status, 200);
  EXPECT_EQ(sheet("1002", "1002", "/why?item=nonsense").status, 404);
}

TEST_P(MonthApiTest, ALeadersMeanNamesMembersToWhoMaySeeThemOnly) {
  EXPECT_THAT(sheet("leader", "2001", "/why").body, HasSubstr("1001"));
  EXPECT_THAT(sheet("manager", "2001", "/why").body, HasSubstr("1001"));
  site.sign_in("leader-without-grant", agent("2001"));
  const Answer own = sheet("leader-without-grant", "2001", "/why");
  ASSERT_EQ(own.status, 200);
  EXPECT_THAT(own.body, HasSubstr("group_mean"));
  EXPECT_THAT(own.body, Not(HasSubstr("1001")));
}

TEST_P(MonthApiTest, ThePreCheckIsForWhoEndsTheMonth) {
  EXPECT_GT(month("hr").size("precheck"), 0);
  EXPECT_EQ(month("supervisor").size("precheck"), 0);
  EXPECT_EQ(month("leader").size("precheck"), 0);
  EXPECT_EQ(month("manager_of_a").size("precheck"), 0);
}

TEST_P(MonthApiTest, ClosingTakesTwoPeople) {
  const std::string closing = std::string(kMonth) + "/closing";
  for (const char* const who : {"1001", "leader", "supervisor", "admin", "manager_of_a"}) {
    EXPECT_EQ(site.post(who, closing).status, 403) << who;
    EXPECT_EQ(site.post(who, closing + "/confirm").status, 403) << who;
  }
  EXPECT_EQ(site.post("manager", closing + "/confirm").at("code"), "conflict");
  EXPECT_EQ(site.post("hr", closing).status, 204);
  EXPECT_EQ(month("manager").at("closing/requested_by"), "hr");
  EXPECT_EQ(month("leader").at("closing/requested_by"), "null");
  EXPECT_EQ(site.post("manager", closing).at("code"), "conflict");
  EXPECT_EQ(site.post("hr", closing + "/confirm").status, 403);
  EXPECT_EQ(month("hr").at("status"), "draft");
  EXPECT_EQ(site.post("manager", closing + "/confirm").status, 204);
  EXPECT_EQ(month("hr").at("status"), "closed");
  EXPECT_EQ(month("hr").at("closing/requested_by"), "null");
  EXPECT_EQ(site.post("hr", closing).at("code"), "conflict");
  auto tx = must(database().read());
  EXPECT_TRUE(ledger::verify_audit(tx).ok());
}

TEST_P(MonthApiTest, ARequestCanBeWithdrawn) {
  const std::string closing = std::string(kMonth) + "/closing";
  EXPECT_EQ(site.del("hr", closing).at("code"), "conflict");
  EXPECT_EQ(site.post("hr", closing).status, 204);
  EXPECT_EQ(site.del("manager", closing).status, 204);
  EXPECT_EQ(site.post("manager", closing + "/confirm").at("code"), "conflict");
}

TEST_P(MonthApiTest, AClosedSheetIsTheOneThatWasIssued) {
  const std::string draft = sheet("1001", "1001").at("pay/total");
  close();
  const Answer issued = sheet("1001", "1001");
  EXPECT_EQ(issued.at("status"), "closed");
  EXPECT_EQ(issued.at("pay/total"), draft);
  EXPECT_EQ(issued.at("items/0/value"), "95");
  fact("1001", "praise", "3");  // late: settled in November
  EXPECT_EQ(sheet("1001", "1001").at("total"), "96.25");
  EXPECT_EQ(site.get("1001", "/api/v1/months").at("items/0/status"), "closed");
}

TEST_P(MonthApiTest, DraftsAreKeptBackWhereTheCentreSaysSo) {
  {
    auto tx = must(database().write());
    must(people::set_setting(tx, {.name = std::string(people::kDraftSheets),
                                  .value = std::string(people::kWhenShown),
                                  .effective_from = {},
                                  .actor = "test",
                                  .at = now}));
    must(tx.commit());
  }
  const std::string showing = std::string(kMonth) + "/showing";
  EXPECT_EQ(sheet("1001", "1001").status, 404);
  EXPECT_EQ(sheet("1001", "1001", "/why").status, 404);
  EXPECT_EQ(month("1001").size("people"), 0);
  EXPECT_EQ(site.get("1001", "/api/v1/months").size("items"), 0);
  EXPECT_EQ(sheet("leader", "1001").status, 200);
  EXPECT_EQ(site.post("leader", showing, R"({"days":3})").status, 403);
  EXPECT_EQ(site.post("hr", showing, R"({"days":0})").status, 422);
  EXPECT_EQ(site.post("hr", showing, R"({"days":3})").status, 204);
  EXPECT_EQ(sheet("1001", "1001").at("showing/until"), "2026-11-08T00:00:00Z");
  EXPECT_EQ(site.get("1001", "/api/v1/months").size("items"), 1);
  EXPECT_EQ(site.del("hr", showing).status, 204);
  EXPECT_EQ(sheet("1001", "1001").status, 404);
  EXPECT_EQ(site.post("hr", showing, R"({"days":3})").status, 204);
  site.set_now({now.us + Instant::from_seconds(std::int64_t{3} * 24 * 60 * 60).us});
  EXPECT_EQ(sheet("1001", "1001").status, 404);  // three days are over
  close();
  EXPECT_EQ(sheet("1001", "1001").status, 200);
}

TEST_P(MonthApiTest, QuestionsAreBetweenThePersonAndWhoLeads) {
  const std::string thread = "/questions";
  const std::string path = std::string(kMonth) + "/sheets/1001/questions";
  EXPECT_EQ(site.post("1001", path, R"({"item":"recording","text":"Why 95?"})").status, 201);
  EXPECT_EQ(site.post("1002", path, R"({"text":"me too"})").status, 404);
  EXPECT_EQ(site.post("1001", path, R"({"text":"  "})").status, 422);
  EXPECT_EQ(site.post("1001", path, R"({"item":"nonsense","text":"?"})").status, 422);
  EXPECT_EQ(month("leader").at("open_questions"), "1");
  EXPECT_EQ(month("hr").at("precheck/0/id"), "open_questions");
  EXPECT_EQ(month("hr").at("precheck/0/text"), "1 sheet has a question without an answer");
  EXPECT_EQ(month("hr").at("precheck/0/subjects/0"), "1001");
  EXPECT_EQ(month("1002").at("open_questions"), "0");
  EXPECT_EQ(site.get("leader", std::string(kMonth) + thread).at("items/0/open"), "true");
  EXPECT_EQ(site.post("leader", path, R"({"text":"Two recordings of 95."})").status, 201);
  EXPECT_EQ(month("leader").at("open_questions"), "0");
  EXPECT_NE(month("hr").at("precheck/0/id"), "open_questions");
  EXPECT_EQ(sheet("1001", "1001", thread).at("items/1/text"), "Two recordings of 95.");
  EXPECT_EQ(sheet("1001", "1001", thread).at("items/0/by_subject"), "true");
  // About pay: not for those who do not see the pay.
  EXPECT_EQ(site.post("1001", path, R"({"item":"base","text":"Is my pay right?"})").status, 201);
  EXPECT_EQ(sheet("leader", "1001", thread).size("items"), 2);
  EXPECT_EQ(sheet("hr", "1001", thread).size("items"), 3);
  close();
  EXPECT_EQ(site.post("1001", path, R"({"text":"And now?"})").status, 201);  // never closed by a deadline
}

TEST_P(MonthApiTest, ThePayTableIsSafeAndAudited) {
  person("1006", people::Position::agent, "=1+1");
  for (const char* const who : {"1001", "leader", "supervisor", "admin", "manager_of_a", "both"}) {
    EXPECT_EQ(site.get(who, std::string(kMonth) + "/payroll.csv").status, 403) << who;
  }
  const Answer csv = site.get("hr", std::string(kMonth) + "/payroll.csv");
  ASSERT_EQ(csv.status, 200);
  EXPECT_THAT(csv.body, HasSubstr("period,status,staff_no,name,group,position,base,"));
  EXPECT_THAT(csv.body, HasSubstr("\r\n2026-10,draft,1001,name of 1001,A,agent,1600.00,"));
  EXPECT_THAT(csv.body, HasSubstr(",'=1+1,"));
  EXPECT_THAT(std::string(csv.headers.get("Content-Disposition")), HasSubstr("payroll-2026-10.csv"));
  auto tx = must(database().read());
  auto audit = must(ledger::read_audit(tx));
  std::string last;
  while (audit.next()) last = audit.entry().event.action + " " + audit.entry().event.object;
  EXPECT_EQ(last, "export payroll 2026-10");
}

TEST_P(MonthApiTest, TheWorkbookIsAWorkbook) {
  EXPECT_EQ(site.get("1001", std::string(kMonth) + "/export.xlsx").status, 403);
  const Answer book = site.get("hr", std::string(kMonth) + "/export.xlsx");
  ASSERT_EQ(book.status, 200);
  EXPECT_EQ(book.body.substr(0, 2), "PK");
  for (const char* const part : {"xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/worksheets/sheet4.xml"}) {
    EXPECT_THAT(book.body, HasSubstr(part));
  }
  const Answer led = site.get("leader", std::string(kMonth) + "/export.xlsx");
  EXPECT_THAT(led.body, Not(HasSubstr("xl/worksheets/sheet4.xml")));  // no pay
}

TEST_P(MonthApiTest, ReadingPayIsInTheAuditOnceAnHour) {
  const auto entries = [this] {
    auto tx = must(database().read());
    return must(ledger::audit_head(tx)).number.value;
  };
  const auto before = entries();
  for (int i = 0; i < 3; ++i) sheet("manager", "1001");
  EXPECT_EQ(entries(), before + 1);
  for (int i = 0; i < 3; ++i) sheet("leader", "1001");
  EXPECT_EQ(entries(), before + 1);
  site.set_now({now.us + Instant::from_seconds(3600).us});
  sheet("manager", "1001");
  EXPECT_EQ(entries(), before + 2);
}

TEST_P(MonthApiTest, AVersionIsTheViewersOwn) {
  const std::string manager(month("manager").headers.get("ETag"));
  EXPECT_EQ(month("manager").headers.get("ETag"), manager);
  EXPECT_NE(month("hr").headers.get("ETag"), manager);
  fact("1001", "praise", "3");
  EXPECT_NE(month("manager").headers.get("ETag"), manager);
}

}  // namespace
}  // namespace zh::pay
