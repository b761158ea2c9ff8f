#include "rooms/contacts/assembly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rooms/contacts/queue_log.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;

// The contacts of call "7" from kept lines.
std::vector<Contact> contacts_of(std::string_view record) {
  const KeptLines records[] = {record};
  const auto lines = merged_lines(records);
  return assemble("7", lines);
}

// Records of which each is one file's share of the call.
std::vector<Contact> contacts_of(const std::vector<KeptLines>& records) {
  const auto lines = merged_lines(records);
  return assemble("7", lines);
}

constexpr std::string_view kAnswered =
    "100|sales|NONE|ENTERQUEUE||13900003479|1\n"
    "104|sales|Agent/2|RINGNOANSWER|4000\n"
    "110|sales|Agent/1|CONNECT|10|7.1|5\n"
    "170|sales|Agent/1|COMPLETECALLER|10|60|1\n";

TEST(Assembly, AnAnsweredCall) {
  const auto contacts = contacts_of(kAnswered);
  ASSERT_EQ(contacts.size(), 1U);
  const Contact& contact = contacts[0];
  EXPECT_EQ(contact.source_id(), "7");
  EXPECT_EQ(contact.queue, "sales");
  EXPECT_EQ(contact.customer, "13900003479");
  EXPECT_EQ(contact.member, "Agent/1");
  EXPECT_EQ(contact.offered_at, Instant::from_seconds(100));
  EXPECT_EQ(contact.answered_at, Instant::from_seconds(110));
  EXPECT_EQ(contact.ended_at, Instant::from_seconds(170));
  EXPECT_EQ(contact.wait_ms, 10'000);
  EXPECT_EQ(contact.ring_ms, 5'000);
  EXPECT_EQ(contact.talk_ms, 60'000);
  EXPECT_EQ(contact.outcome, Outcome::answered);
  EXPECT_EQ(contact.ended_by, EndedBy::customer);
  EXPECT_EQ(contact.transferred, Transferred::none);
  EXPECT_EQ(contact.direction, Direction::inbound);
  EXPECT_TRUE(contact.entered);
  EXPECT_TRUE(contact.connected);
  EXPECT_THAT(contact.rings, ElementsAre(Ring{"Agent/2", 4000}));
}

struct Leaving {
  std::string_view line;
  Outcome outcome;
  EndedBy by;
  std::optional<std::int64_t> wait_ms;
};

TEST(Assembly, WaysToLeaveAQueue) {
  const Leaving cases[] = {
      {"108|sales|NONE|ABANDON|1|3|8", Outcome::abandoned, EndedBy::customer, 8000},
      {"108|sales|NONE|EXITWITHTIMEOUT|1|3|8", Outcome::timeout, EndedBy::unknown, 8000},
      {"108|sales|NONE|EXITWITHTIMEOUT|1", Outcome::timeout, EndedBy::unknown, std::nullopt},  // before 1.6
      {"108|sales|NONE|EXITWITHKEY|0|1|3|8", Outcome::exit_key, EndedBy::unknown, 8000},
      {"108|sales|NONE|EXITWITHKEY|0|1", Outcome::exit_key, EndedBy::unknown, std::nullopt},
      {"108|sales|NONE|EXITEMPTY|1|3|8", Outcome::empty, EndedBy::unknown, 8000},
      {"108|sales|NONE|WITHDRAW|1|3|8|closing", Outcome::withdrawn, EndedBy::unknown, 8000},
  };
  for (const Leaving& c : cases) {
    const auto contacts = contacts_of("100|sales|NONE|ENTERQUEUE||139|1\n" + std::string(c.line));
    ASSERT_EQ(contacts.size(), 1U) << c.line;
    EXPECT_EQ(contacts[0].outcome, c.outcome) << c.line;
    EXPECT_EQ(contacts[0].ended_by, c.by) << c.line;
    EXPECT_EQ(contacts[0].wait_ms, c.wait_ms) << c.line;
    EXPECT_EQ(contacts[0].ended_at, Instant::from_seconds(108)) << c.line;
    EXPECT_FALSE(contacts[0].connected) << c.line;
  }
}

struct Ending {
  std::string_view line;
  EndedBy by;
  Transferred transferred;
};

TEST(Assembly, WaysToEndATalk) {
  const Ending cases[] = {
      {"COMPLETEAGENT|10|60|1", EndedBy::agent, Transferred::none},
      {"COMPLETECALLER|10|60", EndedBy::customer, Transferred::none},
      {"BLINDTRANSFER|2002|from-queue|10|60|1", EndedBy::transfer, Transferred::blind},
      {"TRANSFER|2002|from-queue|10|60", EndedBy::transfer, Transferred::blind},
      {"ATTENDEDTRANSFER|BRIDGE|2ee2aa0d|10|60|1", EndedBy::transfer, Transferred::attended},
      {"ATTENDEDTRANSFER|APP|VoiceMail|10|60|1", EndedBy::transfer, Transferred::attended},
      {"ATTENDEDTRANSFER|LINK|SIP/1-1|SIP/2-1|10|60|1", EndedBy::transfer, Transferred::attended},
      {"ATTENDEDTRANSFER|LINK|SIP/1-1|SIP/2-1|10|60", EndedBy::transfer, Transferred::attended},
  };
  for (const Ending& c : cases) {
    const auto contacts =
        contacts_of("100|sales|NONE|ENTERQUEUE||139|1\n110|sales|Agent/1|CONNECT|10|7.1|5\n170|sales|Agent/1|" +
                    std::string(c.line));
    ASSERT_EQ(contacts.size(), 1U) << c.line;
    EXPECT_EQ(contacts[0].ended_by, c.by) << c.line;
    EXPECT_EQ(contacts[0].transferred, c.transferred) << c.line;
    EXPECT_EQ(contacts[0].talk_ms, 60'000) << c.line;
    EXPECT_EQ(contacts[0].wait_ms, 10'000) << c.line;
  }
}

// "A call that enters a queue again (transfer) is a further contact with source_id <callid>#2" (FORMATS.md).
TEST(Assembly, ATransferredCallIsAFurtherContact) {
  const auto contacts = contacts_of(
      "100|sales|NONE|ENTERQUEUE||139|1\n"
      "110|sales|Agent/1|CONNECT|10|7.1|5\n"
      "170|sales|Agent/1|BLINDTRANSFER|support|xfer|10|60|1\n"
      "170|support|NONE|ENTERQUEUE||139|1\n"
      "175|support|Agent/3|CONNECT|5|7.4|2\n"
      "200|support|Agent/3|COMPLETEAGENT|5|25|1\n");
  ASSERT_EQ(contacts.size(), 2U);
  EXPECT_EQ(contacts[0].source_id(), "7");
  EXPECT_EQ(contacts[0].queue, "sales");
  EXPECT_EQ(contacts[1].source_id(), "7#2");
  EXPECT_EQ(contacts[1].queue, "support");
  EXPECT_EQ(contacts[1].member, "Agent/3");
  EXPECT_NE(contacts[0].id(), contacts[1].id());
}

TEST(Assembly, BackIntoTheSameQueue) {
  const auto contacts = contacts_of(
      "100|sales|NONE|ENTERQUEUE||139|1\n"
      "110|sales|Agent/1|CONNECT|10|7.1|5\n"
      "170|sales|Agent/1|BLINDTRANSFER|sales|xfer|10|60|1\n"
      "170|sales|NONE|ENTERQUEUE||139|1\n"
      "175|sales|NONE|ABANDON|1|1|5\n");
  ASSERT_EQ(contacts.size(), 2U);
  EXPECT_EQ(contacts[0].talk_ms, 60'000);
  EXPECT_EQ(contacts[1].outcome, Outcome::abandoned);
}

// Asterisk writes its log asynchronously: every order of the lines within a second is the same call.
TEST(Assembly, LinesOfOneSecondMayStandInAnyOrder) {
  std::vector<std::string> lines{
      "100|sales|NONE|ENTERQUEUE||139|1\n",
      "100|sales|Agent/1|CONNECT|0|7.1|0\n",
      "100|sales|Agent/1|BLINDTRANSFER|support|xfer|0|0|1\n",
      "100|support|NONE|ENTERQUEUE||139|1\n",
      "100|support|Agent/3|CONNECT|0|7.4|0\n",
      "100|support|Agent/3|COMPLETEAGENT|0|0|1\n",
  };
  std::sort(lines.begin(), lines.end());
  int orders = 0;
  do {
    std::string record;
    for (const std::string& line : lines) record += line;
    auto contacts = contacts_of(record);
    ASSERT_EQ(contacts.size(), 2U) << record;
    std::sort(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) { return a.queue < b.queue; });
    for (const Contact& contact : contacts) {
      EXPECT_TRUE(contact.entered && contact.connected) << record;
      EXPECT_EQ(contact.talk_ms, 0) << record;
      EXPECT_EQ(contact.customer, "139") << record;
    }
    EXPECT_EQ(contacts[0].transferred, Transferred::blind) << record;
    EXPECT_EQ(contacts[1].ended_by, EndedBy::agent) << record;
    ++orders;
  } while (std::next_permutation(lines.begin(), lines.end()));
  EXPECT_EQ(orders, 720);
}

TEST(Assembly, AClockSetBackWithinACall) {
  const auto waiting = contacts_of(
      "100|sales|NONE|ENTERQUEUE||139|1\n"
      "95|sales|Agent/1|CONNECT|5|7.1|5\n"
      "155|sales|Agent/1|COMPLETECALLER|5|60|1\n");
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_TRUE(waiting[0].entered);
  EXPECT_EQ(waiting[0].offered_at, Instant::from_seconds(100));
  EXPECT_EQ(waiting[0].wait_ms, 5000);

  const auto talking = contacts_of(
      "100|sales|NONE|ENTERQUEUE||139|1\n"
      "130|sales|Agent/1|CONNECT|30|7.1|5\n"
      "120|sales|Agent/1|COMPLETECALLER|30|60|1\n");
  ASSERT_EQ(talking.size(), 1U);
  EXPECT_TRUE(talking[0].connected);
  EXPECT_EQ(talking[0].talk_ms, 60'000);
  EXPECT_EQ(talking[0].ring_ms, 5000);

  const auto abandoned = contacts_of("100|sales|NONE|ENTERQUEUE||139|1\n90|sales|NONE|ABANDON|1|1|5\n");
  ASSERT_EQ(abandoned.size(), 1U);
  EXPECT_TRUE(abandoned[0].entered);
}

TEST(Assembly, ALogThatBeginsInTheMiddleOfACall) {
  const auto talking = contacts_of("170|sales|Agent/1|COMPLETECALLER|10|60|1\n");
  ASSERT_EQ(talking.size(), 1U);
  EXPECT_FALSE(talking[0].entered);
  EXPECT_FALSE(talking[0].connected);
  EXPECT_EQ(talking[0].offered_at, Instant::from_seconds(100));
  EXPECT_EQ(talking[0].talk_ms, 60'000);

  const auto ringing = contacts_of("104|sales|Agent/2|RINGNOANSWER|4000\n");
  ASSERT_EQ(ringing.size(), 1U);
  EXPECT_EQ(ringing[0].outcome, Outcome::open);
  EXPECT_THAT(ringing[0].rings, ElementsAre(Ring{"Agent/2", 4000}));
}

TEST(Assembly, ALogThatEndsInTheMiddleOfACall) {
  const auto waiting = contacts_of("100|sales|NONE|ENTERQUEUE||139|1\n");
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].outcome, Outcome::open);
  const auto talking = contacts_of("100|sales|NONE|ENTERQUEUE||139|1\n110|sales|Agent/1|CONNECT|10|7.1|5\n");
  ASSERT_EQ(talking.size(), 1U);
  EXPECT_EQ(talking[0].outcome, Outcome::answered);
  EXPECT_EQ(talking[0].talk_ms, std::nullopt);
}

TEST(Assembly, OverlappingFilesStateACallOnce) {
  const auto whole = contacts_of(kAnswered);
  // Cut between any two lines, with any overlap, in either order: the same call.
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < kAnswered.size(); ++i) {
    if (kAnswered[i] == '\n') ends.push_back(i + 1);
  }
  for (const std::size_t head : ends) {
    for (const std::size_t tail : ends) {
      const KeptLines first = kAnswered.substr(0, head);
      const KeptLines second = kAnswered.substr(tail <= head ? tail : head);
      EXPECT_EQ(contacts_of({first, second}), whole);
      EXPECT_EQ(contacts_of({second, first}), whole);
      EXPECT_EQ(contacts_of({second, first, second}), whole);
    }
  }
}

TEST(MergedLines, TheFullestRecordOrdersAnInstant) {
  const std::vector<KeptLines> records{"10|q|A|PAUSE|b\n10|q|A|UNPAUSE\n", "10|q|A|UNPAUSE\n11|q|A|PAUSE|c\n"};
  EXPECT_THAT(merged_lines(records), ElementsAre("10|q|A|PAUSE|b", "10|q|A|UNPAUSE", "11|q|A|PAUSE|c"));
  const std::vector<KeptLines> turned{records[1], records[0]};
  EXPECT_EQ(merged_lines(turned), merged_lines(records));
}

TEST(MergedLines, ALineTwiceIsOneEvent) {
  const std::vector<KeptLines> records{"10|q|A|PAUSE|b\n10|q|A|UNPAUSE\n10|q|A|PAUSE|b\n"};
  EXPECT_THAT(merged_lines(records), ElementsAre("10|q|A|PAUSE|b", "10|q|A|UNPAUSE"));
}

TEST(ChangesOf, SignsInAndPauses) {
  const std::vector<KeptLines> records{
      "10|q|A|ADDMEMBER\n20|q|A|PAUSE|lunch\n30|q|A|UNPAUSE|lunch\n40|q|A|REMOVEMEMBER\n"};
  EXPECT_THAT(changes_of(merged_lines(records)),
              ElementsAre(AgentChange{Instant::from_seconds(10), "A", "q", Change::sign_in, ""},
                          AgentChange{Instant::from_seconds(20), "A", "q", Change::pause, "lunch"},
                          AgentChange{Instant::from_seconds(30), "A", "q", Change::unpause, ""},
                          AgentChange{Instant::from_seconds(40), "A", "q", Change::sign_out, ""}));
}

}  // namespace
}  // namespace zh::contacts
