#include "app/transcribe.h"

#include "app/content.h"
#include "app/outbound_settings.h"
#include "app/server/inspect_job.h"
#include "rooms/people/people_store.h"

namespace zh::app {

Result<contacts::TranscribingRun> transcribe(Centre& centre, const TranscribeOrder& order) {
  ZH_TRY(const OutboundSettings settings, read_outbound_settings(centre.dir));
  if (!settings.transcription) {
    return error(ErrorCode::not_found,
                 {.zh = "zhiheng.yaml 没有 transcription：未设置语音识别（docs/operating/outbound.md）",
                  .en = "zhiheng.yaml has no transcription: no speech recogniser is set (docs/operating/outbound.md)"});
  }
  ZH_TRY(const auto store, ContentStore::open(centre));
  ZH_TRY(auto reading, centre.database->read(order.stop));
  ZH_TRY(const people::People everybody, people::load_people(reading));
  ZH_CHECK(reading.commit());
  const auto transcriber = new_transcriber(*settings.transcription, settings.allowed);
  return contacts::transcribe_awaiting(
      *centre.database, store->contents(),
      {.transcriber = *transcriber,
       .limits = settings.transcription->limits,
       .consent = settings.transcription->consent,
       .centre = {.people = everybody, .zone = centre.zone},
       .actor = centre.actor,
       .now = system_now,
       .entering = [](db::Transaction& tx) { return queue_inspection(tx, system_now()); },
       .stop = order.stop,
       .progress = order.progress});
}

Result<bool> has_recogniser(const Centre& centre) {
  ZH_TRY(const OutboundSettings settings, read_outbound_settings(centre.dir));
  return settings.transcription.has_value();
}

Status queue_transcription(const Centre& centre, db::Transaction& tx, Instant now) {
  ZH_TRY(const bool wanted, has_recogniser(centre));
  return wanted ? contacts::queue_transcription(tx, now) : Status();
}

}  // namespace zh::app
