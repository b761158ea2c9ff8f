#include "rooms/inspection/trial_store.h"

namespace zh::inspection::store {

namespace {

constexpr db::Sql kCount =
    "SELECT COUNT(*) FROM contacts c JOIN contact_transcripts t ON t.call_id = c.call_id AND t.number = c.number"
    " WHERE c.offered_at >= :from AND c.offered_at < :until";

}  // namespace

Result<std::int64_t> count_transcripts(db::Transaction& tx, Interval offered) {
  return tx.value<std::int64_t>(kCount, {{"from", offered.from}, {"until", offered.until}});
}

}  // namespace zh::inspection::store
