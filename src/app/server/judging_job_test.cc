// The judge in the background, on both databases: what checking queues, what the job tells, and that without settings
// nobody is asked.
#include "app/server/judging_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/import_kinds.h"
#include "app/judge.h"
#include "app/server/import_job.h"
#include "app/server/inspect_job.h"
#include "app/session.h"
#include "rooms/inspection/judging/opinions.h"
#include "tests/support/desk.h"
#include "tests/support/stub_judge.h"

namespace zh::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::must;
using testing_support::OddServer;
using testing_support::StubJudge;

class JudgingJobTest : public DeskTest {
 protected:
  policy::Sources pack() const override {
    policy::Sources pack = testing_support::sound_pack();
    pack.files["checks.yaml"] =
        "checks:\n  warm: {label: {zh: 热情, en: warm}, clause: A1, item: polite, severity: minor, points: 3,"
        " ask: {zh: 冷淡, en: cold}}\n";
    return pack;
  }

  void name_the_judge() {
    std::ofstream(centre().dir / "zhiheng.yaml", std::ios::app)
        << "outbound:\n  hosts: [\"" << model_.authority() << "\"]\njudge:\n  endpoint: http://" << model_.authority()
        << "/v1\n  model: small\n  days: 3660\n";
  }
  void import(const std::string& source_id) {
    const auto file = folder() / (source_id + ".jsonl");
    std::ofstream(file) << fmt::format(
        R"({{"source_id":"{}","channel":"chat","agent":"1001","customer":"13912343479",)"
        R"("started_at":"2026-11-02T10:00:00","turns":[{{"role":"agent","start_ms":0,"text":"我叫王小明，什么事"}}]}})"
        "\n",
        source_id);
    Session session{.language = Language::en};
    must(import_file(session, centre(), *find_import_kind("transcripts"), file));
  }

  // Works off what is due within the next half minute.
  void work() {
    jobs::Handlers handlers;
    handlers.add(std::string(kInspectNewJob), [this](jobs::JobRun& run) { return run_inspect_job(centre(), run); });
    handlers.add(std::string(inspection::kJudgingJob),
                 [this](jobs::JobRun& run) { return run_judging_job(centre(), run); });
    handlers.add("look_for_judging", [this](jobs::JobRun& run) { return look_for_judging(centre(), run); });
    jobs::Runner runner(*centre().database, std::move(handlers), centre().zone);
    runner.set_clock([] { return Instant{system_now().us + 30'000'000LL}; });
    while (must(runner.run_one())) {
    }
  }
  std::vector<std::string> results() {
    auto tx = must(centre().database->read());
    std::vector<std::string> results;
    for (const jobs::Job& job : must(jobs::list(tx, {}))) {
      if (job.kind == inspection::kJudgingJob) results.push_back(job.result.value_or(std::string()));
    }
    return results;
  }

  StubJudge model_;
};
ZH_ON_BOTH_DATABASES(JudgingJobTest);

TEST_P(JudgingJobTest, WhatArrivesIsCheckedAndThenAskedAbout) {
  name_the_judge();
  model_.says({{"warm", {{0, "什么事"}}}});
  import("a");
  work();
  EXPECT_THAT(results(), ElementsAre(HasSubstr(R"({"judged":1,"proposals":1,"dropped":0,"quotes_dropped":{},)")));
  ASSERT_EQ(model_.asked().size(), 1U);
  EXPECT_THAT(model_.asked().front(), HasSubstr("我叫***，什么事"));
  auto tx = must(centre().database->read());
  EXPECT_EQ(must(inspection::judging_of(tx, {.call = "a", .number = 1}))->questions.size(), 1U);
}

TEST_P(JudgingJobTest, WithoutSettingsNobodyIsAsked) {
  import("a");
  work();
  EXPECT_TRUE(results().empty());
  EXPECT_TRUE(model_.asked().empty());
}

TEST_P(JudgingJobTest, AJudgeThatIsAwayIsToldOnTheJobWhichEndsWell) {
  name_the_judge();
  model_.answers(OddServer::answer(500, "out of memory"));
  for (const char* const call : {"a", "b", "c", "d"}) import(call);
  work();
  EXPECT_THAT(results(), ElementsAre(HasSubstr(R"("failed":3)")));
  EXPECT_THAT(results().front(), HasSubstr("answered 500: out of memory"));
}

TEST_P(JudgingJobTest, WhatIsDueIsLookedFor) {
  name_the_judge();
  model_.says({{"warm", {}}});
  import("a");
  auto tx = must(centre().database->write());
  must(jobs::enqueue(tx, {.kind = "look_for_judging"}, system_now()));
  must(tx.commit());
  work();
  EXPECT_THAT(results(), ElementsAre(HasSubstr(R"("judged":1)")));
}

}  // namespace
}  // namespace zh::app
