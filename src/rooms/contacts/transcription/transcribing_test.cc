// Recordings given to a recogniser, on both databases: what is sent, what is kept, what waits, and what failures do.
// The rules beside it as tables.
#include "rooms/contacts/transcription/transcribing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/audit.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/contacts/transcription/spoken.h"
#include "rooms/contacts/transcription/transcription.h"
#include "tests/support/contacts.h"
#include "tests/support/recordings.h"
#include "vault/directory_shelf.h"

namespace zh::contacts {
namespace {

namespace fs = std::filesystem;
using recognition::Segment;
using recognition::Voice;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::must;
using testing_support::SyntheticLeg;

// ---- the rules

TEST(TranscriptionBudget, HasRoomUpToItsLastRequestAndMinute) {
  const TranscriptionLimits limits{.minutes_per_day = 10, .requests_per_day = 5};
  EXPECT_TRUE(has_room(limits, {.requests = 3, .seconds = 480}, {.requests = 2, .seconds = 120}));   // 5 and 600
  EXPECT_FALSE(has_room(limits, {.requests = 4, .seconds = 480}, {.requests = 2, .seconds = 120}));  // 6
  EXPECT_FALSE(has_room(limits, {.requests = 3, .seconds = 481}, {.requests = 2, .seconds = 120}));  // 601
  EXPECT_TRUE(has_room(limits, {}, {.requests = 2, .seconds = 6'000}));  // alone larger than a day
  EXPECT_TRUE(has_room({}, {.requests = 1'000'000, .seconds = 1'000'000}, {.requests = 2, .seconds = 60}));
}

TEST(SpokenTranscript, HasTheTurnsOfBothLegsInTheOrderOfTime) {
  Contact contact;
  contact.call = "7.0";
  contact.number = 2;
  contact.member = "Agent/1001";
  const Transcript transcript = transcript_of(contact, {{Role::agent, {{0, 900, "hello"}, {2'000, 3'000, "yes"}}},
                                                        {Role::customer, {{2'000, 2'500, "my bill"}}}});
  EXPECT_EQ(transcript.source_id, "7.0#2");
  EXPECT_EQ(transcript.agent, "Agent/1001");
  std::vector<std::string> said;
  for (const Turn& turn : transcript.turns) said.push_back(std::string(name_of(turn.role)) + " " + turn.text);
  EXPECT_THAT(said, ElementsAre("agent hello", "customer my bill", "agent yes"));
}

// ---- runs

constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n"
    "1791768107|8.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791768117|8.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791768177|8.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n";

// Says what the test tells it to, and remembers what it was given.
class Said final : public recognition::Transcriber {
 public:
  Result<std::vector<Segment>> transcribe(const Voice& voice, const std::stop_token&) override {
    given.push_back(voice.duration_ms);
    if (failure) return *failure;
    return segments;
  }
  std::string name() const override { return "endpoint asr.internal (m)"; }

  std::vector<Segment> segments{{100, 400, "hello"}};
  std::optional<Error> failure;
  std::vector<std::int64_t> given;
};

Error failing(ErrorCode code) { return error(code, {.zh = "出错", .en = "it failed"}); }

class TranscribingTest : public ContactsTest {
 protected:
  void SetUp() override {
    ContactsTest::SetUp();
    if (!IsSkipped()) import_log(kLog);
  }
  void write(const std::string& name, std::string_view bytes) const {
    fs::create_directories(folder_ / "in");
    testing_support::write_file(folder_ / "in" / name, bytes);
  }
  void write_legs(const std::string& call) const {
    for (const char* const leg : {"-in.wav", "-out.wav"}) {
      write(call + leg, testing_support::wav(SyntheticLeg(2'000).noise(-40).pcm()));
    }
  }
  void import() {
    TextSource nothing("");
    const ImportFile named = file_of(nothing, "in", "recordings");
    RecordingsFolder from{.path = folder_ / "in",
                          .name = "in",
                          .reject = [](const Reject&) { return Status(); },
                          .progress = {},
                          .before_entering = named.before_entering};
    must(import_recordings(database(), centre(), contents_, from));
  }
  Result<TranscribingRun> try_run(const TranscriptionLimits& limits = {}, std::stop_token stop = {}) {
    return transcribe_awaiting(database(), contents_,
                               {.transcriber = said_,
                                .limits = limits,
                                .consent = "notice 3",
                                .centre = centre(),
                                .actor = "system",
                                .now = [this] { return now_; },
                                .entering =
                                    [this](db::Transaction&) {
                                      ++entered_;
                                      return Status();
                                    },
                                .stop = std::move(stop)});
  }
  TranscribingRun run(const TranscriptionLimits& limits = {}) { return must(try_run(limits)); }

  std::vector<std::string> turns(std::string_view call = "7.0") {
    auto tx = must(database().read());
    const auto stored = must(contacts::transcript_of(tx, call, 1));
    if (!stored) return {"none"};
    std::vector<std::string> said;
    for (const Turn& turn : must(open_transcript(*stored, keys())).turns) {
      said.push_back(fmt::format("{} {}-{} {}", name_of(turn.role), *turn.start_ms, *turn.end_ms, turn.text));
    }
    return said;
  }
  Transcription outcome(std::string_view call = "7.0") {
    auto tx = must(database().read());
    return must(transcription_of(tx, call, 1)).value_or(Transcription{});
  }
  void pass_minutes(int minutes) { now_.us += minutes * 60'000'000LL; }

  testing_support::Folder folder_;
  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, keys()};
  Said said_;
  Instant now_ = Instant::from_seconds(1'800'000'000);
  int entered_ = 0;
};
ZH_ON_BOTH_DATABASES(TranscribingTest);

TEST_P(TranscribingTest, EachLegIsSentByItselfAndTheTranscriptKnowsWhoSpoke) {
  write_legs("7.0");
  import();
  const TranscribingRun done = run();
  EXPECT_EQ(done.transcribed, 1);
  EXPECT_EQ(done.asked, (TranscriptionUsage{.requests = 2, .seconds = 4}));
  EXPECT_THAT(said_.given, ElementsAre(2'000, 2'000));
  EXPECT_THAT(turns(), ElementsAre("customer 100-400 hello", "agent 100-400 hello"));
  EXPECT_EQ(outcome().state, TranscriptionState::done);
  EXPECT_EQ(outcome().provider, "endpoint asr.internal (m)");
  EXPECT_EQ(entered_, 1);
  // The batch and the audit chain name whom the recording went to.
  auto tx = must(database().read());
  const auto batches = must(ledger::list_batches(tx));
  EXPECT_EQ(batches.front().what.kind, "transcripts");
  EXPECT_THAT(batches.front().what.files, ElementsAre("endpoint asr.internal (m)"));
  auto chain = must(ledger::read_audit(tx));
  std::vector<std::string> sent;
  while (chain.next()) {
    if (chain.entry().event.action == "send_recording") sent.push_back(json::canonical(chain.entry().event.detail));
  }
  EXPECT_THAT(sent, ElementsAre("{\"consent\":\"notice 3\",\"legs\":2,\"seconds\":4,"
                                "\"to\":\"endpoint asr.internal (m)\"}"));
}

TEST_P(TranscribingTest, WhatHasATranscriptOrWasDoneIsNotSentAgain) {
  write_legs("7.0");
  import();
  run();
  EXPECT_EQ(run().asked.requests, 0);
  EXPECT_EQ(said_.given.size(), 2U);
}

TEST_P(TranscribingTest, AStereoFileIsTwoLegsAndAMixedOneIsGivenUp) {
  const auto left = SyntheticLeg(1'000).noise(-30).pcm();
  const auto right = SyntheticLeg(1'000).tone(0, 1'000, -30).pcm();
  write("7.0.wav", testing_support::wav(testing_support::interleaved(left, right), {.channels = 2}));
  write("8.0.wav", testing_support::wav(left));
  import();
  const TranscribingRun done = run();
  EXPECT_EQ(done.transcribed, 1);
  EXPECT_EQ(done.given_up, 1);
  EXPECT_THAT(said_.given, ElementsAre(1'000, 1'000));
  EXPECT_EQ(outcome("8.0").state, TranscriptionState::given_up);
  EXPECT_THAT(outcome("8.0").told.en, HasSubstr("nobody can tell who speaks"));
  EXPECT_EQ(run().given_up, 0);  // and is not looked at again
}

TEST_P(TranscribingTest, ADamagedRecordingIsGivenUpAndTheRestGoesOn) {
  write("7.0-in.wav", "no sound at all");
  write_legs("8.0");
  import();
  const TranscribingRun done = run();
  EXPECT_EQ(done.given_up, 1);
  EXPECT_EQ(done.transcribed, 1);
  EXPECT_THAT(outcome().told.en, HasSubstr("no audio"));
}

TEST_P(TranscribingTest, WhatFailsWaitsAndIsTriedAgainWhenItIsDue) {
  write_legs("7.0");
  import();
  said_.failure = failing(ErrorCode::unavailable);
  EXPECT_EQ(run().failed, 1);
  EXPECT_EQ(outcome().state, TranscriptionState::waiting);
  EXPECT_EQ(outcome().told.en, "it failed");
  EXPECT_EQ(outcome().attempts, 1);
  EXPECT_EQ(run().asked.requests, 0);  // not due yet
  pass_minutes(2);
  said_.failure.reset();
  EXPECT_EQ(run().transcribed, 1);
  EXPECT_EQ(outcome().attempts, 2);
  EXPECT_EQ(outcome().told.en, "");
}

TEST_P(TranscribingTest, TheLastAttemptGivesUpAndACommandBeginsAnew) {
  write_legs("7.0");
  import();
  said_.failure = failing(ErrorCode::corrupt);
  run({.attempts = 2});
  pass_minutes(60);
  EXPECT_EQ(run({.attempts = 2}).given_up, 1);
  pass_minutes(600);
  EXPECT_EQ(run({.attempts = 2}).asked.requests, 0);
  {
    auto tx = must(database().write());
    must(transcribe_again(tx, {Instant{0}, now_}));
    must(tx.commit());
  }
  said_.failure.reset();
  EXPECT_EQ(run().transcribed, 1);
}

TEST_P(TranscribingTest, ANewRecordingOfAContactThatWasGivenUpIsTriedAgain) {
  write("7.0-in.wav", "no sound at all");
  import();
  run();
  EXPECT_EQ(outcome().state, TranscriptionState::given_up);
  write_legs("7.0");
  import();
  EXPECT_EQ(run().transcribed, 1);
}

TEST_P(TranscribingTest, ARecogniserThatIsAwayEndsTheRunAfterThree) {
  for (int i = 0; i < 5; ++i) write_legs(fmt::format("{}.0", i));
  std::string log;
  for (int i = 0; i < 5; ++i) {
    log += fmt::format("179176{}107|{}.0|sales|NONE|ENTERQUEUE||1|1\n", i, i) +
           fmt::format("179176{}117|{}.0|sales|Agent/1001|CONNECT|10|7.6|5\n", i, i);
  }
  import_log(log);
  import();
  said_.failure = failing(ErrorCode::unavailable);
  const TranscribingRun done = run();
  EXPECT_EQ(done.failed, 3);
  ASSERT_TRUE(done.away);
  EXPECT_EQ(done.away->message.en, "it failed");
  EXPECT_EQ(said_.given.size(), 3U);
  said_.failure.reset();
  EXPECT_EQ(run().transcribed, 2);  // those that were not tried
}

TEST_P(TranscribingTest, ABudgetThatIsUsedUpLeavesTheRestForTomorrow) {
  write_legs("7.0");
  write_legs("8.0");
  import();
  const TranscriptionLimits two{.requests_per_day = 2};
  const TranscribingRun today = run(two);
  EXPECT_EQ(today.transcribed, 1);
  EXPECT_TRUE(today.budget_is_used_up);
  EXPECT_EQ(run(two).transcribed, 0);
  pass_minutes(24 * 60);
  EXPECT_EQ(run(two).transcribed, 1);
}

TEST_P(TranscribingTest, SilenceIsDoneAndSaysSo) {
  write_legs("7.0");
  import();
  said_.segments.clear();
  EXPECT_EQ(run().silent, 1);
  EXPECT_THAT(turns(), ElementsAre("none"));
  EXPECT_EQ(outcome().told.en, "not a word was recognised");
  EXPECT_EQ(run().asked.requests, 0);
}

TEST_P(TranscribingTest, AStoreThatIsAwaySaysNothingAboutTheRecording) {
  write_legs("7.0");
  import();
  fs::remove_all(folder_ / "contents");
  std::ofstream(folder_ / "contents") << "no folder";
  EXPECT_EQ(try_run().error().code, ErrorCode::unavailable);
  EXPECT_EQ(outcome().attempts, 0);
}

TEST_P(TranscribingTest, AStopEndsItAndNothingIsGivenUp) {
  write_legs("7.0");
  import();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(try_run({}, stop.get_token()).error().code, ErrorCode::cancelled);
  EXPECT_EQ(run().transcribed, 1);
}

}  // namespace
}  // namespace zh::contacts
