// Contacts put to a judge, on both databases: what is sent, what is kept, what waits, and what failures do. The rules
// beside it as tables.
#include "rooms/inspection/judging/judging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/audit.h"
#include "policy/load.h"
#include "rooms/contacts/masked_text.h"
#include "rooms/inspection/judging/judging_store.h"
#include "rooms/inspection/judging/opinions.h"
#include "tests/support/checked_contacts.h"
#include "tests/support/stub_judge.h"

namespace zh::inspection {
namespace {

using judge::Drop;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing_support::chat_line;
using testing_support::must;
using testing_support::OddServer;
using testing_support::StubJudge;

// ---- the rules

TEST(JudgingBudget, HasRoomUpToItsLastContactAndToken) {
  const JudgingLimits limits{.contacts_per_day = 3, .tokens_per_day = 1'000};
  EXPECT_TRUE(has_room(limits, {.contacts = 2, .tokens = 600}, {.contacts = 1, .tokens = 400}));   // 3 and 1,000
  EXPECT_FALSE(has_room(limits, {.contacts = 3, .tokens = 600}, {.contacts = 1, .tokens = 400}));  // 4
  EXPECT_FALSE(has_room(limits, {.contacts = 2, .tokens = 601}, {.contacts = 1, .tokens = 400}));  // 1,001
  EXPECT_TRUE(has_room(limits, {}, {.contacts = 1, .tokens = 5'000}));  // alone larger than a day
  EXPECT_TRUE(has_room({}, {.contacts = 1'000'000, .tokens = 1'000'000'000}, {.contacts = 1, .tokens = 400}));
}

TEST(JudgingShare, IsThatManyOfAHundredAndTheSameOnesEachTime) {
  std::array<int, 101> drawn{};
  for (int i = 0; i < 10'000; ++i) {
    const contacts::ContactName contact{.call = "17917671" + std::to_string(i) + ".0", .number = 1 + i % 2};
    bool before = false;
    for (const int share : {0, 10, 50, 100}) {
      const bool in = is_in_share(share, contact);
      EXPECT_TRUE(in || !before) << "who is in a small share is in a larger one";
      before = in;
      drawn[static_cast<std::size_t>(share)] += in ? 1 : 0;
    }
  }
  EXPECT_EQ(drawn[0], 0);
  EXPECT_NEAR(drawn[10], 1'000, 90);  // three standard deviations
  EXPECT_NEAR(drawn[50], 5'000, 150);
  EXPECT_EQ(drawn[100], 10'000);
}

// ---- the run

std::shared_ptr<const policy::Pack> pack_with(const std::string& points,
                                              const std::string& question = "not comforted") {
  policy::Sources sources;
  sources.name = "asking";
  sources.files["pack.yaml"] = "id: asking\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  const std::string head = "label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor, points: " + points;
  sources.files["checks.yaml"] = "checks:\n  words: {" + head + ", forbid: {phrases: 三天}}\n  comfort: {" + head +
                                 ", ask: {zh: 没有安抚, en: " + question + "}}\n  evade: {" + head +
                                 ", when: {phrases: 找厂家}, ask: {zh: 推诿, en: evaded}}\n";
  return std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
}

const std::string kBoth = chat_line("a", "2026-10-05T10:00:00", "1001", {"我等了三天，电话13912343479", "请找厂家。"});

class JudgingTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    contacts_ = std::make_unique<testing_support::CheckedContacts>(database(), zone_);
    now_ = zone_.start_of(Date::parse("2026-10-06").value());
    model_.says({{"comfort", {{0, "等了三天"}}}, {"evade", {}}});
  }
  void TearDown() override { contacts_.reset(); }

  JudgingRun run(const JudgingLimits& limits = {}, const std::optional<Interval>& offered = {}) {
    judge::Judge judge = model_.judge(model_name_);
    const PackOn packs = [this](Date) -> Result<std::shared_ptr<const policy::Pack>> {
      if (pack_ == nullptr) return error(ErrorCode::not_found, {.zh = "没有规章包", .en = "no pack"});
      return pack_;
    };
    const Mask mask = [this](const contacts::Contact&, const std::vector<contacts::Turn>& turns) {
      if (const auto once = std::exchange(before_sending_, nullptr)) once();
      std::vector<std::string> texts;
      for (const contacts::Turn& turn : turns) texts.push_back(contacts::masked_text(turn.text));
      return texts;
    };
    return must(judge_contacts(database(), {.judge = judge,
                                            .limits = limits,
                                            .consent = "notice 3",
                                            .keys = contacts_->keys(),
                                            .zone = zone_,
                                            .packs = packs,
                                            .mask = mask,
                                            .offered = offered,
                                            .actor = "system",
                                            .now = [this] { return now_; }}));
  }
  std::optional<Judging> kept(const std::string& call = "a") {
    auto tx = must(database().read());
    return must(judging_of(tx, {.call = call, .number = 1}));
  }
  // "comfort yes 0:1-5; evade no" …
  std::string said(const std::string& call = "a") {
    std::string text;
    const auto judging = kept(call);
    if (!judging) return "nothing";
    for (const JudgedQuestion& it : judging->questions) {
      text += (text.empty() ? "" : "; ") + it.check + (it.is_dropped() ? " dropped" : it.found ? " yes" : " no");
      for (const Finding& place : it.places) {
        text += " " + std::to_string(*place.turn) + ":" + std::to_string(*place.from) + "-" + std::to_string(*place.to);
      }
      for (const auto& [reason, quotes] : it.dropped) {
        text += " " + std::string(judge::name_of(reason)) + " " + std::to_string(quotes);
      }
    }
    return text;
  }
  // What the chain holds, oldest first: "action object detail".
  std::vector<std::string> audited() {
    auto tx = must(database().read());
    auto chain = must(ledger::read_audit(tx));
    std::vector<std::string> entries;
    while (chain.next()) {
      const ledger::AuditEvent& event = chain.entry().event;
      if (event.action == "import") continue;
      entries.push_back(event.action + " " + event.object + " " + json::compact(event.detail));
    }
    must(chain.finish());
    return entries;
  }
  void later(std::int64_t minutes) { now_.us += minutes * 60'000'000; }

  static constexpr Interval kOctober{{1'790'000'000'000'000}, {1'795'000'000'000'000}};
  Zone zone_ = Zone::find("Asia/Shanghai").value();
  std::unique_ptr<testing_support::CheckedContacts> contacts_;
  std::shared_ptr<const policy::Pack> pack_ = pack_with("2");
  StubJudge model_;
  std::function<void()> before_sending_;  // called once, between looking at a contact and sending it
  std::string model_name_ = "small";
  Instant now_;
};
ZH_ON_BOTH_DATABASES(JudgingTest);

TEST_P(JudgingTest, OpinionsAreKeptWithWhereTheirQuotesStand) {
  contacts_->import(kBoth);
  const JudgingRun done = run();
  EXPECT_EQ(done.judged, 1);
  EXPECT_EQ(done.proposals, 1);
  EXPECT_EQ(done.asked, (JudgingUsage{.contacts = 1, .tokens = 100}));
  EXPECT_EQ(said(), "comfort yes 0:1-5; evade no");
  const Judging judging = *kept();
  EXPECT_EQ(judging.state, JudgingState::done);
  EXPECT_EQ(judging.model, "small");
  EXPECT_EQ(judging.pack, pack_->version);
  EXPECT_EQ(judging.questions[0].places[0].start_ms, 0);
  EXPECT_THAT(judged_findings(judging), ElementsAre(judging.questions[0].places[0]));
}

TEST_P(JudgingTest, WhatIsSentIsMaskedAndNamesNobody) {
  contacts_->import(kBoth);
  run();
  ASSERT_EQ(model_.asked().size(), 1U);
  const std::string sent = model_.asked().front();
  EXPECT_THAT(sent, HasSubstr("139****3479"));
  EXPECT_THAT(sent, Not(HasSubstr("13912343479")));
  EXPECT_THAT(sent, Not(HasSubstr("1001")));
  EXPECT_THAT(sent, HasSubstr("not comforted"));
  EXPECT_THAT(sent, HasSubstr("evaded"));
}

TEST_P(JudgingTest, WhatIsSentIsInTheAuditChainBeforeAndWithoutItsWords) {
  contacts_->import(kBoth);
  run();
  const std::string to = "endpoint " + model_.authority() + " (small)";
  EXPECT_THAT(
      audited(),
      ElementsAre("send_transcript contact a {\"characters\":24,\"consent\":\"notice 3\",\"questions\":2,\"to\":\"" +
                      to + "\"}",
                  "judge_contacts judge small {\"contacts\":1,\"dropped\":0,\"failed\":0,\"given_up\":0,"
                  "\"proposals\":1,\"to\":\"" +
                      to + "\",\"tokens\":100}"));
}

TEST_P(JudgingTest, InventedAndMisplacedQuotesAreDroppedAndCounted) {
  contacts_->import(kBoth);
  model_.says({{"comfort", {{0, "我才不管"}, {1, "等了三天"}}}, {"evade", {{1, "找厂家"}, {9, "找厂家"}}}});
  const JudgingRun done = run();
  EXPECT_EQ(done.proposals, 1);
  EXPECT_EQ(done.dropped, 1);
  EXPECT_THAT(done.quotes_dropped,
              ElementsAre(Pair(Drop::not_said, 1), Pair(Drop::another_turn, 1), Pair(Drop::no_such_turn, 1)));
  EXPECT_EQ(said(), "comfort dropped not_said 1 another_turn 1; evade yes 1:1-4 no_such_turn 1");
  auto tx = must(database().read());
  const auto counts = must(count_questions(tx, kOctober));
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].check, "comfort");
  EXPECT_EQ(counts[0].asked, 1);
  EXPECT_EQ(counts[0].found, 0);
  EXPECT_EQ(counts[0].dropped, 1);
  EXPECT_EQ(counts[1].found, 1);
  EXPECT_EQ(counts[1].places, 1);
  EXPECT_EQ(counts[1].dropped, 0);
}

TEST_P(JudgingTest, WhatWasAnsweredIsNotAskedTwice) {
  contacts_->import(kBoth);
  run();
  const Judging first = *kept();
  EXPECT_EQ(run().judged, 0);
  JudgingRun again = run({}, kOctober);  // by its days: the same request
  EXPECT_EQ(again.judged, 0);
  EXPECT_EQ(again.unchanged, 1);
  // Another number of points is another pack and the same question.
  pack_ = pack_with("3");
  again = run({}, kOctober);
  EXPECT_EQ(again.unchanged, 1);
  EXPECT_EQ(kept()->pack, pack_->version);
  EXPECT_EQ(kept()->questions, first.questions);
  EXPECT_EQ(model_.asked().size(), 1U);
  // Other words, or another model, are another request.
  pack_ = pack_with("3", "left alone");
  EXPECT_EQ(run({}, kOctober).judged, 1);
  model_name_ = "large";
  EXPECT_EQ(run().judged, 0);
  EXPECT_EQ(run({}, kOctober).judged, 1);
  EXPECT_EQ(kept()->model, "large");
}

TEST_P(JudgingTest, TwoRunsAtOnceSendAContactOnce) {
  contacts_->import(kBoth);
  before_sending_ = [this] { EXPECT_EQ(run().judged, 1); };
  EXPECT_EQ(run().judged, 0);
  EXPECT_EQ(model_.asked().size(), 1U);
  EXPECT_EQ(said(), "comfort yes 0:1-5; evade no");
}

TEST_P(JudgingTest, ACorrectedTranscriptIsAskedAboutAgainAndARemovedOneIsForgotten) {
  contacts_->import(kBoth);
  run();
  contacts_->import(chat_line("a", "2026-10-05T10:00:00", "1001", {"我等了三天", "请稍等"}));
  EXPECT_EQ(said(), "nothing");  // places would point at other words
  model_.says({{"comfort", {}}});
  EXPECT_EQ(run().judged, 1);
  EXPECT_EQ(said(), "comfort no");
  auto tx = must(database().write());
  must(tx.execute("DELETE FROM contact_transcripts"));
  EXPECT_FALSE(must(judging_of(tx, {.call = "a", .number = 1})));
  EXPECT_TRUE(must(store::find_judging(tx, {.call = "a", .number = 1})));
  must(forget_judgings(tx));
  EXPECT_FALSE(must(store::find_judging(tx, {.call = "a", .number = 1})));
  for (const auto& left : {must(tx.value<std::int64_t>("SELECT COUNT(*) FROM opinions")),
                           must(tx.value<std::int64_t>("SELECT COUNT(*) FROM opinion_places")),
                           must(tx.value<std::int64_t>("SELECT COUNT(*) FROM opinion_drops"))}) {
    EXPECT_EQ(left, 0);
  }
}

TEST_P(JudgingTest, AJudgeThatIsAwayLosesNothing) {
  contacts_->import(kBoth);
  for (const auto& [bytes, told] :
       {std::pair{OddServer::answer(500, "out of memory"), "answered 500"},
        {OddServer::answer(429, "later", "Retry-After: 3600\r\n"), "answered 429"},
        {std::string("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "ended before its answer was whole"},
        {OddServer::answer(200, "<html>"), "cannot be used"},
        {OddServer::answer(307, "", "Location: https://other.example/\r\n"), "other.example"}}) {
    model_.answers(bytes);
    const JudgingRun failed = run({.attempts = 10});
    EXPECT_EQ(failed.failed, 1) << told;
    EXPECT_EQ(kept()->state, JudgingState::waiting);
    EXPECT_THAT(kept()->told.en, HasSubstr(told));
    EXPECT_EQ(run({.attempts = 10}).failed, 0) << "it is put off";
    later(60);
  }
  EXPECT_EQ(kept()->attempts, 5);
  model_.says({{"comfort", {{0, "等了三天"}}}, {"evade", {}}});
  EXPECT_EQ(run({.attempts = 10}).judged, 1);
  EXPECT_EQ(kept()->told, Text{});
  EXPECT_EQ(said(), "comfort yes 0:1-5; evade no");
}

TEST_P(JudgingTest, AfterThreeFailuresInARowTheRestWaits) {
  for (const std::string call : {"a", "b", "c", "d", "e"}) {
    contacts_->import(chat_line(call, "2026-10-05T10:00:00", "1001", {"我等了三天"}));
  }
  model_.answers(OddServer::answer(500, "out of memory"));
  const JudgingRun done = run();
  EXPECT_EQ(done.failed, 3);
  ASSERT_TRUE(done.away);
  EXPECT_THAT(done.away->to_string(Language::en), HasSubstr("answered 500"));
  EXPECT_EQ(model_.asked().size(), 3U);
  later(60);
  model_.says({{"comfort", {}}});
  EXPECT_EQ(run().judged, 5);
}

TEST_P(JudgingTest, AContactThatWasRefusedIsGivenUpAndTheRestGoesOn) {
  contacts_->import(kBoth);
  model_.answers(OddServer::answer(400, "too long for me"));
  EXPECT_EQ(run().given_up, 1);
  EXPECT_EQ(kept()->state, JudgingState::given_up);
  EXPECT_THAT(kept()->told.en, HasSubstr("answered 400: too long for me"));
  later(24 * 60);
  model_.says({{"comfort", {}}, {"evade", {}}});
  EXPECT_EQ(run().judged, 0);
  EXPECT_EQ(run({}, kOctober).judged, 1);  // its days are named: once more
}

TEST_P(JudgingTest, NonsenseIsGivenUpAfterTheLastAttempt) {
  contacts_->import(kBoth);
  model_.says({{"pay", {{0, "三天"}}}, {"evade", {}}});
  EXPECT_EQ(run({.attempts = 2}).failed, 1);
  later(60);
  EXPECT_EQ(run({.attempts = 2}).given_up, 1);
  EXPECT_THAT(kept()->told.en, HasSubstr("that question was not asked"));
  EXPECT_TRUE(kept()->questions.empty());
}

TEST_P(JudgingTest, ADaysBudgetLeavesTheRestForTheNextTheLatestFirst) {
  for (const std::string day : {"03", "04", "05"}) {
    contacts_->import(chat_line("of" + day, "2026-10-" + day + "T10:00:00", "1001", {"我等了三天"}));
  }
  model_.says({{"comfort", {}}});
  const JudgingRun first = run({.contacts_per_day = 2});
  EXPECT_EQ(first.judged, 2);
  EXPECT_TRUE(first.budget_is_used_up);
  EXPECT_EQ(said("of05"), "comfort no");
  EXPECT_EQ(said("of04"), "comfort no");
  EXPECT_EQ(said("of03"), "nothing");
  EXPECT_EQ(run({.contacts_per_day = 2}).judged, 0);
  later(24 * 60);
  EXPECT_EQ(run({.contacts_per_day = 2}).judged, 1);
}

TEST_P(JudgingTest, TokensAreCountedAsTheJudgeTellsThem) {
  for (const std::string call : {"a", "b", "c"}) {
    contacts_->import(chat_line(call, "2026-10-05T10:00:00", "1001", {"我等了三天"}));
  }
  model_.says({{"comfort", {}}}, 40'000);
  // Each may cost some 4,000 before it is asked: two have room, the third has not.
  const JudgingRun done = run({.tokens_per_day = 50'000});
  EXPECT_EQ(done.judged, 2);
  EXPECT_EQ(done.asked.tokens, 80'000);
  EXPECT_TRUE(done.budget_is_used_up);
  auto tx = must(database().read());
  EXPECT_EQ(must(store::judging_usage(tx, zone_.date_of(now_))), (JudgingUsage{.contacts = 2, .tokens = 80'000}));
}

TEST_P(JudgingTest, OnlyTheShareAndTheLastDaysAreAskedAboutUnlessTheirDaysAreNamed) {
  contacts_->import(kBoth + chat_line("old", "2026-08-01T10:00:00", "1001", {"我等了三天"}));
  EXPECT_EQ(run({.share = 0}).left_out, 1);
  EXPECT_EQ(kept()->state, JudgingState::left_out);
  EXPECT_EQ(run({.share = 100}).judged, 0);  // it was left out when it came
  EXPECT_EQ(run({.share = 0}, kOctober).judged, 1);
  EXPECT_FALSE(kept("old"));
  model_.says({{"comfort", {}}});
  EXPECT_EQ(run({.days = 100}).judged, 1);
}

TEST_P(JudgingTest, AContactWithoutAQuestionIsNotAskedAbout) {
  contacts_->import(kBoth);
  pack_ = nullptr;  // no pack was in force on that day
  EXPECT_EQ(run().no_question, 1);
  EXPECT_EQ(kept()->state, JudgingState::done);
  EXPECT_TRUE(model_.asked().empty());
  EXPECT_EQ(run().no_question, 0);
}

TEST_P(JudgingTest, AConversationThatIsTooLongIsNotSent) {
  contacts_->import(kBoth);
  EXPECT_EQ(run({.characters_max = 23}).given_up, 1);
  EXPECT_THAT(kept()->told.en, HasSubstr("24 characters, more than judge: characters 23"));
  EXPECT_TRUE(model_.asked().empty());
  EXPECT_EQ(run({.characters_max = 24}, kOctober).judged, 1);
}

TEST_P(JudgingTest, ChecksAndTheirScoreKnowNothingOfIt) {
  contacts_->import(kBoth);
  contacts_->check(pack_);
  const auto score = [this] {
    auto tx = must(database().read());
    const auto found = must(findings_of(tx, {.call = "a", .number = 1}));
    return std::pair(found->score, found->findings.size());
  };
  const auto before = score();
  EXPECT_EQ(before, std::pair(std::int64_t{98}, std::size_t{1}));  // 三天 costs two points
  run();
  contacts_->check(pack_);
  EXPECT_EQ(score(), before);
}

TEST_P(JudgingTest, TheJobIsQueuedOnceAndOnlyWhereAnythingWaits) {
  const auto queue = [this] {
    auto tx = must(database().write());
    must(queue_judging(tx, zone_, {}, now_));
    const auto jobs = must(tx.value<std::int64_t>("SELECT COUNT(*) FROM jobs"));
    must(tx.commit());
    return jobs;
  };
  EXPECT_EQ(queue(), 0);
  contacts_->import(kBoth);
  EXPECT_EQ(queue(), 1);
  EXPECT_EQ(queue(), 1);
}

}  // namespace
}  // namespace zh::inspection
