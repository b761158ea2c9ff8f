#include "app/server/judging_job.h"

#include "app/judge.h"

namespace zh::app {

Status run_judging_job(Centre& centre, jobs::JobRun& run) {
  inspection::JudgingRun done;
  // Settings may have lost their judge since the job was queued.
  ZH_TRY(const auto model, judge_model(centre));
  if (model) {
    ZH_TRY(done, judge(centre, {.stop = run.stop(), .progress = [&run](std::int64_t contacts) {
                                  run.progress(contacts, 0, {.zh = "询问模型", .en = "asking the judge"});
                                }}));
  }
  json::Object result = to_json(done);
  if (done.away) {
    result.push_back(
        {"away", json::Object{{"zh", done.away->to_string(Language::zh)}, {"en", done.away->to_string(Language::en)}}});
  }
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(run.complete(tx, json::compact(result)));
  return tx.commit();
}

Status look_for_judging(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(queue_judging(centre, tx, system_now()));
  ZH_CHECK(run.complete(tx));
  return tx.commit();
}

}  // namespace zh::app
