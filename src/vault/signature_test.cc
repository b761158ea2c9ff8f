// Signatures against the examples that the specification publishes for the header Authorization.
#include "vault/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::vault {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr Instant kAt{1'369'353'600'000'000};  // 2013-05-24T00:00:00Z
constexpr std::string_view kRegion = "us-east-1";
const Credentials kExample{.access_key = "AKIAIOSFODNN7EXAMPLE",
                           .secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};

ToSign request(std::string_view method, std::string path, const Hash& payload) {
  return {.method = method,
          .path = std::move(path),
          .headers = {{"Host", "examplebucket.s3.amazonaws.com"},
                      {"x-amz-content-sha256", payload.hex()},
                      {"x-amz-date", signing_time(kAt)}},
          .payload = payload};
}

std::string signature(const ToSign& request) { return authorization(request, kExample, kRegion, kAt); }

TEST(Signature, OfAPartOfAThingGoesThroughTheStepsOfTheSpecification) {
  ToSign get = request("GET", "/test.txt", sha256(""));
  get.headers.push_back({"Range", "bytes=0-9"});
  EXPECT_EQ(canonical_request(get),
            "GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-9\n"
            "x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
            "x-amz-date:20130524T000000Z\n\nhost;range;x-amz-content-sha256;x-amz-date\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(string_to_sign(get, kRegion, kAt),
            "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n"
            "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972");
  EXPECT_EQ(signature(get),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(Signature, OfAPutCoversItsBodyAndAPathWithSigns) {
  ToSign put = request("PUT", "/test%24file.text", sha256("Welcome to Amazon S3."));
  put.headers.push_back({"Date", "Fri, 24 May 2013 00:00:00 GMT"});
  put.headers.push_back({"x-amz-storage-class", "REDUCED_REDUNDANCY"});
  EXPECT_THAT(signature(put), EndsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(Signature, OfAQueryWithAndWithoutValues) {
  ToSign lifecycle = request("GET", "/", sha256(""));
  lifecycle.query = {{"lifecycle", ""}};
  EXPECT_THAT(signature(lifecycle), EndsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
  ToSign list = request("GET", "/", sha256(""));
  list.query = {{"prefix", "J"}, {"max-keys", "2"}};
  EXPECT_EQ(canonical_query(list.query), "max-keys=2&prefix=J");
  EXPECT_THAT(signature(list), EndsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(Signature, HeadersCountWithoutCaseAndRepeatedSpaces) {
  ToSign one = request("GET", "/", sha256(""));
  ToSign other = one;
  one.headers.push_back({"X-Note", "  a   b  "});
  other.headers.insert(other.headers.begin(), {"x-note", "a b"});
  EXPECT_EQ(signature(one), signature(other));
  EXPECT_THAT(signature(one), HasSubstr("x-amz-date;x-note,"));
}

TEST(Signature, ChangesWithEveryPartThatItCovers) {
  const ToSign get = request("GET", "/test.txt", sha256(""));
  const std::string whole = signature(get);
  ToSign changed = get;
  changed.path = "/test.txu";
  EXPECT_NE(signature(changed), whole);
  changed = get;
  changed.method = "PUT";
  EXPECT_NE(signature(changed), whole);
  EXPECT_NE(authorization(get, kExample, "eu-west-1", kAt), whole);
  EXPECT_NE(authorization(get, kExample, kRegion, {kAt.us + 1'000'000}), whole);
  EXPECT_NE(authorization(get, {kExample.access_key, "another"}, kRegion, kAt), whole);
}

}  // namespace
}  // namespace zh::vault
