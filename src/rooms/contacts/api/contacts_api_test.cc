// The routes of calls, on both databases: a small log with two groups, and lists compared with what a plain query over
// all contacts gives.
#include "rooms/contacts/api/contacts_api.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/audit.h"
#include "ledger/batches.h"
#include "rooms/contacts/api/listing.h"
#include "rooms/contacts/api/view.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/people_store.h"
#include "tests/support/contacts.h"
#include "tests/support/test_site.h"

namespace zh::contacts {
namespace {

using testing_support::Answer;
using testing_support::must;
using testing_support::TestSite;

// 2026-10-12 09:00:00 in Shanghai.
constexpr std::int64_t kMorning = 1'791'766'800;

class ContactsApiTest : public ContactsTest {
 protected:
  void SetUp() override {
    ContactsTest::SetUp();
    if (IsSkipped()) return;
    state({{"1001", "A", "Agent/1001"}, {"1002", "A", "Agent/1002"}, {"2001", "B", "Agent/2001"}});
    add_person("1002", {"Agent/1002"});
    add_person("2001", {"Agent/2001"});
    add_contact_routes(site.routes(), database(), zone());
    site.sign_in("manager", testing_support::with_role(http::Role::manager));
    site.sign_in("cleared", testing_support::with_role(http::Role::manager, Secrecy::secret));
    site.sign_in("hr", testing_support::with_role(http::Role::hr));
    site.sign_in("leader-a", testing_support::shift_leader("1009", "A"));
    site.sign_in("agent-1001", testing_support::agent("1001"));
    site.start();
  }

  struct Row {
    std::string staff_no;
    std::string group;
    std::string phone;
    std::string effective_from = {};
  };
  void state(const std::vector<Row>& rows) {
    std::vector<people::StatedRow> stated;
    for (const Row& row : rows) {
      people::PersonRow person;
      person.staff_no = row.staff_no;
      person.name = "N" + row.staff_no;
      person.group = row.group;
      person.hired_on = must(Date::parse("2020-01-01"));
      person.phone_ids = {row.phone};
      if (!row.effective_from.empty()) person.effective_from = must(Date::parse(row.effective_from));
      stated.push_back({.row = person, .line = static_cast<int>(stated.size()) + 2});
    }
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const auto before = must(people::load_people(tx));
    const auto change = people::change_of(before, stated);
    const auto batch = must(ledger::record_batch(tx, {.kind = "people",
                                                      .files = {"people.csv"},
                                                      .content = sha256(std::to_string(++statements_)),
                                                      .actor = "test",
                                                      .at = Instant::from_seconds(kMorning)}));
    must(people::store_change(tx, batch, stated, change));
    must(tx.commit());
  }

  // A call of `queue` from the minute on, answered by the member or, without one, abandoned.
  static std::string call(int minute, const std::string& queue, const std::string& member, const std::string& customer,
                          int wait_s = 5, int talk_s = 60, int number = 0) {
    const std::int64_t at = kMorning + minute * 60;
    const std::string id = fmt::format("{}.{}", at, number == 0 ? minute : number);
    std::string log = fmt::format("{}|{}|{}|NONE|ENTERQUEUE||{}|1|Zhang San\n", at, id, queue, customer);
    if (member.empty()) return log + fmt::format("{}|{}|{}|NONE|ABANDON|1|1|{}\n", at + wait_s, id, queue, wait_s);
    log += fmt::format("{}|{}|{}|{}|CONNECT|{}|{}.9|{}\n", at + wait_s, id, queue, member, wait_s, at, 2);
    return log +
           fmt::format("{}|{}|{}|{}|COMPLETECALLER|{}|{}|1\n", at + wait_s + talk_s, id, queue, member, wait_s, talk_s);
  }

  void take_three_calls() {
    import_log(call(0, "sales", "Agent/1001", "13912343479") + call(1, "sales", "Agent/2001", "13912340000", 15) +
               call(2, "service", "", "02812345678", 40) + call(3, "service", "Agent/1002", "13912343479", 3, 30));
  }

  static std::string list(const std::string& more = {}) {
    return "/api/v1/contacts?from=2026-10-12&to=2026-10-12" + more;
  }
  // The agents of a list in its order, "-" for nobody.
  static std::string agents(const Answer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::string text;
    for (int i = 0; i < answer.size("items"); ++i) {
      const std::string agent = answer.at(fmt::format("items/{}/agent", i));
      text += (text.empty() ? "" : " ") + (agent == "null" ? "-" : agent);
    }
    return text;
  }

  TestSite site;

 private:
  int statements_ = 0;
};

TEST_P(ContactsApiTest, AListIsNewestFirstAndTellsWhoAnswered) {
  take_three_calls();
  const Answer answer = site.get("manager", list());
  EXPECT_EQ(agents(answer), "1002 - 2001 1001");
  EXPECT_EQ(answer.at("items/0/agent_name"), "N1002");
  EXPECT_EQ(answer.at("items/0/outcome"), "answered");
  EXPECT_EQ(answer.at("items/0/talk_ms"), "30000");
  EXPECT_EQ(answer.at("items/1/outcome"), "abandoned");
  EXPECT_EQ(answer.at("items/3/offered_at"), "2026-10-12T01:00:00Z");
  EXPECT_EQ(answer.at("next"), "null");
}

TEST_P(ContactsApiTest, AShiftLeaderSeesTheGroupAndAnAgentTheOwnContacts) {
  take_three_calls();
  EXPECT_EQ(agents(site.get("leader-a", list())), "1002 1001");
  EXPECT_EQ(agents(site.get("agent-1001", list())), "1001");
  EXPECT_EQ(site.get("hr", list()).status, 403);
  EXPECT_EQ(site.get("", list()).status, 401);
  // Asking by name, number or customer widens nothing.
  EXPECT_EQ(agents(site.get("leader-a", list("&agent=2001"))), "");
  EXPECT_EQ(agents(site.get("leader-a", list("&q=Agent/2001"))), "");
  EXPECT_EQ(agents(site.get("leader-a", list("&q=13912340000"))), "");
  EXPECT_EQ(agents(site.get("agent-1001", list("&q=13912343479"))), "1001");
  EXPECT_EQ(agents(site.get("leader-a", list("&q=1791766860.1"))), "");
  EXPECT_EQ(agents(site.get("manager", list("&q=1791766860.1"))), "2001");
}

TEST_P(ContactsApiTest, TheGroupIsTheOneOfTheContactsDay) {
  take_three_calls();
  state({{"1001", "B", "Agent/1001", "2026-10-12"}});
  EXPECT_EQ(agents(site.get("leader-a", list())), "1002");
  state({{"1001", "B", "Agent/1001", "2026-10-13"}});
  state({{"1001", "A", "Agent/1001", "2026-10-12"}});
  EXPECT_EQ(agents(site.get("leader-a", list())), "1002 1001");
}

TEST_P(ContactsApiTest, FiltersNarrowAndSortsOrder) {
  take_three_calls();
  EXPECT_EQ(agents(site.get("manager", list("&queue=service"))), "1002 -");
  EXPECT_EQ(agents(site.get("manager", list("&outcome=answered"))), "1002 2001 1001");
  EXPECT_EQ(agents(site.get("manager", list("&outcome=answered&queue=service"))), "1002");
  EXPECT_EQ(agents(site.get("manager", list("&agent=1001"))), "1001");
  EXPECT_EQ(agents(site.get("manager", list("&agent=1001&queue=service"))), "");
  EXPECT_EQ(agents(site.get("manager", list("&q=N2001"))), "2001");
  EXPECT_EQ(agents(site.get("manager", list("&q=13912343479"))), "1002 1001");
  EXPECT_EQ(agents(site.get("manager", list("&q=13912343479&agent=1001"))), "1001");
  EXPECT_EQ(agents(site.get("manager", list("&sort=offered_at"))), "1001 2001 - 1002");
  EXPECT_EQ(agents(site.get("manager", list("&sort=-wait_ms"))), "- 2001 1001 1002");
  EXPECT_EQ(agents(site.get("manager", list("&sort=talk_ms"))), "1002 1001 2001 -");
  EXPECT_EQ(agents(site.get("leader-a", list("&sort=-talk_ms"))), "1001 1002");
  EXPECT_EQ(agents(site.get("manager", "/api/v1/contacts?from=2026-10-13&to=2026-10-14")), "");
}

TEST_P(ContactsApiTest, WhatIsAskedWronglyIsToldAllAtOnce) {
  const Answer answer = site.get("manager", list("&outcome=won&sort=size&limit=501"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.size("errors"), 3) << answer.body;
  EXPECT_EQ(site.get("manager", "/api/v1/contacts?from=2026-10-12&to=2026-10-11").status, 400);
  EXPECT_EQ(site.get("manager", "/api/v1/contacts?from=2026-10-12&to=2027-10-13").status, 400);
  EXPECT_EQ(site.get("manager", "/api/v1/contacts?from=2026-10-12&to=2027-10-12").status, 200);
  EXPECT_EQ(site.get("manager", "/api/v1/contacts?to=2026-10-11").status, 400);
  EXPECT_EQ(site.get("manager", list("&cursor=abc")).status, 400);
  EXPECT_EQ(site.get("manager", list("&q=13912343479&sort=wait_ms")).status, 400);
}

TEST_P(ContactsApiTest, PagesFollowOnEachOtherWhateverIsAskedFor) {
  std::string log;
  for (int minute = 0; minute < 60; ++minute) {
    const std::array<std::string, 4> members{"Agent/1001", "Agent/1002", "Agent/2001", ""};
    // Three calls begin in one second: their order is by call.
    log += call(minute / 3, minute % 2 == 0 ? "sales" : "service", members[static_cast<std::size_t>(minute) % 4], "139",
                minute % 7, 10 + minute % 5, 100 + minute);
  }
  import_log(log);
  for (const std::string more : {"", "&queue=sales", "&outcome=answered", "&agent=1001", "&sort=offered_at",
                                 "&sort=-talk_ms", "&sort=wait_ms", "&queue=service&sort=-wait_ms"}) {
    for (const std::string who : {"manager", "leader-a"}) {
      const std::string whole = agents(site.get(who, list(more + "&limit=500")));
      std::string paged;
      std::string cursor;
      for (int page = 0; page < 100; ++page) {
        const Answer answer = site.get(who, list(more + "&limit=7" + cursor));
        const std::string some = agents(answer);
        paged += (paged.empty() || some.empty() ? "" : " ") + some;
        if (answer.at("next") == "null") break;
        cursor = "&cursor=" + answer.at("next");
      }
      EXPECT_EQ(paged, whole) << who << more;
    }
  }
  // A cursor opens the list that made it and no other.
  const std::string next = site.get("manager", list("&limit=7")).at("next");
  EXPECT_EQ(site.get("manager", list("&limit=7&queue=sales&cursor=" + next)).status, 400);
}

TEST_P(ContactsApiTest, OneContactShowsItsEventsAndNoCustomer) {
  take_three_calls();
  const std::string id = site.get("agent-1001", list()).at("items/0/id");
  const Answer answer = site.get("agent-1001", "/api/v1/contacts/" + id);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("contact/customer"), "139****3479");
  EXPECT_EQ(answer.at("events/0/event"), "ENTERQUEUE");
  EXPECT_EQ(answer.at("events/0/data"), "139****3479");
  EXPECT_EQ(answer.at("events/1/event"), "CONNECT");
  EXPECT_EQ(answer.at("events/1/member"), "1001");
  EXPECT_EQ(answer.at("events/2/event"), "COMPLETECALLER");
  EXPECT_EQ(answer.body.find("13912343479"), std::string::npos);
  EXPECT_EQ(answer.body.find("Zhang"), std::string::npos);

  const std::string other = site.get("manager", list("&agent=2001")).at("items/0/id");
  EXPECT_EQ(site.get("agent-1001", "/api/v1/contacts/" + other).status, 404);
  EXPECT_EQ(site.get("leader-a", "/api/v1/contacts/" + other).status, 404);
  EXPECT_EQ(site.get("manager", "/api/v1/contacts/" + other).status, 200);
  for (const std::string wrong : {"x", "MTphYmM", "OTk5OTk5OTk5OTk5OTphYmM", "LTE6YQ"}) {
    EXPECT_EQ(site.get("manager", "/api/v1/contacts/" + wrong).status, 404) << wrong;
  }
}

TEST_P(ContactsApiTest, ThePhonesOfOthersThatRangAreNotNamed) {
  import_log(
      fmt::format("{0}|{0}.1|sales|NONE|ENTERQUEUE||139|1\n{1}|{0}.1|sales|Agent/2001|RINGNOANSWER|1000\n"
                  "{1}|{0}.1|sales|Agent/1001|CONNECT|1|{0}.2|1\n{2}|{0}.1|sales|Agent/1001|COMPLETEAGENT|1|9|1\n",
                  kMorning, kMorning + 1, kMorning + 10));
  const std::string id = site.get("manager", list()).at("items/0/id");
  EXPECT_EQ(site.get("agent-1001", "/api/v1/contacts/" + id).body.find("2001"), std::string::npos);
  EXPECT_NE(site.get("manager", "/api/v1/contacts/" + id).body.find("2001"), std::string::npos);
}

TEST_P(ContactsApiTest, AWholeNumberIsReadByWhoIsClearedAndAudited) {
  take_three_calls();
  const std::string path =
      "/api/v1/contacts/" + site.get("manager", list("&agent=1001")).at("items/0/id") + "/customer";
  EXPECT_EQ(site.post("manager", path).status, 403);
  EXPECT_EQ(site.post("agent-1001", path).status, 403);
  EXPECT_EQ(site.post("cleared", path).at("customer"), "13912343479");
  auto tx = must(database().read());
  auto reader = must(ledger::read_audit(tx));
  ledger::AuditEvent last;
  while (reader.next()) last = reader.entry().event;
  must(reader.finish());
  EXPECT_EQ(last.action, "read_secret");
  EXPECT_EQ(last.object, "customer of contact 1791766800.0");
}

TEST_P(ContactsApiTest, TheOverviewAddsUpPerDayHourAndQueue) {
  take_three_calls();
  import_log(call(24 * 60, "sales", "Agent/1001", "139"));
  const Answer answer = site.get("leader-a", "/api/v1/overview?from=2026-10-12&to=2026-10-13");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("total/offered"), "5");
  EXPECT_EQ(answer.at("total/abandoned"), "1");
  EXPECT_EQ(answer.at("total/service_level_10s"), "0.6");  // waits of 5, 15, 3, 5 s; one of five was never answered
  EXPECT_EQ(answer.size("days"), 2);
  EXPECT_EQ(answer.at("days/0/day"), "2026-10-12");
  EXPECT_EQ(answer.at("days/0/aht_s"), "50");  // (60 + 60 + 30) / 3
  EXPECT_EQ(answer.at("hours/0/hour"), "9");
  EXPECT_EQ(answer.at("hours/0/offered"), "4");
  EXPECT_EQ(answer.at("queues/0/queue"), "sales");
  EXPECT_EQ(answer.at("queues/0/offered"), "3");
  EXPECT_EQ(site.get("leader-a", "/api/v1/overview/last-day").at("last"), "2026-10-13");
  EXPECT_EQ(site.get("agent-1001", "/api/v1/overview?from=2026-10-12&to=2026-10-13").status, 403);
}

TEST_P(ContactsApiTest, AQueuesProductHoldsFromItsDay) {
  take_three_calls();
  import_log(call(24 * 60, "sales", "Agent/1001", "139"));
  auto tx = must(database().write());
  must(state_queue_products(
      tx, {{.queue = "sales", .effective_from = must(Date::parse("2026-10-13")), .product = "broadband"}}, "test",
      Instant::from_seconds(kMorning)));
  must(tx.commit());
  const Answer overview = site.get("manager", "/api/v1/overview?from=2026-10-12&to=2026-10-13");
  EXPECT_EQ(overview.at("products/0/product"), "broadband") << overview.body;
  EXPECT_EQ(overview.at("products/0/offered"), "1");
  EXPECT_EQ(overview.at("queues/0/offered"), "3");  // the queue is one queue
  const Answer contacts = site.get("manager", "/api/v1/contacts?from=2026-10-12&to=2026-10-13&queue=sales");
  EXPECT_EQ(contacts.at("items/0/product"), "broadband");  // the newest
  EXPECT_EQ(contacts.at("items/1/product"), "sales");
}

TEST_P(ContactsApiTest, AnEmptyCentreHasNoDays) {
  EXPECT_EQ(site.get("manager", "/api/v1/overview/last-day").at("last"), "null");
  EXPECT_EQ(site.get("manager", "/api/v1/overview?from=2026-10-12&to=2026-10-13").at("total/aht_s"), "null");
  EXPECT_EQ(agents(site.get("manager", list())), "");
}

ZH_ON_BOTH_DATABASES(ContactsApiTest);

TEST(MaskedNumber, ShowsHeadAndTailOfLongNumbersOnly) {
  EXPECT_EQ(api::masked_number("13912343479"), "139****3479");
  EXPECT_EQ(api::masked_number("02812345678"), "028****5678");
  EXPECT_EQ(api::masked_number("123456789"), "12****6789");
  EXPECT_EQ(api::masked_number("1234567"), "12****67");
  EXPECT_EQ(api::masked_number("123456"), "****");
  EXPECT_EQ(api::masked_number("张三的电话号码一二三"), "****");
  EXPECT_EQ(api::masked_number(""), "");
}

}  // namespace
}  // namespace zh::contacts
