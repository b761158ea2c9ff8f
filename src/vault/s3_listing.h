// What an S3-compatible store says in XML: a page of its list, and why it refuses. Read as untrusted. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace zh::vault {

struct Listed {
  std::string key;
  Instant changed_at;
};
struct Listing {
  std::vector<Listed> things;
  std::string next;  // token of the next page; empty: this was the last
};
// A ListBucketResult of ListObjectsV2. Fails (unavailable) when it is none.
Result<Listing> parse_listing(std::string_view xml);

struct Refusal {
  std::string code;  // "SlowDown"; empty where the body says nothing
  std::string message;
};
Refusal parse_refusal(std::string_view xml);

}  // namespace zh::vault
