#include "idempotency/table.h"

#include "http/kept_answer.h"
#include "idempotency/keep.h"

namespace zh::idempotency {

using http::IdempotencyCheck;
using http::IdempotencyState;

namespace {

constexpr std::int64_t kKeptUs = 24LL * 3600 * 1'000'000;
constexpr std::int64_t kAbandonedUs = 60LL * 1'000'000;
constexpr std::size_t kBodyMax = 64 * 1024;

constexpr db::Sql kDropOld =
    "DELETE FROM idempotency_keys"
    " WHERE claimed_at < :kept_since OR (claimed_at < :abandoned_before AND status IS NULL)";
constexpr db::Sql kClaim =
    "INSERT INTO idempotency_keys (owner, key, request, claimed_at) VALUES (:owner, :key, :request, :now)"
    " ON CONFLICT (owner, key) DO NOTHING";
constexpr db::Sql kFind =
    "SELECT request, status, content_type, location, etag, body FROM idempotency_keys"
    " WHERE owner = :owner AND key = :key";
constexpr db::Sql kFinish =
    "UPDATE idempotency_keys SET status = :status, content_type = :content_type, location = :location, etag = :etag,"
    " body = :body WHERE owner = :owner AND key = :key AND status IS NULL";
constexpr db::Sql kKeep =
    "UPDATE idempotency_keys SET status = :status, content_type = :content_type, location = :location, etag = :etag,"
    " body = :body WHERE owner = :owner AND key = :key AND status IS NULL AND claimed_at = :claimed_at";
constexpr db::Sql kForget = "DELETE FROM idempotency_keys WHERE owner = :owner AND key = :key AND status IS NULL";

Status forget_in(db::Database& database, std::string_view owner, std::string_view key) {
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(tx.execute(kForget, {{"owner", owner}, {"key", key}}));
  return tx.commit();
}

std::string_view body_to_keep(const http::KeptAnswer& answer) {
  return answer.body.size() > kBodyMax ? std::string_view() : answer.body;
}

// What is there under a key that could not be claimed.
Result<IdempotencyCheck> known(db::Transaction& tx, std::string_view owner, std::string_view key, const Hash& request) {
  using Text = std::optional<std::string>;
  ZH_TRY(const auto row,
         (tx.first<Hash, std::optional<int>, Text, Text, Text, Text>(kFind, {{"owner", owner}, {"key", key}})));
  if (!row) return error(ErrorCode::conflict, {.zh = "请重试", .en = "try again"});  // given back this very moment
  const auto& [stored, status, content_type, location, etag, body] = *row;
  if (stored != request) return IdempotencyCheck{.state = IdempotencyState::different, .answer = {}};
  if (!status) return IdempotencyCheck{.state = IdempotencyState::in_progress, .answer = {}};
  return IdempotencyCheck{.state = IdempotencyState::done,
                          .answer = {.status = *status,
                                     .content_type = content_type.value_or(""),
                                     .location = location.value_or(""),
                                     .etag = etag.value_or(""),
                                     .body = body.value_or("")}};
}

}  // namespace

Result<IdempotencyCheck> IdempotencyTable::begin(std::string_view owner, std::string_view key, const Hash& request,
                                                 Instant now) {
  ZH_TRY(auto tx, database_.write());
  ZH_CHECK(tx.execute(kDropOld, {{"kept_since", now.us - kKeptUs}, {"abandoned_before", now.us - kAbandonedUs}}));
  ZH_TRY(const auto claimed, tx.execute(kClaim, {{"owner", owner}, {"key", key}, {"request", request}, {"now", now}}));
  IdempotencyCheck check;
  if (claimed == 0) {
    ZH_TRY(check, known(tx, owner, key, request));
  }
  ZH_CHECK(tx.commit());
  return check;
}

// For answers that their handler did not keep itself; of one that it kept nothing changes.
Status IdempotencyTable::finish(std::string_view owner, std::string_view key, const http::KeptAnswer& answer) {
  ZH_TRY(auto tx, database_.write());
  ZH_CHECK(tx.execute(kFinish, {{"owner", owner},
                                {"key", key},
                                {"status", answer.status},
                                {"content_type", answer.content_type},
                                {"location", answer.location},
                                {"etag", answer.etag},
                                {"body", body_to_keep(answer)}}));
  return tx.commit();
}

void IdempotencyTable::forget(std::string_view owner, std::string_view key) {
  // A key that cannot be given back is free again by itself after a minute.
  [[maybe_unused]] const Status ignored = forget_in(database_, owner, key);
}

Status keep_response(db::Transaction& tx, const http::Call& call, const http::Response& response) {
  if (call.idempotency_key.empty()) return {};
  const http::KeptAnswer answer = http::kept_answer(response);
  ZH_TRY(const auto kept, tx.execute(kKeep, {{"owner", http::idempotency_owner(call)},
                                             {"key", call.idempotency_key},
                                             {"claimed_at", call.now},
                                             {"status", answer.status},
                                             {"content_type", answer.content_type},
                                             {"location", answer.location},
                                             {"etag", answer.etag},
                                             {"body", body_to_keep(answer)}}));
  if (kept == 1) return {};
  return error(ErrorCode::conflict, {.zh = "此请求处理过久，已由另一次发送接手",
                                     .en = "this request took too long; another sending of it has taken over"});
}

}  // namespace zh::idempotency
