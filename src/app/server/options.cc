#include "app/server/options.h"

#include <system_error>

namespace zh::app {

namespace fs = std::filesystem;

Status make_private_folder(const fs::path& folder) {
  std::error_code problem;
  if (fs::create_directories(folder, problem)) fs::permissions(folder, fs::perms::owner_all, problem);
  if (!problem) return {};
  return error(ErrorCode::unavailable,
               {.zh = "无法建立目录：" + problem.message(), .en = "cannot make the directory: " + problem.message()},
               {.file = folder.string()});
}

Result<http::ServerOptions> server_options(const fs::path& dir, const ServerConfig& config) {
  ZH_TRY(const Endpoint endpoint, parse_endpoint(config.listen));
  http::ServerOptions options;
  options.address = endpoint.address;
  options.port = endpoint.port;
  if (!config.certificate.empty()) {
    options.tls = http::TlsFiles{.certificate = dir / config.certificate, .key = dir / config.key};
  }
  options.allow_plaintext = config.plaintext;
  options.trusted_proxies = config.proxies;
  options.io_threads = config.io_threads;
  options.workers = config.workers;
  options.upload_folder = dir / "uploads";
  options.limits.connections = static_cast<std::size_t>(config.connections);
  options.limits.connections_per_client = static_cast<std::size_t>(config.connections_per_client);
  options.limits.stop_time = std::chrono::seconds(config.stop_seconds);
  ZH_CHECK(make_private_folder(options.upload_folder));
  return options;
}

http::SiteOptions site_options(const ServerConfig& config) {
  http::SiteOptions options;
  options.language = language_from(config.language).value_or(Language::zh);
  options.origins = config.origins;
  options.rate.per_second = config.requests_per_second;
  options.rate.burst = 4.0 * config.requests_per_second;
  // One sign-in a second at the default of 50: an office behind one address comes in within minutes, and guessing is
  // slowed down per account besides.
  options.sign_in_rate = {.per_second = config.requests_per_second / 50.0, .burst = 30};
  options.hsts = config.hsts;
  options.version = ZH_VERSION;
  return options;
}

}  // namespace zh::app
