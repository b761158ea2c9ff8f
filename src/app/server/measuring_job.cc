#include "app/server/measuring_job.h"

#include <algorithm>
#include <thread>

#include "app/content.h"
#include "app/server/inspect_job.h"
#include "base/json.h"
#include "rooms/contacts/acoustics/measuring.h"

namespace zh::app {

namespace {

Status inspect_measured(Centre& centre, jobs::JobRun& run, std::int64_t contacts) {
  if (contacts == 0) return {};
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(queue_inspection(tx, system_now()));
  return tx.commit();
}

}  // namespace

Status run_measuring_job(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(const auto store, ContentStore::open(centre));
  const contacts::MeasuringOrder order{
      .threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency() / 2)),
      .now = system_now(),
      .stop = run.stop(),
      .progress = [&run](std::int64_t done, std::int64_t total) {
        run.progress(done, total, {.zh = "分析录音", .en = "analysing recordings"});
      }};
  contacts::MeasuringRun all;
  for (;;) {
    ZH_TRY(const contacts::MeasuringRun some, contacts::measure_awaiting(*centre.database, store->contents(), order));
    all.contacts += some.contacts;
    all.damaged += some.damaged;
    if (some.away) {
      // What was measured is looked at; the rest waits for the job's next attempt.
      ZH_CHECK(inspect_measured(centre, run, all.contacts));
      return *some.away;
    }
    ZH_TRY(auto tx, centre.database->write(run.stop()));
    ZH_CHECK(tx.lock("contacts"));
    ZH_TRY(const bool more, contacts::anything_awaits(tx));
    if (more) continue;
    if (all.contacts > 0) ZH_CHECK(queue_inspection(tx, system_now()));
    ZH_CHECK(run.complete(tx, json::compact(json::Object{{"contacts", all.contacts}, {"damaged", all.damaged}})));
    return tx.commit();
  }
}

Status look_for_recordings(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(contacts::queue_measuring(tx, system_now()));
  ZH_CHECK(run.complete(tx));
  return tx.commit();
}

}  // namespace zh::app
