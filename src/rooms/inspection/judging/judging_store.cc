#include "rooms/inspection/judging/judging_store.h"

#include <algorithm>
#include <array>

namespace zh::inspection {

namespace {

using contacts::ContactPlace;

// CROSS JOIN as where pages of transcripts are read: along the contacts in their order.
constexpr db::Sql kWaiting =
    "SELECT c.offered_at, c.call_id, c.number FROM contacts c CROSS JOIN contact_transcripts t"
    " LEFT JOIN judgings j ON j.call_id = t.call_id AND j.number = t.number"
    " WHERE t.call_id = c.call_id AND t.number = c.number"
    " AND (j.transcript IS NULL OR j.transcript <> t.content OR (j.state = 1 AND j.due <= :now))"
    " AND c.offered_at >= :from AND (c.offered_at, c.call_id, c.number) < (:at, :call, :number)"
    " ORDER BY c.offered_at DESC, c.call_id DESC, c.number DESC LIMIT :limit";
constexpr db::Sql kAll =
    "SELECT c.offered_at, c.call_id, c.number FROM contacts c CROSS JOIN contact_transcripts t"
    " WHERE t.call_id = c.call_id AND t.number = c.number"
    " AND c.offered_at >= :from AND (c.offered_at, c.call_id, c.number) < (:at, :call, :number)"
    " ORDER BY c.offered_at DESC, c.call_id DESC, c.number DESC LIMIT :limit";

constexpr db::Sql kFind =
    "SELECT offered_at, transcript, pack, input, state, attempts, due, model, told_zh, told_en, changed_at"
    " FROM judgings WHERE call_id = :call AND number = :number";
constexpr db::Sql kQuestions =
    "SELECT place, check_id, found FROM opinions WHERE call_id = :call AND number = :number ORDER BY place";
constexpr db::Sql kPlaces =
    "SELECT place, turn, from_character, until_character, start_ms, end_ms FROM opinion_places"
    " WHERE call_id = :call AND number = :number ORDER BY place, quote";
constexpr db::Sql kDrops =
    "SELECT place, reason, quotes FROM opinion_drops WHERE call_id = :call AND number = :number ORDER BY place, reason";
constexpr db::Sql kTranscript = "SELECT content FROM contact_transcripts WHERE call_id = :call AND number = :number";

constexpr db::Sql kKeep =
    "INSERT INTO judgings (call_id, number, offered_at, transcript, pack, input, state, attempts, due, model, told_zh,"
    " told_en, changed_at)"
    " VALUES (:call, :number, :offered_at, :transcript, :pack, :input, :state, :attempts, :due, :model, :zh, :en, :at)"
    " ON CONFLICT (call_id, number) DO UPDATE SET offered_at = excluded.offered_at, transcript = excluded.transcript,"
    " pack = excluded.pack, input = excluded.input, state = excluded.state, attempts = excluded.attempts,"
    " due = excluded.due, model = excluded.model, told_zh = excluded.told_zh, told_en = excluded.told_en,"
    " changed_at = excluded.changed_at";
constexpr db::Sql kForgetQuestions = "DELETE FROM opinions WHERE call_id = :call AND number = :number";
constexpr db::Sql kForgetPlaces = "DELETE FROM opinion_places WHERE call_id = :call AND number = :number";
constexpr db::Sql kForgetDrops = "DELETE FROM opinion_drops WHERE call_id = :call AND number = :number";
constexpr db::Sql kAddQuestion =
    "INSERT INTO opinions (call_id, number, place, check_id, found) VALUES (:call, :number, :place, :check, :found)";
constexpr db::Sql kAddPlace =
    "INSERT INTO opinion_places (call_id, number, place, quote, turn, from_character, until_character, start_ms, "
    "end_ms)"
    " VALUES (:call, :number, :place, :quote, :turn, :from, :until, :start_ms, :end_ms)";
constexpr db::Sql kAddDrop =
    "INSERT INTO opinion_drops (call_id, number, place, reason, quotes)"
    " VALUES (:call, :number, :place, :reason, :quotes)";

constexpr std::array kForgetGone{
    db::Sql("DELETE FROM judgings WHERE NOT EXISTS (SELECT 1 FROM contact_transcripts t"
            " WHERE t.call_id = judgings.call_id AND t.number = judgings.number)"),
    db::Sql("DELETE FROM opinions WHERE NOT EXISTS (SELECT 1 FROM judgings j"
            " WHERE j.call_id = opinions.call_id AND j.number = opinions.number)"),
    db::Sql("DELETE FROM opinion_places WHERE NOT EXISTS (SELECT 1 FROM judgings j"
            " WHERE j.call_id = opinion_places.call_id AND j.number = opinion_places.number)"),
    db::Sql("DELETE FROM opinion_drops WHERE NOT EXISTS (SELECT 1 FROM judgings j"
            " WHERE j.call_id = opinion_drops.call_id AND j.number = opinion_drops.number)")};

constexpr db::Sql kUsage = "SELECT contacts, tokens FROM judging_usage WHERE day = :day";
constexpr db::Sql kAddUsage =
    "INSERT INTO judging_usage (day, contacts, tokens) VALUES (:day, :contacts, :tokens)"
    " ON CONFLICT (day) DO UPDATE SET contacts = judging_usage.contacts + excluded.contacts,"
    " tokens = judging_usage.tokens + excluded.tokens";

constexpr db::Sql kCount =
    "SELECT o.check_id, COUNT(*), SUM(CASE WHEN o.found = 1 AND p.places > 0 THEN 1 ELSE 0 END),"
    " SUM(COALESCE(p.places, 0)), SUM(CASE WHEN o.found = 1 AND p.places IS NULL THEN 1 ELSE 0 END)"
    " FROM judgings j JOIN opinions o ON o.call_id = j.call_id AND o.number = j.number"
    " LEFT JOIN (SELECT call_id, number, place, COUNT(*) AS places FROM opinion_places GROUP BY call_id, number, "
    "place) p"
    " ON p.call_id = o.call_id AND p.number = o.number AND p.place = o.place"
    " WHERE j.offered_at >= :from AND j.offered_at < :until GROUP BY o.check_id ORDER BY o.check_id";

Result<std::vector<ContactPlace>> places_from(Result<db::Rows> asked) {
  ZH_TRY(db::Rows rows, std::move(asked));
  std::vector<ContactPlace> places;
  while (rows.next()) {
    places.push_back(
        {.offered_at = rows.get<Instant>(0), .call = rows.get<std::string>(1), .number = rows.get<int>(2)});
  }
  ZH_CHECK(rows.finish());
  return places;
}

Status read_questions(db::Transaction& tx, Judging& judging) {
  const auto of_contact = [&](db::Sql sql) {
    return tx.query(sql, {{"call", judging.contact.call}, {"number", judging.contact.number}});
  };
  std::map<std::int64_t, JudgedQuestion> by_place;
  ZH_TRY(db::Rows questions, of_contact(kQuestions));
  while (questions.next()) {
    by_place[questions.get<std::int64_t>(0)] = {
        .check = questions.get<std::string>(1), .found = questions.get<int>(2) == 1, .places = {}, .dropped = {}};
  }
  ZH_CHECK(questions.finish());
  ZH_TRY(db::Rows places, of_contact(kPlaces));
  while (places.next()) {
    JudgedQuestion& question = by_place[places.get<std::int64_t>(0)];
    Finding finding;
    finding.check = question.check;
    finding.turn = places.get<std::int64_t>(1);
    finding.from = places.get<std::int64_t>(2);
    finding.to = places.get<std::int64_t>(3);
    finding.start_ms = places.get<std::optional<std::int64_t>>(4);
    finding.end_ms = places.get<std::optional<std::int64_t>>(5);
    question.places.push_back(std::move(finding));
  }
  ZH_CHECK(places.finish());
  ZH_TRY(db::Rows drops, of_contact(kDrops));
  while (drops.next()) {
    by_place[drops.get<std::int64_t>(0)].dropped[static_cast<judge::Drop>(std::clamp(drops.get<int>(1), 1, 5))] =
        drops.get<std::int64_t>(2);
  }
  ZH_CHECK(drops.finish());
  for (auto& [place, question] : by_place) judging.questions.push_back(std::move(question));
  return {};
}

Status keep_question(db::Transaction& tx, const ContactPlace& contact, int place, const JudgedQuestion& question) {
  ZH_CHECK(tx.execute(kAddQuestion, {{"call", contact.call},
                                     {"number", contact.number},
                                     {"place", place},
                                     {"check", question.check},
                                     {"found", question.found ? 1 : 0}}));
  int quote = 0;
  for (const Finding& finding : question.places) {
    ZH_CHECK(tx.execute(kAddPlace, {{"call", contact.call},
                                    {"number", contact.number},
                                    {"place", place},
                                    {"quote", quote++},
                                    {"turn", finding.turn},
                                    {"from", finding.from},
                                    {"until", finding.to},
                                    {"start_ms", finding.start_ms},
                                    {"end_ms", finding.end_ms}}));
  }
  for (const auto& [reason, quotes] : question.dropped) {
    ZH_CHECK(tx.execute(kAddDrop, {{"call", contact.call},
                                   {"number", contact.number},
                                   {"place", place},
                                   {"reason", static_cast<int>(reason)},
                                   {"quotes", quotes}}));
  }
  return {};
}

}  // namespace

namespace store {

Result<std::vector<ContactPlace>> to_be_judged(db::Transaction& tx, const JudgingStretch& stretch, int limit) {
  // Call ids are never empty: this stands behind the last contact of the interval.
  const ContactPlace before =
      stretch.before.value_or(ContactPlace{.offered_at = stretch.offered.until, .call = {}, .number = 0});
  if (!stretch.waiting_at) {
    return places_from(tx.query(kAll, {{"from", stretch.offered.from},
                                       {"at", before.offered_at},
                                       {"call", before.call},
                                       {"number", before.number},
                                       {"limit", limit}}));
  }
  return places_from(tx.query(kWaiting, {{"now", *stretch.waiting_at},
                                         {"from", stretch.offered.from},
                                         {"at", before.offered_at},
                                         {"call", before.call},
                                         {"number", before.number},
                                         {"limit", limit}}));
}

Result<std::optional<Judging>> find_judging(db::Transaction& tx, const contacts::ContactName& contact) {
  ZH_TRY(db::Rows rows, tx.query(kFind, {{"call", contact.call}, {"number", contact.number}}));
  std::optional<Judging> found;
  if (rows.next()) {
    found = Judging{.contact = {.offered_at = rows.get<Instant>(0), .call = contact.call, .number = contact.number},
                    .transcript = rows.get<Hash>(1),
                    .pack = rows.get<Hash>(2),
                    .input = rows.get<Hash>(3),
                    .state = static_cast<JudgingState>(std::clamp(rows.get<int>(4), 1, 4)),
                    .attempts = rows.get<int>(5),
                    .due = rows.get<Instant>(6),
                    .model = rows.get<std::string>(7),
                    .told = {.zh = rows.get<std::string>(8), .en = rows.get<std::string>(9)},
                    .changed_at = rows.get<Instant>(10),
                    .questions = {}};
  }
  ZH_CHECK(rows.finish());
  if (found) ZH_CHECK(read_questions(tx, *found));
  return found;
}

Status keep_judging(db::Transaction& tx, const Judging& judging) {
  const ContactPlace& contact = judging.contact;
  ZH_CHECK(tx.execute(kKeep, {{"call", contact.call},
                              {"number", contact.number},
                              {"offered_at", contact.offered_at},
                              {"transcript", judging.transcript},
                              {"pack", judging.pack},
                              {"input", judging.input},
                              {"state", static_cast<int>(judging.state)},
                              {"attempts", judging.attempts},
                              {"due", judging.due},
                              {"model", judging.model},
                              {"zh", judging.told.zh},
                              {"en", judging.told.en},
                              {"at", judging.changed_at}}));
  for (const db::Sql& forget : {kForgetQuestions, kForgetPlaces, kForgetDrops}) {
    ZH_CHECK(tx.execute(forget, {{"call", contact.call}, {"number", contact.number}}));
  }
  int place = 0;
  for (const JudgedQuestion& question : judging.questions) ZH_CHECK(keep_question(tx, contact, place++, question));
  return {};
}

Result<JudgingUsage> judging_usage(db::Transaction& tx, Date day) {
  ZH_TRY(const auto found, tx.first<std::int64_t, std::int64_t>(kUsage, {{"day", day}}));
  if (!found) return JudgingUsage{};
  return JudgingUsage{.contacts = std::get<0>(*found), .tokens = std::get<1>(*found)};
}

Status add_judging_usage(db::Transaction& tx, Date day, const JudgingUsage& usage) {
  ZH_CHECK(tx.execute(kAddUsage, {{"day", day}, {"contacts", usage.contacts}, {"tokens", usage.tokens}}));
  return {};
}

}  // namespace store

std::string_view name_of(JudgingState state) {
  switch (state) {
    case JudgingState::waiting:
      return "waiting";
    case JudgingState::done:
      return "done";
    case JudgingState::given_up:
      return "given_up";
    case JudgingState::left_out:
      return "left_out";
  }
  return "";
}

Result<std::optional<Judging>> judging_of(db::Transaction& tx, const contacts::ContactName& contact) {
  ZH_TRY(const auto transcript, tx.first<Hash>(kTranscript, {{"call", contact.call}, {"number", contact.number}}));
  if (!transcript) return std::optional<Judging>();
  ZH_TRY(auto found, store::find_judging(tx, contact));
  if (found && found->transcript != *transcript) found.reset();
  return found;
}

std::vector<Finding> judged_findings(const Judging& judging) {
  std::vector<Finding> findings;
  for (const JudgedQuestion& question : judging.questions) {
    findings.insert(findings.end(), question.places.begin(), question.places.end());
  }
  return findings;
}

Result<std::vector<QuestionCount>> count_questions(db::Transaction& tx, Interval during) {
  ZH_TRY(db::Rows rows, tx.query(kCount, {{"from", during.from}, {"until", during.until}}));
  std::vector<QuestionCount> counts;
  while (rows.next()) {
    counts.push_back({.check = rows.get<std::string>(0),
                      .asked = rows.get<std::int64_t>(1),
                      .found = rows.get<std::int64_t>(2),
                      .places = rows.get<std::int64_t>(3),
                      .dropped = rows.get<std::int64_t>(4)});
  }
  ZH_CHECK(rows.finish());
  return counts;
}

Status forget_judgings(db::Transaction& tx) {
  for (const db::Sql& forget : kForgetGone) ZH_CHECK(tx.execute(forget));
  return {};
}

}  // namespace zh::inspection
