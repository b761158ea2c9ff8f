// Every route × role × scope. What a route demands is compared with the table below, which says once more, and by hand,
// who may do what (the rights of the first rooms: an agent sees the own sheet, a shift leader the group, managers all;
// pay is for oneself, HR and managers); then every GET route is asked by everybody, and an answer that holds a name, a
// number or an amount beyond the reader's reach fails, whichever route it came from.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "app/server/desk_test.h"
#include "http/access.h"
#include "jobs/jobs.h"
#include "rooms/contacts/contacts_import.h"

namespace zh::app {
namespace {

using http::Role;
using http::Scope;
using testing_support::Answer;
using testing_support::must;

constexpr std::array kRoles{Role::agent,   Role::shift_leader, Role::inspector, Role::qa_supervisor, Role::trainer,
                            Role::manager, Role::hr,           Role::office,    Role::admin};
constexpr std::array kScopes{Scope::self, Scope::group, Scope::department, Scope::centre};

// Who may call a route and how far each looks at most; "anybody": strangers too; "signed in": everybody, over the own
// rows. A route that is not listed fails the test: say here who may.
struct Rights {
  std::string_view route;
  std::string_view who;
};
constexpr std::string_view kSheets =
    "agent:self shift_leader:group inspector:self qa_supervisor:centre trainer:self manager:centre hr:centre "
    "office:self admin:self";
constexpr std::string_view kImporters = "manager:centre hr:centre admin:centre";
constexpr std::string_view kListeners =
    "agent:self shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre";
constexpr std::string_view kEnterers =
    "shift_leader:group inspector:centre qa_supervisor:centre trainer:centre manager:centre hr:centre";
constexpr std::array kRights{
    Rights{"GET /api/v1/overview",
           "shift_leader:centre inspector:centre qa_supervisor:centre trainer:centre manager:centre"},
    Rights{"GET /api/v1/overview/last-day", kListeners},
    Rights{"GET /api/v1/contacts", kListeners},
    Rights{"GET /api/v1/contacts/{id}", kListeners},
    Rights{"POST /api/v1/contacts/{id}/customer", kListeners},
    Rights{"POST /api/v1/uploads", kImporters},
    Rights{"POST /api/v1/imports/preview", kImporters},
    Rights{"POST /api/v1/imports", kImporters},
    Rights{"GET /api/v1/imports/{job}", kImporters},
    Rights{"DELETE /api/v1/imports/{job}", kImporters},
    Rights{"GET /api/v1/imports/map-fields", kImporters},
    Rights{"GET /api/v1/imports/unknown", kImporters},
    Rights{"GET /api/v1/imports/silence", kImporters},
    Rights{"GET /api/v1/batches", kImporters},
    Rights{"DELETE /api/v1/batches/{batch}", "manager:centre admin:centre"},
    Rights{"GET /api/v1/rejects/{name}", kImporters},
    Rights{"GET /api/v1/rejects/{name}/reasons", kImporters},
    Rights{"GET /api/v1/facts/kinds", kEnterers},
    Rights{"POST /api/v1/facts", kEnterers},
    Rights{"DELETE /api/v1/facts/batches/{batch}", kEnterers},
    Rights{"GET /api/v1/facts", kSheets},
    Rights{"GET /api/v1/regulation", "signed in"},
    Rights{"GET /api/v1/audit", "manager:centre admin:centre"},
    Rights{"GET /api/v1/audit/chain", "manager:centre admin:centre"},
    Rights{"GET /api/v1/jobs", "admin:centre"},
    Rights{"POST /api/v1/jobs/{id}/retry", "admin:centre"},
    Rights{"POST /api/v1/jobs/{id}/cancel", "admin:centre"},
    Rights{"GET /api/v1/health", "admin:centre"},
    Rights{"GET /healthz", "anybody"},
    Rights{"GET /metrics", "anybody"},  // the handler lets in this host, administrators and tokens made for it
    Rights{"GET /api/v1/openapi.json", "anybody"},
    Rights{"GET /api/v1/events", "signed in"},
};

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
    for (const Role role : kRoles) {
      for (const Scope scope : kScopes) site.sign_in(key_of(role, scope), principal(role, scope));
    }
  }

  static std::string key_of(Role role, Scope scope) {
    return fmt::format("{}-{}", http::to_string(role), http::to_string(scope));
  }
  // Everybody is 1001 of group A in person, so that "the own rows" means the same for all.
  static http::Principal principal(Role role, Scope scope) {
    const bool has_unit = scope == Scope::group || scope == Scope::department;
    return testing_support::person(
        key_of(role, scope), "1001",
        {{.role = role, .scope = scope, .unit = has_unit ? "A" : "", .clearance = Secrecy::internal}});
  }

  // One call for each of 1001, 1002 (group A) and 2001 (group B).
  void take_calls() {
    std::string log;
    const std::int64_t at = kNow.seconds() - 86400;
    for (const std::string staff_no : {"1001", "1002", "2001"}) {
      log += fmt::format("{0}|{0}.{1}|sales|NONE|ENTERQUEUE||139{1}5678|1\n", at, staff_no);
      log += fmt::format("{0}|{0}.{1}|sales|Agent/{1}|CONNECT|1|x|1\n", at + 1, staff_no);
      log += fmt::format("{0}|{0}.{1}|sales|Agent/{1}|COMPLETEAGENT|1|60|1\n", at + 61, staff_no);
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
    put("{month}", {"2026-11"});
    put("{staff_no}", {"1001", "1002", "2001"});
    if (route.pattern.starts_with("/api/v1/contacts/")) put("{id}", contact_ids());
    for (const auto& parameter : {"{id}", "{job}", "{name}", "{account}", "{thread}"}) put(parameter, {"x"});
    put("{batch}", {"1"});
    std::vector<std::string> whole;
    for (const std::string& address : addresses) {
      for (const std::string& query : queries_of(route)) whole.push_back(address + query);
    }
    return whole;
  }

  static std::vector<std::string> queries_of(const http::Route& route) {
    static const std::string days = "?from=2026-11-01&to=2026-11-30";
    if (route.pattern == "/api/v1/overview" || route.pattern == "/api/v1/imports/unknown") return {days};
    if (route.pattern == "/api/v1/contacts") {
      return {days, days + "&agent=2001", days + "&q=N2001", days + "&q=13920015678", days + "&sort=-talk_ms"};
    }
    if (route.pattern == "/api/v1/facts") {
      return {days + "&staff_no=1001", days + "&staff_no=1002", days + "&staff_no=2001"};
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

 private:
  std::vector<std::string> ids_;
};

TEST_P(MatrixTest, EveryRouteOfTheDeskStatesTheRightsOfTheTable) {
  for (const auto& rights : kRights) {
    const auto all = routes();
    const auto found = std::ranges::find_if(all, [&](const auto* route) { return name_of(*route) == rights.route; });
    ASSERT_NE(found, all.end()) << rights.route;
    EXPECT_EQ(stated((*found)->info.access), rights.who) << rights.route;
  }
}

TEST_P(MatrixTest, AStrangerReachesNothingButSigningIn) {
  for (const auto* route : routes()) {
    if (route->info.access.open) continue;
    for (const std::string& address : addresses_of(*route)) {
      const int status = site.ask("", route->info.method, address).status;
      EXPECT_TRUE(status == 401 || (route->body_kind != http::BodyKind::none && status == 415)) << name_of(*route);
    }
  }
  std::vector<std::string> open;
  for (const auto* route : routes()) {
    if (route->info.access.open) open.push_back(name_of(*route));
  }
  std::ranges::sort(open);
  EXPECT_EQ(open, (std::vector<std::string>{"DELETE /api/v1/session", "GET /api/v1/openapi.json", "GET /healthz",
                                            "GET /metrics", "POST /api/v1/session"}));
}

TEST_P(MatrixTest, WhomARouteDoesNotListItRefuses) {
  int refusals = 0;
  for (const auto* route : routes()) {
    for (const Role role : kRoles) {
      for (const Scope scope : kScopes) {
        const auto caller = principal(role, scope);
        if (http::decide(route->info.access, &caller).ok()) continue;
        for (const std::string& address : addresses_of(*route)) {
          const int status = site.ask(key_of(role, scope), route->info.method, address).status;
          EXPECT_TRUE(status == 403 || (route->body_kind != http::BodyKind::none && status == 415))
              << name_of(*route) << " " << key_of(role, scope) << " " << status;
          ++refusals;
        }
      }
    }
  }
  EXPECT_GT(refusals, 500);
}

TEST_P(MatrixTest, NothingBeyondTheReachIsAnswered) {
  struct Reader {
    Role role;
    Scope scope;
    std::vector<std::string> hidden;  // what must not stand in any answer
  };
  const std::vector<std::string> others{"1002", "2001", "1222.22", "2111.11"};
  const std::vector<std::string> group_b{"2001", "1222.22", "2111.11"};
  const std::vector<Reader> readers{{Role::agent, Scope::self, others},
                                    {Role::agent, Scope::centre, others},
                                    {Role::inspector, Scope::self, others},
                                    {Role::trainer, Scope::self, others},
                                    {Role::office, Scope::centre, others},
                                    {Role::shift_leader, Scope::group, group_b},
                                    {Role::shift_leader, Scope::self, others},
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
}

TEST_P(MatrixTest, ATokenWithoutScopeAndAFirstPasswordOpenNothing) {
  http::Principal machine = principal(Role::manager, Scope::centre);
  machine.by_token = true;
  site.sign_in("machine", machine);
  http::Principal fresh = principal(Role::manager, Scope::centre);
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
