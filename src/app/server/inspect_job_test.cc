// Checks in the background, on both databases: what an import queues, and what the jobs find.
#include "app/server/inspect_job.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "app/import_kinds.h"
#include "app/server/import_job.h"
#include "app/session.h"
#include "rooms/inspection/inspection.h"
#include "tests/support/desk.h"

namespace zh::app {
namespace {

using testing_support::must;

class InspectJobTest : public DeskTest {
 protected:
  policy::Sources pack() const override {
    policy::Sources pack = testing_support::sound_pack();
    pack.files["checks.yaml"] =
        "checks:\n  stiff: {label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor, points: 3,"
        " forbid: {phrases: 什么事}}\n";
    return pack;
  }

  void import(const std::string& source_id, const std::string& says) {
    const auto file = folder() / (source_id + ".jsonl");
    std::ofstream(file) << fmt::format(
        R"({{"source_id":"{}","channel":"chat","agent":"1001","customer":"","started_at":"2026-11-02T10:00:00",)"
        R"("turns":[{{"role":"agent","start_ms":0,"text":"{}"}}]}})"
        "\n",
        source_id, says);
    Session session{.language = Language::en};
    must(import_file(session, centre(), *find_import_kind("transcripts"), file));
  }

  std::vector<jobs::Job> all_jobs() {
    auto tx = must(centre().database->read());
    return must(jobs::list(tx, {}));
  }

  // Works off what is due so many seconds from now.
  int work(int seconds) {
    jobs::Handlers handlers;
    for (const std::string_view kind : {kInspectNewJob, kInspectJob}) {
      handlers.add(std::string(kind), [this](jobs::JobRun& run) { return run_inspect_job(centre(), run); });
    }
    jobs::Runner runner(*centre().database, std::move(handlers), centre().zone);
    runner.set_clock([seconds] { return Instant{system_now().us + seconds * 1'000'000LL}; });
    int jobs = 0;
    while (must(runner.run_one())) ++jobs;
    return jobs;
  }

  std::int64_t findings_of(const std::string& source_id) {
    auto tx = must(centre().database->read());
    const auto found = must(inspection::findings_of(tx, {.call = source_id, .number = 1}));
    return found ? static_cast<std::int64_t>(found->findings.size()) : -1;
  }
};
ZH_ON_BOTH_DATABASES(InspectJobTest);

TEST_P(InspectJobTest, AnImportOfTranscriptsIsCheckedSoon) {
  import("a", "什么事");
  EXPECT_EQ(findings_of("a"), -1);
  EXPECT_EQ(work(30), 1);
  EXPECT_EQ(findings_of("a"), 1);
  EXPECT_EQ(all_jobs().front().result, R"({"contacts":1,"checked":1,"not_checked":0,"unreadable":[]})");
  EXPECT_EQ(work(30), 0);
}

TEST_P(InspectJobTest, ImportsWithinSecondsShareAJobThatWaitsForTheirEnd) {
  auto tx = must(centre().database->write());
  const Instant begin = Instant::from_seconds(1'800'000'000);
  for (const std::int64_t us : {0LL, 1'000'000LL, 4'999'999LL, 5'000'000LL}) {
    must(queue_inspection(tx, Instant{begin.us + us}));
  }
  must(tx.commit());
  std::vector<std::int64_t> due;
  for (const jobs::Job& job : all_jobs()) due.push_back((job.due.us - begin.us) / 1'000'000);
  std::ranges::sort(due);
  EXPECT_EQ(due, (std::vector<std::int64_t>{10, 15}));
}

TEST_P(InspectJobTest, TheNightlyJobLooksAtEverything) {
  import("a", "什么事");
  work(30);
  auto tx = must(centre().database->write());
  must(tx.execute("DELETE FROM contact_transcripts"));
  must(jobs::enqueue(tx, {.kind = std::string(kInspectJob)}, system_now()));
  must(tx.commit());
  EXPECT_EQ(work(30), 1);
  EXPECT_EQ(findings_of("a"), -1);
}

}  // namespace
}  // namespace zh::app
