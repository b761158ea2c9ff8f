// Records and a small site for the tests of this folder.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/site.h"

namespace zh::http::testing_site {

enum class Colour { red, green };

struct Tag {
  std::string name;
  Decimal weight;
};

struct Sheet {
  std::string staff_no;
  Month period;
  std::vector<Tag> tags;
  std::optional<int> star;
  Colour colour = Colour::red;
  Fen pay;               // oneself, HR and managers
  std::string remark;    // leads
  std::string password;  // nobody
};

struct NewSheet {
  std::string staff_no;
  std::vector<Tag> tags;
  std::optional<Date> day;
  bool draft = false;
};

struct ListQuery {
  std::optional<int> limit;
  std::optional<std::string> after;
  std::vector<Colour> colour;
};

// A tree, to show that a record may hold itself.
struct Node {
  std::string label;
  std::vector<Node> children;
};

}  // namespace zh::http::testing_site

template <>
struct zh::http::Choices<zh::http::testing_site::Colour> {
  static constexpr std::array kNames{std::pair{testing_site::Colour::red, std::string_view("red")},
                                     std::pair{testing_site::Colour::green, std::string_view("green")}};
};

namespace zh {

template <>
struct Fields<http::testing_site::Tag> {
  using Tag = http::testing_site::Tag;
  static constexpr auto kTable = std::tuple{http::input(&Tag::name, "name"), http::input(&Tag::weight, "weight")};
};

template <>
struct Fields<http::testing_site::Sheet> {
  using Sheet = http::testing_site::Sheet;
  static constexpr auto kTable = std::tuple{
      Field{&Sheet::staff_no, "staff_no", "staff_no", Unit::none, PersonalData::pseudonym, Secrecy::internal,
            SeenBy::all},
      Field{&Sheet::period, "period", "period", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&Sheet::tags, "tags", "tags", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&Sheet::star, "star", "star", Unit::count, PersonalData::employee, Secrecy::internal,
            SeenBy::self_and_leads},
      Field{&Sheet::colour, "colour", "colour", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&Sheet::pay, "pay_fen", "pay", Unit::yuan, PersonalData::employee, Secrecy::confidential,
            SeenBy::self_and_hr},
      Field{&Sheet::remark, "remark", "remark", Unit::none, PersonalData::employee, Secrecy::secret, SeenBy::leads},
      Field{&Sheet::password, "password", "password", Unit::none, PersonalData::employee, Secrecy::top_secret,
            SeenBy::nobody}};
  static std::string_view subject(const Sheet& sheet) { return sheet.staff_no; }
};

template <>
struct Fields<http::testing_site::NewSheet> {
  using NewSheet = http::testing_site::NewSheet;
  static constexpr auto kTable =
      std::tuple{http::input(&NewSheet::staff_no, "staff_no"), http::input(&NewSheet::tags, "tags"),
                 http::input(&NewSheet::day, "day"), http::input(&NewSheet::draft, "draft")};
};

template <>
struct Fields<http::testing_site::ListQuery> {
  using ListQuery = http::testing_site::ListQuery;
  static constexpr auto kTable =
      std::tuple{http::input(&ListQuery::limit, "limit"), http::input(&ListQuery::after, "after"),
                 http::input(&ListQuery::colour, "colour")};
};

template <>
struct Fields<http::testing_site::Node> {
  using Node = http::testing_site::Node;
  static constexpr auto kTable =
      std::tuple{http::input(&Node::label, "label"), http::input(&Node::children, "children")};
};

}  // namespace zh

namespace zh::http::testing_site {

inline Principal agent(std::string staff_no) {
  return {.account = "agent-" + staff_no,
          .staff_no = staff_no,
          .grants = {{.role = Role::agent, .scope = Scope::self, .clearance = Secrecy::confidential}},
          .session = "s-" + staff_no};
}
inline Principal leader(std::string group) {
  return {.account = "leader",
          .staff_no = "2001",
          .grants = {{.role = Role::shift_leader,
                      .scope = Scope::group,
                      .unit = std::move(group),
                      .clearance = Secrecy::confidential}},
          .session = "s-leader"};
}
inline Principal manager() {
  return {.account = "manager",
          .staff_no = "3001",
          .grants = {{.role = Role::manager, .scope = Scope::centre, .clearance = Secrecy::secret}},
          .session = "s-manager"};
}

// Who a request is, by a cookie that names a role; as a room's authentication would, without a store.
inline Result<std::optional<Principal>> authenticate(const Request& request) {
  const std::string_view token = bearer_token_of(request);
  if (token == "machine") {
    Principal principal = manager();
    principal.by_token = true;
    principal.token_scopes = {"sheets:read"};
    return std::optional(principal);
  }
  const std::string_view session = session_cookie_of(request);
  if (session == "agent") return std::optional(agent("1001"));
  if (session == "leader") return std::optional(leader("A"));
  if (session == "manager") return std::optional(manager());
  if (session == "expired") {
    return error(ErrorCode::unauthenticated, {.zh = "登录已过期", .en = "your session has ended"});
  }
  if (session == "down") return error(ErrorCode::unavailable, {.zh = "数据库不可用", .en = "the database is gone"});
  return std::optional<Principal>();
}

inline Access sheet_access() {
  return allow({{Role::agent, Scope::self}, {Role::shift_leader, Scope::group}, {Role::manager, Scope::centre}},
               Secrecy::confidential)
      .with_token_scope("sheets:read");
}

inline Sheet sample_sheet(std::string staff_no) {
  return {.staff_no = std::move(staff_no),
          .period = {2026, 10},
          .tags = {{.name = "a\"b", .weight = Decimal::parse("1.50").value()}},
          .star = 4,
          .colour = Colour::green,
          .pay = {160000},
          .remark = "calm",
          .password = "never"};
}

// Gives pieces of known text, then ends or fails.
class Pieces final : public Stream {
 public:
  Pieces(int count, bool fails) : left_(count), fails_(fails) {}
  Result<std::string> next() override {
    if (left_ == 0 && fails_) return error(ErrorCode::unavailable, {.zh = "断了", .en = "it broke"});
    if (left_ == 0) return std::string();
    --left_;
    return std::string(10'000, 'x');
  }

 private:
  int left_;
  bool fails_;
};

// Counts what its handlers did.
struct SampleSite {
  Site site;
  std::shared_ptr<std::atomic<int>> created = std::make_shared<std::atomic<int>>(0);

  explicit SampleSite(SiteOptions options = {.language = Language::en,
                                             .rate = {.per_second = 1e9, .burst = 1e9},
                                             .version = "test"})
      : site(std::move(options)) {
    site.set_authenticate(&authenticate);
    site.set_idempotency(std::make_unique<MemoryIdempotencyStore>());
    add_reads();
    add_writes();
  }

  void add_reads() {
    site.router().add({.path = "/api/v1/months/{month:month}/sheets/{staff_no}",
                       .id = "getSheet",
                       .summary = {.zh = "考核表", .en = "A sheet"},
                       .tag = "test",
                       .access = sheet_access()},
                      [](Call& call) -> Result<Versioned<Sheet>> {
                        const std::string staff_no = call.path_text("staff_no");
                        const bool within =
                            call.reach.centre || !call.reach.groups.empty() || call.reach.self == staff_no;
                        if (!within) return error(ErrorCode::not_found, {.zh = "没有", .en = "there is none"});
                        Sheet sheet = sample_sheet(staff_no);
                        sheet.period = call.path<Month>("month");
                        return Versioned<Sheet>{sheet, "v1"};
                      });
    site.router().add({.path = "/api/v1/sheets",
                       .id = "listSheets",
                       .summary = {.zh = "考核表列表", .en = "Sheets"},
                       .tag = "test",
                       .access = sheet_access()},
                      [](Call& call, const Query<ListQuery>& query) -> Result<Page<Sheet>> {
                        if (query->after) {
                          ZH_TRY(const auto position, call.cursors->decode("sheets", *query->after));
                          return Page<Sheet>{.items = {sample_sheet(position.at(0))}, .total = 2};
                        }
                        const std::vector<std::string> position{"1002"};
                        return Page<Sheet>{.items = {sample_sheet("1001")},
                                           .next = call.cursors->encode("sheets", position)};
                      });
    site.router().add({.path = "/api/v1/stream/{pieces:int}",
                       .id = "getStream",
                       .summary = {.zh = "流", .en = "A stream"},
                       .tag = "test",
                       .access = open_to_anybody(),
                       .answers = "text/plain"},
                      [](Call& call) -> Result<Response> {
                        const auto count = static_cast<int>(call.path<std::int64_t>("pieces"));
                        Response response = Response::text(200, "text/plain", "");
                        response.body = StreamBody{std::make_unique<Pieces>(std::abs(count), count < 0), std::nullopt};
                        return response;
                      });
    site.router().add({.path = "/api/v1/bug",
                       .id = "getBug",
                       .summary = {.zh = "错", .en = "A bug"},
                       .tag = "test",
                       .access = open_to_anybody()},
                      [](Call&) -> Result<Sheet> { throw std::runtime_error("secret cause"); });
  }

  void add_writes() {
    site.router().add({.method = Method::post,
                       .path = "/api/v1/sheets",
                       .id = "createSheet",
                       .summary = {.zh = "新建", .en = "Make a sheet"},
                       .tag = "test",
                       .access = allow({{Role::manager, Scope::centre}}, Secrecy::internal),
                       .idempotent_create = true},
                      [made = created](Call& call, const Body<NewSheet>& body) -> Result<Created<Sheet>> {
                        if (body->staff_no == "taken") {
                          return error(ErrorCode::conflict, {.zh = "已有此人", .en = "there is one already"}, {},
                                       "C3.1");
                        }
                        if (body->staff_no == "bug") throw std::runtime_error("a bug");
                        if (body->tags.empty()) call.reject("/tags", {.zh = "至少一项", .en = "at least one"});
                        if (call.has_faults()) return call.refused();
                        ++*made;
                        Sheet sheet = sample_sheet(body->staff_no);
                        return Created<Sheet>{sheet, "/api/v1/sheets/" + body->staff_no};
                      });
    site.router().add({.method = Method::put,
                       .path = "/api/v1/sheets/{staff_no}",
                       .id = "changeSheet",
                       .summary = {.zh = "修改", .en = "Change a sheet"},
                       .tag = "test",
                       .access = allow({{Role::manager, Scope::centre}}, Secrecy::internal),
                       .if_match = true},
                      [](Call& call, const Body<NewSheet>&) -> Result<void> { return call.check_version("v1"); });
    site.router().add({.method = Method::post,
                       .path = "/api/v1/files",
                       .id = "uploadFile",
                       .summary = {.zh = "上传", .en = "Send a file"},
                       .tag = "test",
                       .access = allow({{Role::manager, Scope::centre}}, Secrecy::internal),
                       .body_max = 1'000'000,
                       .answers = "text/plain"},
                      [](Call&, const Uploaded& upload) -> Result<Response> {
                        return Response::text(200, "text/plain",
                                              upload.name + " " + std::to_string(upload.file->size()));
                      });
    site.router().add({.method = Method::post,
                       .path = "/api/v1/session",
                       .id = "signIn",
                       .summary = {.zh = "登录", .en = "Sign in"},
                       .tag = "test",
                       .access = open_to_anybody(),
                       .rate = RateClass::sign_in},
                      [](Call& call) -> Result<Response> {
                        Response response = Response::empty(204);
                        response.headers.add("Set-Cookie", set_session_cookie(call.request, "agent"));
                        return response;
                      });
  }
};

}  // namespace zh::http::testing_site
