#include "app/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "app/commands.h"
#include "app/content_commands.h"

namespace zh::app {

namespace {

// The language must be known before the options are described, so it is looked for ahead of parsing: --lang, then the
// environment as POSIX orders it.
Language spoken_language(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    std::string_view tag;
    if (argument.starts_with("--lang=")) tag = argument.substr(7);
    if (argument == "--lang" && i + 1 < argc) tag = argv[i + 1];
    if (const auto language = language_from(tag); language && !tag.empty()) return *language;
  }
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    if (value == nullptr || *value == '\0') continue;
    return language_from(value).value_or(Language::en);
  }
  return Language::en;
}

void add_commands(CLI::App& program, Session& session) {
  add_init(program, session);
  add_serve(program, session);
  add_work(program, session);
  add_recordings(program, session);
  add_transcribe(program, session);
  add_judge(program, session);
  add_keys(program, session);
  add_openapi(program, session);
  add_import(program, session);
  add_metrics(program, session);
  add_analyse(program, session);
  add_inspect(program, session);
  add_batch(program, session);
  add_centre(program, session);
  add_rebuild(program, session);
  add_close(program, session);
  add_why(program, session);
  add_feel(program, session);
  add_verify(program, session);
  add_sample(program, session);
  add_policy(program, session);
  add_version(program, session);
  add_dmn(program, session);
  add_user(program, session);
  program.require_subcommand(1);
  program.add_option("--lang", session.say({.zh = "输出语言：zh 或 en", .en = "language of the output: zh or en"}))
      ->check(CLI::IsMember({"zh", "en"}));
}

int usage_error(const Session& session, const CLI::ParseError& problem) {
  fmt::print(stderr, "{}: {}\n{}\n", session.say({.zh = "用法错误", .en = "wrong usage"}), problem.what(),
             session.say({.zh = "用 --help 查看用法", .en = "run with --help to see the usage"}));
  return exit_usage;
}

}  // namespace

void Session::print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    fail(error(ErrorCode::unavailable, {.zh = "无法写到标准输出", .en = "cannot write to standard output"}));
  }
}

void Session::note(const Text& text) const { fmt::print(stderr, "{}\n", say(text)); }

void Session::fail(const Error& error) {
  fmt::print(stderr, "{}\n", error.to_string(language));
  exit = exit_failed;
}

CLI::App& with_common_options(CLI::App& command, Session& session) {
  command.add_flag("--json", session.json,
                   session.say({.zh = "以一个 JSON 文档输出", .en = "print one JSON document"}));
  command.add_option("--lang", session.say({.zh = "输出语言：zh 或 en", .en = "language of the output: zh or en"}))
      ->check(CLI::IsMember({"zh", "en"}))
      ->expected(1);
  return command;
}

int run(int argc, const char* const* argv) {
  Session session;
  session.language = spoken_language(argc, argv);
  CLI::App program(session.say({.zh = "质衡：把呼叫中心的规章变成可解释的结果",
                                .en = "Zhiheng: a contact centre's regulations, carried out and explained"}),
                   "zhiheng");
  try {
    add_commands(program, session);
    program.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return program.exit(problem);
    return usage_error(session, problem);
  } catch (const std::exception& problem) {
    session.fail(error(ErrorCode::internal, verbatim(problem.what())));
  }
  return session.exit;
}

}  // namespace zh::app
