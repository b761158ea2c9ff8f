// Every kind of job and what the clock asks for, one line each.
#include "app/content.h"
#include "app/inspecting.h"
#include "app/server/desk_routes.h"
#include "app/server/import_job.h"
#include "app/server/inspect_job.h"
#include "app/server/judging_job.h"
#include "app/server/measuring_job.h"
#include "app/server/serving.h"
#include "app/server/transcription_job.h"
#include "app/server/trial_job.h"
#include "base/json.h"
#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/retention.h"
#include "rooms/contacts/transcription/transcribing.h"
#include "rooms/inspection/judging/judging.h"
#include "rooms/inspection/judging/opinions.h"
#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/library/library.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/rectification/rectification.h"

namespace zh::app {

namespace {

constexpr std::int64_t kEndedJobsKeptUs = 30LL * 86400 * 1'000'000;

// Jobs that ended well are forgotten after a month; dead ones wait for a person.
Status prune_jobs(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_TRY(const auto gone, jobs::prune(tx, Instant{system_now().us - kEndedJobsKeptUs}));
  ZH_CHECK(run.complete(tx, "{\"removed\":" + std::to_string(gone) + "}"));
  return tx.commit();
}

// What is kept no longer goes, what nothing names any more, and what was said about it.
Status tidy_record(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(const auto store, ContentStore::open(centre));
  const Instant now = system_now();
  ZH_TRY(auto reading, centre.database->read(run.stop()));
  ZH_TRY(const auto retention, contacts::retention_on(reading, centre.zone, centre.zone.date_of(now)));
  ZH_CHECK(reading.commit());
  ZH_TRY(const auto tidied,
         contacts::tidy_up(
             *centre.database, store->shelf(), retention,
             {.now = now, .actor = "system", .stop = run.stop(), .needed_elsewhere = quality::library::is_needed}));
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(inspection::forget_judgings(tx));
  ZH_CHECK(run.complete(
      tx, json::compact(json::Object{
              {"recordings", tidied.recordings}, {"transcripts", tidied.transcripts}, {"contents", tidied.contents}})));
  return tx.commit();
}

// What the quality room does when a day is over: a decision about an appeal stands once the time to ask for another
// round has passed, a rectification that is late goes up, and old notices are forgotten.
Status keep_deadlines(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  const quality::Regulation regulation = regulation_of(centre);
  ZH_TRY(const auto expired, quality::expire_appeals(tx, regulation, system_now()));
  ZH_TRY(const auto escalated, quality::escalate_overdue(tx, regulation, system_now()));
  ZH_TRY(const auto forgotten, quality::prune_notices(tx, system_now()));
  ZH_CHECK(run.complete(tx, json::compact(json::Object{{"appeals_expired", expired},
                                                       {"rectifications_escalated", escalated.size()},
                                                       {"notices_forgotten", forgotten}})));
  return tx.commit();
}

}  // namespace

void add_job_kinds(jobs::Handlers& handlers, Centre& centre) {
  handlers.add("prune_jobs", [&centre](jobs::JobRun& run) { return prune_jobs(centre, run); });
  handlers.add(std::string(kImportJob), [&centre](jobs::JobRun& run) { return run_import_job(centre, run); });
  handlers.add(std::string(kTrialJob), [&centre](jobs::JobRun& run) { return run_trial_job(centre, run); });
  for (const std::string_view kind : {kInspectNewJob, kInspectJob}) {
    handlers.add(std::string(kind), [&centre](jobs::JobRun& run) { return run_inspect_job(centre, run); });
  }
  handlers.add("prune_uploads", [&centre](jobs::JobRun& run) { return prune_uploads(centre, run); });
  handlers.add(std::string(contacts::kMeasuringJob),
               [&centre](jobs::JobRun& run) { return run_measuring_job(centre, run); });
  handlers.add("look_for_recordings", [&centre](jobs::JobRun& run) { return look_for_recordings(centre, run); });
  handlers.add(std::string(contacts::kTranscriptionJob),
               [&centre](jobs::JobRun& run) { return run_transcription_job(centre, run); });
  handlers.add("look_for_transcription", [&centre](jobs::JobRun& run) { return look_for_transcription(centre, run); });
  handlers.add(std::string(inspection::kJudgingJob),
               [&centre](jobs::JobRun& run) { return run_judging_job(centre, run); });
  handlers.add("look_for_judging", [&centre](jobs::JobRun& run) { return look_for_judging(centre, run); });
  handlers.add("tidy_record", [&centre](jobs::JobRun& run) { return tidy_record(centre, run); });
  handlers.add("quality_deadlines", [&centre](jobs::JobRun& run) { return keep_deadlines(centre, run); });
}

Status add_schedules(jobs::Runner& runner) {
  ZH_CHECK(runner.add_schedule({.name = "prune_jobs", .cron = "40 3 * * *", .kind = "prune_jobs"}));
  ZH_CHECK(runner.add_schedule({.name = "prune_uploads", .cron = "20 * * * *", .kind = "prune_uploads"}));
  ZH_CHECK(runner.add_schedule({.name = "quality_deadlines", .cron = "5 0 * * *", .kind = "quality_deadlines"}));
  ZH_CHECK(runner.add_schedule(
      {.name = "look_for_transcription", .cron = "*/10 * * * *", .kind = "look_for_transcription"}));
  ZH_CHECK(runner.add_schedule({.name = "look_for_judging", .cron = "*/10 * * * *", .kind = "look_for_judging"}));
  ZH_CHECK(runner.add_schedule({.name = "look_for_recordings", .cron = "35 * * * *", .kind = "look_for_recordings"}));
  ZH_CHECK(runner.add_schedule({.name = "inspect", .cron = "10 2 * * *", .kind = std::string(kInspectJob)}));
  return runner.add_schedule({.name = "tidy_record", .cron = "50 3 * * *", .kind = "tidy_record"});
}

}  // namespace zh::app
