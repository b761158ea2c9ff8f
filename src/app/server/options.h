// How the settings of zhiheng.yaml become what the server and the site are started with.
#pragma once

#include <filesystem>

#include "app/server/config.h"
#include "http/server.h"

namespace zh::app {

// A folder of the owner's alone, unless it is there already. Fails (unavailable).
Status make_private_folder(const std::filesystem::path& folder);

// Makes DIR/uploads. Fails: invalid (the address), unavailable (the folder).
Result<http::ServerOptions> server_options(const std::filesystem::path& dir, const ServerConfig& config);
http::SiteOptions site_options(const ServerConfig& config);

}  // namespace zh::app
