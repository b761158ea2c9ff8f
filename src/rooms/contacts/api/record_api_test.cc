// The routes of transcripts and recordings, on both databases: who reads and hears what, in whole and in part, and what
// the audit chain says of it.
#include "rooms/contacts/api/record_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "http/cursor.h"
#include "ledger/audit.h"
#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/api/contacts_api.h"
#include "rooms/contacts/masked_text.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/contacts/transcription/transcription_store.h"
#include "rooms/contacts/troubles.h"
#include "rooms/people/people_store.h"
#include "tests/support/contacts.h"
#include "tests/support/recordings.h"
#include "tests/support/test_site.h"
#include "vault/directory_shelf.h"

namespace zh::contacts {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing_support::Answer;
using testing_support::must;
using testing_support::TestSite;

TEST(MaskedTextTest, NumbersKeepTheirEndsAndTheTextItsLength) {
  EXPECT_EQ(masked_text("我的号码是13912343479。"), "我的号码是139****3479。");
  EXPECT_EQ(masked_text("139 1234 3479"), "139 **** 3479");
  EXPECT_EQ(masked_text("010-6552-9988"), "010-****-9988");
  EXPECT_EQ(masked_text("card 6222020200112233445."), "card 622************3445.");
  EXPECT_EQ(masked_text("6552998"), "65***98");
  // Six digits are no number of a telephone, and years and amounts stay.
  EXPECT_EQ(masked_text("655299, 2026-10, 3300.00"), "655299, 2026-10, 3300.00");
  EXPECT_EQ(masked_text("1391234 "), "13***34 ");
  EXPECT_EQ(masked_text(""), "");
}

constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n"
    "1791767107|8.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|8.0|sales|Agent/2001|CONNECT|10|7.6|5\n"
    "1791767177|8.0|sales|Agent/2001|COMPLETEAGENT|10|60|1\n";
constexpr std::string_view kTranscripts =
    R"({"source_id":"7.0","channel":"call","started_at":"2026-10-12T09:05:07","turns":[)"
    R"({"role":"agent","start_ms":0,"end_ms":900,"text":"您好"},)"
    R"({"role":"customer","start_ms":1000,"text":"我是13912343479"}]})"
    "\n"
    R"({"source_id":"c1","channel":"chat","agent":"1001","started_at":"2026-10-12T10:00:00","turns":[]})"
    "\n"
    R"({"source_id":"c2","channel":"chat","agent":"2001","started_at":"2026-10-12T10:00:00","turns":[]})"
    "\n";

class RecordApiTest : public ContactsTest {
 protected:
  void SetUp() override {
    ContactsTest::SetUp();
    if (IsSkipped()) return;
    state_people();
    import_log(kLog);
    import_transcripts_text(kTranscripts);
    import_recordings();
    add_contact_routes(site.routes(), database(), zone());
    add_record_routes(site.routes(), database(), zone(), [this] { return &contents_; });
    site.sign_in("manager", testing_support::with_role(http::Role::manager));
    site.sign_in("cleared", testing_support::with_role(http::Role::inspector, Secrecy::secret));
    site.sign_in("hr", testing_support::with_role(http::Role::hr));
    site.sign_in("leader-a", testing_support::shift_leader("1009", "A"));
    site.sign_in("agent-1001", testing_support::agent("1001"));
    site.sign_in("agent-2001", testing_support::agent("2001"));
    site.start();
  }

  static std::string path(std::string_view source_id, std::string_view what) {
    return fmt::format("/api/v1/contacts/{}/{}", http::base64url(fmt::format("1:{}", source_id)), what);
  }

  std::vector<std::string> audited() {
    auto tx = must(database().read());
    auto reader = must(ledger::read_audit(tx));
    std::vector<std::string> entries;
    while (reader.next()) {
      const auto& event = reader.entry().event;
      if (event.action.starts_with("read_") || event.action.starts_with("hear_") || event.action.starts_with("see_")) {
        entries.push_back(event.actor + " " + event.action + " " + event.object);
      }
    }
    must(reader.finish());
    return entries;
  }

  TestSite site;
  testing_support::Folder folder_;
  // Ten seconds and more than a piece that is sent at once; from 1 s to 3 s the customer speaks.
  std::string sound_ =
      testing_support::wav(testing_support::SyntheticLeg(20'000).noise(-60).speech(1000, 3000, -25).pcm());

 private:
  void state_people() {
    std::vector<people::StatedRow> stated;
    for (const auto& [staff_no, group] : {std::pair{"1001", "A"}, {"2001", "B"}}) {
      people::PersonRow person;
      person.staff_no = staff_no;
      person.group = group;
      person.hired_on = must(Date::parse("2020-01-01"));
      person.phone_ids = {std::string("Agent/") + staff_no};
      stated.push_back({.row = person, .line = static_cast<int>(stated.size()) + 2});
    }
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const auto change = people::change_of(must(people::load_people(tx)), stated);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"people.csv"}, .content = {}, .actor = "test", .at = {}}));
    must(people::store_change(tx, batch, stated, change));
    must(tx.commit());
  }

  void import_recordings() {
    fs::create_directories(folder_ / "in");
    std::ofstream(folder_ / "in" / "7.0-in.wav") << sound_;
    TextSource nothing("");
    const ImportFile named = file_of(nothing, "in", "recordings");
    RecordingsFolder from{.path = folder_ / "in",
                          .name = "in",
                          .reject = [](const Reject&) { return Status(); },
                          .progress = {},
                          .before_entering = named.before_entering};
    must(contacts::import_recordings(database(), centre(), contents_, from));
    must(measure_awaiting(database(), contents_, {}));
  }

  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, keys()};
};
ZH_ON_BOTH_DATABASES(RecordApiTest);

TEST_P(RecordApiTest, WhoeverSeesAContactReadsAndHearsItAndNobodyElse) {
  struct Case {
    std::string who;
    int own;     // 7.0, c1 of agent 1001 in group A
    int others;  // c2 of agent 2001 in group B
  };
  for (const Case& one :
       {Case{"manager", 200, 200}, Case{"cleared", 200, 200}, Case{"leader-a", 200, 404}, Case{"agent-1001", 200, 404},
        Case{"agent-2001", 404, 200}, Case{"hr", 403, 403}, Case{"", 401, 401}}) {
    EXPECT_EQ(site.get(one.who, path("7.0", "transcript")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("c1", "transcript")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("7.0", "recordings")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("7.0", "recordings/customer")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("7.0", "recordings/customer/waveform")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("7.0", "acoustics")).status, one.own) << one.who;
    EXPECT_EQ(site.get(one.who, path("c2", "transcript")).status, one.others) << one.who;
  }
}

TEST_P(RecordApiTest, AContactGoesByItsSourceIdToo) {
  const Answer answer = site.get("agent-1001", "/api/v1/contacts/7.0/transcript");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.at("turns/0/end_ms"), "900");
  EXPECT_EQ(site.get("agent-1001", "/api/v1/contacts/7.0%232/transcript").status, 404);  // there is no second
  EXPECT_EQ(site.get("agent-1001", "/api/v1/contacts/8.0/transcript").status, 404);      // of another group
  EXPECT_EQ(site.get("agent-1001", "/api/v1/contacts/%232/transcript").status, 404);
}

TEST_P(RecordApiTest, AChatIsListedForItsAgentByStaffNumber) {
  const auto ids = [this](const std::string& who) {
    const Answer answer = site.get(who, "/api/v1/contacts?from=2026-10-12&to=2026-10-12&sort=offered_at");
    std::vector<std::string> found;
    for (int i = 0; i < answer.size("items"); ++i) found.push_back(answer.at(fmt::format("items/{}/source_id", i)));
    return found;
  };
  EXPECT_THAT(ids("manager"), ElementsAre("7.0", "8.0", "c1", "c2"));
  EXPECT_THAT(ids("leader-a"), ElementsAre("7.0", "c1"));
  EXPECT_THAT(ids("agent-2001"), ElementsAre("8.0", "c2"));
  const Answer answer = site.get("agent-1001", "/api/v1/contacts?from=2026-10-12&to=2026-10-12&sort=-offered_at");
  EXPECT_EQ(answer.at("items/0/agent"), "1001");
  EXPECT_EQ(answer.at("items/0/channel"), "chat");
}

TEST_P(RecordApiTest, ATranscriptIsGivenTurnByTurnWithItsNumbersMasked) {
  const Answer answer = site.get("agent-1001", path("7.0", "transcript"));
  EXPECT_EQ(answer.at("channel"), "call");
  EXPECT_EQ(answer.size("turns"), 2);
  EXPECT_EQ(answer.at("turns/0/role"), "agent");
  EXPECT_EQ(answer.at("turns/0/end_ms"), "900");
  EXPECT_EQ(answer.at("turns/1/end_ms"), "null");
  EXPECT_EQ(answer.at("turns/1/text"), "我是139****3479");
  EXPECT_EQ(site.get("cleared", path("7.0", "transcript")).at("turns/1/text"), "我是13912343479");
}

TEST_P(RecordApiTest, ALongTranscriptIsGivenInPages) {
  std::string turns;
  for (int i = 0; i < 10'001; ++i) turns += fmt::format(R"({}{{"role":"agent","text":"{}"}})", i == 0 ? "" : ",", i);
  import_transcripts_text(
      R"({"source_id":"c1","channel":"chat","agent":"1001","started_at":"2026-10-12T10:00:00","turns":[)" + turns +
      "]}");
  const Answer whole = site.get("manager", path("c1", "transcript"));
  EXPECT_EQ(whole.at("turn_count"), "10001");
  EXPECT_EQ(whole.at("first"), "0");
  EXPECT_EQ(whole.size("turns"), 10'000);
  const Answer last = site.get("manager", path("c1", "transcript?first=10000"));
  EXPECT_EQ(last.size("turns"), 1);
  EXPECT_EQ(last.at("turns/0/text"), "10000");
  const Answer some = site.get("manager", path("c1", "transcript?first=7&limit=2"));
  EXPECT_EQ(some.at("first"), "7");
  EXPECT_EQ(some.size("turns"), 2);
  EXPECT_EQ(some.at("turns/1/text"), "8");
  const Answer behind = site.get("manager", path("c1", "transcript?first=20000"));
  EXPECT_EQ(behind.at("first"), "10001");
  EXPECT_EQ(behind.size("turns"), 0);
  for (const std::string_view wrong : {"first=-1", "limit=0", "limit=10001", "first=x"}) {
    EXPECT_EQ(site.get("manager", path("c1", "transcript?") + std::string(wrong)).status, 400) << wrong;
  }
}

TEST_P(RecordApiTest, WhatKeepsAContactFromBeingHeardOrReadIsTold) {
  EXPECT_EQ(site.get("manager", path("7.0", "troubles")).size(""), 0);
  {
    auto tx = must(database().write());
    must(tell_trouble(tx, {.call = "7.0"},
                      {.kind = TroubleKind::measuring,
                       .told = {.zh = "存储不可用", .en = "the store is away"},
                       .at = Instant::from_seconds(1'800'000'000)}));
    must(tx.commit());
  }
  const Answer answer = site.get("manager", path("7.0", "troubles"));
  EXPECT_EQ(answer.size(""), 1);
  EXPECT_EQ(answer.at("0/about"), "measuring");
  EXPECT_EQ(answer.at("0/message"), "the store is away");
  EXPECT_EQ(site.get("agent-2001", path("7.0", "troubles")).status, 404);
}

TEST_P(RecordApiTest, WhatThereIsNotIsNotFound) {
  EXPECT_EQ(site.get("manager", path("8.0", "transcript")).status, 404);
  EXPECT_EQ(site.get("manager", path("8.0", "recordings")).size(""), 0);
  EXPECT_EQ(site.get("manager", path("7.0", "recordings/agent")).status, 404);
  EXPECT_EQ(site.get("manager", path("7.0", "recordings/other")).status, 404);
  EXPECT_EQ(site.get("manager", path("9.0", "transcript")).status, 404);
  EXPECT_EQ(site.get("manager", "/api/v1/contacts/rubbish/recordings/customer").status, 404);
}

TEST_P(RecordApiTest, ARecordingIsHeardInWholeAndInPart) {
  const Answer listed = site.get("manager", path("7.0", "recordings"));
  EXPECT_EQ(listed.size(""), 1);
  EXPECT_EQ(listed.at("0/leg"), "customer");
  EXPECT_EQ(listed.at("0/bytes"), std::to_string(sound_.size()));
  const std::string target = path("7.0", "recordings/customer");
  const Answer whole = site.get("manager", target);
  EXPECT_EQ(whole.body, sound_);
  EXPECT_EQ(whole.headers.get("Content-Type"), "audio/wav");
  EXPECT_EQ(whole.headers.get("Accept-Ranges"), "bytes");
  EXPECT_EQ(whole.headers.get("Cache-Control"), "private, no-store");
}

TEST_P(RecordApiTest, AWaveformIsGivenAsFineAsAskedFor) {
  const std::string target = path("7.0", "recordings/customer/waveform");
  const Answer whole = site.get("manager", target);
  EXPECT_EQ(whole.at("slice_ms"), "20");
  EXPECT_EQ(whole.size("channels"), 1);
  const Answer coarse = site.get("manager", target + "?slices=100");
  EXPECT_EQ(coarse.at("slice_ms"), "200");
  EXPECT_NE(coarse.at("channels/0/high/99"), "?");
  EXPECT_EQ(coarse.at("channels/0/high/100"), "?");
  // Loud while somebody speaks, next to nothing where there is only noise.
  EXPECT_GT(std::stoi(coarse.at("channels/0/high/10")), 5);
  EXPECT_LT(std::stoi(coarse.at("channels/0/high/50")), 2);
  for (const std::string_view slices : {"99", "16385", "0", "x"}) {
    EXPECT_EQ(site.get("manager", target + "?slices=" + std::string(slices)).status, 400) << slices;
  }
  EXPECT_EQ(site.get("manager", path("7.0", "recordings/agent/waveform")).status, 404);
}

TEST_P(RecordApiTest, WhatWasHeardIsGivenWithTheRateOfSpeech) {
  const Answer answer = site.get("manager", path("7.0", "acoustics"));
  EXPECT_EQ(answer.at("duration_ms"), "20000");
  EXPECT_EQ(answer.at("legs/0/role"), "customer");
  EXPECT_EQ(answer.at("legs/0/loudness_lufs").front(), '-');
  EXPECT_NEAR(std::stod(answer.at("legs/0/speech/0/start_ms")), 1000, 60);
  // There is no recording of the agent's leg: nothing that takes both is known.
  EXPECT_EQ(answer.size("legs"), 1);
  EXPECT_EQ(answer.size("silences"), 0);
  EXPECT_EQ(answer.at("agent_share"), "null");
  EXPECT_EQ(answer.at("diagnostics/0/code"), "unreadable");
  EXPECT_EQ(answer.at("diagnostics/0/loses_audio"), "true");
  // Two characters in the 900 ms of the agent's turn.
  EXPECT_EQ(answer.at("speech_rates/1/role"), "agent");
  EXPECT_NEAR(std::stod(answer.at("speech_rates/1/per_minute")), 133.3, 0.1);
  EXPECT_EQ(answer.at("speech_rates/1/of"), "characters");
  EXPECT_EQ(site.get("manager", path("8.0", "acoustics")).status, 404);
}

TEST_P(RecordApiTest, WhySpeechRecognitionGaveUpIsTold) {
  EXPECT_EQ(site.get("manager", path("7.0", "transcription")).status, 404);
  {
    auto tx = must(database().write());
    must(store::keep_transcription(tx, {.call = "7.0"},
                                   {.state = TranscriptionState::given_up,
                                    .attempts = 3,
                                    .provider = "command asr",
                                    .told = {.zh = "出错", .en = "it failed"},
                                    .changed_at = Instant::from_seconds(1'800'000'000)}));
    must(tx.commit());
  }
  const Answer answer = site.get("manager", path("7.0", "transcription"));
  EXPECT_EQ(answer.at("state"), "given_up");
  EXPECT_EQ(answer.at("provider"), "command asr");
  EXPECT_EQ(answer.at("message"), "it failed");
  EXPECT_TRUE(answer.document().find("due")->is_null());
  EXPECT_EQ(site.get("agent-2001", path("7.0", "transcription")).status, 404);
}

TEST_P(RecordApiTest, SeeingAWaveformIsAuditedAndDoesNotHideAHearing) {
  site.get("manager", path("7.0", "recordings/customer/waveform"));
  site.get("manager", path("7.0", "recordings/customer"));
  EXPECT_THAT(audited(), ElementsAre("manager see_waveform waveform of the customer leg of contact 7.0",
                                     "manager hear_recording customer leg of contact 7.0"));
}

TEST_P(RecordApiTest, OneReadingIsOneEntryOfTheAuditChain) {
  const std::string target = path("7.0", "recordings/customer");
  site.get("manager", path("7.0", "transcript"));
  for (int i = 0; i < 3; ++i) site.get("manager", target);
  site.get("agent-1001", target);
  site.get("agent-2001", target);
  EXPECT_THAT(audited(), ElementsAre("manager read_transcript transcript of contact 7.0",
                                     "manager hear_recording customer leg of contact 7.0",
                                     "agent-1001 hear_recording customer leg of contact 7.0"));
  site.set_now(Instant::from_seconds(1'795'000'000 + 600));
  site.get("manager", target);
  EXPECT_EQ(audited().size(), 3U);
  site.set_now(Instant::from_seconds(1'795'000'000 + 601));
  site.get("manager", target);
  EXPECT_EQ(audited().size(), 4U);
}

TEST_P(RecordApiTest, ADamagedRecordingBreaksOffAndAMissingOneIsToldSo) {
  fs::path stored;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "contents")) {
    if (entry.is_regular_file()) stored = entry.path();
  }
  {
    std::fstream file(stored, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(150'000);
    file.put('\xFF').put('\x00').put('\xFF');
  }
  const std::string target = path("7.0", "recordings/customer");
  const std::string heard = site.get("manager", target).body;
  EXPECT_LT(heard.size(), sound_.size());
  EXPECT_EQ(heard, sound_.substr(0, heard.size()));
  fs::remove(stored);
  EXPECT_EQ(site.get("manager", target).status, 404);
}

}  // namespace
}  // namespace zh::contacts
