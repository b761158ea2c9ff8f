// A check from the editor into a new version of the pack, on both databases: by two people, and what each may not.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/server/desk_routes.h"
#include "base/json.h"
#include "policy/checks/check_set.h"
#include "tests/support/desk.h"

namespace zh::app {
namespace {

using ::testing::HasSubstr;
using testing_support::Answer;
using testing_support::must;

class CheckDraftsTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    site.sign_in("supervisor", testing_support::with_role(http::Role::qa_supervisor));
    add_check_draft_routes(site.routes(), serving());
    site.start();
  }

  static std::string yaml(int points) {
    return "stiff:\n  label: {zh: 生硬, en: stiff}\n  clause: A1\n  item: polite\n  severity: minor\n  points: " +
           std::to_string(points) + "\n  forbid: {phrases: 什么事}\n";
  }
  static std::string body(std::string_view key, const std::string& text) {
    return json::compact(json::Object{{std::string(key), text}});
  }
  // A step on what the caller has read just before.
  Answer step(const std::string& who, http::Method method, const std::string& more, const std::string& json = {}) {
    const Answer read = site.get(who, kDraft);
    const std::string* const version = read.headers.find("ETag");
    return site.ask(who, method, std::string(kDraft) + more, json, version == nullptr ? "\"0\"" : *version);
  }
  Answer post(const std::string& who, const std::string& more, const std::string& json = {}) {
    return step(who, http::Method::post, more, json);
  }
  void begin() {
    const Answer begun = site.post("supervisor", "/api/v1/checks/drafts", body("title", "更严"));
    ASSERT_EQ(begun.status, 201) << begun.body;
    ASSERT_EQ(begun.at("number"), "1");
  }

  static constexpr const char* kDraft = "/api/v1/checks/drafts/1";
};
ZH_ON_BOTH_DATABASES(CheckDraftsTest);

TEST_P(CheckDraftsTest, ACheckIsWrittenCheckedConsultedAboutAndPublished) {
  begin();
  const Answer put = step("supervisor", http::Method::put, "/checks", body("yaml", yaml(2)));
  ASSERT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.at("changes/0/check"), "stiff");
  EXPECT_EQ(put.at("changes/0/kind"), "added");
  EXPECT_THAT(put.at("changes/0/after"), HasSubstr("points: 2"));
  EXPECT_EQ(post("supervisor", "/check").at("state"), "checked");
  EXPECT_EQ(post("supervisor", "/consult", body("consultation", "职代会")).status, 403);
  const Answer consulted = post("manager", "/consult", body("consultation", "职代会"));
  EXPECT_EQ(consulted.at("state"), "consulted") << consulted.body;
  EXPECT_EQ(consulted.at("actions/1"), "publish");
  EXPECT_EQ(post("supervisor", "/publish", body("effective_from", "2026-12-01")).status, 403);
  const Answer published = post("manager", "/publish", body("effective_from", "2026-12-01"));
  ASSERT_EQ(published.status, 200) << published.body;
  EXPECT_EQ(published.at("state"), "published");
  EXPECT_EQ(published.at("effective_from"), "2026-12-01");
  auto tx = must(centre().database->read());
  const auto pack = must(policies::pack_on(tx, Date::parse("2026-12-01").value()));
  ASSERT_NE(pack->checks, nullptr);
  EXPECT_EQ(pack->checks->find("stiff")->points, Decimal(2));
  EXPECT_EQ(must(policies::pack_on(tx, Date::parse("2026-11-30").value()))->checks, nullptr);
}

TEST_P(CheckDraftsTest, ACheckIsChangedAndTakenOutAgain) {
  begin();
  ASSERT_EQ(step("supervisor", http::Method::put, "/checks", body("yaml", yaml(2))).status, 200);
  const Answer changed = step("supervisor", http::Method::put, "/checks", body("yaml", yaml(3)));
  EXPECT_THAT(changed.at("changes/0/after"), HasSubstr("points: 3"));
  const Answer removed = step("supervisor", http::Method::del, "/checks/stiff");
  EXPECT_EQ(removed.status, 200) << removed.body;
  EXPECT_EQ(removed.size("changes"), 0);
  EXPECT_EQ(step("supervisor", http::Method::del, "/checks/stiff").status, 404);
}

TEST_P(CheckDraftsTest, WhatDoesNotCompileIsNotTaken) {
  begin();
  const Answer faulty = step("supervisor", http::Method::put, "/checks", body("yaml", "stiff:\n  points: 2\n"));
  EXPECT_EQ(faulty.status, 422);
  EXPECT_THAT(faulty.body, HasSubstr("/yaml"));
  EXPECT_EQ(step("supervisor", http::Method::put, "/checks", body("yaml", "no check")).status, 422);
  EXPECT_EQ(site.get("supervisor", kDraft).size("changes"), 0);
}

TEST_P(CheckDraftsTest, DraftsAreForThoseWhoWriteChecks) {
  begin();
  EXPECT_EQ(site.get("manager", "/api/v1/checks/drafts").size(""), 1);
  EXPECT_EQ(site.get("trainer", "/api/v1/checks/drafts").status, 403);
  EXPECT_EQ(site.get("agent-1001", kDraft).status, 403);
  EXPECT_EQ(site.get("supervisor", "/api/v1/checks/drafts/9").status, 404);
  EXPECT_EQ(site.ask("supervisor", http::Method::post, std::string(kDraft) + "/check", {}, "\"9\"").status, 412);
  EXPECT_EQ(site.post("supervisor", std::string(kDraft) + "/check").status, 428);
}

}  // namespace
}  // namespace zh::app
