#include "rooms/inspection/inspection_store.h"

#include <bit>

namespace zh::inspection::store {

namespace {

using contacts::ContactPlace;

constexpr db::Sql kInputs =
    "SELECT offered_at, call_id, number, input FROM contact_findings"
    " WHERE (offered_at, call_id, number) > (:after_at, :after_call, :after_number)"
    " AND (offered_at, call_id, number) <= (:last_at, :last_call, :last_number)"
    " ORDER BY offered_at, call_id, number";

constexpr db::Into kIntoFindings{
    "contact_findings", "offered_at, call_id, number, pack, input, transcript, sound, hits, missing, score, findings"};
constexpr db::Sql kForget =
    "DELETE FROM contact_findings WHERE offered_at = :at AND call_id = :call AND number = :number";

constexpr db::Sql kKeepWord = "INSERT INTO finding_words (id, word) VALUES (:id, :word) ON CONFLICT (id) DO NOTHING";
constexpr db::Sql kWords = "SELECT id, word FROM finding_words";

constexpr db::Sql kPage =
    "SELECT offered_at, call_id, number, pack, input, transcript, sound, hits, missing, score, findings"
    " FROM contact_findings"
    " WHERE offered_at < :until AND (offered_at, call_id, number) > (:after_at, :after_call, :after_number)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

constexpr db::Sql kFind =
    "SELECT f.offered_at, f.call_id, f.number, f.pack, f.input, f.transcript, f.sound, f.hits, f.missing, f.score,"
    " f.findings"
    " FROM contacts c JOIN contact_findings f"
    " ON f.offered_at = c.offered_at AND f.call_id = c.call_id AND f.number = c.number"
    " WHERE c.call_id = :call AND c.number = :number";

constexpr db::Sql kEach =
    "SELECT findings FROM contact_findings WHERE offered_at >= :from AND offered_at < :until"
    " ORDER BY offered_at, call_id, number";

// CROSS JOIN as where pages of transcripts are read: along the contacts in their order.
constexpr db::Sql kNotChecked =
    "SELECT c.offered_at, c.call_id, c.number FROM contacts c CROSS JOIN contact_transcripts t"
    " LEFT JOIN contact_findings f ON f.offered_at = c.offered_at AND f.call_id = t.call_id AND f.number = t.number"
    " LEFT JOIN contact_acoustics a ON a.call_id = t.call_id AND a.number = t.number"
    " WHERE t.call_id = c.call_id AND t.number = c.number"
    " AND (f.transcript IS DISTINCT FROM t.content OR f.sound IS DISTINCT FROM a.input)"
    " AND EXISTS (SELECT 1 FROM transcript_texts x WHERE x.source_id = t.source_id AND x.content = t.content)"
    " AND c.offered_at < :until AND (c.offered_at, c.call_id, c.number) > (:at, :call, :number)"
    " ORDER BY c.offered_at, c.call_id, c.number LIMIT :limit";

// Call ids are never empty: this stands before the first contact of the interval, and the other behind its last.
ContactPlace begin_of(Interval offered) { return {.offered_at = offered.from, .call = {}, .number = 0}; }
ContactPlace end_of(Interval offered) { return {.offered_at = offered.until, .call = {}, .number = 0}; }

ContactPlace place_from(db::Rows& rows) {
  return {.offered_at = rows.get<Instant>(0), .call = rows.get<std::string>(1), .number = rows.get<int>(2)};
}

Row row_from(db::Rows& rows) {
  return {.contact = place_from(rows),
          .pack = rows.get<Hash>(3),
          .input = rows.get<Hash>(4),
          .transcript = rows.get<Hash>(5),
          .sound = rows.get<std::optional<Hash>>(6),
          .hits = rows.get<std::int64_t>(7),
          .missing = rows.get<std::int64_t>(8),
          .score = rows.get<std::int64_t>(9),
          .findings = std::string(rows.get<db::Blob>(10).bytes)};
}

}  // namespace

Result<std::vector<std::pair<ContactPlace, Hash>>> inputs(db::Transaction& tx, const Stretch& stretch) {
  const ContactPlace after = stretch.after.value_or(begin_of(stretch.offered));
  const ContactPlace last = stretch.last.value_or(end_of(stretch.offered));
  ZH_TRY(db::Rows rows, tx.query(kInputs, {{"after_at", after.offered_at},
                                           {"after_call", after.call},
                                           {"after_number", after.number},
                                           {"last_at", last.offered_at},
                                           {"last_call", last.call},
                                           {"last_number", last.number}}));
  std::vector<std::pair<ContactPlace, Hash>> result;
  while (rows.next()) result.emplace_back(place_from(rows), rows.get<Hash>(3));
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::vector<ContactPlace>> not_checked(db::Transaction& tx, Interval offered,
                                              const std::optional<ContactPlace>& after, int limit) {
  const ContactPlace from = after.value_or(begin_of(offered));
  ZH_TRY(db::Rows rows, tx.query(kNotChecked, {{"until", offered.until},
                                               {"at", from.offered_at},
                                               {"call", from.call},
                                               {"number", from.number},
                                               {"limit", limit}}));
  std::vector<ContactPlace> places;
  while (rows.next()) places.push_back(place_from(rows));
  ZH_CHECK(rows.finish());
  return places;
}

Status keep(db::Transaction& tx, std::span<const Row* const> rows, std::span<const Word> words) {
  for (const Word& word : words) {
    ZH_CHECK(tx.execute(kKeepWord, {{"id", std::bit_cast<std::int64_t>(word.id)}, {"word", word.text}}));
  }
  if (rows.empty()) return {};
  ZH_TRY(db::Load load, tx.load(kIntoFindings));
  for (const Row* const row : rows) {
    ZH_CHECK(load.add({row->contact.offered_at, row->contact.call, row->contact.number, row->pack, row->input,
                       row->transcript, row->sound, row->hits, row->missing, row->score, db::Blob{row->findings}}));
  }
  ZH_CHECK(load.finish());
  return {};
}

Status forget(db::Transaction& tx, const ContactPlace& contact) {
  ZH_CHECK(tx.execute(kForget, {{"at", contact.offered_at}, {"call", contact.call}, {"number", contact.number}}));
  return {};
}

Result<Words> words(db::Transaction& tx) {
  ZH_TRY(db::Rows rows, tx.query(kWords));
  Words words;
  while (rows.next()) {
    words.emplace(std::bit_cast<std::uint64_t>(rows.get<std::int64_t>(0)), rows.get<std::string>(1));
  }
  ZH_CHECK(rows.finish());
  return words;
}

Result<std::vector<Row>> page(db::Transaction& tx, Interval offered, const std::optional<ContactPlace>& after,
                              int limit) {
  const ContactPlace from = after.value_or(begin_of(offered));
  ZH_TRY(db::Rows rows, tx.query(kPage, {{"until", offered.until},
                                         {"after_at", from.offered_at},
                                         {"after_call", from.call},
                                         {"after_number", from.number},
                                         {"limit", limit}}));
  std::vector<Row> result;
  while (rows.next()) result.push_back(row_from(rows));
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::optional<Row>> find(db::Transaction& tx, const contacts::ContactName& contact) {
  ZH_TRY(db::Rows rows, tx.query(kFind, {{"call", contact.call}, {"number", contact.number}}));
  std::optional<Row> found;
  if (rows.next()) found = row_from(rows);
  ZH_CHECK(rows.finish());
  return found;
}

Status each(db::Transaction& tx, Interval offered, const std::function<Status(std::string_view)>& visit) {
  ZH_TRY(db::Rows rows, tx.cursor(kEach, {{"from", offered.from}, {"until", offered.until}}));
  while (rows.next()) ZH_CHECK(visit(rows.get<db::Blob>(0).bytes));
  return rows.finish();
}

}  // namespace zh::inspection::store
