// The routes of proposals, judgements in a draft, and what follows from them: who sees them, what they quote, what is
// refused, what the statistics count.
#include "policy/load.h"
#include "rooms/quality/api/quality_api.h"
#include "tests/support/judged_contacts.h"
#include "tests/support/quality_centre.h"
#include "tests/support/test_site.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing_support::Answer;
using testing_support::must;
using testing_support::person;

class ProposalApiTest : public testing_support::QualityTest {
 protected:
  void SetUp() override {
    QualityTest::SetUp();
    if (IsSkipped()) return;
    auto sources = must(policy::read_sources(ZH_SOURCE_DIR "/policies/quality-inspection"));
    sources.files["checks.yaml"] =
        "checks:\n  stiff: {label: {zh: 生硬语言, en: stiff language}, clause: Q3, item: language, severity: general,"
        " points: 4, forbid: {phrases: 什么事}}\n"
        "  greeting: {label: {zh: 问候, en: greeting}, clause: Q3, item: polite, severity: minor, points: 2,"
        " require: {phrases: 您好, role: agent, first: {turns: 1}}}\n"
        "  warm: {label: {zh: 热情, en: warm}, clause: Q3, item: polite, severity: minor, points: 2,"
        " ask: {zh: 冷淡, en: cold}}\n";
    pack_ = std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
    contacts_ = std::make_unique<testing_support::CheckedContacts>(database(), regulation().zone);
    contacts_->import(
        testing_support::chat_line("call-1", "2026-10-01T10:00:00", "1001", {"什么事？您打139 1234 3479吧", "再见"}));
    contacts_->check(pack_);
    rules_ = regulation();
    rules_->pack_on = [this](db::Transaction&, Date) -> Result<PackPtr> { return pack_; };
    rules_->pack_of = [this](db::Transaction&, const Hash&) -> Result<PackPtr> { return pack_; };
    site_.set_now(now);
    add_quality_routes(site_.routes(), database(), *rules_,
                       [this]() -> Result<vault::Contents*> { return &contacts_->contents(); });
    using http::Role;
    using http::Scope;
    site_.sign_in("agent", testing_support::agent("1001"));
    site_.sign_in("supervisor", person("supervisor", "4001", {{Role::qa_supervisor, Scope::centre}}));
    site_.sign_in("manager", testing_support::with_role(Role::manager));
    for (const char* const staff_no : {"3001", "3002"}) {
      site_.sign_in(staff_no, person(std::string("inspector-") + staff_no, staff_no, {{Role::inspector, Scope::self}}));
    }
    site_.start();
    running({call("1001", 1)});
    const Inspection drawn = found(1);
    own_ = drawn.inspector;
    other_ = own_ == "3001" ? "3002" : "3001";
    must(in_write([&](auto& tx) { return take(tx, drawn, inspector(own_)); }));
  }
  void TearDown() override { contacts_.reset(); }

  Answer save(const std::string& judgements) {
    const Answer read = site_.get(own_, kInspection);
    return site_.ask(own_, http::Method::put, std::string(kInspection) + "/marks",
                     R"({"findings":[{"number":1,"item":"language","choice":"general","points":4,"reason":"stiff"}],)"
                     R"("bonuses":[],"not_applicable":[],"judgements":)" +
                         judgements + "}",
                     *read.headers.find("ETag"));
  }

  static constexpr const char* kInspection = "/api/v1/quality/inspections/1-1-1";
  static constexpr const char* kProposals = "/api/v1/quality/inspections/1-1-1/proposals";
  static constexpr const char* kStatistics = "/api/v1/checks/statistics?from=2026-10-01&to=2026-10-31";
  static constexpr const char* kConsistency = "/api/v1/checks/consistency?from=2026-10-01&to=2026-10-31";
  testing_support::TestSite site_;
  std::optional<Regulation> rules_;
  PackPtr pack_;
  std::unique_ptr<testing_support::CheckedContacts> contacts_;
  std::string own_;
  std::string other_;
};
ZH_ON_BOTH_DATABASES(ProposalApiTest);

TEST_P(ProposalApiTest, a_hit_is_quoted_and_a_miss_says_where_it_looked) {
  const Answer list = site_.get(own_, kProposals);
  ASSERT_EQ(list.status, 200) << list.body;
  ASSERT_EQ(list.size(""), 2);
  EXPECT_EQ(list.at("0/proposal"), "stiff");
  EXPECT_EQ(list.at("0/label/en"), "stiff language");
  EXPECT_EQ(list.at("0/choice"), "general");
  EXPECT_EQ(list.at("0/points"), "4");
  EXPECT_EQ(list.at("0/span/of"), "text");
  EXPECT_EQ(list.at("0/quote/text"), "什么事？您打139 **** 3479吧");
  EXPECT_EQ(list.at("0/quote/to"), "3");
  EXPECT_EQ(list.at("0/state"), "open");
  EXPECT_EQ(list.at("1/missing"), "true");
  EXPECT_EQ(list.at("1/quote"), "null");
  EXPECT_EQ(list.at("1/looked/0/role"), "agent");
  EXPECT_EQ(list.at("1/looked/0/turns"), "1");
}

TEST_P(ProposalApiTest, a_models_proposal_names_it_and_quotes_our_own_text) {
  testing_support::StubJudge model;
  model.says({{"warm", {{0, "什么事?您打"}}}});
  testing_support::judge_with(model, database(), *contacts_, rules_->zone, pack_);
  const Answer list = site_.get(own_, kProposals);
  ASSERT_EQ(list.size(""), 3);
  EXPECT_EQ(list.at("0/model"), "null");
  EXPECT_EQ(list.at("2/proposal"), "warm");
  EXPECT_EQ(list.at("2/model"), "small");
  EXPECT_EQ(list.at("2/missing"), "false");
  EXPECT_EQ(list.at("2/quote/text"), "什么事？您打139 **** 3479吧");
  EXPECT_EQ(list.at("2/places/0/to"), "6");
  const Answer statistics = site_.get("supervisor", kStatistics);
  EXPECT_EQ(statistics.at("2/check"), "warm");
  EXPECT_EQ(statistics.at("2/by_model"), "true");
  EXPECT_EQ(statistics.at("2/spoke_up"), "1");
  EXPECT_EQ(statistics.at("2/dropped"), "0");
  EXPECT_EQ(statistics.at("1/by_model"), "false");
}

TEST_P(ProposalApiTest, they_are_the_inspectors_and_the_supervisors) {
  EXPECT_EQ(site_.get("supervisor", kProposals).status, 200);
  EXPECT_EQ(site_.get(other_, kProposals).status, 404);
  EXPECT_EQ(site_.get("agent", kProposals).status, 403);
  EXPECT_EQ(site_.get("manager", kProposals).status, 403);
}

TEST_P(ProposalApiTest, judgements_are_saved_with_the_draft_and_read_back) {
  const Answer saved = save(R"([{"proposal":"stiff","finding":1},{"proposal":"greeting","reason":"转接来的"}])");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.at("marks/judgements/1/reason"), "转接来的");
  const Answer list = site_.get(own_, kProposals);
  EXPECT_EQ(list.at("0/state"), "accepted");
  EXPECT_EQ(list.at("0/finding"), "1");
  EXPECT_EQ(list.at("1/state"), "rejected");
}

TEST_P(ProposalApiTest, judgements_that_do_not_fit_are_named) {
  const Answer refused = save(R"([{"proposal":"stiff","finding":7},{"proposal":"nothing"}])");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("/judgements/0/finding"));
  EXPECT_THAT(refused.body, HasSubstr("/judgements/1/proposal"));
}

TEST_P(ProposalApiTest, the_agent_sees_no_judgements_in_the_published_result) {
  ASSERT_EQ(save(R"([{"proposal":"stiff","finding":1}])").status, 200);
  must(in_write([&](auto& tx) { return submit(tx, *rules_, found(1), inspector(own_)); }));
  published(own_);
  const Answer seen = site_.get("agent", kInspection);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.at("marks/judgements"), "null");
  EXPECT_EQ(site_.get(own_, kProposals).at("0/state"), "accepted");
}

TEST_P(ProposalApiTest, statistics_of_checks_count_what_was_submitted_and_give_the_reasons) {
  Answer list = site_.get("supervisor", kStatistics);
  ASSERT_EQ(list.status, 200) << list.body;
  ASSERT_EQ(list.size(""), 2);
  EXPECT_EQ(list.at("1/check"), "stiff");
  EXPECT_EQ(list.at("1/label/zh"), "生硬语言");
  EXPECT_EQ(list.at("1/in_force"), "1");
  EXPECT_EQ(list.at("1/rate"), "1.000000");
  EXPECT_EQ(list.at("1/precision"), "null");
  EXPECT_NE(list.at("1/why_none/en"), "null");
  ASSERT_EQ(save(R"([{"proposal":"stiff","finding":1},{"proposal":"greeting","reason":"转接来的"}])").status, 200);
  must(in_write([&](auto& tx) { return submit(tx, *rules_, found(1), inspector(own_)); }));
  list = site_.get("manager", kStatistics);
  EXPECT_EQ(list.at("0/rejected"), "1");
  EXPECT_EQ(list.at("0/precision"), "0.000000");
  EXPECT_EQ(list.at("0/rejections/0/inspection"), "1-1-1");
  EXPECT_EQ(list.at("0/rejections/0/reason"), "转接来的");
  EXPECT_EQ(list.at("1/accepted"), "1");
  EXPECT_EQ(list.at("1/precision"), "1.000000");
  EXPECT_EQ(list.at("1/precision_low"), "0.206549");  // Wilson, 1 of 1: 1 / (1 + 1.959964²)
}

TEST_P(ProposalApiTest, consistency_has_everybody_and_each_agent_by_circumstance) {
  const Answer list = site_.get("supervisor", kConsistency);
  ASSERT_EQ(list.status, 200) << list.body;
  // Everybody and 1001, the only one who has a checked contact. Its customer is not known, so it is in neither group.
  ASSERT_EQ(list.size(""), 5);
  EXPECT_EQ(list.at("0/circumstance"), "inspected");
  EXPECT_EQ(list.at("0/staff_no"), "null");
  EXPECT_EQ(list.at("1/staff_no"), "1001");
  EXPECT_EQ(list.at("1/others"), "1");
  EXPECT_EQ(list.at("1/mean_of_others"), "94.00");  // 100 − 4 − 2
  EXPECT_EQ(list.at("1/p_value"), "null");
  EXPECT_NE(list.at("1/why_none/zh"), "null");
  EXPECT_EQ(list.at("4/circumstance"), "known");
  EXPECT_EQ(list.at("4/contacts"), "0");
}

TEST_P(ProposalApiTest, statistics_are_for_those_who_plan_over_a_quarter_at_most) {
  for (const std::string path : {"/api/v1/checks/statistics", "/api/v1/checks/consistency"}) {
    EXPECT_EQ(site_.get(own_, path + "?from=2026-10-01&to=2026-10-31").status, 403);
    EXPECT_EQ(site_.get("agent", path + "?from=2026-10-01&to=2026-10-31").status, 403);
    EXPECT_EQ(site_.get("supervisor", path + "?from=2026-10-01&to=2026-12-31").status, 200);  // 92 days
    EXPECT_EQ(site_.get("supervisor", path + "?from=2026-10-01&to=2027-01-01").status, 400);
    EXPECT_EQ(site_.get("supervisor", path + "?from=2026-10-02&to=2026-10-01").status, 400);
  }
}

}  // namespace
}  // namespace zh::quality
