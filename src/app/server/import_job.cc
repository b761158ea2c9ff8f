#include "app/server/import_job.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/server/desk_routes.h"
#include "app/server/uploads.h"
#include "app/session.h"
#include "base/json.h"

namespace zh::app {

namespace {

json::Array names_json(const std::vector<UnknownName>& names) {
  json::Array list;
  list.reserve(names.size());
  for (const auto& each : names) {
    list.push_back(json::Object{{"name", each.name}, {"count", each.count}, {"suggestion", each.suggestion}});
  }
  return list;
}

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* const value = object.find(key);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}

// Whether the file is to blame: it is refused for good, and the job has done what it could.
bool refuses_file(ErrorCode code) {
  return code == ErrorCode::invalid || code == ErrorCode::not_found || code == ErrorCode::limit ||
         code == ErrorCode::unsupported;
}

std::string refusal_json(const Error& problem) {
  return json::compact(json::Object{
      {"problem", json::Object{{"zh", problem.to_string(Language::zh)}, {"en", problem.to_string(Language::en)}}}});
}

// Ends a job that entered nothing: there was no transaction to end it in. A file that was refused stays for another
// try with another map; one that was read is done with.
Status complete_alone(Centre& centre, jobs::JobRun& run, const std::string& upload,
                      const Result<ImportRun::Outcome>& outcome) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  if (outcome.ok()) ZH_CHECK(delete_upload(tx, upload));
  ZH_CHECK(run.complete(tx, outcome.ok() ? result_json(*outcome) : refusal_json(outcome.error())));
  return tx.commit();
}

}  // namespace

std::string to_json(const ImportOrder& order) {
  return json::compact(json::Object{{"upload", order.upload},
                                    {"kind", order.kind},
                                    {"name", order.name},
                                    {"map", order.map ? order.map->hex() : ""},
                                    {"language", order.language == Language::zh ? "zh" : "en"}});
}

Result<ImportOrder> parse_import_order(std::string_view text) {
  ZH_TRY(const json::Value object, json::parse(text));
  ImportOrder order{.upload = text_of(object, "upload"),
                    .kind = text_of(object, "kind"),
                    .name = text_of(object, "name"),
                    .map = {},
                    .language = language_from(text_of(object, "language")).value_or(Language::zh)};
  if (const std::string map = text_of(object, "map"); !map.empty()) {
    ZH_TRY(order.map, Hash::parse(map));
  }
  return order;
}

std::string result_json(const ImportRun::Outcome& outcome) {
  const ImportTally& tally = outcome.tally;
  json::Array notes;
  notes.reserve(outcome.notes.size());
  for (const Text& note : outcome.notes) notes.push_back(json::Object{{"zh", note.zh}, {"en", note.en}});
  const std::string rejects = std::filesystem::path(outcome.rejects_file).filename().string();
  return json::compact(json::Object{{"rows", tally.rows},
                                    {"accepted", tally.accepted},
                                    {"unchanged", tally.unchanged},
                                    {"rejected", tally.rejected},
                                    {"ignored", tally.ignored},
                                    {"batch", outcome.batch ? json::Value(outcome.batch->value) : json::Value()},
                                    {"rejects", rejects.empty() ? json::Value() : json::Value(rejects)},
                                    {"unknown_members", names_json(outcome.unknown_members)},
                                    {"unknown_queues", names_json(outcome.unknown_queues)},
                                    {"notes", std::move(notes)}});
}

const ImportKind* find_import_kind(std::string_view name) {
  const auto kinds = import_kinds();
  const auto found = std::ranges::find(kinds, name, &ImportKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

Status run_import_job(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(const ImportOrder order, parse_import_order(run.job().payload));
  const ImportKind* const kind = find_import_kind(order.kind);
  if (kind == nullptr || order.upload.empty()) {
    return error(ErrorCode::internal, {.zh = "导入任务无法读取", .en = "the import's order cannot be read"});
  }
  Session session{.language = order.language};
  ImportRun import(session, centre, kind->name, upload_path(centre.dir, order.upload));
  if (order.map) import.use_map(map_path(centre.dir, order.upload, *order.map));
  bool entered = false;
  import.go_with({.actor = run.job().account,
                  .name = order.name,
                  .progress =
                      [&run](std::uint64_t read, std::optional<std::uint64_t> size) {
                        run.progress(static_cast<std::int64_t>(read), static_cast<std::int64_t>(size.value_or(0)),
                                     {.zh = "读取文件", .en = "reading the file"});
                      },
                  .entering = [&](db::Transaction& tx, const ImportRun& ending) -> Status {
                    entered = true;
                    ZH_CHECK(delete_upload(tx, order.upload));
                    return run.complete(tx, result_json(ending.outcome()));
                  },
                  .stop = run.stop()});
  const auto outcome = import_with(*kind, import);
  if (!outcome.ok() && !refuses_file(outcome.error().code)) return outcome.error();
  if (!entered) ZH_CHECK(complete_alone(centre, run, order.upload, outcome));
  if (!outcome.ok()) return {};
  // The rows are in the database or among the rejects; the file itself holds personal data and is kept no longer.
  remove_files(centre.dir, order.upload);
  return {};
}

Status prune_uploads(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_TRY(const auto refs, uploads_before(tx, {system_now().us - kUploadKeptUs}));
  for (const std::string& ref : refs) ZH_CHECK(delete_upload(tx, ref));
  ZH_CHECK(run.complete(tx, fmt::format(R"({{"removed":{}}})", refs.size())));
  ZH_CHECK(tx.commit());
  for (const std::string& ref : refs) remove_files(centre.dir, ref);
  return {};
}

}  // namespace zh::app
