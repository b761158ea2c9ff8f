// Looks after something once a second on a thread of its own, and at once when it is told that something changed here.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace zh::app {

class Lookout {
 public:
  // `look` is called on the lookout's thread, never two calls at once. Whether it succeeds is its own business: a
  // database that is away says so in /healthz, and the next look finds what happened meanwhile.
  explicit Lookout(std::function<void()> look) : look_(std::move(look)) {}
  ~Lookout() { stop(); }
  Lookout(const Lookout&) = delete;
  Lookout& operator=(const Lookout&) = delete;

  void start();
  void stop();
  // Thread-safe, and does not wait.
  void look_now();

 private:
  void work(const std::stop_token& stop);

  const std::function<void()> look_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool asked_ = false;  // with mutex_
  std::jthread thread_;
};

}  // namespace zh::app
