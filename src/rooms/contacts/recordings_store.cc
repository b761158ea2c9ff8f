#include "rooms/contacts/recordings_store.h"

#include <algorithm>

#include "rooms/contacts/acoustics/acoustics_store.h"

namespace zh::contacts::store {

namespace {

constexpr db::Sql kDeletePage =
    "DELETE FROM contact_recordings WHERE record_key > :after AND record_key <= :until AND record_key IN"
    " (SELECT record_key FROM staged_records WHERE about = 4)";
constexpr db::Into kIntoRecordings{"contact_recordings",
                                   "record_key, content, call_id, number, leg, bytes, media, standing"};
constexpr db::Sql kReviveStaged =
    "DELETE FROM content_removals WHERE kind = 1 AND record_key IN"
    " (SELECT record_key FROM staged_records WHERE about = 4)";
constexpr db::Sql kOfContact =
    "SELECT r.leg, r.content, r.bytes, r.media, d.removed_at FROM contact_recordings r"
    " LEFT JOIN content_removals d ON d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content"
    " WHERE r.call_id = :call AND r.number = :number AND r.standing = 1 ORDER BY r.leg";
constexpr db::Sql kWaiting =
    "SELECT COUNT(*) FROM contact_recordings r WHERE r.standing = 1 AND NOT EXISTS"
    " (SELECT 1 FROM contacts c WHERE c.call_id = r.call_id AND c.number = r.number)";

constexpr db::Sql kRecordingsBefore =
    "SELECT r.record_key, r.content FROM contact_recordings r"
    " JOIN contacts c ON c.call_id = r.call_id AND c.number = r.number"
    " WHERE c.offered_at < :before AND NOT EXISTS (SELECT 1 FROM content_removals d"
    "   WHERE d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content) LIMIT :limit";
constexpr db::Sql kTranscriptsBefore =
    "SELECT x.source_id, x.content FROM transcript_texts x"
    " JOIN contact_transcripts t ON t.source_id = x.source_id"
    " JOIN contacts c ON c.call_id = t.call_id AND c.number = t.number"
    " WHERE c.offered_at < :before LIMIT :limit";
constexpr db::Sql kLonely =
    "SELECT r.record_key, r.content FROM contact_recordings r WHERE r.content = :content"
    " AND NOT EXISTS (SELECT 1 FROM content_removals d"
    "   WHERE d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content)"
    " AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.call_id = r.call_id AND c.number = r.number)";
constexpr db::Sql kNoteRemoval =
    "INSERT INTO content_removals (kind, record_key, content, removed_at) VALUES (:kind, :key, :content, :at)"
    " ON CONFLICT (kind, record_key, content) DO UPDATE SET removed_at = excluded.removed_at";
constexpr db::Sql kIsNeeded =
    "SELECT 1 FROM contact_recordings r WHERE r.content = :content AND NOT EXISTS (SELECT 1 FROM content_removals d"
    " WHERE d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content) LIMIT 1";
constexpr db::Sql kNeeded =
    "SELECT DISTINCT r.content FROM contact_recordings r WHERE r.content > :after AND NOT EXISTS"
    " (SELECT 1 FROM content_removals d WHERE d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content)"
    " ORDER BY r.content LIMIT :limit";

Leg leg_of(int stored) { return static_cast<Leg>(std::clamp(stored, 1, 3)); }

Result<std::vector<Removal>> read_removals(db::Rows rows, RemovalKind kind) {
  std::vector<Removal> removals;
  while (rows.next()) {
    removals.push_back({.kind = kind, .key = rows.get<std::string>(0), .content = rows.get<Hash>(1)});
  }
  ZH_CHECK(rows.finish());
  return removals;
}

}  // namespace

Status replace_recordings(db::Transaction& tx, const KeyPage& page, const std::vector<NamedRecording>& named) {
  ZH_CHECK(await_page(tx, page));
  ZH_CHECK(tx.execute(kDeletePage, {{"after", page.after}, {"until", page.until}}));
  if (named.empty()) return {};
  ZH_TRY(db::Load load, tx.load(kIntoRecordings));
  for (const NamedRecording& one : named) {
    const auto parsed = parse_recording_key(one.key);
    ZH_CHECK(
        load.add({one.key, one.recording.content, one.of.call, one.of.number,
                  static_cast<std::int64_t>(parsed ? parsed->leg : Leg::both),
                  static_cast<std::int64_t>(one.recording.bytes), one.recording.media, std::int64_t{one.standing}}));
  }
  ZH_CHECK(load.finish());
  return await_page(tx, page);
}

Status revive_staged(db::Transaction& tx) {
  ZH_CHECK(tx.execute(kReviveStaged));
  return {};
}

Result<std::int64_t> waiting_recordings(db::Transaction& tx) { return tx.value<std::int64_t>(kWaiting); }

Result<std::vector<Removal>> recordings_before(db::Transaction& tx, Instant before, int limit) {
  ZH_TRY(db::Rows rows, tx.query(kRecordingsBefore, {{"before", before}, {"limit", limit}}));
  return read_removals(std::move(rows), RemovalKind::recording);
}

Result<std::vector<Removal>> transcripts_before(db::Transaction& tx, Instant before, int limit) {
  ZH_TRY(db::Rows rows, tx.query(kTranscriptsBefore, {{"before", before}, {"limit", limit}}));
  return read_removals(std::move(rows), RemovalKind::transcript);
}

Result<std::vector<Removal>> lonely_recordings(db::Transaction& tx, const Hash& content) {
  ZH_TRY(db::Rows rows, tx.query(kLonely, {{"content", content}}));
  return read_removals(std::move(rows), RemovalKind::recording);
}

Status note_removal(db::Transaction& tx, const Removal& removal, Instant at) {
  ZH_CHECK(tx.execute(kNoteRemoval, {{"kind", static_cast<std::int64_t>(removal.kind)},
                                     {"key", removal.key},
                                     {"content", removal.content},
                                     {"at", at}}));
  return {};
}

Result<bool> is_needed(db::Transaction& tx, const Hash& content) {
  ZH_TRY(const auto any, tx.first<int>(kIsNeeded, {{"content", content}}));
  return any.has_value();
}

Result<std::vector<Hash>> needed_contents(db::Transaction& tx, const std::optional<Hash>& after, int limit) {
  // No bytes at all come before every name.
  const std::string_view from =
      after ? std::string_view(reinterpret_cast<const char*>(after->bytes.data()), after->bytes.size()) : "";
  ZH_TRY(db::Rows rows, tx.query(kNeeded, {{"after", db::Blob{from}}, {"limit", limit}}));
  std::vector<Hash> contents;
  while (rows.next()) contents.push_back(rows.get<Hash>(0));
  ZH_CHECK(rows.finish());
  return contents;
}

}  // namespace zh::contacts::store

namespace zh::contacts {

Result<std::vector<Recording>> recordings_of(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(store::kOfContact, {{"call", call}, {"number", number}}));
  std::vector<Recording> recordings;
  while (rows.next()) {
    recordings.push_back({.leg = store::leg_of(rows.get<int>(0)),
                          .content = rows.get<Hash>(1),
                          .bytes = static_cast<std::uint64_t>(rows.get<std::int64_t>(2)),
                          .media = rows.get<std::string>(3),
                          .removed_at = rows.get<std::optional<Instant>>(4)});
  }
  ZH_CHECK(rows.finish());
  return recordings;
}

}  // namespace zh::contacts
