#include "http/rate.h"

#include <algorithm>
#include <cmath>

namespace zh::http {

namespace {

// Everybody past the table's end shares this bucket.
constexpr std::string_view kOverflow = "*";

}  // namespace

double TokenBucket::level(Instant now) const {
  const double seconds = now > filled_at_ ? static_cast<double>(now.us - filled_at_.us) / 1e6 : 0;
  return std::min(rate_.burst, tokens_ + seconds * rate_.per_second);
}

int TokenBucket::take(Instant now) {
  tokens_ = level(now);
  filled_at_ = std::max(filled_at_, now);
  if (tokens_ >= 1) {
    tokens_ -= 1;
    return 0;
  }
  constexpr double hour = 3600;
  return static_cast<int>(std::clamp(std::ceil((1 - tokens_) / rate_.per_second), 1.0, hour));
}

bool TokenBucket::full(Instant now) const { return level(now) >= rate_.burst; }

int RateLimiter::take(std::string_view client, Instant now) {
  const std::scoped_lock lock(mutex_);
  auto found = buckets_.find(std::string(client));
  if (found == buckets_.end()) {
    if (buckets_.size() >= clients_max_ && now.us - swept_at_.us >= 1'000'000) {
      swept_at_ = now;
      std::erase_if(buckets_, [&](const auto& entry) { return entry.second.full(now); });
    }
    const std::string_view key = buckets_.size() < clients_max_ ? client : kOverflow;
    found = buckets_.try_emplace(std::string(key), rate_, now).first;
  }
  return found->second.take(now);
}

std::string rate_key(std::string_view address) {
  if (address.find(':') == std::string_view::npos) return std::string(address);
  // An IPv4 address in IPv6 clothes is that IPv4 address.
  if (const auto mapped = address.rfind(':'); address.find('.') != std::string_view::npos) {
    return std::string(address.substr(mapped + 1));
  }
  // The first four groups; "::" before their end stands for groups of 0.
  std::string key;
  int groups = 0;
  for (std::size_t at = 0; groups < 4 && at < address.size(); ++groups) {
    const auto end = std::min(address.find(':', at), address.size());
    const std::string_view group = address.substr(at, end - at);
    if (group.empty()) break;
    key += group;
    key += ':';
    at = end + 1;
  }
  return key + ":/64";
}

}  // namespace zh::http
