#include "app/analyse_stored.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/centre.h"
#include "app/content.h"
#include "app/days.h"
#include "app/progress.h"
#include "base/json.h"
#include "rooms/contacts/acoustics/measuring.h"

namespace zh::app {

namespace {

Status let_wait(Centre& centre, const ChosenDays& days) {
  if (days.empty()) return {};
  ZH_TRY(auto tx, centre.database->write());
  ZH_CHECK(contacts::measure_again(tx, days.interval(centre.zone)));
  return tx.commit();
}

Result<contacts::MeasuringRun> measure(const Session& session, const std::string& data, const ChosenDays& days) {
  ZH_TRY(Centre centre, open_centre(data));
  ZH_TRY(const auto store, ContentStore::open(centre));
  ZH_CHECK(let_wait(centre, days));
  ProgressBar bar(session.say({.zh = "分析录音", .en = "analysing"}), std::nullopt);
  auto run = contacts::measure_awaiting(
      *centre.database, store->contents(),
      {.threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U)),
       .now = system_now(),
       .progress = [&bar](std::int64_t done, std::int64_t) { bar.reached(static_cast<std::uint64_t>(done)); }});
  bar.clear();
  return run;
}

void print(Session& session, const contacts::MeasuringRun& run) {
  if (session.json) {
    return session.print(
        json::pretty(json::Object{{"contacts", run.contacts}, {"damaged", run.damaged}, {"waiting", run.waiting}}));
  }
  session.print(session.say({.zh = fmt::format("已分析 {} 个联络的录音，其中 {} 个有缺损\n", run.contacts, run.damaged),
                             .en = fmt::format("{} contacts measured; of {} part of a recording could not be read\n",
                                               run.contacts, run.damaged)}));
}

}  // namespace

void analyse_stored(Session& session, const StoredRecordings& which) {
  const ChosenDays days = chosen_days(session, which.from, which.to);
  const auto run = measure(session, which.data, days);
  if (!run.ok()) return session.fail(run.error());
  if (run->damaged > 0) session.exit = exit_some_rejected;
  print(session, *run);
  // Some recordings could not be fetched: they wait, and the command has not done what it was asked for.
  if (run->away) session.fail(*run->away);
}

}  // namespace zh::app
