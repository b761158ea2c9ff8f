#include "app/server/batches_api.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/server/imports_json.h"
#include "app/server/paging.h"
#include "app/server/whole_centre.h"
#include "app/undo_parts.h"
#include "base/source.h"
#include "ledger/pages.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/people/settings.h"

namespace zh::app {

namespace {

using http::Call;
using http::Role;
using http::Scope;

// Undoing takes more away than the one who imported may know of.
http::Access undoers() {
  return http::allow({{Role::manager, Scope::centre}, {Role::admin, Scope::centre}}, Secrecy::internal)
      .with_token_scope(std::string(kImportScope));
}

// ---- batches

BatchJson batch_json(const ledger::Batch& batch) {
  return {.id = std::to_string(batch.id.value),
          .kind = batch.what.kind,
          .file = fmt::format("{}", fmt::join(batch.what.files, " ")),
          .imported_at = batch.what.at,
          .by = batch.what.actor,
          .accepted = batch.what.accepted,
          .rejected = batch.what.rejected,
          .ignored = batch.what.ignored,
          .undone = batch.state == ledger::BatchState::undone};
}

Result<http::Page<BatchJson>> list_batches(Call& call, const Centre& centre, const ListPageQuery& query) {
  const Paging paging(call, "batches", query.cursor, query.limit);
  if (call.has_faults()) return call.refused();
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(auto batches, ledger::batch_page(tx, {paging.number()}, paging.wanted()));
  http::Page<BatchJson> page;
  page.next = paging.cut(batches, [](const ledger::Batch& last) { return std::to_string(last.id.value); });
  for (const auto& batch : batches) page.items.push_back(batch_json(batch));
  return page;
}

Result<UndoneJson> undo(Call& call, const Centre& centre) {
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  ZH_TRY(const auto counts, ledger::undo_batch(tx, {.batch = {call.path<std::int64_t>("batch")},
                                                    .actor = call.principal.account,
                                                    .at = call.now,
                                                    .parts = undo_parts(centre)}));
  ZH_CHECK(tx.commit());
  return UndoneJson{.facts_withdrawn = counts.withdrawn, .facts_restored = counts.added};
}

// ---- rejected rows

class FileStream final : public http::Stream {
 public:
  explicit FileStream(std::unique_ptr<FileSource> file) : file_(std::move(file)) {}
  Result<std::string> next() override {
    std::string block(std::size_t{64} << 10, '\0');
    ZH_TRY(const std::size_t count, file_->read(block));
    block.resize(count);
    return block;
  }

 private:
  std::unique_ptr<FileSource> file_;
};

Error no_such_file() {
  return error(ErrorCode::not_found, {.zh = "没有这个拒收文件", .en = "there is no such file of rejected rows"});
}

// One file of DIR/rejects by its name; a name that is anything but a file's own is none. Reading it is audited: the
// rows hold what they were rejected with.
Result<http::Response> rejects_file(Call& call, const Centre& centre, std::string_view suffix) {
  const std::string name = call.path_text("name");
  const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos &&
                     name.find('\0') == std::string::npos;
  const std::filesystem::path path = centre.dir / "rejects" / (name + std::string(suffix));
  std::error_code problem;
  const auto status = plain ? std::filesystem::symlink_status(path, problem) : std::filesystem::file_status();
  if (!plain || problem || !std::filesystem::is_regular_file(status)) return no_such_file();
  ZH_TRY(auto file, FileSource::open(path));
  ZH_TRY(auto tx, centre.database->write(call.request.stop));
  ZH_TRY(const auto entry, ledger::append_audit(tx, {.at = call.now,
                                                     .actor = call.principal.account,
                                                     .action = "read_rejects",
                                                     .object = "rejects " + path.filename().string(),
                                                     .detail = {}}));
  static_cast<void>(entry);
  ZH_CHECK(tx.commit());
  http::Response response;
  response.headers.set("Content-Type", suffix.empty() ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8");
  response.headers.set("Content-Disposition", http::attachment(path.filename().string()));
  const auto size = file->size();
  response.body = http::StreamBody{.stream = std::make_unique<FileStream>(std::move(file)), .length = size};
  return response;
}

// ---- silence

Result<SilenceJson> silence(Call& call, const Centre& centre) {
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(const auto last, contacts::store::log_end(tx));
  ZH_TRY(const int hours, people::log_silence_hours(tx));
  // A centre without any telephone log is not silent: it has none.
  const bool silent = last && call.now.us - last->us > std::int64_t{hours} * 3600 * 1'000'000;
  return SilenceJson{.silent = silent, .last = last, .hours = hours};
}

}  // namespace

void add_batch_routes(http::Site& site, const Serving& serving) {
  Centre& centre = serving.centre;
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/batches",
                     .id = "listBatches",
                     .summary = {.zh = "导入批次，最新的在前", .en = "Batches of imports, newest first"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([&centre](Call& call, const http::Query<ListPageQuery>& query) {
                      return list_batches(call, centre, *query);
                    }));
  site.router().add({.method = http::Method::del,
                     .path = "/api/v1/batches/{batch:int}",
                     .id = "undoBatch",
                     .summary = {.zh = "撤销批次", .en = "Undo a batch"},
                     .tag = "imports",
                     .access = undoers(),
                     .rate = http::RateClass::heavy},
                    over_whole_centre([&centre](Call& call) { return undo(call, centre); }));
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/rejects/{name}",
       .id = "getRejects",
       .summary = {.zh = "被拒收的行，修改后可再导入", .en = "Rejected rows, to be mended and imported again"},
       .tag = "imports",
       .access = importers(),
       .rate = http::RateClass::heavy,
       .answers = "text/csv"},
      over_whole_centre([&centre](Call& call) { return rejects_file(call, centre, ""); }));
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/rejects/{name}/reasons",
                     .id = "getRejectReasons",
                     .summary = {.zh = "拒收的原因，逐行", .en = "Why each row was rejected"},
                     .tag = "imports",
                     .access = importers(),
                     .answers = "text/plain"},
                    over_whole_centre([&centre](Call& call) { return rejects_file(call, centre, ".reasons"); }));
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/imports/silence",
                     .id = "getSilence",
                     .summary = {.zh = "话务日志是否已静默", .en = "Whether the telephone log has fallen silent"},
                     .tag = "imports",
                     .access = importers()},
                    over_whole_centre([&centre](Call& call) { return silence(call, centre); }));
}

}  // namespace zh::app
