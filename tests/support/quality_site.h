// The room's routes on a small centre, with a person of each role signed in: agents 1001 to 1003, inspectors 3001 and
// 3002, "supervisor", "manager", "leader-a" and "leader-b", "hr", "admin".
//
//   class MonthApiTest : public QualitySiteTest {};
//   ZH_ON_BOTH_DATABASES(MonthApiTest);
#pragma once

#include "rooms/people/accounts/accounts.h"
#include "rooms/quality/api/quality_api.h"
#include "tests/support/quality_centre.h"
#include "tests/support/test_site.h"

namespace zh::testing_support {

inline constexpr std::string_view kQuality = "/api/v1/quality";

class QualitySiteTest : public QualityTest {
 protected:
  void SetUp() override {
    QualityTest::SetUp();
    if (IsSkipped()) return;
    using http::Role;
    using http::Scope;
    site.set_now(now);
    quality::add_quality_routes(site.routes(), database(), regulation(), {});
    for (const char* const staff_no : {"1001", "1002", "1003"}) {
      site.sign_in(staff_no, person(std::string("agent-") + staff_no, staff_no, {{Role::agent, Scope::self}}));
    }
    for (const char* const staff_no : {"3001", "3002"}) {
      site.sign_in(staff_no, person(std::string("inspector-") + staff_no, staff_no, {{Role::inspector, Scope::self}}));
    }
    site.sign_in("supervisor", person("supervisor", "4001", {{Role::qa_supervisor, Scope::centre}}));
    site.sign_in("manager", person("manager", "5001", {{Role::manager, Scope::centre}}));
    site.sign_in("leader-a", shift_leader("2001", "A"));
    site.sign_in("leader-b", shift_leader("2002", "B"));
    site.sign_in("hr", with_role(Role::hr));
    site.sign_in("admin", with_role(Role::admin));
    give_account("supervisor", "4001");
    give_account("manager", "5001");
    site.start();
  }

  // The account is that person's, so what it did is told with the name.
  void give_account(const std::string& account, const std::string& staff_no) {
    auto tx = must(database().write());
    must(people::create_account(tx, {.name = account, .staff_no = staff_no, .grants = {}},
                                {.text = "unused", .hash = "unused"}, {.actor = "test", .now = now}));
    must(tx.commit());
  }

  static std::string path_of(std::string_view key, std::string_view more = {}) {
    return std::string(kQuality) + "/inspections/" + std::string(key) + std::string(more);
  }
  // A step on what the caller has read just before at `path`.
  Answer step_at(const std::string& who, http::Method method, const std::string& path, const std::string& more,
                 const std::string& body = {}) {
    const Answer read = site.get(who, path);
    const std::string* const version = read.headers.find("ETag");
    return site.ask(who, method, path + more, body, version == nullptr ? "\"0\"" : *version);
  }
  Answer step(const std::string& who, const std::string& key, const std::string& name, const std::string& body = {}) {
    return step_at(who, name == "marks" ? http::Method::put : http::Method::post, path_of(key), "/" + name, body);
  }
  Answer batch_step(const std::string& who, const std::string& inspector_no, const std::string& name,
                    const std::string& body = {}) {
    const std::string path = std::string(kQuality) + "/batches/" + inspector_no + "/1";
    return step_at(who, http::Method::post, path, "/" + name, body);
  }
  // 1-1-1 of 1001, published with one severe finding of 8 points.
  std::string publish_one() {
    running({call("1001", 1)});
    submitted(1, one_finding("severe", 8));
    const std::string inspector_no = found(1).inspector;
    published(inspector_no);
    return inspector_no;
  }

  TestSite site;
};

}  // namespace zh::testing_support
