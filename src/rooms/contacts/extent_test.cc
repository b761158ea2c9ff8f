#include "rooms/contacts/extent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/contacts/acoustics/acoustics_store.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::must;

TEST(ExtentCodeTest, CountsCodePointsAndTheEndOfTheLastWord) {
  Transcript transcript;
  transcript.turns = {{.role = Role::agent, .start_ms = 0, .end_ms = 900, .text = "您好😀"},
                      {.role = Role::customer, .start_ms = 400, .end_ms = 800, .text = ""},
                      {.role = Role::agent, .start_ms = 2000, .end_ms = {}, .text = std::string(300, 'a')}};
  const Extent extent = decode_extent(encode_extent(transcript)).value();
  EXPECT_EQ(extent.duration_ms, 900);
  EXPECT_THAT(extent.turns, ElementsAre(3, 0, 300));
  EXPECT_EQ(decode_extent(encode_extent(Transcript{})).value(), Extent{});
  EXPECT_FALSE(decode_extent("").ok());
  EXPECT_FALSE(decode_extent(encode_extent(transcript) + "x").ok());
  EXPECT_FALSE(decode_extent("\x01\xFF\xFF\xFF\xFF\x0F").ok());
}

// A call of 60 s of talk, and a chat that only its transcript tells of.
constexpr std::string_view kLog =
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n";
constexpr std::string_view kChat =
    R"({"source_id":"c1","channel":"chat","agent":"1001","started_at":"2026-10-12T10:00:00","turns":[)"
    R"({"role":"customer","start_ms":0,"text":"你好"},{"role":"agent","start_ms":5000,"text":"您好，请讲"}]})"
    "\n";
constexpr std::string_view kSaid = R"({"source_id":"7.0","channel":"call","started_at":"2026-10-12T09:05:07","turns":[)"
                                   R"({"role":"agent","start_ms":0,"end_ms":61000,"text":"您好"}]})"
                                   "\n";

class ExtentTest : public ContactsTest {
 protected:
  Extent extent(const ContactName& contact) {
    auto tx = must(database().read());
    return must(extent_of(tx, contact));
  }
  void measure(std::int64_t duration_ms) {
    auto tx = must(database().write());
    must(store::keep_measured(tx, {.call = "7.0"}, {.version = 1, .duration_ms = duration_ms}));
    must(tx.commit());
  }
};
ZH_ON_BOTH_DATABASES(ExtentTest);

TEST_P(ExtentTest, ACallReachesAsFarAsItsTalkItsTranscriptOrItsRecording) {
  import_log(kLog);
  EXPECT_EQ(extent({.call = "7.0"}).duration_ms, 60'000);
  EXPECT_THAT(extent({.call = "7.0"}).turns, IsEmpty());
  import_transcripts_text(kSaid);
  EXPECT_EQ(extent({.call = "7.0"}).duration_ms, 61'000);
  EXPECT_THAT(extent({.call = "7.0"}).turns, ElementsAre(2));
  measure(58'000);
  EXPECT_EQ(extent({.call = "7.0"}).duration_ms, 61'000);
  measure(70'000);
  EXPECT_EQ(extent({.call = "7.0"}).duration_ms, 70'000);
}

TEST_P(ExtentTest, AChatHasTurnsAndNoLength) {
  import_transcripts_text(kChat);
  EXPECT_FALSE(extent({.call = "c1"}).duration_ms);
  EXPECT_THAT(extent({.call = "c1"}).turns, ElementsAre(2, 5));
}

TEST_P(ExtentTest, OfWhatNobodyKnowsNothingIsKnown) { EXPECT_EQ(extent({.call = "9.0"}), Extent{}); }

}  // namespace
}  // namespace zh::contacts
