// Runs over stored contacts, on both databases: what is kept, what a second run does, what taking back does.
#include "rooms/inspection/inspection.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/load.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/acoustics/acoustics_code.h"
#include "rooms/contacts/troubles.h"
#include "rooms/inspection/findings_code.h"
#include "tests/support/contacts.h"

namespace zh::inspection {
namespace {

using testing_support::must;
using PackPtr = std::shared_ptr<const policy::Pack>;
using Done = inspection::Run;  // a test has a Run of its own

// Greeting required, stiff words forbidden; `forbidden` is what the second check forbids.
PackPtr pack(const std::string& forbidden) {
  policy::Sources sources;
  sources.name = "inspected";
  sources.files["pack.yaml"] = "id: inspected\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  const std::string head = "label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor, points: 1";
  sources.files["checks.yaml"] = fmt::format(
      "checks:\n  greeting: {{{}, require: {{phrases: 您好, role: agent, first: {{turns: 1}}}}}}\n"
      "  stiff: {{{}, forbid: {{phrases: {}}}}}\n",
      head, head, forbidden);
  return std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
}

constexpr Interval kAlways{{0}, {4'000'000'000'000'000}};

class InspectionTest : public contacts::ContactsTest {
 protected:
  std::string line(const std::string& source_id, const std::string& agent_says, int minute) {
    return fmt::format(
        R"({{"source_id":"{}","channel":"chat","agent":"1001","customer":"",)"
        R"("started_at":"2026-10-12T10:{:02}:00","turns":[)"
        R"({{"role":"customer","start_ms":0,"text":"在吗"}},{{"role":"agent","start_ms":4000,"text":"{}"}}]}})"
        "\n",
        source_id, minute, agent_says);
  }

  Done run(const PackPtr& with, int threads = 1, int page = 2, bool only_new = false) {
    const Zone zone = must(Zone::find("Asia/Shanghai"));
    std::vector<std::int64_t> progress;
    Done result = must(inspect(
        database(), keys(), zone, {.offered = kAlways, .threads = threads, .page = page, .only_new = only_new},
        [&](Date) -> Result<PackPtr> { return with; }, [&](std::int64_t done) { progress.push_back(done); }));
    EXPECT_EQ(progress.back(), result.contacts);
    return result;
  }

  // "source id: check turn from-to; …" of all that is kept, in order.
  std::string kept() {
    auto tx = must(database().read());
    std::string text;
    for (const ContactFindings& contact : must(findings_page(tx, kAlways, std::nullopt, 1'000))) {
      text += contact.source_id() + ":";
      for (const Finding& it : contact.findings) {
        text += it.kind == Finding::Kind::hit ? fmt::format(" {} {} {}-{}", it.check, it.turn.value_or(-1),
                                                            it.from.value_or(-1), it.to.value_or(-1))
                                              : " no " + it.check;
      }
      text += "\n";
    }
    return text;
  }
};
ZH_ON_BOTH_DATABASES(InspectionTest);

TEST_P(InspectionTest, FindsWhatIsThereAndWhatIsMissing) {
  import_transcripts_text(line("a", "您好，什么事", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  const Done result = run(pack("什么事"));
  EXPECT_EQ(result.contacts, 3);
  EXPECT_EQ(result.checked, 3);
  EXPECT_EQ(kept(), "a: stiff 1 3-6\nb: stiff 1 0-3 no greeting\nc:\n");
}

TEST_P(InspectionTest, ASecondRunWritesNothingAndAChangeOnlyWhatChanged) {
  import_transcripts_text(line("a", "您好", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  const PackPtr first = pack("什么事");
  run(first);
  EXPECT_EQ(run(first).checked, 0);
  import_transcripts_text(line("a", "您好，什么事", 1));  // corrected
  EXPECT_EQ(run(first).checked, 1);
  EXPECT_EQ(kept(), "a: stiff 1 3-6\nb: stiff 1 0-3 no greeting\nc:\n");
  EXPECT_EQ(run(pack("您好")).checked, 3);  // another pack
  EXPECT_EQ(kept(), "a: stiff 1 0-2\nb: no greeting\nc: stiff 1 0-2\n");
}

TEST_P(InspectionTest, ARunOverWhatIsNewLooksAtNothingElse) {
  import_transcripts_text(line("a", "您好", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  const PackPtr first = pack("什么事");
  EXPECT_EQ(run(first, 1, 2, true).contacts, 3);
  import_transcripts_text(line("b", "您好", 2) + line("d", "什么事", 4));  // corrected, and new
  EXPECT_EQ(run(pack("您好"), 1, 2, true).contacts, 2);
  EXPECT_EQ(kept(), "a:\nb: stiff 1 0-2\nc:\nd: no greeting\n");  // a and c as the first pack had it
  {
    auto tx = must(database().write());
    must(tx.execute("DELETE FROM contact_transcripts WHERE source_id = 'd'"));
    must(tx.commit());
  }
  EXPECT_EQ(run(first, 1, 2, true).contacts, 0);
  EXPECT_EQ(kept(), "a:\nb: stiff 1 0-2\nc:\nd: no greeting\n");
  EXPECT_EQ(run(first).checked, 1);  // a run over everything sets it right: b by its pack, d is gone
  EXPECT_EQ(kept(), "a:\nb:\nc:\n");
}

TEST_P(InspectionTest, AContactWhoseSoundWasMeasuredSinceIsCheckedAnew) {
  import_transcripts_text(line("a", "您好", 1) + line("b", "您好", 2));
  policy::Sources sources;
  sources.name = "heard";
  sources.files["pack.yaml"] = "id: heard\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  sources.files["checks.yaml"] =
      "checks:\n  quiet: {label: {zh: 静, en: q}, clause: A1, item: polite, severity: minor, points: 1,"
      " forbid: {silence: {seconds: 3}}}\n";
  const PackPtr with = std::make_shared<const policy::Pack>(must(policy::load_pack(sources)));
  run(with);
  EXPECT_EQ(kept(), "a:\nb:\n");
  audio::CallMeasures heard;
  heard.duration_ms = 10'000;
  heard.legs.resize(2);
  heard.legs[0].role = audio::Role::customer;
  heard.legs[1].role = audio::Role::agent;
  heard.silences = {{{1'000, 4'000}, audio::Role::agent}};
  {
    constexpr db::Sql kMeasured =
        "INSERT INTO contact_acoustics (call_id, number, version, input, duration_ms, measures)"
        " VALUES ('a', 1, 1, :input, 10000, :measures)";
    constexpr db::Sql kRecorded =
        "INSERT INTO contact_recordings (record_key, content, call_id, number, leg, bytes, media, standing)"
        " VALUES ('a|both', :content, 'a', 1, 3, 10, 'audio/wav', 1)";
    const Hash content = sha256("a recording");
    const Hash input = contacts::acoustics_input({{.leg = contacts::Leg::both, .content = content}}, 1);
    const std::string bytes = contacts::encode(heard);
    auto tx = must(database().write());
    must(tx.execute(kRecorded, {{"content", content}}));
    must(tx.execute(kMeasured, {{"input", input}, {"measures", db::Blob{bytes}}}));
    must(tx.commit());
  }
  EXPECT_EQ(run(with, 1, 2, true).checked, 1);
  EXPECT_EQ(kept(), "a: quiet 1 -1--1\nb:\n");
  EXPECT_EQ(run(with).checked, 0);
  EXPECT_EQ(run(with, 1, 2, true).contacts, 0);
}

TEST_P(InspectionTest, OneContactIsFoundByItsName) {
  import_transcripts_text(line("a", "什么事", 1) + line("b", "您好", 2));
  const PackPtr with = pack("什么事");
  run(with);
  auto tx = must(database().read());
  const auto found = must(findings_of(tx, {.call = "a", .number = 1}));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->pack, with->version);
  EXPECT_EQ(found->score, 98);  // 100 − 1 − 1
  EXPECT_EQ(found->findings.size(), 2U);
  EXPECT_FALSE(must(findings_of(tx, {.call = "z", .number = 1})).has_value());
}

TEST_P(InspectionTest, ThreadsAndPagesChangeNothing) {
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += line(fmt::format("c{:02}", i), i % 3 == 0 ? "什么事" : "您好", i);
  import_transcripts_text(lines);
  const PackPtr with = pack("什么事");
  EXPECT_EQ(run(with, 1, 40).checked, 40);  // a full last page
  const std::string alone = kept();
  {
    auto tx = must(database().write());
    must(tx.execute("DELETE FROM contact_findings"));
    must(tx.commit());
  }
  EXPECT_EQ(run(with, 4, 7).checked, 40);
  EXPECT_EQ(kept(), alone);
}

TEST_P(InspectionTest, ADayWithoutAPackLeavesItsContactsUnchecked) {
  import_transcripts_text(line("a", "您好", 1));
  const Zone zone = Zone::utc();
  const Done result = must(inspect(
      database(), keys(), zone, {.offered = kAlways},
      [](Date) -> Result<PackPtr> { return error(ErrorCode::not_found, {.zh = "没有", .en = "none"}); },
      [](std::int64_t) {}));
  EXPECT_EQ(result.checked, 0);
  ASSERT_EQ(result.unreadable.size(), 1U);
  EXPECT_EQ(result.unreadable[0].source_id, "a");
  EXPECT_EQ(kept(), "");
}

TEST_P(InspectionTest, FindingsOfATranscriptThatIsNoLongerThereGo) {
  import_transcripts_text(line("a", "您好", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  run(pack("什么事"));
  {
    auto tx = must(database().write());
    must(tx.execute("DELETE FROM contact_transcripts WHERE source_id <> 'b'"));
    must(tx.commit());
  }
  EXPECT_EQ(run(pack("什么事")).checked, 0);
  EXPECT_EQ(kept(), "b: stiff 1 0-3 no greeting\n");
}

TEST_P(InspectionTest, CountsWhatIsKeptByCheck) {
  import_transcripts_text(line("a", "什么事，什么事", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  run(pack("什么事"));
  auto tx = must(database().read());
  const Tally counted = must(tally(tx, kAlways));
  EXPECT_EQ(counted.contacts, 3);
  ASSERT_EQ(counted.checks.size(), 2U);
  EXPECT_EQ(counted.checks[0].check, "greeting");
  EXPECT_EQ(counted.checks[0].missing, 2);
  EXPECT_EQ(counted.checks[1].clause, "A1");
  EXPECT_EQ(counted.checks[1].hits, 3);
  EXPECT_EQ(counted.checks[1].contacts, 2);
}

TEST_P(InspectionTest, AContactThatMovedInTimeIsCheckedWhereItStandsNow) {
  import_transcripts_text(line("a", "什么事", 1) + line("b", "您好", 2));
  run(pack("什么事"));
  {
    auto tx = must(database().write());
    must(tx.execute("UPDATE contacts SET offered_at = offered_at + 300000000 WHERE call_id = 'a'"));
    must(tx.commit());
  }
  EXPECT_EQ(run(pack("什么事"), 1, 2, true).contacts, 1);
  EXPECT_EQ(run(pack("什么事")).checked, 0);
  EXPECT_EQ(kept(), "b:\na: stiff 1 0-3 no greeting\n");
}

TEST_P(InspectionTest, WhatChecksCouldNotLookAtIsToldOnTheContactUntilTheyCan) {
  std::string much;
  for (int i = 0; i < 1'001; ++i) much += "什么事";  // a check keeps at most a thousand hits
  import_transcripts_text(line("a", much, 1) + line("b", "您好", 2));
  run(pack("什么事"));
  const auto told = [&](std::string_view call) {
    auto tx = must(database().read());
    std::string text;
    for (const contacts::Trouble& it : must(contacts::troubles_of(tx, call, 1))) text += it.told.en;
    return text;
  };
  EXPECT_THAT(told("a"), ::testing::HasSubstr("more matches in this contact than checks look at"));
  EXPECT_EQ(told("b"), "");
  import_transcripts_text(line("a", "什么事", 1));  // corrected
  run(pack("什么事"));
  EXPECT_EQ(told("a"), "");
}

TEST_P(InspectionTest, ATextThatWasRemovedSinceItsTimeWasOverIsPassedOver) {
  import_transcripts_text(line("a", "什么事", 1) + line("b", "什么事", 2) + line("c", "您好", 3));
  run(pack("什么事"), 1, 1);
  {
    auto tx = must(database().write());
    must(tx.execute(
        "DELETE FROM spoken_texts WHERE id IN (SELECT spoken FROM transcript_texts WHERE source_id <> 'b')"));
    must(tx.execute("DELETE FROM transcript_texts WHERE source_id <> 'b'"));
    must(tx.commit());
  }
  EXPECT_EQ(run(pack("什么事"), 1, 1, true).contacts, 0);
  EXPECT_EQ(run(pack("什么事"), 1, 1).contacts, 1);
  EXPECT_EQ(kept(), "b: stiff 1 0-3 no greeting\n");
}

TEST_P(InspectionTest, ATranscriptFromBeforeSpokenFormsWereKeptIsCheckedAlike) {
  import_transcripts_text(line("a", "您好，什么事", 1) + line("b", "什麼事", 2));
  run(pack("什么事"));
  const std::string before = kept();
  {
    auto tx = must(database().write());
    must(tx.execute("DELETE FROM spoken_texts"));
    must(tx.execute("UPDATE transcript_texts SET spoken = NULL"));
    must(tx.execute("UPDATE contact_transcripts SET spoken = NULL"));
    must(tx.execute("DELETE FROM contact_findings"));
    must(tx.commit());
  }
  EXPECT_EQ(run(pack("什么事")).checked, 2);
  EXPECT_EQ(kept(), before);
}

class FindingsCode : public ::testing::Test {
 protected:
  FindingsCode() {
    check_.id = "stiff";
    check_.clause = "F3.6";
    first_.place = {"checks.yaml", 9, 14};
    first_.scope.role = policy::Speaker::agent;
    second_.place = {"checks.yaml", 10, 1};
    findings_.hits.push_back({&check_, 3U, text::Span{1, 4}, 826, std::nullopt});
    findings_.hits.push_back({&check_, std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    findings_.hits.push_back({&check_, 0U, std::nullopt, 5'000, 4'000});
    findings_.missing.push_back({&check_, {{&first_, 2, 0U, 2U}, {&second_, 0, std::nullopt, std::nullopt}}});
  }
  Words words() {
    Words words;
    for (Word& word : writer_.take_new_words()) words.emplace(word.id, std::move(word.text));
    return words;
  }

  policy::Check check_;
  policy::CheckNode first_;
  policy::CheckNode second_;
  policy::Findings findings_;
  FindingsWriter writer_;
};

TEST_F(FindingsCode, ComesBackAsItWent) {
  const std::string bytes = writer_.encode(findings_);
  const auto back = must(decode(bytes, words()));
  ASSERT_EQ(back.size(), 4U);
  EXPECT_EQ(back[0], (Finding{Finding::Kind::hit, "stiff", "F3.6", 3, 1, 4, 826, std::nullopt, {}}));
  EXPECT_EQ(back[1].turn, std::nullopt);
  EXPECT_EQ(back[2].end_ms, 4'000);
  EXPECT_EQ(back[3].kind, Finding::Kind::missing);
  ASSERT_EQ(back[3].looked.size(), 2U);
  EXPECT_EQ(back[3].looked[0], (Finding::Looked{"checks.yaml:9:14", "agent", 2, 0, 2}));
  EXPECT_EQ(back[3].looked[1].role, "any");
  EXPECT_EQ(back, findings_from(findings_));
}

TEST_F(FindingsCode, IsTheSameWhoeverWritesIt) {
  FindingsWriter other;
  policy::Findings later;
  later.missing = findings_.missing;
  other.encode(later);  // another order of words
  EXPECT_EQ(other.encode(findings_), writer_.encode(findings_));
  EXPECT_EQ(words().size(), 3U);
  EXPECT_TRUE(writer_.take_new_words().empty());
}

TEST_F(FindingsCode, DamagedBytesAreRefused) {
  const std::string bytes = writer_.encode(findings_);
  const Words all = words();
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode(bytes.substr(0, size), all).ok()) << size;
  EXPECT_FALSE(decode(bytes + "x", all).ok());
  EXPECT_FALSE(decode(bytes, {}).ok()) << "words that are not known";
}

}  // namespace
}  // namespace zh::inspection
