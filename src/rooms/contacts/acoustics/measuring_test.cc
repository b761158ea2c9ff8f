// Recordings measured after their import, on both databases: what is kept, what waits, and what damage does.
#include "rooms/contacts/acoustics/measuring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "jobs/jobs.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/acoustics/acoustics_store.h"
#include "rooms/contacts/acoustics/waveforms.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/contacts/retention.h"
#include "rooms/contacts/troubles.h"
#include "tests/support/contacts.h"
#include "tests/support/recordings.h"
#include "vault/directory_shelf.h"

namespace zh::contacts {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing_support::must;
using testing_support::SyntheticLeg;

constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n";

// Ten seconds with a noise floor, in which one speaks from and to a second.
std::string leg(int from_s, int to_s) {
  return testing_support::wav(SyntheticLeg(10'000).noise(-60).speech(from_s * 1000, to_s * 1000, -25).pcm());
}

class MeasuringTest : public ContactsTest {
 protected:
  void write(const std::string& name, std::string_view bytes) const {
    fs::create_directories(folder_ / "in");
    testing_support::write_file(folder_ / "in" / name, bytes);
  }
  ImportResult import() {
    TextSource nothing("");
    const ImportFile named = file_of(nothing, "in", "recordings");
    RecordingsFolder from{.path = folder_ / "in",
                          .name = "in",
                          .reject = [](const Reject&) { return Status(); },
                          .progress = {},
                          .before_entering = named.before_entering};
    return must(import_recordings(database(), centre(), contents_, from));
  }
  Result<MeasuringRun> try_measure(int threads = 1) {
    return measure_awaiting(database(), contents_, {.threads = threads, .now = now_});
  }
  MeasuringRun measure(int threads = 1) { return must(try_measure(threads)); }

  std::optional<Acoustics> sound(std::string_view call = "7.0") {
    auto tx = must(database().read());
    return must(acoustics_of(tx, call, 1));
  }
  std::vector<std::string> diagnostics() {
    std::vector<std::string> codes;
    const auto found = sound();
    if (!found) return {"nothing"};
    for (const auto& one : found->measures.diagnostics) codes.emplace_back(name_of(one.code));
    return codes;
  }
  Recording recording(Leg of, std::string_view call = "7.0") {
    auto tx = must(database().read());
    for (const Recording& one : must(recordings_of(tx, call, 1))) {
      if (one.leg == of) return one;
    }
    ADD_FAILURE() << "no such recording";
    return {};
  }
  std::int64_t awaited() {
    auto tx = must(database().read());
    return must(store::count_awaited(tx));
  }
  bool keeps_waveform(const Hash& content) {
    auto tx = must(database().read());
    return must(store::waveform(tx, content)).has_value();
  }
  // What the contact's page tells.
  std::vector<std::string> troubles(std::string_view call = "7.0") {
    auto tx = must(database().read());
    std::vector<std::string> told;
    for (const Trouble& trouble : must(troubles_of(tx, call, 1))) {
      told.push_back(fmt::format("{} {}: {}", trouble.at.us, name_of(trouble.kind), trouble.told.en));
    }
    return told;
  }
  // The content is there and cannot be had (a link that leads in a circle), and can be had again.
  void take_away(const Hash& content) const {
    fs::rename(stored(content), folder_ / content.hex());
    fs::create_symlink(stored(content), stored(content));
  }
  void give_back(const Hash& content) const {
    fs::remove(stored(content));
    fs::rename(folder_ / content.hex(), stored(content));
  }
  // The file in which a content lies.
  fs::path stored(const Hash& content) const {
    return folder_ / "contents" / content.hex().substr(0, 2) / content.hex();
  }

  Instant now_{1};
  testing_support::Folder folder_;
  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, keys()};
};
ZH_ON_BOTH_DATABASES(MeasuringTest);

TEST_P(MeasuringTest, WhatComesIsMeasuredOnceAndSaysWhatWasHeard) {
  import_log(kLog);
  write("7.0-in.wav", leg(1, 3));
  write("7.0-out.wav", leg(5, 8));
  import();
  EXPECT_FALSE(sound());
  EXPECT_EQ(awaited(), 1);
  EXPECT_EQ(measure().contacts, 1);
  EXPECT_EQ(awaited(), 0);
  const auto found = sound();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->measures.duration_ms, 10'000);
  ASSERT_EQ(found->measures.legs.size(), 2U);
  EXPECT_EQ(found->measures.legs[0].role, audio::Role::customer);
  // One speaks for 2 s and the other for 3 s of 5 s.
  EXPECT_NEAR(*found->measures.agent_share, 0.6, 0.03);
  EXPECT_EQ(measure().contacts, 0);
}

TEST_P(MeasuringTest, AnyNumberOfThreadsGivesTheSame) {
  for (int i = 0; i < 5; ++i) write(fmt::format("{}.0.wav", i), leg(i, i + 2));
  import();
  EXPECT_EQ(measure(4).contacts, 5);
  const auto found = sound("3.0");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->measures.legs.front().role, audio::Role::mixed);
  ASSERT_EQ(found->measures.legs.front().speech.size(), 1U);
  EXPECT_NEAR(static_cast<double>(found->measures.legs.front().speech.front().start_ms), 3000, 60);
}

TEST_P(MeasuringTest, BothLegsApartArePreferredToBothInOneFile) {
  write("7.0.wav", leg(0, 9));
  write("7.0-in.wav", leg(1, 3));
  write("7.0-out.wav", leg(5, 8));
  import();
  measure();
  EXPECT_EQ(sound()->measures.legs.size(), 2U);
}

TEST_P(MeasuringTest, ACorrectionIsMeasuredAnewAndUndoingItToo) {
  write("7.0.wav", leg(1, 3));
  import();
  measure();
  const Hash before = sound()->input;
  write("7.0.wav", leg(4, 9));
  const ImportResult correction = import();
  EXPECT_FALSE(sound()) << "measures of what no longer stands";
  measure();
  EXPECT_NE(sound()->input, before);
  undo_batch(*correction.batch);
  EXPECT_FALSE(sound());
  measure();
  EXPECT_EQ(sound()->input, before);
}

TEST_P(MeasuringTest, WhatNoLongerHasARecordingLosesItsMeasures) {
  write("7.0.wav", leg(1, 3));
  const ImportResult result = import();
  measure();
  undo_batch(*result.batch);
  EXPECT_EQ(measure().contacts, 0);
  auto tx = must(database().read());
  EXPECT_FALSE(must(store::measured(tx, {.call = "7.0"})));
}

TEST_P(MeasuringTest, RebuildingMeasuresNothingAnew) {
  write("7.0.wav", leg(1, 3));
  import();
  measure();
  rebuild_all(zone());
  EXPECT_EQ(awaited(), 1);
  EXPECT_EQ(measure().contacts, 0);
  EXPECT_EQ(awaited(), 0);
  EXPECT_TRUE(sound());
}

TEST_P(MeasuringTest, AskedToMeasureAPeriodAgainItDoes) {
  import_log(kLog);
  write("7.0.wav", leg(1, 3));
  write("8.0.wav", leg(1, 3));  // its contact is not known, so neither is its day
  import();
  measure();
  auto tx = must(database().write());
  must(measure_again(tx, {Instant::from_seconds(1'791'767'107), Instant::from_seconds(1'791'767'108)}));
  must(tx.commit());
  EXPECT_EQ(measure().contacts, 1);
  EXPECT_EQ(measure().contacts, 0);
}

TEST_P(MeasuringTest, ALegThatIsMissingOrNoAudioIsADiagnosticAndNoSilence) {
  write("7.0-in.wav", leg(1, 3));
  write("7.0-out.wav", "this is no audio");
  import();
  EXPECT_EQ(measure().damaged, 1);
  EXPECT_THAT(diagnostics(), testing::Contains("unreadable"));
  EXPECT_EQ(sound()->measures.legs[0].speech.size(), 1U);
  auto tx = must(database().read());
  EXPECT_FALSE(must(store::measured(tx, {.call = "7.0"}))->silence_longest_ms);
}

// Whatever lies there, its contact has a diagnostic, and the sound recording beside it is measured.
TEST_P(MeasuringTest, WhateverARecordingIsItsContactSaysSoAndTheRestGoesOn) {
  const std::string sound_wav = leg(1, 3);
  const std::string header = sound_wav.substr(0, 44);
  const auto lying = [&](std::string_view size) {
    return sound_wav.substr(0, 40) + std::string(size) + sound_wav.substr(44);
  };
  const std::map<std::string, std::pair<std::string, std::string>> cases{
      {"1.0", {"RIFF", "unreadable"}},
      {"2.0", {"no sound at all", "unreadable"}},
      {"3.0", {sound_wav.substr(0, 40'000), "truncated"}},
      // Sixteen megabytes are promised; four gigabytes and none are what streams say, which promise nothing.
      {"4.0", {lying({"\x00\x00\xFF\x00", 4}), "truncated"}},
      {"5.0", {lying({"\xF0\xFF\xFF\xFF", 4}), "mixed"}},
      {"6.0", {header, "unreadable"}},
      {"7.0", {sound_wav, "mixed"}}};
  for (const auto& [call, of] : cases) write(call + ".wav", of.first);
  import();
  EXPECT_EQ(measure(2).contacts, 7);
  for (const auto& [call, of] : cases) {
    const auto found = sound(call);
    ASSERT_TRUE(found) << call;
    std::vector<std::string> codes;
    for (const auto& one : found->measures.diagnostics) codes.emplace_back(name_of(one.code));
    EXPECT_THAT(codes, testing::Contains(of.second)) << call;
  }
  EXPECT_EQ(sound()->measures.legs.at(0).speech.size(), 1U);
  EXPECT_EQ(awaited(), 0);
}

TEST_P(MeasuringTest, DamageInTheStoreEndsTheMeasuresThereAndIsTold) {
  const std::string hour = testing_support::wav(SyntheticLeg(60'000).noise(-60).speech(1000, 59'000, -25).pcm());
  write("7.0.wav", hour);
  import();
  const Hash content = recording(Leg::both).content;
  {
    std::fstream file(stored(content), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(500'000);
    file.put('\xFF').put('\x00').put('\xFF');
  }
  EXPECT_EQ(measure().damaged, 1);
  EXPECT_THAT(diagnostics(), testing::Contains("damaged"));
  // 458,752 whole bytes before the damaged chunk are 28.7 s of sound.
  EXPECT_NEAR(static_cast<double>(sound()->measures.duration_ms), 28'669, 5);
}

TEST_P(MeasuringTest, AContentThatIsGoneIsADiagnosticAndTheRestGoesOn) {
  write("7.0.wav", leg(1, 3));
  write("8.0.wav", leg(2, 3));
  import();
  fs::remove(stored(recording(Leg::both).content));
  const MeasuringRun run = measure();
  EXPECT_EQ(run.contacts, 2);
  EXPECT_EQ(run.damaged, 1);
  EXPECT_THAT(diagnostics(), testing::ElementsAre("unreadable"));
  EXPECT_TRUE(sound("8.0"));
}

TEST_P(MeasuringTest, ARecordingThatCannotBeFetchedWaitsAndItsContactSaysWhy) {
  import_log(kLog);
  write("7.0.wav", leg(1, 3));
  write("8.0.wav", leg(2, 4));
  import();
  const Hash content = recording(Leg::both).content;
  take_away(content);
  const MeasuringRun run = measure();
  EXPECT_EQ(run.contacts, 1);  // the other one
  EXPECT_EQ(run.waiting, 1);
  ASSERT_TRUE(run.away);
  EXPECT_EQ(run.away->code, ErrorCode::unavailable);
  EXPECT_EQ(awaited(), 1);
  EXPECT_THAT(troubles(), testing::ElementsAre(testing::StartsWith("1 measuring: ")));
  give_back(content);
  now_ = {2};
  const MeasuringRun again = measure();
  EXPECT_EQ(again.contacts, 1);
  EXPECT_FALSE(again.away);
  EXPECT_THAT(troubles(), testing::IsEmpty());
}

// What lies behind the failures is not asked for, whatever the number of threads; a store that is back measures all.
TEST_P(MeasuringTest, AStoreThatIsGoneEndsTheRunAndEverythingThatWaitsSaysSo) {
  import_log(kLog);
  std::vector<std::string> calls{"1.0", "2.0", "3.0", "4.0", "5.0", "7.0"};
  for (std::size_t i = 0; i < calls.size(); ++i) write(calls[i] + ".wav", leg(1, 2 + static_cast<int>(i)));
  import();
  std::vector<Hash> contents;
  for (const std::string& call : calls) contents.push_back(recording(Leg::both, call).content);
  for (const Hash& content : contents) take_away(content);
  const MeasuringRun run = measure();
  EXPECT_EQ(run.contacts, 0);
  EXPECT_EQ(run.waiting, 3);
  EXPECT_EQ(awaited(), 6);
  // 7.0 was not come to.
  ASSERT_THAT(troubles(), testing::ElementsAre(testing::StartsWith("1 measuring: ")));
  now_ = {2};
  measure(3);
  EXPECT_EQ(awaited(), 6);
  for (const Hash& content : contents) give_back(content);
  EXPECT_EQ(measure(3).contacts, 6);
  EXPECT_THAT(troubles(), testing::IsEmpty());
}

// A new way of measuring finds nothing of a recording that retention has removed: its measures stay as they are.
TEST_P(MeasuringTest, ANewWayOfMeasuringKeepsTheMeasuresOfWhatIsRemoved) {
  import_log(kLog);
  write("7.0.wav", leg(1, 3));
  write("8.0.wav", leg(1, 4));
  import();
  measure();
  const auto measured_the_old_way = [this](const std::string& call) {
    auto tx = must(database().write());
    const auto standing = must(recordings_of(tx, call, 1));
    auto kept = *must(store::measured(tx, {.call = call}));
    kept.version = kAcousticsVersion - 1;
    kept.input = acoustics_input(standing, kept.version);
    must(store::keep_measured(tx, {.call = call}, kept));
    must(tx.commit());
    return kept.input;
  };
  const Hash old = measured_the_old_way("7.0");
  measured_the_old_way("8.0");
  EXPECT_EQ(sound()->input, old);
  const Instant later = Instant::from_seconds(1'791'767'107 + 30 * 86'400);
  must(tidy_up(database(), shelf_, {.recordings_before = later}, {.now = later, .actor = "test"}));
  EXPECT_EQ(measure().contacts, 1);  // 8.0, whose contact nobody knows and whose recording is there
  EXPECT_EQ(sound()->input, old);
  EXPECT_EQ(sound("8.0")->input, acoustics_input({recording(Leg::both, "8.0")}));
  // Nor does asking for it, or waiting for another reason, lose them.
  {
    auto tx = must(database().write());
    must(measure_again(tx, {{0}, later}));
    must(tx.commit());
  }
  EXPECT_EQ(awaited(), 1);
  EXPECT_EQ(measure().contacts, 0);
  EXPECT_EQ(awaited(), 0);
  EXPECT_EQ(sound()->input, old);
}

TEST_P(MeasuringTest, AStopLeavesItWaiting) {
  write("7.0.wav", leg(1, 3));
  import();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(measure_awaiting(database(), contents_, {.stop = stop.get_token()}).error().code, ErrorCode::cancelled);
  EXPECT_EQ(awaited(), 1);
}

TEST_P(MeasuringTest, AWaveformIsDrawnWithTheMeasuresOrWhenItIsAskedFor) {
  write("7.0.wav", leg(1, 3));
  import();
  const Recording both = recording(Leg::both);
  const audio::Peaks asked = must(waveform_of(database(), contents_, both, {}));
  EXPECT_EQ(asked.slices(), 500U);
  EXPECT_TRUE(keeps_waveform(both.content));
  {
    auto tx = must(database().write());
    must(store::drop_waveform(tx, both.content));
    must(tx.commit());
  }
  measure();
  EXPECT_TRUE(keeps_waveform(both.content));
  fs::remove(stored(both.content));  // drawn once, it needs no sound
  EXPECT_EQ(must(waveform_of(database(), contents_, both, {})), asked);
}

TEST_P(MeasuringTest, ALargeRecordingIsNotDrawnWhileSomebodyWaits) {
  write("7.0.wav", leg(1, 3));
  import();
  Recording large = recording(Leg::both);
  large.bytes = kDrawnAtOnceBytes + 1;
  EXPECT_EQ(waveform_of(database(), contents_, large, {}).error().code, ErrorCode::unavailable);
}

TEST_P(MeasuringTest, AWaveformGoesWithItsRecordingAndTheMeasuresStay) {
  import_log(kLog);
  write("7.0.wav", leg(1, 3));
  import();
  measure();
  const Hash content = recording(Leg::both).content;
  const Instant later = Instant::from_seconds(1'791'767'107 + 30 * 86'400);
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "contents")) {
    if (entry.is_regular_file())
      fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::years(9));
  }
  must(tidy_up(database(), shelf_, {.recordings_before = later}, {.now = later, .actor = "test"}));
  EXPECT_FALSE(fs::exists(stored(content)));
  EXPECT_FALSE(keeps_waveform(content));
  EXPECT_TRUE(sound());
}

TEST_P(MeasuringTest, WhatWaitsQueuesOneJob) {
  const auto queue = [this] {
    auto tx = must(database().write());
    must(queue_measuring(tx, Instant::from_seconds(1'800'000'000)));
    must(tx.commit());
    auto reading = must(database().read());
    return must(jobs::list(reading, {})).size();
  };
  EXPECT_EQ(queue(), 0U);
  write("7.0.wav", leg(1, 3));
  import();
  EXPECT_EQ(queue(), 1U);
  EXPECT_EQ(queue(), 1U);
}

}  // namespace
}  // namespace zh::contacts
