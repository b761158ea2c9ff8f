// Importing, undoing and rebuilding, on both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/people/people.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::must;

class ImportTest : public ContactsTest {};
ZH_ON_BOTH_DATABASES(ImportTest);

constexpr std::string_view kLog =
    "1791765900|NONE|NONE|NONE|QUEUESTART|\n"
    "1791766210|MANAGER|sales|Agent/1001|ADDMEMBER|\n"
    "1791766210|MANAGER|sales|PJSIP/77|ADDMEMBER|\n"
    "1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1\n"
    "1791767111|7.0|sales|PJSIP/77|RINGNOANSWER|4000\n"
    "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n"
    "1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1\n"
    "1791767200|NONE|NONE|Agent/1001|PAUSEALL|lunch\n"
    "1791767200|NONE|sales|Agent/1001|PAUSE|lunch\n"
    "1791767500|NONE|sales|Agent/1001|UNPAUSE|\n"
    "1791767600|8.0|sales|NONE|ENTERQUEUE||18600002077|1\n"
    "1791767612|8.0|sales|NONE|ABANDON|1|1|12\n"
    "1791798386|MANAGER|sales|Agent/1001|REMOVEMEMBER|\n";

TEST_P(ImportTest, AQueueLogBecomesContactsStatesAndFigures) {
  const ImportResult result = import_log(kLog);
  EXPECT_EQ(result.rows, 13);
  EXPECT_EQ(result.accepted, 11);
  EXPECT_EQ(result.ignored, 2);
  EXPECT_EQ(result.rejected, 0);
  ASSERT_THAT(result.unknown_members, SizeIs(1));
  EXPECT_EQ(result.unknown_members[0].name, "PJSIP/77");
  EXPECT_EQ(result.unknown_members[0].count, 1);
  EXPECT_THAT(result.unknown_queues, IsEmpty());

  const auto agents = rows(By::agent);
  ASSERT_THAT(agents, SizeIs(2));
  EXPECT_EQ(agents[0].key, "1001");
  EXPECT_EQ(agents[0].sums.assigned(), 1);
  EXPECT_EQ(agents[0].sums.answered, 1);
  EXPECT_EQ(agents[0].sums.aht_s(), Fraction(60));
  EXPECT_EQ(agents[0].sums.ring_mean_s(), Fraction(5));
  EXPECT_EQ(agents[0].sums.ended_by_agent_share(), Fraction(1));
  EXPECT_EQ(agents[0].paused_us, (std::map<std::string, std::int64_t>{{"lunch", 300'000'000}}));
  EXPECT_EQ(agents[1].key, "PJSIP/77");
  EXPECT_EQ(agents[1].sums.assigned(), 1);
  EXPECT_EQ(agents[1].sums.connection_rate(), Fraction(0));

  const auto queues = rows(By::queue);
  ASSERT_THAT(queues, SizeIs(1));
  EXPECT_EQ(queues[0].sums.offered, 2);
  EXPECT_EQ(queues[0].sums.answered, 1);
  EXPECT_EQ(queues[0].sums.abandoned, 1);
  EXPECT_EQ(queues[0].sums.service_level_10s(), Fraction(1, 2));

  const auto days = rows(By::day);
  ASSERT_THAT(days, SizeIs(1));
  EXPECT_EQ(days[0].key, "2026-10-12");
}

TEST_P(ImportTest, TheSameFileTwiceChangesNothing) {
  import_log(kLog);
  const auto before = everything();
  const ImportResult again = import_log(kLog);
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(again.unchanged, 11);
  EXPECT_EQ(everything(), before);
}

TEST_P(ImportTest, ALogThatHasGrownCountsOnlyWhatIsNew) {
  const std::size_t half = kLog.find("1791767200");
  import_log(kLog.substr(0, half));
  const ImportResult grown = import_log(kLog);
  // The calls and sign-ins of the first half are known; the member's day has grown and is stated anew.
  EXPECT_EQ(grown.unchanged, 5);
  EXPECT_EQ(grown.accepted, 6);
}

TEST_P(ImportTest, AMappedCallThatIsStatedAgainIsACorrection) {
  const std::string_view map = "fields: {source_id: id, offered_at: t, talk_s: d, agent: a}";
  const std::string_view first = "id,t,d,a\n1,2026-10-12 09:00:00,10,Agent/1001\n";
  const std::string_view second = "id,t,d,a\n1,2026-10-12 09:00:00,20,Agent/1001\n";
  const auto aht = [this] { return rows(By::agent).at(0).sums.aht_s().value(); };
  import_table_text(map, first);
  EXPECT_EQ(aht(), Fraction(10));
  const ImportResult correction = import_table_text(map, second);
  EXPECT_EQ(aht(), Fraction(20));
  import_table_text(map, first);
  EXPECT_EQ(aht(), Fraction(10));
  import_table_text(map, first);
  EXPECT_EQ(aht(), Fraction(10));
  undo_batch(*correction.batch);
  EXPECT_EQ(aht(), Fraction(10));
}

TEST_P(ImportTest, OverlappingFilesInEitherOrderEqualTheWhole) {
  import_log(kLog);
  const auto whole = everything();
  for (std::size_t cut = 0; cut < kLog.size(); cut = kLog.find('\n', cut) + 1) {
    // The two files share two lines around the cut.
    const std::size_t until = kLog.find('\n', kLog.find('\n', cut) + 1);
    clear();
    import_log(kLog.substr(0, until == std::string_view::npos ? kLog.size() : until + 1));
    import_log(kLog.substr(cut));
    EXPECT_EQ(everything(), whole) << cut;
    clear();
    import_log(kLog.substr(cut));
    import_log(kLog.substr(0, until == std::string_view::npos ? kLog.size() : until + 1));
    EXPECT_EQ(everything(), whole) << cut;
  }
}

TEST_P(ImportTest, UndoingABatchTakesAwayOnlyWhatNobodyElseAsserts) {
  const auto nothing = everything();
  const ImportResult whole = import_log(kLog);
  const auto with_whole = everything();
  // A file with the first call only; it overlaps the other.
  const std::size_t half = kLog.find("1791767200");
  const ImportResult part = import_log(kLog.substr(0, half));
  EXPECT_EQ(everything(), with_whole);

  undo_batch(*whole.batch);
  const auto with_part = everything();
  EXPECT_NE(with_part, with_whole);
  undo_batch(*part.batch);
  EXPECT_EQ(everything(), nothing);

  import_log(kLog.substr(0, half));
  EXPECT_EQ(everything(), with_part);
}

TEST_P(ImportTest, BadLinesAreRejectedWithTheirPlaceAndTheRestIsIn) {
  const std::string long_line(10 << 20, 'x');
  std::string log(kLog);
  log += "1791798390|9.0|sales|Agent/1001|COMPLETECALLER|5|-3|1\nrubbish\n" + long_line + "\n" +
         std::string("a\0b", 3) + "\n1791798400|NONE|NONE|NONE|CONFIGRELOAD|";
  const ImportResult result = import_log(log);
  EXPECT_EQ(result.accepted, 11);
  EXPECT_EQ(result.rejected, 4);
  ASSERT_THAT(rejects(), SizeIs(4));
  EXPECT_THAT(rejects()[0], HasSubstr("queue_log:14: COMPLETECALLER has the negative duration \"-3\""));
  EXPECT_THAT(rejects()[1], HasSubstr("queue_log:15: not a whole log line"));
  EXPECT_THAT(rejects()[2], HasSubstr("queue_log:16: the line is longer than 64 kB"));
  EXPECT_THAT(rejects()[3], HasSubstr("queue_log:17: the line holds zero bytes"));
}

TEST_P(ImportTest, TimeThatGoesBackwardsIsTold) {
  std::string log(kLog);
  log += "1791760000|9.0|sales|NONE|ENTERQUEUE||1|1\n";
  const ImportResult result = import_log(log);
  EXPECT_EQ(result.rejected, 0);
  ASSERT_THAT(result.notes, SizeIs(1));
  EXPECT_THAT(result.notes[0].en, HasSubstr("time goes backwards 1 times, by up to 38386 s (queue_log:14)"));
}

TEST_P(ImportTest, APhoneIdThatIsAddedLaterTakesEffectAtOnce) {
  import_log(kLog);
  EXPECT_EQ(rows(By::agent)[1].key, "PJSIP/77");
  add_person("1002", {"PJSIP/77"});
  const auto agents = rows(By::agent);
  ASSERT_THAT(agents, SizeIs(2));
  EXPECT_EQ(agents[1].key, "1002");
}

TEST_P(ImportTest, RebuildingEqualsKeeping) {
  import_log(kLog);
  const auto kept = everything();
  rebuild_all(zone());
  EXPECT_EQ(everything(), kept);
}

TEST_P(ImportTest, AnotherZoneMovesTheHours) {
  import_log(kLog);
  use_zone("America/New_York");
  EXPECT_THAT(problem(By::day), HasSubstr("run zhiheng rebuild first"));
  rebuild_all(zone());
  const auto days = rows(By::day);
  ASSERT_THAT(days, SizeIs(1));
  EXPECT_EQ(days[0].key, "2026-10-11");
}

TEST_P(ImportTest, AnImportThatFailsLeavesNothing) {
  const auto nothing = everything();
  EXPECT_THAT(failing_import(kLog), HasSubstr("the disk is full"));
  EXPECT_EQ(everything(), nothing);
  import_log(kLog);
  EXPECT_NE(everything(), nothing);
}

TEST_P(ImportTest, ACdrAddsWhatTheLogLacksWhicheverComesFirst) {
  const std::string_view log =
      "1791767107|7.0|sales|NONE|ENTERQUEUE||\n"
      "1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5\n";
  const std::string_view cdr =
      "\"\",\"18600002076\",\"go\",\"inbound\",\"x\",\"Local/s@phone-0000000c;1\",\"Local/1001@agents-00000011;1\","
      "\"Queue\",\"sales,ctT,,,\",\"2026-10-12 09:05:07\",\"2026-10-12 09:05:07\",\"2026-10-12 09:06:17\",70,70,"
      "\"ANSWERED\",\"DOCUMENTATION\",\"7.0\",\"\",\"\",\"7.0\",30\n";
  import_log(log);
  import_cdr_text(cdr);
  const auto log_first = everything();
  ASSERT_THAT(log_first, HasSubstr("customer=18600002076"));
  EXPECT_THAT(log_first, HasSubstr("source=1"));
  clear();
  import_cdr_text(cdr);
  EXPECT_THAT(everything(), HasSubstr("source=2"));
  import_log(log);
  EXPECT_EQ(everything(), log_first);
}

}  // namespace
}  // namespace zh::contacts
