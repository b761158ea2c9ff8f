// Every create that takes an Idempotency-Key, sent twice while its server is killed between the commit and the answer:
// it is done once, and the second sending gets the first answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "app/content.h"
#include "base/source.h"
#include "idempotency/table.h"
#include "rooms/contacts/contacts_import.h"
#include "tests/support/desk.h"
#include "tests/support/inspected.h"

namespace zh::app {
namespace {

using testing_support::Answer;

// A server that is killed does not come to this.
class KilledBeforeTheAnswer final : public http::IdempotencyStore {
 public:
  explicit KilledBeforeTheAnswer(db::Database& database) : table_(database) {}

  Result<http::IdempotencyCheck> begin(std::string_view owner, std::string_view key, const Hash& request,
                                       Instant now) override {
    return table_.begin(owner, key, request, now);
  }
  Status finish(std::string_view, std::string_view, const http::KeptAnswer&) override { return {}; }
  void forget(std::string_view, std::string_view) override {}

 private:
  idempotency::IdempotencyTable table_;
};

class ReplayTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (IsSkipped()) return;
    testing_support::Inspected(centre(), kNow).publish_the_draft();
    take_in_a_transcript();
    std::filesystem::create_directories(folder() / "uploads");
    add_routes(site.routes(), serving());
    site.authenticate_here();
    site.sign_in("supervisor", testing_support::with_role(http::Role::qa_supervisor));
    site.routes().set_idempotency(std::make_unique<KilledBeforeTheAnswer>(*centre().database));
    site.start();
  }
  policy::Sources pack() const override { return testing_support::with_inspections(testing_support::sound_pack()); }
  // The contact 7.0 of 1001.
  void take_in_a_transcript() {
    TextSource line(R"({"source_id":"7.0","channel":"call","agent":"1001","started_at":"2026-11-17T09:00:00","turns":[)"
                    R"({"role":"agent","start_ms":0,"end_ms":900,"text":"hello"}]})"
                    "\n");
    auto tx = testing_support::must(centre().database->read());
    const people::People people = testing_support::must(people::load_people(tx));
    testing_support::must(tx.commit());
    contacts::ImportFile file{.text = line,
                              .name = "calls.jsonl",
                              .reject = [](const Reject&) { return Status(); },
                              .header = {},
                              .before_entering = [](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
                                batch.kind = "transcripts";
                                batch.files = {"calls.jsonl"};
                                batch.actor = "operator";
                                batch.at = kNow;
                                return batch;
                              }};
    const auto contents = contents_when_asked(centre());
    testing_support::must(contacts::import_transcripts(*centre().database, {.people = people, .zone = centre().zone},
                                                       testing_support::must(contents())->keys(), file));
  }
  std::string send() const {
    return site
        .upload("manager", "/api/v1/uploads?name=facts.csv", "staff_no,occurred_at,kind,value\n", folder() / "uploads")
        .at("upload");
  }
};
ZH_ON_BOTH_DATABASES(ReplayTest);

TEST_P(ReplayTest, WhatIsSentTwiceIsDoneOnce) {
  struct Create {
    std::string route;  // as it is registered
    std::string address;
    std::string body;
    std::string who = "manager";
  };
  const std::vector<Create> creates{
      {"/api/v1/facts", "/api/v1/facts",
       R"({"rows":[{"staff_no":"1001","occurred_at":"2026-11-17","kind":"exam","value":"80"}]})"},
      {"/api/v1/checks/drafts", "/api/v1/checks/drafts", R"({"title":"x"})"},
      {"/api/v1/imports", "/api/v1/imports", R"({"kind":"facts","upload":")" + send() + "\"}"},
      {"/api/v1/people", "/api/v1/people",
       R"({"staff_no":"3009","name":"New","position":"agent","hired_on":"2026-11-01","group":"A"})"},
      {"/api/v1/months/{month}/sheets/{staff_no}/questions", "/api/v1/months/2026-11/sheets/1001/questions",
       R"({"text":"Why?"})"},
      {"/api/v1/quality/inspections/{key}/questions", "/api/v1/quality/inspections/1-1-1/questions",
       R"({"text":"Why?"})"},
      {"/api/v1/quality/inspections/{key}/appeals", "/api/v1/quality/inspections/1-1-4/appeals",
       R"({"finding":1,"proposed":{"choice":"severe","points":7},"reason":"I did not"})", "agent-1001"},
      {"/api/v1/quality/calibrations", "/api/v1/quality/calibrations",
       R"({"title":"November","rubric":"tested","records":["7.0"],"inspectors":["3001","4001"]})", "supervisor"},
      {"/api/v1/library", "/api/v1/library",
       R"({"contact":"7.0","kind":"typical","title":"hello","note":"","tags":[]})", "supervisor"},
      {"/api/v1/quality/plans", "/api/v1/quality/plans",
       R"({"month":"2026-12","title":"December","groups":[],"products":[],"channels":[],)"
       R"("rounds":[{"round":1,"first_day":"2026-12-01","last_day":"2026-12-09","publish_before":"2026-12-15","per_agent":2},)"
       R"({"round":2,"first_day":"2026-12-10","last_day":"2026-12-24","publish_before":"2026-12-30","per_agent":2}],)"
       R"("inspectors":[{"staff_no":"3001","capacity":40}]})",
       "supervisor"}};
  for (const auto& route : site.routes().router().routes()) {
    if (!route->info.idempotent_create) continue;
    const auto create = std::ranges::find(creates, route->pattern, &Create::route);
    ASSERT_NE(create, creates.end()) << "try this one here too: " << route->pattern;
    const Answer first = site.create(create->who, create->address, create->body, "key");
    ASSERT_TRUE(first.status == 200 || first.status == 201) << create->address << first.body;
    const Answer second = site.create(create->who, create->address, create->body, "key");
    EXPECT_EQ(second.headers.get("Idempotency-Replayed"), "true") << create->address << second.body;
    EXPECT_EQ(second.status, first.status);
    EXPECT_EQ(second.body, first.body);
  }
}

}  // namespace
}  // namespace zh::app
