// The routes of samples: the seed only after the draw, each agent the own part of it and nobody else's.
#include "base/json.h"
#include "rooms/quality/api/quality_api.h"
#include "rooms/quality/sampling/proof_json.h"
#include "tests/support/quality_calls.h"
#include "tests/support/test_site.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::Answer;
using testing_support::must;
using testing_support::one_finding;
using testing_support::person;
using testing_support::TestSite;

class SamplingApiTest : public testing_support::QualityCallsTest {
 protected:
  void SetUp() override {
    QualityCallsTest::SetUp();
    if (IsSkipped()) return;
    add_caller("1012", "talk");
    using http::Role;
    using http::Scope;
    site.set_now(now);
    add_quality_routes(site.routes(), database(), regulation(), {});
    for (const char* const staff_no : {"1011", "1012", "1001"}) {
      site.sign_in(staff_no, person(std::string("agent-") + staff_no, staff_no, {{Role::agent, Scope::self}}));
    }
    site.sign_in("3001", person("inspector-3001", "3001", {{Role::inspector, Scope::self}}));
    site.sign_in("supervisor", person("supervisor", "4001", {{Role::qa_supervisor, Scope::centre}}));
    site.sign_in("manager", person("manager", "5001", {{Role::manager, Scope::centre}}));
    site.sign_in("leader-c", testing_support::shift_leader("2001", "C"));
    site.sign_in("leader-a", testing_support::shift_leader("2002", "A"));
    site.start();
  }

  static std::string path_of(std::string_view more) { return "/api/v1/quality/plans/1" + std::string(more); }
  // Approved in time and the first round drawn: two of six calls of each agent.
  Plan drawn() {
    const Plan plan = committed(at("2026-09-28T09:00:00"));
    return must(in_write([&](auto& tx) { return draw_round(tx, regulation(), plan, 1, supervisor()); }));
  }
  // Everything of the first round inspected and published; 1011 loses 8 and 2 points, 1012 nothing and 4.
  void publish_all() {
    drawn();
    const std::vector<Marks> marks{one_finding("severe", 8), one_finding("minor", 2), {}, one_finding("general", 4)};
    std::set<std::string> inspectors;
    for (int place = 1; place <= 4; ++place) {
      inspectors.insert(submitted(place, marks[static_cast<std::size_t>(place) - 1]).inspector);
    }
    for (const std::string& inspector_no : inspectors) published(inspector_no);
  }

  TestSite site;
};
ZH_ON_BOTH_DATABASES(SamplingApiTest);

TEST_P(SamplingApiTest, the_seed_is_shown_after_the_draw_and_not_before) {
  EXPECT_EQ(site.get("supervisor", path_of("/rounds/1/sample")).status, 404);
  const Plan plan = committed(at("2026-09-28T09:00:00"));
  const Answer before = site.get("supervisor", path_of("/rounds/1/sample"));
  ASSERT_EQ(before.status, 200) << before.body;
  EXPECT_EQ(before.at("commitment").size(), 64U);
  EXPECT_EQ(before.at("committed_before_period"), "true");
  EXPECT_EQ(before.at("drawn"), "null");
  EXPECT_EQ(site.get("supervisor", path_of("/rounds/1/sample/verification")).status, 404);
  must(in_write([&](auto& tx) { return draw_round(tx, regulation(), plan, 1, supervisor()); }));
  const Answer after = site.get("manager", path_of("/rounds/1/sample"));
  EXPECT_EQ(after.at("commitment"), before.at("commitment"));
  EXPECT_EQ(sampling::commitment_of(must(Hash::parse(after.at("drawn/seed")))).hex(), after.at("commitment"));
  EXPECT_EQ(after.at("drawn/contacts"), "12");
  EXPECT_EQ(after.at("drawn/picks/0/probability"), "1/3");
  EXPECT_EQ(after.at("drawn/picks/3/name"), "name of 1012");
  const Answer verified = site.get("manager", path_of("/rounds/1/sample/verification"));
  EXPECT_EQ(verified.at("holds"), "true") << verified.body;
  EXPECT_EQ(verified.at("contacts"), "12");
  EXPECT_EQ(site.get("3001", path_of("/rounds/1/sample")).status, 403);
  EXPECT_EQ(site.get("manager", path_of("/rounds/7/sample")).status, 404);
}

TEST_P(SamplingApiTest, a_commitment_that_came_too_late_is_told) {
  committed(at("2026-10-01T00:00:00"));
  const Answer first = site.get("supervisor", path_of("/rounds/1/sample"));
  EXPECT_EQ(first.at("committed_before_period"), "false");
  EXPECT_THAT(first.at("warning/en"), HasSubstr("after the period began"));
  EXPECT_EQ(site.get("1011", "/api/v1/quality/own-draws").at("0/committed_before_period"), "false");
  EXPECT_EQ(site.get("supervisor", path_of("/rounds/2/sample")).at("warning"), "null");  // its days are still to come
  auto tx = must(database().read());
  auto reader = must(ledger::read_audit(tx));
  std::vector<std::string> late;
  while (reader.next()) {
    if (reader.entry().event.action == "commit_seed_late") late.push_back(reader.entry().event.object);
  }
  must(reader.finish());
  EXPECT_THAT(late, testing::ElementsAre("plan 1 round 1"));
}

TEST_P(SamplingApiTest, an_unusable_record_is_named_with_its_reason) {
  drawn();
  const By who = inspector(found(1).inspector);
  const auto taken = must(in_write([&](auto& tx) { return take(tx, found(1), who); }));
  must(in_write([&](auto& tx) { return set_aside_and_replace(tx, regulation(), taken, "silent line", who); }));
  const Answer sample = site.get("supervisor", path_of("/rounds/1/sample"));
  EXPECT_EQ(sample.at("drawn/replaced/0/reason"), "silent line");
  EXPECT_EQ(sample.at("drawn/replaced/0/contact"), taken.record.contact);
  EXPECT_EQ(sample.at("drawn/replaced/0/by"), found(5).record.contact);
  EXPECT_EQ(site.get("supervisor", path_of("/rounds/1/sample/verification")).at("holds"), "true");
}

TEST_P(SamplingApiTest, an_agent_checks_the_own_part_and_sees_nobody_elses) {
  drawn();
  const Answer list = site.get("1011", "/api/v1/quality/own-draws");
  EXPECT_EQ(list.at("0/contacts"), "6");
  EXPECT_EQ(list.at("0/drawn"), "2");
  EXPECT_EQ(list.at("1/drawn_at"), "null");
  const Answer own = site.get("1011", "/api/v1/quality/own-draws/1/1");
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(own.at("holds"), "true");
  EXPECT_EQ(own.size("contacts"), 6);
  EXPECT_THAT(own.body, Not(HasSubstr("talk-")));
  // The members are those that `zhiheng sample check` takes.
  const auto proof = must(sampling::own_stratum_from(own.document()));
  EXPECT_EQ(check_proof(proof.proof, proof.drawn), sampling::Flaw::none);
  EXPECT_THAT(site.get("1012", "/api/v1/quality/own-draws/1/1").body, Not(HasSubstr("call-")));
  EXPECT_EQ(site.get("1001", "/api/v1/quality/own-draws/1/1").status, 404);  // not in the frame
  EXPECT_EQ(site.get("supervisor", "/api/v1/quality/own-draws").status, 403);
}

// 1011: (92 + 98)/2 = 95 of six; 1012: (100 + 96)/2 = 98. Two records each tell little: t(1) = 12.7.
TEST_P(SamplingApiTest, means_say_how_surely_they_are_known_and_whom_they_do_not_tell_apart) {
  publish_all();
  const Answer all = site.get("manager", path_of("/means"));
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("0/staff_no"), "1012");
  EXPECT_EQ(all.at("0/mean/value"), "98");
  EXPECT_EQ(all.at("0/versus_above"), "null");
  EXPECT_EQ(all.at("1/mean/value"), "95");
  EXPECT_EQ(all.at("1/mean/high"), "100");
  EXPECT_EQ(all.at("1/severe/value"), "0.5");
  EXPECT_EQ(all.at("1/contacts"), "6");
  EXPECT_EQ(all.at("1/versus_above/verdict"), "not_told_apart");
  EXPECT_EQ(all.at("1/versus_above/text/en"), "not enough evidence to tell these two apart");
  const Answer pair = site.get("supervisor", path_of("/comparison?first=1012&second=1011"));
  EXPECT_EQ(pair.at("difference"), "3");
  EXPECT_EQ(site.get("supervisor", path_of("/comparison?first=1012&second=9")).status, 400);
  // Others see as far as they reach, and no rank beyond it.
  EXPECT_EQ(site.get("1011", path_of("/means")).size(""), 1);
  EXPECT_EQ(site.get("1011", path_of("/means")).at("0/versus_above"), "null");
  EXPECT_EQ(site.get("leader-c", path_of("/means")).size(""), 2);
  EXPECT_EQ(site.get("leader-a", path_of("/means")).size(""), 0);
  EXPECT_EQ(site.get("1011", path_of("/comparison?first=1012&second=1011")).status, 403);
}

TEST_P(SamplingApiTest, signals_of_risk_are_part_of_the_plan) {
  const std::string body =
      R"({"month":"2026-10","title":"October","groups":[],"products":[],"channels":["call"],
          "signals":[{"signal":"complaint","adds":2000},{"signal":"SIGNAL","adds":ADDS}],
          "rounds":[{"round":1,"first_day":"2026-10-01","last_day":"2026-10-09","publish_before":"2026-10-15","per_agent":2},
                    {"round":2,"first_day":"2026-10-10","last_day":"2026-10-24","publish_before":"2026-10-30","per_agent":2}],
          "inspectors":[{"staff_no":"3001","capacity":10}]})";
  const auto with = [&](std::string_view signal, std::string_view adds) {
    std::string text = body;
    text.replace(text.find("SIGNAL"), 6, signal);
    text.replace(text.find("ADDS"), 4, adds);
    return site.post("supervisor", "/api/v1/quality/plans", text);
  };
  EXPECT_THAT(with("weather", "1").body, HasSubstr("/signals/1/signal"));
  EXPECT_THAT(with("complaint", "1").body, HasSubstr("/signals/1/signal"));
  EXPECT_THAT(with("long_contact", "100001").body, HasSubstr("/signals/1/adds"));
  const Answer created = with("long_contact", "500");
  ASSERT_EQ(created.status, 201) << created.body;
  const Answer read = site.get("manager", path_of(""));
  EXPECT_EQ(read.at("signals/0/signal"), "complaint");
  EXPECT_EQ(read.at("signals/0/adds"), "2000");
  EXPECT_EQ(read.at("signals/1/adds"), "500");
}

TEST_P(SamplingApiTest, what_an_absent_inspector_has_in_hand_goes_to_the_others_at_once) {
  drawn();
  const auto in_hand = [&](const std::string& staff_no) {
    return in_read([&](auto& tx) { return queue_of(tx, staff_no); }).size();
  };
  const std::size_t of_both = in_hand("3001") + in_hand("3002");
  const By who = inspector("3001");
  const auto queue = in_read([&](auto& tx) { return queue_of(tx, "3001"); });
  must(in_write([&](auto& tx) { return take(tx, queue.front(), who); }));
  const auto give = [&](std::string_view to) {
    return site.post("supervisor", path_of("/reassign"), fmt::format(R"({{"from":"3001","to":[{}]}})", to));
  };
  EXPECT_EQ(give(R"("3003")").status, 422);  // not of the plan
  const Answer moved = give("");
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.size(""), static_cast<int>(queue.size()));
  EXPECT_EQ(moved.at("0/inspector"), "3002");
  EXPECT_EQ(in_hand("3001"), 0U);
  EXPECT_EQ(in_hand("3002"), of_both);
  EXPECT_EQ(give("").size(""), 0);
  EXPECT_EQ(site.post("3001", path_of("/reassign"), R"({"from":"3002","to":[]})").status, 403);
}

}  // namespace
}  // namespace zh::quality
