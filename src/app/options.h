// Options that several commands have, so that they read and behave alike.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace zh::app {

struct Session;

// --data DIR, required: the centre's data directory. `folder` lives as long as the command.
void add_data_option(CLI::App& command, const Session& session, std::string& folder);

// --period 2026-10, required; refused (wrong usage) where it is no month. `month` lives as long as the command.
void add_period_option(CLI::App& command, const Session& session, std::string& month);

}  // namespace zh::app
