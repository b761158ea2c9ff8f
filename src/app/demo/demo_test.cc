#include "app/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/demo/calls.h"
#include "app/demo/cast.h"
#include "app/demo/dialogues.h"
#include "app/demo/judged.h"
#include "app/demo/marks.h"
#include "app/demo/month_facts.h"
#include "app/demo/random.h"
#include "app/demo/sound.h"
#include "ledger/fact_file.h"
#include "rooms/contacts/transcript_line.h"
#include "rooms/people/change.h"
#include "tests/support/rubrics.h"

namespace zh::app::demo {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

people::People everybody() {
  const std::string text = people_csv();
  TextSource source(text);
  CsvTable table(source, "people.csv", people::people_columns());
  EXPECT_TRUE(table.read_header().ok());
  std::vector<people::StatedRow> rows;
  while (table.next().value() == CsvStep::row) {
    rows.push_back({.row = people::parse_person_row(table).value(), .line = table.line()});
  }
  const auto change = people::change_of(people::People(), rows);
  EXPECT_THAT(change.refused, IsEmpty());
  return people::People(change.records);
}

// Every fact of the file, checked as the import checks it.
std::vector<ledger::NewFact> facts_of(const std::string& text, const people::People& people) {
  const ledger::FactRules rules{
      .zone = Zone::find("Asia/Shanghai").value(),
      .position_on = [&](std::string_view staff_no, Date on) -> Result<std::string_view> {
        const people::Person* const person = people.find(staff_no);
        if (person == nullptr || !person->employed_on(on)) return invalid(verbatim("not employed"));
        return people::name_of(person->on(on).position);
      },
      .limits_on = [](Date) -> const ledger::FactLimits& { return ledger::default_fact_limits(); }};
  TextSource source(text);
  CsvTable table(source, "facts.csv", ledger::fact_columns());
  EXPECT_TRUE(table.read_header().ok());
  std::vector<ledger::NewFact> facts;
  while (table.next().value() == CsvStep::row) {
    const auto row = ledger::parse_fact_row(table, rules);
    EXPECT_TRUE(row.ok()) << row.error().to_string(Language::en);
    if (row.ok()) facts.push_back(row->fact);
  }
  return facts;
}

TEST(DemoRandom, is_split_mix_64_over_fnv_1a) {
  // FNV-1a of nothing is the offset basis 0xcbf29ce484222325; the same name gives the same numbers, another others.
  EXPECT_EQ(Random("a").next(), Random("a").next());
  EXPECT_NE(Random("a").next(), Random("b").next());
  Random random("range");
  for (int i = 0; i < 1000; ++i) {
    const int value = random.between(-2, 3);
    EXPECT_TRUE(value >= -2 && value <= 3);
    const int near = random.around(100);
    EXPECT_TRUE(near >= 30 && near <= 170);
  }
}

TEST(Demo, is_made_the_same_each_time) {
  EXPECT_EQ(people_csv(), people_csv());
  EXPECT_EQ(facts_csv(), facts_csv());
  EXPECT_TRUE(queue_log() == queue_log());
}

TEST(Demo, has_three_groups_of_agents_with_a_leader_each_and_the_other_positions) {
  const auto people = everybody();
  const Month october{2026, 10};
  std::set<std::string> groups;
  std::set<people::Position> positions;
  int agents_in_october = 0;
  for (const auto& person : people.all()) {
    const auto in = person.in(october);
    ASSERT_TRUE(in.has_value()) << person.staff_no();
    positions.insert(in->position);
    if (in->position != people::Position::agent) continue;
    ++agents_in_october;
    groups.insert(in->group);
  }
  EXPECT_EQ(agents_in_october, 24);
  EXPECT_EQ(groups.size(), 3U);
  EXPECT_EQ(positions.size(), people::kPositions.size());
}

TEST(Demo, has_a_leaver_a_joiner_a_probationer_and_a_mover) {
  const auto people = everybody();
  const Month october{2026, 10};
  EXPECT_EQ(people.find("1019")->in(october)->employed_days(), 20);
  EXPECT_EQ(people.find("1024")->in(october)->employed_days(), 20);
  EXPECT_TRUE(people.find("1021")->in(october)->on_probation);
  EXPECT_NE(people.find("1010")->on(day("2026-10-15")).group, people.find("1010")->in(october)->group);
}

TEST(Demo, every_fact_is_one_that_the_import_takes) {
  const auto people = everybody();
  EXPECT_GT(facts_of(facts_csv(), people).size(), 3000U);
  const auto corrected = facts_of(appeals_csv(), people);
  ASSERT_EQ(corrected.size(), 1U);
  EXPECT_THAT(facts_csv(), HasSubstr(corrected.front().source_ref));
  EXPECT_EQ(facts_of(late_csv(), people).size(), 1U);
}

TEST(Demo, the_log_has_every_day_in_order_and_members_that_nobody_holds) {
  const std::string log = queue_log();
  std::set<Date> days;
  std::int64_t before = 0;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = log.find('\n', at);
    const std::int64_t epoch = std::stoll(log.substr(at, log.find('|', at) - at));
    EXPECT_GE(epoch, before);
    before = epoch;
    days.insert(Zone::find("Asia/Shanghai").value().date_of(Instant::from_seconds(epoch)));
    at = end + 1;
  }
  EXPECT_EQ(days.size(), 52U);
  EXPECT_EQ(*days.begin(), day(kFirstDay));
  EXPECT_EQ(*days.rbegin(), day(kLastDay));
  EXPECT_THAT(log, HasSubstr("|PJSIP/8099|CONNECT|"));
  EXPECT_THAT(log, HasSubstr("|Local/1004@homeoffice|CONNECT|"));
}

TEST(Demo, has_transcripts_of_calls_chats_and_mails_in_both_languages) {
  const std::string log = queue_log();
  std::string file = transcripts_jsonl(log);
  EXPECT_EQ(file, transcripts_jsonl(log));
  std::map<contacts::Channel, int> channels;
  int in_chinese = 0;
  for (std::string_view rest = file; !rest.empty();) {
    const auto read = contacts::parse_transcript(rest.substr(0, rest.find('\n')), Zone::utc());
    rest.remove_prefix(rest.find('\n') + 1);
    ASSERT_TRUE(read.ok()) << read.error().to_string(Language::en);
    ++channels[read->channel];
    in_chinese += read->turns.front().text.front() < 0 ? 1 : 0;
    if (read->channel == contacts::Channel::call) {
      EXPECT_THAT(log, HasSubstr("|" + read->source_id + "|"));
    }
  }
  EXPECT_GT(channels[contacts::Channel::call], 100);
  EXPECT_GT(channels[contacts::Channel::chat], 100);
  EXPECT_GT(channels[contacts::Channel::mail], 40);
  const int all =
      channels[contacts::Channel::call] + channels[contacts::Channel::chat] + channels[contacts::Channel::mail];
  EXPECT_GT(in_chinese, all / 2);
  EXPECT_LT(in_chinese, all);
}

TEST(Demo, marks_fit_the_rubric_and_come_near_the_score) {
  const policy::Rubric& rubric = testing_support::shipped_rubric();
  const quality::Extent extent{.duration_ms = 90'000, .turns = {}};
  for (int score = 60; score <= 100; ++score) {
    Random random("marks " + std::to_string(score));
    const quality::Marks marks = marks_near(score, extent, random);
    EXPECT_THAT(faults_of(rubric, "call", marks, extent), IsEmpty()) << score;
    EXPECT_THAT(missing_in(rubric, "call", marks), IsEmpty()) << score;
    const Decimal got = score_of(rubric, marks)->value;
    EXPECT_LE((got - Decimal(score)).abs(), Decimal(25)) << score;
    EXPECT_EQ(marks.findings.empty(), score == 100);
  }
}

quality::Proposal proposal_of(std::string check, int points, std::string choice) {
  quality::Proposal proposal;
  proposal.id = check;
  proposal.check = std::move(check);
  proposal.item = "language";
  proposal.choice = std::move(choice);
  proposal.points = points;
  return proposal;
}

TEST(Demo, inspectors_agree_with_some_checks_more_than_with_others) {
  const std::vector<quality::Proposal> proposals{proposal_of("greeting", 2, "minor"),
                                                 proposal_of("polite_you", 3, "minor")};
  std::map<std::string, std::map<quality::ProposalState, int>> counts;
  for (int i = 0; i < 400; ++i) {
    Random random("judged " + std::to_string(i));
    const quality::Marks marks = judged(proposals, 100, random);
    EXPECT_THAT(quality::faults_of(proposals, marks), IsEmpty());
    EXPECT_THAT(faults_of(testing_support::shipped_rubric(), "call", marks, {}), IsEmpty());
    for (const quality::Proposal& it : proposals) ++counts[it.check][quality::state_of(it, marks)];
  }
  using enum quality::ProposalState;
  for (auto& [check, by_state] : counts) {
    for (const auto state : {open, accepted, changed, rejected}) EXPECT_GT(by_state[state], 0) << check;
  }
  EXPECT_GT(counts["greeting"][accepted], counts["polite_you"][accepted]);
}

TEST(Demo, what_a_record_cannot_spare_is_left_open) {
  const std::vector<quality::Proposal> proposals{proposal_of("goodbye", 1, "minor"),
                                                 proposal_of("shirking_words", 5, "general")};
  for (int i = 0; i < 50; ++i) {
    Random random("spare " + std::to_string(i));
    for (const quality::Finding& finding : judged(proposals, 3, random).findings) EXPECT_EQ(finding.choice, "minor");
  }
}

TEST(Demo, a_leg_sounds_where_its_speaker_speaks) {
  const Spoken call{.source_id = "7.1",
                    .channel = "call",
                    .agent = "1001",
                    .started_at = 1'790'000'000,
                    .length_s = 60,
                    .queue = "order"};
  const auto speeches = speeches_of(call);
  ASSERT_TRUE(speeches.front().by_agent);
  const std::string agent = leg_wav(speeches, true);
  const std::string customer = leg_wav(speeches, false);
  EXPECT_EQ(agent.size(), customer.size());
  EXPECT_EQ(agent, leg_wav(speeches_of(call), true));
  const auto loud = [&](const std::string& leg, std::int64_t at_ms) {
    const auto from = static_cast<std::size_t>(44 + at_ms * 16);
    return leg.substr(from, 4'000).find_first_not_of('\0') != std::string::npos;
  };
  EXPECT_TRUE(loud(agent, speeches[0].start_ms));
  EXPECT_FALSE(loud(customer, speeches[0].start_ms));
  EXPECT_TRUE(loud(customer, speeches[1].start_ms));
}

}  // namespace
}  // namespace zh::app::demo
