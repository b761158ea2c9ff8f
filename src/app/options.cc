#include "app/options.h"

#include <CLI/CLI.hpp>

#include "app/session.h"
#include "base/calendar.h"

namespace zh::app {

void add_data_option(CLI::App& command, const Session& session, std::string& folder) {
  command.add_option("--data", folder, session.say({.zh = "中心的数据目录", .en = "the centre's data directory"}))
      ->required();
}

void add_period_option(CLI::App& command, const Session& session, std::string& month) {
  command.add_option("--period", month, session.say({.zh = "月份，如 2026-10", .en = "the month, e.g. 2026-10"}))
      ->required()
      ->check([&session](const std::string& text) {
        const auto parsed = Month::parse(text);
        return parsed.ok() ? std::string() : parsed.error().message.in(session.language);
      });
}

}  // namespace zh::app
