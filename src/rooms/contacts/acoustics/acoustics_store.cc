#include "rooms/contacts/acoustics/acoustics_store.h"

namespace zh::contacts::store {

namespace {

constexpr db::Sql kAwaitPage =
    "INSERT INTO acoustics_awaited (call_id, number)"
    " SELECT DISTINCT call_id, number FROM contact_recordings"
    " WHERE record_key > :after AND record_key <= :until"
    " AND record_key IN (SELECT record_key FROM staged_records WHERE about = 4)"
    " ON CONFLICT (call_id, number) DO NOTHING";
constexpr db::Sql kAwaitOtherVersions =
    "INSERT INTO acoustics_awaited (call_id, number)"
    " SELECT a.call_id, a.number FROM contact_acoustics a WHERE (a.version < :version OR a.version > :version)"
    " AND NOT EXISTS (SELECT 1 FROM contact_recordings r JOIN content_removals d"
    "   ON d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content"
    "   WHERE r.call_id = a.call_id AND r.number = a.number AND r.standing = 1)"
    " ON CONFLICT (call_id, number) DO NOTHING";
constexpr db::Sql kAwaitOffered =
    "INSERT INTO acoustics_awaited (call_id, number)"
    " SELECT DISTINCT r.call_id, r.number FROM contacts c"
    " JOIN contact_recordings r ON r.call_id = c.call_id AND r.number = c.number"
    " WHERE c.offered_at >= :from AND c.offered_at < :until AND r.standing = 1"
    " ON CONFLICT (call_id, number) DO NOTHING";
constexpr db::Sql kOutdateOffered =
    "UPDATE contact_acoustics SET version = 0 WHERE EXISTS (SELECT 1 FROM contacts c"
    " WHERE c.call_id = contact_acoustics.call_id AND c.number = contact_acoustics.number"
    " AND c.offered_at >= :from AND c.offered_at < :until)"
    " AND NOT EXISTS (SELECT 1 FROM contact_recordings r JOIN content_removals d"
    "   ON d.kind = 1 AND d.record_key = r.record_key AND d.content = r.content"
    "   WHERE r.call_id = contact_acoustics.call_id AND r.number = contact_acoustics.number AND r.standing = 1)";
constexpr db::Sql kAwaited =
    "SELECT call_id, number FROM acoustics_awaited WHERE (call_id, number) > (:call, :number)"
    " ORDER BY call_id, number LIMIT :limit";
constexpr db::Sql kCountAwaited = "SELECT COUNT(*) FROM acoustics_awaited";
constexpr db::Sql kDropAwaited = "DELETE FROM acoustics_awaited WHERE call_id = :call AND number = :number";

constexpr db::Sql kKeepMeasured =
    "INSERT INTO contact_acoustics (call_id, number, version, input, duration_ms, silence_longest_ms, measures)"
    " VALUES (:call, :number, :version, :input, :duration, :silence, :measures)"
    " ON CONFLICT (call_id, number) DO UPDATE SET version = excluded.version, input = excluded.input,"
    " duration_ms = excluded.duration_ms, silence_longest_ms = excluded.silence_longest_ms,"
    " measures = excluded.measures";
constexpr db::Sql kDropMeasured = "DELETE FROM contact_acoustics WHERE call_id = :call AND number = :number";
constexpr db::Sql kMeasured =
    "SELECT version, input, duration_ms, silence_longest_ms, measures FROM contact_acoustics"
    " WHERE call_id = :call AND number = :number";

constexpr db::Sql kKeepWaveform =
    "INSERT INTO recording_waveforms (content, sealed) VALUES (:content, :sealed) ON CONFLICT (content) DO NOTHING";
constexpr db::Sql kWaveform = "SELECT sealed FROM recording_waveforms WHERE content = :content";
constexpr db::Sql kDropWaveform = "DELETE FROM recording_waveforms WHERE content = :content";

}  // namespace

Status await_page(db::Transaction& tx, const KeyPage& page) {
  ZH_CHECK(tx.execute(kAwaitPage, {{"after", page.after}, {"until", page.until}}));
  return {};
}

Status await_other_versions(db::Transaction& tx, int version) {
  ZH_CHECK(tx.execute(kAwaitOtherVersions, {{"version", version}}));
  return {};
}

Status await_offered(db::Transaction& tx, Interval offered) {
  ZH_CHECK(tx.execute(kAwaitOffered, {{"from", offered.from}, {"until", offered.until}}));
  return {};
}

Status outdate_offered(db::Transaction& tx, Interval offered) {
  ZH_CHECK(tx.execute(kOutdateOffered, {{"from", offered.from}, {"until", offered.until}}));
  return {};
}

Result<std::vector<ContactName>> awaited(db::Transaction& tx, const std::optional<ContactName>& after, int limit) {
  const ContactName from = after.value_or(ContactName{.call = {}, .number = 0});
  ZH_TRY(db::Rows rows, tx.query(kAwaited, {{"call", from.call}, {"number", from.number}, {"limit", limit}}));
  std::vector<ContactName> contacts;
  while (rows.next()) contacts.push_back({.call = rows.get<std::string>(0), .number = rows.get<int>(1)});
  ZH_CHECK(rows.finish());
  return contacts;
}

Result<std::int64_t> count_awaited(db::Transaction& tx) { return tx.value<std::int64_t>(kCountAwaited); }

Status drop_awaited(db::Transaction& tx, const ContactName& contact) {
  ZH_CHECK(tx.execute(kDropAwaited, {{"call", contact.call}, {"number", contact.number}}));
  return {};
}

Status keep_measured(db::Transaction& tx, const ContactName& contact, const Measured& measured) {
  ZH_CHECK(tx.execute(kKeepMeasured, {{"call", contact.call},
                                      {"number", contact.number},
                                      {"version", measured.version},
                                      {"input", measured.input},
                                      {"duration", measured.duration_ms},
                                      {"silence", measured.silence_longest_ms},
                                      {"measures", db::Blob{measured.measures}}}));
  return {};
}

Status drop_measured(db::Transaction& tx, const ContactName& contact) {
  ZH_CHECK(tx.execute(kDropMeasured, {{"call", contact.call}, {"number", contact.number}}));
  return {};
}

Result<std::optional<Measured>> measured(db::Transaction& tx, const ContactName& contact) {
  ZH_TRY(db::Rows rows, tx.query(kMeasured, {{"call", contact.call}, {"number", contact.number}}));
  std::optional<Measured> found;
  if (rows.next()) {
    found = {.version = rows.get<int>(0),
             .input = rows.get<Hash>(1),
             .duration_ms = rows.get<std::int64_t>(2),
             .silence_longest_ms = rows.get<std::optional<std::int64_t>>(3),
             .measures = std::string(rows.get<db::Blob>(4).bytes)};
  }
  ZH_CHECK(rows.finish());
  return found;
}

Status keep_waveform(db::Transaction& tx, const Hash& content, std::string_view sealed) {
  ZH_CHECK(tx.execute(kKeepWaveform, {{"content", content}, {"sealed", db::Blob{sealed}}}));
  return {};
}

Result<std::optional<std::string>> waveform(db::Transaction& tx, const Hash& content) {
  ZH_TRY(db::Rows rows, tx.query(kWaveform, {{"content", content}}));
  std::optional<std::string> sealed;
  if (rows.next()) sealed = std::string(rows.get<db::Blob>(0).bytes);
  ZH_CHECK(rows.finish());
  return sealed;
}

Status drop_waveform(db::Transaction& tx, const Hash& content) {
  ZH_CHECK(tx.execute(kDropWaveform, {{"content", content}}));
  return {};
}

}  // namespace zh::contacts::store
