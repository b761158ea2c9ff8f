#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include "http/site.h"

namespace zh::http {

namespace {

constexpr std::size_t kLogBytes = 64 * 1024 * 1024;
constexpr std::size_t kLogFiles = 8;
constexpr std::size_t kQueuedLines = 8192;

}  // namespace

Result<AccessLog> file_access_log(const std::filesystem::path& path) {
  try {
    auto pool = std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1);
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.string(), kLogBytes, kLogFiles);
    // A disk that does not keep up loses old lines, not requests.
    auto logger = std::make_shared<spdlog::async_logger>("access", std::move(sink), pool,
                                                         spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern("%v");
    return AccessLog([pool, logger](const AccessEntry& entry) {
      logger->info("{} {} {} {} {} {} {} {}B {}us{}{}", Zone::utc().format(entry.at), entry.request_id, entry.client,
                   entry.account.empty() ? "-" : entry.account, entry.method, entry.route.empty() ? "-" : entry.route,
                   entry.status, entry.bytes_sent, entry.micros, entry.note.empty() ? "" : " ", entry.note);
    });
  } catch (const spdlog::spdlog_ex& failure) {
    return error(ErrorCode::unavailable,
                 {.zh = "无法写访问日志：" + std::string(failure.what()),
                  .en = "cannot write the access log: " + std::string(failure.what())},
                 {.file = path.string()});
  }
}

}  // namespace zh::http
