// A contact as checks read it: what each field and measure of it becomes, and what is absent where the log is silent.
#include "rooms/inspection/conversation.h"

#include <gtest/gtest.h>

namespace zh::inspection {
namespace {

using policy::Measure;

contacts::Contact contact() {
  contacts::Contact it;
  it.call = "call-1";
  it.channel = contacts::Channel::call;
  it.direction = contacts::Direction::outbound;
  it.queue = "600";
  it.product = "broadband";
  it.offered_at = Instant::from_seconds(1'791'388'740);  // 2026-10-07 23:59 in Shanghai, 15:59 UTC
  it.wait_ms = 12'000;
  it.ring_ms = 4'500;
  it.talk_ms = 61'000;
  it.hold_ms = 0;
  it.outcome = contacts::Outcome::answered;
  it.transferred = contacts::Transferred::blind;
  it.ended_by = contacts::EndedBy::agent;
  it.connected = true;
  return it;
}

Zone shanghai() { return Zone::find("Asia/Shanghai").value(); }

TEST(Conversation, has_every_field_of_the_contact_but_whose_it_is) {
  const contacts::Contact whole = contact();
  const contacts::Spoken words;
  const ContactConversation made = conversation_of(whole, words, nullptr, shanghai());
  const policy::Conversation& it = made.conversation;
  EXPECT_EQ(it.channel, "call");
  EXPECT_EQ(it.day.to_string(), "2026-10-07");
  EXPECT_EQ(it.field("product"), "broadband");
  EXPECT_EQ(it.field("queue"), "600");
  EXPECT_EQ(it.field("direction"), "outbound");
  EXPECT_EQ(it.field("outcome"), "answered");
  EXPECT_EQ(it.field("transferred"), "blind");
  EXPECT_EQ(it.field("ended_by"), "agent");
  EXPECT_EQ(it.fields.size(), 6U);
  EXPECT_EQ(it.measures.get(Measure::wait), 12'000);
  EXPECT_EQ(it.measures.get(Measure::ring), 4'500);
  EXPECT_EQ(it.measures.get(Measure::talk), 61'000);
  EXPECT_EQ(it.measures.get(Measure::hold), 0);
  EXPECT_EQ(it.measures.get(Measure::hour), 23'000);  // in the centre's zone
  EXPECT_EQ(it.measures.get(Measure::hung_up_by_agent), 1);
  EXPECT_EQ(it.measures.get(Measure::hung_up_by_customer), 0);
}

TEST(Conversation, leaves_out_what_the_log_does_not_know) {
  contacts::Contact bare;
  bare.offered_at = Instant::from_seconds(1'791'388'740);
  contacts::Spoken words;
  words.product = "from the transcript";
  const ContactConversation made = conversation_of(bare, words, nullptr, shanghai());
  EXPECT_EQ(made.conversation.field("product"), "from the transcript");
  EXPECT_EQ(made.conversation.fields.size(), 1U);
  for (const Measure measure :
       {Measure::wait, Measure::ring, Measure::talk, Measure::hold, Measure::hung_up_by_agent}) {
    EXPECT_FALSE(made.conversation.measures.get(measure).has_value());
  }
}

TEST(Conversation, whatever_a_check_may_ask_for_makes_its_findings_anew) {
  const auto input = [](const contacts::Contact& it) {
    contacts::StoredSpoken stored;
    stored.contact = it;
    return input_of(stored, Hash());
  };
  const Hash before = input(contact());
  EXPECT_EQ(input(contact()), before);
  const auto changed = [&](auto change) {
    contacts::Contact it = contact();
    change(it);
    return input(it) != before;
  };
  EXPECT_TRUE(changed([](auto& it) { it.product = "other"; }));
  EXPECT_TRUE(changed([](auto& it) { it.queue = "601"; }));
  EXPECT_TRUE(changed([](auto& it) { it.direction = contacts::Direction::inbound; }));
  EXPECT_TRUE(changed([](auto& it) { it.outcome = contacts::Outcome::abandoned; }));
  EXPECT_TRUE(changed([](auto& it) { it.transferred = contacts::Transferred::attended; }));
  EXPECT_TRUE(changed([](auto& it) { it.ended_by = contacts::EndedBy::customer; }));
  EXPECT_TRUE(changed([](auto& it) { it.offered_at.us += 3'600'000'000; }));
  EXPECT_TRUE(changed([](auto& it) { it.talk_ms = 62'000; }));
  EXPECT_TRUE(changed([](auto& it) { it.hold_ms.reset(); }));
  EXPECT_FALSE(changed([](auto& it) { it.member = "SIP/1002"; })) << "who answered changes no finding";
}

}  // namespace
}  // namespace zh::inspection
