// Addresses of the settings file, and who may be asked.
#include "outbound/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::outbound {
namespace {

using testing::HasSubstr;

std::string problem(const Status& status) { return status.ok() ? "" : status.error().to_string(Language::en); }

TEST(Address, IsReadAsItIsWritten) {
  struct Case {
    std::string url;
    Address address;
    std::string authority;
  };
  for (const Case& each : {
           Case{"https://s3.example.org", {true, "s3.example.org", 443, ""}, "s3.example.org"},
           Case{"https://S3.Example.org:443/records/", {true, "s3.example.org", 443, "/records"}, "s3.example.org"},
           Case{"http://asr_1.internal:8080/v1", {false, "asr_1.internal", 8080, "/v1"}, "asr_1.internal:8080"},
           Case{"https://127.0.0.1:80", {true, "127.0.0.1", 80, ""}, "127.0.0.1:80"},
           Case{"http://[::1]:9000/x", {false, "::1", 9000, "/x"}, "[::1]:9000"},
           Case{"http://[::1]", {false, "::1", 80, ""}, "[::1]"},
       }) {
    const auto address = parse_address(each.url);
    ASSERT_TRUE(address.ok()) << each.url;
    EXPECT_EQ(*address, each.address) << each.url;
    EXPECT_EQ(address->authority(), each.authority) << each.url;
  }
}

TEST(Address, WhatIsNoneIsRefused) {
  for (const std::string_view url :
       {"", "s3.example.org", "ftp://s3.example.org", "https://", "https:///x", "https://name:word@s3.example.org",
        "https://s3.example.org?x=1", "https://s3.example.org/x?y", "https://s3.example.org/#x", "https://a:0",
        "https://a:65536", "https://a:80x", "https://a b", "https://a/\r\nHost: b", "https://[::1", "https://a]"}) {
    const auto address = parse_address(url);
    ASSERT_FALSE(address.ok()) << url;
    EXPECT_EQ(address.error().code, ErrorCode::invalid) << url;
  }
}

TEST(Allowed, OnlyListedHostsAtTheirPortMayBeAsked) {
  const Allowed allowed{.hosts = {"S3.example.org", "asr.internal:8443"}};
  const auto check = [&](std::string_view url) { return problem(check_allowed(allowed, *parse_address(url))); };
  EXPECT_EQ(check("https://s3.example.org/any"), "");
  EXPECT_EQ(check("https://asr.internal:8443"), "");
  EXPECT_THAT(check("https://s3.example.org:8443"),
              HasSubstr("s3.example.org:8443 may not be asked; to allow it, add it to outbound: hosts"));
  EXPECT_THAT(check("https://asr.internal"), HasSubstr("asr.internal may not be asked"));
  EXPECT_THAT(check("https://records.s3.example.org"), HasSubstr("records.s3.example.org may not be asked"));
  EXPECT_THAT(check("http://s3.example.org"), HasSubstr("would be asked without encryption"));
}

TEST(Allowed, PlainHttpStaysOnThisHostUnlessTheSettingsAllowIt) {
  const std::vector<std::string> hosts{"127.0.0.1:9000", "[::1]:9000", "localhost", "asr.internal"};
  for (const std::string_view url : {"http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost"}) {
    EXPECT_EQ(problem(check_allowed({.hosts = hosts}, *parse_address(url))), "") << url;
  }
  // A name that only begins like this host's number is another machine.
  EXPECT_FALSE(
      check_allowed({.hosts = {"127.0.0.1.example.org"}}, *parse_address("http://127.0.0.1.example.org")).ok());
  const Address far = *parse_address("http://asr.internal");
  EXPECT_THAT(problem(check_allowed({.hosts = hosts}, far)), HasSubstr("outbound: plaintext: true"));
  EXPECT_EQ(problem(check_allowed({.hosts = hosts, .plaintext = true}, far)), "");
}

TEST(PercentEncoding, LeavesLettersDigitsAndFourSigns) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a/b c+d$&="), "a%2Fb%20c%2Bd%24%26%3D");
  EXPECT_EQ(percent_encoded("好"), "%E5%A5%BD");
}

}  // namespace
}  // namespace zh::outbound
