#include "app/server/inspect_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/content.h"
#include "app/judge.h"
#include "base/json.h"
#include "rooms/inspection/inspection.h"
#include "rooms/policies/known_packs.h"

namespace zh::app {

namespace {

// Jobs of one stretch of time are one, due when a transaction that began in it has surely ended.
constexpr std::int64_t kStretchUs = 5'000'000;
constexpr std::int64_t kSettledUs = 5'000'000;
constexpr std::size_t kUnreadableShown = 20;

std::string result_json(const inspection::Run& run) {
  json::Array unreadable;
  for (const inspection::Unreadable& it : run.unreadable) {
    if (unreadable.size() == kUnreadableShown) break;
    unreadable.push_back(json::Object{{"source_id", it.source_id},
                                      {"zh", it.error.to_string(Language::zh)},
                                      {"en", it.error.to_string(Language::en)}});
  }
  return json::compact(json::Object{{"contacts", run.contacts},
                                    {"checked", run.checked},
                                    {"not_checked", static_cast<std::int64_t>(run.unreadable.size())},
                                    {"unreadable", std::move(unreadable)}});
}

}  // namespace

Status queue_inspection(db::Transaction& tx, Instant now) {
  const std::int64_t stretch = now.us / kStretchUs;
  ZH_TRY([[maybe_unused]] const auto queued, jobs::enqueue(tx,
                                                           {.kind = std::string(kInspectNewJob),
                                                            .unique_key = fmt::format("{} {}", kInspectNewJob, stretch),
                                                            .due = Instant{(stretch + 1) * kStretchUs + kSettledUs}},
                                                           now));
  return {};
}

Status run_inspect_job(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(const vault::Keys keys, content_keys(centre));
  const inspection::Order order{.offered = inspection::kAllTime,
                                .threads = static_cast<int>(std::max(std::thread::hardware_concurrency() / 2, 1U)),
                                .only_new = run.job().kind == kInspectNewJob,
                                .now = system_now(),
                                .stop = run.stop()};
  policies::KnownPacks packs;
  const auto pack_on = [&](Date day) -> Result<policies::PackPtr> {
    ZH_TRY(auto tx, centre.database->read(run.stop()));
    return packs.pack_on(tx, day);
  };
  ZH_TRY(const inspection::Run done,
         inspection::inspect(*centre.database, keys, centre.zone, order, pack_on, [&](std::int64_t contacts) {
           run.progress(contacts, 0, {.zh = "检查联络", .en = "checking contacts"});
         }));
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(queue_judging(centre, tx, system_now()));
  ZH_CHECK(run.complete(tx, result_json(done)));
  return tx.commit();
}

}  // namespace zh::app
