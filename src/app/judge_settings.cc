#include "app/judge_settings.h"

#include "app/address_setting.h"
#include "app/settings_file.h"
#include "outbound/this_host.h"
#include "policy/yaml.h"

namespace zh::app {

using policy::yaml::Node;

Status read_judge(const Node& node, JudgeSettings& settings) {
  std::string address;
  ZH_CHECK(read_settings(node, {{"endpoint", checked(check_address, text_into(address))},
                                {"model", text_into(settings.judge.model)},
                                {"api_key", text_into(settings.judge.api_key)},
                                {"answer_tokens", number_into(settings.judge.answer_tokens, {100, 100'000})},
                                {"timeout_seconds", number_into(settings.judge.timeout_seconds, {1, 86'400})},
                                {"attempts", number_into(settings.limits.attempts, {1, 100})},
                                {"contacts_per_day", number_into(settings.limits.contacts_per_day, {0, 100'000'000})},
                                {"tokens_per_day", number_into(settings.limits.tokens_per_day, {0, 2'000'000'000})},
                                {"share", number_into(settings.limits.share, {0, 100})},
                                {"days", number_into(settings.limits.days, {1, 3'660})},
                                {"characters", number_into(settings.limits.characters_max, {100, 10'000'000})},
                                {"consent", text_into(settings.consent)}}));
  if (address.empty()) return setting_problem(node, {.zh = "缺少 endpoint", .en = "endpoint is missing"});
  if (settings.judge.model.empty()) return setting_problem(node, {.zh = "缺少 model", .en = "model is missing"});
  ZH_TRY(settings.judge.address, outbound::parse_address(address));
  return {};
}

Status check_judge(const JudgeSettings& settings, const outbound::Allowed& allowed) {
  ZH_CHECK(outbound::check_allowed(allowed, settings.judge.address));
  if (outbound::is_this_host(settings.judge.address) || !settings.consent.empty()) return {};
  return invalid({.zh = "对话将发往另一台主机：请在 judge: consent 写明客户同意记录在何处",
                  .en = "conversations would go to another machine: say in judge: consent where customers' consent is "
                        "recorded"});
}

}  // namespace zh::app
