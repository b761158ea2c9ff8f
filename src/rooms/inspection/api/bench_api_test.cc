// The check editor and the test bench, on both databases: texts and forms, what the compiler says, why a check says
// nothing.
#include <fmt/format.h>

#include "tests/support/checked_centre.h"

namespace zh::inspection {
namespace {

using ::testing::HasSubstr;
using testing_support::Answer;

class BenchApiTest : public testing_support::CheckedCentreTest {
 protected:
  // A text as a JSON string.
  static std::string quoted(const std::string& text) { return json::compact(json::Value(text)); }
  Answer read(const std::string& yaml) {
    return site_.post("supervisor", "/api/v1/checks/read", R"({"yaml":)" + quoted(yaml) + "}");
  }
  Answer ask(const std::string& body) { return site_.post("supervisor", "/api/v1/checks/trial", body); }

  static constexpr const char* kNew =
      "patience:\n  label: {zh: 耐心, en: patience}\n  clause: A1\n  item: polite\n  severity: minor\n  points: 2\n"
      "  forbid:\n    all:\n      - {phrases: 快点, role: agent}\n      - {phrases: 投诉, role: customer}\n";
};
ZH_ON_BOTH_DATABASES(BenchApiTest);

TEST_P(BenchApiTest, the_checks_in_force_come_with_their_texts) {
  const Answer list = site_.get("supervisor", "/api/v1/checks?on=2026-10-12");
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(list.at("pack"), "checked");
  ASSERT_EQ(list.size("items"), 3);
  EXPECT_EQ(list.at("items/0/id"), "stiff");
  EXPECT_EQ(list.at("items/0/kind"), "forbid");
  EXPECT_EQ(list.at("items/0/points"), "3");
  EXPECT_EQ(list.at("items/0/editable"), "true");
  EXPECT_THAT(list.at("items/0/yaml"), HasSubstr("forbid: {phrases: 什么事}"));
  EXPECT_EQ(site_.get("inspector", "/api/v1/checks").status, 403);
  EXPECT_EQ(site_.get("agent", "/api/v1/checks").status, 403);
}

TEST_P(BenchApiTest, a_text_is_compiled_within_the_pack_and_becomes_a_form_and_back) {
  const Answer sound = read(kNew);
  ASSERT_EQ(sound.status, 200) << sound.body;
  EXPECT_EQ(sound.at("id"), "patience");
  EXPECT_EQ(sound.size("problems"), 0) << sound.body;
  EXPECT_EQ(sound.at("form/patience/points"), "2");
  const Answer written = site_.post("supervisor", "/api/v1/checks/write", R"({"form":)" + sound.at("form") + "}");
  ASSERT_EQ(written.status, 200) << written.body;
  EXPECT_EQ(read(written.at("yaml")).at("form"), sound.at("form"));
  EXPECT_EQ(site_.post("supervisor", "/api/v1/checks/write", R"({"form":[1]})").status, 422);
}

TEST_P(BenchApiTest, faults_count_their_lines_from_the_texts_beginning) {
  std::string faulty = kNew;
  faulty.replace(faulty.find("role: agent"), 11, "rule: agent");
  const Answer refused = read(faulty);
  ASSERT_EQ(refused.size("problems"), 1) << refused.body;
  EXPECT_EQ(refused.at("problems/0/code"), "unknown_key");
  EXPECT_EQ(refused.at("problems/0/line"), "9");
  EXPECT_THAT(refused.at("problems/0/mend/en"), HasSubstr("role"));
  const Answer none = read("no check at all");
  EXPECT_EQ(none.at("problems/0/line"), "1");
  EXPECT_EQ(none.at("id"), "null");
  EXPECT_EQ(none.at("form"), "null");
}

TEST_P(BenchApiTest, a_dialogue_tells_what_matched_and_what_not) {
  const Answer answer = ask(R"({"yaml":)" + quoted(kNew) +
                            R"(,"turns":[{"role":"agent","text":"您快点说"},{"role":"customer","text":"我等"}]})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("outcome"), "silent");
  ASSERT_EQ(answer.size("conditions"), 3);
  EXPECT_EQ(answer.at("conditions/0/operation"), "all");
  EXPECT_EQ(answer.at("conditions/0/holds"), "no");
  EXPECT_EQ(answer.at("conditions/1/holds"), "yes");
  EXPECT_EQ(answer.at("conditions/1/line"), "9");
  EXPECT_EQ(answer.at("conditions/1/depth"), "1");
  EXPECT_EQ(answer.at("conditions/1/places/0/from"), "1");
  EXPECT_EQ(answer.at("conditions/2/holds"), "no");
  EXPECT_EQ(answer.at("conditions/2/looked/role"), "customer");
  EXPECT_EQ(answer.at("conditions/2/looked/turns"), "1");
}

TEST_P(BenchApiTest, a_stored_contact_is_asked_by_a_check_in_force) {
  const auto of = [&](const std::string& source_id) {
    return ask(fmt::format(R"({{"check":"stiff","contact":"{}"}})", source_id));
  };
  const Answer hit = of("a");
  ASSERT_EQ(hit.status, 200) << hit.body;
  EXPECT_EQ(hit.at("outcome"), "hit");
  EXPECT_EQ(hit.at("hits/0/to"), "3");
  EXPECT_EQ(of("b").at("outcome"), "silent");
  EXPECT_EQ(of("z").status, 404);
}

TEST_P(BenchApiTest, measures_and_fields_can_be_stated) {
  const std::string yaml =
      "slow:\n  label: {zh: 慢, en: slow}\n  clause: A1\n  item: polite\n  severity: minor\n  points: 2\n"
      "  when: {contact: {ended_by: agent}}\n  forbid: {measure: ring > 10}\n";
  const auto outcome = [&](const std::string& more) {
    return ask(R"({"yaml":)" + quoted(yaml) + R"(,"turns":[])" + more + "}").at("outcome");
  };
  EXPECT_EQ(outcome(""), "not_asked");
  const std::string ended = R"(,"fields":[{"name":"ended_by","value":"agent"}])";
  EXPECT_EQ(outcome(ended), "unknown");
  EXPECT_EQ(outcome(ended + R"(,"measures":[{"name":"ring","value":"10"}])"), "silent");
  EXPECT_EQ(outcome(ended + R"(,"measures":[{"name":"ring","value":"10.5"}])"), "hit");
}

TEST_P(BenchApiTest, what_cannot_be_asked_is_refused_with_its_place) {
  EXPECT_THAT(ask(R"({"turns":[]})").body, HasSubstr("/check"));
  EXPECT_THAT(ask(R"({"check":"stiff"})").body, HasSubstr("/turns"));
  EXPECT_THAT(ask(R"({"check":"none","turns":[]})").body, HasSubstr("/check"));
  EXPECT_THAT(ask(R"({"check":"stiff","turns":[{"role":"boss","text":"x"}]})").body, HasSubstr("/turns/0/role"));
  EXPECT_THAT(ask(R"({"check":"stiff","turns":[],"measures":[{"name":"rings","value":"1"}]})").body,
              HasSubstr("/measures/0"));
  EXPECT_EQ(ask(R"({"yaml":"no check","turns":[]})").at("problems/0/code"), "no_check");
}

}  // namespace
}  // namespace zh::inspection
