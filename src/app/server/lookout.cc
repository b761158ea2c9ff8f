#include "app/server/lookout.h"

#include <chrono>

namespace zh::app {

namespace {

constexpr std::chrono::seconds kEvery{1};

}  // namespace

void Lookout::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void Lookout::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Lookout::look_now() {
  {
    const std::scoped_lock lock(mutex_);
    asked_ = true;
  }
  changed_.notify_one();
}

void Lookout::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, stop, kEvery, [this] { return asked_; });
      asked_ = false;
    }
    if (!stop.stop_requested()) look_();
  }
}

}  // namespace zh::app
