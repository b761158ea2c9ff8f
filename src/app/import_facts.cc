// zhiheng import facts
#include <fmt/format.h>

#include <unordered_map>

#include "app/import_kinds.h"
#include "app/packs.h"
#include "base/utf8.h"
#include "ledger/fact_file.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

// Who was employed when, with a sentence for those who were not.
class Employment {
 public:
  explicit Employment(people::People people) : people_(std::move(people)) {}

  Result<std::string_view> position_on(std::string_view staff_no, Date day) const {
    const people::Person* const person = people_.find(staff_no);
    if (person == nullptr) return unknown(staff_no);
    if (person->employed_on(day)) return people::name_of(person->on(day).position);
    const std::string hired = person->hired_on().to_string();
    const std::string left = person->left_on() ? person->left_on()->to_string() : "";
    if (day < person->hired_on()) {
      return invalid({.zh = fmt::format("{} 在 {} 尚未入职（入职日 {}）", staff_no, day.to_string(), hired),
                      .en = fmt::format("{} was not employed on {} (hired on {})", staff_no, day.to_string(), hired)});
    }
    return invalid({.zh = fmt::format("{} 在 {} 已离职（最后在职日 {}）", staff_no, day.to_string(), left),
                    .en = fmt::format("{} was not employed on {} (left on {})", staff_no, day.to_string(), left)});
  }

 private:
  // Looking for the nearest takes a while; a file that knows nobody must not take for ever.
  static constexpr std::size_t kSuggestions = 1000;

  Error unknown(std::string_view staff_no) const {
    std::string_view near;
    if (const auto told = nearest_.find(std::string(staff_no)); told != nearest_.end()) {
      near = told->second;
    } else if (nearest_.size() < kSuggestions) {
      near = nearest_.emplace(staff_no, people_.nearest_staff_no(staff_no)).first->second;
    }
    const std::string shown = utf8::shortened(staff_no, 40);
    if (near.empty()) {
      return error(ErrorCode::not_found,
                   {.zh = fmt::format("没有工号“{}”；请先导入人员", shown),
                    .en = fmt::format("there is no staff number \"{}\"; import people first", shown)});
    }
    return error(ErrorCode::not_found,
                 {.zh = fmt::format("没有工号“{}”；是否指“{}”？", shown, near),
                  .en = fmt::format("there is no staff number \"{}\"; did you mean \"{}\"?", shown, near)});
  }

  people::People people_;
  mutable std::unordered_map<std::string, std::string_view> nearest_;
};

Status stage(ImportRun& run, CsvTable& table, const ledger::FactRules& rules, ledger::FactStaging& staging) {
  for (;;) {
    ZH_TRY(const CsvStep step, table.next());
    if (step == CsvStep::end) return {};
    run.tally().rows += 1;
    if (step == CsvStep::bad_row) {
      ZH_CHECK(run.reject({table.problem(), table.raw()}));
      continue;
    }
    const auto row = ledger::parse_fact_row(table, rules);
    if (!row.ok()) {
      ZH_CHECK(run.reject({row.error(), table.raw()}));
      continue;
    }
    ZH_CHECK(row->retraction ? staging.retract(row->fact.source_ref) : staging.state(row->fact));
  }
}

void note_late(ImportRun& run, const ledger::FactCounts& counts) {
  if (counts.late == 0) return;
  run.outcome().notes.push_back(
      {.zh = fmt::format("{} 项变化属于已结账的月份，将在下一个未结账的月份调整", counts.late),
       .en = fmt::format("{} changes fall into closed months and will be settled as adjustments in the next open one",
                         counts.late)});
}

}  // namespace

Status import_facts(ImportRun& run) {
  Centre& centre = run.centre();
  ZH_TRY(auto reading, centre.database->read());
  ZH_TRY(auto everybody, people::load_people(reading));
  const Employment employment(std::move(everybody));
  ZH_TRY(const auto limits, FactLimitsByDay::load(reading));
  ZH_CHECK(reading.commit());
  const ledger::FactRules rules{
      .zone = centre.zone,
      .position_on = [&](std::string_view staff_no, Date day) { return employment.position_on(staff_no, day); },
      .limits_on = [&](Date day) -> const ledger::FactLimits& { return limits.on(day); }};

  CsvTable table(run.text(), run.file(), ledger::fact_columns());
  ZH_CHECK(table.read_header());
  run.set_header(table.header());
  ZH_TRY(auto workspace, centre.database->workspace());
  ZH_TRY(auto staging, ledger::FactStaging::open(workspace));
  ZH_CHECK(stage(run, table, rules, staging));
  ZH_CHECK(staging.finish());
  if (staging.size() == 0) return run.keep_rejects();

  ZH_TRY(auto tx, workspace.write());
  ZH_TRY(const auto batch, ledger::record_batch(tx, run.batch()));
  ZH_TRY(const auto counts, staging.merge(tx, batch));
  run.outcome().batch = batch;
  run.tally().accepted = counts.added + counts.withdrawn;
  run.tally().unchanged = counts.stated - run.tally().accepted;
  note_late(run, counts);
  ZH_CHECK(run.keep_rejects());
  return tx.commit();
}

}  // namespace zh::app
