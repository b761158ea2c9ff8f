// /uploads, /imports…: a file is sent once, looked at, given a map where it needs one, and taken in by a durable job.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/server/batches_api.h"
#include "app/server/desk_routes.h"
#include "app/server/import_job.h"
#include "app/server/import_preview.h"
#include "app/server/imports_json.h"
#include "app/server/paging.h"
#include "app/server/uploads.h"
#include "app/server/whole_centre.h"
#include "base/json.h"
#include "base/utf8.h"
#include "http/fields_json.h"
#include "idempotency/keep.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

using http::Call;
using http::Role;
using http::Scope;

constexpr std::uint64_t kUploadMax = std::uint64_t{4} << 30;
constexpr std::size_t kNameMax = 200;  // code points
constexpr std::size_t kMapMax = std::size_t{256} << 10;

// ---- sending

Status keep(http::Upload& file, const std::filesystem::path& target) {
  if (file.keep_as(target).ok()) return {};
  // Another file system: a copy does as well.
  std::error_code problem;
  std::filesystem::copy_file(file.path(), target, problem);
  if (!problem) return {};
  return error(ErrorCode::unavailable,
               {.zh = "无法保存上传的文件：" + problem.message(), .en = "cannot keep the file: " + problem.message()});
}

Result<http::Created<UploadJson>> take_upload(Call& call, const Centre& centre, const http::Uploaded& sent,
                                              const UploadQuery& query) {
  const std::string given = query.name.value_or(sent.name);
  const std::string name = utf8::shortened(utf8::sanitized(std::filesystem::path(given).filename().string()), kNameMax);
  if (name.empty()) {
    call.reject_parameter("name", {.zh = "缺少文件名", .en = "the file's name is missing"});
    return call.refused();
  }
  const KeptUpload upload{.ref = new_upload_ref(),
                          .account = call.principal.account,
                          .name = name,
                          .size = static_cast<std::int64_t>(sent.file->size()),
                          .sent_at = call.now};
  ZH_CHECK(keep(*sent.file, upload_path(centre.dir, upload.ref)));
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  ZH_CHECK(add_upload(tx, upload));
  ZH_CHECK(tx.commit());
  return http::Created<UploadJson>{.value = {.upload = upload.ref, .name = upload.name, .size = upload.size},
                                   .location = "/api/v1/uploads/" + upload.ref};
}

// ---- maps

contacts::MapDraft draft_of(const MapJson& json) {
  contacts::MapDraft draft{.delimiter = json.delimiter.value_or(","),
                           .encoding = json.encoding.value_or("auto"),
                           .header = json.header.value_or(true),
                           .fields = {}};
  for (const auto& field : json.fields) {
    contacts::DraftField filled{.field = field.field,
                                .columns = field.columns.value_or(std::vector<std::string>()),
                                .constant = field.constant.value_or(""),
                                .time = field.time.value_or(""),
                                .duration = field.duration.value_or(""),
                                .values = {},
                                .otherwise = field.otherwise};
    for (const auto& value : field.values.value_or(std::vector<MapValueJson>())) {
      filled.values.emplace_back(value.cell, value.means);
    }
    draft.fields.push_back(std::move(filled));
  }
  return draft;
}

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

MapJson json_of(const contacts::MapDraft& draft) {
  MapJson json{.delimiter = draft.delimiter, .encoding = draft.encoding, .header = draft.header};
  for (const auto& field : draft.fields) {
    MapFieldJson& filled = json.fields.emplace_back();
    filled.field = field.field;
    filled.columns = field.columns;
    filled.constant = unless_empty(field.constant);
    filled.time = unless_empty(field.time);
    filled.duration = unless_empty(field.duration);
    std::vector<MapValueJson> values;
    values.reserve(field.values.size());
    for (const auto& [cell, means] : field.values) values.push_back({.cell = cell, .means = means});
    if (!values.empty()) filled.values = std::move(values);
    filled.otherwise = field.otherwise;
  }
  return json;
}

// What is asked of an upload, checked.
struct Asked {
  KeptUpload upload;
  const ImportKind* kind = nullptr;
  std::string map_yaml = {};              // empty = no map
  std::optional<contacts::Map> map = {};  // of a table of calls
};

// The map as its file's text, and read once to tell what is wrong with it.
Status read_map(Call& call, const ImportOrderJson& order, Asked& asked) {
  if (!asked.kind->takes_map) return {};
  const bool of_table = asked.kind->needs_map;
  std::vector<std::pair<std::string, std::string>> products;
  for (const auto& each : order.products.value_or(std::vector<QueueProductJson>())) {
    products.emplace_back(each.queue, each.product);
  }
  if (of_table && order.map) asked.map_yaml = contacts::map_yaml(draft_of(*order.map));
  if (!of_table && !products.empty()) asked.map_yaml = contacts::queue_products_yaml(products);
  if (order.map_yaml) asked.map_yaml = *order.map_yaml;
  if (asked.map_yaml.empty()) return {};
  std::optional<Error> problem;
  if (of_table) {
    auto map = contacts::parse_map(asked.map_yaml, "map");
    if (map.ok()) {
      asked.map = std::move(map).value();
    } else {
      problem = map.error();
    }
  } else if (const auto map = contacts::parse_queue_products(asked.map_yaml, "map"); !map.ok()) {
    problem = map.error();
  }
  if (!problem) return {};
  call.reject(order.map_yaml ? "/map_yaml"
              : of_table     ? "/map"
                             : "/products",
              {.zh = problem->to_string(Language::zh), .en = problem->to_string(Language::en)});
  return call.refused();
}

Result<Asked> read_order(Call& call, const Centre& centre, const ImportOrderJson& order) {
  Asked asked;
  asked.kind = find_import_kind(order.kind);
  if (asked.kind == nullptr) call.reject("/kind", {.zh = "没有这种导入", .en = "there is no such kind of import"});
  if (asked.kind != nullptr && asked.kind->takes_folder) {
    call.reject("/kind", {.zh = "目录只能在命令行导入", .en = "folders are imported on the command line"});
  }
  if (order.map && order.map_yaml) {
    call.reject("/map_yaml", {.zh = "map 与 map_yaml 只能给一个", .en = "give map or map_yaml, not both"});
  }
  if (order.map_yaml && order.map_yaml->size() > kMapMax) {
    call.reject("/map_yaml", {.zh = "映射文件过大", .en = "the map is too large"});
  }
  if (call.has_faults()) return call.refused();
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(auto upload, find_upload(tx, order.upload, call.principal.account));
  if (!upload) {
    call.reject("/upload", {.zh = "没有这个上传的文件，或已过期；请重新上传",
                            .en = "there is no such upload, or it is too old; send the file again"});
    return call.refused();
  }
  asked.upload = std::move(*upload);
  ZH_CHECK(read_map(call, order, asked));
  return asked;
}

// ---- looking

std::string_view name_of(Encoding encoding) { return encoding == Encoding::gb18030 ? "gb18030" : "utf-8"; }

Result<PreviewJson> preview(Call& call, const Centre& centre, const ImportOrderJson& order) {
  ZH_TRY(const Asked asked, read_order(call, centre, order));
  ZH_TRY(const FilePreview preview, preview_file(centre, asked.kind->name, upload_path(centre.dir, asked.upload.ref),
                                                 asked.map ? &*asked.map : nullptr));
  PreviewJson json{.kind = std::string(asked.kind->name),
                   .encoding = std::string(name_of(preview.encoding)),
                   .columns = preview.content.columns};
  for (const auto& row : preview.content.rows) {
    PreviewRowJson& shown = json.rows.emplace_back();
    shown.line = row.line;
    shown.cells = row.cells;
    if (row.problem) shown.problem = row.problem->in(call.language);
  }
  if (preview.content.problem) json.problem = preview.content.problem->in(call.language);
  if (preview.content.guess) {
    json.map = json_of(*preview.content.guess);
    json.map_yaml = contacts::map_yaml(*preview.content.guess);
  }
  return json;
}

// ---- taking in

Status write_map(const std::filesystem::path& path, const std::string& yaml) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << yaml;
  file.close();
  if (file) return {};
  return error(ErrorCode::unavailable, {.zh = "无法保存映射文件", .en = "the map cannot be kept"});
}

Result<http::Created<StartedJson>> start(Call& call, const Serving& serving, const ImportOrderJson& order) {
  const Centre& centre = serving.centre;
  ZH_TRY(const Asked asked, read_order(call, centre, order));
  if (asked.kind->needs_map && !asked.map) {
    call.reject("/map", {.zh = "这种表需要映射", .en = "such a table needs a map"});
    return call.refused();
  }
  ImportOrder payload{.upload = asked.upload.ref,
                      .kind = std::string(asked.kind->name),
                      .name = asked.upload.name,
                      .map = {},
                      .language = call.language};
  if (!asked.map_yaml.empty()) {
    payload.map = sha256(asked.map_yaml);
    ZH_CHECK(write_map(map_path(centre.dir, asked.upload.ref, *payload.map), asked.map_yaml));
  }
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  ZH_TRY(const auto queued, jobs::enqueue(tx,
                                          {.kind = std::string(kImportJob),
                                           .payload = to_json(payload),
                                           .unique_key = "import " + asked.upload.ref,
                                           .account = call.principal.account},
                                          call.now));
  http::Created<StartedJson> started{.value = {.job = queued.ref}, .location = "/api/v1/imports/" + queued.ref};
  ZH_CHECK(idempotency::keep_answer(tx, call, started));
  ZH_CHECK(tx.commit());
  serving.jobs_queued();
  return started;
}

// ---- how far it is

// The result as the job stored it: the counts, or why the file was refused as a whole.
void add_result(ImportStateJson& state, const std::string& stored, Language language) {
  const auto parsed = json::parse(stored);
  if (!parsed.ok()) return;
  if (const json::Value* const problem = parsed->find("problem")) {
    const json::Value* const words = problem->find(language == Language::zh ? "zh" : "en");
    if (words != nullptr && words->text() != nullptr) state.problem = *words->text();
    return;
  }
  ImportedJson result;
  if (http::read_json(stored, result).empty()) state.result = std::move(result);
}

ImportStateJson state_of(const jobs::Job& job, Language language) {
  ImportStateJson state{.job = job.ref,
                        .state = std::string(jobs::name_of(job.state)),
                        .done = job.done,
                        .total = job.total,
                        .note = job.note.in(language),
                        .account = job.account,
                        .created_at = job.created_at};
  if (const auto order = parse_import_order(job.payload); order.ok()) {
    state.kind = order->kind;
    state.file = order->name;
  }
  if (job.error) state.problem = job.error->to_string(language);
  if (job.result) add_result(state, *job.result, language);
  return state;
}

Result<jobs::Job> find_import(db::Transaction& tx, const std::string& ref) {
  ZH_TRY(auto job, jobs::find(tx, ref));
  if (job && job->kind == kImportJob) return std::move(*job);
  return error(ErrorCode::not_found, {.zh = "没有这次导入", .en = "there is no such import"});
}

Result<ImportStateJson> import_state(Call& call, const Centre& centre) {
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(const auto job, find_import(tx, call.path_text("job")));
  return state_of(job, call.language);
}

Result<void> cancel(Call& call, const Serving& serving) {
  ZH_TRY(auto tx, serving.centre.database->write(call.request.stop));
  ZH_TRY(const auto job, find_import(tx, call.path_text("job")));
  ZH_CHECK(jobs::cancel(tx, job.ref, call.now));
  ZH_CHECK(tx.commit());
  serving.jobs_queued();
  return {};
}

// ---- what the wizard asks

Result<std::vector<MapFieldInfoJson>> map_fields() {
  const auto known = contacts::draft_fields();
  std::vector<MapFieldInfoJson> fields;
  fields.reserve(known.size());
  for (const auto& field : known) {
    fields.push_back({.field = std::string(field.field),
                      .label = {.zh = field.label.zh, .en = field.label.en},
                      .required = field.required,
                      .is_time = field.is_time,
                      .is_duration = field.is_duration,
                      .words = field.words});
  }
  return fields;
}

Result<std::vector<NameCountJson>> unknown_members(Call& call, const Centre& centre, const UnknownQuery& query) {
  constexpr int kDaysMax = 366;
  if (query.to < query.from || query.to.days - query.from.days >= kDaysMax) {
    call.reject_parameter("to",
                          {.zh = "应在开始日期之后，最多一年", .en = "expected after the first day, within a year"});
    return call.refused();
  }
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(const auto people, people::load_people(tx));
  ZH_TRY(const auto unknown,
         contacts::unknown_members(tx, {.people = people, .zone = centre.zone}, {query.from, query.to}));
  std::vector<NameCountJson> names;
  names.reserve(unknown.size());
  for (const auto& each : unknown) {
    names.push_back({.name = each.member, .count = each.contacts, .suggestion = each.suggestion});
  }
  return names;
}

void add_sending(http::Site& site, const Serving& serving) {
  Centre& centre = serving.centre;
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/uploads",
       .id = "sendUpload",
       .summary = {.zh = "上传文件，之后预览或导入", .en = "Send a file, to be looked at or taken in"},
       .tag = "imports",
       .access = importers(),
       .body_max = kUploadMax},
      over_whole_centre([&centre](Call& call, const http::Uploaded& sent, const http::Query<UploadQuery>& query) {
        return take_upload(call, centre, sent, *query);
      }));
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/imports/preview",
                     .id = "previewImport",
                     .summary = {.zh = "预览前 20 行", .en = "The first 20 rows and what would be said of them"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([&centre](Call& call, const http::Body<ImportOrderJson>& order) {
                      return preview(call, centre, *order);
                    }));
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/imports",
                     .id = "startImport",
                     .summary = {.zh = "开始导入", .en = "Take an upload in, as a durable job"},
                     .tag = "imports",
                     .access = importers(),
                     .idempotent_create = true},
                    over_whole_centre([serving](Call& call, const http::Body<ImportOrderJson>& order) {
                      return start(call, serving, *order);
                    }));
}

void add_watching(http::Site& site, const Serving& serving) {
  Centre& centre = serving.centre;
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/imports/{job}",
                     .id = "getImport",
                     .summary = {.zh = "导入的进度和结果", .en = "How far an import is, and its result"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([&centre](Call& call) { return import_state(call, centre); }));
  site.router().add({.method = http::Method::del,
                     .path = "/api/v1/imports/{job}",
                     .id = "cancelImport",
                     .summary = {.zh = "取消导入", .en = "Cancel an import"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([serving](Call& call) { return cancel(call, serving); }));
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/imports/map-fields",
                     .id = "listMapFields",
                     .summary = {.zh = "映射可以填写的字段", .en = "The fields a map can fill"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([](Call&) { return map_fields(); }));
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/imports/unknown",
                     .id = "listUnknownMembers",
                     .summary = {.zh = "无人使用的话机标识", .en = "Members that nobody holds"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([&centre](Call& call, const http::Query<UnknownQuery>& query) {
                      return unknown_members(call, centre, *query);
                    }));
}

}  // namespace

http::Access importers() {
  return http::allow({{Role::manager, Scope::centre}, {Role::hr, Scope::centre}, {Role::admin, Scope::centre}},
                     Secrecy::internal)
      .with_token_scope(std::string(kImportScope));
}

void add_import_routes(http::Site& site, const Serving& serving) {
  add_sending(site, serving);
  add_watching(site, serving);
  add_batch_routes(site, serving);
}

}  // namespace zh::app
