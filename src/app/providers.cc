#include "app/providers.h"

#include <algorithm>

#include "app/address_setting.h"
#include "app/settings_file.h"
#include "outbound/this_host.h"
#include "policy/yaml.h"

namespace zh::app {

using policy::yaml::Node;
using recognition::CommandOptions;
using recognition::EndpointOptions;

Status read_transcription(const Node& node, TranscriptionSettings& settings) {
  EndpointOptions endpoint;
  CommandOptions command;
  std::string address;
  int timeout_seconds = 600;
  ZH_CHECK(read_settings(node, {{"endpoint", checked(check_address, text_into(address))},
                                {"model", text_into(endpoint.model)},
                                {"api_key", text_into(endpoint.api_key)},
                                {"language", text_into(endpoint.language)},
                                {"command", list_into(command.arguments)},
                                {"memory_mb", number_into(command.memory_mb, {64, 1'000'000})},
                                {"timeout_seconds", number_into(timeout_seconds, {1, 86'400})},
                                {"attempts", number_into(settings.limits.attempts, {1, 100})},
                                {"minutes_per_day", number_into(settings.limits.minutes_per_day, {0, 10'000'000})},
                                {"requests_per_day", number_into(settings.limits.requests_per_day, {0, 100'000'000})},
                                {"consent", text_into(settings.consent)}}));
  if (address.empty() == command.arguments.empty()) {
    return setting_problem(node, {.zh = "transcription 需要 endpoint 或 command 之一",
                                  .en = "transcription has either an endpoint or a command"});
  }
  if (!command.arguments.empty()) {
    command.timeout_seconds = timeout_seconds;
    if (!command.arguments.front().starts_with('/')) {
      return setting_problem(node,
                             {.zh = "command 的程序须写绝对路径", .en = "the command's program is an absolute path"});
    }
    settings.by = std::move(command);
    return {};
  }
  if (endpoint.model.empty()) return setting_problem(node, {.zh = "缺少 model", .en = "model is missing"});
  endpoint.timeout_seconds = timeout_seconds;
  ZH_TRY(endpoint.address, outbound::parse_address(address));
  settings.by = std::move(endpoint);
  return {};
}

Status check_transcription(const TranscriptionSettings& settings, const outbound::Allowed& allowed) {
  const auto* const endpoint = std::get_if<EndpointOptions>(&settings.by);
  if (endpoint == nullptr) return {};
  ZH_CHECK(outbound::check_allowed(allowed, endpoint->address));
  if (outbound::is_this_host(endpoint->address) || !settings.consent.empty()) return {};
  return invalid({.zh = "录音将发往另一台主机：请在 transcription: consent 写明客户同意记录在何处",
                  .en =
                      "recordings would go to another machine: say in transcription: consent where customers' consent "
                      "is recorded"});
}

std::string* secret_of(TranscriptionSettings& settings) {
  auto* const endpoint = std::get_if<EndpointOptions>(&settings.by);
  return endpoint == nullptr ? nullptr : &endpoint->api_key;
}

std::unique_ptr<recognition::Transcriber> new_transcriber(const TranscriptionSettings& settings,
                                                          const outbound::Allowed& allowed) {
  if (const auto* const command = std::get_if<CommandOptions>(&settings.by)) {
    return std::make_unique<recognition::Command>(*command);
  }
  return std::make_unique<recognition::Endpoint>(std::get<EndpointOptions>(settings.by), allowed);
}

}  // namespace zh::app
