// Notices on the desk: to whom they are shown, until they are read, and the event that tells of a new one.
#include "rooms/quality/api/notice_feed.h"
#include "tests/support/quality_site.h"

namespace zh::quality {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::Answer;
using testing_support::kQuality;
using testing_support::must;
using testing_support::person;
using testing_support::shift_leader;
using testing_support::with_role;

class NoticeApiTest : public testing_support::QualitySiteTest {
 protected:
  Answer notices(const std::string& who, std::string_view query = {}) {
    return site.get(who, std::string(kQuality) + "/notices" + std::string(query));
  }
};
ZH_ON_BOTH_DATABASES(NoticeApiTest);

TEST(Addressees, follow_from_the_grants) {
  using http::Role;
  using http::Scope;
  EXPECT_THAT(addressees_of(testing_support::agent("1001")), ElementsAre(to_person("1001")));
  EXPECT_THAT(addressees_of(with_role(Role::qa_supervisor)), ElementsAre(to_supervisors()));
  EXPECT_THAT(addressees_of(with_role(Role::manager)), ElementsAre(to_managers()));
  EXPECT_THAT(addressees_of(shift_leader("2001", "A")), ElementsAre(to_person("2001"), to_leaders_of("A")));
  const auto of_a_group = person("x", "", {{.role = Role::qa_supervisor, .scope = Scope::group, .unit = "A"}});
  EXPECT_THAT(addressees_of(of_a_group), IsEmpty());
  EXPECT_THAT(addressees_of(with_role(Role::hr)), IsEmpty());
}

TEST_P(NoticeApiTest, they_stand_until_they_are_read) {
  publish_one();
  EXPECT_EQ(notices("1001").at("0/about"), "result_published");
  EXPECT_EQ(notices("1001").at("0/object"), "1-1-1");
  EXPECT_EQ(notices("1001").at("0/by"), "supervisor");
  EXPECT_EQ(notices("1001").at("0/by_name"), "name of 4001");
  EXPECT_EQ(notices("1002").size(""), 0);
  EXPECT_EQ(notices("leader-a").size(""), 1);
  EXPECT_EQ(notices("leader-b").size(""), 0);
  const int before = notices("1001").size("");
  const std::string read = R"({"numbers":[)" + notices("1001").at("0/number") + "]}";
  EXPECT_EQ(site.post("1002", std::string(kQuality) + "/notices/read", read).status, 204);  // not theirs: no effect
  EXPECT_EQ(notices("1001").size(""), before);
  EXPECT_EQ(site.post("1001", std::string(kQuality) + "/notices/read", read).status, 204);
  EXPECT_EQ(notices("1001").size(""), before - 1);
  EXPECT_EQ(notices("1001", "?all=true").size(""), before);
  EXPECT_NE(notices("1001", "?all=true").at("0/read_at"), "null");
}

TEST_P(NoticeApiTest, each_new_one_is_an_event_for_its_addressees) {
  http::EventHub hub;
  const auto agent = hub.subscribe(testing_support::agent("1001"), {});
  const auto other = hub.subscribe(testing_support::agent("1002"), {});
  NoticeFeed feed(database(), hub);
  EXPECT_EQ(must(feed.look()), 0);  // only finds out where they end
  publish_one();
  EXPECT_GT(must(feed.look()), 2);
  EXPECT_EQ(must(feed.look()), 0);
  EXPECT_THAT(agent->take(), HasSubstr(R"("about":"result_published","object":"1-1-1")"));
  EXPECT_THAT(other->take(), testing::Not(HasSubstr("result_published")));
}

}  // namespace
}  // namespace zh::quality
