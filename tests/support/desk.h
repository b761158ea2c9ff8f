// What the tests of the server's own routes share: a small centre under the sound pack, with a person of each kind
// signed in.
#pragma once

#include <fmt/format.h>

#include <memory>

#include "app/packs.h"
#include "app/server/desk_routes.h"
#include "ledger/batches.h"
#include "rooms/people/people_store.h"
#include "rooms/people/settings.h"
#include "rooms/policies/policies.h"
#include "tests/support/databases.h"
#include "tests/support/sound_pack.h"
#include "tests/support/test_site.h"

namespace zh::app {

class DeskTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    centre_ = std::make_unique<Centre>(Centre{.dir = folder(),
                                              .database = std::move(database_),
                                              .zone = testing_support::must(Zone::find("Asia/Shanghai")),
                                              .actor = "operator"});
    publish(pack());
    state_people();
    site.set_now(kNow);
    site.sign_in("manager", testing_support::with_role(http::Role::manager));
    site.sign_in("hr", testing_support::with_role(http::Role::hr));
    site.sign_in("admin", testing_support::with_role(http::Role::admin));
    site.sign_in("trainer", testing_support::with_role(http::Role::trainer));
    site.sign_in("leader-a", testing_support::shift_leader("1009", "A"));
    site.sign_in("agent-1001", testing_support::agent("1001"));
  }
  void TearDown() override {
    if (centre_ != nullptr) database_ = std::move(centre_->database);
    StorageTest::TearDown();
  }

  // The regulation the centre works under.
  virtual policy::Sources pack() const { return testing_support::sound_pack(); }

  Centre& centre() { return *centre_; }
  Serving serving() {
    return {.centre = centre(), .events = site.routes().events(), .jobs_queued = [this] { ++queued; }};
  }

  void publish(const policy::Sources& sources) {
    auto tx = testing_support::must(centre().database->write());
    testing_support::must(policies::publish(tx, sources,
                                            {.effective_from = people::kAlways,
                                             .now = kNow,
                                             .actor = "operator",
                                             .closed_until = {},
                                             .load = pack_load_options()}));
    testing_support::must(tx.commit());
  }

  // 1001 and 1002 in group A under 1009, 2001 in group B.
  void state_people() {
    const auto row = [](const std::string& staff_no, const std::string& group, people::Position position) {
      people::PersonRow person;
      person.staff_no = staff_no;
      person.name = "N" + staff_no;
      person.group = group;
      person.position = position;
      person.hired_on = testing_support::must(Date::parse("2020-01-01"));
      person.phone_ids = {"Agent/" + staff_no};
      return people::StatedRow{.row = person, .line = 2};
    };
    std::vector<people::StatedRow> rows{
        row("1001", "A", people::Position::agent), row("1002", "A", people::Position::agent),
        row("2001", "B", people::Position::agent), row("1009", "A", people::Position::shift_leader)};
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].line = static_cast<int>(i) + 2;
    auto tx = testing_support::must(centre().database->write());
    testing_support::must(people::lock_people(tx));
    const auto batch = testing_support::must(ledger::record_batch(
        tx, {.kind = "people", .files = {"people.csv"}, .content = {}, .actor = "operator", .at = kNow}));
    testing_support::must(people::store_change(tx, batch, rows, people::change_of(people::People(), rows)));
    testing_support::must(tx.commit());
  }

  std::vector<ledger::AuditEvent> audit() {
    auto tx = testing_support::must(centre().database->read());
    auto reader = testing_support::must(ledger::read_audit(tx));
    std::vector<ledger::AuditEvent> events;
    while (reader.next()) events.push_back(reader.entry().event);
    testing_support::must(reader.finish());
    return events;
  }

  static constexpr Instant kNow = Instant::from_seconds(1'795'000'000);  // 2026-11-18 19:06 in Shanghai
  testing_support::TestSite site;
  int queued = 0;

 private:
  std::unique_ptr<Centre> centre_;
};

}  // namespace zh::app
