#include "rooms/contacts/cdr.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/csv.h"

namespace zh::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Zone shanghai() { return Zone::find("Asia/Shanghai").value(); }

// Rows of a CDR file as its contacts by call; a row that is refused gives its problem under "".
struct Read {
  std::map<std::string, std::string> records;
  std::vector<std::string> problems;
};
Read read(std::string_view text) {
  TextSource source(text);
  CsvReader rows(source, "Master.csv");
  Read result;
  for (;;) {
    const CsvStep step = rows.next().value();
    if (step == CsvStep::end) return result;
    if (step == CsvStep::bad_row) {
      result.problems.push_back(rows.problem().message.en);
      continue;
    }
    const auto row = parse_cdr_row(rows.cells(), shanghai());
    if (row.ok()) {
      result.records[row->call] += row->kept + "\n";
    } else {
      result.problems.push_back(row.error().message.en);
    }
  }
}
Contact contact(std::string_view text) {
  const Read rows = read(text);
  EXPECT_THAT(rows.problems, ElementsAre());
  EXPECT_EQ(rows.records.size(), 1U);
  if (rows.records.size() != 1) return {};
  const auto& [call, record] = *rows.records.begin();
  const KeptLines records[] = {record};
  return contact_of_cdr(call, records).value();
}

// A row up to amaflags, unquoted: times of 2026-10-12, device, disposition.
std::string row(std::string_view start, std::string_view answer, std::string_view end, int duration, int billsec,
                std::string_view disposition, std::string_view device = "SIP/1001-0000a2f3") {
  const auto at = [](std::string_view time) { return time.empty() ? "" : "2026-10-12 " + std::string(time); };
  return fmt::format(",13900001111,2000,hq,x,SIP/trunk-00000001,{},Dial,,{},{},{},{},{},{},DOCUMENTATION", device,
                     at(start), at(answer), at(end), duration, billsec, disposition);
}

TEST(Cdr, AnAnsweredCall) {
  const Contact c = contact(row("09:00:00", "09:00:10", "09:02:10", 130, 120, "ANSWERED") + ",1791767109.24\n");
  EXPECT_EQ(c.call, "1791767109.24");
  EXPECT_EQ(c.source, Source::cdr);
  EXPECT_EQ(c.outcome, Outcome::answered);
  EXPECT_TRUE(c.entered && c.connected);
  EXPECT_EQ(c.member, "SIP/1001");
  EXPECT_EQ(c.customer, "13900001111");
  EXPECT_EQ(shanghai().format(c.offered_at), "2026-10-12T09:00:00+08:00");
  EXPECT_EQ(c.wait_ms, 10'000);
  EXPECT_EQ(c.ring_ms, 10'000);
  EXPECT_EQ(c.talk_ms, 120'000);
  EXPECT_EQ(c.queue, "");
}

// One call: a phone that was not picked up, then the conversation (asterisk_cdr's two rows of one uniqueid).
TEST(Cdr, RowsOfOneCallAreOneContact) {
  const Contact c =
      contact(row("09:00:00", "", "09:00:10", 10, 0, "NO ANSWER", "SIP/1002-00000001") + ",1791767109.24,\n" +
              row("09:00:10", "09:00:14", "09:01:14", 64, 60, "ANSWERED") + ",1791767109.24,\n");
  EXPECT_EQ(c.outcome, Outcome::answered);
  EXPECT_EQ(c.wait_ms, 14'000);
  EXPECT_EQ(c.ring_ms, 4'000);
  EXPECT_EQ(c.talk_ms, 60'000);
  EXPECT_THAT(c.rings, ElementsAre(Ring{"SIP/1002", 10'000}));
}

TEST(Cdr, NobodyAnswered) {
  const Contact c = contact(row("09:00:00", "", "09:00:20", 20, 0, "NO ANSWER") + ",1791767109.24,\n" +
                            row("09:00:00", "", "09:00:01", 0, 0, "BUSY", "SIP/1002-00000001") + ",1791767109.24,\n");
  EXPECT_EQ(c.outcome, Outcome::no_answer);
  EXPECT_FALSE(c.connected);
  EXPECT_EQ(c.wait_ms, 20'000);
  EXPECT_EQ(c.talk_ms, std::nullopt);
  EXPECT_THAT(c.rings, ElementsAre(Ring{"SIP/1001", 20'000}, Ring{"SIP/1002", 0}));
}

// linkedid groups the legs; the leg whose uniqueid is the call's tells its times.
TEST(Cdr, TheLegThatIsTheCallCounts) {
  const std::string legs =
      row("09:00:00", "09:00:05", "09:01:05", 65, 60, "ANSWERED") + ",1791767109.24,,,1791767109.24,29\n" +
      row("09:00:00", "09:00:00", "09:09:09", 549, 549, "ANSWERED") + ",1791767109.25,,,1791767109.24,30\n";
  const Contact c = contact(legs);
  EXPECT_EQ(c.call, "1791767109.24");
  EXPECT_EQ(c.talk_ms, 60'000);
}

// Conversations of several rows count together, what overlaps counts once.
TEST(Cdr, OverlappingConversationsCountOnce) {
  const Contact c = contact(row("09:00:00", "09:00:00", "09:01:00", 60, 60, "ANSWERED") + ",1791767109.24\n" +
                            row("09:00:30", "09:00:30", "09:01:30", 60, 60, "ANSWERED") + ",1791767109.24\n");
  EXPECT_EQ(c.talk_ms, 90'000);
}

struct Columns {
  const char* extra;
  const char* call;
};

TEST(Cdr, OptionalColumnsAsVersionsWriteThem) {
  const Columns cases[] = {
      {",1791767109.24", "1791767109.24"},                            // 17: uniqueid
      {",bj1-1791767109.24,note", "bj1-1791767109.24"},               // 18: + userfield
      {",1791767109.25,note,peer", "1791767109.25"},                  // 19: + peeraccount
      {",peer,1791767109.24,7", "1791767109.24"},                     // 19: peeraccount, linkedid, sequence
      {",1791767109.25,note,peer,1791767109.24", "1791767109.24"},    // 20: + linkedid
      {",1791767109.25,peer,1791767109.24,7", "1791767109.24"},       // 20: no userfield
      {",note,peer,1791767109.24,7", "1791767109.24"},                // 20: no uniqueid
      {",1791767109.25,note,peer,1791767109.24,7", "1791767109.24"},  // 21
  };
  for (const Columns& c : cases) {
    const Read rows = read(row("09:00:00", "", "09:00:10", 10, 0, "NO ANSWER") + c.extra);
    ASSERT_EQ(rows.records.size(), 1U) << c.extra;
    EXPECT_EQ(rows.records.begin()->first, c.call) << c.extra;
  }
}

TEST(Cdr, ARowWithoutAnyIdIsACallOfItsOwn) {
  const std::string text = row("09:00:00", "", "09:00:10", 10, 0, "NO ANSWER");
  const Read rows = read(text + "\n" + text + "\n" + row("09:00:01", "", "09:00:10", 9, 0, "NO ANSWER"));
  EXPECT_EQ(rows.records.size(), 2U);
  EXPECT_THAT(rows.records.begin()->first, testing::StartsWith("cdr-"));
}

TEST(Cdr, WhatIsRefusedAndWhy) {
  const auto problem = [](const std::string& text) {
    const Read rows = read(text);
    return rows.problems.empty() ? std::string() : rows.problems[0];
  };
  EXPECT_THAT(problem("a,b,c"), HasSubstr("the row has 3 columns; an Asterisk CDR has 16 to 21"));
  EXPECT_THAT(problem(row("09:00:00", "", "09:00:10", -1, 0, "NO ANSWER")),
              HasSubstr("duration is \"-1\": a duration cannot be negative"));
  EXPECT_THAT(problem(row("09:00:00", "", "09:00:10", 10, 0, "PERHAPS")), HasSubstr("disposition is \"PERHAPS\""));
  EXPECT_THAT(problem(row("later", "", "09:00:10", 10, 0, "BUSY")), HasSubstr("start is \"2026-10-12 later\""));
  EXPECT_THAT(problem(row("", "", "09:00:10", 10, 0, "BUSY")), HasSubstr("the time of the start is missing"));
  EXPECT_THAT(problem(row("09:00:20", "", "09:00:10", 10, 0, "BUSY")), HasSubstr("before it began"));
}

TEST(Cdr, DevicesOfChannels) {
  EXPECT_EQ(device_of("SIP/1001-0000a2f3"), "SIP/1001");
  EXPECT_EQ(device_of("Local/1018@agents-00000011;1"), "Local/1018@agents");
  EXPECT_EQ(device_of("PJSIP/front-desk-0000a2f3"), "PJSIP/front-desk");
  EXPECT_EQ(device_of("PJSIP/front-desk"), "PJSIP/front-desk");
  EXPECT_EQ(device_of("NOT_AVAILABLE"), "");
  EXPECT_EQ(device_of(""), "");
}

}  // namespace
}  // namespace zh::contacts
