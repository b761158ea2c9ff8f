// Giving recordings without a transcript to the speech recogniser: background work that may be stopped, killed and
// repeated at any point.
//
//   contacts with recordings, without transcript, not put off   (a question to the database: nothing can be forgotten)
//     → legs decoded behind the sandbox → budget, audit entry, attempt: one transaction, before anything is sent
//     → Transcriber, leg by leg → transcript → imported as `import transcripts` would, a few at a time
//
// A contact whose recordings cannot be read or were refused is given up and says why; one that failed waits, longer
// each time. When the recogniser seems to be away the run ends and the rest goes on waiting.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "recognition/transcriber.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/transcription/queue_rules.h"
#include "vault/contents.h"

namespace zh::contacts {

inline constexpr std::string_view kTranscriptionJob = "transcribe_recordings";

struct TranscribingOrder {
  recognition::Transcriber& transcriber;
  TranscriptionLimits limits = {};
  std::string consent = {};  // where customers' consent is recorded, as the settings say: stands in the audit chain
  Centre centre;
  std::string actor = {};                               // whom the audit and the batches name
  std::function<Instant()> now = {};                    // the clock
  std::function<Status(db::Transaction& tx)> entering;  // called in every transaction that enters transcripts
  std::stop_token stop = {};
  std::function<void(std::int64_t done)> progress = {};  // contacts behind; may be empty
};

struct TranscribingRun {
  std::int64_t transcribed = 0;  // contacts that have a transcript now
  std::int64_t silent = 0;       // in which no word was recognised
  std::int64_t failed = 0;       // that wait for another attempt
  std::int64_t given_up = 0;
  TranscriptionUsage asked = {};  // in this run
  bool budget_is_used_up = false;
  std::optional<Error> away = {};  // the recogniser's last failure, where the run ended because of it
};

// Fails: unavailable (database, store), cancelled; finished contacts stay.
Result<TranscribingRun> transcribe_awaiting(db::Database& database, vault::Contents& contents,
                                            const TranscribingOrder& order);

// Queues the job where anything waits; called in the transaction that has changed recordings.
Status queue_transcription(db::Transaction& tx, Instant now);

// Lets the contacts offered in that time be given to the recogniser again, where they have no transcript.
Status transcribe_again(db::Transaction& tx, Interval offered);

}  // namespace zh::contacts
