#include "app/server/transcription_job.h"

#include "app/transcribe.h"
#include "base/json.h"

namespace zh::app {

namespace {

std::string result_json(const contacts::TranscribingRun& run) {
  json::Object result{{"transcribed", run.transcribed},
                      {"silent", run.silent},
                      {"failed", run.failed},
                      {"given_up", run.given_up},
                      {"requests", run.asked.requests},
                      {"seconds", run.asked.seconds},
                      {"budget_is_used_up", run.budget_is_used_up}};
  if (run.away) {
    result.push_back(
        {"away", json::Object{{"zh", run.away->to_string(Language::zh)}, {"en", run.away->to_string(Language::en)}}});
  }
  return json::compact(result);
}

}  // namespace

Status run_transcription_job(Centre& centre, jobs::JobRun& run) {
  contacts::TranscribingRun done;
  // Settings may have lost their recogniser since the job was queued.
  ZH_TRY(const bool wanted, has_recogniser(centre));
  if (wanted) {
    ZH_TRY(done, transcribe(centre, {.stop = run.stop(), .progress = [&run](std::int64_t contacts) {
                                       run.progress(contacts, 0, {.zh = "语音识别", .en = "recognising speech"});
                                     }}));
  }
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(run.complete(tx, result_json(done)));
  return tx.commit();
}

Status look_for_transcription(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(queue_transcription(centre, tx, system_now()));
  ZH_CHECK(run.complete(tx));
  return tx.commit();
}

}  // namespace zh::app
