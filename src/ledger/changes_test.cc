#include "ledger/changes.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/databases.h"

namespace zh::ledger {
namespace {

using testing_support::must;

constexpr std::array<std::string_view, 2> kIgnored{"sign_in", "sign_out"};

class ChangesTest : public testing_support::StorageTest {
 protected:
  void act(std::string action) {
    auto tx = must(database().write());
    must(append_audit(tx, {.at = {1}, .actor = "test", .action = std::move(action), .object = "x", .detail = {}}));
    must(tx.commit());
  }
  Changes since(std::int64_t number) {
    auto tx = must(database().read());
    return must(changes_after(tx, {number}, kIgnored));
  }
};
ZH_ON_BOTH_DATABASES(ChangesTest);

TEST_P(ChangesTest, IgnoredActionsMoveTheHeadAndChangeNothing) {
  EXPECT_EQ(since(0).head.value, 0);
  act("import");
  act("sign_in");
  EXPECT_EQ(since(0).head.value, 2);
  EXPECT_EQ(since(0).last.value, 1);
  EXPECT_EQ(since(1).head.value, 2);
  EXPECT_FALSE(since(1).last);
  EXPECT_EQ(since(2).head.value, 2);
}

TEST_P(ChangesTest, TwoThousandSignInsHideNoChange) {
  act("import");
  {
    auto tx = must(database().write());
    for (int i = 0; i < 2000; ++i) {
      must(append_audit(tx, {.at = {1}, .actor = "test", .action = "sign_in", .object = "x", .detail = {}}));
    }
    must(tx.commit());
  }
  EXPECT_EQ(since(0).last.value, 1);
}

TEST_P(ChangesTest, NoFactsHaveNoSpan) {
  auto tx = must(database().read());
  EXPECT_FALSE(must(span_of_facts(tx)).has_value());
}

}  // namespace
}  // namespace zh::ledger
