#include "db/lease.h"

#include <fmt/format.h>

#include <algorithm>

namespace zh::db::detail {

Result<std::unique_ptr<Connection>> Pool::open() {
  return backend_of(options) == Backend::postgres ? open_postgres(options) : open_sqlite(options);
}

Result<std::unique_ptr<Connection>> Pool::take() {
  {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(lock, options.wait, [&] { return lent_ < options.connections; });
    if (!free) {
      return error(ErrorCode::unavailable,
                   {.zh = fmt::format("全部 {} 个数据库连接都在使用中，请稍后重试", options.connections),
                    .en = fmt::format("all {} database connections are in use, try again later", options.connections)});
    }
    ++lent_;
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  auto opened = open();
  if (!opened.ok()) give_back(nullptr);
  return opened;
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  const std::scoped_lock lock(mutex_);
  --lent_;
  if (connection != nullptr && connection->usable()) idle_.push_back(std::move(connection));
  returned_.notify_one();
}

Result<std::shared_ptr<Lease>> Lease::of(const std::shared_ptr<Pool>& pool) {
  ZH_TRY(auto connection, pool->take());
  return std::make_shared<Lease>(pool, std::move(connection));
}

Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::~Lease() {
  rollback();
  if (has_temporary_tables_) connection_->drop_temporary_tables();
  pool_->give_back(std::move(connection_));
}

Status Lease::begin(Mode mode, std::stop_token stop) {
  if (in_transaction_) {
    return error(ErrorCode::internal,
                 {.zh = "一个连接上不能同时进行两个事务", .en = "a connection has one transaction at a time"});
  }
  ZH_CHECK(connection_->begin(mode, std::move(stop)));
  in_transaction_ = true;
  return {};
}

Status Lease::commit() {
  const auto connection = ready();
  const Status status = connection.ok() ? (*connection)->commit() : Status(connection.error());
  if (!status.ok()) rollback();
  in_transaction_ = false;
  return status;
}

void Lease::rollback() noexcept {
  if (!in_transaction_) return;
  connection_->rollback();
  in_transaction_ = false;
}

Result<Connection*> Lease::ready() {
  if (!in_transaction_) {
    return error(ErrorCode::internal, {.zh = "事务已经结束", .en = "the transaction is over"});
  }
  if (connection_->failed()) {
    return error(ErrorCode::internal, {.zh = "事务中已有语句失败，只能回滚",
                                       .en = "a statement of this transaction failed; it can only be rolled back"});
  }
  if (connection_->loading()) {
    return error(ErrorCode::internal, {.zh = "批量写入尚未结束，不能执行其他语句",
                                       .en = "a bulk load is not finished; no other statement can run"});
  }
  return connection_.get();
}

}  // namespace zh::db::detail
