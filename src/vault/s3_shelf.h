// A shelf in an S3-compatible store. The keys are the paths of a DirectoryShelf – PREFIX4b/4be1… – so that contents can
// be copied from one to the other with any tool.
//
// A thing is spooled into a nameless file beside the data (encrypted already), then sent in one request with its
// SHA-256 in the signature: the store takes it whole or not at all, and a request that failed is sent again. The
// largest content has 4 GiB; one request may have 5, so nothing is ever uploaded in parts and nothing unfinished can
// lie there. Whatever the store refuses is `unavailable` (full, gone, not allowed), so that whoever asked tries again
// later; only what is not there is not there. Each request ends within the bounds of outbound::Limits.
#pragma once

#include <filesystem>
#include <memory>

#include "outbound/client.h"
#include "vault/shelf.h"
#include "vault/signature.h"

namespace zh::vault {

enum class S3Addressing {
  path,  // https://s3.example.org/BUCKET/KEY: what stores of one's own mostly want
  host,  // https://BUCKET.s3.example.org/KEY
};

struct S3Options {
  outbound::Address endpoint = {};
  std::string bucket = {};
  std::string region = "us-east-1";
  std::string prefix = {};  // before every key: "zhiheng/"
  S3Addressing addressing = S3Addressing::path;
  Credentials credentials = {};
  std::filesystem::path spool = {};  // folder that takes what is on its way: room for the largest content
  friend bool operator==(const S3Options&, const S3Options&) = default;
};

// Where its requests go: what the settings must allow.
outbound::Address address_of(const S3Options& options);

class S3Shelf final : public Shelf {
 public:
  S3Shelf(S3Options options, outbound::Allowed allowed, outbound::RetryRule rule = kPatience);

  Result<std::unique_ptr<Incoming>> create(const Hash& name) override;
  // A thing that is removed meanwhile reads as not_found, one that was put anew as unavailable.
  Result<std::unique_ptr<Thing>> find(const Hash& name) override;
  Result<bool> remove(const Hash& name) override;
  Status each(const std::function<Status(const Hash&, Instant)>& visit) override;
  // Nothing: the store keeps no halves.
  Result<std::int64_t> tidy(Instant before) override;

  static constexpr outbound::RetryRule kPatience{.attempts = 4,
                                                 .first = std::chrono::milliseconds{300},
                                                 .longest = std::chrono::milliseconds{3'000},
                                                 .in_all = std::chrono::milliseconds{20'000}};

 private:
  class IncomingObject;
  class StoredObject;
  struct Ask;

  std::string key_of(const Hash& name) const;
  Result<outbound::Answer> ask(const Ask& what);
  Error refused(const outbound::Answer& answer) const;

  const S3Options options_;
  const outbound::Address address_;
  outbound::Client client_;
};

}  // namespace zh::vault
