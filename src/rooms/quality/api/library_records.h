// What the routes of the library take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/record_fields.h"
#include "rooms/quality/library/library.h"

template <>
struct zh::http::Choices<zh::quality::library::Kind> {
  static constexpr std::array kNames{
      std::pair{zh::quality::library::Kind::outstanding, std::string_view("outstanding")},
      std::pair{zh::quality::library::Kind::typical, std::string_view("typical")}};
};
template <>
struct zh::http::Choices<zh::quality::library::State> {
  static constexpr std::array kNames{std::pair{zh::quality::library::State::draft, std::string_view("draft")},
                                     std::pair{zh::quality::library::State::shared, std::string_view("shared")},
                                     std::pair{zh::quality::library::State::withdrawn, std::string_view("withdrawn")}};
};
template <>
struct zh::http::Choices<zh::quality::library::Thing> {
  using Thing = zh::quality::library::Thing;
  static constexpr std::array kNames{
      std::pair{Thing::name, std::string_view("name")},       std::pair{Thing::phone, std::string_view("phone")},
      std::pair{Thing::id, std::string_view("id")},           std::pair{Thing::card, std::string_view("card")},
      std::pair{Thing::email, std::string_view("email")},     std::pair{Thing::plate, std::string_view("plate")},
      std::pair{Thing::address, std::string_view("address")}, std::pair{Thing::number, std::string_view("number")},
      std::pair{Thing::other, std::string_view("other")}};
};

namespace zh::quality::api {

struct LibraryQuery {
  std::optional<library::Kind> kind = {};
  std::optional<std::string> tag = {};
};

struct LibraryRowJson {
  int number = 0;
  library::State state = library::State::draft;
  library::Kind kind = library::Kind::typical;
  std::string title = {};
  std::string note = {};
  std::vector<std::string> tags = {};
  std::string channel = {};
  bool sound = false;  // there is a silenced copy to hear
  std::optional<Instant> shared_at = {};
};

struct LibraryTurnJson {
  std::string role = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
  std::string text = {};                     // with placeholders
  std::optional<std::string> original = {};  // of a draft, for its keepers
};
struct CutJson {
  int turn = 0;
  std::int64_t from = 0;
  std::int64_t until = 0;
  library::Thing thing = library::Thing::other;
};
struct SilencedJson {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};
// What keepers see of a draft besides.
struct LibraryDraftJson {
  std::string contact = {};
  std::string added_by = {};
  Instant added_at = {};
  std::vector<CutJson> cuts = {};
  std::vector<SilencedJson> silences = {};
  std::int64_t duration_ms = 0;
  bool has_sound = false;
};
struct LibraryEntryJson {
  LibraryRowJson entry = {};
  std::vector<LibraryTurnJson> turns = {};
  std::optional<LibraryDraftJson> draft = {};
};

struct NewLibraryEntryBody {
  std::string contact = {};
  library::Kind kind = library::Kind::typical;
  std::string title = {};
  std::string note = {};
  std::vector<std::string> tags = {};
};
struct LibraryEditBody {
  library::Kind kind = library::Kind::typical;
  std::string title = {};
  std::string note = {};
  std::vector<std::string> tags = {};
  std::vector<CutJson> cuts = {};
  std::vector<SilencedJson> silences = {};
};
struct LibraryAboutBody {
  library::Kind kind = library::Kind::typical;
  std::string title = {};
  std::string note = {};
  std::vector<std::string> tags = {};
};
struct ShareBody {
  bool sound = false;
};

}  // namespace zh::quality::api

#define ZH_CUSTOMERS(member, name) \
  Field { &R::member, "", name, Unit::none, PersonalData::customer, Secrecy::internal, SeenBy::all }

ZH_RECORD(LibraryQuery, "LibraryQuery", http::input(&R::kind, "kind"), http::input(&R::tag, "tag"));
ZH_RECORD(LibraryRowJson, "LibraryRow", ZH_PLAIN(number, "number"), ZH_PLAIN(state, "state"), ZH_PLAIN(kind, "kind"),
          ZH_PLAIN(title, "title"), ZH_PLAIN(note, "note"), ZH_PLAIN(tags, "tags"), ZH_PLAIN(channel, "channel"),
          ZH_PLAIN(sound, "sound"), ZH_PLAIN(shared_at, "shared_at"));
ZH_RECORD(LibraryTurnJson, "LibraryTurn", ZH_PLAIN(role, "role"), ZH_RULE(start_ms, "start_ms", Unit::milliseconds),
          ZH_RULE(end_ms, "end_ms", Unit::milliseconds), ZH_PLAIN(text, "text"), ZH_CUSTOMERS(original, "original"));
ZH_RECORD(CutJson, "LibraryCut", ZH_PLAIN(turn, "turn"), ZH_PLAIN(from, "from"), ZH_PLAIN(until, "until"),
          ZH_PLAIN(thing, "thing"));
ZH_RECORD(SilencedJson, "LibrarySilence", ZH_RULE(start_ms, "start_ms", Unit::milliseconds),
          ZH_RULE(end_ms, "end_ms", Unit::milliseconds));
ZH_RECORD(LibraryDraftJson, "LibraryDraft", ZH_PLAIN(contact, "contact"), ZH_PLAIN(added_by, "added_by"),
          ZH_PLAIN(added_at, "added_at"), ZH_PLAIN(cuts, "cuts"), ZH_PLAIN(silences, "silences"),
          ZH_RULE(duration_ms, "duration_ms", Unit::milliseconds), ZH_PLAIN(has_sound, "has_sound"));
ZH_RECORD(LibraryEntryJson, "LibraryEntry", ZH_PLAIN(entry, "entry"), ZH_PLAIN(turns, "turns"),
          ZH_PLAIN(draft, "draft"));
ZH_RECORD(NewLibraryEntryBody, "NewLibraryEntry", http::input(&R::contact, "contact"), http::input(&R::kind, "kind"),
          http::input(&R::title, "title"), http::input(&R::note, "note"), http::input(&R::tags, "tags"));
ZH_RECORD(LibraryEditBody, "LibraryEdit", http::input(&R::kind, "kind"), http::input(&R::title, "title"),
          http::input(&R::note, "note"), http::input(&R::tags, "tags"), http::input(&R::cuts, "cuts"),
          http::input(&R::silences, "silences"));
ZH_RECORD(LibraryAboutBody, "LibraryDescription", http::input(&R::kind, "kind"), http::input(&R::title, "title"),
          http::input(&R::note, "note"), http::input(&R::tags, "tags"));
ZH_RECORD(ShareBody, "LibrarySharing", http::input(&R::sound, "sound"));

#undef ZH_CUSTOMERS
