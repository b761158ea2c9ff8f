// Recordings: what file names say; taking folders in, correcting, undoing, retention and tidying up, on both databases.
#include "rooms/contacts/recordings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "ledger/audit.h"
#include "rooms/contacts/record_check.h"
#include "rooms/contacts/recording_records.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/contacts/retention.h"
#include "rooms/contacts/troubles.h"
#include "rooms/people/settings.h"
#include "tests/support/contacts.h"
#include "vault/directory_shelf.h"

namespace zh::contacts {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::must;
using testing_support::problem_of;

TEST(RecordingNameTest, ANameSaysWhoseLegOfWhichContactItIs) {
  const auto name = [](std::string_view file) { return recording_name(file).value(); };
  EXPECT_EQ(name("7.0-in.wav"), (RecordingName{"7.0", Leg::customer, "audio/wav"}));
  EXPECT_EQ(name("7.0-out.WAV"), (RecordingName{"7.0", Leg::agent, "audio/wav"}));
  EXPECT_EQ(name("7.0.mp3"), (RecordingName{"7.0", Leg::both, "audio/mpeg"}));
  EXPECT_EQ(name("7.0#2-in.gsm"), (RecordingName{"7.0#2", Leg::customer, "audio/x-gsm"}));
  // Only the end of a name tells the leg.
  EXPECT_EQ(name("check-in.desk.opus"), (RecordingName{"check-in.desk", Leg::both, "audio/ogg"}));
}

TEST(RecordingNameTest, WhatIsNoRecordingHasNoName) {
  for (const std::string_view file : {"index.json", "README", "7.0-in", ".wav", "-in.wav", "7.0.wav.partial"}) {
    EXPECT_FALSE(recording_name(file)) << file;
  }
}

TEST(RecordingNameTest, AKeyReadsBackWhateverTheSourceIdHolds) {
  const auto read = parse_recording_key(recording_key("a|b", Leg::agent));
  EXPECT_EQ(read->source_id, "a|b");
  EXPECT_EQ(read->leg, Leg::agent);
  EXPECT_FALSE(parse_recording_key("a|b"));
}

constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n";
// A month after the call of the log, and the day after that.
constexpr Instant kLater = Instant::from_seconds(1'791'767'107 + 30 * 86'400);
constexpr Instant kNextDay = Instant::from_seconds(1'791'767'107 + 31 * 86'400);

class RecordingsTest : public ContactsTest {
 protected:
  void write(const std::string& name, std::string_view bytes) const {
    const fs::path path = folder_ / "in" / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }
  void remove(const std::string& name) const { fs::remove(folder_ / "in" / name); }

  Result<ImportResult> try_import(BeforeEntering before = {}) {
    rejects_.clear();
    TextSource nothing("");
    ImportFile named = file_of(nothing, "in", "recordings");
    RecordingsFolder from{.path = folder_ / "in",
                          .name = "in",
                          .reject =
                              [this](const Reject& reject) {
                                rejects_.push_back(reject.why.to_string(Language::en));
                                return Status();
                              },
                          .progress = {},
                          .before_entering = before ? before : named.before_entering};
    return import_recordings(database(), centre(), contents(), from);
  }
  ImportResult import() { return must(try_import()); }

  // "customer:bytes" of what stands for the call, by leg; "-" for what was removed.
  std::string legs(std::string_view call = "7.0", int number = 1) {
    auto tx = must(database().read());
    std::string text;
    for (const Recording& recording : must(recordings_of(tx, call, number))) {
      auto reader = contents().open(recording.content);
      const std::string bytes = recording.removed_at ? "-" : reader.ok() ? must(reader->read(0, 100)) : "gone";
      text += fmt::format("{}{}:{}", text.empty() ? "" : " ", name_of(recording.leg), bytes);
    }
    return text;
  }
  int on_shelf() {
    int count = 0;
    must(shelf_->each([&count](const Hash&, Instant) {
      ++count;
      return Status();
    }));
    return count;
  }
  Tidied tidy(const Retention& retention, Instant now) {
    return must(tidy_up(database(), *shelf_, retention, {.now = now, .actor = "test"}));
  }
  // Everything on the shelf was put there then.
  void date_back(Instant at) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "contents")) {
      const auto since =
          fs::file_time_type::clock::from_sys(std::chrono::system_clock::time_point(std::chrono::microseconds(at.us)));
      if (entry.is_regular_file()) fs::last_write_time(entry.path(), since);
    }
  }
  vault::Contents& contents() { return *contents_; }

  testing_support::Folder folder_;
  std::vector<std::string> rejects_;
  std::unique_ptr<vault::Shelf> shelf_ = std::make_unique<vault::DirectoryShelf>(folder_ / "contents");
  std::unique_ptr<vault::Contents> contents_ = std::make_unique<vault::Contents>(*shelf_, keys());
};
ZH_ON_BOTH_DATABASES(RecordingsTest);

TEST_P(RecordingsTest, TheLegsOfACallAreLinkedToIt) {
  import_log(kLog);
  write("2026/10/7.0-in.wav", "customer speaks");
  write("2026/10/7.0-out.wav", "agent speaks");
  write("2026/10/index.json", "{}");
  const ImportResult result = import();
  EXPECT_EQ(result.rows, 3);
  EXPECT_EQ(result.accepted, 2);
  EXPECT_EQ(result.ignored, 1);
  EXPECT_THAT(result.notes, IsEmpty());
  EXPECT_EQ(legs(), "customer:customer speaks agent:agent speaks");
}

TEST_P(RecordingsTest, ARecordingWaitsForItsContact) {
  write("7.0.wav", "both");
  const ImportResult result = import();
  ASSERT_THAT(result.notes, SizeIs(1));
  EXPECT_THAT(result.notes[0].en, HasSubstr("1 recordings have no contact yet"));
  import_log(kLog);
  EXPECT_THAT(import().notes, IsEmpty());
  EXPECT_EQ(legs(), "both:both");
}

TEST_P(RecordingsTest, TheSameFolderTwiceChangesNothing) {
  write("7.0-in.wav", "a");
  write("8.0-in.wav", "a");  // the same sound is one content of two contacts
  EXPECT_EQ(import().accepted, 2);
  const ImportResult again = import();
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(on_shelf(), 1);
  EXPECT_EQ(legs("8.0"), "customer:a");
}

TEST_P(RecordingsTest, AnotherFileForALegIsACorrectionAndIsUndone) {
  write("7.0-in.wav", "noise");
  write("7.0-out.wav", "agent");
  import();
  write("7.0-in.wav", "customer");
  remove("7.0-out.wav");
  const ImportResult correction = import();
  EXPECT_EQ(legs(), "customer:customer agent:agent");
  undo_batch(*correction.batch);
  EXPECT_EQ(legs(), "customer:noise agent:agent");
}

TEST_P(RecordingsTest, UndoingABatchTakesItsRecordingsAwayAndTidyingUpTheirBytes) {
  write("7.0-in.wav", "a");
  const ImportResult result = import();
  undo_batch(*result.batch);
  EXPECT_EQ(legs(), "");
  EXPECT_EQ(on_shelf(), 1);
  // What nothing names is left alone for a day.
  date_back(kLater);
  EXPECT_EQ(tidy({}, {kLater.us + 3'600'000'000}).contents, 0);
  EXPECT_EQ(tidy({}, kNextDay).contents, 0);
  EXPECT_EQ(tidy({}, {kNextDay.us + 1}).contents, 1);
  EXPECT_EQ(on_shelf(), 0);
}

TEST_P(RecordingsTest, TidyingUpLeavesAloneWhatIsNeededElsewhere) {
  write("7.0-in.wav", "a");
  undo_batch(*import().batch);
  date_back({0});
  bool needed = true;
  const auto elsewhere = [&needed](db::Transaction&, const Hash&) { return Result<bool>(needed); };
  const Tidying tidying{.now = kLater, .actor = "test", .needed_elsewhere = elsewhere};
  EXPECT_EQ(must(tidy_up(database(), *shelf_, {}, tidying)).contents, 0);
  needed = false;
  EXPECT_EQ(must(tidy_up(database(), *shelf_, {}, tidying)).contents, 1);
}

TEST_P(RecordingsTest, RebuildingEqualsKeeping) {
  import_log(kLog);
  write("7.0-in.wav", "noise");
  import();
  write("7.0-in.wav", "customer");
  import();
  rebuild_all(zone());
  EXPECT_EQ(legs(), "customer:customer");
  date_back({0});
  EXPECT_EQ(tidy({}, kLater).contents, 0);  // what was corrected is kept, too
}

TEST_P(RecordingsTest, WhatCannotBeTakenInIsToldByItsPathAndTheRestIsIn) {
  write("7.0-in.wav", "a");
  write("8.0-in.wav", "");
  write("b\xFF.wav", "a");
  write(std::string(201, 'x') + ".wav", "a");
  const ImportResult result = import();
  EXPECT_EQ(result.accepted, 1);
  EXPECT_EQ(result.rejected, 3);
  ASSERT_THAT(rejects_, SizeIs(3));
  EXPECT_THAT(rejects_[0], HasSubstr("8.0-in.wav: the file is empty"));
  EXPECT_THAT(rejects_[1], HasSubstr("is not UTF-8"));
  EXPECT_THAT(rejects_[2], HasSubstr("longer than 200 bytes"));
}

TEST_P(RecordingsTest, WhatCannotBeTakenInIsToldOnItsContactUntilItComesThrough) {
  import_log(kLog);
  const auto told = [this] {
    auto tx = must(database().read());
    std::vector<std::string> troubles;
    for (const Trouble& trouble : must(troubles_of(tx, "7.0", 1))) troubles.push_back(trouble.told.en);
    return troubles;
  };
  write("7.0-in.wav", "");
  write("7.0-out.wav", "b");
  EXPECT_EQ(import().accepted, 1);
  EXPECT_THAT(told(), ElementsAre("7.0-in.wav: the file is empty"));
  write("7.0-in.wav", "a");
  import();
  EXPECT_THAT(told(), IsEmpty());
}

// A pipe in the folder never ends, and a link may lead anywhere: neither is opened.
TEST_P(RecordingsTest, WhatIsNoFileIsPassedOver) {
  write("7.0-in.wav", "a");
  ASSERT_EQ(::mkfifo((folder_ / "in" / "8.0-in.wav").c_str(), 0600), 0);
  fs::create_symlink("/dev/zero", folder_ / "in" / "9.0-in.wav");
  const ImportResult result = import();
  EXPECT_EQ(result.accepted, 1);
  EXPECT_EQ(result.rejected, 0);
}

TEST_P(RecordingsTest, AnImportThatFailsAtItsEndLeavesNothingThatIsNamed) {
  write("7.0-in.wav", "a");
  const BeforeEntering full = [](const ledger::NewBatch&) -> Result<ledger::NewBatch> {
    return error(ErrorCode::unavailable, {.zh = "磁盘已满", .en = "the disk is full"});
  };
  EXPECT_THAT(problem_of(try_import(full)), HasSubstr("the disk is full"));
  EXPECT_EQ(legs(), "");
  EXPECT_EQ(import().accepted, 1);
  EXPECT_EQ(legs(), "customer:a");
}

TEST_P(RecordingsTest, ContentsThatAreTidiedAwayMeanwhileEndTheImport) {
  write("7.0-in.wav", "a");
  TextSource nothing("");
  const ImportFile named = file_of(nothing, "in", "recordings");
  const BeforeEntering meanwhile = [&](ledger::NewBatch counts) {
    date_back({0});
    EXPECT_EQ(tidy({}, kLater).contents, 1);
    return named.before_entering(std::move(counts));
  };
  EXPECT_THAT(problem_of(try_import(meanwhile)), HasSubstr("import the folder again"));
  EXPECT_EQ(legs(), "");
}

// A shelf on which somebody else writes to the database while it removes, as they do while a store takes its time.
class SlowShelf final : public vault::Shelf {
 public:
  explicit SlowShelf(vault::Shelf& shelf) : shelf_(shelf) {}
  Result<std::unique_ptr<Incoming>> create(const Hash& name) override { return shelf_.create(name); }
  Result<std::unique_ptr<Thing>> find(const Hash& name) override { return shelf_.find(name); }
  Result<bool> remove(const Hash& name) override {
    ZH_CHECK(meanwhile(name));
    return shelf_.remove(name);
  }
  Status each(const std::function<Status(const Hash&, Instant)>& visit) override { return shelf_.each(visit); }
  Result<std::int64_t> tidy(Instant before) override { return shelf_.tidy(before); }

  std::function<Status(const Hash&)> meanwhile = [](const Hash&) { return Status(); };

 private:
  vault::Shelf& shelf_;
};

TEST_P(RecordingsTest, NobodyWaitsForAStoreThatRemoves) {
  write("7.0-in.wav", "a");
  undo_batch(*import().batch);
  date_back({0});
  SlowShelf slow(*shelf_);
  int written = 0;
  slow.meanwhile = [&](const Hash&) -> Status {
    ZH_TRY(auto tx, database().write());
    ZH_CHECK(tx.lock("contacts"));
    ++written;
    return tx.commit();
  };
  EXPECT_EQ(must(tidy_up(database(), slow, {}, {.now = kLater, .actor = "test"})).contents, 1);
  EXPECT_EQ(written, 1);
  EXPECT_EQ(on_shelf(), 0);
}

TEST_P(RecordingsTest, WhatAStoreDidNotRemoveIsRemovedAnHourLaterAndNotImportedBefore) {
  write("7.0-in.wav", "a");
  undo_batch(*import().batch);
  date_back({0});
  SlowShelf away(*shelf_);
  away.meanwhile = [](const Hash&) -> Status {
    return error(ErrorCode::unavailable, {.zh = "不可用", .en = "the store is away"});
  };
  EXPECT_FALSE(tidy_up(database(), away, {}, {.now = kLater, .actor = "test"}).ok());
  // Whether the store will carry it out is not known: the content cannot be relied on.
  EXPECT_THAT(problem_of(try_import()), HasSubstr("import the folder again"));
  const Instant hour_later{kLater.us + 3'600'000'000};
  EXPECT_EQ(tidy({}, hour_later).contents, 0);  // it may still be under way
  EXPECT_EQ(tidy({}, {hour_later.us + 1}).contents, 1);
  EXPECT_EQ(on_shelf(), 0);
  EXPECT_EQ(import().accepted, 1);
  EXPECT_EQ(legs(), "customer:a");
}

TEST_P(RecordingsTest, WhatIsOverTimeIsRemovedAndSaysSo) {
  import_log(kLog);
  write("7.0-in.wav", "a");
  write("9.0-in.wav", "b");  // of no contact
  import();
  import_transcripts_text(R"({"source_id":"7.0","channel":"call","started_at":"2026-10-12","turns":[]})");
  date_back(kLater);
  const Instant offered = Instant::from_seconds(1'791'767'107);
  // A contact of the very moment is kept.
  EXPECT_EQ(tidy({.recordings_before = offered, .transcripts_before = offered}, kNextDay).recordings, 0);
  const Instant after{offered.us + 1};
  const Tidied tidied = tidy({.recordings_before = after, .transcripts_before = after}, {kNextDay.us + 1});
  EXPECT_EQ(tidied.recordings, 1);
  EXPECT_EQ(tidied.transcripts, 1);
  EXPECT_EQ(tidied.contents, 1);
  EXPECT_EQ(legs(), "customer:-");
  EXPECT_EQ(legs("9.0"), "customer:b");
  {
    auto tx = must(database().read());
    EXPECT_FALSE(must(transcript_of(tx, "7.0", 1)));
    EXPECT_EQ(must(ledger::verify_audit(tx)).number, must(ledger::audit_head(tx)).number);
  }
  // A recording of no contact counts from when it was stored.
  EXPECT_EQ(tidy({.recordings_before = Instant{kLater.us + 1}}, {kNextDay.us + 1}).contents, 1);
  EXPECT_EQ(legs("9.0"), "customer:-");
  // What is taken in again is there again, until its time is over again.
  import();
  EXPECT_EQ(legs(), "customer:a");
}

TEST_P(RecordingsTest, AContentIsKeptAsLongAsOneOfItsContactsIs) {
  import_log(kLog);
  import_log("1799767107|8.0|sales|NONE|ENTERQUEUE||18600002076|1\n");
  write("7.0-in.wav", "a");
  write("8.0-in.wav", "a");
  import();
  date_back({0});
  const Tidied tidied = tidy({.recordings_before = kLater}, kNextDay);
  EXPECT_EQ(tidied.recordings, 1);
  EXPECT_EQ(tidied.contents, 0);
  EXPECT_EQ(legs("7.0"), "customer:-");
  EXPECT_EQ(legs("8.0"), "customer:a");
}

TEST_P(RecordingsTest, TheTimesAreTheCentresSettings) {
  const auto before = [this] {
    auto tx = must(database().read());
    return must(retention_on(tx, zone(), must(Date::parse("2026-10-31"))));
  };
  EXPECT_FALSE(before().recordings_before);
  auto tx = must(database().write());
  const auto keep = [&tx](const std::string& days) {
    return people::set_setting(
        tx, {.name = "keep_recordings_days", .value = days, .effective_from = {}, .actor = "test", .at = kLater});
  };
  must(keep("30"));
  EXPECT_FALSE(keep("0").ok());
  must(tx.commit());
  // The last thirty days, today among them: 2 October to 31 October.
  EXPECT_EQ(before().recordings_before, must(zone().parse_instant("2026-10-02")));
  EXPECT_FALSE(before().transcripts_before);
}

TEST_P(RecordingsTest, ReadingThroughTellsWhatIsDamagedOrMissing) {
  import_log(kLog);
  write("7.0-in.wav", "a");
  write("7.0-out.wav", "b");
  import();
  import_transcripts_text(R"({"source_id":"7.0","channel":"call","started_at":"2026-10-12","turns":[]})");
  EXPECT_THAT(must(check_record(database(), contents())).problems, IsEmpty());
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "contents")) {
    if (entry.is_regular_file()) std::ofstream(entry.path(), std::ios::trunc) << "rubbish";
  }
  const RecordCheck check = must(check_record(database(), contents()));
  EXPECT_EQ(check.recordings, 2);
  EXPECT_EQ(check.transcripts, 1);
  EXPECT_THAT(check.problems, SizeIs(2));
  // Importing the files again mends them.
  import();
  EXPECT_THAT(must(check_record(database(), contents())).problems, IsEmpty());
}

}  // namespace
}  // namespace zh::contacts
