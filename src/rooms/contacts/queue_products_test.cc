// Products of queues: maps read, days told apart, figures following.
#include "rooms/contacts/queue_products.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/people/settings.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::must;
using testing_support::problem_of;

Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(QueueMap, IsReadWithItsDay) {
  EXPECT_THAT(
      must(parse_queue_products("products: {sales: broadband, \"8002\": 宽带}\n", "m.yaml")),
      ElementsAre(QueueProduct{"sales", people::kAlways, "broadband"}, QueueProduct{"8002", people::kAlways, "宽带"}));
  EXPECT_THAT(must(parse_queue_products("products: {sales: broadband}\nfrom: 2026-11-01\n", "m.yaml")),
              ElementsAre(QueueProduct{"sales", day("2026-11-01"), "broadband"}));
}

TEST(QueueMap, MistakesAreNamedWithTheirPlace) {
  const auto problem = [](std::string_view yaml) { return problem_of(parse_queue_products(yaml, "m.yaml")); };
  EXPECT_THAT(problem("product: {a: b}\n"), AllOf(HasSubstr("m.yaml:1:1"), HasSubstr("did you mean \"products\"")));
  EXPECT_THAT(problem("from: 2026-11-01\n"), HasSubstr("products is needed"));
  EXPECT_THAT(problem("products: [a]\n"), AllOf(HasSubstr("m.yaml:1:11"), HasSubstr("products is needed")));
  EXPECT_THAT(problem("products:\n  a: b\n  a: c\n"), AllOf(HasSubstr("m.yaml:3:3"), HasSubstr("stands twice")));
  EXPECT_THAT(problem("products:\n  a: ''\n"), AllOf(HasSubstr("m.yaml:2:6"), HasSubstr("empty")));
  EXPECT_THAT(problem("products:\n  a: [b]\n"), AllOf(HasSubstr("m.yaml:2:6"), HasSubstr("one value")));
  EXPECT_THAT(problem("products: {a: b}\nfrom: soon\n"), HasSubstr("m.yaml:2:7"));
  EXPECT_THAT(problem("products: {a: b\n"), HasSubstr("no valid YAML"));
  EXPECT_THAT(problem(std::string_view("a\0b", 3)), HasSubstr("UTF-8"));
}

TEST(QueueProductsTest, TheLatestStatementUpToTheDayHolds) {
  const QueueProducts products({{"q", day("2026-10-01"), "one"}, {"q", day("2026-11-01"), "two"}});
  EXPECT_EQ(products.product_of("q", day("2026-09-30")), "q");
  EXPECT_EQ(products.product_of("q", day("2026-10-01")), "one");
  EXPECT_EQ(products.product_of("q", day("2026-10-31")), "one");
  EXPECT_EQ(products.product_of("q", day("2026-12-01")), "two");
  EXPECT_EQ(products.product_of("other", day("2026-12-01")), "other");
  EXPECT_TRUE(products.knows("q"));
  EXPECT_FALSE(products.knows("other"));
}

constexpr std::string_view kLog =
    "1791767107|7.0|a|NONE|ENTERQUEUE||1|1\n"
    "1791767117|7.0|a|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|a|Agent/1001|COMPLETEAGENT|10|60|1\n"
    "1791767207|8.0|b|NONE|ENTERQUEUE||1|1\n"
    "1791767217|8.0|b|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767237|8.0|b|Agent/1001|COMPLETEAGENT|10|20|1\n";

class QueueProductsStorage : public ContactsTest {
 protected:
  // "product=calls handled/talk" of all days.
  std::vector<std::string> handled() {
    auto tx = must(database().read());
    std::vector<std::string> list;
    for (const AgentDay& day : must(agent_days(tx, centre(), all_days()))) {
      list.push_back(fmt::format("{}={}/{}", day.product, day.handled, day.talk_ms / 1000));
    }
    return list;
  }
  void state(const std::vector<QueueProduct>& products) {
    auto tx = must(database().write());
    must(state_queue_products(tx, products, "test", Instant::from_seconds(1'800'000'000)));
    must(tx.commit());
  }
  std::int64_t audited() {
    auto tx = must(database().read());
    return must(tx.value<std::int64_t>("SELECT COUNT(*) FROM audit_entries WHERE action = 'set_queue_products'"));
  }
};
ZH_ON_BOTH_DATABASES(QueueProductsStorage);

TEST_P(QueueProductsStorage, WhatIsStatedTakesEffectAtOnce) {
  import_log(kLog);
  EXPECT_THAT(handled(), ElementsAre("a=1/60", "b=1/20"));
  state({{"a", people::kAlways, "net"}, {"b", people::kAlways, "net"}});
  EXPECT_THAT(handled(), ElementsAre("net=2/80"));
  // From a later day on it is no matter for these calls; queues stay what is counted by queue.
  state({{"b", day("2030-01-01"), "other"}});
  EXPECT_THAT(handled(), ElementsAre("net=2/80"));
  EXPECT_EQ(rows(By::queue).size(), 2U);
}

TEST_P(QueueProductsStorage, AStatedQueueIsNotUnknown) {
  EXPECT_EQ(import_log(kLog).unknown_queues.size(), 2U);
  state({{"a", people::kAlways, "net"}, {"b", people::kAlways, "net"}});
  EXPECT_THAT(import_log(kLog).unknown_queues, IsEmpty());
}

TEST_P(QueueProductsStorage, OnlyAChangeIsAudited) {
  state({{"a", people::kAlways, "net"}});
  state({{"a", people::kAlways, "net"}});
  EXPECT_EQ(audited(), 1);
  state({{"a", people::kAlways, "tv"}});
  EXPECT_EQ(audited(), 2);
}

}  // namespace
}  // namespace zh::contacts
