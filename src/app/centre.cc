#include "app/centre.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <system_error>

#include "app/outbound_settings.h"
#include "app/settings_file.h"
#include "db/migrate.h"
#include "policy/yaml.h"
#include "rooms/people/settings.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFile = "zhiheng.yaml";

Error no_centre(const fs::path& dir) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("{} 里没有中心；先运行 zhiheng init --data {}", dir.string(), dir.string()),
                .en = fmt::format("there is no centre in {}; make one with: zhiheng init --data {}", dir.string(),
                                  dir.string())});
}

Result<std::string> read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return error(ErrorCode::unavailable, {.zh = "无法读取", .en = "cannot be read"}, {.file = path.string()});
  }
  std::string text{std::istreambuf_iterator<char>(file), {}};
  return text;
}

Status check_schema(const policy::yaml::Entry& entry) {
  const std::string& name = entry.value.scalar;
  const bool plain = !name.empty() && name.size() <= 63 &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos &&
                     (name.front() < '0' || name.front() > '9');
  if (plain) return {};
  return setting_problem(entry.value,
                         {.zh = "schema 只能含小写字母、数字和下划线，且不以数字开头",
                          .en = "schema has small letters, digits and underscores only and begins with no digit"});
}

struct WholeFile {
  CentreConfig centre;
  OutboundSettings outbound;
};

Result<WholeFile> read_file(const fs::path& file) {
  ZH_TRY(const std::string text, read_text(file));
  policy::Problems problems;
  const auto root = policy::yaml::read(text, file.string(), problems);
  if (problems.has_errors() || !root) return problems.sorted().front().to_error();
  WholeFile whole;
  auto& [centre, outbound] = whole;
  ZH_CHECK(read_settings(
      *root,
      {{"database", text_into(centre.database)},
       {"schema", checked(check_schema, text_into(centre.schema))},
       {"connections", number_into(centre.connections, {1, 1000})},
       {"wait_seconds", number_into(centre.wait_seconds, {0, 3600})},
       {"server",
        [&whole](const policy::yaml::Entry& entry) { return read_server_config(entry.value, whole.centre.server); }},
       {"outbound",
        [&whole](const policy::yaml::Entry& entry) { return read_outbound(entry.value, whole.outbound.allowed); }},
       {"s3", [&whole](const policy::yaml::Entry& entry) { return read_s3(entry.value, whole.outbound.s3.emplace()); }},
       {"transcription",
        [&whole](const policy::yaml::Entry& entry) {
          return read_transcription(entry.value, whole.outbound.transcription.emplace());
        }},
       {"judge", [&whole](const policy::yaml::Entry& entry) {
          return read_judge(entry.value, whole.outbound.judge.emplace());
        }}}));
  ZH_CHECK(complete(outbound, file));
  return whole;
}

}  // namespace

Result<CentreConfig> read_centre_config(const fs::path& dir) {
  std::error_code problem;
  if (!fs::exists(dir / kFile, problem)) return no_centre(dir);
  ZH_TRY(const WholeFile whole, read_file(dir / kFile));
  return whole.centre;
}

Result<OutboundSettings> read_outbound_settings(const fs::path& dir) {
  std::error_code problem;
  if (!fs::exists(dir / kFile, problem)) return OutboundSettings{};
  ZH_TRY(WholeFile whole, read_file(dir / kFile));
  return std::move(whole.outbound);
}

Status write_centre_config(const fs::path& dir, const CentreConfig& config) {
  const fs::path path = dir / kFile;
  const fs::path partial = dir / (std::string(kFile) + ".partial");
  if (fs::exists(path)) {
    return error(ErrorCode::conflict, {.zh = "这里已经有一个中心", .en = "there is a centre here already"},
                 {.file = path.string()});
  }
  std::string text = "# Machine settings of this centre; what they mean is told in docs/operating.\n";
  text += fmt::format("database: \"{}\"\n", config.database);
  if (config.database.starts_with("postgres")) text += fmt::format("schema: {}\n", config.schema);
  text += fmt::format("connections: {}\nwait_seconds: {}\n", config.connections, config.wait_seconds);
  const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!written || ::rename(partial.c_str(), path.c_str()) != 0) {
    return error(ErrorCode::unavailable, {.zh = "无法写入", .en = "cannot be written"}, {.file = path.string()});
  }
  return {};
}

db::Options database_options(const fs::path& dir, const CentreConfig& config) {
  db::Options options;
  options.schema = config.schema;
  options.connections = config.connections;
  options.wait = std::chrono::seconds(config.wait_seconds);
  constexpr std::string_view kSqlitePrefix = "sqlite:";
  if (config.database == "sqlite") {
    options.location = (dir / "zhiheng.db").string();
  } else if (config.database.starts_with(kSqlitePrefix)) {
    options.location = (dir / config.database.substr(kSqlitePrefix.size())).string();
  } else {
    options.location = config.database;
  }
  return options;
}

Result<Centre> open_centre(const fs::path& dir, const CentreConfig& config) {
  ZH_TRY(auto database, db::Database::open(database_options(dir, config)));
  ZH_CHECK(db::migrate(*database));
  std::string zone_name = kDefaultZone;
  {
    ZH_TRY(auto tx, database->read());
    ZH_TRY(const auto chosen, people::setting_on(tx, people::kTimeZone, people::kAlways));
    if (chosen) zone_name = *chosen;
  }
  ZH_TRY(const Zone zone, Zone::find(zone_name));
  return Centre{.dir = dir, .database = std::move(database), .zone = zone, .actor = "operator"};
}

Result<Centre> open_centre(const fs::path& dir) {
  ZH_TRY(const auto config, read_centre_config(dir));
  return open_centre(dir, config);
}

}  // namespace zh::app
