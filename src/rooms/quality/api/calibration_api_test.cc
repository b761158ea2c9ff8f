// The routes of calibration: what is blind stays blind on the desk, too.
#include "rooms/quality/api/quality_api.h"
#include "tests/support/quality_calls.h"
#include "tests/support/test_site.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::Answer;
using testing_support::person;
using testing_support::TestSite;

constexpr std::string_view kSessions = "/api/v1/quality/calibrations";

class CalibrationApiTest : public testing_support::QualityCallsTest {
 protected:
  void SetUp() override {
    QualityCallsTest::SetUp();
    if (IsSkipped()) return;
    using http::Role;
    using http::Scope;
    site.set_now(now);
    add_quality_routes(site.routes(), database(), regulation(), {});
    for (const char* const staff_no : {"3001", "3002", "3003"}) {
      site.sign_in(staff_no, person(std::string("inspector-") + staff_no, staff_no, {{Role::inspector, Scope::self}}));
    }
    site.sign_in("supervisor", person("supervisor", "4001", {{Role::qa_supervisor, Scope::centre}}));
    site.sign_in("supervisor-a", person("supervisor-a", "4002", {{Role::qa_supervisor, Scope::group, "A"}}));
    site.sign_in("agent", testing_support::agent("1011"));
    site.start();
  }

  static std::string path_of(std::string_view more) { return std::string(kSessions) + "/1" + std::string(more); }
  Answer open(const std::string& who, std::string_view records = R"(["call-1","call-2"])") {
    return site.post(who, kSessions,
                     fmt::format(R"({{"title":"October","records":{},"inspectors":["3001","3002"]}})", records));
  }
  static std::string marks(int points) {
    if (points == 0) return R"({"marks":{"findings":[],"bonuses":[],"not_applicable":[]}})";
    return fmt::format(
        R"({{"marks":{{"findings":[{{"number":1,"item":"listening","choice":"minor","points":{},"reason":"cuts in"}}],
            "bonuses":[],"not_applicable":[]}}}})",
        points);
  }
  Answer hand_in(const std::string& who, int place, int points) {
    return site.put(who, path_of(fmt::format("/records/{}/reading", place)), marks(points));
  }
  // A step on the session that the supervisor has read just before.
  Answer step(http::Method method, std::string_view more, const std::string& body = {}) {
    const Answer read = site.get("supervisor", path_of(""));
    return site.ask("supervisor", method, path_of(more), body, *read.headers.find("ETag"));
  }

  TestSite site;
};
ZH_ON_BOTH_DATABASES(CalibrationApiTest);

TEST_P(CalibrationApiTest, a_session_is_opened_over_records_that_there_are) {
  const Answer refused = open("supervisor", R"(["call-1","nobody-called"])");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("/records/1"));
  EXPECT_EQ(open("3001").status, 403);
  EXPECT_EQ(open("supervisor-a").status, 403);
  const Answer opened = open("supervisor");
  ASSERT_EQ(opened.status, 201) << opened.body;
  EXPECT_EQ(opened.at("rubric/id"), "service");
  EXPECT_EQ(opened.at("records/0/channel"), "call");
  EXPECT_EQ(opened.at("inspectors/0/name"), "name of 3001");
  EXPECT_EQ(site.get("3001", kSessions).size(""), 1);
  for (const char* const stranger : {"3003", "supervisor-a"}) {
    EXPECT_EQ(site.get(stranger, kSessions).size(""), 0) << stranger;
    EXPECT_EQ(site.get(stranger, path_of("")).status, 404) << stranger;
  }
  EXPECT_EQ(site.get("agent", kSessions).status, 403);
}

TEST_P(CalibrationApiTest, nobody_reads_what_another_found_while_it_is_scored) {
  ASSERT_EQ(open("supervisor").status, 201);
  ASSERT_EQ(hand_in("3001", 1, 2).status, 204);
  ASSERT_EQ(hand_in("3002", 1, 3).status, 204);
  EXPECT_EQ(hand_in("3003", 1, 3).status, 404);
  const Answer own = site.get("3001", path_of("/readings"));
  EXPECT_EQ(own.size(""), 1);
  EXPECT_EQ(own.at("0/score"), "98.00");
  EXPECT_EQ(site.get("supervisor", path_of("/readings")).size(""), 0);
  EXPECT_EQ(site.get("supervisor", path_of("/report")).at("clause"), "Q2.1");
  EXPECT_THAT(site.get("3002", path_of("")).body, Not(HasSubstr("cuts in")));
  EXPECT_EQ(site.get("supervisor", path_of("")).at("inspectors/1/places/0"), "1");  // that it is done is told
}

TEST_P(CalibrationApiTest, a_draft_survives_and_is_its_inspectors_alone) {
  ASSERT_EQ(open("supervisor").status, 201);
  const std::string draft =
      R"({"marks":{"findings":[{"number":1,"item":"listening","choice":"minor","points":2,"reason":""}],
          "bonuses":[],"not_applicable":["guiding"]}})";
  EXPECT_EQ(site.put("3001", path_of("/records/1/draft"), draft).status, 204);
  const Answer own = site.get("3001", path_of("/readings"));
  EXPECT_EQ(own.at("0/handed_in"), "false");
  EXPECT_EQ(own.at("0/score"), "98.00");
  EXPECT_EQ(own.at("0/marks/not_applicable/0"), "guiding");
  for (const char* const other : {"3002", "supervisor"}) EXPECT_EQ(site.get(other, path_of("/readings")).size(""), 0);
  EXPECT_EQ(site.get("supervisor", path_of("")).at("inspectors/0/places"), "[]");
  EXPECT_EQ(site.put("3003", path_of("/records/1/draft"), draft).status, 404);
  EXPECT_EQ(site.put("3001", path_of("/records/1/reading"), draft).status, 422);  // its reason is missing
  EXPECT_EQ(hand_in("3001", 1, 2).status, 204);
  EXPECT_EQ(site.put("3001", path_of("/records/1/draft"), draft).at("code"), "conflict");
  EXPECT_EQ(site.get("3001", path_of("")).at("actions/0"), "save");
  EXPECT_EQ(site.get("supervisor", path_of("")).size("actions"), 0);  // no record has two readings
}

TEST_P(CalibrationApiTest, marks_that_do_not_fit_are_refused_at_their_places) {
  ASSERT_EQ(open("supervisor").status, 201);
  const Answer refused = hand_in("3001", 1, 7);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("/marks/findings/0/points"));
  EXPECT_EQ(refused.at("clause"), "Q4.3");
  EXPECT_EQ(hand_in("3001", 9, 0).status, 404);
}

TEST_P(CalibrationApiTest, what_was_agreed_on_stays_beside_the_rubric) {
  ASSERT_EQ(open("supervisor").status, 201);
  for (const int place : {1, 2}) {
    ASSERT_EQ(hand_in("3001", place, 0).status, 204);
    ASSERT_EQ(hand_in("3002", place, place).status, 204);
  }
  EXPECT_EQ(site.post("supervisor", path_of("/compare")).status, 428);
  EXPECT_EQ(step(http::Method::post, "/compare").at("state"), "comparing");
  EXPECT_EQ(site.get("3001", path_of("/readings")).size(""), 4);
  const Answer report = site.get("3002", path_of("/report"));
  ASSERT_EQ(report.status, 200) << report.body;
  EXPECT_EQ(report.at("items/1/item"), "listening");
  EXPECT_EQ(report.at("items/1/measures/0/measure"), "percent");
  EXPECT_EQ(report.at("items/1/measures/0/value"), "0");  // of two records both are read differently
  EXPECT_EQ(report.at("inspectors/0/severity/value"), "1.5");
  EXPECT_EQ(report.at("inspectors/0/drift/gap/en"), "no data");
  EXPECT_EQ(report.size("overall"), 9);

  std::string agreed = marks(1);
  agreed.insert(agreed.size() - 1, R"(,"learnt":[{"item":"listening","words":"one word is no interruption"}])");
  EXPECT_EQ(step(http::Method::put, "/records/1/agreed", agreed).status, 200);
  EXPECT_EQ(step(http::Method::post, "/close").at("code"), "conflict");  // the second record is open
  std::string plain = marks(0);
  plain.insert(plain.size() - 1, R"(,"learnt":[])");
  EXPECT_EQ(step(http::Method::put, "/records/2/agreed", plain).status, 200);
  EXPECT_EQ(site.get("3003", "/api/v1/quality/guidance").size(""), 0);
  EXPECT_EQ(step(http::Method::post, "/close").at("state"), "closed");
  const Answer guidance = site.get("3003", "/api/v1/quality/guidance");
  EXPECT_EQ(guidance.at("0/item"), "listening");
  EXPECT_EQ(guidance.at("0/words"), "one word is no interruption");
  EXPECT_EQ(site.get("supervisor", path_of("/readings")).at("0/inspector"), "null");
}

}  // namespace
}  // namespace zh::quality
