#include "rooms/people/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace zh::people {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Date day(std::string_view text) { return Date::parse(text).value(); }

struct Short {
  std::string staff_no;
  std::string group = "g";
  std::string phone_ids = {};
  std::string effective_from = {};
  std::string hired_on = "2026-01-01";
  std::string left_on = {};
};
PersonRow row(const Short& given) {
  PersonRow result;
  result.staff_no = given.staff_no;
  result.name = "name of " + given.staff_no;
  result.group = given.group;
  result.hired_on = day(given.hired_on);
  result.phone_ids = parse_list(given.phone_ids);
  if (!given.left_on.empty()) result.left_on = day(given.left_on);
  if (!given.effective_from.empty()) result.effective_from = day(given.effective_from);
  return result;
}
// The rows at lines 2, 3, …
std::vector<StatedRow> file(const std::vector<Short>& given) {
  std::vector<StatedRow> result;
  for (const auto& each : given) result.push_back({.row = row(each), .line = static_cast<int>(result.size()) + 2});
  return result;
}
People stored(const std::vector<Short>& given) { return People(change_of(People(), file(given)).records); }

std::vector<std::size_t> refused(const Change& change) {
  std::vector<std::size_t> result;
  for (const auto& each : change.refused) result.push_back(each.index);
  return result;
}

TEST(Change, new_people_are_accepted_and_known_ones_unchanged) {
  const auto rows = file({{.staff_no = "1"}, {.staff_no = "2"}});
  const Change first = change_of(People(), rows);
  EXPECT_EQ(first.accepted, 2);
  EXPECT_EQ(first.records.size(), 2U);
  const Change second = change_of(People(first.records), rows);
  EXPECT_EQ(second.accepted, 0);
  EXPECT_EQ(second.unchanged, 2);
  EXPECT_THAT(second.records, IsEmpty());
  EXPECT_THAT(second.taken, ElementsAre(0, 1));
}

TEST(Change, of_a_known_history_only_the_new_row_counts) {
  const People before = stored({{.staff_no = "1"}, {.staff_no = "1", .group = "b", .effective_from = "2026-10-01"}});
  const Change change = change_of(before, file({{.staff_no = "1"},
                                                {.staff_no = "1", .group = "b", .effective_from = "2026-10-01"},
                                                {.staff_no = "1", .group = "c", .effective_from = "2026-11-01"}}));
  EXPECT_EQ(change.accepted, 1);
  EXPECT_EQ(change.unchanged, 2);
}

TEST(Change, a_known_base_row_that_takes_the_changes_away_counts) {
  const People before = stored({{.staff_no = "1"}, {.staff_no = "1", .group = "b", .effective_from = "2026-10-01"}});
  const Change change = change_of(before, file({{.staff_no = "1"}}));
  EXPECT_EQ(change.accepted, 1);
  EXPECT_EQ(change.records.front().history().size(), 1U);
}

TEST(Change, a_row_that_a_later_one_overrides_is_told) {
  const Change change =
      change_of(People(), file({{.staff_no = "1"}, {.staff_no = "2"}, {.staff_no = "1", .group = "x"}}));
  ASSERT_EQ(change.overridden.size(), 1U);
  EXPECT_EQ(change.overridden[0].index, 0U);
  EXPECT_EQ(change.overridden[0].by, 2U);
}

TEST(Change, a_phone_id_of_two_people_at_once_refuses_the_later_row_and_names_the_other) {
  const Change change = change_of(People(), file({{.staff_no = "1", .phone_ids = "P/1"},
                                                  {.staff_no = "2", .phone_ids = "P/2;P/1"},
                                                  {.staff_no = "3", .phone_ids = "P/2"}}));
  EXPECT_THAT(refused(change), ElementsAre(1));  // and so the third may have P/2
  EXPECT_EQ(change.refused[0].why.en,
            "phone id \"P/1\" is 1 (name of 1)'s from 2026-01-01 on; it can be one person's at a time");
  EXPECT_THAT(change.taken, ElementsAre(0, 2));
}

TEST(Change, what_is_stored_stands_before_the_file) {
  const People before = stored({{.staff_no = "1", .phone_ids = "P/1"}});
  EXPECT_THAT(refused(change_of(before, file({{.staff_no = "2", .phone_ids = "P/1"}}))), ElementsAre(0));
}

TEST(Change, a_phone_id_may_be_handed_over_day_by_day) {
  // 1 leaves on the 15th, 2 begins on the 16th; the same day would be one too many.
  const std::vector<Short> rows{{.staff_no = "1", .phone_ids = "P/1", .left_on = "2026-10-15"},
                                {.staff_no = "2", .phone_ids = "P/1", .hired_on = "2026-10-16"}};
  EXPECT_THAT(refused(change_of(People(), file(rows))), IsEmpty());
  auto same_day = rows;
  same_day[1].hired_on = "2026-10-15";
  EXPECT_THAT(refused(change_of(People(), file(same_day))), ElementsAre(1));
}

TEST(Change, two_people_may_swap_phone_ids_in_one_file_in_any_order) {
  const People before = stored({{.staff_no = "1", .phone_ids = "P/1"}, {.staff_no = "2", .phone_ids = "P/2"}});
  const Change change =
      change_of(before, file({{.staff_no = "1", .phone_ids = "P/2", .effective_from = "2026-10-16"},
                              {.staff_no = "2", .phone_ids = "P/1", .effective_from = "2026-10-16"}}));
  EXPECT_THAT(refused(change), IsEmpty());
  const Change half = change_of(before, file({{.staff_no = "1", .phone_ids = "P/2", .effective_from = "2026-10-16"}}));
  EXPECT_THAT(refused(half), ElementsAre(0));
}

TEST(Change, a_refused_row_that_would_have_made_room_refuses_the_one_that_counts_on_it) {
  const People before = stored({{.staff_no = "1", .phone_ids = "P/1"},
                                {.staff_no = "2", .phone_ids = "P/2"},
                                {.staff_no = "9", .phone_ids = "P/9"}});
  // 1 wants 9's phone, which 9 keeps; so 1 keeps P/1, and 2 cannot have it.
  const Change change =
      change_of(before, file({{.staff_no = "1", .phone_ids = "P/9"}, {.staff_no = "2", .phone_ids = "P/1"}}));
  EXPECT_THAT(refused(change), ElementsAre(0, 1));
  EXPECT_THAT(change.records, IsEmpty());
}

TEST(Change, coming_back_to_employment_can_refuse_too) {
  const People before = stored({{.staff_no = "1", .phone_ids = "P/1", .left_on = "2026-06-30"},
                                {.staff_no = "2", .phone_ids = "P/1", .hired_on = "2026-07-01"}});
  // The latest row decides employment: without left_on, 1 would hold P/1 all along.
  const Change change = change_of(before, file({{.staff_no = "1", .effective_from = "2026-12-01"}}));
  EXPECT_THAT(refused(change), ElementsAre(0));
}

TEST(Change, the_same_phone_id_twice_in_one_persons_history_is_fine) {
  EXPECT_THAT(
      refused(change_of(People(), file({{.staff_no = "1", .phone_ids = "P/1"},
                                        {.staff_no = "1", .phone_ids = "P/1", .effective_from = "2026-05-01"}}))),
      IsEmpty());
}

RC_GTEST_PROP(Change, nobody_ever_holds_a_phone_id_together, ()) {
  std::vector<StatedRow> rows;
  const auto random_rows = [&](int count) {
    std::vector<StatedRow> result;
    for (int i = 0; i < count; ++i) {
      PersonRow each;
      each.staff_no = std::to_string(*rc::gen::inRange(1, 5));
      each.hired_on = Date{*rc::gen::inRange(20'000, 20'005)};
      if (*rc::gen::arbitrary<bool>()) each.effective_from = Date{*rc::gen::inRange(20'000, 20'006)};
      if (*rc::gen::arbitrary<bool>()) each.left_on = each.hired_on.plus_days(*rc::gen::inRange(0, 6));
      each.phone_ids = {"P/" + std::to_string(*rc::gen::inRange(1, 4))};
      result.push_back({.row = each, .line = i + 2});
    }
    return result;
  };
  const auto first = random_rows(*rc::gen::inRange(1, 8));
  const Change once = change_of(People(), first);
  RC_ASSERT(!double_holding(once.records).has_value());
  RC_ASSERT(once.taken.size() + once.refused.size() == first.size());
  RC_ASSERT(once.accepted + once.unchanged == static_cast<std::int64_t>(once.taken.size()));

  const People before(once.records);
  const auto second = random_rows(*rc::gen::inRange(1, 8));
  const Change twice = change_of(before, second);
  std::vector<Person> all = twice.records;
  for (const auto& person : before.all()) {
    if (std::ranges::find(all, person.staff_no(), &Person::staff_no) == all.end()) all.push_back(person);
  }
  RC_ASSERT(!double_holding(all).has_value());
}

struct Difference {
  Short before;
  Short after;
  bool in_october;
};
TEST(Change, a_record_differs_in_a_month_when_something_of_its_days_does) {
  const Difference cases[] = {
      {{.staff_no = "1"}, {.staff_no = "1"}, false},
      {{.staff_no = "1"}, {.staff_no = "1", .group = "x"}, true},
      {{.staff_no = "1"}, {.staff_no = "1", .phone_ids = "P/1"}, true},
      {{.staff_no = "1"}, {.staff_no = "1", .hired_on = "2026-01-02"}, true},
      {{.staff_no = "1"}, {.staff_no = "1", .left_on = "2026-10-30"}, true},
      {{.staff_no = "1"}, {.staff_no = "1", .left_on = "2026-10-31"}, false},
      {{.staff_no = "1"}, {.staff_no = "1", .left_on = "2026-09-30"}, true},
      {{.staff_no = "1", .left_on = "2026-09-30"}, {.staff_no = "1", .group = "x", .left_on = "2026-09-29"}, false},
  };
  for (const auto& each : cases) {
    const Person before = Person::of(std::array{row(each.before)});
    const Person after = Person::of(std::array{row(each.after)});
    EXPECT_EQ(differs_in(&before, &after, Month{2026, 10}), each.in_october) << each.after.left_on << each.after.group;
  }
  const Person person = Person::of(std::array{row({.staff_no = "1"})});
  EXPECT_TRUE(differs_in(nullptr, &person, Month{2026, 10}));
  EXPECT_FALSE(differs_in(nullptr, &person, Month{2025, 10}));
  EXPECT_FALSE(differs_in(nullptr, nullptr, Month{2026, 10}));
}

}  // namespace
}  // namespace zh::people
