// `zhiheng sample verify` as an operator meets it: what it prints and how it ends.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/centre.h"
#include "base/json.h"
#include "rooms/quality/sampling/sampling.h"
#include "tests/support/command.h"
#include "tests/support/databases.h"
#include "tests/support/folder.h"

namespace zh::app {
namespace {

using testing_support::Ended;
using testing_support::must;
using testing_support::zhiheng;

constexpr db::Sql kAddContact =
    "INSERT INTO contacts (call_id, number, source, channel, direction, queue, product, member, offered_at, outcome,"
    " transferred, ended_by, entered, connected)"
    " VALUES (:call, 1, 1, 1, 1, 'sales', '', 'Agent/1001', :offered_at, 1, 0, 0, 1, 1)";
constexpr db::Sql kDropPick = "DELETE FROM sample_picks WHERE place = 2";

class SampleCommandTest : public testing::Test {
 protected:
  Ended verify() const { return zhiheng({"sample", "verify", "--data", data_, "--plan", "3", "--json"}); }

  // Ten contacts of one agent on 5 October, four drawn in plan 3.
  void draw() const {
    const Centre centre = must(open_centre(data_));
    people::PersonRow row;
    row.staff_no = "1001";
    row.hired_on = Date::parse("2020-01-01").value();
    row.phone_ids = {"Agent/1001"};
    const people::People people(std::vector{people::Person::of(std::vector{row})});
    const contacts::QueueProducts products;
    auto tx = must(centre.database->write());
    for (int i = 0; i < 10; ++i) {
      must(tx.execute(kAddContact, {{"call", "c" + std::to_string(i)}, {"offered_at", at("2026-10-05T10:00:00")}}));
    }
    const quality::sampling::Order order{
        .id = {.plan = 3, .round = 1},
        .scope = {.during = {at("2026-10-01"), at("2026-10-16")}, .channels = {}, .products = {}, .groups = {}},
        .allocation = {.per_agent = 4},
        .risk = {},
        .parts_of_day = {0}};
    must(commit_seed(tx, order.id, quality::sampling::random_secrets(), {.actor = "2001", .at = at("2026-09-28")}));
    must(draw_sample(tx, order, {.people = people, .products = products, .zone = zone()},
                     {.actor = "2001", .at = at("2026-10-16")}));
    must(tx.commit());
  }
  static Zone zone() { return Zone::find(kDefaultZone).value(); }
  static Instant at(std::string_view text) { return zone().parse_instant(text).value(); }

  void SetUp() override { ASSERT_EQ(zhiheng({"init", "--data", data_}).code, exit_done); }

  testing_support::Folder folder_;
  std::string data_ = folder_.path() / "centre";
};

TEST_F(SampleCommandTest, ends_well_where_the_sample_holds) {
  draw();
  const Ended ended = verify();
  EXPECT_EQ(ended.code, exit_done);
  const json::Value document = ended.document();
  EXPECT_EQ(document.find("holds")->boolean(), true);
  const json::Value& round = document.find("rounds")->array()->front();
  EXPECT_EQ(round.find("committed_before_period")->boolean(), true);
  EXPECT_EQ(round.find("from")->text()->substr(0, 10), "2026-10-01");
  EXPECT_EQ(round.find("contacts")->integer(), 10);
  EXPECT_EQ(round.find("drawn")->integer(), 4);
  EXPECT_TRUE(round.find("findings")->array()->empty());
}

TEST_F(SampleCommandTest, fails_and_names_whose_sample_was_changed) {
  draw();
  {
    const Centre centre = must(open_centre(data_));
    auto tx = must(centre.database->write());
    must(tx.execute(kDropPick));
    must(tx.commit());
  }
  const Ended ended = verify();
  EXPECT_EQ(ended.code, exit_failed);
  const json::Value document = ended.document();
  EXPECT_EQ(document.find("holds")->boolean(), false);
  const json::Value& finding = document.find("rounds")->array()->front().find("findings")->array()->front();
  EXPECT_EQ(*finding.find("staff_no")->text(), "1001");
}

TEST_F(SampleCommandTest, an_agent_checks_the_own_proof_without_the_centre) {
  draw();
  const Ended proof = zhiheng({"sample", "proof", "--data", data_, "--plan", "3", "--round", "1", "--staff", "1001"});
  ASSERT_EQ(proof.code, exit_done);
  const std::string file = folder_ / "proof.json";
  const auto check = [&](const std::string& text) {
    std::ofstream(file) << text;
    return zhiheng({"sample", "check", file, "--json"});
  };
  EXPECT_EQ(check(proof.out).code, exit_done);

  std::string other = proof.out;
  const std::size_t drawn = other.find("\"drawn\"");
  other[other.find("\"c", drawn) + 2] = 'x';
  const Ended ended = check(other);
  EXPECT_EQ(ended.code, exit_failed);
  EXPECT_EQ(ended.document().find("holds")->boolean(), false);

  EXPECT_EQ(check("{}").code, exit_failed);
  EXPECT_EQ(check("[").code, exit_failed);
  EXPECT_EQ(zhiheng({"sample", "check", "nowhere.json"}).code, exit_failed);
  EXPECT_EQ(zhiheng({"sample", "proof", "--data", data_, "--plan", "3", "--round", "1", "--staff", "9"}).code,
            exit_failed);
}

TEST_F(SampleCommandTest, tells_a_plan_that_was_not_drawn_and_wrong_usage) {
  EXPECT_EQ(verify().code, exit_failed);
  EXPECT_EQ(verify().out, "");
  EXPECT_EQ(zhiheng({"sample", "verify", "--data", data_, "--plan", "0"}).code, exit_usage);
  EXPECT_EQ(zhiheng({"sample"}).code, exit_usage);
}

}  // namespace
}  // namespace zh::app
