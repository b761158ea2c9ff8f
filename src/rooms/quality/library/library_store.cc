#include "rooms/quality/library/library_store.h"

#include <algorithm>

namespace zh::quality::library::store {

namespace {

constexpr db::Sql kLastNumber = "SELECT COALESCE(MAX(number), 0) FROM library_entries";
constexpr db::Sql kInsert =
    "INSERT INTO library_entries (number, state, change, kind, title, note, contact, channel, added_by, added_at,"
    " shared_by, shared_at) VALUES (:number, :state, :change, :kind, :title, :note, :contact, :channel, :added_by,"
    " :added_at, :shared_by, :shared_at)";
constexpr db::Sql kUpdate =
    "UPDATE library_entries SET state = :state, change = :change, kind = :kind, title = :title, note = :note,"
    " shared_by = :shared_by, shared_at = :shared_at, sound = :sound WHERE number = :number";
constexpr db::Sql kFind =
    "SELECT number, state, change, kind, title, note, contact, channel, added_by, added_at, shared_by, shared_at, sound"
    " FROM library_entries WHERE number = :number";
constexpr db::Sql kList =
    "SELECT number, state, change, kind, title, note, contact, channel, added_by, added_at, shared_by, shared_at, sound"
    " FROM library_entries WHERE (state = 2 OR (:drafts = 1 AND state = 1)) AND (:kind = 0 OR kind = :kind)"
    " AND (:tag = '' OR EXISTS (SELECT 1 FROM library_tags t WHERE t.entry = number AND t.tag = :tag))"
    " ORDER BY number DESC";
constexpr db::Sql kLiving = "SELECT number FROM library_entries WHERE contact = :contact AND state < 3";
constexpr db::Sql kTags = "SELECT tag FROM library_tags WHERE entry = :entry ORDER BY tag";
constexpr db::Sql kDropTags = "DELETE FROM library_tags WHERE entry = :entry";
constexpr db::Sql kAddTag = "INSERT INTO library_tags (entry, tag) VALUES (:entry, :tag)";
constexpr db::Sql kSharedTags =
    "SELECT DISTINCT t.tag FROM library_tags t JOIN library_entries e ON e.number = t.entry WHERE e.state = 2"
    " ORDER BY t.tag";

constexpr db::Sql kCuts =
    "SELECT turn, begins, ends, thing FROM library_cuts WHERE entry = :entry ORDER BY turn, begins";
constexpr db::Sql kSilences = "SELECT start_ms, end_ms FROM library_silences WHERE entry = :entry ORDER BY start_ms";
constexpr db::Sql kDropCuts = "DELETE FROM library_cuts WHERE entry = :entry";
constexpr db::Sql kDropSilences = "DELETE FROM library_silences WHERE entry = :entry";
constexpr db::Into kIntoCuts{"library_cuts", "entry, turn, begins, ends, thing"};
constexpr db::Into kIntoSilences{"library_silences", "entry, start_ms, end_ms"};

constexpr db::Sql kKeepText = "UPDATE library_entries SET sealed = :sealed WHERE number = :number";
constexpr db::Sql kText = "SELECT sealed FROM library_entries WHERE number = :number AND sealed IS NOT NULL";
constexpr db::Sql kDropCopies = "UPDATE library_entries SET sealed = NULL, sound = NULL WHERE number = :number";
constexpr db::Sql kHasSound = "SELECT 1 FROM library_entries WHERE sound = :content AND state = 2 LIMIT 1";

Entry entry_from(db::Rows& rows) {
  Entry entry;
  entry.number = rows.get<int>(0);
  entry.state = static_cast<State>(rows.get<int>(1));
  entry.change = rows.get<int>(2);
  entry.about.kind = static_cast<Kind>(rows.get<int>(3));
  entry.about.title = rows.get<std::string>(4);
  entry.about.note = rows.get<std::string>(5);
  entry.contact = rows.get<std::string>(6);
  entry.channel = rows.get<std::string>(7);
  entry.added_by = rows.get<std::string>(8);
  entry.added_at = rows.get<Instant>(9);
  entry.shared_by = rows.get<std::string>(10);
  entry.shared_at = rows.get<std::optional<Instant>>(11);
  entry.sound = rows.get<std::optional<Hash>>(12);
  return entry;
}

Result<std::vector<std::string>> texts_of(db::Rows rows) {
  std::vector<std::string> texts;
  while (rows.next()) texts.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return texts;
}

Status read_tags(db::Transaction& tx, Entry& entry) {
  ZH_TRY(db::Rows rows, tx.query(kTags, {{"entry", entry.number}}));
  ZH_TRY(entry.about.tags, texts_of(std::move(rows)));
  return {};
}

Status replace_tags(db::Transaction& tx, const Entry& entry) {
  ZH_CHECK(tx.execute(kDropTags, {{"entry", entry.number}}));
  for (const std::string& tag : entry.about.tags) {
    ZH_CHECK(tx.execute(kAddTag, {{"entry", entry.number}, {"tag", tag}}));
  }
  return {};
}

}  // namespace

Result<int> last_number(db::Transaction& tx) { return tx.value<int>(kLastNumber); }

Status insert(db::Transaction& tx, const Entry& entry) {
  ZH_CHECK(tx.execute(kInsert, {{"number", entry.number},
                                {"state", static_cast<int>(entry.state)},
                                {"change", entry.change},
                                {"kind", static_cast<int>(entry.about.kind)},
                                {"title", entry.about.title},
                                {"note", entry.about.note},
                                {"contact", entry.contact},
                                {"channel", entry.channel},
                                {"added_by", entry.added_by},
                                {"added_at", entry.added_at},
                                {"shared_by", entry.shared_by},
                                {"shared_at", entry.shared_at}}));
  return replace_tags(tx, entry);
}

Status update(db::Transaction& tx, const Entry& entry) {
  ZH_CHECK(tx.execute(kUpdate, {{"number", entry.number},
                                {"state", static_cast<int>(entry.state)},
                                {"change", entry.change},
                                {"kind", static_cast<int>(entry.about.kind)},
                                {"title", entry.about.title},
                                {"note", entry.about.note},
                                {"shared_by", entry.shared_by},
                                {"shared_at", entry.shared_at},
                                {"sound", entry.sound}}));
  return replace_tags(tx, entry);
}

Result<std::optional<Entry>> find(db::Transaction& tx, int number) {
  ZH_TRY(db::Rows rows, tx.query(kFind, {{"number", number}}));
  std::optional<Entry> found;
  if (rows.next()) found = entry_from(rows);
  ZH_CHECK(rows.finish());
  if (found) ZH_CHECK(read_tags(tx, *found));
  return found;
}

Result<std::vector<Entry>> list(db::Transaction& tx, const Filter& filter) {
  ZH_TRY(db::Rows rows, tx.query(kList, {{"drafts", filter.drafts ? 1 : 0},
                                         {"kind", filter.kind ? static_cast<int>(*filter.kind) : 0},
                                         {"tag", filter.tag.value_or("")}}));
  std::vector<Entry> entries;
  while (rows.next()) entries.push_back(entry_from(rows));
  ZH_CHECK(rows.finish());
  for (Entry& entry : entries) ZH_CHECK(read_tags(tx, entry));
  return entries;
}

Result<std::optional<int>> living_entry_of(db::Transaction& tx, std::string_view contact) {
  return tx.first<int>(kLiving, {{"contact", contact}});
}

Result<std::vector<std::string>> shared_tags(db::Transaction& tx) {
  ZH_TRY(db::Rows rows, tx.query(kSharedTags));
  return texts_of(std::move(rows));
}

Result<Masking> masking(db::Transaction& tx, int number) {
  Masking masking;
  ZH_TRY(db::Rows cuts, tx.query(kCuts, {{"entry", number}}));
  while (cuts.next()) {
    masking.cuts.push_back({.turn = cuts.get<int>(0),
                            .from = cuts.get<std::int64_t>(1),
                            .until = cuts.get<std::int64_t>(2),
                            .thing = static_cast<Thing>(std::clamp(cuts.get<int>(3), 1, 9))});
  }
  ZH_CHECK(cuts.finish());
  ZH_TRY(db::Rows silences, tx.query(kSilences, {{"entry", number}}));
  while (silences.next()) masking.silences.push_back({silences.get<std::int64_t>(0), silences.get<std::int64_t>(1)});
  ZH_CHECK(silences.finish());
  return masking;
}

Status replace_masking(db::Transaction& tx, int number, const Masking& masking) {
  ZH_CHECK(tx.execute(kDropCuts, {{"entry", number}}));
  ZH_CHECK(tx.execute(kDropSilences, {{"entry", number}}));
  ZH_TRY(db::Load cuts, tx.load(kIntoCuts));
  for (const Cut& cut : masking.cuts) {
    ZH_CHECK(cuts.add({number, cut.turn, cut.from, cut.until, static_cast<int>(cut.thing)}));
  }
  ZH_CHECK(cuts.finish());
  ZH_TRY(db::Load silences, tx.load(kIntoSilences));
  for (const audio::Span& span : masking.silences) ZH_CHECK(silences.add({number, span.start_ms, span.end_ms}));
  ZH_CHECK(silences.finish());
  return {};
}

Status keep_text(db::Transaction& tx, int number, std::string_view sealed) {
  ZH_CHECK(tx.execute(kKeepText, {{"number", number}, {"sealed", db::Blob{sealed}}}));
  return {};
}

Result<std::optional<std::string>> text(db::Transaction& tx, int number) {
  ZH_TRY(db::Rows rows, tx.query(kText, {{"number", number}}));
  std::optional<std::string> sealed;
  if (rows.next()) sealed = std::string(rows.get<db::Blob>(0).bytes);
  ZH_CHECK(rows.finish());
  return sealed;
}

Status drop_copies(db::Transaction& tx, int number) {
  ZH_CHECK(tx.execute(kDropCopies, {{"number", number}}));
  return {};
}

Result<bool> has_sound(db::Transaction& tx, const Hash& content) {
  ZH_TRY(const auto any, tx.first<int>(kHasSound, {{"content", content}}));
  return any.has_value();
}

}  // namespace zh::quality::library::store
