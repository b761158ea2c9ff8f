// Reading what was spoken. All SQL of spoken.h.
#include <utility>

#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/spoken.h"

namespace zh::contacts {

namespace {

// A transcript that stands may have been removed since its time was over: then there is neither form.
// CROSS JOIN as where pages of transcripts are read (transcripts_store.cc). The transcript itself is read only where it
// has to stand in.
constexpr db::Sql kPage =
    "SELECT c.call_id, c.number, c.source, c.channel, c.direction, c.queue, c.product, c.member, c.offered_at,"
    " c.answered_at, c.ended_at, c.wait_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.outcome, c.transferred, c.ended_by,"
    " c.entered, c.connected, t.content, s.sealed, CASE WHEN s.sealed IS NULL THEN (SELECT x.sealed FROM"
    " transcript_texts x WHERE x.source_id = t.source_id AND x.content = t.content) END, a.input"
    " FROM contacts c CROSS JOIN contact_transcripts t LEFT JOIN spoken_texts s ON s.id = t.spoken"
    " LEFT JOIN contact_acoustics a ON a.call_id = c.call_id AND a.number = c.number"
    " WHERE t.call_id = c.call_id AND t.number = c.number AND (s.id IS NOT NULL OR EXISTS (SELECT 1 FROM"
    " transcript_texts x WHERE x.source_id = t.source_id AND x.content = t.content))"
    " AND c.offered_at < :until AND (c.offered_at, c.call_id, c.number) > (:at, :call, :number)"
    " ORDER BY c.offered_at, c.call_id, c.number LIMIT :limit";
constexpr db::Sql kOfContact =
    "SELECT c.call_id, c.number, c.source, c.channel, c.direction, c.queue, c.product, c.member, c.offered_at,"
    " c.answered_at, c.ended_at, c.wait_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.outcome, c.transferred, c.ended_by,"
    " c.entered, c.connected, t.content, s.sealed, CASE WHEN s.sealed IS NULL THEN (SELECT x.sealed FROM"
    " transcript_texts x WHERE x.source_id = t.source_id AND x.content = t.content) END, a.input"
    " FROM contacts c JOIN contact_transcripts t ON t.call_id = c.call_id AND t.number = c.number"
    " LEFT JOIN spoken_texts s ON s.id = t.spoken"
    " LEFT JOIN contact_acoustics a ON a.call_id = c.call_id AND a.number = c.number"
    " WHERE c.call_id = :call AND c.number = :number AND (s.id IS NOT NULL OR EXISTS (SELECT 1 FROM"
    " transcript_texts x WHERE x.source_id = t.source_id AND x.content = t.content))";

StoredSpoken spoken_from(db::Rows& rows) {
  StoredSpoken stored{.contact = store::contact_from(rows), .content = {}, .sealed = {}, .sound = {}};
  stored.content = rows.get<Hash>(store::kContactColumns);
  auto sealed = rows.get<std::optional<db::Blob>>(store::kContactColumns + 1);
  stored.is_transcript = !sealed;
  if (!sealed) sealed = rows.get<db::Blob>(store::kContactColumns + 2);
  stored.sealed = sealed->bytes;
  stored.sound = rows.get<std::optional<Hash>>(store::kContactColumns + 3);
  return stored;
}

}  // namespace

Result<SpokenPage> spoken_page(db::Transaction& tx, Interval offered, const std::optional<ContactPlace>& after,
                               int limit) {
  // Call ids are never empty: this stands before the first contact of the interval.
  const ContactPlace from = after.value_or(ContactPlace{.offered_at = offered.from, .call = {}, .number = 0});
  ZH_TRY(db::Rows rows, tx.query(kPage, {{"until", offered.until},
                                         {"at", from.offered_at},
                                         {"call", from.call},
                                         {"number", from.number},
                                         {"limit", limit}}));
  SpokenPage page;
  page.contacts.reserve(static_cast<std::size_t>(limit));
  std::size_t bytes = 0;
  while (bytes < kSpokenPageBytes && rows.next()) {
    page.contacts.push_back(spoken_from(rows));
    bytes += page.contacts.back().sealed.size();
  }
  ZH_CHECK(rows.finish());
  const bool more = std::cmp_equal(page.contacts.size(), limit) || bytes >= kSpokenPageBytes;
  if (more) page.more_after = place_of(page.contacts.back().contact);
  return page;
}

Result<std::optional<StoredSpoken>> spoken_of(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(kOfContact, {{"call", call}, {"number", number}}));
  std::optional<StoredSpoken> found;
  if (rows.next()) found = spoken_from(rows);
  ZH_CHECK(rows.finish());
  return found;
}

}  // namespace zh::contacts
