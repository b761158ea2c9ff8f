#include "app/server/config.h"

#include <charconv>

#include "app/settings_file.h"
#include "http/proxy.h"
#include "policy/yaml.h"

namespace zh::app {

namespace {

Error bad_endpoint(std::string_view text) {
  const std::string named(text);
  return invalid({.zh = "“" + named + "”应为 地址:端口，例如 127.0.0.1:8080",
                  .en = "\"" + named + "\" is not address:port, as in 127.0.0.1:8080"});
}

Status check_language(const policy::yaml::Entry& entry) {
  if (entry.value.is_scalar() && language_from(entry.value.scalar)) return {};
  return setting_problem(entry.value, {.zh = "language 应为 zh 或 en", .en = "language is zh or en"});
}

Status check_endpoint(const policy::yaml::Entry& entry) {
  const auto endpoint = parse_endpoint(entry.value.scalar);
  if (endpoint.ok()) return {};
  return setting_problem(entry.value, endpoint.error().message);
}

}  // namespace

Status read_server_config(const policy::yaml::Node& node, ServerConfig& config) {
  ZH_CHECK(read_settings(node, {{"listen", checked(check_endpoint, text_into(config.listen))},
                                {"certificate", text_into(config.certificate)},
                                {"key", text_into(config.key)},
                                {"plaintext", flag_into(config.plaintext)},
                                {"proxies", list_into(config.proxies)},
                                {"origins", list_into(config.origins)},
                                {"hsts", flag_into(config.hsts)},
                                {"language", checked(check_language, text_into(config.language))},
                                {"desk", text_into(config.desk)},
                                {"access_log", flag_into(config.access_log)},
                                {"io_threads", number_into(config.io_threads, {1, 64})},
                                {"workers", number_into(config.workers, {0, 1000})},
                                {"job_threads", number_into(config.job_threads, {1, 64})},
                                {"connections", number_into(config.connections, {1, 100'000})},
                                {"connections_per_client", number_into(config.connections_per_client, {0, 100'000})},
                                {"requests_per_second", number_into(config.requests_per_second, {1, 1'000'000})},
                                {"stop_seconds", number_into(config.stop_seconds, {0, 3600})}}));
  if (config.certificate.empty() == config.key.empty()) return {};
  return setting_problem(node, {.zh = "certificate 与 key 须同时给出", .en = "certificate and key go together"});
}

Result<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return bad_endpoint(text);
  std::string_view address = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  if (bracketed) address = address.substr(1, address.size() - 2);
  if (!bracketed && address.find(':') != std::string_view::npos) return bad_endpoint(text);
  Endpoint endpoint{.address = std::string(address == "localhost" ? "127.0.0.1" : address)};
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  const bool whole = problem == std::errc() && end == digits.data() + digits.size();
  if (!whole || !http::parse_address(endpoint.address)) return bad_endpoint(text);
  return endpoint;
}

}  // namespace zh::app
