// zhiheng version
#include <CLI/CLI.hpp>

#include "app/commands.h"

namespace zh::app {

void add_version(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("version", session.say({.zh = "版本号", .en = "the version"})), session);
  command.callback(
      [&session] { session.print(session.json ? "{\"version\":\"" ZH_VERSION "\"}\n" : ZH_VERSION "\n"); });
}

}  // namespace zh::app
