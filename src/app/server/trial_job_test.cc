// A check tried on last month from the desk, on both databases: started, worked off, read.
#include "app/server/trial_job.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/import_kinds.h"
#include "app/server/import_job.h"
#include "app/session.h"
#include "tests/support/desk.h"

namespace zh::app {
namespace {

using testing_support::Answer;
using testing_support::must;

class TrialJobTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    site.sign_in("supervisor", testing_support::with_role(http::Role::qa_supervisor));
    add_trial_routes(site.routes(), serving());
    site.start();
  }

  void import(const std::string& source_id, const std::string& says, const std::string& at) {
    const auto file = folder() / (source_id + ".jsonl");
    std::ofstream(file) << fmt::format(
        R"({{"source_id":"{}","channel":"chat","agent":"1001","customer":"","started_at":"{}",)"
        R"("turns":[{{"role":"agent","start_ms":0,"text":"{}"}}]}})"
        "\n",
        source_id, at, says);
    Session session{.language = Language::en};
    must(import_file(session, centre(), *find_import_kind("transcripts"), file));
  }
  void work() {
    jobs::Handlers handlers;
    handlers.add(std::string(kTrialJob), [this](jobs::JobRun& run) { return run_trial_job(centre(), run); });
    jobs::Runner runner(*centre().database, std::move(handlers), centre().zone);
    runner.set_clock([] { return kNow; });
    must(runner.run_one());
  }
  static std::string body(const std::string& forbidden) {
    return R"({"yaml":"stiff:\n  label: {zh: 查, en: c}\n  clause: A1\n  item: polite\n  severity: minor\n)"
           R"(  points: 2\n  forbid: {phrases: )" +
           forbidden + R"(}\n","from":"2026-11-01","to":"2026-11-30"})";
  }
  static constexpr const char* kStart = "/api/v1/checks/last-month";
};
ZH_ON_BOTH_DATABASES(TrialJobTest);

TEST_P(TrialJobTest, AnUnpublishedCheckIsTriedAndItsExamplesQuoted) {
  import("a", "什么事？打139 1234 3479", "2026-11-02T10:00:00");
  import("b", "您好", "2026-11-03T10:00:00");
  const Answer started = site.post("supervisor", kStart, body("什么事"));
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string path = "/api/v1/checks/trials/" + started.at("job");
  EXPECT_EQ(site.get("supervisor", path).at("state"), "waiting");
  work();
  const Answer done = site.get("supervisor", path);
  EXPECT_EQ(done.at("state"), "done") << done.body;
  EXPECT_EQ(done.at("done"), "2");
  EXPECT_EQ(done.at("total"), "2");
  EXPECT_EQ(done.at("check"), "stiff");
  EXPECT_EQ(done.at("result/contacts"), "2");
  EXPECT_EQ(done.at("result/spoke_up"), "1");
  EXPECT_EQ(done.at("result/days/0/day"), "2026-11-02");
  EXPECT_EQ(done.at("result/examples/0/source_id"), "a");
  EXPECT_EQ(done.at("result/examples/0/quote"), "什么事？打139 **** 3479");
  EXPECT_EQ(done.at("result/work/records"), "0");  // nothing was inspected in November
}

TEST_P(TrialJobTest, ACheckThatDoesNotCompileEndsTheJobWithItsFault) {
  const Answer started = site.post("supervisor", kStart, body("[]"));
  ASSERT_EQ(started.status, 201) << started.body;
  work();
  const Answer failed = site.get("supervisor", "/api/v1/checks/trials/" + started.at("job"));
  EXPECT_NE(failed.at("problem").find("a list of words is expected"), std::string::npos) << failed.body;
  EXPECT_EQ(failed.at("result"), "null");
}

TEST_P(TrialJobTest, WhatCannotBeTriedIsRefused) {
  EXPECT_EQ(site.post("supervisor", kStart, R"({"yaml":"no check"})").status, 422);
  EXPECT_EQ(site.post("supervisor", kStart, R"({})").status, 422);
  EXPECT_EQ(site.post("supervisor", kStart, R"({"check":"x","from":"2026-01-01","to":"2026-12-31"})").status, 422);
  EXPECT_EQ(site.post("hr", kStart, body("x")).status, 403);
  EXPECT_EQ(site.get("supervisor", "/api/v1/checks/trials/nothing").status, 404);
}

}  // namespace
}  // namespace zh::app
