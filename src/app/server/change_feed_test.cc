#include "app/server/change_feed.h"

#include <gmock/gmock.h>

#include "tests/support/databases.h"

namespace zh::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::must;

class ChangeFeedTest : public testing_support::StorageTest {
 protected:
  void write(const std::string& action, const std::string& object) {
    auto tx = must(database().write());
    must(ledger::append_audit(tx, {.at = {}, .actor = "li", .action = action, .object = object, .detail = {}}));
    must(tx.commit());
  }

  http::EventHub hub;
};
ZH_ON_BOTH_DATABASES(ChangeFeedTest);

TEST_P(ChangeFeedTest, ABatchMakesListsAndOpenMonthsOld) {
  write("import", "batch 1");  // before anybody listened
  ChangeFeed feed(database(), hub);
  EXPECT_EQ(must(feed.look()), 0);
  const auto browser = hub.subscribe({.account = "wang"}, "");
  write("import", "batch 2");
  write("state_facts", "batch 2");
  EXPECT_EQ(must(feed.look()), 2);
  const std::string told = browser->take();
  EXPECT_THAT(told, HasSubstr("event: batch\ndata: {\"batch\":\"2\"}"));
  EXPECT_THAT(told, HasSubstr("event: month\ndata: {\"period\":null}"));
  EXPECT_THAT(told, Not(HasSubstr("\"1\"")));
  EXPECT_EQ(must(feed.look()), 0);
}

TEST_P(ChangeFeedTest, AMonthIsNamedWhereTheEntryNamesIt) {
  ChangeFeed feed(database(), hub);
  must(feed.look());
  const auto browser = hub.subscribe({.account = "wang"}, "");
  write("close_period", "period 2026-10");
  EXPECT_EQ(must(feed.look()), 1);
  EXPECT_THAT(browser->take(), HasSubstr("event: month\ndata: {\"period\":\"2026-10\"}"));
}

TEST_P(ChangeFeedTest, SigningInAndReadingChangeNothing) {
  ChangeFeed feed(database(), hub);
  must(feed.look());
  write("sign_in", "account li");
  write("read_pay", "period 2026-10");
  EXPECT_EQ(must(feed.look()), 0);
}

TEST_P(ChangeFeedTest, MoreThanAPageIsToldWhole) {
  ChangeFeed feed(database(), hub);
  must(feed.look());
  auto tx = must(database().write());
  for (int i = 1; i <= 1001; ++i) {
    must(ledger::append_audit(
        tx, {.at = {}, .actor = "li", .action = "import", .object = "batch " + std::to_string(i), .detail = {}}));
  }
  must(tx.commit());
  EXPECT_EQ(must(feed.look()), 1002);  // the batches, and the months
}

}  // namespace
}  // namespace zh::app
