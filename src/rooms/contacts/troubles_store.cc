#include "rooms/contacts/troubles_store.h"

#include <algorithm>
#include <array>

namespace zh::contacts {

namespace {

constexpr db::Sql kOfContact =
    "SELECT kind, told_zh, told_en, told_at FROM contact_troubles WHERE call_id = :call AND number = :number"
    " ORDER BY kind";
constexpr db::Sql kAny = "SELECT 1 FROM contact_troubles WHERE kind = :kind LIMIT 1";
constexpr db::Sql kTell =
    "INSERT INTO contact_troubles (call_id, number, kind, told_zh, told_en, told_at)"
    " SELECT c.call_id, c.number, CAST(:kind AS BIGINT), CAST(:zh AS TEXT), CAST(:en AS TEXT), CAST(:at AS BIGINT)"
    " FROM contacts c WHERE c.call_id = :call AND c.number = :number"
    " ON CONFLICT (call_id, number, kind) DO UPDATE SET told_zh = excluded.told_zh, told_en = excluded.told_en,"
    " told_at = excluded.told_at";
constexpr db::Sql kTellAwaiting =
    "INSERT INTO contact_troubles (call_id, number, kind, told_zh, told_en, told_at)"
    " SELECT a.call_id, a.number, CAST(:kind AS BIGINT), CAST(:zh AS TEXT), CAST(:en AS TEXT), CAST(:at AS BIGINT)"
    " FROM acoustics_awaited a WHERE EXISTS"
    " (SELECT 1 FROM contacts c WHERE c.call_id = a.call_id AND c.number = a.number)"
    " ON CONFLICT (call_id, number, kind) DO UPDATE SET told_zh = excluded.told_zh, told_en = excluded.told_en,"
    " told_at = excluded.told_at WHERE contact_troubles.told_en <> excluded.told_en";
constexpr db::Sql kEnd = "DELETE FROM contact_troubles WHERE call_id = :call AND number = :number AND kind = :kind";
constexpr db::Sql kEndOfTranscripts =
    "DELETE FROM contact_troubles WHERE kind = 2 AND EXISTS (SELECT 1 FROM contact_transcripts t"
    " WHERE t.call_id = contact_troubles.call_id AND t.number = contact_troubles.number"
    " AND t.source_id > :after AND t.source_id <= :until"
    " AND t.source_id IN (SELECT record_key FROM staged_records WHERE about = 3))";
constexpr db::Sql kEndOfRecordings =
    "DELETE FROM contact_troubles WHERE kind = 3 AND EXISTS (SELECT 1 FROM contact_recordings r"
    " WHERE r.call_id = contact_troubles.call_id AND r.number = contact_troubles.number AND r.standing = 1"
    " AND r.record_key > :after AND r.record_key <= :until"
    " AND r.record_key IN (SELECT record_key FROM staged_records WHERE about = 4))";

constexpr std::array kKinds{TroubleKind::measuring, TroubleKind::transcript, TroubleKind::recording,
                            TroubleKind::checking};

}  // namespace

namespace store {

Status end_transcript_troubles(db::Transaction& tx, const KeyPage& page) {
  ZH_CHECK(tx.execute(kEndOfTranscripts, {{"after", page.after}, {"until", page.until}}));
  return {};
}

Status end_recording_troubles(db::Transaction& tx, const KeyPage& page) {
  ZH_CHECK(tx.execute(kEndOfRecordings, {{"after", page.after}, {"until", page.until}}));
  return {};
}

}  // namespace store

std::string_view name_of(TroubleKind kind) {
  switch (kind) {
    case TroubleKind::measuring:
      return "measuring";
    case TroubleKind::transcript:
      return "transcript";
    case TroubleKind::recording:
      return "recording";
    case TroubleKind::checking:
      return "checking";
  }
  return {};
}

Text told_of(const Error& why) { return {.zh = why.to_string(Language::zh), .en = why.to_string(Language::en)}; }

Result<std::vector<Trouble>> troubles_of(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(kOfContact, {{"call", call}, {"number", number}}));
  std::vector<Trouble> troubles;
  while (rows.next()) {
    // Kinds of a later program are passed over.
    const auto kind = std::ranges::find(kKinds, rows.get<int>(0), [](TroubleKind k) { return static_cast<int>(k); });
    if (kind == kKinds.end()) continue;
    troubles.push_back({.kind = *kind,
                        .told = {.zh = rows.get<std::string>(1), .en = rows.get<std::string>(2)},
                        .at = rows.get<Instant>(3)});
  }
  ZH_CHECK(rows.finish());
  return troubles;
}

Result<bool> any_trouble(db::Transaction& tx, TroubleKind kind) {
  ZH_TRY(const auto any, tx.first<int>(kAny, {{"kind", static_cast<std::int64_t>(kind)}}));
  return any.has_value();
}

Status tell_trouble(db::Transaction& tx, const ContactName& contact, const Trouble& trouble) {
  ZH_CHECK(tx.execute(kTell, {{"kind", static_cast<std::int64_t>(trouble.kind)},
                              {"zh", trouble.told.zh},
                              {"en", trouble.told.en},
                              {"at", trouble.at},
                              {"call", contact.call},
                              {"number", contact.number}}));
  return {};
}

Status tell_awaiting(db::Transaction& tx, const Trouble& trouble) {
  ZH_CHECK(tx.execute(kTellAwaiting, {{"kind", static_cast<std::int64_t>(trouble.kind)},
                                      {"zh", trouble.told.zh},
                                      {"en", trouble.told.en},
                                      {"at", trouble.at}}));
  return {};
}

Status end_trouble(db::Transaction& tx, const ContactName& contact, TroubleKind kind) {
  ZH_CHECK(tx.execute(kEnd,
                      {{"call", contact.call}, {"number", contact.number}, {"kind", static_cast<std::int64_t>(kind)}}));
  return {};
}

}  // namespace zh::contacts
