// The command line: `zhiheng COMMAND …`. Every command lives in a file cmd_<name>.cc of its own and is listed in
// commands.h. Results go to stdout, everything else to stderr.
#pragma once

namespace zh::app {

// Exit codes, as scripts rely on them (DESIGN: command line).
enum ExitCode : int {
  exit_done = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_some_rejected = 3,  // done, but some input was rejected; the rest is in
};

// Runs one command and returns its exit code. Never throws.
int run(int argc, const char* const* argv);

}  // namespace zh::app
