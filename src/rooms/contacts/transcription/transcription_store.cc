#include "rooms/contacts/transcription/transcription_store.h"

#include <algorithm>

namespace zh::contacts {

namespace store {

namespace {

constexpr db::Sql kCandidates =
    "SELECT r.call_id, r.number, c.channel, c.product, c.member, c.offered_at,"
    " t.input, t.state, t.attempts, t.due, t.provider, t.told_zh, t.told_en, t.changed_at"
    " FROM (SELECT DISTINCT call_id, number FROM contact_recordings WHERE standing = 1) r"
    " JOIN contacts c ON c.call_id = r.call_id AND c.number = r.number"
    " LEFT JOIN transcriptions t ON t.call_id = r.call_id AND t.number = r.number"
    " WHERE (r.call_id, r.number) > (:call, :number)"
    " AND (t.state IS NULL OR t.state > 1 OR t.due <= :now)"
    " AND NOT EXISTS (SELECT 1 FROM contact_transcripts x WHERE x.call_id = r.call_id AND x.number = r.number)"
    " ORDER BY r.call_id, r.number LIMIT :limit";
constexpr db::Sql kOfContact =
    "SELECT input, state, attempts, due, provider, told_zh, told_en, changed_at FROM transcriptions"
    " WHERE call_id = :call AND number = :number";
constexpr db::Sql kKeep =
    "INSERT INTO transcriptions (call_id, number, input, state, attempts, due, provider, told_zh, told_en, changed_at)"
    " VALUES (:call, :number, :input, :state, :attempts, :due, :provider, :zh, :en, :at)"
    " ON CONFLICT (call_id, number) DO UPDATE SET input = excluded.input, state = excluded.state,"
    " attempts = excluded.attempts, due = excluded.due, provider = excluded.provider, told_zh = excluded.told_zh,"
    " told_en = excluded.told_en, changed_at = excluded.changed_at";
constexpr db::Sql kForgetOffered =
    "DELETE FROM transcriptions WHERE EXISTS (SELECT 1 FROM contacts c WHERE c.call_id = transcriptions.call_id"
    " AND c.number = transcriptions.number AND c.offered_at >= :from AND c.offered_at < :until)"
    " AND NOT EXISTS (SELECT 1 FROM contact_transcripts x WHERE x.call_id = transcriptions.call_id"
    " AND x.number = transcriptions.number)";
constexpr db::Sql kUsage = "SELECT requests, seconds FROM transcription_usage WHERE day = :day";
constexpr db::Sql kAddUsage =
    "INSERT INTO transcription_usage (day, requests, seconds) VALUES (:day, :requests, :seconds)"
    " ON CONFLICT (day) DO UPDATE SET requests = transcription_usage.requests + excluded.requests,"
    " seconds = transcription_usage.seconds + excluded.seconds";

// From the column on: input, state, attempts, due, provider, told, changed_at.
Transcription transcription_from(db::Rows& rows, int column) {
  return {.input = rows.get<Hash>(column),
          .state = static_cast<TranscriptionState>(std::clamp(rows.get<int>(column + 1), 1, 3)),
          .attempts = rows.get<int>(column + 2),
          .due = rows.get<Instant>(column + 3),
          .provider = rows.get<std::string>(column + 4),
          .told = {.zh = rows.get<std::string>(column + 5), .en = rows.get<std::string>(column + 6)},
          .changed_at = rows.get<Instant>(column + 7)};
}

}  // namespace

Result<std::vector<Candidate>> candidates(db::Transaction& tx, Instant now, const std::optional<ContactName>& after,
                                          int limit) {
  const ContactName from = after.value_or(ContactName{.call = {}, .number = 0});
  ZH_TRY(db::Rows rows,
         tx.query(kCandidates, {{"call", from.call}, {"number", from.number}, {"now", now}, {"limit", limit}}));
  std::vector<Candidate> found;
  while (rows.next()) {
    Candidate candidate;
    candidate.contact.call = rows.get<std::string>(0);
    candidate.contact.number = rows.get<int>(1);
    candidate.contact.channel = static_cast<Channel>(rows.get<int>(2));
    candidate.contact.product = rows.get<std::string>(3);
    candidate.contact.member = rows.get<std::string>(4);
    candidate.contact.offered_at = rows.get<Instant>(5);
    if (rows.get<std::optional<int>>(7)) candidate.before = transcription_from(rows, 6);
    found.push_back(std::move(candidate));
  }
  ZH_CHECK(rows.finish());
  return found;
}

Status keep_transcription(db::Transaction& tx, const ContactName& contact, const Transcription& kept) {
  ZH_CHECK(tx.execute(kKeep, {{"call", contact.call},
                              {"number", contact.number},
                              {"input", kept.input},
                              {"state", static_cast<std::int64_t>(kept.state)},
                              {"attempts", kept.attempts},
                              {"due", kept.due},
                              {"provider", kept.provider},
                              {"zh", kept.told.zh},
                              {"en", kept.told.en},
                              {"at", kept.changed_at}}));
  return {};
}

Status forget_offered(db::Transaction& tx, Interval offered) {
  ZH_CHECK(tx.execute(kForgetOffered, {{"from", offered.from}, {"until", offered.until}}));
  return {};
}

Result<TranscriptionUsage> usage_of(db::Transaction& tx, Date day) {
  ZH_TRY(const auto found, tx.first<std::int64_t, std::int64_t>(kUsage, {{"day", day}}));
  if (!found) return TranscriptionUsage{};
  return TranscriptionUsage{.requests = std::get<0>(*found), .seconds = std::get<1>(*found)};
}

Status add_usage(db::Transaction& tx, Date day, const TranscriptionUsage& usage) {
  ZH_CHECK(tx.execute(kAddUsage, {{"day", day}, {"requests", usage.requests}, {"seconds", usage.seconds}}));
  return {};
}

}  // namespace store

std::string_view name_of(TranscriptionState state) {
  switch (state) {
    case TranscriptionState::waiting:
      return "waiting";
    case TranscriptionState::done:
      return "done";
    case TranscriptionState::given_up:
      return "given_up";
  }
  return "";
}

Result<std::optional<Transcription>> transcription_of(db::Transaction& tx, std::string_view call, int number) {
  ZH_TRY(db::Rows rows, tx.query(store::kOfContact, {{"call", call}, {"number", number}}));
  std::optional<Transcription> found;
  if (rows.next()) found = store::transcription_from(rows, 0);
  ZH_CHECK(rows.finish());
  return found;
}

}  // namespace zh::contacts
