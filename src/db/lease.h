// Who has a connection: the pool lends it to a Transaction or a Workspace and takes it back. Private to this folder.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "db/connection.h"

namespace zh::db::detail {

// Connections of one place, `options.connections` at most. Thread-safe.
struct Pool {
  explicit Pool(Options options_) : options(std::move(options_)) {}

  // An idle connection or a new one; waits `options.wait` for one to come back, then fails (unavailable).
  Result<std::unique_ptr<Connection>> take();
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  const Options options;

 private:
  Result<std::unique_ptr<Connection>> open();

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int lent_ = 0;
};

// A connection on loan, and what is going on on it.
class Lease {
 public:
  static Result<std::shared_ptr<Lease>> of(const std::shared_ptr<Pool>& pool);
  Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection);
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Status begin(Mode mode, std::stop_token stop);
  Status commit();
  void rollback() noexcept;
  bool in_transaction() const { return in_transaction_; }

  // The connection when a statement may run on it, else why not.
  Result<Connection*> ready();
  // Passes a statement's outcome on and remembers a failure.
  template <class T>
  Result<T> noting(Result<T> outcome) {
    if (!outcome.ok()) connection_->set_failed();
    return outcome;
  }
  Connection& connection() { return *connection_; }
  void note_temporary_tables() { has_temporary_tables_ = true; }

 private:
  std::shared_ptr<Pool> pool_;
  std::unique_ptr<Connection> connection_;
  bool in_transaction_ = false;
  bool has_temporary_tables_ = false;
};

}  // namespace zh::db::detail
