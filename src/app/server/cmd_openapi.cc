// zhiheng openapi: prints the OpenAPI document of the interface, as /api/v1/openapi.json serves it, without a server or
// a centre: what the desk's types are made of.
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <system_error>

#include "app/commands.h"
#include "app/server/serving.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

// A folder for a database that no route will ever ask: routes are described, not called.
class Scratch {
 public:
  Scratch() {
    std::error_code ignored;
    std::string name = (fs::temp_directory_path(ignored) / "zhiheng-openapi-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Status print_document(Session& session) {
  const Scratch scratch;
  if (scratch.path().empty()) {
    return error(ErrorCode::unavailable, {.zh = "无法建立临时目录", .en = "cannot make a temporary directory"});
  }
  ZH_TRY(auto database, db::Database::open({.location = (scratch.path() / "empty.db").string()}));
  Centre centre{.dir = scratch.path(), .database = std::move(database), .zone = Zone::utc(), .actor = "operator"};
  http::SiteOptions options;
  options.language = session.language;
  options.version = ZH_VERSION;
  http::Site site(std::move(options));
  add_routes(site, {.centre = centre, .events = site.events(), .jobs_queued = [] {}});
  ZH_CHECK(site.finish());
  http::Request request;
  request.path = "/api/v1/openapi.json";
  const http::Response answer = site.answer(site.plan(request), request);
  session.print(std::get<std::string>(answer.body) + "\n");
  return {};
}

}  // namespace

void add_openapi(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("openapi", session.say({.zh = "输出接口的 OpenAPI 文档",
                                                      .en = "print the OpenAPI document of the interface"})),
      session);
  command.callback([&session] { session.end(print_document(session)); });
}

}  // namespace zh::app
