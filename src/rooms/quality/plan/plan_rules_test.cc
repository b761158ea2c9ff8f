// What a plan may say, the rounds a month has, and who is given which record.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <map>

#include "rooms/quality/plan/plan.h"
#include "tests/support/rubrics.h"

namespace zh::quality {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::quality_pack;

Date day(std::string_view text) { return Date::parse(text).value(); }
Month month(std::string_view text) { return Month::parse(text).value(); }

// The shipped pack with the two rounds of C3.2.
const policy::Pack& pack_with_rounds() {
  static const policy::Pack pack = [] {
    policy::Pack result = quality_pack();
    policy::InspectionRounds rounds;
    rounds.clause = "C3.2";
    rounds.rounds = {{.number = 1, .publish_before_day = 15, .per_agent = 2, .place = {}},
                     {.number = 2, .publish_before_day = 30, .per_agent = 2, .place = {}}};
    result.inspections.rounds = std::move(rounds);
    return result;
  }();
  return pack;
}

people::People some_people() {
  std::vector<people::Person> people;
  for (const auto& [staff_no, position] :
       {std::pair{"1001", people::Position::agent}, std::pair{"3001", people::Position::inspector},
        std::pair{"4001", people::Position::supervisor}}) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.group = "A";
    row.position = position;
    row.hired_on = day("2020-01-01");
    people.push_back(people::Person::of(std::array{row}));
  }
  return people::People(std::move(people));
}

PlanDraft october() {
  return {.month = month("2026-10"),
          .title = "October",
          .scope = {},
          .rounds = default_rounds(month("2026-10"), pack_with_rounds()),
          .inspectors = {{"3001", 40}}};
}

std::string said(const PlanDraft& draft) {
  std::string text;
  for (const PlanFault& fault : faults_of(draft, pack_with_rounds(), some_people())) {
    text += fault.pointer + " " + fault.detail.en + " " + fault.clause + "\n";
  }
  return text;
}

TEST(PlanRules, the_rounds_of_a_month_leave_five_days_to_inspect_before_they_are_published) {
  struct Row {
    const char* month;
    const char* second_ends;
    const char* second_before;
  };
  // Months of 28, 29, 30 and 31 days: in February the 30th is the first of March.
  for (const Row& row : {Row{"2026-02", "2026-02-23", "2026-03-01"}, Row{"2028-02", "2028-02-24", "2028-03-01"},
                         Row{"2026-11", "2026-11-24", "2026-11-30"}, Row{"2026-10", "2026-10-24", "2026-10-30"}}) {
    const auto rounds = default_rounds(month(row.month), pack_with_rounds());
    ASSERT_EQ(rounds.size(), 2U);
    EXPECT_EQ(rounds[0].first_day, month(row.month).first());
    EXPECT_EQ(rounds[0].last_day, day(std::string(row.month) + "-09"));
    EXPECT_EQ(rounds[0].publish_before, day(std::string(row.month) + "-15"));
    EXPECT_EQ(rounds[1].first_day, day(std::string(row.month) + "-10"));
    EXPECT_EQ(rounds[1].last_day, day(row.second_ends));
    EXPECT_EQ(rounds[1].publish_before, day(row.second_before));
    for (const PlanRound& round : rounds) {
      EXPECT_EQ(round.publish_before, round.last_day.plus_days(1 + kDaysToInspect)) << row.month;
    }
    PlanDraft draft = october();
    draft.month = month(row.month);
    draft.rounds = rounds;
    EXPECT_EQ(said(draft), "");
  }
  EXPECT_EQ(default_rounds(month("2026-10"), quality_pack()).size(), 1U);
}

TEST(PlanRules, a_round_that_could_only_be_drawn_on_its_deadline_is_refused) {
  PlanDraft draft = october();
  draft.rounds[1].last_day = day("2026-10-28");  // drawn on the 29th, out before the 30th
  EXPECT_EQ(said(draft), "");
  draft.rounds[1].last_day = day("2026-10-29");
  EXPECT_EQ(said(draft), "/rounds/1/publish_before it is drawn on 2026-10-30: leave time to inspect after that Q4.1\n");
}

TEST(PlanRules, a_sound_plan_has_no_faults) { EXPECT_EQ(said(october()), ""); }

TEST(PlanRules, what_does_not_fit_is_said_with_its_clause) {
  struct Row {
    void (*spoil)(PlanDraft&);
    const char* said;
  };
  const Row rows[] = {
      {[](PlanDraft& it) { it.title = "  "; }, "/title write a title of at most 100 characters"},
      {[](PlanDraft& it) { it.scope.channels = {"fax"}; }, "/scope/channels/0 no rubric is for `fax`"},
      {[](PlanDraft& it) { it.scope.groups = {"A", "A"}; }, "/scope/groups/1 it stands twice"},
      {[](PlanDraft& it) { it.rounds.pop_back(); }, "/rounds a month has 2 rounds C3.2"},
      {[](PlanDraft& it) { it.rounds[0].per_agent = 1; }, "/rounds/0/per_agent each agent has at least 2 records C3.2"},
      {[](PlanDraft& it) { it.rounds[1].publish_before = day("2026-10-31"); },
       "/rounds/1/publish_before it is published before 2026-10-30 C3.2"},
      {[](PlanDraft& it) { it.rounds[0].last_day = day("2026-10-14"); }, "/rounds/0/publish_before"},
      {[](PlanDraft& it) { it.rounds[1].first_day = day("2026-10-09"); }, "/rounds/1/first_day the days overlap"},
      {[](PlanDraft& it) { it.rounds[0].first_day = day("2026-09-30"); }, "/rounds/0/last_day the days lie within"},
      {[](PlanDraft& it) { it.inspectors = {}; }, "/inspectors name who inspects"},
      {[](PlanDraft& it) { it.inspectors = {{"1001", 4}}; }, "/inspectors/0/staff_no this is no inspector"},
      {[](PlanDraft& it) { it.inspectors = {{"3001", 0}}; }, "/inspectors/0/capacity at least one record"},
      {[](PlanDraft& it) { it.inspectors = {{"3001", 1}, {"3001", 1}}; }, "/inspectors/1/staff_no it stands twice"},
  };
  for (const Row& row : rows) {
    PlanDraft draft = october();
    row.spoil(draft);
    EXPECT_THAT(said(draft), HasSubstr(row.said));
  }
}

// ---- methods, numbers, actions

TEST(PlanRules, records_are_inspected_as_their_channels_ask_for) {
  using enum InspectionMethod;
  EXPECT_THAT(usual_methods({.groups = {}, .products = {}, .channels = {"call"}}, quality_pack()),
              ElementsAre(recording));
  EXPECT_THAT(usual_methods({.groups = {}, .products = {}, .channels = {"mail", "chat"}}, quality_pack()),
              ElementsAre(text));
  EXPECT_THAT(usual_methods({.groups = {}, .products = {}, .channels = {"visit", "call"}}, quality_pack()),
              ElementsAre(recording, on_site));
  EXPECT_FALSE(usual_methods({}, quality_pack()).empty());  // those of every rubric
}

TEST(PlanRules, methods_stand_once_and_a_round_has_no_endless_total) {
  PlanDraft draft = october();
  draft.methods = {InspectionMethod::live, InspectionMethod::live};
  EXPECT_THAT(said(draft), HasSubstr("/methods/0 it stands twice Q4.1"));
  draft.methods = {InspectionMethod::live, InspectionMethod::on_site};
  draft.method_note = std::string(kMethodNoteMax + 1, 'x');
  EXPECT_THAT(said(draft), HasSubstr("/method_note"));
  draft.method_note = "  ";
  draft.rounds[1].total = kRoundTotalMax + 1;
  EXPECT_THAT(said(draft), HasSubstr("/rounds/1/total"));
  draft.rounds[1].total = -1;
  EXPECT_THAT(said(draft), HasSubstr("/rounds/1/total"));
  draft.rounds[1].total = kRoundTotalMax;
  EXPECT_EQ(said(draft), "");
}

TEST(PlanRules, a_plan_intends_the_minima_or_its_totals) {
  PlanDraft draft = october();  // one agent, two rounds of two records
  EXPECT_EQ(intended_by(draft, some_people()), 4);
  draft.rounds[1].total = 7;
  EXPECT_EQ(intended_by(draft, some_people()), 9);
  draft.rounds[1].total = 1;  // the minimum is a promise
  EXPECT_EQ(intended_by(draft, some_people()), 4);
  draft.scope.groups = {"B"};
  EXPECT_EQ(intended_by(draft, some_people()), 1);
}

TEST(PlanRules, what_is_offered_is_what_would_be_done) {
  const Actor supervisor{.account = "sup", .staff_no = "4001", .roles = {"qa_supervisor"}};
  const Actor manager{.account = "man", .staff_no = "5001", .roles = {"manager"}};
  Plan plan;
  plan.what = october();
  plan.drawn_up_by = "sup";
  EXPECT_THAT(actions_of(plan, supervisor, day("2026-09-30")), ElementsAre("edit"));
  EXPECT_THAT(actions_of(plan, manager, day("2026-09-30")), ElementsAre("approve"));
  plan.drawn_up_by = "man";
  EXPECT_TRUE(actions_of(plan, manager, day("2026-09-30")).empty());  // not by oneself
  plan.state = PlanState::approved;
  EXPECT_TRUE(actions_of(plan, supervisor, day("2026-10-09")).empty());
  EXPECT_THAT(actions_of(plan, supervisor, day("2026-10-10")), ElementsAre("draw"));
  plan.state = PlanState::running;
  plan.what.rounds[0].drawn_at = plan.what.rounds[1].drawn_at = Instant{1};
  plan.open = 1;
  EXPECT_TRUE(actions_of(plan, supervisor, day("2026-10-31")).empty());
  plan.open = 0;
  EXPECT_THAT(actions_of(plan, supervisor, day("2026-10-31")), ElementsAre("close"));
}

// ---- assigning

DrawnRecord record(std::string staff_no, std::string group) {
  return {.contact = "c-" + staff_no,
          .channel = "call",
          .product = {},
          .staff_no = std::move(staff_no),
          .group = std::move(group),
          .occurred_at = {},
          .probability = "1/2"};
}

TEST(Assigning, nobody_gets_own_records_or_those_of_the_own_group) {
  const Assignable of_a{"3001", "A", 10};
  EXPECT_FALSE(may_inspect(of_a, "3001", "B", quality_pack()));
  EXPECT_FALSE(may_inspect(of_a, "1001", "A", quality_pack()));
  EXPECT_TRUE(may_inspect(of_a, "1001", "B", quality_pack()));
  policy::Pack lenient = quality_pack();
  lenient.inspections.assignment->own_group = true;
  EXPECT_TRUE(may_inspect(of_a, "1001", "A", lenient));
  EXPECT_FALSE(may_inspect(of_a, "3001", "A", lenient));
  // People without a group are nobody's colleagues.
  EXPECT_TRUE(may_inspect({"3002", "", 1}, "1001", "", quality_pack()));
}

TEST(Assigning, is_even_by_capacity) {
  const std::vector<DrawnRecord> records(9, record("1001", "A"));
  const auto assigned = assign(records, {{"3001", "", 10}, {"3002", "", 20}}, quality_pack());
  ASSERT_TRUE(assigned.ok());
  EXPECT_EQ(std::ranges::count(*assigned, "3001"), 3);
  EXPECT_EQ(std::ranges::count(*assigned, "3002"), 6);
}

TEST(Assigning, moves_records_on_where_only_that_makes_room) {
  // 3001 of group B would take the first, but only 3001 may take the second: 3002 is of its group A.
  const auto assigned =
      assign({record("1003", "C"), record("1001", "A")}, {{"3001", "B", 1}, {"3002", "A", 1}}, quality_pack());
  ASSERT_TRUE(assigned.ok());
  EXPECT_THAT(*assigned, ElementsAre("3002", "3001"));
}

TEST(Assigning, says_how_many_records_nobody_can_take) {
  const auto refused = assign({record("1001", "A"), record("1002", "A"), record("1003", "B")},
                              {{"3001", "A", 5}, {"3002", "C", 1}}, quality_pack());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::limit);
  EXPECT_THAT(refused.error().message.en, HasSubstr("nobody can take 1 of the records"));
  EXPECT_EQ(refused.error().clause, "Q1.3");
}

// Whether there is an assignment at all: one slot per unit of capacity, each record tried in turn.
bool some_assignment(const std::vector<DrawnRecord>& records, std::vector<Assignable> inspectors,
                     std::size_t from = 0) {
  if (from == records.size()) return true;
  for (Assignable& inspector : inspectors) {
    if (inspector.capacity == 0 || !may_inspect(inspector, records[from].staff_no, records[from].group, quality_pack()))
      continue;
    --inspector.capacity;
    if (some_assignment(records, inspectors, from + 1)) return true;
    ++inspector.capacity;
  }
  return false;
}

TEST(Assigning, finds_one_exactly_where_there_is_one) {
  rc::check([] {
    const auto group = rc::gen::element<std::string>("A", "B", "C", "");
    std::vector<DrawnRecord> records;
    const int count = *rc::gen::inRange(0, 7);
    for (int i = 0; i < count; ++i) records.push_back(record(std::to_string(*rc::gen::inRange(1, 5)), *group));
    std::vector<Assignable> inspectors;
    const int people = *rc::gen::inRange(1, 4);
    for (int i = 1; i <= people; ++i) inspectors.push_back({std::to_string(i), *group, *rc::gen::inRange(1, 4)});
    const auto assigned = assign(records, inspectors, quality_pack());
    RC_ASSERT(assigned.ok() == some_assignment(records, inspectors));
    if (!assigned.ok()) return;
    std::map<std::string, std::int64_t> load;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto found = std::ranges::find((inspectors), (*assigned)[i], &Assignable::staff_no);
      RC_ASSERT(may_inspect(*found, records[i].staff_no, records[i].group, quality_pack()));
      RC_ASSERT(++load[found->staff_no] <= found->capacity);
    }
  });
}

}  // namespace
}  // namespace zh::quality
