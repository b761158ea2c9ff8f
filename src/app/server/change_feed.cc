#include "app/server/change_feed.h"

#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "ledger/pages.h"
#include "rooms/pay/api/month_api.h"

namespace zh::app {

namespace {

constexpr int kAtOnce = 1000;

// What follows the word in an audit entry's object: "batch 12" → "12"; nothing when it is about something else.
std::optional<std::string_view> object_named(std::string_view object, std::string_view word) {
  if (!object.starts_with(word)) return std::nullopt;
  return object.substr(word.size());
}

// What some entries have made old.
class Outdated {
 public:
  void take(const ledger::AuditLine& line) {
    if (const auto batch = object_named(line.object, "batch ")) batches_.insert(std::string(*batch));
    if (!pay::may_change_months(line.action)) return;
    if (const auto period = object_named(line.object, "period ")) {
      periods_.insert(std::string(*period));
    } else {
      any_month_ = true;
    }
  }

  int tell(http::EventHub& events) const {
    for (const auto& batch : batches_) publish(events, "batch", {{"batch", batch}});
    for (const auto& period : periods_) publish(events, "month", {{"period", period}});
    if (any_month_) publish(events, "month", {{"period", json::Value()}});
    return static_cast<int>(batches_.size() + periods_.size()) + (any_month_ ? 1 : 0);
  }

 private:
  static void publish(http::EventHub& events, std::string type, json::Object data) {
    events.publish({.type = std::move(type),
                    .data = json::compact(std::move(data)),
                    .allowed = [](const http::Principal&) { return true; }});
  }

  std::set<std::string> batches_;
  std::set<std::string> periods_;
  bool any_month_ = false;
};

}  // namespace

Result<int> ChangeFeed::look() {
  ZH_TRY(auto tx, database_.read());
  if (!told_) {
    ZH_TRY(const auto head, ledger::audit_head(tx));
    told_ = head.number;
    return 0;
  }
  Outdated outdated;
  for (bool more = true; more;) {
    ZH_TRY(const auto lines, ledger::audit_after(tx, *told_, kAtOnce));
    for (const auto& line : lines) outdated.take(line);
    if (!lines.empty()) told_ = lines.back().number;
    more = lines.size() == kAtOnce;
  }
  return outdated.tell(events_);
}

}  // namespace zh::app
