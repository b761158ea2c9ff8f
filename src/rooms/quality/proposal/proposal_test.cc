// Proposals of automatic checks in an inspection, on both databases: what an inspector makes of them, and what stands
// when the inspection is submitted.
#include "rooms/quality/proposal/proposal.h"

#include "policy/load.h"
#include "rooms/quality/proposal/check_statistics.h"
#include "tests/support/judged_contacts.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing_support::chat_line;
using testing_support::must;

// The shipped rubric with two checks: 4 points for stiff words, 2 for each impolite word.
PackPtr pack_with_checks(const std::string& stiff = "什么事") {
  auto sources = must(policy::read_sources(ZH_SOURCE_DIR "/policies/quality-inspection"));
  const std::string head = "label: {zh: 用语, en: words}, clause: Q3";
  sources.files["checks.yaml"] =
      "checks:\n  stiff: {" + head + ", item: language, severity: general, points: 4, forbid: {phrases: " + stiff +
      "}}\n  impolite: {" + head +
      ", item: polite, severity: minor, points: 2, count: per_hit, forbid: {phrases: 你}}\n  warm: {" + head +
      ", item: polite, severity: minor, points: 3, ask: {zh: 冷淡, en: cold}}\n";
  return std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
}

class ProposalTest : public testing_support::QualityTest {
 protected:
  void SetUp() override {
    QualityTest::SetUp();
    if (IsSkipped()) return;
    use(pack_with_checks());
    contacts_ = std::make_unique<testing_support::CheckedContacts>(database(), regulation().zone);
    contacts_->import(chat_line("call-1", "2026-10-01T10:00:00", "1001", {"你有什么事，你说"}));
    contacts_->check(pack_);
    running({call("1001", 1)});
    const Inspection drawn = found(1);
    by_ = inspector(drawn.inspector);
    taken_ = must(in_write([&](auto& tx) { return take(tx, drawn, by_); }));
  }
  void TearDown() override { contacts_.reset(); }

  // Of the contact's day there is one pack, and every version asked for is known.
  void use(PackPtr pack) {
    pack_ = pack;
    packs_.push_back(std::move(pack));
    rules_ = regulation();
    rules_->pack_of = [this](db::Transaction& tx, const Hash& version) -> Result<PackPtr> {
      for (const PackPtr& it : packs_) {
        if (it->version == version) return it;
      }
      return regulation().pack_of(tx, version);
    };
  }

  std::vector<Proposal> proposals(const Inspection& inspection) {
    return in_read([&](auto& tx) { return proposals_for(tx, *rules_, inspection); });
  }
  Result<Inspection> save(const Inspection& read, const Marks& marks) {
    return in_write([&](auto& tx) { return save_draft(tx, *rules_, read, marks, {}, by_); });
  }
  // "stiff accepted 1; impolite.0.0-1 rejected" …
  std::string states(const Inspection& inspection) {
    std::string text;
    for (const Proposal& it : proposals(inspection)) {
      text += (text.empty() ? "" : "; ") + it.id + " " + std::string(name_of(it.state));
      if (it.finding) text += " " + std::to_string(*it.finding);
      if (!it.reason.empty()) text += " (" + it.reason + ")";
    }
    return text;
  }

  static Marks marks_with(const std::string& item, const std::string& choice, int points,
                          std::vector<Judgement> judgements) {
    Marks marks;
    marks.findings.push_back(
        {.number = 1, .item = item, .choice = choice, .points = points, .span = {}, .reason = "stiff"});
    marks.judgements = std::move(judgements);
    return marks;
  }

  std::optional<Regulation> rules_;
  PackPtr pack_;
  std::vector<PackPtr> packs_;
  std::unique_ptr<testing_support::CheckedContacts> contacts_;
  By by_;
  Inspection taken_;
};
ZH_ON_BOTH_DATABASES(ProposalTest);

TEST_P(ProposalTest, what_the_checks_found_is_proposed_with_its_place) {
  const auto all = proposals(taken_);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].id, "stiff");
  EXPECT_EQ(all[0].item, "language");
  EXPECT_EQ(all[0].choice, "general");
  EXPECT_EQ(all[0].points, 4);
  EXPECT_EQ(all[0].span, (Span{.of = Span::Of::text, .turn = 0, .from = 2, .until = 5}));
  EXPECT_EQ(states(taken_), "stiff open; impolite.0.0-1 open; impolite.0.6-7 open");
}

TEST_P(ProposalTest, each_is_accepted_changed_rejected_or_left_open_and_stands_so_once_submitted) {
  const Inspection saved = must(
      save(taken_, marks_with("language", "general", 4, {{"stiff", 1, {}}, {"impolite.0.0-1", std::nullopt, "引用"}})));
  EXPECT_EQ(states(saved), "stiff accepted 1; impolite.0.0-1 rejected (引用); impolite.0.6-7 open");
  const Inspection again = must(save(saved, marks_with("language", "general", 5, {{"stiff", 1, {}}})));
  EXPECT_EQ(states(again), "stiff changed 1; impolite.0.0-1 open; impolite.0.6-7 open");
  const Inspection submitted = must(in_write([&](auto& tx) { return submit(tx, *rules_, again, by_); }));
  EXPECT_EQ(submitted.score, Decimal(95));  // 100 − 5: what is merely proposed costs nothing
  // A later run under other checks finds something else; what was judged stands.
  use(pack_with_checks("说"));
  contacts_->check(pack_);
  EXPECT_EQ(states(found(1)), "stiff changed 1; impolite.0.0-1 open; impolite.0.6-7 open");
}

TEST_P(ProposalTest, a_models_proposals_stand_beside_those_of_checks_and_are_judged_like_them) {
  testing_support::StubJudge model;
  model.says({{"warm", {{0, "你说"}}}});
  testing_support::judge_with(model, database(), *contacts_, regulation().zone, pack_);
  const auto all = proposals(taken_);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].model, "");
  EXPECT_EQ(all[3].id, "warm");
  EXPECT_EQ(all[3].model, "small");
  EXPECT_EQ(all[3].points, 3);
  EXPECT_EQ(all[3].span, (Span{.of = Span::Of::text, .turn = 0, .from = 6, .until = 8}));
  const Inspection saved = must(save(taken_, marks_with("polite", "minor", 3, {{"warm", 1, {}}})));
  const Inspection submitted = must(in_write([&](auto& tx) { return submit(tx, *rules_, saved, by_); }));
  EXPECT_EQ(submitted.score, Decimal(97));  // 100 − 3: what the inspector wrote down
  EXPECT_EQ(proposals(found(1))[3].model, "small");
  const Interval october{at("2026-10-01"), at("2026-11-01")};
  for (const CheckStatistics& it : in_read([&](auto& tx) { return check_statistics(tx, *rules_, october); })) {
    EXPECT_EQ(it.by_model, it.check == "warm");
    if (!it.by_model) continue;
    EXPECT_EQ(it.in_force, 1);
    EXPECT_EQ(it.spoke_up, 1);
    EXPECT_EQ(it.accepted, 1);
    EXPECT_EQ(it.dropped, 0);
  }
}

TEST_P(ProposalTest, a_model_without_a_quote_that_stands_proposes_nothing_and_is_counted) {
  testing_support::StubJudge model;
  model.says({{"warm", {{0, "不关我事"}}}});
  testing_support::judge_with(model, database(), *contacts_, regulation().zone, pack_);
  EXPECT_EQ(proposals(taken_).size(), 3U);
  const Interval october{at("2026-10-01"), at("2026-11-01")};
  const auto statistics = in_read([&](auto& tx) { return check_statistics(tx, *rules_, october); });
  const auto warm = std::ranges::find(statistics, "warm", &CheckStatistics::check);
  ASSERT_NE(warm, statistics.end());
  EXPECT_EQ(warm->spoke_up, 0);
  EXPECT_EQ(warm->dropped, 1);
}

TEST_P(ProposalTest, submitting_tells_the_audit_chain_what_became_of_each) {
  const Inspection saved = must(save(taken_, marks_with("language", "general", 4, {{"stiff", 1, {}}})));
  must(in_write([&](auto& tx) { return submit(tx, *rules_, saved, by_); }));
  const std::string detail = in_read([&](auto& tx) {
    return tx.template value<std::string>("SELECT detail FROM audit_entries WHERE action = 'submit_inspection'");
  });
  EXPECT_THAT(detail, HasSubstr(R"("stiff":"accepted")"));
  EXPECT_THAT(detail, HasSubstr(R"("impolite.0.0-1":"open")"));
}

TEST_P(ProposalTest, a_judged_proposal_stays_in_the_draft_when_a_later_run_finds_it_no_more) {
  const Inspection saved = must(save(taken_, marks_with("language", "general", 4, {{"stiff", 1, {}}})));
  use(pack_with_checks("说"));
  contacts_->check(pack_);
  // The id of a check that counts once is the check's: it is the same proposal at another place.
  EXPECT_EQ(states(saved), "stiff accepted 1; impolite.0.0-1 open; impolite.0.6-7 open");
  use(pack_with_checks("没有的话"));
  contacts_->check(pack_);
  EXPECT_EQ(states(saved), "impolite.0.0-1 open; impolite.0.6-7 open; stiff accepted 1");
}

TEST_P(ProposalTest, judgements_that_do_not_fit_are_refused) {
  const std::vector<Judgement> wrong[] = {{{"nothing", 1, {}}},
                                          {{"stiff", 2, {}}},  // there is no second finding
                                          {{"stiff", 1, {}}, {"stiff", std::nullopt, {}}},
                                          {{"stiff", std::nullopt, std::string(3'000, 'x')}}};
  for (const auto& judgements : wrong) {
    const auto refused = save(taken_, marks_with("language", "general", 4, judgements));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  }
  EXPECT_EQ(states(taken_), "stiff open; impolite.0.0-1 open; impolite.0.6-7 open");
}

TEST_P(ProposalTest, statistics_count_contacts_and_what_inspectors_said_of_a_check) {
  contacts_->import(chat_line("call-2", "2026-10-02T10:00:00", "1001", {"您好"}));
  contacts_->check(pack_);
  const auto of_check = [&](const std::string& check) {
    const Interval october{at("2026-10-01"), at("2026-11-01")};
    for (CheckStatistics& it : in_read([&](auto& tx) { return check_statistics(tx, *rules_, october); })) {
      if (it.check == check) return std::move(it);
    }
    return CheckStatistics();
  };
  CheckStatistics impolite = of_check("impolite");
  EXPECT_EQ(impolite.in_force, 2);
  EXPECT_EQ(impolite.spoke_up, 1);
  EXPECT_EQ(impolite.findings, 2);
  EXPECT_EQ(impolite.precision.gap, statistics::Gap::no_data);
  const Inspection saved = must(save(taken_, marks_with("polite", "minor", 2,
                                                        {{"stiff", std::nullopt, "客户的话"},
                                                         {"impolite.0.0-1", 1, {}},
                                                         {"impolite.0.6-7", std::nullopt, {}}})));
  EXPECT_EQ(of_check("impolite").accepted, 0);  // a draft is no judgement yet
  must(in_write([&](auto& tx) { return submit(tx, *rules_, saved, by_); }));
  impolite = of_check("impolite");
  EXPECT_EQ(impolite.accepted, 1);
  EXPECT_EQ(impolite.rejected, 1);
  EXPECT_EQ(impolite.precision.value, Decimal::parse("0.5").value());
  // Wilson for 1 of 2: 0.0945 … 0.9055.
  EXPECT_EQ(impolite.precision.bounds->low.round(4, Rounding::half_even).to_string(), "0.0945");
  EXPECT_TRUE(impolite.rejections.empty());
  const CheckStatistics stiff = of_check("stiff");
  EXPECT_EQ(stiff.precision.value, Decimal(0));
  ASSERT_EQ(stiff.rejections.size(), 1U);
  EXPECT_EQ(stiff.rejections[0].reason, "客户的话");
  EXPECT_EQ(stiff.rejections[0].inspection.to_string(), "1-1-1");
}

TEST(ExpectedWork, follows_from_how_many_records_are_drawn) {
  // 40 proposals in 1,000 contacts; 90 records are drawn: 3.6, so 4, at 20 s each 80 s, so 2 minutes.
  EXPECT_EQ(expected_work(40, 1'000, 90).proposals, 4);
  EXPECT_EQ(expected_work(40, 1'000, 90).minutes, 2);
  EXPECT_EQ(expected_work(40, 1'000, 75).minutes, 1);  // 3 proposals, 60 s
  EXPECT_EQ(expected_work(40, 1'000, 0).minutes, 0);
}

TEST_P(ProposalTest, a_contact_that_was_never_checked_has_none) {
  Inspection other = taken_;
  other.record.contact = "call-9";
  EXPECT_TRUE(proposals(other).empty());
}

}  // namespace
}  // namespace zh::quality
