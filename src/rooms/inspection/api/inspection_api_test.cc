// The routes of automatic checks, on both databases: who sees what was found in a contact.
#include "tests/support/checked_centre.h"

namespace zh::inspection {
namespace {

using testing_support::Answer;

class InspectionApiTest : public testing_support::CheckedCentreTest {
 protected:
  Answer findings(const std::string& who, const std::string& source_id) {
    return site_.get(who, "/api/v1/contacts/" + source_id + "/findings");
  }
};
ZH_ON_BOTH_DATABASES(InspectionApiTest);

TEST_P(InspectionApiTest, hits_have_their_place_and_misses_say_where_they_looked) {
  const Answer found = findings("inspector", "a");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(found.at("checked"), "true");
  EXPECT_EQ(found.at("score"), "94");  // 100 − 3 − 3
  ASSERT_EQ(found.size("findings"), 2);
  EXPECT_EQ(found.at("findings/0/kind"), "hit");
  EXPECT_EQ(found.at("findings/0/label/en"), "stiff");
  EXPECT_EQ(found.at("findings/0/turn"), "0");
  EXPECT_EQ(found.at("findings/0/from"), "0");
  EXPECT_EQ(found.at("findings/0/to"), "3");
  EXPECT_EQ(found.at("findings/1/kind"), "missing");
  EXPECT_EQ(found.at("findings/1/looked/0/role"), "agent");
  EXPECT_EQ(found.at("findings/1/looked/0/turns"), "1");
}

TEST_P(InspectionApiTest, a_contact_that_was_not_checked_says_so) {
  const Answer none = findings("inspector", "c");
  EXPECT_EQ(none.status, 200);
  EXPECT_EQ(none.at("checked"), "false");
  EXPECT_EQ(none.at("score"), "null");
}

TEST_P(InspectionApiTest, what_nobody_has_judged_is_for_those_who_judge) {
  EXPECT_EQ(findings("leader-a", "a").status, 200);
  EXPECT_EQ(findings("leader-a", "b").status, 404);
  EXPECT_EQ(findings("leader-b", "b").status, 200);
  EXPECT_EQ(findings("inspector", "nothing").status, 404);
  EXPECT_EQ(findings("agent", "a").status, 403);
  EXPECT_EQ(findings("hr", "a").status, 403);
}

}  // namespace
}  // namespace zh::inspection
