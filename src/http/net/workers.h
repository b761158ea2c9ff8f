// The threads that run handlers: rules and SQL may wait there without holding up a single byte.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "http/net/asio.h"

namespace zh::http::net {

class Workers {
 public:
  // `waiting` counts what no worker has begun yet, for all to see.
  Workers(std::size_t threads, std::size_t waiting_max, std::atomic<std::int64_t>& waiting)
      : waiting_max_(static_cast<std::int64_t>(waiting_max)), waiting_(waiting), pool_(threads) {}

  // Runs `work` on a worker and comes back to the caller's thread. False: too many wait already, nothing was run.
  // `work` is the caller's and must not throw.
  template <class Work>
  Awaitable<bool> run(Work& work) {
    if (waiting_.fetch_add(1) >= waiting_max_) {
      waiting_.fetch_sub(1);
      co_return false;
    }
    auto start = [this, &work](auto handler) {
      auto back = asio::get_associated_executor(handler);
      auto task = [this, &work, back, handler = std::move(handler)]() mutable {
        waiting_.fetch_sub(1);
        work();
        asio::post(back, std::move(handler));
      };
      asio::post(pool_, std::move(task));
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(start, asio::use_awaitable);
    co_return true;
  }

  void join() { pool_.join(); }

 private:
  const std::int64_t waiting_max_;
  std::atomic<std::int64_t>& waiting_;
  asio::thread_pool pool_;
};

}  // namespace zh::http::net
