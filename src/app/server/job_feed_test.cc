#include "app/server/job_feed.h"

#include <gmock/gmock.h>

#include "jobs/runner.h"
#include "tests/support/databases.h"

namespace zh::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::must;

constexpr Instant kNow = Instant::from_seconds(1'793'000'000);

class JobFeedTest : public testing_support::StorageTest {
 protected:
  void queue(const std::string& account, Instant at) {
    auto tx = must(database().write());
    must(jobs::enqueue(tx, {.kind = "import", .account = account}, at));
    must(tx.commit());
  }
  std::shared_ptr<http::Subscription> listen(const std::string& account, std::vector<http::Grant> grants = {}) {
    return hub.subscribe({.account = account, .grants = std::move(grants)}, "");
  }

  http::EventHub hub;
};
ZH_ON_BOTH_DATABASES(JobFeedTest);

TEST_P(JobFeedTest, TellsTheOwnerAndAdministrators) {
  JobFeed feed(database(), hub, kNow);
  const auto owner = listen("li");
  const auto other = listen("wang");
  const auto admin = listen("root", {{.role = http::Role::admin, .scope = http::Scope::centre}});
  queue("li", kNow);
  EXPECT_EQ(must(feed.look()), 1);
  for (const auto& told : {owner->take(), admin->take()}) {
    EXPECT_THAT(told, HasSubstr("event: job"));
    EXPECT_THAT(told, HasSubstr(R"("kind":"import","state":"waiting")"));
  }
  EXPECT_THAT(other->take(), Not(HasSubstr("import")));
}

TEST_P(JobFeedTest, TellsEachChangeOnce) {
  JobFeed feed(database(), hub, kNow);
  queue("li", Instant{kNow.us - 1});  // before the feed
  EXPECT_EQ(must(feed.look()), 0);
  queue("li", kNow);
  EXPECT_EQ(must(feed.look()), 1);
  EXPECT_EQ(must(feed.look()), 0);
  queue("li", kNow);  // committed later than it says
  EXPECT_EQ(must(feed.look()), 1);
  EXPECT_EQ(must(feed.look()), 0);
}

// Another process works on the job; this one shows it.
TEST_P(JobFeedTest, FollowsAJobWhoeverRunsIt) {
  JobFeed feed(database(), hub, kNow);
  const auto owner = listen("li");
  queue("li", kNow);
  EXPECT_EQ(must(feed.look()), 1);
  const auto elsewhere = open();
  jobs::Handlers handlers;
  handlers.add("import", [&](jobs::JobRun& run) -> Status {
    ZH_TRY(auto tx, elsewhere->write());
    ZH_CHECK(run.complete(tx));
    return tx.commit();
  });
  jobs::Runner runner(*elsewhere, std::move(handlers), Zone::utc());
  runner.set_clock([] { return Instant{kNow.us + 1'000'000}; });
  EXPECT_TRUE(must(runner.run_one()));
  EXPECT_EQ(must(feed.look()), 1);
  EXPECT_THAT(owner->take(), HasSubstr(R"("state":"done")"));
}

TEST_P(JobFeedTest, ManyJobsOfOneInstantArePassed) {
  JobFeed feed(database(), hub, kNow);
  for (int i = 0; i < 450; ++i) queue("li", Instant{kNow.us + (i < 250 ? 1 : 2)});
  EXPECT_GE(must(feed.look()), 400);  // those behind a full page of one instant may be left out
  queue("li", Instant{kNow.us + 3});
  EXPECT_EQ(must(feed.look()), 1);
}

}  // namespace
}  // namespace zh::app
