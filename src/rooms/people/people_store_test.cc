#include "rooms/people/people_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/statements.h"
#include "rooms/people/settings.h"
#include "tests/support/databases.h"

namespace zh::people {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::must;

class PeopleStore : public testing_support::StorageTest {
 protected:
  // Imports a file of rows without its header; gives the batch.
  ledger::BatchId import(std::string_view lines) {
    std::string text =
        "staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids,effective_from\n";
    text += lines;
    TextSource source(text);
    CsvTable table(source, "people.csv", people_columns());
    must(table.read_header());
    std::vector<StatedRow> rows;
    while (must(table.next()) == CsvStep::row)
      rows.push_back({.row = must(parse_person_row(table)), .line = table.line()});
    auto tx = must(database().write());
    must(lock_people(tx));
    change_ = change_of(must(load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"people.csv"}, .content = sha256(text), .actor = "test", .at = Instant{1}}));
    must(store_change(tx, batch, rows, change_));
    must(tx.commit());
    return batch;
  }

  Result<ledger::FactCounts> undo(ledger::BatchId batch) {
    auto tx = must(database().write());
    auto counts = ledger::undo_batch(tx, {.batch = batch, .actor = "test", .at = Instant{2}, .parts = {undo_people}});
    if (counts.ok()) must(tx.commit());
    return counts;
  }

  std::vector<Person> everybody() {
    auto tx = must(database().read());
    return must(load_people(tx)).all();
  }
  // Every test ends in it: what is kept is what the assertions give.
  void expect_rebuildable() {
    auto tx = must(database().read());
    EXPECT_EQ(must(load_people(tx)).all(), must(rebuilt_people(tx)).all());
  }

  void close(Month month) {
    auto tx = must(database().write());
    ledger::ClosedPeriod period;
    period.period = month;
    period.interval = Zone::utc().interval_of(month);
    period.closed_at = Instant{3};
    period.actor = "test";
    must(ledger::close_period(tx, period));
    must(tx.commit());
  }

  Change change_;
};
ZH_ON_BOTH_DATABASES(PeopleStore);

constexpr std::string_view kTwo =
    "1001,张三,g1,agent,2024-02-29,2024-05-31,2026-10-30,b;a,P/1001;Agent/1001,\n"
    "1002,,g2,hr,2026-01-01,,,,,\n";

TEST_P(PeopleStore, keeps_every_field) {
  import(kTwo);
  const auto people = everybody();
  ASSERT_EQ(people.size(), 2U);
  const PersonRow& row = people[0].latest();
  EXPECT_EQ(row.name, "张三");
  EXPECT_EQ(row.group, "g1");
  EXPECT_EQ(row.position, Position::agent);
  EXPECT_EQ(row.hired_on.to_string(), "2024-02-29");
  EXPECT_EQ(row.probation_until->to_string(), "2024-05-31");
  EXPECT_EQ(row.left_on->to_string(), "2026-10-30");
  EXPECT_THAT(row.products, ElementsAre("a", "b"));
  EXPECT_THAT(row.phone_ids, ElementsAre("Agent/1001", "P/1001"));
  EXPECT_EQ(people[1].latest().name, "");
  EXPECT_EQ(people[1].latest().position, Position::hr);
  expect_rebuildable();
}

TEST_P(PeopleStore, the_same_file_twice_changes_nothing_and_either_batch_keeps_it) {
  const auto first = import(kTwo);
  const auto before = everybody();
  const auto second = import(kTwo);
  EXPECT_EQ(change_.accepted, 0);
  EXPECT_EQ(change_.unchanged, 2);
  EXPECT_EQ(everybody(), before);
  must(undo(first));
  EXPECT_EQ(everybody(), before);
  must(undo(second));
  EXPECT_THAT(everybody(), IsEmpty());
  expect_rebuildable();
}

TEST_P(PeopleStore, undoing_a_change_gives_the_record_before_it) {
  import("1,n,g1,agent,2026-01-01,,,,P/1,\n");
  const auto before = everybody();
  const auto moved = import("1,n,g2,agent,2026-01-01,,,,P/2,2026-10-16\n");
  EXPECT_EQ(everybody().front().history().size(), 2U);
  must(undo(moved));
  EXPECT_EQ(everybody(), before);
  expect_rebuildable();
}

TEST_P(PeopleStore, undoing_a_base_row_brings_back_the_history_that_it_replaced) {
  import("1,n,g1,agent,2026-01-01,,,,,\n1,n,g2,agent,2026-01-01,,,,,2026-10-16\n");
  const auto before = everybody();
  const auto anew = import("1,n,g3,agent,2026-01-01,,,,,\n");
  EXPECT_EQ(everybody().front().history().size(), 1U);
  must(undo(anew));
  EXPECT_EQ(everybody(), before);
  expect_rebuildable();
}

TEST_P(PeopleStore, an_undo_that_would_give_one_phone_to_two_is_refused_and_changes_nothing) {
  import("1,n,g,agent,2026-01-01,,,,P/1,\n");
  const auto gives_up = import("1,n,g,agent,2026-01-01,,,,,\n");
  import("2,m,g,agent,2026-01-01,,,,P/1,\n");
  const auto before = everybody();
  const auto undone = undo(gives_up);
  ASSERT_FALSE(undone.ok());
  EXPECT_EQ(undone.error().code, ErrorCode::conflict);
  EXPECT_THAT(undone.error().message.en, HasSubstr("phone id \"P/1\" would be 1's and 2's"));
  EXPECT_EQ(everybody(), before);
}

TEST_P(PeopleStore, an_undo_that_would_change_a_closed_month_is_refused) {
  import("1,n,g1,agent,2026-01-01,,,,,\n");
  const auto october = import("1,n,g2,agent,2026-01-01,,,,,2026-10-31\n");
  const auto november = import("1,n,g3,agent,2026-01-01,,,,,2026-11-01\n");
  close(Month{2026, 10});
  must(undo(november));
  const auto undone = undo(october);
  ASSERT_FALSE(undone.ok());
  EXPECT_EQ(undone.error().code, ErrorCode::conflict);
  EXPECT_THAT(undone.error().message.en, HasSubstr("closed month 2026-10"));
}

TEST_P(PeopleStore, names_go_with_the_last_batch_that_states_them) {
  const auto batch = import(kTwo);
  must(undo(batch));
  auto tx = must(database().read());
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT count(*) FROM people_names")), 0);
  EXPECT_EQ(must(tx.value<std::int64_t>("SELECT count(*) FROM people_rows")), 0);
}

TEST_P(PeopleStore, any_sequence_of_imports_and_undos_equals_the_imports_that_are_left) {
  std::vector<std::string> lines;
  for (int i = 0; i < 6; ++i) {
    const std::string from = i % 3 == 0 ? "" : "2026-10-" + std::to_string(10 + i);
    lines.push_back("1,n,g" + std::to_string(i) + ",agent,2026-01-01,,,,," + from + "\n");
  }
  std::vector<ledger::BatchId> batches;
  for (const auto& line : lines) batches.push_back(import(line));
  for (const std::size_t gone : {1U, 3U, 4U}) must(undo(batches[gone]));
  const auto left = everybody();
  expect_rebuildable();
  std::vector<std::string> groups;
  for (const auto& row : left.front().history()) groups.push_back(row.group);
  EXPECT_THAT(groups, ElementsAre("g0", "g2", "g5"));
}

TEST_P(PeopleStore, settings_hold_from_their_day) {
  const auto set = [&](std::string name, std::string value, std::optional<Date> from) {
    auto tx = must(database().write());
    const auto status = set_setting(
        tx, {.name = std::move(name), .value = std::move(value), .effective_from = from, .actor = "test", .at = {}});
    if (status.ok()) must(tx.commit());
    return status.ok() ? std::string() : status.error().message.en;
  };
  const auto on = [&](std::string_view day) {
    auto tx = must(database().read());
    return must(setting_on(tx, kMinimumWage, must(Date::parse(day))));
  };
  EXPECT_EQ(set("minimum_wage", "2300", must(Date::parse("2025-07-01"))), "");
  EXPECT_EQ(set("minimum_wage", "2490.5", must(Date::parse("2026-01-01"))), "");
  EXPECT_EQ(on("2025-06-30"), std::nullopt);
  EXPECT_EQ(on("2025-07-01"), "2300.00");
  EXPECT_EQ(on("2025-12-31"), "2300.00");
  EXPECT_EQ(on("2026-01-01"), "2490.50");
  EXPECT_EQ(set("minimum_wage", "2500", must(Date::parse("2026-01-01"))), "");
  EXPECT_EQ(on("2026-10-01"), "2500.00");
  EXPECT_EQ(set("time_zone", "Asia/Shanghai", {}), "");

  EXPECT_THAT(set("minimum_wage", "2500", {}), HasSubstr("--from"));
  EXPECT_THAT(set("time_zone", "Asia/Shanghai", Date{}), HasSubstr("no date"));
  EXPECT_THAT(set("time_zone", "Mars/Olympus", {}), testing::Not(IsEmpty()));
  EXPECT_THAT(set("minimum_wage", "much", Date{}), testing::Not(IsEmpty()));
  EXPECT_THAT(set("minimum_wage", "0", Date{}), HasSubstr("more than 0"));
  EXPECT_THAT(set("jurisdiction", "atlantis", Date{}), HasSubstr("national, guangdong, shenzhen"));
  EXPECT_THAT(set("colour", "red", Date{}),
              HasSubstr("there are: draft_sheets, jurisdiction, keep_recordings_days, keep_transcripts_days, "
                        "log_silence_hours, minimum_wage, time_zone"));
  auto tx = must(database().read());
  EXPECT_EQ(must(all_settings(tx)).size(), 3U);
}

}  // namespace
}  // namespace zh::people
