#include "rooms/people/api/people_api.h"

#include <gmock/gmock.h>

#include "ledger/audit.h"
#include "rooms/people/people_store.h"
#include "tests/support/databases.h"
#include "tests/support/test_site.h"

namespace zh::people {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::agent;
using testing_support::Answer;
using testing_support::must;
using testing_support::shift_leader;
using testing_support::TestSite;
using testing_support::with_role;

// 1001 and 1002 in A under 2001, 1003 in B; 1002 goes to B with the new year.
class PeopleApiTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    site.set_now(now);
    add_people_routes(site.routes(), database(), Zone::find("Asia/Shanghai").value());
    state({person("1001", "A"), person("1002", "A"), person("1003", "B"), person("2001", "A", Position::shift_leader)});
    PersonRow later = person("1002", "B");
    later.effective_from = Date::parse("2027-01-01").value();
    state({later});
    site.sign_in("1001", agent("1001"));
    site.sign_in("leader", shift_leader("2001", "A"));
    site.sign_in("hr", with_role(http::Role::hr));
    site.sign_in("hr_of_a", testing_support::person("hr-a", "", {{http::Role::hr, http::Scope::group, "A"}}));
    site.sign_in("trainer", with_role(http::Role::trainer));
    site.sign_in("admin", with_role(http::Role::admin));
    site.start();
  }

  static PersonRow person(std::string staff_no, std::string group, Position position = Position::agent) {
    PersonRow row;
    row.name = "name of " + staff_no;
    row.phone_ids = {"PJSIP/" + staff_no};
    row.staff_no = std::move(staff_no);
    row.group = std::move(group);
    row.position = position;
    row.hired_on = Date::parse("2020-01-01").value();
    return row;
  }
  void state(const std::vector<PersonRow>& rows) {
    std::vector<StatedRow> stated;
    for (const auto& row : rows) stated.push_back({row, static_cast<int>(stated.size()) + 2});
    auto tx = must(database().write());
    must(lock_people(tx));
    const auto change = change_of(must(load_people(tx)), stated);
    const auto batch = must(
        ledger::record_batch(tx, {.kind = "people", .files = {"test"}, .content = {}, .actor = "test", .at = now}));
    must(store_change(tx, batch, stated, change));
    must(tx.commit());
  }
  // A write with the version that was read.
  Answer patch(const std::string& who, const std::string& staff_no, std::string json, std::string version = {}) const {
    const std::string path = "/api/v1/people/" + staff_no;
    if (version.empty()) version = std::string(site.get(who, path).headers.get("ETag"));
    return site.ask(who, http::Method::patch, path, std::move(json), version);
  }

  const Instant now = Zone::utc().parse_instant("2026-11-05T00:00:00").value();
  TestSite site;
};
ZH_ON_BOTH_DATABASES(PeopleApiTest);

TEST_P(PeopleApiTest, EachSeesTheOwnReach) {
  struct Row {
    std::string who;
    int listed;
    int own_group;
    int other_group;
  };
  const std::array rows{Row{"1001", 1, 200, 404},    Row{"leader", 3, 200, 404}, Row{"hr_of_a", 3, 200, 404},
                        Row{"trainer", 4, 200, 200}, Row{"hr", 4, 200, 200},     Row{"admin", 4, 200, 200}};
  for (const auto& row : rows) {
    EXPECT_EQ(site.get(row.who, "/api/v1/people").size("items"), row.listed) << row.who;
    EXPECT_EQ(site.get(row.who, "/api/v1/people/1001").status, row.own_group) << row.who;
    EXPECT_EQ(site.get(row.who, "/api/v1/people/1003").status, row.other_group) << row.who;
  }
  EXPECT_EQ(site.get("", "/api/v1/people").status, 401);
}

TEST_P(PeopleApiTest, DatesOfEmploymentAreForOneselfAndHr) {
  EXPECT_THAT(site.get("1001", "/api/v1/people/1001").body, HasSubstr("hired_on"));
  EXPECT_THAT(site.get("hr", "/api/v1/people/1001").body, HasSubstr("hired_on"));
  EXPECT_THAT(site.get("leader", "/api/v1/people/1001").body, Not(HasSubstr("hired_on")));
  EXPECT_THAT(site.get("admin", "/api/v1/people").body, Not(HasSubstr("hired_on")));
}

TEST_P(PeopleApiTest, FindsByGroupPositionAndWords) {
  const auto found = [this](std::string_view query) {
    return site.get("hr", "/api/v1/people?" + std::string(query)).size("items");
  };
  EXPECT_EQ(found("group=A"), 3);
  EXPECT_EQ(found("group=A&position=agent"), 2);
  EXPECT_EQ(found("q=100"), 3);
  EXPECT_EQ(found("q=name%20of%202001"), 1);
  EXPECT_EQ(found("q=PJSIP/1003"), 1);
  EXPECT_EQ(found("employed=false"), 0);
  EXPECT_EQ(site.get("hr", "/api/v1/people?position=king").status, 400);
  const Answer first = site.get("hr", "/api/v1/people?limit=3");
  EXPECT_EQ(first.at("total"), "4");
  EXPECT_EQ(site.get("hr", "/api/v1/people?limit=3&cursor=" + first.at("next")).at("items/0/staff_no"), "2001");
  EXPECT_EQ(site.get("hr", "/api/v1/people?group=A&limit=3&cursor=" + first.at("next")).status, 422);
}

TEST_P(PeopleApiTest, ARecordShowsItsHistory) {
  const Answer shown = site.get("hr", "/api/v1/people/1002");
  EXPECT_EQ(shown.at("group"), "A");
  EXPECT_EQ(shown.at("history/0/effective_from"), "null");
  EXPECT_EQ(shown.at("history/1/effective_from"), "2027-01-01");
  EXPECT_EQ(shown.at("history/1/group"), "B");
}

TEST_P(PeopleApiTest, AChangeHoldsFromItsDayOn) {
  const Answer changed =
      patch("hr", "1001", R"({"effective_from":"2026-12-01","group":"C","probation_until":"2027-02-01"})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("group"), "A");  // still, in November
  EXPECT_EQ(changed.at("history/1/group"), "C");
  EXPECT_EQ(changed.at("history/1/probation_until"), "2027-02-01");
  const Answer cleared = patch("hr", "1001", R"({"effective_from":"2026-12-02","probation_until":null})");
  EXPECT_EQ(cleared.at("history/2/group"), "C");  // what is left out stays
  EXPECT_EQ(cleared.at("history/2/probation_until"), "null");
  auto tx = must(database().read());
  const auto entries = must(ledger::audit_head(tx)).number.value;
  EXPECT_EQ(entries, 4);  // two files, two changes
  EXPECT_EQ(must(ledger::list_batches(tx)).front().what.actor, "hr");
}

TEST_P(PeopleApiTest, AChangeNeedsTheRightsTheVersionAndSense) {
  EXPECT_EQ(patch("leader", "1001", R"({"effective_from":"2026-12-01","group":"C"})").status, 403);
  EXPECT_EQ(patch("1001", "1001", R"({"effective_from":"2026-12-01","group":"C"})").status, 403);
  EXPECT_EQ(patch("hr", "1001", R"({"effective_from":"2026-12-01"})", "\"old\"").status, 412);
  EXPECT_EQ(site.ask("hr", http::Method::patch, "/api/v1/people/1001", R"({"effective_from":"2026-12-01"})").status,
            428);
  EXPECT_EQ(patch("hr", "9999", R"({"effective_from":"2026-12-01"})", "\"x\"").status, 404);
  const Answer bad =
      patch("hr", "1001", R"({"effective_from":"2026-12-01","name":" ","left_on":"2019-01-01","phone_ids":["a;b"]})");
  EXPECT_EQ(bad.status, 422);
  for (const char* const pointer : {R"("/name")", R"("/left_on")", R"("/phone_ids/0")"}) {
    EXPECT_THAT(bad.body, HasSubstr(pointer));
  }
  EXPECT_EQ(patch("hr", "1001", R"({"effective_from":"2026-12-01","phone_ids":["PJSIP/1003"]})").status, 409);
}

TEST_P(PeopleApiTest, WhoLooksAfterAGroupSendsNobodyElsewhere) {
  EXPECT_EQ(patch("hr_of_a", "1001", R"({"effective_from":"2026-10-01","products":["x"]})").status, 200);
  EXPECT_EQ(patch("hr_of_a", "1001", R"({"effective_from":"2026-10-01","group":"B"})").status, 403);
  EXPECT_EQ(site.post("hr_of_a", "/api/v1/people",
                      R"({"staff_no":"3001","name":"x","group":"B","position":"agent","hired_on":"2026-11-01"})")
                .status,
            403);
}

TEST_P(PeopleApiTest, APersonIsAddedOnce) {
  const std::string body =
      R"({"staff_no":"3001","name":"=name","group":"A","position":"agent","hired_on":"2026-11-01"})";
  const Answer added = site.post("hr", "/api/v1/people", body);
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(added.headers.get("Location"), "/api/v1/people/3001");
  EXPECT_EQ(site.post("hr", "/api/v1/people", body).status, 409);
  EXPECT_EQ(site.get("leader", "/api/v1/people/3001").at("name"), "=name");
  EXPECT_EQ(site.post("hr", "/api/v1/people", R"({"staff_no":"","name":"x","position":"king"})").status, 422);
}

TEST_P(PeopleApiTest, TheOrganisationIsATree) {
  const Answer before = site.get("1001", "/api/v1/groups");
  EXPECT_EQ(before.at("items/0/name"), "A");
  EXPECT_EQ(before.at("items/0/leader"), "name of 2001");
  EXPECT_EQ(before.at("items/0/people"), "3");
  const auto arrange = [&](const std::string& who, std::string json) {
    return site.ask(who, http::Method::put, "/api/v1/groups", std::move(json),
                    std::string(site.get(who, "/api/v1/groups").headers.get("ETag")));
  };
  EXPECT_EQ(arrange("leader", R"({"departments":[]})").status, 403);
  EXPECT_EQ(arrange("hr_of_a", R"({"departments":[]})").status, 403);
  EXPECT_EQ(arrange("admin", R"({"departments":[{"name":"Phones","groups":["A","A"]}]})").status, 422);
  EXPECT_EQ(arrange("admin", R"({"departments":[{"name":"Phones","groups":["A"]}]})").status, 204);
  const Answer after = site.get("1001", "/api/v1/groups");
  EXPECT_EQ(after.at("items/0/name"), "Phones");
  EXPECT_EQ(after.at("items/0/people"), "3");
  EXPECT_EQ(after.at("items/1/parent"), "Phones");
  EXPECT_EQ(after.at("items/2/name"), "B");
}

}  // namespace
}  // namespace zh::people
