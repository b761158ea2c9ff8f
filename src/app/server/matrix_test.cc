// Every route × role × scope. What a route demands is compared with matrix_rights.h, which says once more, and by hand,
// who may do what; then every route is asked by everybody it refuses, and every GET route by those it lets in: an
// answer that holds a name, a number or an amount beyond the reader's reach fails, whichever route it came from.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/server/matrix_rights.h"
#include "http/access.h"
#include "jobs/jobs.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/people/accounts/accounts.h"
#include "rooms/people/organisation.h"
#include "tests/support/desk.h"
#include "tests/support/inspected.h"

namespace zh::app {
namespace {

using http::Role;
using http::Scope;
using testing_support::Answer;
using testing_support::must;

constexpr std::array kRoles{Role::agent,   Role::shift_leader, Role::inspector, Role::qa_supervisor, Role::trainer,
                            Role::manager, Role::hr,           Role::office,    Role::admin};
constexpr std::array kScopes{Scope::self, Scope::group, Scope::department, Scope::centre};

std::string name_of(const http::Route& route) {
  return fmt::format("{} {}", http::to_string(route.info.method), route.pattern);
}

// What the route itself says, in the words of the table.
std::string stated(const http::Access& access) {
  if (access.open) return "anybody";
  if (access.any_account) return "signed in";
  std::string text;
  for (const Role role : kRoles) {
    for (const auto& allowed : access.allowed) {
      if (allowed.role != role) continue;
      text += fmt::format("{}{}:{}", text.empty() ? "" : " ", http::to_string(role), http::to_string(allowed.scope));
    }
  }
  return text;
}

class MatrixTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    add_routes(site.routes(), serving());
    site.authenticate_here();
    site.start();
    take_calls();
    take_facts();
    const testing_support::Inspected inspected(centre(), kNow);
    make_accounts();
  }
  policy::Sources pack() const override { return testing_support::with_inspections(testing_support::sound_pack()); }

  static std::string key_of(Role role, Scope scope) {
    return fmt::format("{}-{}", http::to_string(role), http::to_string(scope));
  }

  // One account of each role and scope there can be, as it is once it has signed in: over the whole centre, over group
  // A, over the department that group A makes up. In person everybody is 1001 of group A, so that "the own rows" means
  // the same for all.
  void make_accounts() {
    auto tx = must(centre().database->write());
    must(people::set_organisation(tx,
                                  {.departments = {{.name = "D", .groups = {"A"}}}, .actor = "operator", .at = kNow}));
    for (const Role role : kRoles) {
      for (const Scope scope : kScopes) {
        const std::string unit = scope == Scope::group ? "A" : scope == Scope::department ? "D" : "";
        const http::Grant grant{.role = role, .scope = scope, .unit = unit, .clearance = Secrecy::internal};
        if (people::check_grant(grant).ok()) sign_in(tx, key_of(role, scope), grant);
      }
    }
    must(tx.commit());
  }

  void sign_in(db::Transaction& tx, const std::string& account, const http::Grant& grant) {
    const people::Acting by{.actor = "operator", .now = kNow};
    must(people::create_account(tx, {.name = account, .staff_no = {}, .grants = {grant}},
                                {.text = "unused", .hash = "unused"}, by));
    const auto token =
        must(people::create_token(tx, account, {.label = "matrix", .scopes = {"months:read"}, .expires_at = {}}, by));
    http::Principal principal = *must(people::find_token(tx, token.value, kNow));
    principal.staff_no = "1001";
    principal.must_change_password = false;
    principal.by_token = false;
    principal.token_scopes.clear();
    site.sign_in(account, principal);
    callers_[account] = std::move(principal);
  }

  // One call for each of 1001, 1002 (group A) and 2001 (group B).
  void take_calls() {
    std::string log;
    const std::int64_t at = kNow.seconds() - 86400;
    for (const std::string staff_no : {"1001", "1002", "2001"}) {
      log += fmt::format("{0}|7.{1}|sales|NONE|ENTERQUEUE||139{1}5678|1\n", at, staff_no);
      log += fmt::format("{0}|7.{1}|sales|Agent/{1}|CONNECT|1|x|1\n", at + 1, staff_no);
      log += fmt::format("{0}|7.{1}|sales|Agent/{1}|COMPLETEAGENT|1|60|1\n", at + 61, staff_no);
    }
    auto tx = must(centre().database->read());
    const auto people = must(people::load_people(tx));
    must(tx.commit());
    TextSource text(log);
    contacts::ImportFile file{.text = text,
                              .name = "queue_log",
                              .reject = [](const Reject&) { return Status(); },
                              .header = {},
                              .before_entering = [](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
                                batch.kind = "queue-log";
                                batch.files = {"queue_log"};
                                batch.actor = "operator";
                                batch.at = kNow;
                                return batch;
                              }};
    must(contacts::import_queue_log(*centre().database, {.people = people, .zone = centre().zone}, file));
  }

  // Exam results that differ, and commissions that nobody but the person, HR and managers may see.
  void take_facts() {
    auto tx = must(centre().database->write());
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "facts", .files = {"facts.csv"}, .content = {}, .actor = "operator", .at = kNow}));
    std::vector<ledger::NewFact> facts;
    const std::map<std::string, std::pair<std::string, std::string>> of{
        {"1001", {"71", "1111.11"}}, {"1002", {"72", "1222.22"}}, {"2001", {"73", "2111.11"}}};
    for (const auto& [staff_no, values] : of) {
      const Instant day{kNow.us - 86'400'000'000};
      facts.push_back({.kind = "exam",
                       .subject = staff_no,
                       .occurred_at = day,
                       .value = must(Decimal::parse(values.first)),
                       .note = {},
                       .source_ref = {}});
      facts.push_back({.kind = "commission",
                       .subject = staff_no,
                       .occurred_at = day,
                       .value = must(Decimal::parse(values.second)),
                       .note = {},
                       .source_ref = {}});
    }
    must(ledger::append_facts(tx, batch, facts));
    must(tx.commit());
  }

  // The addresses under which a route is asked: each parameter with everything it may stand for here.
  std::vector<std::string> addresses_of(const http::Route& route) {
    std::vector<std::string> addresses{route.pattern};
    const auto put = [&](std::string_view parameter, const std::vector<std::string>& values) {
      std::vector<std::string> next;
      for (const std::string& address : addresses) {
        const auto at = address.find(parameter);
        if (at == std::string::npos) {
          next.push_back(address);
          continue;
        }
        for (const std::string& value : values)
          next.push_back(std::string(address).replace(at, parameter.size(), value));
      }
      addresses = std::move(next);
    };
    put("{month}", {route.pattern.starts_with("/api/v1/quality/") ? "2026-10" : "2026-11"});
    put("{staff_no}", {"1001", "1002", "2001"});
    if (route.pattern.starts_with("/api/v1/contacts/")) put("{id}", contact_ids());
    for (const auto& parameter : {"{id}", "{job}", "{name}", "{account}", "{thread}"}) put(parameter, {"x"});
    put("{batch}", {"1"});
    put("{key}", {"1-1-1", "1-1-2", "1-1-3", "1-1-4"});
    put("{inspector}", {"3001"});
    for (const auto& parameter : {"{number}", "{round}", "{finding}", "{place}", "{plan}"}) put(parameter, {"1"});
    std::vector<std::string> whole;
    for (const std::string& address : addresses) {
      for (const std::string& query : queries_of(route)) whole.push_back(address + query);
    }
    return whole;
  }

  static std::vector<std::string> queries_of(const http::Route& route) {
    static const std::string kDays = "?from=2026-11-01&to=2026-11-30";
    if (route.pattern == "/api/v1/overview" || route.pattern == "/api/v1/imports/unknown") return {kDays};
    if (route.pattern.ends_with("/comparison")) return {"?first=1001&second=2001"};
    if (route.pattern.starts_with("/api/v1/quality/results")) return {"?from=2026-10-01&to=2026-10-31"};
    if (route.pattern == "/api/v1/quality/trend") {
      const std::string months = "?from=2026-09&to=2026-10";
      return {months, months + "&about=agent&value=1002", months + "&about=group&value=B", months + "&about=centre"};
    }
    if (route.pattern.ends_with("/problems")) return {"", "?by=agent", "?by=item&about=agent&value=2001"};
    if (route.pattern == "/api/v1/checks/statistics" || route.pattern == "/api/v1/checks/consistency") {
      return {"?from=2026-10-01&to=2026-10-31"};
    }
    if (route.pattern == "/api/v1/quality/plan-outline") return {"?month=2026-12"};
    if (route.pattern == "/api/v1/contacts") {
      return {kDays, kDays + "&agent=2001", kDays + "&q=N2001", kDays + "&q=13920015678", kDays + "&sort=-talk_ms"};
    }
    if (route.pattern == "/api/v1/facts") {
      return {kDays + "&staff_no=1001", kDays + "&staff_no=1002", kDays + "&staff_no=2001"};
    }
    if (route.pattern.ends_with("/why")) return {"", "?item=exam", "?item=pay", "?item=star", "?item=commission"};
    return {""};
  }

  const std::vector<std::string>& contact_ids() {
    if (ids_.empty()) {
      const Answer answer = site.get("manager", "/api/v1/contacts?from=2026-11-01&to=2026-11-30");
      for (int i = 0; i < answer.size("items"); ++i) ids_.push_back(answer.at(fmt::format("items/{}/id", i)));
    }
    return ids_;
  }

  std::vector<const http::Route*> routes() {
    std::vector<const http::Route*> list;
    for (const auto& route : site.routes().router().routes()) list.push_back(route.get());
    return list;
  }

  Answer ask(const std::string& who, const http::Route& route, const std::string& address) const {
    if (http::is_safe(route.info.method)) return site.ask(who, route.info.method, address);
    if (route.body_kind == http::BodyKind::upload) return site.upload(who, address, "x", folder());
    return site.ask(who, route.info.method, address, std::string(rights_of(route).body), "\"x\"");
  }
  static const Rights& rights_of(const http::Route& route) {
    static const Rights kNone{"", ""};
    const auto* const found = std::ranges::find(kRights, name_of(route), &Rights::route);
    return found == kRights.end() ? kNone : *found;
  }
  const std::map<std::string, http::Principal>& callers() const { return callers_; }

 private:
  std::vector<std::string> ids_;
  std::map<std::string, http::Principal> callers_;
};

TEST_P(MatrixTest, EveryRouteHasARowInTheTableAndStatesTheSame) {
  std::vector<std::string> unplaced;
  for (const auto* route : routes()) {
    if (rights_of(*route).route.empty()) {
      unplaced.push_back(name_of(*route));
    } else {
      EXPECT_EQ(stated(route->info.access), rights_of(*route).who) << name_of(*route);
    }
  }
  EXPECT_TRUE(unplaced.empty()) << "say in matrix_rights.h who may call: "
                                << fmt::format("{}", fmt::join(unplaced, ", "));
  for (const auto& rights : kRights) {
    EXPECT_TRUE(std::ranges::any_of(routes(), [&](const auto* route) { return name_of(*route) == rights.route; }))
        << "there is no such route any more: " << rights.route;
  }
}

TEST_P(MatrixTest, AStrangerReachesNothingButSigningIn) {
  for (const auto* route : routes()) {
    if (route->info.access.open) continue;
    for (const std::string& address : addresses_of(*route)) {
      EXPECT_EQ(ask("", *route, address).status, 401) << name_of(*route);
    }
  }
}

TEST_P(MatrixTest, WhomARouteDoesNotListItRefuses) {
  int refusals = 0;
  for (const auto* route : routes()) {
    for (const auto& [who, caller] : callers()) {
      if (http::decide(route->info.access, &caller).ok()) continue;
      for (const std::string& address : addresses_of(*route)) {
        EXPECT_EQ(ask(who, *route, address).status, 403) << name_of(*route) << " " << who;
        ++refusals;
      }
    }
  }
  EXPECT_GT(refusals, 500);
}

TEST_P(MatrixTest, WhatIsEverybodysIsRefusedToARoleOverLess) {
  int refusals = 0;
  for (const auto* route : routes()) {
    if (!rights_of(*route).whole_centre) continue;
    for (const auto& [who, caller] : callers()) {
      const auto reach = http::decide(route->info.access, &caller);
      if (!reach.ok() || reach->centre) continue;
      EXPECT_EQ(ask(who, *route, addresses_of(*route).front()).status, 403) << name_of(*route) << " " << who;
      ++refusals;
    }
  }
  EXPECT_GT(refusals, 50);
}

TEST_P(MatrixTest, NothingBeyondTheReachIsAnswered) {
  struct Reader {
    Role role;
    Scope scope;
    std::vector<std::string> hidden;  // what must not stand in any answer
  };
  const std::vector<std::string> others{"1002", "2001", "1222.22", "2111.11"};
  const std::vector<std::string> group_b{"2001", "1222.22", "2111.11"};
  const std::vector<std::string> group_b_and_its_pay{"2001", "2111.11"};
  const std::vector<Reader> readers{{Role::agent, Scope::self, others},
                                    {Role::inspector, Scope::self, others},
                                    {Role::trainer, Scope::self, others},
                                    {Role::office, Scope::centre, others},
                                    {Role::shift_leader, Scope::group, group_b},
                                    {Role::shift_leader, Scope::self, others},
                                    {Role::shift_leader, Scope::department, group_b},
                                    {Role::manager, Scope::group, group_b_and_its_pay},
                                    {Role::manager, Scope::department, group_b_and_its_pay},
                                    {Role::manager, Scope::self, others},
                                    {Role::hr, Scope::department, group_b_and_its_pay},
                                    {Role::qa_supervisor, Scope::department, group_b},
                                    {Role::inspector, Scope::group, group_b},
                                    {Role::qa_supervisor, Scope::centre, {"1222.22", "2111.11"}},
                                    {Role::inspector, Scope::centre, {"1222.22", "2111.11"}},
                                    {Role::trainer, Scope::centre, {"1222.22", "2111.11"}}};
  // Whoever is signed in may know how colleagues are called and where they belong (fields seen by all); these lists
  // hold nothing else about them.
  const auto is_directory = [](const http::Route& route) { return route.pattern.starts_with("/api/v1/people"); };
  int answers = 0;
  for (const auto* route : routes()) {
    if (route->info.method != http::Method::get || route->pattern == "/api/v1/events") continue;
    for (const std::string& address : addresses_of(*route)) {
      for (const Reader& reader : readers) {
        const Answer answer = site.get(key_of(reader.role, reader.scope), address);
        if (answer.status != 200) continue;
        ++answers;
        for (const std::string& hidden : reader.hidden) {
          if (is_directory(*route) && hidden.find('.') == std::string::npos) continue;
          EXPECT_EQ(answer.body.find(hidden), std::string::npos)
              << key_of(reader.role, reader.scope) << " reads " << hidden << " at " << address << "\n"
              << answer.body.substr(0, 2000);
        }
      }
    }
  }
  EXPECT_GT(answers, 100);
}

TEST_P(MatrixTest, TheReadersOfTheMatrixDoReadWhatIsTheirs) {
  // Otherwise a route that answers nothing to anybody would pass everything above.
  const std::string facts = "/api/v1/facts?from=2026-11-01&to=2026-11-30&staff_no=";
  EXPECT_NE(site.get("agent-self", facts + "1001").body.find("1111.11"), std::string::npos);
  EXPECT_NE(site.get("hr-centre", facts + "2001").body.find("2111.11"), std::string::npos);
  EXPECT_NE(site.get("manager-centre", facts + "2001").body.find("2111.11"), std::string::npos);
  EXPECT_NE(site.get("shift_leader-group", facts + "1002").body.find("\"72\""), std::string::npos);
  const std::string sheets = "/api/v1/months/2026-11/sheets/";
  EXPECT_EQ(site.get("agent-self", sheets + "1001").status, 200);
  EXPECT_EQ(site.get("agent-self", sheets + "1002").status, 404);
  EXPECT_EQ(site.get("shift_leader-group", sheets + "1002").status, 200);
  EXPECT_EQ(site.get("shift_leader-group", sheets + "2001").status, 404);
  EXPECT_EQ(site.get("manager-centre", sheets + "2001").status, 200);
  EXPECT_NE(site.get("agent-self", sheets + "1001").body.find("\"pay\":{"), std::string::npos);
  EXPECT_EQ(site.get("shift_leader-group", sheets + "1002").body.find("\"pay\":{"), std::string::npos);
  // A department is its groups.
  EXPECT_EQ(site.get("manager-department", sheets + "1002").status, 200);
  EXPECT_EQ(site.get("manager-department", sheets + "2001").status, 404);
  EXPECT_NE(site.get("manager-department", facts + "1002").body.find("1222.22"), std::string::npos);
  const std::string contacts = "/api/v1/contacts?from=2026-11-01&to=2026-11-30";
  EXPECT_EQ(site.get("manager-department", contacts).size("items"), 2);
  EXPECT_EQ(site.get("shift_leader-group", contacts).size("items"), 2);
  EXPECT_EQ(site.get("manager-centre", contacts).size("items"), 3);
}

TEST_P(MatrixTest, AnInspectionIsReadByThoseItConcernsAndByNobodyElse) {
  struct Reader {
    const char* who;
    std::vector<std::string> read;  // of 1-1-1 (1001), 1-1-2 (1002, group A), 1-1-3 (2001, group B), 1-1-4 (a draft)
  };
  const std::vector<Reader> readers{
      {"agent-self", {"1-1-1"}},
      {"shift_leader-group", {"1-1-1", "1-1-2"}},
      {"manager-department", {"1-1-1", "1-1-2"}},
      {"inspector-self", {"1-1-1"}},  // 1001's own result; the inspector is 3001
      {"inspector-3001", {"1-1-1", "1-1-2", "1-1-3", "1-1-4"}},
      {"qa_supervisor-centre", {"1-1-1", "1-1-2", "1-1-3", "1-1-4"}},
      {"manager-centre", {"1-1-1", "1-1-2", "1-1-3", "1-1-4"}},
  };
  site.sign_in("inspector-3001",
               testing_support::person("inspector-3001", "3001", {{.role = Role::inspector, .scope = Scope::self}}));
  for (const Reader& reader : readers) {
    for (const std::string key : {"1-1-1", "1-1-2", "1-1-3", "1-1-4"}) {
      const bool may = std::ranges::find(reader.read, key) != reader.read.end();
      for (const std::string part : {"", "/appeals", "/questions"}) {
        const std::string address = "/api/v1/quality/inspections/" + key + part;
        EXPECT_EQ(site.get(reader.who, address).status, may ? 200 : 404) << reader.who << " " << address;
      }
    }
  }
  const std::string results = "/api/v1/quality/results?from=2026-10-01&to=2026-10-31";
  EXPECT_EQ(site.get("agent-self", results).size(""), 1);
  EXPECT_EQ(site.get("shift_leader-group", results).size(""), 2);
  EXPECT_EQ(site.get("qa_supervisor-centre", results).size(""), 3);
}

TEST_P(MatrixTest, FactsAreEnteredAboutTheDepartmentAndNobodyElse) {
  const auto entered = [&](const std::string& who, const std::string& staff_no) {
    return site
        .post(who, "/api/v1/facts",
              fmt::format(R"({{"rows":[{{"staff_no":"{}","occurred_at":"2026-11-17","kind":"praise","value":"3"}}]}})",
                          staff_no))
        .at("rows/0/ok");
  };
  EXPECT_EQ(entered("manager-department", "1002"), "true");
  EXPECT_EQ(entered("manager-department", "2001"), "false");
  EXPECT_EQ(entered("manager-self", "1002"), "false");
  EXPECT_EQ(entered("manager-centre", "2001"), "true");
}

TEST_P(MatrixTest, TheScopesOfTokensAreThoseThatRoutesAskFor) {
  std::set<std::string_view> asked{"metrics:read"};  // by its handler
  for (const auto* route : routes()) {
    if (!route->info.access.token_scope.empty()) asked.insert(route->info.access.token_scope);
  }
  std::set<std::string_view> offered;
  for (const auto& scope : people::token_scopes()) offered.insert(scope.name);
  EXPECT_EQ(asked, offered);
}

TEST_P(MatrixTest, ATokenWithoutScopeAndAFirstPasswordOpenNothing) {
  http::Principal machine = callers().at("manager-centre");
  machine.by_token = true;
  site.sign_in("machine", machine);
  http::Principal fresh = callers().at("manager-centre");
  fresh.must_change_password = true;
  site.sign_in("fresh", fresh);
  for (const auto* route : routes()) {
    if (route->info.access.open || route->info.method != http::Method::get) continue;
    const std::string address = addresses_of(*route).front();
    EXPECT_EQ(site.get("machine", address).status, 403) << address;
    if (route->info.access.before_password_change) continue;
    EXPECT_EQ(site.get("fresh", address).status, 403) << address;
  }
}

ZH_ON_BOTH_DATABASES(MatrixTest);

}  // namespace
}  // namespace zh::app
