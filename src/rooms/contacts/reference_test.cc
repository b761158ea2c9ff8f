// Figures of recorded Asterisk days against those that their makers counted (../shared/data/asterisk/reference.json).
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/json.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

using testing_support::must;

const std::filesystem::path kData = ZH_SOURCE_DIR "/../shared/data/asterisk";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class ReferenceTest : public ContactsTest {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kData / "reference.json")) {
      std::fprintf(stderr, "*** %s is NOT there: contacts are NOT checked against the reference figures ***\n",
                   kData.c_str());
      GTEST_SKIP() << "no reference data";
    }
    ContactsTest::SetUp();
    if (IsSkipped()) return;
    reference_ = must(json::parse(text_of(kData / "reference.json")));
    add_agents();
  }

  // Everybody in agents.json, under every name that the logs use.
  void add_agents() {
    const auto days = must(json::parse(text_of(kData / "agents.json")));
    std::map<std::string, std::set<std::string>> names;
    for (const json::Member& day : *days.object()) {
      for (const json::Member& name : *day.value.object()) names[*name.value.text()].insert(name.name);
    }
    forget_people();
    for (const auto& [number, phone_ids] : names) add_person(number, {phone_ids.begin(), phone_ids.end()});
  }

  const json::Object& expected(const char* set, const char* table) {
    return *reference_.find(set)->find(table)->object();
  }

  std::map<std::string, MetricRow> by_key(const std::string& day, By by) {
    const Date date = must(Date::parse(day));
    auto tx = must(database().read());
    std::map<std::string, MetricRow> rows;
    for (MetricRow& row : must(metrics(tx, centre(), {date, date}, by))) rows[row.key] = row;
    return rows;
  }

  void check(const char* set) {
    for (const json::Member& day : expected(set, "per_day_queue")) {
      auto rows = by_key(day.name, By::queue);
      ASSERT_EQ(rows.size(), day.value.object()->size());
      for (const json::Member& queue : *day.value.object()) {
        check_traffic(rows[queue.name].sums, queue.value, day.name + " " + queue.name);
      }
    }
    for (const json::Member& day : expected(set, "per_day_total")) {
      check_traffic(by_key(day.name, By::day)[day.name].sums, day.value, day.name);
    }
    for (const json::Member& day : expected(set, "per_day_agent")) {
      auto rows = by_key(day.name, By::agent);
      for (const json::Member& agent : *day.value.object()) {
        check_agent(rows[agent.name], agent.value, day.name + " " + agent.name);
      }
    }
  }

  static std::int64_t whole(const json::Value& row, const char* name) { return row.find(name)->integer().value(); }

  // The reference's figure, rounded as the reference is.
  static void expect_rounded(const std::optional<Fraction>& got, const json::Value& row, const char* name,
                             const std::string& where) {
    const json::Value& wanted = *row.find(name);
    if (wanted.is_null()) {
      EXPECT_FALSE(got.has_value()) << where << " " << name;
      return;
    }
    ASSERT_TRUE(got.has_value()) << where << " " << name;
    // Four or six decimals in the file; a binary rounding there may differ in the last one.
    const Fraction difference = *got - Fraction(*wanted.decimal());
    EXPECT_LE(difference.sign() < 0 ? -difference : difference, Fraction(1, 10'000)) << where << " " << name;
  }

  static void check_traffic(const Sums& sums, const json::Value& row, const std::string& where) {
    EXPECT_EQ(sums.offered, whole(row, "offered")) << where;
    EXPECT_EQ(sums.answered, whole(row, "answered")) << where;
    EXPECT_EQ(sums.abandoned, whole(row, "abandoned")) << where;
    EXPECT_EQ(sums.timeout, whole(row, "exit_timeout")) << where;
    EXPECT_EQ(sums.exit_key, whole(row, "exit_key")) << where;
    EXPECT_EQ(sums.contacts, sums.offered) << where;
    EXPECT_EQ(sums.assigned(), whole(row, "rung")) << where;
    EXPECT_EQ(sums.waited_within_10s, whole(row, "within10")) << where;
    EXPECT_EQ(sums.ended_by_agent, whole(row, "hangup_agent")) << where;
    EXPECT_EQ(sums.talk_ms, whole(row, "talk_total_s") * 1000) << where;
    expect_rounded(sums.connection_rate(), row, "connect_rate", where);
    expect_rounded(sums.wait_mean_s(), row, "wait_mean_answered_s", where);
    expect_rounded(sums.service_level_10s(), row, "within10_share_of_offered", where);
    expect_rounded(sums.ring_mean_s(), row, "ring_mean_answered_s", where);
    expect_rounded(sums.aht_s(), row, "talk_mean_all_s", where);
  }

  static void check_agent(const MetricRow& agent, const json::Value& row, const std::string& where) {
    EXPECT_EQ(agent.sums.answered, whole(row, "answered")) << where;
    EXPECT_EQ(agent.sums.assigned(), whole(row, "rung")) << where;
    EXPECT_EQ(agent.sums.ended_by_agent, whole(row, "hangup_agent")) << where;
    expect_rounded(agent.sums.connection_rate(), row, "connect_rate", where);
    expect_rounded(agent.sums.ring_mean_s(), row, "ring_mean_answered_s", where);
    expect_rounded(agent.sums.aht_s(), row, "talk_mean_all_s", where);
    expect_rounded(Fraction(agent.paused_total_us, 60'000'000), row, "paused_min_total_union", where);
    expect_rounded(Fraction(agent.signed_in_us, 60'000'000), row, "login_min_union", where);
    const json::Object& reasons = *row.find("paused_min_by_reason")->object();
    EXPECT_EQ(agent.paused_us.size(), reasons.size()) << where;
    for (const json::Member& reason : reasons) {
      const auto found = agent.paused_us.find(reason.name);
      ASSERT_NE(found, agent.paused_us.end()) << where << " " << reason.name;
      expect_rounded(Fraction(found->second, 60'000'000), *row.find("paused_min_by_reason"), reason.name.c_str(),
                     where);
    }
  }

  json::Value reference_;
};
ZH_ON_BOTH_DATABASES(ReferenceTest);

TEST_P(ReferenceTest, RecordedDays) {
  for (const char* day : {"2026-10-12", "2026-10-13", "2026-10-14"})
    import_log(text_of(kData / "days" / day / "queue_log"));
  check("days");
}

TEST_P(ReferenceTest, TheDaysInOneFileAreTheSame) {
  import_log(text_of(kData / "queue_log"));
  check("days");
}

TEST_P(ReferenceTest, TwoWeeks) {
  const ImportResult result = import_log(text_of(kData / "big" / "queue_log"));
  EXPECT_TRUE(result.unknown_members.empty());
  check("big");
}

TEST_P(ReferenceTest, AgentPool) {
  import_log(text_of(kData / "agentpool" / "queue_log"));
  check("agentpool");
}

TEST_P(ReferenceTest, TheCdrOfTheSameDaysChangesNoFigure) {
  import_cdr_text(text_of(kData / "Master.csv"));
  import_log(text_of(kData / "queue_log"));
  EXPECT_TRUE(rejects().empty());
  check("days");
}

}  // namespace
}  // namespace zh::contacts
