// What every command is given: the language to speak, whether to print JSON, where to print.
#pragma once

#include <string_view>

#include "app/cli.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace zh::app {

struct Session {
  Language language = Language::en;
  bool json = false;
  ExitCode exit = exit_done;

  const std::string& say(const Text& text) const { return text.in(language); }
  // Results: one write to stdout. A full disk or closed pipe ends the command with exit_failed.
  void print(std::string_view text);
  // Notes and warnings: one line on stderr.
  void note(const Text& text) const;
  // Reports the error on stderr and makes the command end with exit_failed.
  void fail(const Error& error);
  // The end of a command: fails it when the status is an error.
  void end(const Status& status) {
    if (!status.ok()) fail(status.error());
  }
};

// Adds `--json` and `--lang` to a command and gives back the command, for chaining.
CLI::App& with_common_options(CLI::App& command, Session& session);

}  // namespace zh::app
