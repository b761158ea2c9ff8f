// The small centre of quality_centre.h with calls to draw from: agent 1011 of group C took six calls of 60 seconds in
// the first round's days, "call-1" … "call-6".
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/source.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/quality/plan/draw.h"
#include "tests/support/quality_centre.h"

namespace zh::testing_support {

class QualityCallsTest : public QualityTest {
 protected:
  void SetUp() override {
    QualityTest::SetUp();
    if (IsSkipped()) return;
    add_caller("1011", "call");
  }

  // Another agent of group C with six calls on the same days, "NAME-1" … "NAME-6".
  void add_caller(const std::string& staff_no, const std::string& name) {
    add_agent(staff_no);
    take_calls(staff_no, name);
  }

  // Drawn up, and approved with a seed for each round on the plan's own days: `approved_at` decides whether in time.
  quality::Plan committed(Instant approved_at) {
    const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
    quality::By by = manager();
    by.now = approved_at;
    return must(in_write([&](auto& tx) { return approve_and_commit(tx, regulation(), plan, by); }));
  }

 private:
  void add_agent(const std::string& staff_no) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.name = "name of " + staff_no;
    row.group = "C";
    row.hired_on = Date::parse("2020-01-01").value();
    row.phone_ids = {"Agent/" + staff_no};
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const std::vector<people::StatedRow> rows{{row, 2}};
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"test"}, .content = {}, .actor = "test", .at = at("2026-01-01")}));
    must(people::store_change(tx, batch, rows, change));
    must(tx.commit());
  }

  void take_calls(const std::string& staff_no, const std::string& name) {
    std::string log;
    for (int i = 1; i <= 6; ++i) {
      const std::int64_t offered = at("2026-10-0" + std::to_string(i) + "T10:00:00").seconds();
      log += fmt::format("{0}|{1}-{2}|sales|NONE|ENTERQUEUE||13900000000|1\n", offered, name, i);
      log += fmt::format("{0}|{1}-{2}|sales|Agent/{3}|CONNECT|1|x|1\n", offered + 1, name, i, staff_no);
      log += fmt::format("{0}|{1}-{2}|sales|Agent/{3}|COMPLETEAGENT|1|60|1\n", offered + 61, name, i, staff_no);
    }
    auto tx = must(database().read());
    const auto people = must(people::load_people(tx));
    must(tx.commit());
    TextSource text(log);
    contacts::ImportFile file{.text = text,
                              .name = "queue_log",
                              .reject = [](const Reject&) { return Status(); },
                              .header = {},
                              .before_entering = [&](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
                                batch.kind = "queue-log";
                                batch.files = {"queue_log"};
                                batch.actor = "test";
                                batch.at = now;
                                return batch;
                              }};
    must(contacts::import_queue_log(database(), {.people = people, .zone = regulation().zone}, file));
  }
};

}  // namespace zh::testing_support
