// Files from the desk: sent, looked at, taken in by a job, undone, on both databases.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/server/import_job.h"
#include "app/server/uploads.h"
#include "jobs/runner.h"
#include "rooms/people/settings.h"
#include "tests/support/desk.h"

namespace zh::app {
namespace {

using testing_support::Answer;
using testing_support::must;

constexpr std::string_view kFacts =
    "staff_no,occurred_at,kind,value\n"
    "1001,2026-11-02,exam,80\n"
    "1002,2026-11-02,exam,180\n"
    "9999,2026-11-02,exam,80\n";

class ImportsTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    std::filesystem::create_directories(folder() / "uploads");
    add_import_routes(site.routes(), serving());
    site.start();
  }

  std::string send(const std::string& who, std::string_view bytes, const std::string& name = "november.csv") {
    const Answer answer = site.upload(who, "/api/v1/uploads?name=" + name, bytes, folder() / "uploads");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("upload");
  }
  static std::string order(const std::string& upload, const std::string& kind, const std::string& more = {}) {
    return fmt::format(R"({{"upload":"{}","kind":"{}"{}}})", upload, kind, more);
  }
  Answer look(const std::string& who, const std::string& body) const {
    return site.post(who, "/api/v1/imports/preview", body);
  }
  // Starts the import and works the queue off; the state in which it ends.
  Answer import(const std::string& who, const std::string& body) {
    const Answer started = site.post(who, "/api/v1/imports", body);
    EXPECT_EQ(started.status, 201) << started.body;
    work();
    return site.get(who, "/api/v1/imports/" + started.at("job"));
  }
  void work() {
    jobs::Handlers handlers;
    handlers.add(std::string(kImportJob), [this](jobs::JobRun& run) { return run_import_job(centre(), run); });
    handlers.add("prune_uploads", [this](jobs::JobRun& run) { return prune_uploads(centre(), run); });
    jobs::Runner runner(*centre().database, std::move(handlers), centre().zone);
    runner.set_clock([] { return kNow; });
    while (must(runner.run_one())) {
    }
  }
  std::size_t files_kept() const {
    const std::filesystem::directory_iterator folder_of_uploads(folder() / "uploads");
    return static_cast<std::size_t>(std::distance(begin(folder_of_uploads), end(folder_of_uploads)));
  }
};

TEST_P(ImportsTest, AFileIsSentLookedAtAndTakenIn) {
  const std::string upload = send("hr", kFacts);
  const Answer preview = look("hr", order(upload, "facts"));
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("columns/2"), "kind");
  EXPECT_EQ(preview.size("rows"), 3);
  EXPECT_EQ(preview.at("rows/0/problem"), "null");
  EXPECT_EQ(preview.at("rows/0/cells/3"), "80");
  EXPECT_NE(preview.at("rows/1/problem").find("180"), std::string::npos);
  EXPECT_NE(preview.at("rows/2/problem").find("9999"), std::string::npos);

  const Answer state = import("hr", order(upload, "facts"));
  EXPECT_EQ(queued, 1);
  EXPECT_EQ(state.at("state"), "done") << state.body;
  EXPECT_EQ(state.at("file"), "november.csv");
  EXPECT_EQ(state.at("result/rows"), "3");
  EXPECT_EQ(state.at("result/accepted"), "1");
  EXPECT_EQ(state.at("result/rejected"), "2");
  EXPECT_EQ(files_kept(), 0U);  // what was taken in is kept no longer

  const Answer batches = site.get("hr", "/api/v1/batches");
  EXPECT_EQ(batches.at("items/0/id"), state.at("result/batch"));
  EXPECT_EQ(batches.at("items/0/file"), "november.csv");
  EXPECT_EQ(batches.at("items/0/by"), "hr");
  EXPECT_EQ(batches.at("items/0/undone"), "false");
}

TEST_P(ImportsTest, RejectedRowsAreGivenBackAndReadingThemIsAudited) {
  const Answer state = import("hr", order(send("hr", kFacts), "facts"));
  const std::string name = state.at("result/rejects");
  const Answer rows = site.get("hr", "/api/v1/rejects/" + name);
  ASSERT_EQ(rows.status, 200) << rows.body;
  EXPECT_EQ(rows.body, "staff_no,occurred_at,kind,value\n1002,2026-11-02,exam,180\n9999,2026-11-02,exam,80\n");
  EXPECT_NE(site.get("hr", "/api/v1/rejects/" + name + "/reasons").body.find("9999"), std::string::npos);
  EXPECT_EQ(audit().back().action, "read_rejects");
  std::ofstream(folder() / "secret.txt") << "x";
  for (const std::string wrong : {"nothing.csv", "..", "%2e%2e", ".hidden"}) {
    EXPECT_NE(site.get("hr", "/api/v1/rejects/x" + wrong).status, 200) << wrong;
  }
}

TEST_P(ImportsTest, UndoingABatchTakesItsFactsAway) {
  const std::string batch = import("hr", order(send("hr", kFacts), "facts")).at("result/batch");
  EXPECT_EQ(site.del("hr", "/api/v1/batches/" + batch).status, 403);
  const Answer undone = site.del("manager", "/api/v1/batches/" + batch);
  EXPECT_EQ(undone.at("facts_withdrawn"), "1") << undone.body;
  EXPECT_EQ(site.get("hr", "/api/v1/batches").at("items/0/undone"), "true");
  EXPECT_EQ(site.del("manager", "/api/v1/batches/" + batch).status, 409);
  EXPECT_EQ(site.del("manager", "/api/v1/batches/99").status, 404);
  EXPECT_EQ(audit().back().actor, "manager");
}

TEST_P(ImportsTest, AFileThatIsRefusedAsAWholeIsToldAndBlocksNothing) {
  const Answer state = import("hr", order(send("hr", "name,colour\nx,y\n"), "facts"));
  EXPECT_EQ(state.at("state"), "done");
  EXPECT_EQ(state.at("result"), "null");
  EXPECT_NE(state.at("problem").find("name"), std::string::npos) << state.body;
}

TEST_P(ImportsTest, AnotherImportOfTheSameUploadIsTheSameJob) {
  const std::string upload = send("hr", kFacts);
  const Answer first = site.post("hr", "/api/v1/imports", order(upload, "facts"));
  const Answer second = site.post("hr", "/api/v1/imports", order(upload, "facts"));
  EXPECT_EQ(first.at("job"), second.at("job"));
  work();
  EXPECT_EQ(site.get("hr", "/api/v1/batches").size("items"), 2);  // people and this one
}

TEST_P(ImportsTest, ARunThatIsRepeatedAfterItsCommitIsNotRepeatedAtAll) {
  // The job's end is stored in the transaction that enters the file: there is no moment between the two.
  const Answer state = import("hr", order(send("hr", kFacts), "facts"));
  work();
  EXPECT_EQ(site.get("hr", "/api/v1/batches").size("items"), 2);
  EXPECT_EQ(site.get("hr", "/api/v1/imports/" + state.at("job")).at("result/batch"), state.at("result/batch"));
}

TEST_P(ImportsTest, AnUploadIsItsSendersAlone) {
  const std::string upload = send("hr", kFacts);
  EXPECT_EQ(look("manager", order(upload, "facts")).status, 422);
  EXPECT_EQ(site.post("manager", "/api/v1/imports", order(upload, "facts")).status, 422);
  EXPECT_EQ(look("hr", order("../../etc/passwd", "facts")).status, 422);
  EXPECT_EQ(look("hr", order(upload, "spells")).status, 422);
  EXPECT_EQ(site.upload("agent-1001", "/api/v1/uploads?name=a", "x", folder()).status, 403);
  EXPECT_EQ(site.upload("leader-a", "/api/v1/uploads?name=a", "x", folder()).status, 403);
  EXPECT_EQ(site.get("leader-a", "/api/v1/batches").status, 403);
}

TEST_P(ImportsTest, ATableIsGuessedMappedAndTakenIn) {
  const std::string upload =
      send("hr", "流水号;进线时间;坐席;队列;通话时长\n7;2026/11/02 09:00:00;Agent/1001;sales;01:30\n");
  EXPECT_EQ(site.post("hr", "/api/v1/imports", order(upload, "csv")).status, 422);  // without a map
  const Answer preview = look("hr", order(upload, "csv"));
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("map/delimiter"), ";");
  EXPECT_EQ(preview.at("map/fields/0/field"), "source_id");

  const std::string map = json::compact(*preview.document().find("map"));
  const Answer mapped = look("hr", order(upload, "csv", R"(,"map":)" + map));
  EXPECT_EQ(mapped.at("rows/0/problem"), "null") << mapped.body;
  EXPECT_EQ(look("hr", order(upload, "csv", R"(,"map":{"fields":[{"field":"size","columns":["x"]}]})")).status, 422);
  EXPECT_EQ(look("hr", order(upload, "csv", R"(,"map_yaml":"fields: [")")).status, 422);
  const Answer state = import("hr", order(upload, "csv", R"(,"map":)" + map));
  EXPECT_EQ(state.at("result/accepted"), "1") << state.body;
  EXPECT_EQ(state.at("result/unknown_queues/0/name"), "sales");
}

TEST_P(ImportsTest, AnImportKeepsTheMapItWasStartedWith) {
  const std::string upload = send("hr", "when,who\n2026-11-02 09:00:00,Agent/1001\n");
  const std::string job =
      site.post("hr", "/api/v1/imports", order(upload, "csv", R"(,"map_yaml":"fields: {offered_at: when}")")).at("job");
  const Answer again =
      site.post("hr", "/api/v1/imports", order(upload, "csv", R"(,"map_yaml":"fields: {offered_at: nowhere}")"));
  EXPECT_EQ(again.at("job"), job);
  work();
  EXPECT_EQ(site.get("hr", "/api/v1/imports/" + job).at("result/accepted"), "1");
  EXPECT_EQ(files_kept(), 0U);
}

TEST_P(ImportsTest, ALogTellsWhomItDoesNotKnowAndWhenItFellSilent) {
  EXPECT_EQ(site.get("hr", "/api/v1/imports/silence").at("silent"), "false");
  const auto line = [](std::int64_t at, std::string_view rest) { return fmt::format("{}|{}\n", at, rest); };
  const std::int64_t at = kNow.seconds() - 27 * 3600;
  const std::string log = line(at, "7.1|sales|NONE|ENTERQUEUE||139|1") +
                          line(at + 2, "7.1|sales|SIP/1001-7|CONNECT|2|7.2|1") +
                          line(at + 60, "7.1|sales|SIP/1001-7|COMPLETEAGENT|2|58|1");
  const std::string products = R"(,"products":[{"queue":"sales","product":"broadband"}])";
  const Answer state = import("admin", order(send("admin", log, "queue_log"), "queue-log", products));
  EXPECT_EQ(state.at("result/accepted"), "3") << state.body;
  EXPECT_EQ(state.at("result/unknown_members/0/name"), "SIP/1001-7");
  EXPECT_EQ(state.at("result/unknown_members/0/suggestion"), "1001");
  const Answer unknown = site.get("hr", "/api/v1/imports/unknown?from=2026-11-01&to=2026-11-30");
  EXPECT_EQ(unknown.at("0/name"), "SIP/1001-7") << unknown.body;
  const Answer silence = site.get("hr", "/api/v1/imports/silence");
  EXPECT_EQ(silence.at("silent"), "true") << silence.body;
  EXPECT_EQ(silence.at("hours"), "26");
  auto tx = must(centre().database->write());
  must(people::set_setting(tx, {.name = std::string(people::kLogSilenceHours),
                                .value = "48",
                                .effective_from = {},
                                .actor = "operator",
                                .at = kNow}));
  must(tx.commit());
  EXPECT_EQ(site.get("hr", "/api/v1/imports/silence").at("silent"), "false");
}

TEST_P(ImportsTest, WhatIsSentAndForgottenGoesAfterADay) {
  const std::string old = send("hr", kFacts);
  EXPECT_EQ(files_kept(), 1U);
  auto tx = must(centre().database->write());
  must(tx.execute("UPDATE uploads SET sent_at = 0"));
  must(jobs::enqueue(tx, {.kind = "prune_uploads"}, kNow));
  must(tx.commit());
  work();
  EXPECT_EQ(files_kept(), 0U);
  EXPECT_EQ(look("hr", order(old, "facts")).status, 422);
}

TEST_P(ImportsTest, AWaitingImportCanBeCancelled) {
  const std::string job = site.post("hr", "/api/v1/imports", order(send("hr", kFacts), "facts")).at("job");
  EXPECT_EQ(site.del("hr", "/api/v1/imports/" + job).status, 204);
  work();
  EXPECT_EQ(site.get("hr", "/api/v1/imports/" + job).at("state"), "cancelled");
  EXPECT_EQ(site.del("hr", "/api/v1/imports/nothing").status, 404);
}

ZH_ON_BOTH_DATABASES(ImportsTest);

}  // namespace
}  // namespace zh::app
