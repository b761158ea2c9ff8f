// The server under test of http_bench.sh: a signed-in GET of one sheet of about 4 KB through the whole way of a request
// (parser, rate, session look-up, rights, handler on a worker, JSON from the field table), without a database.
//   http_bench_server [FILE]    writes the sheet's bytes to FILE, prints its port, ends when its input ends
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "http/server.h"

namespace zh::bench {

struct Item {
  std::string id;
  std::string clause;
  Decimal weight;
  Decimal value;
  Decimal score;
  Decimal points;
  bool applied = true;
};

struct Sheet {
  std::string staff_no;
  Month period;
  std::vector<Item> items;
  Decimal total;
  int star = 0;
  Fen pay;
};

// Sessions by the hash of their cookie, as a store would keep them.
class Sessions {
 public:
  void add(const std::string& cookie, http::Principal principal) {
    by_hash_.emplace(sha256(cookie), std::move(principal));
  }
  Result<std::optional<http::Principal>> find(const http::Request& request) {
    const std::string_view cookie = http::session_cookie_of(request);
    if (cookie.empty()) return std::optional<http::Principal>();
    const std::shared_lock lock(mutex_);
    const auto found = by_hash_.find(sha256(cookie));
    if (found != by_hash_.end()) return std::optional(found->second);
    return error(ErrorCode::unauthenticated, {.zh = "登录已过期", .en = "your session has ended"});
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_map<Hash, http::Principal> by_hash_;
};

Sheet sample_sheet() {
  Sheet sheet{.staff_no = "1001",
              .period = {2026, 10},
              .items = {},
              .total = Decimal::scaled(9137, -2),
              .star = 4,
              .pay = {330000}};
  for (int i = 0; i < 30; ++i) {
    sheet.items.push_back({.id = "average_handling_time_" + std::to_string(i),
                           .clause = "C3.1a",
                           .weight = Decimal::scaled(5, 0),
                           .value = Decimal::scaled(143, 0),
                           .score = Decimal::scaled(935 + i, -1),
                           .points = Decimal::scaled(475, -2)});
  }
  return sheet;
}

}  // namespace zh::bench

namespace zh {

template <>
struct Fields<bench::Item> {
  using Item = bench::Item;
  static constexpr auto kTable = std::tuple{http::input(&Item::id, "id"),          http::input(&Item::clause, "clause"),
                                            http::input(&Item::weight, "weight"),  http::input(&Item::value, "value"),
                                            http::input(&Item::score, "score"),    http::input(&Item::points, "points"),
                                            http::input(&Item::applied, "applied")};
};

template <>
struct Fields<bench::Sheet> {
  using Sheet = bench::Sheet;
  static constexpr auto kTable =
      std::tuple{http::input(&Sheet::staff_no, "staff_no"), http::input(&Sheet::period, "period"),
                 http::input(&Sheet::items, "items"),       http::input(&Sheet::total, "total"),
                 http::input(&Sheet::star, "star"),         http::input(&Sheet::pay, "pay")};
};

namespace {

int serve(const char* sample_file) {
  bench::Sessions sessions;
  sessions.add("bench", {.account = "bench",
                         .staff_no = "1001",
                         .grants = {{.role = http::Role::agent, .scope = http::Scope::self}},
                         .session = "bench"});
  // One machine asks for all: no limit on its rate, and as many streams as it likes.
  http::SiteOptions options{.rate = {.per_second = 1e9, .burst = 1e9}};
  options.events.per_account = 100'000;
  http::Site site(std::move(options));
  site.set_authenticate([&sessions](const http::Request& request) { return sessions.find(request); });
  const bench::Sheet sheet = bench::sample_sheet();
  site.router().add({.path = "/api/v1/months/{month:month}/sheets/{staff_no}",
                     .id = "getSheet",
                     .summary = {.zh = "考核表", .en = "A sheet"},
                     .tag = "bench",
                     .access = http::allow({{http::Role::agent, http::Scope::self}}, Secrecy::internal)},
                    [&sheet](http::Call& call) -> Result<bench::Sheet> {
                      if (call.reach.self != call.path_text("staff_no")) {
                        return error(ErrorCode::not_found, {.zh = "没有", .en = "there is none"});
                      }
                      return sheet;
                    });
  if (const Status finished = site.finish(); !finished.ok()) {
    std::fprintf(stderr, "%s\n", finished.error().message.en.c_str());
    return 1;
  }
  if (sample_file != nullptr) std::ofstream(sample_file) << http::to_json(sheet, {});
  http::ServerOptions server_options;
  server_options.port = 0;
  auto server = http::Server::start(site, std::move(server_options));
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", server.error().message.en.c_str());
    return 1;
  }
  std::printf("%d\n", (*server)->port());
  std::fflush(stdout);
  char ignored = 0;
  while (::read(STDIN_FILENO, &ignored, 1) > 0) {
  }
  return 0;
}

}  // namespace
}  // namespace zh

int main(int argc, char** argv) { return zh::serve(argc > 1 ? argv[1] : nullptr); }
