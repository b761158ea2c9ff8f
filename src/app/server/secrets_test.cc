#include "app/server/secrets.h"

#include "tests/support/databases.h"

namespace zh::app {
namespace {

using testing_support::must;

class ServerSecretTest : public testing_support::StorageTest {};
ZH_ON_BOTH_DATABASES(ServerSecretTest);

TEST_P(ServerSecretTest, ASecretIsMadeOnceForAllServers) {
  const std::string secret = must(server_secret(database(), "cursors"));
  EXPECT_EQ(secret.size(), 32U);
  const auto second = open();
  EXPECT_EQ(must(server_secret(*second, "cursors")), secret);
  EXPECT_NE(must(server_secret(*second, "others")), secret);
}

}  // namespace
}  // namespace zh::app
