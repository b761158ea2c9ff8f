// The library on both databases: drafts looked through, shared without those in them, withdrawn.
#include "rooms/quality/library/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/audit.h"
#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/quality/library/masked_sound.h"
#include "tests/support/contacts.h"
#include "tests/support/recordings.h"
#include "vault/directory_shelf.h"

namespace zh::quality::library {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::must;
using testing_support::SyntheticLeg;

constexpr Instant kNow = Instant::from_seconds(1'795'000'000);
const By kInspector{.account = "inspector", .now = kNow};

constexpr std::string_view kSaid =
    R"({"source_id":"7.0","channel":"call","agent":"1001","customer":"6552","started_at":"2026-10-12T09:05:07","turns":[)"
    R"({"role":"agent","start_ms":0,"end_ms":2000,"text":"您好，请问贵姓？"},)"
    R"({"role":"customer","start_ms":2000,"end_ms":8000,"text":"我叫王小明，电话13912343479"},)"
    R"({"role":"agent","start_ms":8000,"end_ms":10000,"text":"王小明先生，好的"}]})"
    "\n"
    R"({"source_id":"c1","channel":"chat","agent":"1001","started_at":"2026-10-12T10:00:00","turns":[)"
    R"({"role":"customer","text":"我叫李雷"}]})"
    "\n";

class LibraryTest : public contacts::ContactsTest {
 protected:
  void SetUp() override {
    contacts::ContactsTest::SetUp();
    if (!IsSkipped()) import_transcripts_text(kSaid);
  }

  // Both legs speak all the time, ten seconds.
  void record_both_legs() {
    fs::create_directories(folder_ / "in");
    const std::string leg = testing_support::wav(SyntheticLeg(10'000).noise(-60).tone(0, 10'000, -20).pcm());
    testing_support::write_file(folder_ / "in" / "7.0-in.wav", leg);
    testing_support::write_file(folder_ / "in" / "7.0-out.wav", leg);
    TextSource nothing("");
    const auto named = file_of(nothing, "in", "recordings");
    contacts::RecordingsFolder from{.path = folder_ / "in",
                                    .name = "in",
                                    .reject = [](const Reject&) { return Status(); },
                                    .progress = {},
                                    .before_entering = named.before_entering};
    must(contacts::import_recordings(database(), centre(), contents_, from));
  }

  template <class Do>
  auto in_write(Do step) {
    auto tx = must(database().write());
    auto done = step(tx);
    if (done.ok()) must(tx.commit());
    return done;
  }
  template <class Do>
  auto in_read(Do step) {
    auto tx = must(database().read());
    return must(step(tx));
  }
  Result<Entry> try_add(std::string_view source_id, const About& about = {.title = "退订挽留"}) {
    return in_write([&](auto& tx) { return add(tx, keys(), source_id, about, kInspector); });
  }
  Entry added(std::string_view source_id = "7.0") { return must(try_add(source_id)); }
  Result<Entry> try_edit(const Entry& entry, const Masking& masking, const About& about = {.title = "退订挽留"}) {
    return in_write([&](auto& tx) { return edit(tx, keys(), entry, about, masking, kInspector); });
  }
  Result<Entry> try_share(const Entry& entry, std::optional<Hash> sound = {}) {
    return in_write([&](auto& tx) { return share(tx, keys(), entry, sound, kInspector); });
  }
  Masking masking(const Entry& entry) {
    return in_read([&](auto& tx) { return masking_of(tx, entry.number); });
  }
  std::vector<std::string> shared_texts(const Entry& entry) {
    std::vector<std::string> texts;
    for (const auto& turn : in_read([&](auto& tx) { return shared_turns(tx, keys(), entry); })) {
      texts.push_back(turn.text);
    }
    return texts;
  }
  // The loudest sample of a millisecond of the WAV, left and right.
  static int loudest(const std::string& wav, std::int64_t ms) {
    int most = 0;
    for (std::size_t i = 0; i < 16; ++i) {
      const std::size_t at = 44 + static_cast<std::size_t>(ms) * 32 + 2 * i;
      const auto low = static_cast<unsigned char>(wav.at(at));
      const auto high = static_cast<unsigned char>(wav.at(at + 1));
      most = std::max(most, std::abs(static_cast<std::int16_t>(low | (high << 8))));
    }
    return most;
  }

  testing_support::Folder folder_;
  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, keys()};
};
ZH_ON_BOTH_DATABASES(LibraryTest);

TEST_P(LibraryTest, WhatIsAddedIsADraftWithItsCutsProposed) {
  const Entry entry = must(try_add("7.0", {.kind = Kind::outstanding, .title = "好", .tags = {"退订", "b", "退订"}}));
  EXPECT_EQ(entry.number, 1);
  EXPECT_EQ(entry.state, State::draft);
  EXPECT_EQ(entry.channel, "call");
  EXPECT_THAT(entry.about.tags, ElementsAre("b", "退订"));
  EXPECT_THAT(masking(entry).cuts,
              ElementsAre(Cut{1, 2, 5, Thing::name}, Cut{1, 8, 19, Thing::phone}, Cut{2, 0, 3, Thing::name}));
  EXPECT_EQ(in_read([](auto& tx) { return find(tx, 1); }).about.tags, entry.about.tags);
}

TEST_P(LibraryTest, NothingIsSharedBeforeAPersonSharesIt) {
  const Entry draft = added();
  EXPECT_TRUE(in_read([](auto& tx) { return list(tx, {}); }).empty());
  EXPECT_EQ(in_read([](auto& tx) { return list(tx, {.drafts = true}); }).size(), 1U);
  auto tx = must(database().read());
  EXPECT_EQ(shared_turns(tx, keys(), draft).error().code, ErrorCode::not_found);
}

TEST_P(LibraryTest, SharedItHasPlaceholdersAndKeepsThemWhateverComes) {
  const Entry shared = must(try_share(added()));
  EXPECT_EQ(shared.state, State::shared);
  EXPECT_EQ(shared.shared_by, "inspector");
  const auto texts = ElementsAre("您好，请问贵姓？", "我叫[姓名1]，电话[电话1]", "[姓名1]先生，好的");
  EXPECT_THAT(shared_texts(shared), texts);
  import_transcripts_text(R"({"source_id":"7.0","channel":"call","started_at":"2026-10-12T09:05:07","turns":[]})"
                          "\n");
  EXPECT_THAT(shared_texts(shared), texts);
  EXPECT_EQ(try_share(shared).error().code, ErrorCode::conflict);
  EXPECT_EQ(try_edit(shared, {}).error().code, ErrorCode::conflict);
}

TEST_P(LibraryTest, APersonAddsAndTakesAwayCuts) {
  const Entry draft = added();
  const Entry edited = must(try_edit(draft, {.cuts = {{2, 6, 8, Thing::other}, {1, 8, 19, Thing::phone}}}));
  EXPECT_EQ(edited.change, draft.change + 1);
  EXPECT_THAT(shared_texts(must(try_share(edited))),
              ElementsAre("您好，请问贵姓？", "我叫王小明，电话[电话1]", "王小明先生，[隐去1]"));
}

TEST_P(LibraryTest, CutsOutsideTheRecordAreRefusedAndNothingIsWritten) {
  const Entry draft = added();
  const auto before = masking(draft);
  for (const Cut& cut : {Cut{3, 0, 1, Thing::name}, Cut{-1, 0, 1, Thing::name}, Cut{0, 0, 9, Thing::name},
                         Cut{0, -1, 1, Thing::name}, Cut{0, 2, 2, Thing::name}}) {
    EXPECT_EQ(try_edit(draft, {.cuts = {cut}}).error().code, ErrorCode::invalid) << cut.turn << " " << cut.from;
  }
  EXPECT_THAT(try_edit(draft, {.cuts = {{0, 0, 2, Thing::name}, {0, 1, 3, Thing::name}}}).error().message.en,
              HasSubstr("overlap"));
  EXPECT_EQ(try_edit(draft, {.silences = {{5, 5}}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(try_edit(draft, {.silences = {{0, kSoundMsMax + 1}}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(masking(draft), before);
}

TEST_P(LibraryTest, WhatIsSaidAboutARecordHasBounds) {
  for (const About& bad : {About{.title = ""}, About{.title = std::string(201, 'a')}, About{.title = "\xFF"},
                           About{.title = "t", .note = std::string(4001, 'a')}, About{.title = "t", .tags = {""}},
                           About{.title = "t", .tags = {std::string(41, 'a')}}}) {
    EXPECT_EQ(try_add("7.0", bad).error().code, ErrorCode::invalid);
  }
  EXPECT_TRUE(try_add("7.0", {.title = std::string(200, 'a'), .note = std::string(4000, 'a')}).ok());
}

TEST_P(LibraryTest, ARecordStandsInItOnce) {
  const Entry first = added();
  EXPECT_EQ(try_add("7.0").error().code, ErrorCode::conflict);
  must(in_write([&](auto& tx) { return withdraw(tx, first, kInspector); }));
  EXPECT_EQ(added().number, 2);
  EXPECT_EQ(try_add("9.0").error().code, ErrorCode::not_found);
}

TEST_P(LibraryTest, TheSoundIsSilentWhereTheWordsWere) {
  record_both_legs();
  const Entry draft = must(try_edit(added(), {.cuts = {{1, 8, 19, Thing::phone}}, .silences = {{100, 300}}}));
  auto tx = must(database().read());
  const std::string wav = must(sound_of(tx, contents_, draft));
  EXPECT_EQ(wav.size(), 44U + 10'000 * 32);
  // The number is told in the last 11 of 19 characters of 2–8 s: from 4.5 s on, with a margin of 0.87 s; to 8.7 s.
  for (const std::int64_t ms : {100, 299, 3'700, 6'000, 8'690}) EXPECT_EQ(loudest(wav, ms), 0) << ms;
  for (const std::int64_t ms : {50, 350, 3'500, 8'750, 9'900}) EXPECT_GT(loudest(wav, ms), 1'000) << ms;
}

TEST_P(LibraryTest, SoundIsSharedAsACopyThatTidyingUpLeavesAlone) {
  record_both_legs();
  const Entry draft = added();
  std::string wav;
  {
    auto tx = must(database().read());
    wav = must(sound_of(tx, contents_, draft));
  }
  const auto copy = must(contents_.put([&wav]() -> Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(wav));
  }));
  const Entry shared = must(try_share(draft, copy.name));
  EXPECT_EQ(in_read([](auto& tx) { return find(tx, 1); }).sound, copy.name);
  EXPECT_TRUE(in_read([&](auto& tx) { return is_needed(tx, copy.name); }));
  must(in_write([&](auto& tx) { return withdraw(tx, shared, kInspector); }));
  EXPECT_FALSE(in_read([&](auto& tx) { return is_needed(tx, copy.name); }));
  auto tx = must(database().read());
  EXPECT_FALSE(shared_turns(tx, keys(), shared).ok());
}

TEST_P(LibraryTest, WordsWithoutTimesAreSharedAsTextOnly) {
  const Entry chat = added("c1");
  auto tx = must(database().read());
  EXPECT_EQ(sound_of(tx, contents_, chat).error().code, ErrorCode::invalid);
  must(tx.commit());
  EXPECT_THAT(shared_texts(must(try_share(chat))), ElementsAre("我叫[姓名1]"));
}

TEST_P(LibraryTest, ListsByKindAndTag) {
  must(try_share(must(try_add("7.0", {.kind = Kind::outstanding, .title = "a", .tags = {"x", "y"}}))));
  must(try_share(must(try_add("c1", {.kind = Kind::typical, .title = "b", .tags = {"x"}}))));
  const auto titles = [this](const Filter& filter) {
    std::string text;
    for (const Entry& entry : in_read([&](auto& tx) { return list(tx, filter); })) text += entry.about.title;
    return text;
  };
  EXPECT_EQ(titles({}), "ba");
  EXPECT_EQ(titles({.kind = Kind::outstanding}), "a");
  EXPECT_EQ(titles({.tag = "x"}), "ba");
  EXPECT_EQ(titles({.tag = "y"}), "a");
  EXPECT_EQ(titles({.tag = "z"}), "");
  EXPECT_THAT(in_read([](auto& tx) { return tags(tx); }), ElementsAre("x", "y"));
}

}  // namespace
}  // namespace zh::quality::library
