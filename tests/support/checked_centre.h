// A centre whose pack has three checks, with contacts that were checked, one that was not, and people signed in: for
// tests of the routes of automatic checks. `stiff` forbids 什么事, `greeting` requires 您好, `warm` asks; 3 points
// each.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/load.h"
#include "rooms/inspection/api/inspection_api.h"
#include "rooms/people/people_store.h"
#include "rooms/policies/known_packs.h"
#include "tests/support/checked_contacts.h"
#include "tests/support/test_site.h"

namespace zh::testing_support {

class CheckedCentreTest : public StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    add_people();
    publish();
    contacts_ = std::make_unique<CheckedContacts>(database(), zone_);
    contacts_->import(chat_line("a", "2026-10-12T10:00:00", "1001", {"什么事"}) +
                      chat_line("b", "2026-10-12T10:01:00", "1003", {"您好"}));
    {
      auto tx = must(database().read());
      contacts_->check(must(packs_.pack_on(tx, Date::parse("2026-10-12").value())));
    }
    contacts_->import(chat_line("c", "2026-10-12T10:02:00", "1001", {"您好"}));  // not checked yet
    inspection::add_inspection_routes(
        site_.routes(), database(), zone_,
        {.pack_on = [this](db::Transaction& tx, Date day) { return packs_.pack_on(tx, day); },
         .pack_of = [this](db::Transaction& tx, const Hash& it) { return packs_.pack_of(tx, it); },
         .options = {},
         .contents = [this]() -> Result<vault::Contents*> { return &contacts_->contents(); },
         .judge = [] { return std::optional<std::string>("small"); }});
    site_.sign_in("supervisor", with_role(http::Role::qa_supervisor));
    using http::Role;
    site_.sign_in("agent", agent("1001"));
    site_.sign_in("leader-a", shift_leader("2001", "A"));
    site_.sign_in("leader-b", shift_leader("2002", "B"));
    site_.sign_in("inspector", with_role(Role::inspector));
    site_.sign_in("hr", with_role(Role::hr));
    site_.start();
  }
  void TearDown() override { contacts_.reset(); }

  void add_people() {
    std::vector<people::StatedRow> rows;
    for (const auto& [staff_no, group] : {std::pair{"1001", "A"}, {"1003", "B"}}) {
      people::PersonRow row;
      row.staff_no = staff_no;
      row.name = "name";
      row.group = group;
      row.position = people::Position::agent;
      row.hired_on = Date::parse("2020-01-01").value();
      rows.push_back({row, static_cast<int>(rows.size()) + 2});
    }
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"test"}, .content = {}, .actor = "test", .at = Instant::from_seconds(1)}));
    must(people::store_change(tx, batch, rows, change));
    must(tx.commit());
  }

  void publish() {
    policy::Sources sources;
    sources.name = "checked";
    sources.files["pack.yaml"] = "id: checked\ntitle: {zh: 包, en: pack}\n";
    sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
    const std::string head = "clause: A1, item: polite, severity: minor, points: 3";
    sources.files["checks.yaml"] = "checks:\n  stiff: {label: {zh: 生硬, en: stiff}, " + head +
                                   ", forbid: {phrases: 什么事}}\n  greeting: {label: {zh: 问候, en: greeting}, " +
                                   head +
                                   ", require: {phrases: 您好, role: agent}}\n  warm: {label: {zh: 热情, en: warm}, " +
                                   head + ", ask: {zh: 冷淡, en: cold}}\n";
    auto tx = must(database().write());
    must(policies::publish(tx, sources,
                           {.effective_from = Date::parse("2026-10-01").value(),
                            .now = Instant::from_seconds(1'790'000'000),
                            .actor = "test",
                            .closed_until = {},
                            .load = {}}));
    must(tx.commit());
  }

  Zone zone_ = Zone::find("Asia/Shanghai").value();
  policies::KnownPacks packs_;
  TestSite site_;
  std::unique_ptr<CheckedContacts> contacts_;
};

}  // namespace zh::testing_support
