// The room's routes: who sees what, what is refused and why, and a result's way from the queue to a milder score.
#include "tests/support/quality_site.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing_support::Answer;
using testing_support::kQuality;
using testing_support::must;
using testing_support::one_finding;
using testing_support::person;

class QualityApiTest : public testing_support::QualitySiteTest {};
ZH_ON_BOTH_DATABASES(QualityApiTest);

TEST_P(QualityApiTest, the_rubric_in_force_is_shown_whole) {
  const Answer rubrics = site.get("3001", std::string(kQuality) + "/rubrics");
  ASSERT_EQ(rubrics.status, 200) << rubrics.body;
  EXPECT_EQ(rubrics.at("0/id"), "service");
  EXPECT_EQ(rubrics.at("0/form"), "deduct");
  EXPECT_EQ(rubrics.at("0/severities/2/high"), "10");
  EXPECT_EQ(rubrics.at("0/dimensions/4/items/3/id"), "handover");
  EXPECT_EQ(site.get("hr", std::string(kQuality) + "/rubrics").status, 403);
}

TEST_P(QualityApiTest, a_plan_is_drawn_up_corrected_and_approved) {
  const std::string plans = std::string(kQuality) + "/plans";
  const std::string body =
      R"({"month":"2026-10","title":"October","groups":[],"products":[],"channels":["call"],
          "rounds":[{"round":1,"first_day":"2026-10-01","last_day":"2026-10-09","publish_before":"2026-10-15","per_agent":2},
                    {"round":2,"first_day":"2026-10-10","last_day":"2026-10-24","publish_before":"2026-10-30","per_agent":2}],
          "inspectors":[{"staff_no":"3001","capacity":10}]})";
  EXPECT_EQ(site.post("3001", plans, body).status, 403);
  std::string faulty = body;
  faulty.replace(faulty.find("[\"call\"]"), 8, "[\"fax\"]");
  faulty.replace(faulty.rfind("3001"), 4, "1001");
  const Answer refused = site.post("supervisor", plans, faulty);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("/channels/0"));
  EXPECT_THAT(refused.body, HasSubstr("/inspectors/0/staff_no"));
  const Answer created = site.post("supervisor", plans, body);
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(created.at("state"), "draft");
  const std::string path = plans + "/1";
  const std::string version = *site.get("manager", path).headers.find("ETag");
  EXPECT_EQ(site.post("manager", path + "/approve").status, 428);
  EXPECT_EQ(site.ask("supervisor", http::Method::post, path + "/approve", {}, version).status, 403);
  const Answer approved = site.ask("manager", http::Method::post, path + "/approve", {}, version);
  EXPECT_EQ(approved.at("state"), "approved") << approved.body;
  EXPECT_EQ(approved.at("drawn_up_by_name"), "name of 4001");
  EXPECT_EQ(approved.at("approved_by_name"), "name of 5001");
  EXPECT_EQ(approved.at("methods/0"), "recording");  // the usual one of calls
  EXPECT_EQ(approved.at("intended"), "12");
  EXPECT_EQ(approved.at("rounds/0/total"), "null");
  EXPECT_EQ(site.ask("supervisor", http::Method::put, path, body, version).status, 412);
}

TEST_P(QualityApiTest, what_a_plan_can_be_made_of_is_offered) {
  const Answer outline = site.get("supervisor", std::string(kQuality) + "/plan-outline?month=2026-10");
  ASSERT_EQ(outline.status, 200) << outline.body;
  EXPECT_EQ(outline.at("rounds/1/publish_before"), "2026-10-30");
  EXPECT_EQ(outline.at("groups/0/agents"), "2");
  EXPECT_EQ(outline.at("inspectors/0/name"), "name of 3001");
  EXPECT_EQ(site.get("3001", std::string(kQuality) + "/plan-outline?month=2026-10").status, 403);
}

TEST_P(QualityApiTest, a_plan_over_one_group_is_not_for_who_supervises_one_group) {
  site.sign_in("supervisor-a", person("supervisor-a", "4002", {{http::Role::qa_supervisor, http::Scope::group, "A"}}));
  EXPECT_EQ(site.get("supervisor-a", std::string(kQuality) + "/plans").status, 403);
}

TEST_P(QualityApiTest, an_inspection_before_its_publication_is_the_inspectors_and_the_supervisors) {
  running({call("1001", 1)});
  const std::string own = found(1).inspector;
  const std::string other = own == "3001" ? "3002" : "3001";
  struct Row {
    std::string who;
    int before;
    int after;
  };
  const std::array rows{Row{"", 401, 401},         Row{own, 200, 200},          Row{other, 404, 404},
                        Row{"1001", 404, 200},     Row{"1002", 404, 404},       Row{"leader-a", 404, 200},
                        Row{"leader-b", 404, 404}, Row{"supervisor", 200, 200}, Row{"manager", 200, 200},
                        Row{"hr", 403, 403},       Row{"admin", 403, 403}};
  for (const Row& row : rows) EXPECT_EQ(site.get(row.who, path_of("1-1-1")).status, row.before) << row.who;
  submitted(1, {});
  published(own);
  for (const Row& row : rows) EXPECT_EQ(site.get(row.who, path_of("1-1-1")).status, row.after) << row.who;
  EXPECT_EQ(site.get("supervisor", path_of("1-1-9")).status, 404);
  EXPECT_EQ(site.get("supervisor", path_of("nonsense")).status, 404);
}

TEST_P(QualityApiTest, the_workbench_saves_scores_and_submits) {
  running({call("1001", 1)});
  const std::string me = found(1).inspector;
  EXPECT_EQ(site.get(me, std::string(kQuality) + "/queue").at("0/key"), "1-1-1");
  EXPECT_EQ(step(me, "1-1-1", "take").at("state"), "taken");
  const Answer faulty = step(me, "1-1-1", "marks",
                             R"({"findings":[{"number":1,"item":"listening","choice":"minor","points":7,"reason":"x"},
                                             {"number":2,"item":"none","choice":"minor","points":1,"reason":"x"}],
                                 "bonuses":[],"not_applicable":[]})");
  EXPECT_EQ(faulty.status, 422);
  EXPECT_THAT(faulty.body, HasSubstr("/findings/0/points"));
  EXPECT_THAT(faulty.body, HasSubstr("/findings/1/item"));
  EXPECT_THAT(faulty.body, HasSubstr(R"("clause":"Q4.3")"));
  const std::string marks =
      R"({"findings":[{"number":1,"item":"listening","choice":"minor","points":2,"reason":"",
                       "span":{"of":"time","turn":0,"from":1000,"until":2500}}],"bonuses":[],"not_applicable":["guiding"]})";
  const Answer saved = step(me, "1-1-1", "marks", marks);
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.at("score"), "98.00");  // live, before it is submitted
  EXPECT_EQ(site.ask(me, http::Method::put, path_of("1-1-1", "/marks"), marks, "\"1\"").status, 412);
  EXPECT_THAT(step(me, "1-1-1", "submit").body, HasSubstr("/findings/0/reason"));
  std::string reasoned = marks;
  reasoned.replace(reasoned.find(R"("reason":"")"), 11, R"("reason":"interrupts")");
  EXPECT_EQ(step(me, "1-1-1", "marks", reasoned).status, 200);
  EXPECT_EQ(step(me, "1-1-1", "submit").at("state"), "submitted");
  EXPECT_EQ(step(me, "1-1-1", "submit").at("code"), "conflict");
  EXPECT_THAT(site.get(me, path_of("1-1-1", "/why")).body, HasSubstr("100 − 2"));
}

TEST_P(QualityApiTest, what_is_offered_follows_the_assignment) {
  running({call("1001", 1)});
  const std::string me = found(1).inspector;
  EXPECT_EQ(site.get(me, path_of("1-1-1")).at("actions/0"), "take");
  EXPECT_EQ(site.get("supervisor", path_of("1-1-1")).at("actions/0"), "reassign");
  submitted(1, one_finding("severe", 8));
  EXPECT_EQ(site.get("supervisor", path_of("1-1-1")).size("actions"), 0);  // its batch is reviewed
  const std::string batch = std::string(kQuality) + "/batches/" + me + "/1";
  EXPECT_EQ(site.get(me, batch).at("actions/0"), "hand_in");
  EXPECT_EQ(site.get(me, batch).at("count"), "1");
  EXPECT_EQ(site.get("supervisor", batch).size("actions"), 0);
  published(me);
  const Answer out = site.get("supervisor", batch);
  EXPECT_EQ(out.at("talks_due"), "1");
  EXPECT_EQ(out.size("actions"), 0);  // it closes when the talk is recorded
  EXPECT_EQ(out.at("published_by_name"), "name of 4001");
  EXPECT_EQ(site.get("1001", path_of("1-1-1")).at("actions/0"), "acknowledge");
  EXPECT_EQ(site.get("leader-a", path_of("1-1-1")).size("actions"), 0);

  const std::string wish = R"({"finding":1,"proposed":{"choice":"minor","points":2},"reason":"the customer agreed"})";
  EXPECT_EQ(site.post("1001", path_of("1-1-1", "/appeals"), wish).at("actions/0"), "withdraw");
  const std::string appeals = std::string(kQuality) + "/appeals";
  EXPECT_EQ(site.get("supervisor", appeals).at("0/actions/0"), "assign");
  const std::string other = me == "3001" ? "3002" : "3001";
  site.post("supervisor", path_of("1-1-1", "/appeals/1/assign"), R"({"to":")" + other + R"("})");
  EXPECT_EQ(site.get(other, appeals).at("0/actions/0"), "decide");
  EXPECT_EQ(site.get("supervisor", appeals).at("0/actions/1"), "?");  // assigns anew, but does not decide
  const std::string rectification = path_of("1-1-1", "/rectifications/1");
  EXPECT_EQ(site.get("1001", rectification).at("actions/0"), "set_measures");
  EXPECT_EQ(site.get(me, rectification).at("actions/0"), "prescribe");
  EXPECT_EQ(site.get(me, rectification).at("inspector_name"), "name of " + me);
  EXPECT_EQ(site.get("leader-a", rectification).size("actions"), 0);
}

TEST_P(QualityApiTest, a_batch_is_its_inspectors_and_the_supervisors) {
  running({call("1001", 1)});
  submitted(1, one_finding("severe", 8));
  const std::string me = found(1).inspector;
  const std::string other = me == "3001" ? "3002" : "3001";
  const std::string path = std::string(kQuality) + "/batches/" + me + "/1";
  EXPECT_EQ(site.get(other, path).status, 404);
  EXPECT_EQ(site.get("1001", path).status, 403);
  EXPECT_EQ(batch_step("supervisor", me, "publish").at("code"), "conflict");
  EXPECT_EQ(batch_step(me, me, "hand-in").at("state"), "in_review");
  EXPECT_EQ(batch_step(me, me, "publish").status, 403);
  const Answer back =
      batch_step("supervisor", me, "send-back", R"({"comment":"which words?","inspections":["1-1-1"]})");
  EXPECT_EQ(back.at("comment"), "which words?") << back.body;
  EXPECT_EQ(step(me, "1-1-1", "submit").at("state"), "submitted");
  EXPECT_EQ(batch_step(me, me, "hand-in").status, 200);
  const Answer out = batch_step("supervisor", me, "publish");
  EXPECT_EQ(out.at("state"), "published") << out.body;
  // The five fields of Q4.4: time, name, record number, problem, deduction.
  EXPECT_EQ(out.at("inspections/0/name"), "name of 1001");
  EXPECT_EQ(out.at("inspections/0/contact"), "call-1");
  EXPECT_NE(out.at("inspections/0/submitted_at"), "null");
  EXPECT_EQ(out.at("inspections/0/findings/0/reason"), "interrupts the customer");
  EXPECT_EQ(out.at("inspections/0/findings/0/points"), "8");
  EXPECT_EQ(batch_step("supervisor", me, "close").at("clause"), "Q4.4");
  EXPECT_EQ(site.get("supervisor", std::string(kQuality) + "/talks").at("0/staff_no"), "1001");
  EXPECT_EQ(site.post("supervisor", path_of("1-1-1", "/talks"), R"({"number":1,"record":"agreed"})").at("state"),
            "recorded");
  EXPECT_EQ(batch_step("supervisor", me, "close").at("state"), "closed");
}

TEST_P(QualityApiTest, results_are_listed_for_those_they_concern) {
  publish_one();
  const std::string list = std::string(kQuality) + "/results?from=2026-10-01&to=2026-10-31";
  for (const auto& [who, count] : {std::pair{"1001", 1}, std::pair{"1002", 0}, std::pair{"leader-a", 1},
                                   std::pair{"leader-b", 0}, std::pair{"supervisor", 1}, std::pair{"manager", 1}}) {
    EXPECT_EQ(site.get(who, list).size(""), count) << who;
  }
  EXPECT_EQ(site.get("supervisor", list + "&staff_no=1002").size(""), 0);
  EXPECT_EQ(site.get("supervisor", std::string(kQuality) + "/results?from=2026-10-31&to=2026-10-01").status, 400);
}

TEST_P(QualityApiTest, an_appeal_goes_its_way_and_lifts_the_score) {
  publish_one();
  const std::string appeals = path_of("1-1-1", "/appeals");
  const std::string wish = R"({"finding":1,"proposed":{"choice":"minor","points":2},"reason":"the customer agreed"})";
  EXPECT_EQ(site.post("1002", appeals, wish).status, 404);
  EXPECT_EQ(site.post("leader-a", appeals, wish).status, 403);
  ASSERT_EQ(site.post("1001", appeals, wish).status, 201);
  EXPECT_EQ(site.post("1001", appeals, wish).at("clause"), "Q7.1");
  const std::string one = appeals + "/1";
  EXPECT_EQ(site.post("1001", one + "/assign", R"({"to":"3002"})").status, 403);
  EXPECT_EQ(site.post("supervisor", one + "/assign", R"({"to":"3003"})").at("clause"), "Q1.3");
  EXPECT_EQ(site.post("supervisor", one + "/assign", R"({"to":"3002"})").at("state"), "assigned");
  EXPECT_EQ(site.get("3002", std::string(kQuality) + "/appeals").at("0/inspection"), "1-1-1");
  EXPECT_EQ(site.get("3002", path_of("1-1-1")).status, 200);  // who reviews it sees it
  const std::string ruling =
      R"({"appeals":[{"inspection":"1-1-1","finding":1}],"outcome":"partly","reading":{"choice":"general","points":5},
          "reason":"in part"})";
  EXPECT_EQ(site.post("1001", std::string(kQuality) + "/appeals/rulings", ruling).status, 403);
  const Answer ruled = site.post("3002", std::string(kQuality) + "/appeals/rulings", ruling);
  ASSERT_EQ(ruled.status, 200) << ruled.body;
  EXPECT_EQ(ruled.at("0/decisions/0/after/points"), "5");
  EXPECT_EQ(site.get("1001", path_of("1-1-1")).at("score"), "95.00");
  EXPECT_EQ(site.post("1001", one + "/again", R"({"reason":"listen at 1:20"})").at("state"), "filed_again");
  EXPECT_EQ(site.post("1001", one + "/withdraw").at("state"), "final");
}

TEST_P(QualityApiTest, questions_are_asked_by_the_agent_and_answered) {
  publish_one();
  const std::string questions = path_of("1-1-1", "/questions");
  EXPECT_EQ(site.post("1001", questions, R"({"finding":1,"text":"which words?"})").status, 201);
  EXPECT_EQ(site.post("1002", questions, R"({"text":"?"})").status, 404);
  EXPECT_EQ(site.post("supervisor", questions, R"({"finding":1,"text":"at 0:12"})").at("by_subject"), "false");
  EXPECT_EQ(site.get("leader-a", questions).size(""), 2);
}

TEST_P(QualityApiTest, an_agent_acknowledges_the_own_result) {
  publish_one();
  EXPECT_EQ(step("leader-a", "1-1-1", "acknowledge").status, 403);
  EXPECT_EQ(step("1001", "1-1-1", "acknowledge").at("state"), "acknowledged");
  EXPECT_EQ(step("supervisor", "1-1-1", "annul", R"({"reason":" ","inspector":"3002"})").status, 422);
  EXPECT_EQ(step("supervisor", "1-1-1", "annul", R"({"reason":"wrong record","inspector":"3002"})").at("state"),
            "voided");
  EXPECT_EQ(site.get("1001", path_of("1-1-1")).status, 404);
  EXPECT_EQ(site.get("3002", path_of("1-1-2")).at("instead_of"), "1-1-1");
}

TEST_P(QualityApiTest, a_rectification_is_followed_through_one_route) {
  const std::string me = publish_one();
  const std::string path = path_of("1-1-1", "/rectifications/1");
  const auto act = [&](const std::string& who, const std::string& name, const std::string& body) {
    return step_at(who, http::Method::post, path, "/" + name, body);
  };
  for (const auto& [who, count] : {std::pair{"1001", 1}, std::pair{"1002", 0}, std::pair{"leader-a", 1},
                                   std::pair{"leader-b", 0}, std::pair{"supervisor", 1}, std::pair{me.c_str(), 1}}) {
    EXPECT_EQ(site.get(who, std::string(kQuality) + "/rectifications").size(""), count) << who;
  }
  EXPECT_EQ(site.get("1002", path).status, 404);
  EXPECT_EQ(site.get("leader-a", path).at("problem/reason"), "interrupts the customer");
  EXPECT_EQ(act(me, "due", R"({"due":"2026-11-09","reason":"before the fair"})").at("due"), "2026-11-09");
  EXPECT_EQ(act("leader-a", "measures", R"({"reason":"listen"})").status, 403);
  EXPECT_EQ(act("1001", "measures", R"({"reason":"listen"})").at("state"), "under_way");
  EXPECT_EQ(act("1001", "extension", R"({"until":"2026-11-20","reason":"on leave"})").at("asked_until"), "2026-11-20");
  EXPECT_EQ(act("supervisor", "extension/settle", R"({"granted":true,"reason":"agreed"})").at("due"), "2026-11-20");
  EXPECT_EQ(act("1001", "report", R"({"reason":"done for a week"})").at("state"), "reported");
  const Answer refused = act(me, "effect", R"({"good":true,"records":["1-1-1"],"text":"better"})");
  EXPECT_EQ(refused.at("clause"), "Q4.5") << refused.body;
  const Answer whole = site.get("1001", path);
  EXPECT_EQ(whole.size("chain"), 6);
  EXPECT_EQ(whole.at("chain/5/action"), "report");
  EXPECT_EQ(whole.at("talks/0/about"), "severe_finding");
  EXPECT_EQ(whole.size("later"), 0);  // the only published contact is the one it is about
  EXPECT_EQ(site.ask("1001", http::Method::post, path + "/report", R"({"reason":"x"})", "\"1\"").status, 412);
}

TEST_P(QualityApiTest, appeals_against_one_reading_are_decided_together_or_not_at_all) {
  running({call("1001", 1), call("1002", 2)});
  for (const int place : {1, 2}) submitted(place, one_finding("general", 5));
  for (const char* const who : {"3001", "3002"}) {
    if (!in_read([&](auto& tx) { return batches_of(tx, who); }).empty()) published(who);
  }
  const std::string wish = R"({"finding":1,"proposed":{"choice":"minor","points":2},"reason":"the script says so"})";
  ASSERT_EQ(site.post("1001", path_of("1-1-1", "/appeals"), wish).status, 201);
  ASSERT_EQ(site.post("1002", path_of("1-1-2", "/appeals"), wish).status, 201);
  const std::string rulings = std::string(kQuality) + "/appeals/rulings";
  const std::string both = R"({"appeals":[{"inspection":"1-1-1","finding":1},{"inspection":"1-1-2","finding":1}],
                               "outcome":"accepted","reason":"the script says so"})";
  ASSERT_EQ(site.post("supervisor", path_of("1-1-1", "/appeals/1/assign"), R"({"to":"3001"})").status, 200);
  EXPECT_EQ(site.post("3001", rulings, both).at("code"), "not_found");  // the other is not assigned yet
  EXPECT_EQ(site.get("1001", path_of("1-1-1")).at("score"), "95.00");
  ASSERT_EQ(site.post("supervisor", path_of("1-1-2", "/appeals/1/assign"), R"({"to":"3001"})").status, 200);
  const Answer ruled = site.post("3001", rulings, both);
  ASSERT_EQ(ruled.status, 200) << ruled.body;
  EXPECT_EQ(ruled.at("1/decisions/0/outcome"), "accepted");
  EXPECT_EQ(site.get("1001", path_of("1-1-1")).at("score"), "98.00");
  EXPECT_EQ(site.get("1002", path_of("1-1-2")).at("score"), "98.00");
}

TEST_P(QualityApiTest, who_reads_an_appeal_blind_sees_no_more_than_the_record) {
  const std::string first = publish_one();
  const std::string second = first == "3001" ? "3002" : "3001";
  ASSERT_EQ(site.post("1001", path_of("1-1-1", "/appeals"),
                      R"({"finding":1,"proposed":{"choice":"minor","points":2},"reason":"the customer agreed"})")
                .status,
            201);
  const std::string one = path_of("1-1-1", "/appeals/1");
  ASSERT_EQ(site.post("supervisor", one + "/assign", R"({"to":")" + second + R"(","blind":true})").at("blind"), "true");
  const Answer seen = site.get(second, path_of("1-1-1"));
  EXPECT_EQ(seen.at("marks/findings/0/item"), "listening");
  EXPECT_EQ(seen.at("marks/findings/0/choice"), "");
  EXPECT_EQ(seen.at("score"), "null");
  for (const char* const part : {"/questions", "/talks", "/rectifications/1"}) {
    EXPECT_EQ(site.get(second, path_of("1-1-1", part)).at("clause"), "Q7.1") << part;
  }
  EXPECT_EQ(site.get(second, path_of("1-1-1", "/why")).status, 404);
  EXPECT_EQ(site.get(second, std::string(kQuality) + "/appeals").at("0/reason"), "");
  EXPECT_EQ(site.get(second, std::string(kQuality) + "/appeals").at("0/proposed/points"), "0");
  EXPECT_EQ(site.post(second, one + "/reading", R"({"choice":"general","points":5})").at("blind_reading/points"), "5");
  EXPECT_EQ(site.get(second, path_of("1-1-1")).at("marks/findings/0/choice"), "severe");
  EXPECT_EQ(site.get(second, std::string(kQuality) + "/appeals").at("0/reason"), "the customer agreed");
}

}  // namespace
}  // namespace zh::quality
