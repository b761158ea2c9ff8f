// A small centre for tests of the quality room: agents 1001 and 1002 of group A, 1003 of group B; inspectors 3001 and
// 3002 of group Q, 3003 of group A; the supervisor 4001; the manager 5001. The pack is the shipped one with two rounds
// a month. October 2026 is over.
//
//   class PlanTest : public QualityTest {};
//   ZH_ON_BOTH_DATABASES(PlanTest);
#pragma once

#include <gmock/gmock.h>

#include "ledger/audit.h"
#include "ledger/batches.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/review/batch.h"
#include "tests/support/databases.h"
#include "tests/support/rubrics.h"

namespace zh::testing_support {

inline const policy::Pack& pack_with_two_rounds() {
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

class QualityTest : public StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    const auto pack = [](db::Transaction&, auto&&) -> Result<quality::PackPtr> {
      return quality::PackPtr(std::shared_ptr<const void>(), &pack_with_two_rounds());
    };
    regulation_ = std::make_unique<quality::Regulation>(
        quality::Regulation{.zone = Zone::find("Asia/Shanghai").value(), .pack_on = pack, .pack_of = pack});
    using people::Position;
    add_person("1001", Position::agent, "A");
    add_person("1002", Position::agent, "A");
    add_person("1003", Position::agent, "B");
    add_person("3001", Position::inspector, "Q");
    add_person("3002", Position::inspector, "Q");
    add_person("3003", Position::inspector, "A");
    add_person("4001", Position::supervisor, "Q");
    add_person("5001", Position::manager, "M");
  }

  void add_person(const std::string& staff_no, people::Position position, const std::string& group) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.name = "name of " + staff_no;
    row.group = group;
    row.position = position;
    row.hired_on = Date::parse("2020-01-01").value();
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const std::vector<people::StatedRow> rows{{row, 2}};
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"test"}, .content = {}, .actor = "test", .at = at("2026-01-01")}));
    must(people::store_change(tx, batch, rows, change));
    must(tx.commit());
  }

  const quality::Regulation& regulation() const { return *regulation_; }
  Instant at(std::string_view text) const { return Zone::find("Asia/Shanghai")->parse_instant(text).value(); }

  quality::By by(const std::string& account, const std::string& staff_no, const std::string& role) const {
    return {.actor = {.account = account, .staff_no = staff_no, .roles = {role}}, .now = now};
  }
  quality::By supervisor() const { return by("supervisor", "4001", "qa_supervisor"); }
  quality::By manager() const { return by("manager", "5001", "manager"); }
  quality::By inspector(const std::string& staff_no) const {
    return by("inspector-" + staff_no, staff_no, "inspector");
  }
  quality::By agent(const std::string& staff_no) const { return by("agent-" + staff_no, staff_no, "agent"); }

  static quality::PlanDraft october() {
    const Month month = Month::parse("2026-10").value();
    return {.month = month,
            .title = "October",
            .scope = {},
            .rounds = quality::default_rounds(month, pack_with_two_rounds()),
            .inspectors = {{"3001", 10}, {"3002", 10}}};
  }

  // A call of that agent on the first days of October; `place` tells them apart.
  quality::DrawnRecord call(const std::string& staff_no, int place, std::string channel = "call") const {
    return {.contact = "call-" + std::to_string(place),
            .channel = std::move(channel),
            .product = "support",
            .staff_no = staff_no,
            .group = staff_no == "1003" ? "B" : "A",
            .occurred_at = at("2026-10-0" + std::to_string(place) + "T10:00:00"),
            .probability = "2/9"};
  }

  // A step in a transaction of its own, committed when it succeeds.
  template <class Step>
  auto in_write(Step step) -> decltype(step(std::declval<db::Transaction&>())) {
    auto tx = must(database().write());
    auto result = step(tx);
    if (result.ok()) must(tx.commit());
    return result;
  }
  template <class Ask>
  auto in_read(Ask ask) {
    auto tx = must(database().read());
    return must(ask(tx));
  }

  // The approved plan of October.
  quality::Plan approved() {
    const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
    return must(in_write([&](auto& tx) { return approve_plan(tx, plan, manager()); }));
  }
  // The same with the first round drawn: each record's place is its index + 1.
  quality::Plan running(const std::vector<quality::DrawnRecord>& records) {
    const auto plan = approved();
    return must(in_write([&](auto& tx) { return start_round(tx, regulation(), plan, 1, records, supervisor()); }));
  }
  quality::Inspection found(int place) {
    return in_read([&](auto& tx) { return quality::find_inspection(tx, {1, 1, place}); });
  }
  // Taken, marked and submitted by its inspector.
  quality::Inspection submitted(int place, const quality::Marks& marks) {
    const quality::Inspection drawn = found(place);
    const quality::By by = inspector(drawn.inspector);
    const auto taken = must(in_write([&](auto& tx) { return take(tx, drawn, by); }));
    const auto saved = must(in_write([&](auto& tx) { return save_draft(tx, regulation(), taken, marks, {}, by); }));
    return must(in_write([&](auto& tx) { return submit(tx, regulation(), saved, by); }));
  }
  // The inspector's batch handed in and published.
  quality::Batch published(const std::string& inspector_no) {
    const auto batches = in_read([&](auto& tx) { return quality::batches_of(tx, inspector_no); });
    const auto handed_in =
        must(in_write([&](auto& tx) { return hand_in(tx, batches.front(), inspector(inspector_no)); }));
    return must(in_write([&](auto& tx) { return publish(tx, regulation(), handed_in, supervisor()); }));
  }

  Instant now = at("2026-11-03T09:00:00");  // a Tuesday

 private:
  std::unique_ptr<quality::Regulation> regulation_;
};

inline quality::Marks one_finding(std::string severity, int points) {
  quality::Marks marks;
  marks.findings.push_back({.number = 1,
                            .item = "listening",
                            .choice = std::move(severity),
                            .points = points,
                            .span = {},
                            .reason = "interrupts the customer"});
  return marks;
}

}  // namespace zh::testing_support
