// zhiheng work --data DIR: runs the centre's jobs and nothing else, until it is asked to end. On PostgreSQL any number
// of these run beside the servers, on any hosts that see the data directory.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/server/signals.h"
#include "app/server/workers.h"

namespace zh::app {

namespace {

Status work(Session& session, const std::string& data) {
  EndSignals signals;
  ZH_TRY(const CentreConfig config, read_centre_config(data));
  ZH_TRY(Centre centre, open_centre(data, config));
  ZH_TRY(const auto runner, make_runner(centre, config.server));
  runner->start();
  session.note({.zh = fmt::format("正在处理 {} 的任务；按 Ctrl-C 结束", data),
                .en = fmt::format("working on the jobs of {}; Ctrl-C ends it", data)});
  signals.wait();
  runner->stop();
  return {};
}

}  // namespace

void add_work(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand(
          "work", session.say({.zh = "只处理任务，不提供网页", .en = "run the centre's jobs without a server"})),
      session);
  const auto data = std::make_shared<std::string>();
  command.add_option("--data", *data, session.say({.zh = "数据目录", .en = "the data directory"}))->required();
  command.callback([&session, data] { session.end(work(session, *data)); });
}

}  // namespace zh::app
