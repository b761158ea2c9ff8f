// Transcripts in the database, on both: joined to contacts, corrected, undone, rebuilt, read page by page.
#include "rooms/contacts/transcripts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/contacts/transcript_line.h"
#include "rooms/contacts/troubles.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::must;

constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n";

class TranscriptsTest : public ContactsTest {
 protected:
  struct Line {
    std::string source_id;
    std::string text = "您好";
    std::string channel = "chat";
    std::string agent = "1001";
    std::string customer = "";
    std::string started_at = "2026-10-12T10:00:00";
  };
  static std::string line(const Line& of) {
    return fmt::format(R"({{"source_id":"{}","channel":"{}","agent":"{}","customer":"{}","started_at":"{}",)"
                       R"("turns":[{{"role":"agent","start_ms":0,"text":"{}"}}]}})"
                       "\n",
                       of.source_id, of.channel, of.agent, of.customer, of.started_at, of.text);
  }

  std::vector<StoredTranscript> all() {
    auto tx = must(database().read());
    return must(transcripts_page(tx, {{0}, {4'000'000'000'000'000}}, std::nullopt, 1000));
  }
  std::vector<std::string> texts() {
    std::vector<std::string> found;
    for (const StoredTranscript& stored : all()) {
      const Transcript transcript = must(open_transcript(stored, keys()));
      found.push_back(stored.contact.source_id() + ": " + transcript.turns.at(0).text);
    }
    return found;
  }
  // What the contact's page tells.
  std::vector<std::string> troubles(std::string_view call) {
    auto tx = must(database().read());
    std::vector<std::string> told;
    for (const Trouble& trouble : must(troubles_of(tx, call, 1))) {
      EXPECT_EQ(trouble.at, Instant::from_seconds(1'800'000'000));
      told.push_back(std::string(name_of(trouble.kind)) + ": " + trouble.told.en);
    }
    return told;
  }
  std::int64_t kept_texts() {
    auto tx = must(database().read());
    return must(tx.value<std::int64_t>("SELECT COUNT(*) FROM transcript_texts"));
  }
};
ZH_ON_BOTH_DATABASES(TranscriptsTest);

TEST_P(TranscriptsTest, ATranscriptBelongsToTheContactThatALogHolds) {
  import_log(kLog);
  const ImportResult result = import_transcripts_text(line({.source_id = "7.0", .channel = "call"}));
  EXPECT_EQ(result.accepted, 1);
  const auto stored = all();
  ASSERT_THAT(stored, SizeIs(1));
  // Its times, agent and measures are the log's.
  EXPECT_EQ(stored[0].contact.source, Source::queue_log);
  EXPECT_EQ(stored[0].contact.offered_at, Instant::from_seconds(1'791'767'107));
  EXPECT_EQ(stored[0].contact.talk_ms, 60'000);
  EXPECT_EQ(stored[0].contact.customer, "18600002076");
  EXPECT_EQ(agent_of(stored[0].contact, centre())->staff_no(), "1001");
}

TEST_P(TranscriptsTest, ALogThatComesLaterTakesTheContactOver) {
  import_transcripts_text(line({.source_id = "7.0", .customer = "139"}));
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(all()[0].contact.source, Source::transcript);
  import_log(kLog);
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(all()[0].contact.source, Source::queue_log);
  EXPECT_THAT(texts(), ElementsAre("7.0: 您好"));
}

TEST_P(TranscriptsTest, TheSecondContactOfACallHasItsOwnTranscript) {
  import_log(kLog);
  import_transcripts_text(line({.source_id = "7.0", .text = "first"}) +
                          line({.source_id = "7.0#2", .text = "second", .started_at = "2026-10-12T11:00:00"}));
  EXPECT_THAT(texts(), ElementsAre("7.0: first", "7.0#2: second"));
  EXPECT_EQ(all()[1].contact.source, Source::transcript);
  EXPECT_EQ(all()[1].contact.number, 2);
}

TEST_P(TranscriptsTest, ChatsChangeNoFigureOfTheTelephone) {
  import_log(kLog);
  const auto agents = rows(By::agent);
  const auto queues = rows(By::queue);
  import_transcripts_text(line({.source_id = "c1"}) + line({.source_id = "c2", .agent = "Agent/1001"}));
  ASSERT_THAT(rows(By::agent), SizeIs(agents.size()));
  EXPECT_EQ(rows(By::agent)[0].sums, agents[0].sums);
  ASSERT_THAT(rows(By::queue), SizeIs(queues.size()));
  EXPECT_EQ(rows(By::queue)[0].sums, queues[0].sums);
}

TEST_P(TranscriptsTest, AnAgentIsNamedByStaffNumberOrPhoneId) {
  const ImportResult result = import_transcripts_text(
      line({.source_id = "c1", .agent = "1001"}) + line({.source_id = "c2", .agent = "Agent/1001"}) +
      line({.source_id = "c3", .agent = "Agent/7777"}) + line({.source_id = "c4", .agent = ""}));
  std::vector<std::string> agents;
  for (const auto& stored : all()) {
    const people::Person* const agent = agent_of(stored.contact, centre());
    agents.push_back(agent == nullptr ? "-" : agent->staff_no());
  }
  EXPECT_THAT(agents, ElementsAre("1001", "1001", "-", "-"));
  ASSERT_THAT(result.unknown_members, SizeIs(1));
  EXPECT_EQ(result.unknown_members[0].name, "Agent/7777");
  // Whoever comes to hold the name later is meant from then on.
  add_person("1002", {"Agent/7777"});
  EXPECT_EQ(agent_of(all()[2].contact, centre())->staff_no(), "1002");
}

TEST_P(TranscriptsTest, TheSameFileTwiceChangesNothing) {
  const std::string file = line({.source_id = "c1"}) + line({.source_id = "c2"});
  import_transcripts_text(file);
  const auto before = everything();
  const ImportResult again = import_transcripts_text(file);
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(kept_texts(), 2);
}

TEST_P(TranscriptsTest, OtherContentForTheSameSourceIdIsACorrection) {
  import_transcripts_text(line({.source_id = "c1", .text = "draft"}));
  const Hash draft = all()[0].content;
  const ImportResult correction = import_transcripts_text(line({.source_id = "c1", .text = "final"}));
  EXPECT_EQ(correction.accepted, 1);
  EXPECT_THAT(texts(), ElementsAre("c1: final"));
  EXPECT_NE(all()[0].content, draft);
  EXPECT_EQ(kept_texts(), 2);
  undo_batch(*correction.batch);
  EXPECT_THAT(texts(), ElementsAre("c1: draft"));
  EXPECT_EQ(all()[0].content, draft);
  EXPECT_EQ(kept_texts(), 1);
  // Within one file the later line counts.
  import_transcripts_text(line({.source_id = "c1", .text = "one"}) + line({.source_id = "c1", .text = "two"}));
  EXPECT_THAT(texts(), ElementsAre("c1: two"));
}

TEST_P(TranscriptsTest, UndoingTakesAwayWhatNobodyElseStates) {
  const auto nothing = everything();
  const ImportResult both = import_transcripts_text(line({.source_id = "c1"}) + line({.source_id = "c2"}));
  const ImportResult one = import_transcripts_text(line({.source_id = "c2"}));
  undo_batch(*both.batch);
  EXPECT_THAT(texts(), ElementsAre("c2: 您好"));
  EXPECT_EQ(kept_texts(), 1);
  undo_batch(*one.batch);
  EXPECT_EQ(everything(), nothing);
  EXPECT_EQ(kept_texts(), 0);
}

TEST_P(TranscriptsTest, UndoingALogLeavesTheTranscriptsOwnContact) {
  const ImportResult log = import_log(kLog);
  import_transcripts_text(line({.source_id = "7.0"}));
  undo_batch(*log.batch);
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(all()[0].contact.source, Source::transcript);
}

TEST_P(TranscriptsTest, RebuildingEqualsKeeping) {
  import_log(kLog);
  import_transcripts_text(line({.source_id = "7.0"}) + line({.source_id = "c1", .text = "draft"}));
  import_transcripts_text(line({.source_id = "c1", .text = "final"}));
  const auto kept = everything();
  rebuild_all(zone());
  EXPECT_EQ(everything(), kept);
  EXPECT_THAT(texts(), ElementsAre("7.0: 您好", "c1: final"));
}

TEST_P(TranscriptsTest, BadLinesAreRejectedWithTheirPlaceAndTheRestIsIn) {
  const std::string endless = "{\"source_id\":\"" + std::string(kTranscriptBytes, 'x') + "\"}\n";
  const ImportResult result = import_transcripts_text(
      line({.source_id = "c1"}) + "rubbish\n" + line({.source_id = "c2", .channel = "fax"}) + endless +
      line({.source_id = "c3", .text = "\xC3("}) + "\n" + line({.source_id = "c4", .text = "\xEF\xBF\xBD"}));
  EXPECT_EQ(result.rows, 6);
  EXPECT_EQ(result.accepted, 2);
  EXPECT_EQ(result.rejected, 4);
  ASSERT_THAT(rejects(), SizeIs(4));
  EXPECT_THAT(rejects()[0], HasSubstr("chats.jsonl:2:1: "));
  EXPECT_EQ(rejects()[1], "chats.jsonl:3: channel is call, chat or mail, not \"fax\"");
  EXPECT_THAT(rejects()[2], HasSubstr("chats.jsonl:4: the line is longer than 262144 kB"));
  EXPECT_EQ(rejects()[3], "chats.jsonl:5: the line is not UTF-8");
  EXPECT_THAT(texts(), ElementsAre("c1: 您好", "c4: \xEF\xBF\xBD"));
}

TEST_P(TranscriptsTest, PagesFollowOnEachOtherInTheOrderOfTime) {
  std::string file;
  for (int i = 0; i < 50; ++i) {
    // Three begin in one second.
    file += line({.source_id = fmt::format("c{:02}", i),
                  .text = std::to_string(i),
                  .started_at = fmt::format("2026-10-12T10:{:02}:00", 59 - i / 3)});
  }
  import_transcripts_text(file);
  const auto whole = all();
  ASSERT_THAT(whole, SizeIs(50));
  EXPECT_TRUE(std::ranges::is_sorted(whole, {}, [](const StoredTranscript& t) { return place_of(t.contact); }));
  std::vector<Hash> paged;
  std::optional<ContactPlace> after;
  for (;;) {
    auto tx = must(database().read());
    const auto page = must(transcripts_page(tx, {{0}, {4'000'000'000'000'000}}, after, 7));
    for (const auto& stored : page) paged.push_back(stored.content);
    if (page.size() < 7) break;
    after = place_of(page.back().contact);
  }
  ASSERT_THAT(paged, SizeIs(50));
  for (std::size_t i = 0; i < paged.size(); ++i) EXPECT_EQ(paged[i], whole[i].content);
  // The end of the interval is left out, its beginning is in.
  auto tx = must(database().read());
  const Instant at = whole[20].contact.offered_at;
  EXPECT_THAT(must(transcripts_page(tx, {at, {at.us + 1}}, std::nullopt, 100)), SizeIs(3));
  EXPECT_THAT(must(transcripts_page(tx, {{at.us - 1}, at}, std::nullopt, 100)), IsEmpty());
}

TEST_P(TranscriptsTest, ATextOfAnotherContactDoesNotOpen) {
  import_transcripts_text(line({.source_id = "c1"}) + line({.source_id = "c2", .text = "other"}));
  auto stored = all();
  std::swap(stored[0].sealed, stored[1].sealed);
  EXPECT_EQ(open_transcript(stored[0], keys()).error().code, ErrorCode::corrupt);
}

TEST_P(TranscriptsTest, ThePlainTextIsNowhereInTheDatabase) {
  const auto is_anything_sealed = [this] {
    auto tx = must(database().read());
    return must(has_sealed(tx));
  };
  EXPECT_FALSE(is_anything_sealed());
  import_transcripts_text(line({.source_id = "c1", .text = "a sentence"}));
  EXPECT_TRUE(is_anything_sealed());
  auto tx = must(database().read());
  for (const auto& stored : all()) EXPECT_THAT(stored.sealed, testing::Not(HasSubstr("sentence")));
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT COUNT(*) FROM contact_records WHERE lines LIKE '%sentence%'")), 0);
}

TEST_P(TranscriptsTest, WhatIsRefusedIsToldOnItsContactUntilItComesThrough) {
  import_log(kLog);
  const std::string damaged = line({.source_id = "7.0", .channel = "fax"});
  const std::string of_nobody = line({.source_id = "9.0", .channel = "fax"});
  // Nothing of the file can be taken: it is told all the same.
  EXPECT_EQ(import_transcripts_text(of_nobody + damaged).rejected, 2);
  EXPECT_THAT(troubles("7.0"), ElementsAre("transcript: chats.jsonl:2: channel is call, chat or mail, not \"fax\""));
  EXPECT_THAT(troubles("9.0"), IsEmpty());
  import_transcripts_text(line({.source_id = "7.0", .text = "\xFF", .channel = "call"}) + line({.source_id = "c1"}));
  EXPECT_THAT(troubles("7.0"), ElementsAre("transcript: chats.jsonl:1: the line is not UTF-8"));
  EXPECT_THAT(texts(), ElementsAre("c1: 您好"));
  // Another contact's transcript changes nothing; its own does.
  import_transcripts_text(line({.source_id = "c2"}));
  EXPECT_THAT(troubles("7.0"), SizeIs(1));
  import_transcripts_text(line({.source_id = "7.0", .channel = "call"}));
  EXPECT_THAT(troubles("7.0"), IsEmpty());
}

TEST_P(TranscriptsTest, WhatTheFileItselfCorrectsIsNoTrouble) {
  const std::string good = line({.source_id = "c1"});
  const std::string bad = line({.source_id = "c1", .channel = "fax"});
  import_transcripts_text(bad + good);
  EXPECT_THAT(troubles("c1"), IsEmpty());
  import_transcripts_text(line({.source_id = "c1", .text = "再见"}) + bad);
  EXPECT_THAT(troubles("c1"), SizeIs(1));
}

}  // namespace
}  // namespace zh::contacts
