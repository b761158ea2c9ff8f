// zhiheng init --data DIR [--pack DIR] [--demo] [--database postgresql://…] [--schema NAME]
//
// zhiheng.yaml is written last: an init that was killed leaves a directory in which init can be run again.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <system_error>
#include <thread>

#include "app/commands.h"
#include "app/content.h"
#include "app/demo/demo.h"
#include "app/demo/inspected_weeks.h"
#include "app/import.h"
#include "app/packs.h"
#include "base/json.h"
#include "policy/sources.h"
#include "rooms/inspection/inspection.h"
#include "rooms/people/settings.h"
#include "rooms/policies/known_packs.h"
#include "rooms/policies/policies.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

struct InitOptions {
  std::string data;
  std::string pack;
  std::string database = "sqlite";
  std::string schema = "zhiheng";
  bool demo = false;
};

struct Made {
  std::string pack;
  Hash version;
  std::vector<ImportRun::Outcome> demo;
};

Status make_directory(const fs::path& dir) {
  std::error_code problem;
  if (fs::exists(dir / "zhiheng.yaml", problem)) {
    return error(
        ErrorCode::conflict,
        {.zh = "这里已经有一个中心；换一个目录", .en = "there is a centre here already; choose another directory"},
        {.file = (dir / "zhiheng.yaml").string()});
  }
  if (fs::is_directory(dir, problem)) return {};
  fs::create_directories(dir, problem);
  if (problem) {
    return error(ErrorCode::unavailable,
                 {.zh = "无法建立目录：" + problem.message(), .en = "cannot make the directory: " + problem.message()},
                 {.file = dir.string()});
  }
  fs::permissions(dir, fs::perms::owner_all, problem);
  return {};
}

// Publishes the pack for all days, unless the centre has packs already: a database that other machines use, or an init
// that was killed.
Status publish(Centre& centre, const InitOptions& options, Made& made) {
  ZH_TRY(auto tx, centre.database->write());
  ZH_TRY(auto known, policies::publications(tx));
  if (known.empty()) {
    fs::path folder = options.pack;
    if (folder.empty()) {
      ZH_TRY(folder, default_pack());
    }
    ZH_TRY(const auto sources, policy::read_sources(folder));
    ZH_TRY(const auto published, policies::publish(tx, sources,
                                                   {.effective_from = people::kAlways,
                                                    .now = system_now(),
                                                    .actor = centre.actor,
                                                    .closed_until = {},
                                                    .load = pack_load_options()}));
    known.push_back(published);
  }
  made.pack = known.back().pack;
  made.version = known.back().version;
  return tx.commit();
}

const ImportKind* kind_named(std::string_view name) {
  for (const auto& kind : import_kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

Status take_in(Session& session, Centre& centre, const std::vector<demo::DemoFile>& files, Made& made) {
  for (const auto& file : files) {
    const ImportKind* const kind = kind_named(file.kind);
    if (kind == nullptr) continue;
    ZH_TRY(auto outcome, import_file(session, centre, *kind, file.path));
    made.demo.push_back(std::move(outcome));
  }
  return {};
}

// What checks find in what was said, so that inspectors have something to judge.
Status check_conversations(Centre& centre) {
  ZH_TRY(const vault::Keys keys, content_keys(centre));
  const inspection::Order order{.offered = inspection::kAllTime,
                                .threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U)),
                                .now = system_now()};
  policies::KnownPacks packs;
  const auto pack_on = [&](Date day) -> Result<policies::PackPtr> {
    ZH_TRY(auto tx, centre.database->read());
    return packs.pack_on(tx, day);
  };
  ZH_CHECK(inspection::inspect(*centre.database, keys, centre.zone, order, pack_on, [](std::int64_t) {}));
  return {};
}

// What happened and which records were drawn, what was said in them, what checks find in it, and what the inspectors
// made of it all.
Status take_demo_in(Session& session, Centre& centre, Made& made) {
  ZH_TRY(const auto files, demo::write_files(centre.dir / "demo"));
  ZH_CHECK(take_in(session, centre, files, made));
  ZH_TRY(const auto drawn, demo::draw_inspected_weeks(centre));
  ZH_TRY(const auto records, demo::write_records(centre.dir / "demo", drawn));
  ZH_CHECK(take_in(session, centre, records, made));
  ZH_CHECK(check_conversations(centre));
  return demo::work_inspected_weeks(centre);
}

Result<Made> init(Session& session, const InitOptions& options) {
  const fs::path dir = options.data;
  const CentreConfig config{.database = options.database, .schema = options.schema};
  ZH_CHECK(make_directory(dir));
  ZH_TRY(Centre centre, open_centre(dir, config));
  ZH_TRY([[maybe_unused]] const vault::Keys keys, content_keys(centre));
  Made made;
  ZH_CHECK(publish(centre, options, made));
  if (options.demo) ZH_CHECK(take_demo_in(session, centre, made));
  ZH_CHECK(write_centre_config(dir, config));
  return made;
}

void report(Session& session, const InitOptions& options, const Made& made) {
  if (session.json) {
    json::Array files;
    for (const auto& outcome : made.demo) {
      files.push_back(json::Object{{"file", outcome.file},
                                   {"rows", outcome.tally.rows},
                                   {"accepted", outcome.tally.accepted},
                                   {"rejected", outcome.tally.rejected}});
    }
    session.print(json::pretty(json::Object{{"data", options.data},
                                            {"pack", made.pack},
                                            {"pack_version", made.version.hex()},
                                            {"demo", options.demo ? json::Value(std::move(files)) : json::Value()}}));
    return;
  }
  std::string out =
      session.say({.zh = fmt::format("中心已建立：{}，规章包 {}\n", options.data, made.pack),
                   .en = fmt::format("made a centre in {} under the pack {}\n", options.data, made.pack)});
  for (const auto& outcome : made.demo) {
    out += session.say({.zh = fmt::format("  {}：{} 行\n", outcome.file, outcome.tally.rows),
                        .en = fmt::format("  {}: {} rows\n", outcome.file, outcome.tally.rows)});
  }
  session.print(out);
}

void run_init(Session& session, const InitOptions& options) {
  const auto made = init(session, options);
  if (!made.ok()) {
    session.fail(made.error());
    return;
  }
  report(session, options, *made);
  for (const auto& outcome : made->demo) {
    if (session.exit == exit_done && outcome.tally.rejected > 0) session.exit = exit_some_rejected;
  }
}

}  // namespace

void add_init(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("init", session.say({.zh = "建立一个中心（数据目录和数据库）",
                                                   .en = "make a centre: its data directory and its database"})),
      session);
  const auto options = std::make_shared<InitOptions>();
  command
      .add_option("--data", options->data,
                  session.say({.zh = "数据目录；不存在则建立", .en = "the data directory; made when missing"}))
      ->required();
  command.add_option(
      "--pack", options->pack,
      session.say({.zh = "规章包目录；默认 policies/standard", .en = "the policy pack; default: policies/standard"}));
  command.add_option(
      "--database", options->database,
      session.say({.zh = "sqlite（默认）或 postgresql://…", .en = "sqlite (the default) or postgresql://…"}));
  command.add_option("--schema", options->schema,
                     session.say({.zh = "PostgreSQL 的 schema", .en = "the schema on PostgreSQL"}));
  command.add_flag("--demo", options->demo,
                   session.say({.zh = "生成并导入演示数据", .en = "with a demo centre's data, made up and imported"}));
  command.callback([&session, options] { run_init(session, *options); });
}

}  // namespace zh::app
