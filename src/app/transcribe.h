// Giving what waits to the speech recogniser of the settings: what the job and the command have in common.
#pragma once

#include <functional>
#include <stop_token>

#include "app/centre.h"
#include "rooms/contacts/transcription/transcribing.h"

namespace zh::app {

struct TranscribeOrder {
  std::stop_token stop = {};
  std::function<void(std::int64_t done)> progress = {};
};

// Fails: not_found when the settings name no recogniser; and as contacts::transcribe_awaiting.
Result<contacts::TranscribingRun> transcribe(Centre& centre, const TranscribeOrder& order);

// Whether the settings name a recogniser.
Result<bool> has_recogniser(const Centre& centre);
// Queues the job where they do and anything waits; in the transaction that brings recordings.
Status queue_transcription(const Centre& centre, db::Transaction& tx, Instant now);

}  // namespace zh::app
