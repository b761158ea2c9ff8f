#include "http/idempotency.h"

#include <fmt/format.h>

#include "http/kept_answer.h"

namespace zh::http {

namespace {

constexpr std::int64_t kKeptUs = 24LL * 3600 * 1'000'000;
constexpr std::size_t kBodyMax = 64 * 1024;

// The length keeps owner and key apart.
std::string entry_name(std::string_view owner, std::string_view key) {
  return fmt::format("{}:{}{}", owner.size(), owner, key);
}

}  // namespace

std::string idempotency_owner(const Call& call) {
  return fmt::format("{} {} {}", call.principal.account, to_string(call.request.method), call.request.path);
}

KeptAnswer kept_answer(const Response& response) {
  KeptAnswer answer{.status = response.status,
                    .content_type = std::string(response.headers.get("Content-Type")),
                    .location = std::string(response.headers.get("Location")),
                    .etag = std::string(response.headers.get("ETag")),
                    .body = {}};
  if (const auto* const text = std::get_if<std::string>(&response.body)) answer.body = *text;
  return answer;
}

void MemoryIdempotencyStore::drop_old(Instant now) {
  while (!order_.empty()) {
    const auto oldest = entries_.find(order_.front());
    if (entries_.size() < keys_max_ && now.us - oldest->second.at.us < kKeptUs) return;
    entries_.erase(oldest);
    order_.pop_front();
  }
}

Result<IdempotencyCheck> MemoryIdempotencyStore::begin(std::string_view owner, std::string_view key,
                                                       const Hash& request, Instant now) {
  const std::string name = entry_name(owner, key);
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(name);
  if (found == entries_.end() || now.us - found->second.at.us >= kKeptUs) {
    drop_old(now);
    order_.push_back(name);
    entries_.insert_or_assign(name, Entry{request, now, std::nullopt, std::prev(order_.end())});
    return IdempotencyCheck{};
  }
  const Entry& entry = found->second;
  if (entry.request != request) return IdempotencyCheck{.state = IdempotencyState::different, .answer = {}};
  if (!entry.answer) return IdempotencyCheck{.state = IdempotencyState::in_progress, .answer = {}};
  return IdempotencyCheck{.state = IdempotencyState::done, .answer = *entry.answer};
}

Status MemoryIdempotencyStore::finish(std::string_view owner, std::string_view key, const KeptAnswer& answer) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(entry_name(owner, key));
  if (found == entries_.end()) return {};  // pushed out by newer ones
  found->second.answer = answer;
  // The thing was made; where it is says enough for a replay.
  if (answer.body.size() > kBodyMax) found->second.answer->body.clear();
  return {};
}

void MemoryIdempotencyStore::forget(std::string_view owner, std::string_view key) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(entry_name(owner, key));
  if (found == entries_.end()) return;
  order_.erase(found->second.place);
  entries_.erase(found);
}

}  // namespace zh::http
