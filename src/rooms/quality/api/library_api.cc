#include "rooms/quality/api/library_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "http/range.h"
#include "idempotency/keep.h"
#include "ledger/audit.h"
#include "rooms/contacts/api/playing.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/library_records.h"
#include "rooms/quality/api/routes_below.h"
#include "rooms/quality/library/masking.h"

namespace zh::quality {

namespace api {

namespace {

using http::Call;
using library::Entry;

struct LibraryDesk {
  db::Database& database;
  OpenContents contents;
};
using LibraryDeskPtr = std::shared_ptr<LibraryDesk>;

constexpr Secrecy kClass = Secrecy::internal;

// Shared entries are about nobody: everybody who may call sees all of them.
http::Access readers() {
  using enum http::Role;
  using enum http::Scope;
  return http::allow({{agent, self},
                      {shift_leader, self},
                      {inspector, centre},
                      {qa_supervisor, centre},
                      {trainer, centre},
                      {manager, centre}},
                     kClass);
}
http::Access keepers() {
  return http::allow({{http::Role::inspector, http::Scope::centre}, {http::Role::qa_supervisor, http::Scope::centre}},
                     kClass);
}

bool keeps(const Call& call) {
  const auto reach = http::decide(keepers(), &call.principal);
  return reach.ok() && reach->centre;
}

library::By keeper_of(const Call& call) { return {.account = call.principal.account, .now = call.now}; }

// The entry of the path; of one that is not shared keepers alone know.
Result<Entry> seen_entry(const Call& call, db::Transaction& tx) {
  auto entry = library::find(tx, path_number(call, "number"));
  const bool living = entry.ok() && entry->state != library::State::withdrawn;
  if (living && (entry->state == library::State::shared || keeps(call))) return entry;
  return library::find(tx, 0);  // no number is ever 0
}

// ---- as JSON

LibraryRowJson row_json(const Entry& entry) {
  return {.number = entry.number,
          .state = entry.state,
          .kind = entry.about.kind,
          .title = entry.about.title,
          .note = entry.about.note,
          .tags = entry.about.tags,
          .channel = entry.channel,
          .sound = entry.sound.has_value(),
          .shared_at = entry.shared_at};
}

std::vector<LibraryTurnJson> turns_json(const std::vector<contacts::Turn>& turns) {
  std::vector<LibraryTurnJson> list;
  list.reserve(turns.size());
  for (const contacts::Turn& turn : turns) {
    list.push_back({.role = std::string(contacts::name_of(turn.role)),
                    .start_ms = turn.start_ms,
                    .end_ms = turn.end_ms,
                    .text = turn.text});
  }
  return list;
}

Result<LibraryEntryJson> draft_json(db::Transaction& tx, const vault::Keys& keys, const Entry& entry) {
  ZH_TRY(const library::Source source, library::source_of(tx, keys, entry));
  ZH_TRY(const library::Masking masking, library::masking_of(tx, entry.number));
  LibraryEntryJson json{.entry = row_json(entry), .turns = turns_json(library::masked(source.turns, masking.cuts))};
  for (std::size_t i = 0; i < source.turns.size(); ++i) json.turns[i].original = source.turns[i].text;
  LibraryDraftJson draft{.contact = entry.contact,
                         .added_by = entry.added_by,
                         .added_at = entry.added_at,
                         .duration_ms = source.duration_ms,
                         .has_sound = source.has_sound};
  for (const library::Cut& cut : masking.cuts) draft.cuts.push_back({cut.turn, cut.from, cut.until, cut.thing});
  for (const audio::Span& span : masking.silences) draft.silences.push_back({span.start_ms, span.end_ms});
  json.draft = std::move(draft);
  return json;
}

Result<http::Versioned<LibraryEntryJson>> entry_json(db::Transaction& tx, LibraryDesk& desk, const Entry& entry) {
  ZH_TRY(const vault::Contents* const contents, desk.contents());
  LibraryEntryJson json{.entry = row_json(entry)};
  if (entry.state == library::State::draft) {
    ZH_TRY(json, draft_json(tx, contents->keys(), entry));
  }
  if (entry.state == library::State::shared) {
    ZH_TRY(const auto turns, library::shared_turns(tx, contents->keys(), entry));
    json.turns = turns_json(turns);
  }
  return http::Versioned<LibraryEntryJson>{std::move(json), version_of(entry.change)};
}

// ---- reading

Result<std::vector<LibraryRowJson>> entries(Call& call, LibraryDesk& desk, const LibraryQuery& query) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const auto found, library::list(tx, {.drafts = keeps(call), .kind = query.kind, .tag = query.tag}));
  std::vector<LibraryRowJson> rows;
  rows.reserve(found.size());
  for (const Entry& entry : found) rows.push_back(row_json(entry));
  return rows;
}

Result<std::vector<std::string>> tags(Call& call, LibraryDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  return library::tags(tx);
}

Status audit_reading(const Call& call, LibraryDesk& desk, std::string_view action, const Entry& entry) {
  ZH_TRY(auto tx, desk.database.write(call.request.stop));
  ZH_TRY([[maybe_unused]] const auto written,
         ledger::append_audit(tx, {.at = call.now,
                                   .actor = call.principal.account,
                                   .action = std::string(action),
                                   .object = "contact " + entry.contact,
                                   .detail = json::Object{{"library_entry", entry.number}}}));
  return tx.commit();
}

Result<http::Versioned<LibraryEntryJson>> one(Call& call, LibraryDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Entry entry, seen_entry(call, tx));
  ZH_TRY(auto json, entry_json(tx, desk, entry));
  ZH_CHECK(tx.commit());
  if (entry.state == library::State::draft) ZH_CHECK(audit_reading(call, desk, "read_transcript", entry));
  return json;
}

// Made anew for every part that is asked for: a draft may change while it is listened to.
Result<http::Response> draft_sound(Call& call, LibraryDesk& desk, db::Transaction& tx, const Entry& entry) {
  ZH_TRY(vault::Contents* const contents, desk.contents());
  ZH_TRY(std::string wav, library::sound_of(tx, *contents, entry));
  ZH_CHECK(tx.commit());
  ZH_CHECK(audit_reading(call, desk, "hear_recording", entry));
  const auto bytes = std::make_shared<const std::string>(std::move(wav));
  const http::Representation representation{
      .etag = fmt::format("\"{}-{}\"", entry.number, entry.change), .content_type = "audio/wav", .size = bytes->size()};
  return http::answer_bytes(call.request, representation, [&](http::ByteRange range) -> Result<http::BodyContent> {
    return http::BodyContent(http::SharedBody{.bytes = bytes,
                                              .offset = static_cast<std::size_t>(range.first),
                                              .length = static_cast<std::size_t>(range.length())});
  });
}

Result<http::Response> shared_sound(Call& call, LibraryDesk& desk, const Entry& entry) {
  if (!entry.sound) {
    return error(ErrorCode::not_found, {.zh = "该条只分享了文字", .en = "this entry is shared without its sound"});
  }
  ZH_TRY(vault::Contents* const contents, desk.contents());
  ZH_TRY(vault::ContentReader reader, contents->open(*entry.sound));
  const http::Representation representation{
      .etag = '"' + entry.sound->hex() + '"', .content_type = "audio/wav", .size = reader.size()};
  return http::answer_bytes(call.request, representation, [&](http::ByteRange range) -> Result<http::BodyContent> {
    return http::BodyContent(
        http::StreamBody{std::make_unique<contacts::api::Playing>(std::move(reader), range), range.length()});
  });
}

Result<http::Response> sound(Call& call, LibraryDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Entry entry, seen_entry(call, tx));
  const bool is_draft = entry.state == library::State::draft;
  ZH_TRY(http::Response response, is_draft ? draft_sound(call, desk, tx, entry) : shared_sound(call, desk, entry));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// ---- keeping

template <class Body>
library::About about_of(const Body& body) {
  return {.kind = body.kind, .title = body.title, .note = body.note, .tags = body.tags};
}

Result<http::Created<LibraryEntryJson>> add(Call& call, LibraryDesk& desk, const NewLibraryEntryBody& body) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(const vault::Contents* const contents, desk.contents());
  ZH_TRY(auto tx, desk.database.write(call.request.stop));
  ZH_TRY(const Entry entry, library::add(tx, contents->keys(), body.contact, about_of(body), keeper_of(call)));
  ZH_TRY(auto json, entry_json(tx, desk, entry));
  http::Created<LibraryEntryJson> added{.value = std::move(json.value),
                                        .location = fmt::format("/api/v1/library/{}", entry.number)};
  ZH_CHECK(idempotency::keep_answer(tx, call, added));
  ZH_CHECK(tx.commit());
  return added;
}

// A step on the entry that the caller has read.
template <class Step>
Result<http::Versioned<LibraryEntryJson>> change(Call& call, LibraryDesk& desk, Step step) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write(call.request.stop));
  ZH_TRY(const Entry read, seen_entry(call, tx));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Entry entry, step(tx, read));
  ZH_TRY(auto json, entry_json(tx, desk, entry));
  ZH_CHECK(tx.commit());
  return json;
}

library::Masking masking_of(const LibraryEditBody& body) {
  library::Masking masking;
  for (const CutJson& cut : body.cuts) {
    masking.cuts.push_back({.turn = cut.turn, .from = cut.from, .until = cut.until, .thing = cut.thing});
  }
  for (const SilencedJson& span : body.silences) masking.silences.push_back({span.start_ms, span.end_ms});
  return masking;
}

// The silenced copy, put before the transaction that names it: a draft that changes meanwhile is not shared, and
// tidying up finds the copy.
Result<std::optional<Hash>> put_copy(Call& call, LibraryDesk& desk) {
  ZH_TRY(vault::Contents* const contents, desk.contents());
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Entry draft, seen_entry(call, tx));
  ZH_CHECK(call.check_version(version_of(draft.change)));
  ZH_TRY(const std::string wav, library::sound_of(tx, *contents, draft));
  ZH_CHECK(tx.commit());
  ZH_TRY(const vault::Put put, contents->put([&wav]() -> Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(wav));
  }));
  return std::optional(put.name);
}

Result<http::Versioned<LibraryEntryJson>> share(Call& call, LibraryDesk& desk, const ShareBody& body) {
  ZH_CHECK(check_centre(call));
  std::optional<Hash> copy;
  if (body.sound) {
    ZH_TRY(copy, put_copy(call, desk));
  }
  ZH_TRY(const vault::Contents* const contents, desk.contents());
  return change(call, desk, [&](db::Transaction& tx, const Entry& read) {
    return library::share(tx, contents->keys(), read, copy, keeper_of(call));
  });
}

// ---- routes

constexpr RoutesBelow kRoutes{.path = "/api/v1/library", .tag = "library"};

void add_reading_routes(http::Site& site, const LibraryDeskPtr& desk) {
  using http::Method;
  site.router().add(
      kRoutes.route(
          Method::get, "", "listLibrary",
          {.zh = "录音库：已分享的；保管者另见草稿", .en = "The library's shared entries; its keepers see drafts too"},
          readers()),
      [desk](Call& call, const http::Query<LibraryQuery>& query) { return entries(call, *desk, *query); });
  site.router().add(kRoutes.route(Method::get, "/tags", "listLibraryTags",
                                  {.zh = "录音库的标签", .en = "The tags of shared entries"}, readers()),
                    [desk](Call& call) { return tags(call, *desk); });
  site.router().add(kRoutes.route(Method::get, "/{number:int}", "getLibraryEntry",
                                  {.zh = "录音库的一条：去标识的文字；草稿另有原文与遮盖",
                                   .en = "One entry without those in it; of a draft the record and its cuts as well"},
                                  readers()),
                    [desk](Call& call) { return one(call, *desk); });
  http::RouteInfo hearing =
      kRoutes.route(Method::get, "/{number:int}/sound", "playLibraryEntry",
                    {.zh = "静音处理后的录音", .en = "The sound, silenced where words are left out"}, readers());
  hearing.answers = "audio/wav";
  site.router().add(std::move(hearing), [desk](Call& call) { return sound(call, *desk); });
}

}  // namespace

}  // namespace api

void add_library_routes(http::Site& site, db::Database& database, OpenContents contents) {
  using namespace api;
  using http::Method;
  const LibraryDeskPtr desk(new LibraryDesk{.database = database, .contents = std::move(contents)});
  add_reading_routes(site, desk);
  site.router().add(
      kRoutes.creating("", "addToLibrary",
                       {.zh = "将一条联络收入录音库（草稿）", .en = "Add a contact to the library, as a draft"},
                       keepers()),
      [desk](Call& call, const http::Body<NewLibraryEntryBody>& body) { return add(call, *desk, *body); });
  site.router().add(
      kRoutes.changing(
          Method::put, "/{number:int}", "editLibraryEntry",
          {.zh = "修改草稿：说明、遮盖与静音", .en = "Edit a draft: what is said about it, its cuts and silences"},
          keepers()),
      [desk](Call& call, const http::Body<LibraryEditBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Entry& read) -> Result<Entry> {
          ZH_TRY(const vault::Contents* const opened, desk->contents());
          return library::edit(tx, opened->keys(), read, about_of(*body), masking_of(*body), keeper_of(call));
        });
      });
  site.router().add(
      kRoutes.changing(Method::put, "/{number:int}/about", "describeLibraryEntry",
                       {.zh = "修改类别、标题、说明与标签", .en = "Say anew what an entry is: kind, title, note, tags"},
                       keepers()),
      [desk](Call& call, const http::Body<LibraryAboutBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Entry& read) {
          return library::describe(tx, read, about_of(*body), keeper_of(call));
        });
      });
  site.router().add(
      kRoutes.changing(Method::post, "/{number:int}/share", "shareLibraryEntry",
                       {.zh = "确认去标识并分享", .en = "Confirm that nobody can be told from it, and share it"},
                       keepers()),
      [desk](Call& call, const http::Body<ShareBody>& body) { return share(call, *desk, *body); });
  site.router().add(kRoutes.changing(Method::post, "/{number:int}/withdraw", "withdrawLibraryEntry",
                                     {.zh = "撤下", .en = "Withdraw an entry: its copies are removed"}, keepers()),
                    [desk](Call& call) {
                      return change(call, *desk, [&](db::Transaction& tx, const Entry& read) {
                        return library::withdraw(tx, read, keeper_of(call));
                      });
                    });
}

}  // namespace zh::quality
