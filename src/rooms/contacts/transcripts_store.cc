#include "rooms/contacts/transcripts_store.h"

#include <limits>

namespace zh::contacts::store {

namespace {

// The place is the key: the last one is known, and texts are entered in their order, without a look at those before.
constexpr db::Sql kMakeStagedTexts =
    "CREATE TEMP TABLE staged_texts ("
    " place INTEGER NOT NULL PRIMARY KEY,"  // from 1
    " source_id TEXT NOT NULL,"
    " content BLOB NOT NULL,"
    " sealed BLOB NOT NULL,"
    " extent BLOB NOT NULL,"
    " spoken BLOB NOT NULL,"
    " UNIQUE (source_id, content)"
    ") STRICT;";
constexpr db::Into kIntoStagedTexts{"staged_texts", "place, source_id, content, sealed, extent, spoken"};
constexpr db::Sql kLastPlace = "SELECT COALESCE(MAX(place), 0) FROM staged_texts";
constexpr db::Sql kLastSpoken = "SELECT COALESCE(MAX(id), 0) FROM spoken_texts";
constexpr db::Sql kEnterSpoken =
    "INSERT INTO spoken_texts (id, sealed) SELECT :last + s.place, s.spoken FROM staged_texts s WHERE NOT EXISTS"
    " (SELECT 1 FROM transcript_texts t WHERE t.source_id = s.source_id AND t.content = s.content) ORDER BY s.place";
constexpr db::Sql kEnterStagedTexts =
    "INSERT INTO transcript_texts (source_id, content, sealed, extent, spoken)"
    " SELECT s.source_id, s.content, s.sealed, s.extent, :last + s.place FROM staged_texts s WHERE NOT EXISTS"
    " (SELECT 1 FROM transcript_texts t WHERE t.source_id = s.source_id AND t.content = s.content)";

constexpr db::Sql kDeleteStanding =
    "DELETE FROM contact_transcripts WHERE source_id > :after AND source_id <= :until AND source_id IN"
    " (SELECT record_key FROM staged_records WHERE about = 3)";
constexpr db::Into kIntoStanding{"contact_transcripts", "source_id, call_id, number, content"};
constexpr db::Sql kKeptTexts =
    "SELECT source_id, content FROM transcript_texts WHERE source_id > :after AND source_id <= :until"
    " AND source_id IN (SELECT record_key FROM staged_records WHERE about = 3) ORDER BY source_id, content";
constexpr db::Sql kNameSpoken =
    "UPDATE contact_transcripts SET spoken = (SELECT x.spoken FROM transcript_texts x"
    " WHERE x.source_id = contact_transcripts.source_id AND x.content = contact_transcripts.content)"
    " WHERE source_id > :after AND source_id <= :until"
    " AND source_id IN (SELECT record_key FROM staged_records WHERE about = 3)";
constexpr db::Sql kDropSpoken =
    "DELETE FROM spoken_texts WHERE id IN"
    " (SELECT spoken FROM transcript_texts WHERE source_id = :source_id AND content = :content)";
constexpr db::Sql kDropText = "DELETE FROM transcript_texts WHERE source_id = :source_id AND content = :content";

// CROSS JOIN makes SQLite go along the contacts in their order, which a page needs no sorting for; where it begins is
// told by its place alone.
constexpr db::Sql kPage =
    "SELECT c.call_id, c.number, c.source, c.channel, c.direction, c.queue, c.product, c.member, c.offered_at,"
    " c.answered_at, c.ended_at, c.wait_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.outcome, c.transferred, c.ended_by,"
    " c.entered, c.connected, n.customer, t.content, x.sealed"
    " FROM contacts c CROSS JOIN contact_transcripts t CROSS JOIN transcript_texts x"
    " LEFT JOIN contact_customers n ON n.call_id = c.call_id AND n.number = c.number"
    " WHERE t.call_id = c.call_id AND t.number = c.number AND x.source_id = t.source_id AND x.content = t.content"
    " AND c.offered_at < :until AND (c.offered_at, c.call_id, c.number) > (:at, :call, :number)"
    " ORDER BY c.offered_at, c.call_id, c.number LIMIT :limit";
constexpr db::Sql kOfContact =
    "SELECT c.call_id, c.number, c.source, c.channel, c.direction, c.queue, c.product, c.member, c.offered_at,"
    " c.answered_at, c.ended_at, c.wait_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.outcome, c.transferred, c.ended_by,"
    " c.entered, c.connected, n.customer, t.content, x.sealed"
    " FROM contacts c JOIN contact_transcripts t ON t.call_id = c.call_id AND t.number = c.number"
    " JOIN transcript_texts x ON x.source_id = t.source_id AND x.content = t.content"
    " LEFT JOIN contact_customers n ON n.call_id = c.call_id AND n.number = c.number"
    " WHERE c.call_id = :call AND c.number = :number";
constexpr db::Sql kAnySealed =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM transcript_texts) OR EXISTS (SELECT 1 FROM contact_recordings)";

StoredTranscript transcript_from(db::Rows& rows) {
  StoredTranscript stored{.contact = contact_from(rows), .content = {}, .sealed = {}};
  stored.contact.customer = rows.get<std::optional<std::string>>(kContactColumns).value_or("");
  stored.content = rows.get<Hash>(kContactColumns + 1);
  stored.sealed = rows.get<db::Blob>(kContactColumns + 2).bytes;
  return stored;
}

}  // namespace

Status make_text_staging(db::Transaction& tx) { return tx.temporary_table(kMakeStagedTexts); }

Status stage_texts(db::Transaction& tx, const std::vector<Text>& texts) {
  if (texts.empty()) return {};
  ZH_TRY(std::int64_t place, tx.value<std::int64_t>(kLastPlace));
  ZH_TRY(db::Load load, tx.load(kIntoStagedTexts, db::OnConflict::skip));
  for (const Text& text : texts) {
    ZH_CHECK(load.add(
        {++place, text.source_id, text.content, db::Blob{text.sealed}, db::Blob{text.extent}, db::Blob{text.spoken}}));
  }
  ZH_CHECK(load.finish());
  return {};
}

Status enter_staged_texts(db::Transaction& tx) {
  ZH_TRY(const std::int64_t last, tx.value<std::int64_t>(kLastSpoken));
  ZH_CHECK(tx.execute(kEnterSpoken, {{"last", last}}));
  ZH_CHECK(tx.execute(kEnterStagedTexts, {{"last", last}}));
  return {};
}

Status replace_standing(db::Transaction& tx, const KeyPage& page, const std::vector<Standing>& standing) {
  ZH_CHECK(tx.execute(kDeleteStanding, {{"after", page.after}, {"until", page.until}}));
  if (standing.empty()) return {};
  ZH_TRY(db::Load load, tx.load(kIntoStanding));
  for (const Standing& one : standing) {
    ZH_CHECK(load.add({one.source_id, one.of.call, one.of.number, one.content}));
  }
  ZH_CHECK(load.finish());
  ZH_CHECK(tx.execute(kNameSpoken, {{"after", page.after}, {"until", page.until}}));
  return {};
}

Result<std::vector<TextName>> kept_texts(db::Transaction& tx, const KeyPage& page) {
  ZH_TRY(db::Rows rows, tx.query(kKeptTexts, {{"after", page.after}, {"until", page.until}}));
  std::vector<TextName> texts;
  while (rows.next()) texts.push_back({.source_id = rows.get<std::string>(0), .content = rows.get<Hash>(1)});
  ZH_CHECK(rows.finish());
  return texts;
}

Status drop_text(db::Transaction& tx, const TextName& text) {
  ZH_CHECK(tx.execute(kDropSpoken, {{"source_id", text.source_id}, {"content", text.content}}));
  ZH_CHECK(tx.execute(kDropText, {{"source_id", text.source_id}, {"content", text.content}}));
  return {};
}

}  // namespace zh::contacts::store

namespace zh::contacts {

Result<std::vector<StoredTranscript>> transcripts_page(db::Transaction& tx, Interval offered,
                                                       const std::optional<ContactPlace>& after, int limit) {
  // Call ids are never empty: this stands before the first contact of the interval.
  const ContactPlace from = after.value_or(ContactPlace{.offered_at = offered.from, .call = {}, .number = 0});
  ZH_TRY(db::Rows rows, tx.query(store::kPage, {{"until", offered.until},
                                                {"at", from.offered_at},
                                                {"call", from.call},
                                                {"number", from.number},
                                                {"limit", limit}}));
  std::vector<StoredTranscript> page;
  while (rows.next()) page.push_back(store::transcript_from(rows));
  ZH_CHECK(rows.finish());
  return page;
}

Result<std::optional<StoredTranscript>> transcript_of(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(store::kOfContact, {{"call", call}, {"number", number}}));
  std::optional<StoredTranscript> found;
  if (rows.next()) found = store::transcript_from(rows);
  ZH_CHECK(rows.finish());
  return found;
}

Result<bool> has_sealed(db::Transaction& tx) {
  ZH_TRY(const auto any, tx.first<int>(store::kAnySealed));
  return any.has_value();
}

}  // namespace zh::contacts
