// What the routes of imports take and give.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/text_json.h"

namespace zh::app {

struct UploadJson {
  std::string upload = {};
  std::string name = {};
  std::int64_t size = 0;
};

struct UploadQuery {
  std::optional<std::string> name = {};
};

struct MapValueJson {
  std::string cell = {};
  std::string means = {};
};

struct MapFieldJson {
  std::string field = {};
  std::optional<std::vector<std::string>> columns = {};
  std::optional<std::string> constant = {};
  std::optional<std::string> time = {};
  std::optional<std::string> duration = {};
  std::optional<std::vector<MapValueJson>> values = {};
  std::optional<std::string> otherwise = {};
};

struct MapJson {
  std::optional<std::string> delimiter = {};
  std::optional<std::string> encoding = {};
  std::optional<bool> header = {};
  std::vector<MapFieldJson> fields = {};
};

struct MapFieldInfoJson {
  std::string field = {};
  TextJson label = {};
  bool required = false;
  bool is_time = false;
  bool is_duration = false;
  std::string words = {};
};

struct QueueProductJson {
  std::string queue = {};
  std::string product = {};
};

// What is to be done with an upload: looked at, or taken in.
struct ImportOrderJson {
  std::string upload = {};
  std::string kind = {};
  std::optional<MapJson> map = {};                             // of a table of calls
  std::optional<std::vector<QueueProductJson>> products = {};  // of a log: what its queues serve
  std::optional<std::string> map_yaml = {};                    // a map file's text, in place of either
};

struct PreviewRowJson {
  int line = 0;
  std::vector<std::string> cells = {};
  std::optional<std::string> problem = {};
};

struct PreviewJson {
  std::string kind = {};
  std::string encoding = {};
  std::vector<std::string> columns = {};
  std::vector<PreviewRowJson> rows = {};
  std::optional<MapJson> map = {};  // the guess for a table without one
  std::optional<std::string> map_yaml = {};
  std::optional<std::string> problem = {};
};

struct StartedJson {
  std::string job = {};
};

struct NameCountJson {
  std::string name = {};
  std::int64_t count = 0;
  std::string suggestion = {};
};

struct ImportedJson {
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t unchanged = 0;
  std::int64_t rejected = 0;
  std::int64_t ignored = 0;
  std::optional<std::int64_t> batch = {};
  std::optional<std::string> rejects = {};  // name of the file of rejected rows
  std::vector<NameCountJson> unknown_members = {};
  std::vector<NameCountJson> unknown_queues = {};
  std::vector<TextJson> notes = {};
};

struct ImportStateJson {
  std::string job = {};
  std::string state = {};
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string note = {};
  std::string kind = {};
  std::string file = {};
  std::string account = {};
  Instant created_at = {};
  std::optional<ImportedJson> result = {};
  std::optional<std::string> problem = {};
};

struct ListPageQuery {
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

struct BatchJson {
  std::string id = {};
  std::string kind = {};
  std::string file = {};
  Instant imported_at = {};
  std::string by = {};
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t ignored = 0;
  bool undone = false;
};

struct UndoneJson {
  std::int64_t facts_withdrawn = 0;
  std::int64_t facts_restored = 0;
};

struct SilenceJson {
  bool silent = false;
  std::optional<Instant> last = {};
  int hours = 0;
};

struct UnknownQuery {
  Date from = {};
  Date to = {};
};

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::UploadJson> {
  using R = zh::app::UploadJson;
  static constexpr std::string_view kName = "Upload";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::upload, "upload"), zh::app::plain(&R::name, "name"),
                                            zh::app::plain(&R::size, "size", Unit::count)};
};
template <>
struct zh::Fields<zh::app::UploadQuery> {
  using R = zh::app::UploadQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::name, "name")};
};
template <>
struct zh::Fields<zh::app::MapValueJson> {
  using R = zh::app::MapValueJson;
  static constexpr std::string_view kName = "MapValue";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::cell, "cell"), zh::http::input(&R::means, "means")};
};
template <>
struct zh::Fields<zh::app::MapFieldJson> {
  using R = zh::app::MapFieldJson;
  static constexpr std::string_view kName = "MapField";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::field, "field"),        zh::http::input(&R::columns, "columns"),
                 zh::http::input(&R::constant, "constant"),  zh::http::input(&R::time, "time"),
                 zh::http::input(&R::duration, "duration"),  zh::http::input(&R::values, "values"),
                 zh::http::input(&R::otherwise, "otherwise")};
};
template <>
struct zh::Fields<zh::app::MapJson> {
  using R = zh::app::MapJson;
  static constexpr std::string_view kName = "ImportMap";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::delimiter, "delimiter"), zh::http::input(&R::encoding, "encoding"),
                 zh::http::input(&R::header, "header"), zh::http::input(&R::fields, "fields")};
};
template <>
struct zh::Fields<zh::app::MapFieldInfoJson> {
  using R = zh::app::MapFieldInfoJson;
  static constexpr std::string_view kName = "MapFieldInfo";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::field, "field"),
                                            zh::app::plain(&R::label, "label"),
                                            zh::app::plain(&R::required, "required"),
                                            zh::app::plain(&R::is_time, "is_time"),
                                            zh::app::plain(&R::is_duration, "is_duration"),
                                            zh::app::plain(&R::words, "words")};
};
template <>
struct zh::Fields<zh::app::QueueProductJson> {
  using R = zh::app::QueueProductJson;
  static constexpr std::string_view kName = "QueueProduct";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::queue, "queue"), zh::http::input(&R::product, "product")};
};
template <>
struct zh::Fields<zh::app::ImportOrderJson> {
  using R = zh::app::ImportOrderJson;
  static constexpr std::string_view kName = "ImportOrder";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::upload, "upload"), zh::http::input(&R::kind, "kind"),
                                            zh::http::input(&R::map, "map"), zh::http::input(&R::products, "products"),
                                            zh::http::input(&R::map_yaml, "map_yaml")};
};
template <>
struct zh::Fields<zh::app::PreviewRowJson> {
  using R = zh::app::PreviewRowJson;
  static constexpr std::string_view kName = "PreviewRow";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::line, "line"),
                 Field{&R::cells, "", "cells", Unit::none, PersonalData::customer, Secrecy::internal, SeenBy::all},
                 Field{&R::problem, "", "problem", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all}};
};
template <>
struct zh::Fields<zh::app::PreviewJson> {
  using R = zh::app::PreviewJson;
  static constexpr std::string_view kName = "ImportPreview";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::kind, "kind"),       zh::app::plain(&R::encoding, "encoding"),
                 zh::app::plain(&R::columns, "columns"), zh::app::plain(&R::rows, "rows"),
                 zh::app::plain(&R::map, "map"),         zh::app::plain(&R::map_yaml, "map_yaml"),
                 zh::app::plain(&R::problem, "problem")};
};
template <>
struct zh::Fields<zh::app::StartedJson> {
  using R = zh::app::StartedJson;
  static constexpr std::string_view kName = "ImportStarted";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::job, "job")};
};
template <>
struct zh::Fields<zh::app::NameCountJson> {
  using R = zh::app::NameCountJson;
  static constexpr std::string_view kName = "UnknownName";
  static constexpr auto kTable =
      std::tuple{zh::app::pseudonym(&R::name, "name"), zh::app::plain(&R::count, "count", Unit::count),
                 zh::app::pseudonym(&R::suggestion, "suggestion")};
};
template <>
struct zh::Fields<zh::app::ImportedJson> {
  using R = zh::app::ImportedJson;
  static constexpr std::string_view kName = "Imported";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::rows, "rows", Unit::count),
                                            zh::app::plain(&R::accepted, "accepted", Unit::count),
                                            zh::app::plain(&R::unchanged, "unchanged", Unit::count),
                                            zh::app::plain(&R::rejected, "rejected", Unit::count),
                                            zh::app::plain(&R::ignored, "ignored", Unit::count),
                                            zh::app::plain(&R::batch, "batch"),
                                            zh::app::plain(&R::rejects, "rejects"),
                                            zh::app::plain(&R::unknown_members, "unknown_members"),
                                            zh::app::plain(&R::unknown_queues, "unknown_queues"),
                                            zh::app::plain(&R::notes, "notes")};
};
template <>
struct zh::Fields<zh::app::ImportStateJson> {
  using R = zh::app::ImportStateJson;
  static constexpr std::string_view kName = "ImportState";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::job, "job"),
                                            zh::app::plain(&R::state, "state"),
                                            zh::app::plain(&R::done, "done", Unit::count),
                                            zh::app::plain(&R::total, "total", Unit::count),
                                            zh::app::plain(&R::note, "note"),
                                            zh::app::plain(&R::kind, "kind"),
                                            zh::app::plain(&R::file, "file"),
                                            zh::app::pseudonym(&R::account, "account"),
                                            zh::app::plain(&R::created_at, "created_at"),
                                            zh::app::plain(&R::result, "result"),
                                            zh::app::plain(&R::problem, "problem")};
};
template <>
struct zh::Fields<zh::app::ListPageQuery> {
  using R = zh::app::ListPageQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::cursor, "cursor"), zh::http::input(&R::limit, "limit")};
};
template <>
struct zh::Fields<zh::app::BatchJson> {
  using R = zh::app::BatchJson;
  static constexpr std::string_view kName = "Batch";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::id, "id"),
                                            zh::app::plain(&R::kind, "kind"),
                                            zh::app::plain(&R::file, "file"),
                                            zh::app::plain(&R::imported_at, "imported_at"),
                                            zh::app::pseudonym(&R::by, "by"),
                                            zh::app::plain(&R::accepted, "accepted", Unit::count),
                                            zh::app::plain(&R::rejected, "rejected", Unit::count),
                                            zh::app::plain(&R::ignored, "ignored", Unit::count),
                                            zh::app::plain(&R::undone, "undone")};
};
template <>
struct zh::Fields<zh::app::UndoneJson> {
  using R = zh::app::UndoneJson;
  static constexpr std::string_view kName = "Undone";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::facts_withdrawn, "facts_withdrawn", Unit::count),
                                            zh::app::plain(&R::facts_restored, "facts_restored", Unit::count)};
};
template <>
struct zh::Fields<zh::app::SilenceJson> {
  using R = zh::app::SilenceJson;
  static constexpr std::string_view kName = "LogSilence";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::silent, "silent"), zh::app::plain(&R::last, "last"),
                                            zh::app::plain(&R::hours, "hours")};
};
template <>
struct zh::Fields<zh::app::UnknownQuery> {
  using R = zh::app::UnknownQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::from, "from"), zh::http::input(&R::to, "to")};
};
