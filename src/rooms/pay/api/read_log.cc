#include "rooms/pay/api/read_log.h"

#include "ledger/audit.h"

namespace zh::pay::api {

namespace {

Status write_entry(db::Database& database, const ReadLog::Read& read, Instant now) {
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(ledger::append_audit(
      tx, {.at = now, .actor = read.account, .action = read.action, .object = read.object, .detail = {}}));
  return tx.commit();
}

}  // namespace

Status ReadLog::note(db::Database& database, const Read& read, Instant now) {
  constexpr std::size_t kRememberedMax = 100'000;
  const std::string key = read.account + '\n' + read.action + '\n' + read.object;
  {
    const std::scoped_lock lock(mutex_);
    if (noted_.size() >= kRememberedMax) noted_.clear();
    const auto [noted, is_first] = noted_.try_emplace(key, now);
    const bool is_due = is_first || now.us - noted->second.us >= Instant::from_seconds(read.at_most_every_seconds).us;
    if (!is_due) return {};
    noted->second = now;
  }
  const Status written = write_entry(database, read, now);
  if (!written.ok()) {
    const std::scoped_lock lock(mutex_);
    noted_.erase(key);
  }
  return written;
}

}  // namespace zh::pay::api
