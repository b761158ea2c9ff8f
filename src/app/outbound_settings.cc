#include "app/outbound_settings.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

#include "app/address_setting.h"
#include "app/settings_file.h"
#include "policy/yaml.h"

namespace zh::app {

using policy::yaml::Entry;
using policy::yaml::Node;

namespace {

Status check_bucket(const Entry& entry) {
  const std::string& name = entry.value.scalar;
  const bool plain = name.size() >= 3 && name.size() <= 63 &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
  if (plain) return {};
  return setting_problem(entry.value, {.zh = "bucket 为 3 到 63 个小写字母、数字、点和连字符",
                                       .en = "bucket is 3 to 63 small letters, digits, dots and hyphens"});
}

SettingReader addressing_into(vault::S3Addressing& target) {
  return [&target](const Entry& entry) -> Status {
    if (entry.value.scalar == "path" || entry.value.scalar == "host") {
      target = entry.value.scalar == "path" ? vault::S3Addressing::path : vault::S3Addressing::host;
      return {};
    }
    return setting_problem(entry.value, {.zh = "addressing 应为 path 或 host", .en = "addressing is path or host"});
  };
}

// A secret that the file leaves out, from the environment; empty where that has none either.
std::string secret_or_environment(const std::string& secret, const char* variable) {
  if (!secret.empty()) return secret;
  const char* const value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

// Fails (forbidden) when others than its owner may read the file.
Status check_owner_only(const std::filesystem::path& file) {
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0 || (found.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  return error(
      ErrorCode::forbidden,
      {.zh = fmt::format("设置中有密钥，而文件可被他人读取；请运行 chmod 600 {}", file.string()),
       .en = fmt::format("the settings hold a secret and others may read the file; run: chmod 600 {}", file.string())},
      {.file = file.string()});
}

Error missing(const Node& node, std::string_view key) {
  return setting_problem(node, {.zh = fmt::format("缺少 {}", key), .en = fmt::format("{} is missing", key)});
}

}  // namespace

Status read_outbound(const Node& node, outbound::Allowed& allowed) {
  std::string certificates;
  ZH_CHECK(read_settings(node, {{"hosts", list_into(allowed.hosts)},
                                {"plaintext", flag_into(allowed.plaintext)},
                                {"certificates", text_into(certificates)}}));
  allowed.certificates = certificates;
  return {};
}

Status read_s3(const Node& node, vault::S3Options& options) {
  std::string endpoint;
  ZH_CHECK(read_settings(node, {{"endpoint", checked(check_address, text_into(endpoint))},
                                {"bucket", checked(check_bucket, text_into(options.bucket))},
                                {"region", text_into(options.region)},
                                {"prefix", text_into(options.prefix)},
                                {"addressing", addressing_into(options.addressing)},
                                {"access_key", text_into(options.credentials.access_key)},
                                {"secret_key", text_into(options.credentials.secret_key)}}));
  if (endpoint.empty()) return missing(node, "endpoint");
  if (options.bucket.empty()) return missing(node, "bucket");
  ZH_TRY(options.endpoint, outbound::parse_address(endpoint));
  return {};
}

Status complete(OutboundSettings& settings, const std::filesystem::path& file) {
  const std::filesystem::path dir = file.parent_path();
  if (!settings.allowed.certificates.empty()) settings.allowed.certificates = dir / settings.allowed.certificates;
  std::string* const key = settings.transcription ? secret_of(*settings.transcription) : nullptr;
  const bool holds_secret = (settings.s3 && !settings.s3->credentials.secret_key.empty()) ||
                            (key != nullptr && !key->empty()) ||
                            (settings.judge && !settings.judge->judge.api_key.empty());
  if (holds_secret) ZH_CHECK(check_owner_only(file));
  if (settings.s3) {
    vault::Credentials& credentials = settings.s3->credentials;
    credentials.access_key = secret_or_environment(credentials.access_key, "ZHIHENG_S3_ACCESS_KEY");
    credentials.secret_key = secret_or_environment(credentials.secret_key, "ZHIHENG_S3_SECRET_KEY");
    settings.s3->spool = dir;
    ZH_CHECK(outbound::check_allowed(settings.allowed, vault::address_of(*settings.s3)));
  }
  if (key != nullptr) *key = secret_or_environment(*key, "ZHIHENG_TRANSCRIPTION_KEY");
  if (settings.transcription) ZH_CHECK(check_transcription(*settings.transcription, settings.allowed));
  if (!settings.judge) return {};
  std::string& judge_key = settings.judge->judge.api_key;
  judge_key = secret_or_environment(judge_key, "ZHIHENG_JUDGE_KEY");
  return check_judge(*settings.judge, settings.allowed);
}

}  // namespace zh::app
