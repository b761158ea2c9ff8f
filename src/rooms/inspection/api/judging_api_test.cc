// What a judge says of a contact, on both databases: who sees it, and what of it.
#include "tests/support/checked_centre.h"
#include "tests/support/judged_contacts.h"

namespace zh::inspection {
namespace {

using testing::HasSubstr;
using testing_support::Answer;
using testing_support::must;
using testing_support::OddServer;
using testing_support::StubJudge;

class JudgingApiTest : public testing_support::CheckedCentreTest {
 protected:
  void judge() {
    auto tx = must(database().read());
    const auto pack = must(packs_.pack_on(tx, Date::parse("2026-10-12").value()));
    must(tx.commit());
    testing_support::judge_with(model_, database(), *contacts_, zone_, pack);
  }
  Answer judging(const std::string& who, const std::string& source_id, const std::string& language = {}) {
    return site_.get(who, "/api/v1/contacts/" + source_id + "/judging" + language);
  }
  StubJudge model_;
};
ZH_ON_BOTH_DATABASES(JudgingApiTest);

TEST_P(JudgingApiTest, an_opinion_has_its_clause_and_the_places_of_its_quotes) {
  model_.says({{"warm", {{0, "什么事"}, {0, "不关我事"}}}});
  judge();
  const Answer said = judging("inspector", "a");
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(said.at("state"), "done");
  EXPECT_EQ(said.at("model"), "small");
  ASSERT_EQ(said.size("opinions"), 1);
  EXPECT_EQ(said.at("opinions/0/label/en"), "warm");
  EXPECT_EQ(said.at("opinions/0/clause"), "A1");
  EXPECT_EQ(said.at("opinions/0/points"), "3");
  EXPECT_EQ(said.at("opinions/0/found"), "true");
  EXPECT_EQ(said.at("opinions/0/places/0/turn"), "0");
  EXPECT_EQ(said.at("opinions/0/places/0/to"), "3");
  EXPECT_EQ(said.at("opinions/0/dropped/0/reason"), "not_said");
  EXPECT_EQ(said.at("opinions/0/dropped/0/quotes"), "1");
  // Of b the judge said the same, and nothing of it stands there.
  const Answer dropped = judging("inspector", "b");
  ASSERT_EQ(dropped.at("opinions/0/found"), "true") << dropped.body;
  EXPECT_EQ(dropped.at("opinions/0/places"), "[]");
}

TEST_P(JudgingApiTest, a_contact_that_was_given_up_says_why) {
  model_.answers(OddServer::answer(400, "too long for me"));
  judge();
  const Answer said = judging("inspector", "a");
  EXPECT_EQ(said.at("state"), "given_up");
  EXPECT_THAT(said.at("message"), HasSubstr("too long for me"));
  EXPECT_EQ(said.size("opinions"), 0);
}

TEST_P(JudgingApiTest, is_for_those_who_judge) {
  EXPECT_EQ(judging("inspector", "a").status, 404);
  model_.says({{"warm", {}}});
  judge();
  EXPECT_EQ(judging("leader-a", "a").status, 200);
  EXPECT_EQ(judging("leader-a", "b").status, 404);
  EXPECT_EQ(judging("agent", "a").status, 403);
  EXPECT_EQ(judging("hr", "a").status, 403);
}

TEST_P(JudgingApiTest, a_check_that_asks_is_listed_with_its_question_and_says_on_the_bench_that_it_would) {
  const Answer list = site_.get("supervisor", "/api/v1/checks?on=2026-10-12");
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(list.at("judge"), "small");
  EXPECT_EQ(list.at("items/2/kind"), "ask");
  EXPECT_EQ(list.at("items/2/question/zh"), "冷淡");
  EXPECT_EQ(list.at("items/0/question"), "null");
  const Answer tried = site_.post("supervisor", "/api/v1/checks/trial",
                                  R"({"check":"warm","turns":[{"role":"agent","text":"什么事"}]})");
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(tried.at("outcome"), "asked");
  EXPECT_EQ(tried.size("conditions"), 0);
}

}  // namespace
}  // namespace zh::inspection
