#include "http/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <random>

namespace zh::http {

namespace {

constexpr std::string_view kGreeting = "retry: 3000\n\n";  // milliseconds until a browser comes back

// A different word for every process, so that the ids of one are not taken for another's.
std::string new_epoch() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

// The event as it goes over the wire. A line feed inside the data would end it, so each line gets its own "data:".
std::string frame(std::string_view id, const Event& event) {
  std::string text = fmt::format("id: {}\nevent: {}\n", id, event.type);
  std::string_view rest = event.data;
  do {
    const auto end = std::min(rest.find('\n'), rest.size());
    text += fmt::format("data: {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  } while (!rest.empty());
  return text + "\n";
}

}  // namespace

std::string Subscription::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(pending_, {});
}

bool Subscription::ended() const {
  const std::scoped_lock lock(mutex_);
  return ended_;
}

void Subscription::end() {
  std::function<void()> wake;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    wake = std::exchange(wake_, nullptr);
  }
  if (wake) wake();
}

void Subscription::when_ready(std::function<void()> wake) {
  {
    const std::scoped_lock lock(mutex_);
    if (pending_.empty() && !ended_) {
      wake_ = std::move(wake);
      return;
    }
  }
  wake();
}

void Subscription::push(std::string_view text, std::size_t pending_max) {
  std::function<void()> wake;
  {
    const std::scoped_lock lock(mutex_);
    if (ended_) return;
    if (pending_.size() + text.size() > pending_max) {
      ended_ = true;  // too slow; it comes back with the id of the last event it got
    } else {
      pending_ += text;
    }
    wake = std::exchange(wake_, nullptr);
  }
  if (wake) wake();
}

EventHub::EventHub(EventLimits limits) : limits_(limits), epoch_(new_epoch()) {}

void EventHub::publish(const Event& event) {
  std::vector<std::shared_ptr<Subscription>> receivers;
  std::string text;
  {
    const std::scoped_lock lock(mutex_);
    text = frame(fmt::format("{}-{}", epoch_, ++last_), event);
    history_.push_back({last_, text, event.allowed});
    if (history_.size() > limits_.history) history_.pop_front();
    forget_ended();
    for (const auto& weak : subscribers_) {
      auto subscriber = weak.lock();
      if (subscriber && event.allowed && event.allowed(subscriber->principal()))
        receivers.push_back(std::move(subscriber));
    }
    // Under the hub's lock, so that two publishers cannot overtake one another.
    for (const auto& receiver : receivers) receiver->push(text, limits_.pending_bytes);
  }
}

std::shared_ptr<Subscription> EventHub::subscribe(const Principal& principal, std::string_view last_event_id) {
  auto subscription = std::make_shared<Subscription>(principal);
  const std::scoped_lock lock(mutex_);
  forget_ended();
  std::vector<std::shared_ptr<Subscription>> same_account;
  for (const auto& weak : subscribers_) {
    auto other = weak.lock();
    if (other && other->principal().account == principal.account) same_account.push_back(std::move(other));
  }
  if (same_account.size() >= limits_.per_account) same_account.front()->end();

  std::string text(kGreeting);
  if (!last_event_id.empty()) text += missed_since(last_event_id, principal);
  subscription->push(text, limits_.pending_bytes);
  subscribers_.push_back(subscription);
  return subscription;
}

std::string EventHub::missed_since(std::string_view last_event_id, const Principal& principal) const {
  std::uint64_t number = 0;
  const auto dash = last_event_id.find('-');
  bool known = dash != std::string_view::npos && last_event_id.substr(0, dash) == epoch_;
  if (known) {
    const std::string_view digits = last_event_id.substr(dash + 1);
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    known = failure == std::errc() && end == digits.data() + digits.size() && number <= last_;
  }
  const std::uint64_t oldest = history_.empty() ? last_ + 1 : history_.front().number;
  if (!known || number + 1 < oldest) {
    return frame(fmt::format("{}-{}", epoch_, last_), {.type = "resync", .data = "{}", .allowed = {}});
  }
  std::string text;
  for (const auto& past : history_) {
    if (past.number > number && past.allowed && past.allowed(principal)) text += past.text;
  }
  return text;
}

void EventHub::end_where(const std::function<bool(const Principal&)>& which) {
  const std::scoped_lock lock(mutex_);
  for (const auto& weak : subscribers_) {
    if (const auto subscriber = weak.lock(); subscriber && which(subscriber->principal())) subscriber->end();
  }
  forget_ended();
}

void EventHub::end_session(std::string_view session) {
  end_where([&](const Principal& principal) { return principal.session == session; });
}

void EventHub::end_account(std::string_view account) {
  end_where([&](const Principal& principal) { return principal.account == account; });
}

void EventHub::end_all() {
  end_where([](const Principal&) { return true; });
}

std::size_t EventHub::subscribers() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(subscribers_, [](const auto& weak) {
    const auto subscriber = weak.lock();
    return subscriber && !subscriber->ended();
  }));
}

void EventHub::forget_ended() {
  std::erase_if(subscribers_, [](const auto& weak) {
    const auto subscriber = weak.lock();
    return !subscriber || subscriber->ended();
  });
}

}  // namespace zh::http
