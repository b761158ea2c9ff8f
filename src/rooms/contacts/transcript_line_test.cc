// Lines of a transcripts file, and transcripts as bytes.
#include "rooms/contacts/transcript_line.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rooms/contacts/transcript_code.h"
#include "rooms/contacts/transcript_records.h"

namespace zh::contacts {
namespace {

using testing::HasSubstr;

const Zone& shanghai() {
  static const Zone zone = Zone::find("Asia/Shanghai").value();
  return zone;
}

std::string problem_of(std::string_view line) {
  const auto parsed = parse_transcript(line, shanghai());
  return parsed.ok() ? "" : parsed.error().to_string(Language::en);
}

// A line with these members besides what is required.
std::string line_with(std::string_view more, std::string_view turns = R"([{"role":"agent","text":"您好"}])") {
  return fmt::format(R"({{"source_id":"1","channel":"call","started_at":"2026-10-12T09:05:46",{}"turns":{}}})", more,
                     turns);
}

std::string problem_of_turn(std::string_view turn) {
  return problem_of(line_with("", fmt::format(R"([{{"role":"agent","text":""}},{}])", turn)));
}

TEST(TranscriptLineTest, AWholeLineGivesEverythingItSays) {
  const Transcript read =
      parse_transcript(R"({"source_id":"1791767130.48","channel":"call","agent":"1006","customer":"13912343479",)"
                       R"("started_at":"2026-10-12T09:05:46+08:00","product":"enquiry","turns":[)"
                       R"({"role":"agent","start_ms":826,"end_ms":1822,"text":"您好，\n云帆"},)"
                       R"({"role":"customer","start_ms":2642,"end_ms":null,"text":""},)"
                       R"({"role":"system","text":"\ud83d\ude00"}]})",
                       shanghai())
          .value();
  EXPECT_EQ(read.source_id, "1791767130.48");
  EXPECT_EQ(read.channel, Channel::call);
  EXPECT_EQ(read.agent, "1006");
  EXPECT_EQ(read.customer, "13912343479");
  EXPECT_EQ(read.started_at, Instant::from_seconds(1'791'767'146));
  EXPECT_EQ(read.product, "enquiry");
  const std::vector<Turn> turns{{.role = Role::agent, .start_ms = 826, .end_ms = 1822, .text = "您好，\n云帆"},
                                {.role = Role::customer, .start_ms = 2642, .end_ms = {}, .text = ""},
                                {.role = Role::system, .start_ms = {}, .end_ms = {}, .text = "😀"}};
  EXPECT_EQ(read.turns, turns);
}

TEST(TranscriptLineTest, WhatMayBeLeftOutMayBeNullAsWell) {
  EXPECT_EQ(problem_of(line_with("")), "");
  EXPECT_EQ(problem_of(line_with(R"("agent":null,"customer":null,"product":null,)")), "");
  EXPECT_EQ(problem_of(line_with("", "[]")), "");
  // Without an offset the time is the centre's.
  EXPECT_EQ(parse_transcript(line_with(""), shanghai())->started_at, Instant::from_seconds(1'791'767'146));
}

TEST(TranscriptLineTest, WhatIsWrongIsNamed) {
  EXPECT_THAT(problem_of("{"), HasSubstr("1:2:"));
  EXPECT_EQ(problem_of("[]"), "a line is a JSON object, not a array");
  EXPECT_EQ(problem_of(R"({"channel":"call"})"), "source_id is missing");
  EXPECT_EQ(problem_of(R"({"source_id":""})"), "source_id is empty");
  EXPECT_EQ(problem_of(R"({"source_id":7})"), "source_id is a text, not a number");
  EXPECT_EQ(problem_of(R"({"source_id":"a\tb"})"), "source_id holds a control character");
  EXPECT_EQ(problem_of(R"({"source_id":"1","channel":"fax"})"), "channel is call, chat or mail, not \"fax\"");
  EXPECT_EQ(problem_of(R"({"source_id":"1","channel":"chat"})"), "started_at is missing");
  EXPECT_THAT(problem_of(R"({"source_id":"1","channel":"chat","started_at":"yesterday"})"), HasSubstr("yesterday"));
  EXPECT_EQ(problem_of(R"({"source_id":"1","channel":"chat","started_at":"2026-10-12"})"), "turns is missing");
  EXPECT_EQ(problem_of(line_with("", "7")), "turns is a list, not a number");
  EXPECT_EQ(problem_of(line_with(R"("prodct":"x",)")), "unknown field \"prodct\"; did you mean \"product\"?");
  EXPECT_THAT(problem_of(line_with(fmt::format(R"("agent":"{}",)", std::string(201, 'x')))),
              HasSubstr("agent is longer than 200 bytes"));
  EXPECT_THAT(problem_of(line_with(R"("agent":"1","agent":"2",)")), HasSubstr("stands twice"));
}

TEST(TranscriptLineTest, WhatIsWrongWithATurnIsNamedWithItsNumber) {
  EXPECT_EQ(problem_of_turn("7"), "turn 2: a turn is an object, not a number");
  EXPECT_EQ(problem_of_turn(R"({"text":"x"})"), "turn 2: role is missing");
  EXPECT_EQ(problem_of_turn(R"({"role":"bot","text":"x"})"), "turn 2: role is agent, customer or system, not \"bot\"");
  EXPECT_EQ(problem_of_turn(R"({"role":"agent"})"), "turn 2: text is missing");
  EXPECT_EQ(problem_of_turn(R"({"role":"agent","text":"a\u0000b"})"), "turn 2: text holds a zero byte");
  EXPECT_EQ(problem_of_turn(R"({"role":"agent","text":"x","start_m":1})"),
            "turn 2: unknown field \"start_m\"; did you mean \"start_ms\"?");
  // A week after the beginning is the last moment, 0 the first.
  EXPECT_EQ(problem_of_turn(R"({"role":"agent","text":"x","start_ms":0,"end_ms":604800000})"), "");
  EXPECT_THAT(problem_of_turn(R"({"role":"agent","text":"x","end_ms":604800001})"), HasSubstr("turn 2: end_ms is a"));
  EXPECT_THAT(problem_of_turn(R"({"role":"agent","text":"x","start_ms":-1})"), HasSubstr("turn 2: start_ms is a"));
  EXPECT_THAT(problem_of_turn(R"({"role":"agent","text":"x","start_ms":"1"})"), HasSubstr("turn 2: start_ms is a"));
  EXPECT_EQ(problem_of_turn(R"({"role":"agent","text":"x","start_ms":5,"end_ms":5})"), "");
  EXPECT_EQ(problem_of_turn(R"({"role":"agent","text":"x","start_ms":5,"end_ms":4})"),
            "turn 2: end_ms 4 lies before start_ms 5");
}

TEST(TranscriptLineTest, AConversationHasSoManyTurnsAndNoMore) {
  const auto turns = [](std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + std::string(R"({"role":"agent","text":""})");
    return list + "]";
  };
  EXPECT_EQ(problem_of(line_with("", turns(kTurnsMax))), "");
  EXPECT_EQ(problem_of(line_with("", turns(kTurnsMax + 1))), "the conversation has 1000001 turns; 1000000 is the most");
}

TEST(TranscriptLineTest, WhatIsWrongBesideTheTurnsIsToldBeforeWhatIsWrongWithThem) {
  EXPECT_EQ(problem_of(R"({"turns":[7],"source_id":"1","channel":"fax"})"),
            "channel is call, chat or mail, not \"fax\"");
  EXPECT_EQ(problem_of(R"({"turns":[{"role":"agent","text":""},7,8],"source_id":"1","channel":"call",)"
                       R"("started_at":"2026-10-12"})"),
            "turn 2: a turn is an object, not a number");
}

TEST(TranscriptLineTest, ALineThatCannotBeTakenSaysWhoseItIsAsFarAsItCanBeRead) {
  EXPECT_EQ(source_id_in(R"({"source_id":"7.0#2","channel":"fax"})"), "7.0#2");
  EXPECT_EQ(source_id_in("{\"turns\":[7],\t\"source_id\" : \"7.0\""), "7.0");
  EXPECT_EQ(source_id_in("{\"source_id\":\"7.0\",\"turns\":[{\"text\":\"\xFF"), "7.0");
  for (const std::string_view nobody : {"", "{}", R"("source_id")", R"("source_id":)", R"("source_id":7)",
                                        R"("source_id":"7.0)", R"("source_id":"a\"")", "\"source_id\":\"\xFF\""}) {
    EXPECT_EQ(source_id_in(nobody), "") << nobody;
  }
  EXPECT_EQ(source_id_in(R"("source_id":")" + std::string(201, 'x') + '"'), "");
}

// ---- which contact a source id means

TEST(ContactNameTest, TheSecondContactOfACallHasItsNumber) {
  EXPECT_EQ(contact_name("7.0"), (ContactName{"7.0", 1}));
  EXPECT_EQ(contact_name("7.0#2"), (ContactName{"7.0", 2}));
  EXPECT_EQ(contact_name("7.0#99"), (ContactName{"7.0", 99}));
  // Whatever it means elsewhere, a name reads back as what it was.
  for (const std::string other : {"7.0#1", "7.0#02", "7.0#100", "7.0#", "#2", "chat#10293", "a#b", "7.0#2x"}) {
    EXPECT_EQ(contact_name(other), (ContactName{other, 1})) << other;
  }
  EXPECT_EQ(contact_of({.source_id = "7.0#2"}).source_id(), "7.0#2");
}

TEST(ContactNameTest, ATranscriptAloneIsAContactThatNoQueueOffered) {
  const Transcript chat{.source_id = "c1",
                        .channel = Channel::chat,
                        .agent = "1001",
                        .customer = "wx_17",
                        .started_at = Instant::from_seconds(1'791'767'146),
                        .product = "after-sales",
                        .turns = {{.role = Role::customer, .start_ms = 0, .end_ms = {}, .text = "在吗"},
                                  {.role = Role::agent, .start_ms = 9000, .end_ms = {}, .text = "您好"}}};
  const Contact contact = contact_of(chat);
  EXPECT_EQ(contact.outcome, Outcome::answered);
  EXPECT_EQ(contact.ended_at, Instant::from_seconds(1'791'767'155));
  EXPECT_EQ(contact.talk_ms, std::nullopt);
  EXPECT_FALSE(contact.entered);
  EXPECT_FALSE(contact.connected);
  Rollups rollups;
  add_to(rollups, contact, shanghai());
  EXPECT_TRUE(rollups.empty());
  const std::string kept = kept_conversation(contact);
  EXPECT_EQ(contacts_of_transcripts("c1", std::vector<KeptLines>{kept}), std::vector{contact});

  Transcript unanswered = chat;
  unanswered.agent.clear();
  unanswered.turns.pop_back();
  EXPECT_EQ(contact_of(unanswered).outcome, Outcome::open);
}

// ---- as bytes

TEST(TranscriptCodeTest, EveryCutOrChangedLengthIsRefusedOrReadsAsSomethingElse) {
  const Transcript transcript{.source_id = "c1",
                              .channel = Channel::chat,
                              .agent = "1001",
                              .customer = "",
                              .started_at = Instant{-1},
                              .product = "p",
                              .turns = {{.role = Role::agent, .start_ms = 300, .end_ms = 90'000, .text = "您好"},
                                        {.role = Role::system, .start_ms = {}, .end_ms = 5, .text = ""}}};
  const std::string bytes = encode(transcript);
  EXPECT_EQ(decode_transcript(bytes).value(), transcript);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode_transcript(bytes.substr(0, size)).error().code, ErrorCode::corrupt) << size;
  }
  EXPECT_FALSE(decode_transcript(bytes + "x").ok());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(0xFF);
    const auto read = decode_transcript(changed);
    EXPECT_TRUE(!read.ok() || *read != transcript) << at;
  }
}

RC_GTEST_PROP(TranscriptCodeTest, WhatIsEncodedReadsBack, ()) {
  Transcript transcript;
  transcript.source_id = *rc::gen::arbitrary<std::string>();
  transcript.channel = *rc::gen::element(Channel::call, Channel::chat, Channel::mail);
  transcript.agent = *rc::gen::arbitrary<std::string>();
  transcript.started_at = {*rc::gen::arbitrary<std::int64_t>()};
  const int turns = *rc::gen::inRange(0, 20);
  for (int i = 0; i < turns; ++i) {
    Turn turn{.role = *rc::gen::element(Role::agent, Role::customer, Role::system),
              .text = *rc::gen::arbitrary<std::string>()};
    if (*rc::gen::arbitrary<bool>()) turn.start_ms = *rc::gen::inRange<std::int64_t>(0, 604'800'000);
    if (*rc::gen::arbitrary<bool>()) {
      turn.end_ms = *rc::gen::inRange<std::int64_t>(turn.start_ms.value_or(0), 604'800'001);
    }
    transcript.turns.push_back(std::move(turn));
  }
  RC_ASSERT(decode_transcript(encode(transcript)).value() == transcript);
}

}  // namespace
}  // namespace zh::contacts
