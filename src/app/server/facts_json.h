// What the routes of facts take and give.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/text_json.h"

namespace zh::app {

struct KindJson {
  std::string kind = {};
  TextJson label = {};
  std::string unit = {};
  std::string range = {};          // "agent [2, 5]"; by the pack in force today
  std::vector<std::string> notes;  // keywords that the note may begin with
  std::string clause = {};
};

struct EntryRowJson {
  std::string staff_no = {};
  std::string occurred_at = {};  // a date, or a time in the centre's zone or with its offset
  std::string kind = {};
  std::optional<std::string> value = {};
  std::optional<std::string> note = {};
  std::optional<std::string> source_ref = {};  // the evidence: the same one again corrects what was entered
};

struct EntryJson {
  std::vector<EntryRowJson> rows = {};
};

struct EnteredRowJson {
  bool ok = false;
  std::optional<std::string> problem = {};
};

struct EnteredJson {
  std::optional<std::int64_t> batch = {};
  std::vector<EnteredRowJson> rows = {};  // as they were sent
  std::int64_t added = 0;
  std::int64_t unchanged = 0;  // said what is known already
  std::int64_t late = 0;       // fall into closed months and are settled in the next open one
};

struct FactsQuery {
  std::string staff_no = {};
  Date from = {};
  Date to = {};
  std::optional<std::string> kind = {};
};

struct FactJson {
  Hash fact = {};
  std::string kind = {};
  std::string staff_no = {};
  Instant occurred_at = {};
  std::optional<Decimal> value = {};
  std::string note = {};
  std::string source_ref = {};
  Instant recorded_at = {};
};

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::KindJson> {
  using R = zh::app::KindJson;
  static constexpr std::string_view kName = "FactKind";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::kind, "kind"),   zh::app::plain(&R::label, "label"),
                                            zh::app::plain(&R::unit, "unit"),   zh::app::plain(&R::range, "range"),
                                            zh::app::plain(&R::notes, "notes"), zh::app::plain(&R::clause, "clause")};
};
template <>
struct zh::Fields<zh::app::EntryRowJson> {
  using R = zh::app::EntryRowJson;
  static constexpr std::string_view kName = "FactEntered";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::staff_no, "staff_no"), zh::http::input(&R::occurred_at, "occurred_at"),
                 zh::http::input(&R::kind, "kind"),         zh::http::input(&R::value, "value"),
                 zh::http::input(&R::note, "note"),         zh::http::input(&R::source_ref, "source_ref")};
};
template <>
struct zh::Fields<zh::app::EntryJson> {
  using R = zh::app::EntryJson;
  static constexpr std::string_view kName = "FactsEntry";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::rows, "rows")};
};
template <>
struct zh::Fields<zh::app::EnteredRowJson> {
  using R = zh::app::EnteredRowJson;
  static constexpr std::string_view kName = "FactOutcome";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::ok, "ok"), zh::app::plain(&R::problem, "problem")};
};
template <>
struct zh::Fields<zh::app::EnteredJson> {
  using R = zh::app::EnteredJson;
  static constexpr std::string_view kName = "FactsOutcome";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::batch, "batch"), zh::app::plain(&R::rows, "rows"),
                                            zh::app::plain(&R::added, "added", Unit::count),
                                            zh::app::plain(&R::unchanged, "unchanged", Unit::count),
                                            zh::app::plain(&R::late, "late", Unit::count)};
};
template <>
struct zh::Fields<zh::app::FactsQuery> {
  using R = zh::app::FactsQuery;
  static constexpr std::string_view kName = "FactsQuery";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::staff_no, "staff_no"), zh::http::input(&R::from, "from"),
                 zh::http::input(&R::to, "to"), zh::http::input(&R::kind, "kind")};
};
template <>
struct zh::Fields<zh::app::FactJson> {
  using R = zh::app::FactJson;
  static constexpr std::string_view kName = "Fact";
  static std::string_view subject(const R& fact) { return fact.staff_no; }
  static constexpr auto kTable = std::tuple{
      zh::app::plain(&R::fact, "fact"),
      zh::app::plain(&R::kind, "kind"),
      zh::app::pseudonym(&R::staff_no, "staff_no"),
      zh::app::plain(&R::occurred_at, "occurred_at"),
      Field{&R::value, "value", "value", Unit::none, PersonalData::employee, Secrecy::internal, SeenBy::all},
      Field{&R::note, "note", "note", Unit::none, PersonalData::employee, Secrecy::internal, SeenBy::all},
      Field{&R::source_ref, "source_ref", "source_ref", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      zh::app::plain(&R::recorded_at, "recorded_at")};
};
