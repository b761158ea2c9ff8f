// A shelf in an S3-compatible store, against a store that keeps what it is given and one that misbehaves. That the
// signatures are right is told by signature_test.cc and by a store in tests/scenarios that checks them itself.
#include "vault/s3_shelf.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "tests/support/folder.h"
#include "tests/support/odd_server.h"
#include "vault/contents.h"
#include "vault/s3_listing.h"

namespace zh::vault {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::Folder;
using testing_support::OddServer;
using testing_support::Peer;

constexpr outbound::RetryRule kTwice{
    .attempts = 2, .first = std::chrono::milliseconds{1}, .longest = std::chrono::milliseconds{1}};

// The store: things by key. `odd`, where it gives something, is said in place of the right answer.
class Store {
 public:
  using Odd = std::function<std::optional<std::string>(const std::string& request)>;

  explicit Store(Odd odd = {}) : odd_(std::move(odd)), server_([this](Peer& peer) { serve(peer); }) {}

  S3Options options(const Folder& folder) const {
    return {.endpoint = *outbound::parse_address(server_.url() + "/base"),
            .bucket = "records",
            .prefix = "centre 1/",
            .credentials = {.access_key = "key", .secret_key = "secret"},
            .spool = folder.path()};
  }
  outbound::Allowed allowed() const { return {.hosts = {server_.authority()}}; }
  std::map<std::string, std::string>& things() { return things_; }
  std::vector<std::string> seen() {
    const std::scoped_lock lock(mutex_);
    return seen_;
  }

 private:
  void serve(Peer& peer) {
    for (std::string request = peer.request(); !request.empty(); request = peer.request()) {
      const std::string line = request.substr(0, request.find(" HTTP/"));
      const std::string key = line.substr(line.find(' ') + 1);
      const std::scoped_lock lock(mutex_);
      seen_.push_back(line);
      const auto odd = odd_ ? odd_(request) : std::nullopt;
      if (!peer.send(odd ? *odd : answer(line, key, request))) return;
      if (odd) return;
    }
  }

  std::string answer(const std::string& line, const std::string& key, const std::string& request) {
    if (request.find("Authorization: AWS4-HMAC-SHA256 Credential=key/") == std::string::npos) {
      return OddServer::answer(403, "");
    }
    if (line.starts_with("PUT")) {
      things_[key] = request.substr(request.find("\r\n\r\n") + 4);
      return OddServer::answer(200, "");
    }
    if (line.find("?list-type=2") != std::string::npos || line.find("list-type=2") != std::string::npos) {
      return OddServer::answer(200, list(line));
    }
    const auto found = things_.find(key);
    if (found == things_.end()) return OddServer::answer(404, "");
    if (line.starts_with("DELETE")) {
      things_.erase(found);
      return OddServer::answer(204, "");
    }
    if (line.starts_with("HEAD")) {
      return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nETag: \"e\"\r\n\r\n", found->second.size());
    }
    const std::size_t range = request.find("Range: bytes=") + 13;
    const std::size_t from = std::stoul(request.substr(range));
    const std::size_t to = std::stoul(request.substr(request.find('-', range) + 1));
    return OddServer::answer(206, found->second.substr(from, to - from + 1));
  }

  // Two to a page; the token is the key after which it goes on.
  std::string list(const std::string& line) {
    const std::size_t at = line.find("continuation-token=");
    const std::string after = at == std::string::npos ? "" : line.substr(at + 19, line.find('&', at) - at - 19);
    std::string xml = "<ListBucketResult>";
    int count = 0;
    std::string last;
    for (const auto& [key, bytes] : things_) {
      const std::string name = "centre 1/" + key.substr(std::string("/base/records/centre%201/").size());
      const std::string token = name.substr(name.rfind('/') + 1);
      if (token <= after) continue;
      if (count++ == 2) {
        return xml + "<IsTruncated>true</IsTruncated><NextContinuationToken>" + last +
               "</NextContinuationToken></ListBucketResult>";
      }
      last = token;
      xml += "<Contents><Key>" + name + "</Key><LastModified>2026-10-12T09:05:46.000Z</LastModified></Contents>";
    }
    return xml + "<IsTruncated>false</IsTruncated></ListBucketResult>";
  }

  Odd odd_;
  std::mutex mutex_;
  std::map<std::string, std::string> things_;
  std::vector<std::string> seen_;
  OddServer server_;
};

template <class T>
std::string problem_of(const Result<T>& result) {
  return result.ok() ? "" : result.error().to_string(Language::en);
}

Hash name_of(int number) {
  Hash name;
  name.bytes[0] = static_cast<unsigned char>(number);
  return name;
}

Status put(Shelf& shelf, const Hash& name, std::string_view bytes) {
  ZH_TRY(auto incoming, shelf.create(name));
  ZH_CHECK(incoming->write(bytes.substr(0, bytes.size() / 2)));
  ZH_CHECK(incoming->write(bytes.substr(bytes.size() / 2)));
  return incoming->keep();
}

TEST(S3Shelf, AThingIsPutFoundReadInPartsAndRemoved) {
  const Folder folder;
  Store store;
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i);
  EXPECT_EQ(problem_of(shelf.find(name_of(1))), "");
  EXPECT_EQ(*shelf.find(name_of(1)), nullptr);
  ASSERT_EQ(problem_of(put(shelf, name_of(1), bytes)), "");
  EXPECT_EQ(store.seen().back(), "PUT /base/records/centre%201/01/" + name_of(1).hex());

  const auto thing = shelf.find(name_of(1)).value();
  EXPECT_EQ(thing->size(), bytes.size());
  for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, std::size_t{131'071}, std::size_t{131'072},
                                   std::size_t{400'000}, bytes.size() - 1, bytes.size(), bytes.size() + 1}) {
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{65'552}, bytes.size()}) {
      const std::string expected = offset < bytes.size() ? bytes.substr(offset, length) : "";
      EXPECT_EQ(thing->read(offset, length).value(), expected) << offset << " " << length;
    }
  }
  const auto unread = shelf.find(name_of(1)).value();
  EXPECT_TRUE(shelf.remove(name_of(1)).value());
  EXPECT_FALSE(shelf.remove(name_of(1)).value());
  EXPECT_EQ(unread->read(0, 10).error().code, ErrorCode::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(S3Shelf, WhoReadsOnFetchesAheadInFewRequests) {
  const Folder folder;
  Store store;
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  const std::string bytes(3'000'000, 'x');
  ASSERT_TRUE(put(shelf, name_of(1), bytes).ok());
  const std::size_t before = store.seen().size();
  const auto thing = shelf.find(name_of(1)).value();
  for (std::size_t at = 0; at < bytes.size(); at += 65'536) ASSERT_TRUE(thing->read(at, 65'536).ok());
  EXPECT_EQ(store.seen().size() - before, 5U);  // one to find it, 128 KiB, then 1 MiB each
}

TEST(S3Shelf, EveryThingIsListedInTheOrderOfNamesPageByPage) {
  const Folder folder;
  Store store;
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  for (const int number : {5, 3, 9, 1, 7}) ASSERT_TRUE(put(shelf, name_of(number), "x").ok());
  store.things()["/base/records/centre%201/notes"] = "no content";
  std::vector<Hash> names;
  const Status listed = shelf.each([&](const Hash& name, Instant at) {
    EXPECT_EQ(at.us, 1'791'795'946'000'000);
    names.push_back(name);
    return Status();
  });
  EXPECT_EQ(problem_of(listed), "");
  EXPECT_THAT(names, ElementsAre(name_of(1), name_of(3), name_of(5), name_of(7), name_of(9)));
  EXPECT_EQ(*shelf.tidy({0}), 0);
}

TEST(S3Shelf, AListThatTurnsInCirclesEnds) {
  const Folder folder;
  Store store([](const std::string& request) -> std::optional<std::string> {
    if (request.find("list-type") == std::string::npos) return std::nullopt;
    return OddServer::answer(200,
                             "<ListBucketResult><Contents><Key>a</Key><LastModified>2026-10-12T09:05:46Z"
                             "</LastModified></Contents><IsTruncated>true</IsTruncated>"
                             "<NextContinuationToken>t</NextContinuationToken></ListBucketResult>");
  });
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  EXPECT_THAT(problem_of(shelf.each([](const Hash&, Instant) { return Status(); })),
              HasSubstr("is not in the order of names"));
}

TEST(S3Shelf, ContentsLieThereEncryptedAndReadBack) {
  const Folder folder;
  Store store;
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  const Keys keys = Keys::make(folder / "keys", {1'792'000'000'000'000}).value();
  Contents contents(shelf, keys);
  const std::string sound = "a sentence that somebody said on the telephone " + std::string(200'000, 'x');
  const OpenSource open = [&]() -> Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(sound));
  };
  const auto put = contents.put(open);
  ASSERT_TRUE(put.ok()) << problem_of(put);
  EXPECT_TRUE(put->is_new);
  EXPECT_FALSE(contents.put(open)->is_new);
  EXPECT_THAT(store.things().begin()->second, testing::Not(HasSubstr("sentence")));
  EXPECT_EQ(contents.open(put->name)->read(100'000, 10).value(), sound.substr(100'000, 10));
  store.things().begin()->second[70'000] ^= 1;
  EXPECT_EQ(contents.verify(put->name).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(contents.put(open)->is_new);
  EXPECT_TRUE(contents.verify(put->name).ok());
}

// ---- a store that misbehaves: whatever it is, the recording is neither lost nor taken for missing

struct Misbehaving {
  std::string name;
  std::string answer;
  std::string problem;
};

class MisbehavingStore : public testing::TestWithParam<Misbehaving> {};

TEST_P(MisbehavingStore, IsAwayAndNothingIsTakenForMissing) {
  const Folder folder;
  Store store([](const std::string&) { return std::optional(GetParam().answer); });
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  EXPECT_THAT(problem_of(put(shelf, name_of(1), "bytes")), HasSubstr(GetParam().problem));
  for (const ErrorCode code : {put(shelf, name_of(1), "bytes").error().code, shelf.find(name_of(1)).error().code,
                               shelf.remove(name_of(1)).error().code,
                               shelf.each([](const Hash&, Instant) { return Status(); }).error().code}) {
    EXPECT_EQ(code, ErrorCode::unavailable);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, MisbehavingStore,
    testing::Values(
        Misbehaving{"Full",
                    OddServer::answer(507, "<Error><Code>XMinioStorageFull</Code><Message>no room</Message></Error>"),
                    "is full (507 XMinioStorageFull: no room); make room and try again"},
        Misbehaving{"OverQuota", OddServer::answer(403, "<Error><Code>QuotaExceeded</Code></Error>"), "is full (403"},
        Misbehaving{"SlowDown", OddServer::answer(503, "<Error><Code>SlowDown</Code></Error>"),
                    "refuses (503 SlowDown"},
        Misbehaving{"WrongKey", OddServer::answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"),
                    "refuses (403 SignatureDoesNotMatch"},
        Misbehaving{"Redirect", OddServer::answer(307, "", "Location: https://elsewhere.example/\r\n"), "refuses (307"},
        Misbehaving{"Broken", OddServer::answer(500, "oops"), "refuses (500"},
        Misbehaving{"Cut", "HTTP/1.1 200 OK\r\nContent-Le", "ended before its answer was whole"},
        Misbehaving{"Garbage", "SSH-2.0-OpenSSH_9.2\r\n", "well-formed HTTP"}),
    [](const auto& each) { return each.param.name; });

TEST(S3Shelf, AStoreThatIsGoneOrNotAllowedIsAway) {
  const Folder folder;
  Store store;
  S3Options options = store.options(folder);
  S3Shelf forbidden(options, {}, kTwice);
  EXPECT_EQ(forbidden.find(name_of(1)).error().code, ErrorCode::unavailable);
  options.endpoint.port = 1;
  S3Shelf gone(options, {.hosts = {options.endpoint.authority()}}, kTwice);
  EXPECT_EQ(gone.find(name_of(1)).error().code, ErrorCode::unavailable);
  EXPECT_THAT(problem_of(gone.find(name_of(1))), HasSubstr("cannot be reached"));
}

TEST(S3Shelf, APartOfAnotherLengthIsNoPart) {
  const Folder folder;
  Store store([](const std::string& request) -> std::optional<std::string> {
    if (!request.starts_with("GET")) return std::nullopt;
    return OddServer::answer(206, "short");
  });
  S3Shelf shelf(store.options(folder), store.allowed(), kTwice);
  ASSERT_TRUE(put(shelf, name_of(1), std::string(100, 'x')).ok());
  const auto thing = shelf.find(name_of(1)).value();
  EXPECT_THAT(problem_of(thing->read(0, 50)), HasSubstr("gave another length than was asked for"));
}

TEST(S3Shelf, ABucketCanBePartOfTheHost) {
  S3Options options{.endpoint = *outbound::parse_address("https://s3.example.org"), .bucket = "records"};
  EXPECT_EQ(address_of(options).authority(), "s3.example.org");
  options.addressing = S3Addressing::host;
  EXPECT_EQ(address_of(options).authority(), "records.s3.example.org");
}

TEST(S3Listing, WhatIsNoListIsRefused) {
  for (const std::string_view xml :
       {"", "what?", "<Other/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"}) {
    EXPECT_FALSE(parse_listing(xml).ok()) << xml;
  }
  EXPECT_EQ(parse_refusal("<Error><Code>A</Code><Message>b</Message></Error>").code, "A");
  EXPECT_EQ(parse_refusal("what?").code, "");
}

}  // namespace
}  // namespace zh::vault
