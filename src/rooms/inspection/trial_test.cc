// A check tried on stored contacts, on both databases: what is counted, and which examples are kept.
#include "rooms/inspection/trial.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "policy/load.h"
#include "tests/support/checked_contacts.h"

namespace zh::inspection {
namespace {

using testing_support::chat_line;
using testing_support::must;

const std::string kForbids = "forbid: {phrases: 什么事}";

std::shared_ptr<const policy::Pack> pack_with(const std::string& more, const std::string& condition) {
  policy::Sources sources;
  sources.name = "tried";
  sources.files["pack.yaml"] = "id: tried\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  const std::string head = "label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor, points: 2";
  sources.files["checks.yaml"] =
      "checks:\n  stiff: {" + head + more + ", " + condition + "}\n  other: {" + head + ", forbid: {phrases: 您}}\n";
  return std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
}

class TrialTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    contacts_ = std::make_unique<testing_support::CheckedContacts>(database(), zone_);
  }
  void TearDown() override { contacts_.reset(); }

  Trial run(const std::string& more, int page = 2, const std::string& condition = kForbids) {
    const TrialOrder order{.offered = {zone_.start_of(day("2026-10-01")), zone_.start_of(day("2026-11-01"))},
                           .check = "stiff",
                           .page = page};
    return must(try_check(database(), contacts_->keys(), zone_, order, pack_with(more, condition),
                          [](std::int64_t, std::int64_t) {}));
  }
  static Date day(std::string_view text) { return Date::parse(text).value(); }

  Zone zone_ = Zone::find("Asia/Shanghai").value();
  std::unique_ptr<testing_support::CheckedContacts> contacts_;
};
ZH_ON_BOTH_DATABASES(TrialTest);

TEST_P(TrialTest, counts_contacts_findings_and_what_inspectors_would_see) {
  contacts_->import(chat_line("a", "2026-10-01T10:00:00", "1001", {"什么事，什么事"}) +
                    chat_line("b", "2026-10-01T11:00:00", "1001", {"您好"}) +
                    chat_line("c", "2026-10-02T10:00:00", "1001", {"什么事"}) +
                    chat_line("d", "2026-11-01T00:00:00", "1001", {"什么事"}));  // the day after
  const Trial once = run("");
  EXPECT_EQ(once.contacts, 3);
  EXPECT_EQ(once.in_force, 3);
  EXPECT_EQ(once.spoke_up, 2);
  EXPECT_EQ(once.findings, 3);
  EXPECT_EQ(once.proposals, 2);
  EXPECT_EQ(once.days.at(day("2026-10-01")).in_force, 2);
  EXPECT_EQ(once.days.at(day("2026-10-01")).spoke_up, 1);
  EXPECT_EQ(run(", count: per_hit").proposals, 3);
  ASSERT_EQ(once.examples.size(), 2U);
  EXPECT_EQ(once.examples[0].contact.call, "a");
  EXPECT_EQ(once.examples[0].finding.to, 3);
}

TEST_P(TrialTest, of_a_check_that_asks_it_counts_where_its_question_would_be_put) {
  contacts_->import(chat_line("a", "2026-10-01T10:00:00", "1001", {"什么事"}) +
                    chat_line("b", "2026-10-01T11:00:00", "1001", {"您好"}));
  const Trial trial = run("", 2, "when: {phrases: 您好}, ask: {zh: 冷淡, en: cold}");
  EXPECT_EQ(trial.in_force, 2);
  EXPECT_EQ(trial.spoke_up, 1);
  EXPECT_EQ(trial.proposals, 1);
  ASSERT_EQ(trial.examples.size(), 1U);
  EXPECT_EQ(trial.examples[0].contact.call, "b");
  EXPECT_FALSE(trial.examples[0].finding.turn);
}

TEST_P(TrialTest, a_check_that_begins_later_is_tried_as_if_it_had_begun) {
  contacts_->import(chat_line("a", "2026-10-01T10:00:00", "1001", {"什么事"}));
  EXPECT_EQ(run(", effective: {from: 2026-12-01}").spoke_up, 1);
  EXPECT_EQ(run(", channels: [call]").in_force, 0);
}

TEST_P(TrialTest, examples_are_spread_over_the_period) {
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += chat_line(fmt::format("c{:03}", i), fmt::format("2026-10-{:02}T10:{:02}:00", 1 + i / 10, i % 60), "1001",
                       {"什么事"});
  }
  contacts_->import(lines);
  const Trial trial = run("", 30);
  EXPECT_EQ(trial.spoke_up, 100);
  ASSERT_LE(trial.examples.size(), kExamplesMax);
  EXPECT_GE(trial.examples.size(), kExamplesMax / 2);
  EXPECT_GE(zone_.date_of(trial.examples.back().contact.offered_at), day("2026-10-09"));
}

TEST_P(TrialTest, a_check_that_there_is_not_is_refused) {
  const auto refused = try_check(database(), contacts_->keys(), zone_, {.offered = kAllTime, .check = "nothing"},
                                 pack_with("", kForbids), [](std::int64_t, std::int64_t) {});
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace zh::inspection
