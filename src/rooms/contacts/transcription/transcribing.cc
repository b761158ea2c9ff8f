#include "rooms/contacts/transcription/transcribing.h"

#include <algorithm>
#include <random>

#include "jobs/jobs.h"
#include "ledger/audit.h"
#include "outbound/later.h"
#include "rooms/contacts/transcription/legs.h"
#include "rooms/contacts/transcription/spoken.h"
#include "rooms/contacts/transcription/transcription_store.h"
#include "rooms/contacts/troubles.h"

namespace zh::contacts {

namespace {

constexpr int kPage = 32;                    // contacts looked at between two questions
constexpr std::size_t kEnteredTogether = 8;  // transcripts that a kill may cost

double chance() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(random);
}

// One contact on its way through a run.
struct Spoken {
  ContactName contact;
  Transcription after;
  std::string line = {};  // of the import; empty: nothing was said
};

class Run {
 public:
  Run(db::Database& database, vault::Contents& contents, const TranscribingOrder& order)
      : database_(database), contents_(contents), order_(order) {}

  Result<TranscribingRun> go() {
    std::optional<ContactName> after;
    for (;;) {
      ZH_TRY(const std::vector<store::Candidate> page, next_page(after));
      for (const store::Candidate& candidate : page) {
        if (order_.stop.stop_requested()) return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
        ZH_CHECK(take(candidate));
        if (order_.progress) order_.progress(++looked_at_);
        if (spoken_.size() == kEnteredTogether) ZH_CHECK(enter());
        if (done_) break;
      }
      if (done_ || page.size() < kPage) break;
      after = name_of_contact(page.back());
    }
    ZH_CHECK(enter());
    return run_;
  }

 private:
  Result<std::vector<store::Candidate>> next_page(const std::optional<ContactName>& after) {
    ZH_TRY(auto tx, database_.read(order_.stop));
    return store::candidates(tx, order_.now(), after, kPage);
  }

  static ContactName name_of_contact(const store::Candidate& candidate) {
    return {.call = candidate.contact.call, .number = candidate.contact.number};
  }

  Status take(const store::Candidate& candidate) {
    ZH_TRY(auto tx, database_.read(order_.stop));
    ZH_TRY(const auto standing, recordings_of(tx, candidate.contact.call, candidate.contact.number));
    ZH_CHECK(tx.commit());
    const bool any = std::ranges::any_of(standing, [](const Recording& each) { return !each.removed_at; });
    const Hash input = recordings_input(standing);
    const bool same = candidate.before && candidate.before->input == input;
    if (!any || (same && candidate.before->state != TranscriptionState::waiting)) return {};
    Spoken spoken{.contact = name_of_contact(candidate),
                  .after = {.input = input,
                            .attempts = (same ? candidate.before->attempts : 0) + 1,
                            .due = order_.now(),
                            .provider = order_.transcriber.name()}};
    auto legs = read_legs(contents_, standing);
    if (!legs.ok()) {
      // A store that is away says nothing about the recording.
      if (legs.error().code == ErrorCode::unavailable) return legs.error();
      return give_up(spoken, legs.error());
    }
    ZH_TRY(const bool begun, begin(spoken, candidate.contact, *legs));
    return begun ? ask(spoken, candidate.contact, *legs) : Status();
  }

  // Notes what is about to be given away, before it is: a run that is killed then has tried, and has been counted.
  Result<bool> begin(Spoken& spoken, const Contact& contact, const std::vector<VoicedLeg>& legs) {
    TranscriptionUsage wanted{.requests = static_cast<std::int64_t>(legs.size())};
    for (const VoicedLeg& leg : legs) wanted.seconds += (leg.voice.duration_ms + 999) / 1000;
    const Instant now = order_.now();
    const Date today = order_.centre.zone.date_of(now);
    ZH_TRY(auto tx, database_.write(order_.stop));
    ZH_TRY(const TranscriptionUsage used, store::usage_of(tx, today));
    if (!has_room(order_.limits, used, wanted)) {
      run_.budget_is_used_up = done_ = true;
      return false;
    }
    ZH_CHECK(store::add_usage(tx, today, wanted));
    Transcription trying = spoken.after;
    trying.due = outbound::after_failure(order_.limits.attempts, ErrorCode::unavailable, trying.attempts, now, 0).due;
    trying.changed_at = now;
    ZH_CHECK(store::keep_transcription(tx, spoken.contact, trying));
    ZH_TRY([[maybe_unused]] const auto entry,
           ledger::append_audit(tx, {.at = now,
                                     .actor = order_.actor,
                                     .action = "send_recording",
                                     .object = "contact " + contact.source_id(),
                                     .detail = json::Object{{"to", spoken.after.provider},
                                                            {"legs", wanted.requests},
                                                            {"seconds", wanted.seconds},
                                                            {"consent", order_.consent}}}));
    ZH_CHECK(tx.commit());
    run_.asked.requests += wanted.requests;
    run_.asked.seconds += wanted.seconds;
    return true;
  }

  Status ask(Spoken& spoken, const Contact& contact, const std::vector<VoicedLeg>& legs) {
    std::vector<SpokenLeg> said;
    for (const VoicedLeg& leg : legs) {
      auto segments = order_.transcriber.transcribe(leg.voice, order_.stop);
      if (!segments.ok()) return failed(spoken, segments.error());
      said.push_back({.role = leg.role, .segments = *std::move(segments)});
    }
    failures_ = 0;
    spoken.after.state = TranscriptionState::done;
    const Transcript transcript = transcript_of(contact, said);
    if (!transcript.turns.empty()) {
      spoken.line = line_of(transcript);
      spoken_.push_back(std::move(spoken));
      return {};
    }
    ++run_.silent;
    spoken.after.told = {.zh = "没有识别出任何词语", .en = "not a word was recognised"};
    return keep(spoken);
  }

  Status failed(Spoken& spoken, const Error& why) {
    if (why.code == ErrorCode::cancelled) return why;
    const auto next =
        outbound::after_failure(order_.limits.attempts, why.code, spoken.after.attempts, order_.now(), chance());
    if (outbound::is_away(why.code) && ++failures_ == outbound::kFailuresInARow) {
      run_.away = why;
      done_ = true;
    }
    if (next.gives_up) return give_up(spoken, why);
    ++run_.failed;
    spoken.after.due = next.due;
    spoken.after.told = told_of(why);
    return keep(spoken);
  }

  Status give_up(Spoken& spoken, const Error& why) {
    ++run_.given_up;
    spoken.after.state = TranscriptionState::given_up;
    spoken.after.told = told_of(why);
    return keep(spoken);
  }

  Status keep(Spoken& spoken) {
    spoken.after.changed_at = order_.now();
    ZH_TRY(auto tx, database_.write(order_.stop));
    ZH_CHECK(store::keep_transcription(tx, spoken.contact, spoken.after));
    return tx.commit();
  }

  // The way of `import transcripts`, with the recogniser in place of a file.
  Status enter() {
    if (spoken_.empty()) return {};
    std::string lines;
    for (const Spoken& each : spoken_) lines += each.line + "\n";
    TextSource text(lines);
    const std::string provider = order_.transcriber.name();
    ImportFile file{.text = text,
                    .name = provider,
                    .reject = [](const Reject& reject) -> Status { return reject.why; },
                    .header = {},
                    .before_entering = [&](ledger::NewBatch counts) -> Result<ledger::NewBatch> {
                      counts.kind = "transcripts";
                      counts.files = {provider};
                      counts.content = sha256(lines);
                      counts.actor = order_.actor;
                      counts.at = order_.now();
                      return counts;
                    },
                    .entering = [&](db::Transaction& tx, const ImportResult&) -> Status {
                      for (Spoken& each : spoken_) {
                        each.after.changed_at = order_.now();
                        ZH_CHECK(store::keep_transcription(tx, each.contact, each.after));
                      }
                      return order_.entering ? order_.entering(tx) : Status();
                    }};
    ZH_TRY([[maybe_unused]] const ImportResult result,
           import_transcripts(database_, order_.centre, contents_.keys(), file));
    run_.transcribed += static_cast<std::int64_t>(spoken_.size());
    spoken_.clear();
    return {};
  }

  db::Database& database_;
  vault::Contents& contents_;
  const TranscribingOrder& order_;
  TranscribingRun run_;
  std::vector<Spoken> spoken_;  // not entered yet
  std::int64_t looked_at_ = 0;
  int failures_ = 0;  // of the recogniser, in a row
  bool done_ = false;
};

}  // namespace

Result<TranscribingRun> transcribe_awaiting(db::Database& database, vault::Contents& contents,
                                            const TranscribingOrder& order) {
  return Run(database, contents, order).go();
}

Status queue_transcription(db::Transaction& tx, Instant now) {
  ZH_TRY(const auto waiting, store::candidates(tx, now, std::nullopt, 1));
  if (waiting.empty()) return {};
  ZH_TRY(
      [[maybe_unused]] const auto queued,
      jobs::enqueue(tx, {.kind = std::string(kTranscriptionJob), .unique_key = std::string(kTranscriptionJob)}, now));
  return {};
}

Status transcribe_again(db::Transaction& tx, Interval offered) { return store::forget_offered(tx, offered); }

}  // namespace zh::contacts
