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
    "INSERT INTO contact_findings (call_id, number, offered_at, pack, input, hits, missing, findings)"
    " VALUES (:call, :number, :offered_at, :pack, :input, :hits, :missing, :findings)"
    " ON CONFLICT (call_id, number) DO UPDATE SET offered_at = excluded.offered_at, pack = excluded.pack,"
    " input = excluded.input, hits = excluded.hits, missing = excluded.missing, findings = excluded.findings";

constexpr db::Sql kForget = "DELETE FROM contact_findings WHERE call_id = :call AND number = :number";

constexpr db::Sql kPage =
    "SELECT offered_at, call_id, number, pack, input, hits, missing, findings FROM contact_findings"
    " WHERE offered_at >= :from AND offered_at < :until"
    " AND (offered_at, call_id, number) > (:after_at, :after_call, :after_number)"
    " ORDER BY offered_at, call_id, number LIMIT :limit";

// Call ids are never empty: this stands before the first contact of the interval, and the other behind its last.
ContactPlace begin_of(Interval offered) { return {.offered_at = offered.from, .call = {}, .number = 0}; }
ContactPlace end_of(Interval offered) { return {.offered_at = offered.until, .call = {}, .number = 0}; }

ContactPlace place_from(db::Rows& rows) {
  return {.offered_at = rows.get<Instant>(0), .call = rows.get<std::string>(1), .number = rows.get<int>(2)};
}

}  // namespace

Result<std::map<ContactPlace, Hash>> inputs(db::Transaction& tx, const Stretch& stretch) {
  const ContactPlace after = stretch.after.value_or(begin_of(stretch.offered));
  const ContactPlace last = stretch.last.value_or(end_of(stretch.offered));
  ZH_TRY(db::Rows rows, tx.query(kInputs, {{"from", stretch.offered.from},
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

Status keep(db::Transaction& tx, const Row& row) {
  ZH_CHECK(tx.execute(kKeep, {{"call", row.contact.call},
                              {"number", row.contact.number},
                              {"offered_at", row.contact.offered_at},
                              {"pack", row.pack},
                              {"input", row.input},
                              {"hits", row.hits},
                              {"missing", row.missing},
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
  while (rows.next()) {
    result.push_back({.contact = place_from(rows),
                      .pack = rows.get<Hash>(3),
                      .input = rows.get<Hash>(4),
                      .hits = rows.get<std::int64_t>(5),
                      .missing = rows.get<std::int64_t>(6),
                      .findings = rows.get<std::string>(7)});
  }
  ZH_CHECK(rows.finish());
  return result;
}

}  // namespace zh::inspection::store
