// zhiheng import KIND FILE… --data DIR [--map MAP.yaml]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "app/commands.h"
#include "app/import.h"
#include "app/options.h"
#include "base/json.h"

namespace zh::app {

namespace {

struct ImportOptions {
  std::string kind;
  std::vector<std::string> files;
  std::string data;
  std::string map;
};

json::Value or_null(const std::string& text) { return text.empty() ? json::Value() : json::Value(text); }

json::Object tally_json(const ImportTally& tally) {
  return {{"rows", tally.rows},
          {"accepted", tally.accepted},
          {"unchanged", tally.unchanged},
          {"rejected", tally.rejected},
          {"ignored", tally.ignored}};
}

json::Array unknown_json(const std::vector<UnknownName>& names) {
  json::Array list;
  for (const auto& each : names) {
    list.push_back(json::Object{{"name", each.name}, {"count", each.count}, {"suggestion", or_null(each.suggestion)}});
  }
  return list;
}

// The same names of several files, counts added up; in the order of their names.
std::vector<UnknownName> together(const std::vector<ImportRun::Outcome>& outcomes,
                                  std::vector<UnknownName> ImportRun::Outcome::* which) {
  std::map<std::string, UnknownName> by_name;
  for (const auto& outcome : outcomes) {
    for (const auto& each : outcome.*which) {
      auto& sum = by_name.try_emplace(each.name, UnknownName{.name = each.name, .suggestion = {}}).first->second;
      sum.count += each.count;
      sum.suggestion = each.suggestion;
    }
  }
  std::vector<UnknownName> names;
  for (auto& [name, sum] : by_name) names.push_back(std::move(sum));
  return names;
}

ImportTally total(const std::vector<ImportRun::Outcome>& outcomes) {
  ImportTally sum;
  for (const auto& outcome : outcomes) sum += outcome.tally;
  return sum;
}

std::string summary_json(const Session& session, const ImportOptions& options,
                         const std::vector<ImportRun::Outcome>& outcomes, const std::optional<Error>& failed) {
  json::Object document{{"kind", options.kind}};
  for (auto& member : tally_json(total(outcomes))) document.push_back(std::move(member));
  json::Array files;
  for (const auto& outcome : outcomes) {
    json::Object file{{"file", outcome.file},
                      {"batch", outcome.batch ? json::Value(outcome.batch->value) : json::Value()}};
    for (auto& member : tally_json(outcome.tally)) file.push_back(std::move(member));
    file.push_back({"rejects_file", or_null(outcome.rejects_file)});
    json::Array notes;
    for (const auto& note : outcome.notes) notes.push_back(session.say(note));
    file.push_back({"notes", std::move(notes)});
    files.push_back(std::move(file));
  }
  document.push_back({"files", std::move(files)});
  document.push_back({"unknown_members", unknown_json(together(outcomes, &ImportRun::Outcome::unknown_members))});
  document.push_back({"unknown_queues", unknown_json(together(outcomes, &ImportRun::Outcome::unknown_queues))});
  document.push_back({"error", failed ? json::Value(failed->to_string(session.language)) : json::Value()});
  return json::pretty(document);
}

Text tally_text(const ImportTally& tally) {
  return {.zh = fmt::format("{} 行：新增或变更 {}，无变化 {}，拒收 {}，忽略 {}", tally.rows, tally.accepted,
                            tally.unchanged, tally.rejected, tally.ignored),
          .en = fmt::format("{} rows: {} new or changed, {} unchanged, {} rejected, {} ignored", tally.rows,
                            tally.accepted, tally.unchanged, tally.rejected, tally.ignored)};
}

void append_unknown(std::string& out, const Session& session, const std::vector<UnknownName>& names,
                    const Text& title) {
  if (names.empty()) return;
  out += session.say(title) + "\n";
  for (const auto& each : names) {
    const Text hint = each.suggestion.empty() ? Text{}
                                              : Text{.zh = fmt::format("，是否指 {}？", each.suggestion),
                                                     .en = fmt::format(", perhaps {}?", each.suggestion)};
    out += fmt::format("  {}  × {}{}\n", each.name, each.count, session.say(hint));
  }
}

std::string summary_text(const Session& session, const std::vector<ImportRun::Outcome>& outcomes) {
  std::string out;
  for (const auto& outcome : outcomes) {
    out += fmt::format("{}: {}\n", outcome.file, session.say(tally_text(outcome.tally)));
    if (outcome.batch) {
      out += session.say({.zh = fmt::format("  批次 {}\n", outcome.batch->value),
                          .en = fmt::format("  batch {}\n", outcome.batch->value)});
    }
    for (const auto& note : outcome.notes) out += "  " + session.say(note) + "\n";
    if (!outcome.rejects_file.empty()) {
      out += session.say({.zh = fmt::format("  拒收的行保存在 {}\n", outcome.rejects_file),
                          .en = fmt::format("  the rejected rows are kept in {}\n", outcome.rejects_file)});
    }
  }
  append_unknown(out, session, together(outcomes, &ImportRun::Outcome::unknown_members),
                 {.zh = "无人使用的成员名（为相应人员登记 phone_ids 后即归入其名下）：",
                  .en = "members that nobody holds (their contacts join a person once a phone id is added):"});
  append_unknown(out, session, together(outcomes, &ImportRun::Outcome::unknown_queues),
                 {.zh = "未知队列：", .en = "unknown queues:"});
  return out;
}

Status import_files(Session& session, const ImportOptions& options, const ImportKind& kind,
                    std::vector<ImportRun::Outcome>& outcomes) {
  ZH_TRY(Centre centre, open_centre(options.data));
  for (const auto& file : options.files) {
    ZH_TRY(auto outcome, import_file(session, centre, kind, file, options.map));
    outcomes.push_back(std::move(outcome));
  }
  return {};
}

void run_import(Session& session, const ImportOptions& options) {
  const auto kinds = import_kinds();
  const ImportKind& kind = *std::ranges::find(kinds, options.kind, &ImportKind::name);
  std::vector<ImportRun::Outcome> outcomes;
  const Status status = import_files(session, options, kind, outcomes);
  const auto failed = status.ok() ? std::nullopt : std::optional(status.error());
  session.print(session.json ? summary_json(session, options, outcomes, failed) : summary_text(session, outcomes));
  if (failed) {
    session.fail(*failed);
  } else if (session.exit == exit_done && total(outcomes).rejected > 0) {
    session.exit = exit_some_rejected;
  }
}

void check_usage(const Session& session, const ImportOptions& options) {
  const auto kinds = import_kinds();
  const ImportKind& kind = *std::ranges::find(kinds, options.kind, &ImportKind::name);
  if (!options.map.empty() && !kind.takes_map) {
    throw CLI::ValidationError("--map", session.say({.zh = fmt::format("{} 不使用映射文件", kind.name),
                                                     .en = fmt::format("{} takes no map", kind.name)}));
  }
  if (options.map.empty() && kind.needs_map) {
    throw CLI::ValidationError("--map", session.say({.zh = fmt::format("{} 需要映射文件：--map MAP.yaml", kind.name),
                                                     .en = fmt::format("{} needs a map: --map MAP.yaml", kind.name)}));
  }
}

}  // namespace

Result<ImportRun::Outcome> import_file(Session& session, Centre& centre, const ImportKind& kind,
                                       const std::filesystem::path& file, const std::filesystem::path& map) {
  ImportRun run(session, centre, kind.name, file);
  if (!map.empty()) run.use_map(map);
  return import_with(kind, run);
}

Result<ImportRun::Outcome> import_with(const ImportKind& kind, ImportRun& run) {
  ZH_CHECK(kind.takes_folder ? run.open_folder() : run.open());
  auto status = kind.run(run);
  if (!status.ok()) {
    Error problem = std::move(status).error();
    if (problem.place.file.empty()) problem.place.file = run.file();
    return problem;
  }
  // A file of which nothing is taken has no commit before which this would have been done.
  ZH_CHECK(run.keep_rejects());
  return run.outcome();
}

void add_import(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("import", session.say({.zh = "导入文件；每个文件是一个可撤销的批次",
                                                     .en = "take files in; each is a batch that can be undone"})),
      session);
  const auto options = std::make_shared<ImportOptions>();
  std::vector<std::string> names;
  std::string listed;
  for (const auto& kind : import_kinds()) {
    names.emplace_back(kind.name);
    listed += fmt::format("{}{} ({})", listed.empty() ? "" : ", ", kind.name, session.say(kind.label));
  }
  command.add_option("KIND", options->kind, listed)->required()->check(CLI::IsMember(names));
  command
      .add_option("FILE", options->files,
                  session.say({.zh = "文件；recordings 为目录", .en = "files; folders for recordings"}))
      ->required();
  add_data_option(command, session, options->data);
  command.add_option("--map", options->map,
                     session.say({.zh = "映射文件：csv 的各列（必需），queue-log 与 cdr 的队列所属产品",
                                  .en = "a map: of the columns for csv (required), of queues to products for queue-log "
                                        "and cdr"}));
  command.callback([&session, options] {
    check_usage(session, *options);
    run_import(session, *options);
  });
}

}  // namespace zh::app
