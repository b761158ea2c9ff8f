// zhiheng serve --data DIR [--listen 127.0.0.1:8080] [--no-worker]
//
// Serves the desk and the interface of one centre until it is asked to end (SIGINT, SIGTERM). When it is ready it
// prints its address: one line, or with --json one document. The first start makes the account of an administrator and
// prints its password, once.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "app/server/change_feed.h"
#include "app/server/first_admin.h"
#include "app/server/gauges.h"
#include "app/server/job_feed.h"
#include "app/server/lookout.h"
#include "app/server/options.h"
#include "app/server/secrets.h"
#include "app/server/serving.h"
#include "app/server/signals.h"
#include "app/server/workers.h"
#include "app/shipped.h"
#include "base/json.h"
#include "idempotency/table.h"
#include "rooms/quality/api/notice_feed.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

struct ServeOptions {
  std::string data;
  std::string listen;  // empty: as zhiheng.yaml says
  bool plaintext = false;
  bool no_worker = false;
};

std::optional<fs::path> desk_folder(const fs::path& dir, const ServerConfig& config) {
  if (!config.desk.empty()) return dir / config.desk;
  for (const char* const index : {"desk/index.html", "web/dist/index.html"}) {
    if (const auto file = find_shipped(index)) return file->parent_path();
  }
  return std::nullopt;
}

Status add_desk(Session& session, http::Site& site, const fs::path& dir, const ServerConfig& config) {
  const auto folder = desk_folder(dir, config);
  if (!folder) {
    session.note({.zh = "找不到网页文件，只提供接口；可在 web/ 中运行 npm run build",
                  .en = "the desk's files are not found, so only the interface is served; npm run build in web/ makes "
                        "them"});
    return {};
  }
  ZH_TRY(auto files, http::StaticFiles::load(*folder));
  site.set_static_files(std::move(files));
  return {};
}

Status add_access_log(http::Site& site, const fs::path& dir, const ServerConfig& config) {
  if (!config.access_log) return {};
  ZH_CHECK(make_private_folder(dir / "log"));
  ZH_TRY(auto log, http::file_access_log(dir / "log" / "access.log"));
  site.set_access_log(std::move(log));
  return {};
}

Status check_database(db::Database& database) {
  constexpr db::Sql kAlive = "SELECT CAST(1 AS BIGINT)";
  ZH_TRY(auto tx, database.read());
  ZH_CHECK(tx.value<std::int64_t>(kAlive));
  return {};
}

// Everything a site of this centre has besides the rooms' routes.
Status furnish(Session& session, http::Site& site, Centre& centre, const ServerConfig& config) {
  db::Database& database = *centre.database;
  site.set_idempotency(std::make_unique<idempotency::IdempotencyTable>(database));
  site.add_health_check({.name = "database", .check = [&database] { return check_database(database); }});
  add_job_gauges(site.metrics(), database);
  ZH_CHECK(add_access_log(site, centre.dir, config));
  return add_desk(session, site, centre.dir, config);
}

std::string address_of(const ServerConfig& config, std::uint16_t port) {
  const std::string host = config.listen.substr(0, config.listen.rfind(':'));
  return fmt::format("{}://{}:{}/", config.certificate.empty() ? "http" : "https", host, port);
}

// The one line (or document) that says that requests are answered, and on the first start how to sign in.
void announce(Session& session, const std::string& address, const std::optional<FirstAdmin>& admin) {
  if (session.json) {
    json::Object ready{{"address", address}};
    if (admin) {
      ready.push_back({"account", admin->account});
      ready.push_back({"password", admin->password});
    }
    session.print(json::compact(std::move(ready)) + "\n");
    return;
  }
  std::string text = session.say({.zh = "质衡已就绪：" + address + "\n", .en = "Zhiheng is ready: " + address + "\n"});
  if (admin) {
    text += session.say(
        {.zh = fmt::format("账号 {}，初始密码 {}（只显示这一次，首次登录须修改）\n", admin->account, admin->password),
         .en = fmt::format("account {}, first password {} (shown once, to be changed at the first sign-in)\n",
                           admin->account, admin->password)});
  }
  session.print(text);
}

Status serve(Session& session, const ServeOptions& options) {
  EndSignals signals;
  ZH_TRY(CentreConfig config, read_centre_config(options.data));
  if (!options.listen.empty()) config.server.listen = options.listen;
  config.server.plaintext = config.server.plaintext || options.plaintext;
  ZH_TRY(Centre centre, open_centre(options.data, config));
  ZH_TRY(auto server_setup, server_options(centre.dir, config.server));

  http::SiteOptions site_setup = site_options(config.server);
  ZH_TRY(site_setup.secret, server_secret(*centre.database, "cursors"));
  http::Site site(std::move(site_setup));
  JobFeed job_feed(*centre.database, site.events(), system_now());
  ChangeFeed change_feed(*centre.database, site.events());
  quality::NoticeFeed notice_feed(*centre.database, site.events());
  Lookout lookout([&] {
    [[maybe_unused]] const auto jobs = job_feed.look();
    [[maybe_unused]] const auto changes = change_feed.look();
    [[maybe_unused]] const auto notices = notice_feed.look();
  });
  std::unique_ptr<jobs::Runner> runner;
  if (!options.no_worker) {
    ZH_TRY(runner, make_runner(centre, config.server));
    runner->set_listener([&lookout](const jobs::Job&) { lookout.look_now(); });
  }
  ZH_CHECK(furnish(session, site, centre, config.server));
  add_routes(site, {.centre = centre, .events = site.events(), .jobs_queued = [&runner, &lookout] {
                      if (runner) runner->wake();
                      lookout.look_now();
                    }});
  ZH_CHECK(site.finish());

  ZH_TRY(const auto admin, make_first_admin(centre));
  ZH_TRY(const auto server, http::Server::start(site, std::move(server_setup)));
  lookout.start();
  if (runner) runner->start();
  announce(session, address_of(config.server, server->port()), admin);
  signals.wait();
  server->stop();
  if (runner) runner->stop();
  lookout.stop();
  return {};
}

}  // namespace

void add_serve(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("serve", session.say({.zh = "提供网页和接口", .en = "serve the desk and the interface"})),
      session);
  const auto options = std::make_shared<ServeOptions>();
  command.add_option("--data", options->data, session.say({.zh = "数据目录", .en = "the data directory"}))->required();
  command.add_option(
      "--listen", options->listen,
      session.say({.zh = "地址:端口；默认 127.0.0.1:8080", .en = "address:port; default 127.0.0.1:8080"}));
  command.add_flag("--plaintext", options->plaintext,
                   session.say({.zh = "在本机以外也不加密；只应在有 TLS 的反向代理之后使用",
                                .en = "without TLS beyond this host too; only behind a proxy that has it"}));
  command.add_flag("--no-worker", options->no_worker,
                   session.say({.zh = "不处理任务（由 zhiheng work 处理）", .en = "run no jobs (zhiheng work does)"}));
  command.callback([&session, options] { session.end(serve(session, *options)); });
}

}  // namespace zh::app
