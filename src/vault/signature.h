// Signature Version 4 of Amazon's web services, as S3-compatible stores ask for it, written from the public
// specification ("Authenticating Requests: Using the Authorization Header"). Pure.
//
//   GET /test.txt of examplebucket on 2013-05-24, with range, gives
//   AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,
//   SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb8…
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "outbound/message.h"

namespace zh::vault {

struct Credentials {
  std::string access_key = {};
  std::string secret_key = {};
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

struct Parameter {
  std::string name;
  std::string value;  // neither is encoded
};

// What a signature covers.
struct ToSign {
  std::string_view method;  // "GET"
  std::string path;         // percent-encoded but for its slashes: "/4b/4be1…"
  std::vector<Parameter> query = {};
  outbound::Headers headers = {};  // host, x-amz-date, x-amz-content-sha256 and every other that is to be covered
  Hash payload = {};               // SHA-256 of the body
};

// "20130524T000000Z": what x-amz-date says.
std::string signing_time(Instant at);
// Name and value encoded and in the order of signing: "max-keys=2&prefix=J". What is sent must be this.
std::string canonical_query(std::vector<Parameter> query);
// The steps of the specification, each by itself.
std::string canonical_request(const ToSign& request);
std::string string_to_sign(const ToSign& request, std::string_view region, Instant at);
// The value of the header Authorization.
std::string authorization(const ToSign& request, const Credentials& credentials, std::string_view region, Instant at);

}  // namespace zh::vault
