#include "http/proxy.h"

#include <gtest/gtest.h>

namespace zh::http {
namespace {

TrustedProxies proxies(std::vector<std::string> networks) { return TrustedProxies::parse(networks).value(); }

Origin origin(std::string_view peer, std::string_view forwarded, std::vector<std::string> trusted = {"10.0.0.0/8"}) {
  Headers headers;
  if (!forwarded.empty()) headers.set("X-Forwarded-For", forwarded);
  return origin_of(proxies(std::move(trusted)), peer, false, headers);
}

TEST(Proxy, OnlyWhatTrustedHostsAddIsBelieved) {
  EXPECT_EQ(origin("192.0.2.1", "8.8.8.8").client, "192.0.2.1");  // a stranger's own word
  EXPECT_EQ(origin("10.0.0.1", "8.8.8.8").client, "8.8.8.8");
  EXPECT_EQ(origin("10.0.0.1", "1.1.1.1, 8.8.8.8").client, "8.8.8.8");  // 1.1.1.1 is what the client made up
  EXPECT_EQ(origin("10.0.0.1", "1.1.1.1, 8.8.8.8 ,10.2.3.4").client, "8.8.8.8");
  EXPECT_EQ(origin("10.0.0.1", "10.2.3.4").client, "10.2.3.4");
  EXPECT_EQ(origin("10.0.0.1", "junk").client, "10.0.0.1");
  EXPECT_EQ(origin("10.0.0.1", "").client, "10.0.0.1");
}

TEST(Proxy, ThisHostIsLocalOnlyWithoutAProxy) {
  EXPECT_TRUE(origin("127.0.0.1", "").local);
  EXPECT_TRUE(origin("::1", "").local);
  EXPECT_TRUE(origin("::ffff:127.0.0.1", "").local);
  EXPECT_FALSE(origin("127.0.0.1", "8.8.8.8").local);
  EXPECT_FALSE(origin("10.0.0.1", "").local);
}

TEST(Proxy, SaysWhetherTheClientsSideIsEncrypted) {
  Headers headers;
  headers.set("X-Forwarded-Proto", "https");
  EXPECT_TRUE(origin_of(proxies({"127.0.0.1"}), "127.0.0.1", false, headers).secure);
  EXPECT_FALSE(origin_of(proxies({}), "127.0.0.1", false, headers).secure);
  EXPECT_TRUE(origin_of(proxies({}), "127.0.0.1", true, {}).secure);
}

TEST(Proxy, NetworksReachToTheirBorder) {
  const TrustedProxies list = proxies({"10.1.2.128/25", "fd00::/9", "192.0.2.7"});
  EXPECT_TRUE(list.trusts("10.1.2.128"));
  EXPECT_TRUE(list.trusts("::ffff:10.1.2.255"));
  EXPECT_FALSE(list.trusts("10.1.2.127"));
  EXPECT_TRUE(list.trusts("fd7f::1"));
  EXPECT_FALSE(list.trusts("fd80::1"));
  EXPECT_TRUE(list.trusts("192.0.2.7"));
  EXPECT_FALSE(list.trusts("192.0.2.8"));
  EXPECT_FALSE(list.trusts("nonsense"));
  EXPECT_TRUE(proxies({"0.0.0.0/0"}).trusts("8.8.8.8"));
  for (const char* const bad : {"10.0.0.0/33", "10.0.0/8", "x", "", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129"}) {
    EXPECT_FALSE(TrustedProxies::parse(std::vector<std::string>{bad}).ok()) << bad;
  }
}

}  // namespace
}  // namespace zh::http
