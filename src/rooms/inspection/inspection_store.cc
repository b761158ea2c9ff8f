#include "rooms/inspection/inspection_store.h"

namespace zh::inspection::store {

namespace {

using contacts::ContactPlace;

constexpr db::Sql kInputs =
    "SELECT offered_at, call_id, number, input FROM contact_findings"
    " WHERE offered_at >= :from AND offered_at < :until"
    " AND (offered_at, call_id, number) > (:after_at, :after_call, :after_number)"
    " AND (offered_at, call_id, number) <= (:last_at, :last_call, :last_number)";

constexpr db::Sql kKeep =
    "INSERT INTO contact_findings (call_id, number, offered_at, pack, input, transcript, sound, hits, missing, "
    "score, findings)"
    " VALUES (:call, :number, :offered_at, :pack, :input, :transcript, :sound, :hits, :missing, :score, :findings)"
    " ON CONFLICT (call_id, number) DO UPDATE SET offered_at = excluded.offered_at, pack = excluded.pack,"
    " input = excluded.input, transcript = excluded.transcript, sound = excluded.sound, hits = excluded.hits,"
    " missing = excluded.missing, score = excluded.score, findings = excluded.findings";

constexpr db::Sql kForget = "DELETE FROM contact_findings WHERE call_id = :call AND number = :number";

constexpr db::Sql kPage =
    "SELECT offered_at, call_id, number, pack, input, transcript, sound, hits, missing, score, findings"
    " FROM contact_findings"
    " WHERE offered_at >= :from AND offered_at < :until"
    " AND (offered_at, call_id, number) > (:after_at, :after_call, :after_number)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

constexpr db::Sql kFind =
    "SELECT offered_at, call_id, number, pack, input, transcript, sound, hits, missing, score, findings"
    " FROM contact_findings"
    " WHERE call_id = :call AND number = :number";

// CROSS JOIN as where pages of transcripts are read: along the contacts in their order.
constexpr db::Sql kNotChecked =
    "SELECT c.offered_at, c.call_id, c.number FROM contacts c CROSS JOIN contact_transcripts t"
    " LEFT JOIN contact_findings f ON f.call_id = t.call_id AND f.number = t.number"
    " LEFT JOIN contact_acoustics a ON a.call_id = t.call_id AND a.number = t.number"
    " WHERE t.call_id = c.call_id AND t.number = c.number"
    " AND (f.transcript IS DISTINCT FROM t.content OR f.sound IS DISTINCT FROM a.input)"
    " AND c.offered_at < :until AND (c.offered_at, c.call_id, c.number) > (:at, :call, :number)"
    " ORDER BY c.offered_at, c.call_id, c.number LIMIT :limit";

constexpr db::Sql kSounds =
    "SELECT c.offered_at, c.call_id, c.number, a.input FROM contact_acoustics a"
    " JOIN contacts c ON c.call_id = a.call_id AND c.number = a.number"
    " WHERE c.offered_at >= :from AND c.offered_at < :until"
    " AND (c.offered_at, c.call_id, c.number) > (:after_at, :after_call, :after_number)"
    " AND (c.offered_at, c.call_id, c.number) <= (:last_at, :last_call, :last_number)";

constexpr db::Sql kSoundOf = "SELECT input FROM contact_acoustics WHERE call_id = :call AND number = :number";

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
          .transcript = rows.get<std::optional<Hash>>(5).value_or(Hash()),
          .sound = rows.get<std::optional<Hash>>(6),
          .hits = rows.get<std::int64_t>(7),
          .missing = rows.get<std::int64_t>(8),
          .score = rows.get<std::int64_t>(9),
          .findings = rows.get<std::string>(10)};
}

// The hashes of a stretch, by contact.
Result<std::map<ContactPlace, Hash>> hashes(db::Transaction& tx, db::Sql sql, const Stretch& stretch) {
  const ContactPlace after = stretch.after.value_or(begin_of(stretch.offered));
  const ContactPlace last = stretch.last.value_or(end_of(stretch.offered));
  ZH_TRY(db::Rows rows, tx.query(sql, {{"from", stretch.offered.from},
                                       {"until", stretch.offered.until},
                                       {"after_at", after.offered_at},
                                       {"after_call", after.call},
                                       {"after_number", after.number},
                                       {"last_at", last.offered_at},
                                       {"last_call", last.call},
                                       {"last_number", last.number}}));
  std::map<ContactPlace, Hash> result;
  while (rows.next()) {
    ContactPlace place = place_from(rows);
    result.emplace(std::move(place), rows.get<Hash>(3));
  }
  ZH_CHECK(rows.finish());
  return result;
}

}  // namespace

Result<std::map<ContactPlace, Hash>> inputs(db::Transaction& tx, const Stretch& stretch) {
  return hashes(tx, kInputs, stretch);
}

Result<std::map<ContactPlace, Hash>> sounds(db::Transaction& tx, const Stretch& stretch) {
  return hashes(tx, kSounds, stretch);
}

Result<std::optional<Hash>> sound_of(db::Transaction& tx, const ContactPlace& contact) {
  return tx.first<Hash>(kSoundOf, {{"call", contact.call}, {"number", contact.number}});
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

Status keep(db::Transaction& tx, const Row& row) {
  ZH_CHECK(tx.execute(kKeep, {{"call", row.contact.call},
                              {"number", row.contact.number},
                              {"offered_at", row.contact.offered_at},
                              {"pack", row.pack},
                              {"input", row.input},
                              {"transcript", row.transcript},
                              {"sound", row.sound},
                              {"hits", row.hits},
                              {"missing", row.missing},
                              {"score", row.score},
                              {"findings", row.findings}}));
  return {};
}

Status forget(db::Transaction& tx, const ContactPlace& contact) {
  ZH_CHECK(tx.execute(kForget, {{"call", contact.call}, {"number", contact.number}}));
  return {};
}

Result<std::vector<Row>> page(db::Transaction& tx, Interval offered, const std::optional<ContactPlace>& after,
                              int limit) {
  const ContactPlace from = after.value_or(begin_of(offered));
  ZH_TRY(db::Rows rows, tx.query(kPage, {{"from", offered.from},
                                         {"until", offered.until},
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

}  // namespace zh::inspection::store
