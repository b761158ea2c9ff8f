// Server-sent events: one hub per process, one subscription per browser. Publishing never waits: a subscriber that does
// not keep up loses its stream and comes back with Last-Event-ID.
//
//   hub.publish({.type = "job", .data = R"({"id":12,"done":40})", .allowed = [](const Principal& p) {…}});
//
// Event ids are "<epoch>-<number>". A client that returns within the history gets what it missed; one that was away too
// long, or meets another process, is told by an event of type "resync" to load its page anew.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"

namespace zh::http {

struct Event {
  std::string type;  // letters, digits and '_'
  std::string data;  // JSON
  // Who may see it; left out: nobody. Called while publishing, so it looks at the principal alone.
  std::function<bool(const Principal&)> allowed;
};

struct EventLimits {
  std::size_t history = 1000;              // events kept for those who come back
  std::size_t pending_bytes = 256 * 1024;  // per subscriber, before its stream is ended
  std::size_t per_account = 12;            // streams; a further one ends the account's oldest
};

class EventHub;

// One client's end of the hub. Thread-safe.
class Subscription {
 public:
  explicit Subscription(Principal principal) : principal_(std::move(principal)) {}

  // What is to be sent now, as text/event-stream; empty when there is nothing.
  std::string take();
  bool ended() const;
  void end();
  // Called once, from any thread, as soon as take() has something or the stream has ended; then it is forgotten.
  void when_ready(std::function<void()> wake);
  const Principal& principal() const { return principal_; }

 private:
  friend class EventHub;
  void push(std::string_view text, std::size_t pending_max);

  const Principal principal_;
  mutable std::mutex mutex_;
  std::string pending_;
  std::function<void()> wake_;
  bool ended_ = false;
};

// Thread-safe.
class EventHub {
 public:
  explicit EventHub(EventLimits limits = {});

  void publish(const Event& event);
  // `last_event_id` is the header of that name, empty for a new client.
  std::shared_ptr<Subscription> subscribe(const Principal& principal, std::string_view last_event_id);
  // Ends the streams of one session (signed out) or of all sessions of an account (disabled, roles changed).
  void end_session(std::string_view session);
  void end_account(std::string_view account);
  void end_all();
  std::size_t subscribers() const;

 private:
  struct Past {
    std::uint64_t number;
    std::string text;
    std::function<bool(const Principal&)> allowed;
  };

  // These require mutex_ to be held, but for end_where(), which takes it.
  std::string missed_since(std::string_view last_event_id, const Principal& principal) const;
  void forget_ended();
  void end_where(const std::function<bool(const Principal&)>& which);

  const EventLimits limits_;
  const std::string epoch_;
  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::deque<Past> history_;
  std::vector<std::weak_ptr<Subscription>> subscribers_;
};

}  // namespace zh::http
