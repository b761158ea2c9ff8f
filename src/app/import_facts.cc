// zhiheng import facts
#include <fmt/format.h>

#include "app/fact_book.h"
#include "app/import_kinds.h"
#include "ledger/fact_file.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

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
  ZH_TRY(const auto book, FactBook::load(reading, std::make_shared<const people::People>(std::move(everybody))));
  ZH_CHECK(reading.commit());
  const ledger::FactRules rules = book.rules(centre.zone);

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
  ZH_CHECK(run.entering(tx));
  return tx.commit();
}

}  // namespace zh::app
