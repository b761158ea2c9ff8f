#include "rooms/contacts/leaving_store.h"

namespace zh::contacts::store {

namespace {

constexpr db::Sql kSoFar = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM contents_leaving";
constexpr db::Sql kClaim =
    "INSERT INTO contents_leaving (content, number, claimed_at, gone_at) VALUES (:content, :number, :now, NULL)"
    " ON CONFLICT (content) DO UPDATE SET number = excluded.number, claimed_at = excluded.claimed_at, gone_at = NULL"
    " WHERE contents_leaving.gone_at IS NOT NULL OR contents_leaving.claimed_at < :abandoned";
constexpr db::Sql kNoteGone = "UPDATE contents_leaving SET number = :number, gone_at = :now WHERE content = :content";
constexpr db::Sql kAbandoned =
    "SELECT content FROM contents_leaving WHERE gone_at IS NULL AND claimed_at < :abandoned ORDER BY content"
    " LIMIT :limit";
// The last one stays, so that numbers go on from it.
constexpr db::Sql kForget =
    "DELETE FROM contents_leaving WHERE gone_at < :before AND number < (SELECT MAX(number) FROM contents_leaving)";
constexpr db::Sql kSince = "SELECT content FROM contents_leaving WHERE number > :so_far OR gone_at IS NULL";

Instant abandoned_before(Instant now) { return {now.us - std::chrono::microseconds(kClaimed).count()}; }

}  // namespace

Result<bool> claim_removal(db::Transaction& tx, const Hash& content, Instant now) {
  ZH_TRY(const std::int64_t so_far, removals_so_far(tx));
  ZH_TRY(
      const std::int64_t rows,
      tx.execute(kClaim,
                 {{"content", content}, {"number", so_far + 1}, {"now", now}, {"abandoned", abandoned_before(now)}}));
  return rows == 1;
}

Status note_gone(db::Transaction& tx, const Hash& content, Instant now) {
  ZH_TRY(const std::int64_t so_far, removals_so_far(tx));
  ZH_CHECK(tx.execute(kNoteGone, {{"content", content}, {"number", so_far + 1}, {"now", now}}));
  return {};
}

Result<std::vector<Hash>> abandoned_removals(db::Transaction& tx, Instant now, int limit) {
  ZH_TRY(db::Rows rows, tx.query(kAbandoned, {{"abandoned", abandoned_before(now)}, {"limit", limit}}));
  std::vector<Hash> contents;
  while (rows.next()) contents.push_back(rows.get<Hash>(0));
  ZH_CHECK(rows.finish());
  return contents;
}

Status forget_removals(db::Transaction& tx, Instant before) {
  ZH_CHECK(tx.execute(kForget, {{"before", before}}));
  return {};
}

Result<std::int64_t> removals_so_far(db::Transaction& tx) { return tx.value<std::int64_t>(kSoFar); }

Result<std::set<Hash>> removed_since(db::Transaction& tx, std::int64_t so_far) {
  ZH_TRY(db::Rows rows, tx.query(kSince, {{"so_far", so_far}}));
  std::set<Hash> contents;
  while (rows.next()) contents.insert(rows.get<Hash>(0));
  ZH_CHECK(rows.finish());
  return contents;
}

}  // namespace zh::contacts::store
