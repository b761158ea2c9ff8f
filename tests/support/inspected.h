// Inspections in every state that matters to who reads them, for tests of the whole server: 1-1-1 of 1001, 1-1-2 of
// 1002 (group A) and 1-1-3 of 2001 (group B) are published with a severe finding, asked about and appealed against;
// 1-1-4 of 1001 is still a draft. All are inspected by 3001; the supervisor is 4001. Both have scored the record of
// 2001 in a calibration session, whose marks are laid open.
//
//   policy::Sources pack() const override { return with_inspections(sound_pack()); }
//   const Inspected inspected(centre(), kNow);
#pragma once

#include "app/centre.h"
#include "app/inspecting.h"
#include "ledger/batches.h"
#include "policy/sources.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/appeal/thread.h"
#include "rooms/quality/calibration/session.h"
#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/review/batch.h"
#include "tests/support/databases.h"

namespace zh::testing_support {

namespace calibration = quality::calibration;

// The pack with a rubric, appeals and rectification, under its clause A1.
inline policy::Sources with_inspections(policy::Sources pack) {
  pack.files["rubric.yaml"] = R"yaml(
rubrics:
  tested:
    label: {zh: 检查表, en: rubric}
    clause: A1
    channels: [call]
    form: deduct
    score: {unit: points, full_mark: 100, floor: 0, round: "round half up(value, 2)"}
    severities:
      - {id: severe, label: {zh: 严重, en: severe}, clause: A1, unit: points, points: "[7..10]", talk: true}
    dimensions:
      - id: attitude
        label: {zh: 态度, en: attitude}
        clause: A1
        items:
          - {id: polite, label: {zh: 礼貌, en: polite}, clause: A1}
)yaml";
  pack.files["inspections.yaml"] = R"yaml(
inspections:
  appeals:
    label: {zh: 申诉, en: appeals}
    clause: A1
    unit: days
    window: 5
    rest_days: [saturday, sunday]
  rectification:
    label: {zh: 整改, en: rectification}
    clause: A1
    unit: days
    due: 7
    severities: [severe]
)yaml";
  return pack;
}

class Inspected {
 public:
  Inspected(app::Centre& centre, Instant now) : centre_(centre), regulation_(app::regulation_of(centre)), now_(now) {
    add_inspectors();
    draw({"1001", "1002", "2001", "1001"});
    for (int place = 1; place <= 4; ++place) mark(place);
    for (int place = 1; place <= 3; ++place) submit(place);
    publish(1);
    for (const auto& [place, staff_no] : {std::pair{1, "1001"}, std::pair{2, "1002"}, std::pair{3, "2001"}}) {
      object_to(place, staff_no);
    }
    calibrate();
  }

  // 1-1-4 as well: a result that nobody has appealed against.
  void publish_the_draft() {
    submit(4);
    publish(2);
  }

 private:
  quality::By by(const std::string& staff_no, const std::string& role) const {
    return {.actor = {.account = role + "-" + staff_no, .staff_no = staff_no, .roles = {role}}, .now = now_};
  }
  quality::By inspector() const { return by("3001", "inspector"); }

  template <class Step>
  auto in_write(Step step) {
    auto tx = must(centre_.database->write());
    auto result = must(step(tx));
    must(tx.commit());
    return result;
  }

  void add_inspectors() {
    std::vector<people::StatedRow> rows;
    for (const auto& [staff_no, position] :
         {std::pair{"3001", people::Position::inspector}, std::pair{"4001", people::Position::supervisor}}) {
      people::PersonRow row;
      row.staff_no = staff_no;
      row.name = std::string("N") + staff_no;
      row.group = "Q";
      row.position = position;
      row.hired_on = must(Date::parse("2020-01-01"));
      rows.push_back({.row = row, .line = static_cast<int>(rows.size()) + 2});
    }
    auto tx = must(centre_.database->write());
    must(people::lock_people(tx));
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"inspectors.csv"}, .content = {}, .actor = "operator", .at = now_}));
    must(people::store_change(tx, batch, rows, change));
    must(tx.commit());
  }

  // A plan of last month with one round; the records go to 3001 in that order.
  void draw(const std::vector<std::string>& agents) {
    const Month month = must(Month::parse("2026-10"));
    const quality::PlanDraft draft{.month = month,
                                   .title = "October",
                                   .scope = {},
                                   .rounds = {{.round = 1,
                                               .first_day = month.first(),
                                               .last_day = month.last(),
                                               .publish_before = month.last().plus_days(8),
                                               .per_agent = 1,
                                               .drawn_at = {}}},
                                   .inspectors = {{"3001", 10}}};
    std::vector<quality::DrawnRecord> records;
    for (const std::string& staff_no : agents) {
      records.push_back({.contact = "record-" + std::to_string(records.size() + 1) + "-of-" + staff_no,
                         .channel = "call",
                         .product = "sales",
                         .staff_no = staff_no,
                         .group = staff_no == "2001" ? "B" : "A",
                         .occurred_at = centre_.zone.start_of(month.first()),
                         .probability = "1/9"});
    }
    const auto supervisor = by("4001", "qa_supervisor");
    const auto plan = in_write([&](auto& tx) { return quality::draw_up_plan(tx, regulation_, draft, supervisor); });
    const auto approved = in_write([&](auto& tx) { return quality::approve_plan(tx, plan, by("5001", "manager")); });
    in_write([&](auto& tx) { return quality::start_round(tx, regulation_, approved, 1, records, supervisor); });
  }

  quality::Inspection found(db::Transaction& tx, int place) {
    return must(quality::find_inspection(tx, {1, 1, place}));
  }

  void mark(int place) {
    quality::Marks marks;
    marks.findings.push_back(
        {.number = 1, .item = "polite", .choice = "severe", .points = 8, .span = {}, .reason = "shouts"});
    const auto taken = in_write([&](auto& tx) { return quality::take(tx, found(tx, place), inspector()); });
    in_write([&](auto& tx) { return quality::save_draft(tx, regulation_, taken, marks, {}, inspector()); });
  }
  void submit(int place) {
    in_write([&](auto& tx) { return quality::submit(tx, regulation_, found(tx, place), inspector()); });
  }
  void publish(int number) {
    const auto handed_in = in_write(
        [&](auto& tx) { return quality::hand_in(tx, must(quality::find_batch(tx, "3001", number)), inspector()); });
    in_write([&](auto& tx) { return quality::publish(tx, regulation_, handed_in, by("4001", "qa_supervisor")); });
  }
  void object_to(int place, const std::string& staff_no) {
    const quality::InspectionKey key{1, 1, place};
    const quality::By agent = by(staff_no, "agent");
    in_write([&](auto& tx) { return quality::add_message(tx, key, 1, "which words?", agent); });
    const quality::NewAppeal wish{.finding = 1, .proposed = {.choice = "severe", .points = 7}, .reason = "I did not"};
    in_write([&](auto& tx) { return quality::file_appeal(tx, regulation_, key, wish, agent); });
  }

  void calibrate() {
    const calibration::SessionDraft draft{.title = "October",
                                          .rubric = "tested",
                                          .records = {{.contact = "record-3-of-2001", .channel = "call"}},
                                          .inspectors = {"3001", "4001"}};
    const auto supervisor = by("4001", "qa_supervisor");
    const auto session =
        in_write([&](auto& tx) { return calibration::open_session(tx, regulation_, draft, supervisor); });
    for (const char* const staff_no : {"3001", "4001"}) {
      auto tx = must(centre_.database->write());
      must(calibration::hand_in(tx, regulation_, session.number, 1, {}, by(staff_no, "inspector")));
      must(tx.commit());
    }
    in_write([&](auto& tx) { return calibration::compare(tx, session, supervisor); });
  }

  app::Centre& centre_;
  quality::Regulation regulation_;
  Instant now_;
};

}  // namespace zh::testing_support
