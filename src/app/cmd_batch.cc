// zhiheng batch list --data DIR [--limit N]
// zhiheng batch undo ID --data DIR
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/table.h"
#include "app/undo_parts.h"
#include "base/json.h"
#include "ledger/batches.h"

namespace zh::app {

namespace {

struct BatchOptions {
  std::string data;
  std::int64_t limit = 100;
  std::int64_t id = 0;
};

Text state_text(ledger::BatchState state) {
  return state == ledger::BatchState::living ? Text{.zh = "有效", .en = "living"}
                                             : Text{.zh = "已撤销", .en = "undone"};
}

json::Value batch_json(const ledger::Batch& batch, const Zone& zone) {
  json::Array files;
  for (const std::string& file : batch.what.files) files.emplace_back(file);
  return json::Object{{"id", batch.id.value},
                      {"kind", batch.what.kind},
                      {"state", name_of(batch.state)},
                      {"at", zone.format(batch.what.at)},
                      {"actor", batch.what.actor},
                      {"files", std::move(files)},
                      {"accepted", batch.what.accepted},
                      {"rejected", batch.what.rejected},
                      {"ignored", batch.what.ignored}};
}

Status list_batches(Session& session, const BatchOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const auto batches, ledger::list_batches(tx, options.limit));
  if (session.json) {
    json::Array list;
    for (const auto& batch : batches) list.push_back(batch_json(batch, centre.zone));
    session.print(json::pretty(json::Object{{"batches", std::move(list)}}));
    return {};
  }
  TextTable table({{session.say({.zh = "批次", .en = "batch"}), Align::right},
                   {session.say({.zh = "种类", .en = "kind"})},
                   {session.say({.zh = "状态", .en = "state"})},
                   {session.say({.zh = "时间", .en = "time"})},
                   {session.say({.zh = "接受", .en = "accepted"}), Align::right},
                   {session.say({.zh = "拒收", .en = "rejected"}), Align::right},
                   {session.say({.zh = "操作者", .en = "by"})},
                   {session.say({.zh = "文件", .en = "files"})}});
  for (const auto& batch : batches) {
    table.add({std::to_string(batch.id.value), batch.what.kind, session.say(state_text(batch.state)),
               centre.zone.format(batch.what.at), std::to_string(batch.what.accepted),
               std::to_string(batch.what.rejected), batch.what.actor,
               fmt::format("{}", fmt::join(batch.what.files, " "))});
  }
  session.print(table.to_string());
  return {};
}

Status undo_batch(Session& session, const BatchOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->write());
  const ledger::BatchId id{options.id};
  ZH_TRY(const ledger::FactCounts counts,
         ledger::undo_batch(tx, {.batch = id, .actor = centre.actor, .at = system_now(), .parts = undo_parts(centre)}));
  ZH_TRY(const ledger::Batch batch, ledger::find_batch(tx, id));
  ZH_CHECK(tx.commit());
  if (session.json) {
    session.print(json::pretty(json::Object{{"batch", batch_json(batch, centre.zone)},
                                            {"facts_withdrawn", counts.withdrawn},
                                            {"facts_restored", counts.added}}));
    return {};
  }
  session.print(session.say({.zh = fmt::format("批次 {}（{}）已撤销：撤下事实 {} 条，恢复先前的事实 {} 条\n", id.value,
                                               batch.what.kind, counts.withdrawn, counts.added),
                             .en = fmt::format("batch {} ({}) is undone: {} facts withdrawn, {} "
                                               "former facts restored\n",
                                               id.value, batch.what.kind, counts.withdrawn, counts.added)}));
  return {};
}

}  // namespace

void add_batch(CLI::App& program, Session& session) {
  const auto options = std::make_shared<BatchOptions>();
  auto& batch = *program.add_subcommand(
      "batch", session.say({.zh = "列出或撤销导入批次", .en = "list the batches of imports, or undo one"}));
  batch.require_subcommand(1);

  const auto add = [&](const char* name, const Text& text, Status (*run)(Session&, const BatchOptions&)) -> CLI::App& {
    auto& command = with_common_options(*batch.add_subcommand(name, session.say(text)), session);
    add_data_option(command, session, options->data);
    command.callback([&session, options, run] { session.end(run(session, *options)); });
    return command;
  };

  add("list", {.zh = "最新的在前", .en = "newest first"}, list_batches)
      .add_option("--limit", options->limit,
                  session.say({.zh = "最多列出几个（默认 100）", .en = "at most so many (100)"}))
      ->check(CLI::PositiveNumber);
  add("undo",
      {.zh = "撤销一个批次：它所陈述而别的批次没有陈述的内容不再有效；已结账期"
             "间的内容不能撤销",
       .en = "take back what this batch and no other states; refused where a "
             "closed period depends on it"},
      undo_batch)
      .add_option("ID", options->id, session.say({.zh = "批次号", .en = "number of the batch"}))
      ->required()
      ->check(CLI::PositiveNumber);
}

}  // namespace zh::app
