#include "vault/s3_shelf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "vault/s3_listing.h"

namespace zh::vault {

namespace fs = std::filesystem;
using outbound::Answer;
using outbound::Method;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kFetched = std::size_t{128} << 10;     // at least, whatever part is asked for
constexpr std::size_t kFetchedAhead = std::size_t{1} << 20;  // by who reads on
constexpr std::uint64_t kListBytes = std::uint64_t{8} << 20;
constexpr std::uint64_t kSlowestBytesPerSecond = 128 << 10;  // what is slower is given up

Error spool_failed(const fs::path& folder) {
  const std::string why = std::generic_category().message(errno);
  return error(ErrorCode::unavailable,
               {.zh = "无法写入暂存文件：" + why, .en = "the spool file cannot be written: " + why},
               {.file = folder.string()});
}

// A file without a name: it goes with the process, whatever happens to it.
class Spool {
 public:
  static Result<std::shared_ptr<Spool>> open(const fs::path& folder) {
    std::string path = (folder / ".spool-XXXXXX").string();
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0) return spool_failed(folder);
    ::unlink(path.c_str());
    return std::make_shared<Spool>(folder, descriptor);
  }
  Spool(fs::path folder, int descriptor) : folder_(std::move(folder)), descriptor_(descriptor) {}
  ~Spool() { ::close(descriptor_); }
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  Status write(std::string_view bytes) {
    hasher_.stream(bytes);
    size_ += bytes.size();
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return spool_failed(folder_);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }
  Result<std::size_t> read(std::uint64_t offset, std::span<char> room) const {
    const ssize_t count = ::pread(descriptor_, room.data(), room.size(), static_cast<off_t>(offset));
    if (count < 0) return spool_failed(folder_);
    return static_cast<std::size_t>(count);
  }
  std::uint64_t size() const { return size_; }
  Hash finish() { return hasher_.finish(); }

 private:
  fs::path folder_;
  int descriptor_;
  std::uint64_t size_ = 0;
  Hasher hasher_;
};

class SpoolSource final : public ByteSource {
 public:
  explicit SpoolSource(std::shared_ptr<const Spool> spool) : spool_(std::move(spool)) {}
  Result<std::size_t> read(std::span<char> room) override {
    ZH_TRY(const std::size_t got, spool_->read(at_, room));
    at_ += got;
    return got;
  }

 private:
  std::shared_ptr<const Spool> spool_;
  std::uint64_t at_ = 0;
};

outbound::Body body_of(const std::shared_ptr<Spool>& spool) {
  return {.size = spool->size(), .open = [spool]() -> Result<std::unique_ptr<ByteSource>> {
            return std::unique_ptr<ByteSource>(std::make_unique<SpoolSource>(spool));
          }};
}

// Percent-encoded but for its slashes.
std::string encoded_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    out += outbound::percent_encoded(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    out += '/';
    path.remove_prefix(slash + 1);
  }
  return out;
}

std::optional<std::uint64_t> length_of(const Answer& answer) {
  const std::string_view text = outbound::header(answer.headers, "Content-Length");
  std::uint64_t length = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (problem != std::errc() || text.empty() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

Error out_of_order(const outbound::Address& address) {
  return error(
      ErrorCode::unavailable,
      {.zh = fmt::format("录音存储 {} 的列表没有按名称排列", address.authority()),
       .en = fmt::format("the list of the store of recordings {} is not in the order of names", address.authority())});
}

milliseconds time_for(std::uint64_t bytes) {
  return std::chrono::seconds(30 + static_cast<std::int64_t>(bytes / kSlowestBytesPerSecond));
}

}  // namespace

outbound::Address address_of(const S3Options& options) {
  outbound::Address address = options.endpoint;
  if (options.addressing == S3Addressing::host) address.host = options.bucket + "." + address.host;
  return address;
}

// One request, before it is signed.
struct S3Shelf::Ask {
  Method method = Method::get;
  std::string key = {};  // empty: the bucket itself
  std::vector<Parameter> query = {};
  outbound::Headers headers = {};
  outbound::Body body = {};
  Hash payload = sha256("");
  std::uint64_t answer_bytes = 1 << 20;
};

S3Shelf::S3Shelf(S3Options options, outbound::Allowed allowed, outbound::RetryRule rule)
    : options_(std::move(options)), address_(address_of(options_)), client_(std::move(allowed), rule) {}

std::string S3Shelf::key_of(const Hash& name) const {
  const std::string hex = name.hex();
  return options_.prefix + hex.substr(0, 2) + "/" + hex;
}

Result<Answer> S3Shelf::ask(const Ask& what) {
  const Instant now = system_now();
  std::string path = options_.endpoint.path;
  if (options_.addressing == S3Addressing::path) path += "/" + options_.bucket;
  path += "/" + what.key;
  ToSign to_sign{.method = outbound::name_of(what.method),
                 .path = encoded_path(path),
                 .query = what.query,
                 .headers = what.headers,
                 .payload = what.payload};
  to_sign.headers.push_back({"x-amz-date", signing_time(now)});
  to_sign.headers.push_back({"x-amz-content-sha256", what.payload.hex()});
  outbound::Headers headers = to_sign.headers;
  to_sign.headers.push_back({"host", address_.authority()});
  headers.push_back({"Authorization", authorization(to_sign, options_.credentials, options_.region, now)});
  const std::string query = canonical_query(what.query);
  auto answer = client_.ask(address_, {.method = what.method,
                                       .target = to_sign.path + (query.empty() ? "" : "?" + query),
                                       .headers = std::move(headers),
                                       .body = what.body,
                                       .limits = {.idle = milliseconds{15'000},
                                                  .whole = time_for(what.body.size + what.answer_bytes),
                                                  .body = what.answer_bytes}});
  if (answer.ok() || answer.error().code == ErrorCode::cancelled) return answer;
  // Too large, not listed, no certificate: whatever it is, the store is away and the recording is not to blame.
  Error away = std::move(answer).error();
  away.code = ErrorCode::unavailable;
  return away;
}

Error S3Shelf::refused(const Answer& answer) const {
  const Refusal why = parse_refusal(answer.body);
  const std::string said = why.code.empty() ? "" : fmt::format(" {}: {}", why.code, why.message);
  const bool full = answer.status == 507 || why.code == "QuotaExceeded" || why.code == "XMinioStorageFull";
  if (full) {
    return error(ErrorCode::unavailable,
                 {.zh = fmt::format("录音存储 {} 已满（{}{}）；腾出空间后再试，什么都没有改变", address_.authority(),
                                    answer.status, said),
                  .en = fmt::format("the store of recordings {} is full ({}{}); make room and try again, nothing has "
                                    "been changed",
                                    address_.authority(), answer.status, said)});
  }
  return error(
      ErrorCode::unavailable,
      {.zh = fmt::format("录音存储 {} 拒绝（{}{}）", address_.authority(), answer.status, said),
       .en = fmt::format("the store of recordings {} refuses ({}{})", address_.authority(), answer.status, said)});
}

class S3Shelf::IncomingObject final : public Incoming {
 public:
  IncomingObject(S3Shelf& shelf, std::string key, std::shared_ptr<Spool> spool)
      : shelf_(shelf), key_(std::move(key)), spool_(std::move(spool)) {}

  Status write(std::string_view bytes) override { return spool_->write(bytes); }

  Status keep() override {
    ZH_TRY(const Answer answer, shelf_.ask({.method = Method::put,
                                            .key = key_,
                                            .headers = {{"Content-Type", "application/octet-stream"}},
                                            .body = body_of(spool_),
                                            .payload = spool_->finish()}));
    return answer.status == 200 ? Status() : shelf_.refused(answer);
  }

 private:
  S3Shelf& shelf_;
  std::string key_;
  std::shared_ptr<Spool> spool_;
};

// What was fetched last stays at hand: contents are read in chunks, mostly one after the other.
class S3Shelf::StoredObject final : public Thing {
 public:
  StoredObject(S3Shelf& shelf, std::string key, std::uint64_t size, std::string etag)
      : shelf_(shelf), key_(std::move(key)), size_(size), etag_(std::move(etag)) {}

  std::uint64_t size() const override { return size_; }

  Result<std::string> read(std::uint64_t offset, std::size_t length) override {
    if (offset >= size_ || length == 0) return std::string();
    length = std::min<std::uint64_t>(length, size_ - offset);
    if (!holds(offset, length)) ZH_CHECK(fetch(offset, length));
    return fetched_.substr(offset - begin_, length);
  }

 private:
  bool holds(std::uint64_t offset, std::size_t length) const {
    return offset >= begin_ && offset + length <= begin_ + fetched_.size();
  }

  Status fetch(std::uint64_t offset, std::size_t length) {
    const bool reads_on = !fetched_.empty() && offset >= begin_ && offset <= begin_ + fetched_.size();
    const std::uint64_t wanted =
        std::min<std::uint64_t>(std::max(length, reads_on ? kFetchedAhead : kFetched), size_ - offset);
    outbound::Headers headers{{"Range", fmt::format("bytes={}-{}", offset, offset + wanted - 1)}};
    if (!etag_.empty()) headers.push_back({"If-Match", etag_});
    ZH_TRY(Answer answer,
           shelf_.ask({.key = key_, .headers = std::move(headers), .answer_bytes = wanted + (std::size_t{64} << 10)}));
    if (answer.status == 404) {
      return error(ErrorCode::not_found, {.zh = "录音已从存储中删除", .en = "the recording has left the store"});
    }
    if (answer.status != 206) return shelf_.refused(answer);
    if (answer.body.size() != wanted) {
      return error(ErrorCode::unavailable,
                   {.zh = fmt::format("录音存储 {} 给出的长度不对", shelf_.address_.authority()),
                    .en = fmt::format("the store of recordings {} gave another length than was asked for",
                                      shelf_.address_.authority())});
    }
    begin_ = offset;
    fetched_ = std::move(answer.body);
    return {};
  }

  S3Shelf& shelf_;
  std::string key_;
  std::uint64_t size_;
  std::string etag_;
  std::uint64_t begin_ = 0;
  std::string fetched_;
};

Result<std::unique_ptr<Shelf::Incoming>> S3Shelf::create(const Hash& name) {
  ZH_TRY(auto spool, Spool::open(options_.spool));
  return std::unique_ptr<Incoming>(std::make_unique<IncomingObject>(*this, key_of(name), std::move(spool)));
}

Result<std::unique_ptr<Shelf::Thing>> S3Shelf::find(const Hash& name) {
  std::string key = key_of(name);
  ZH_TRY(const Answer answer, ask({.method = Method::head, .key = key}));
  if (answer.status == 404) return std::unique_ptr<Thing>();
  const auto size = length_of(answer);
  if (answer.status != 200 || !size) return refused(answer);
  return std::unique_ptr<Thing>(std::make_unique<StoredObject>(*this, std::move(key), *size,
                                                               std::string(outbound::header(answer.headers, "ETag"))));
}

Result<bool> S3Shelf::remove(const Hash& name) {
  ZH_TRY(const auto there, find(name));
  if (there == nullptr) return false;
  ZH_TRY(const Answer answer, ask({.method = Method::del, .key = key_of(name)}));
  if (answer.status == 200 || answer.status == 204) return true;
  if (answer.status == 404) return false;
  return refused(answer);
}

Status S3Shelf::each(const std::function<Status(const Hash&, Instant)>& visit) {
  std::string next;
  std::string last;
  do {
    std::vector<Parameter> query{{"list-type", "2"}, {"max-keys", "1000"}, {"prefix", options_.prefix}};
    if (!next.empty()) query.push_back({"continuation-token", next});
    ZH_TRY(const Answer answer, ask({.query = std::move(query), .answer_bytes = kListBytes}));
    if (answer.status != 200) return refused(answer);
    ZH_TRY(const Listing listing, parse_listing(answer.body));
    next = listing.next;
    // A list that turns in circles must end.
    if (listing.things.empty() && !next.empty()) return out_of_order(address_);
    for (const Listed& listed : listing.things) {
      if (!last.empty() && listed.key <= last) return out_of_order(address_);
      last = listed.key;
      const auto name = Hash::parse(std::string_view(last).substr(last.rfind('/') + 1));
      if (name.ok() && key_of(*name) == last) ZH_CHECK(visit(*name, listed.changed_at));
    }
  } while (!next.empty());
  return {};
}

Result<std::int64_t> S3Shelf::tidy(Instant /*before*/) { return std::int64_t{0}; }

}  // namespace zh::vault
