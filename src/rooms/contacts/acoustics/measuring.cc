#include "rooms/contacts/acoustics/measuring.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "analysis/audio/analyse.h"
#include "analysis/audio/peaks.h"
#include "jobs/jobs.h"
#include "rooms/contacts/acoustics/acoustics_code.h"
#include "rooms/contacts/acoustics/acoustics_store.h"
#include "rooms/contacts/acoustics/sound_file.h"
#include "rooms/contacts/acoustics/waveforms.h"
#include "rooms/contacts/troubles.h"

namespace zh::contacts {

namespace {

constexpr int kPage = 32;           // contacts measured between two transactions: what a kill costs
constexpr int kFailuresInARow = 3;  // after which the store counts as gone

struct DrawnWaveform {
  Hash content;
  std::string sealed;
};

// One contact's recordings and what came of them.
struct Work {
  ContactName contact = {};
  Hash input = {};                       // of `standing`
  std::vector<Recording> standing = {};  // as they were when the page was read
  bool known = false;                    // they are measured already, or cannot be measured any more
  bool tried = false;                    // they were come to
  std::optional<store::Measured> measured = {};
  bool damaged = false;
  std::vector<DrawnWaveform> waveforms = {};
  Status failed = {};  // the store or the decoders are away
};

// ---- one contact, on any thread

// One recording on its way through the measuring, its waveform drawn along.
class Sound {
 public:
  Sound(vault::Contents& contents, const Recording* stored, std::string name)
      : stored_(stored), recording_(open(contents, std::move(name))) {}

  Result<audio::Recording>& recording() { return recording_; }
  // Away, which says nothing about the recording.
  bool is_away() const { return !recording_.ok() && recording_.error().code == ErrorCode::unavailable; }
  const std::vector<audio::Diagnostic>& diagnostics() const { return diagnostics_; }

  void keep_waveform(const vault::Keys& keys, Work& work) {
    if (!waveform_) return;
    work.waveforms.push_back({stored_->content, sealed_waveform(keys, stored_->content, waveform_->finish())});
  }

 private:
  Result<audio::Recording> open(vault::Contents& contents, std::string name) {
    if (stored_ == nullptr || stored_->removed_at) {
      return error(ErrorCode::not_found, {.zh = "没有这一路录音", .en = "there is no recording of this leg"},
                   {.file = std::move(name)});
    }
    ZH_TRY(SoundFile file, open_sound(contents, stored_->content, std::move(name)));
    diagnostics_ = std::move(file.diagnostics);
    waveform_ = std::make_unique<audio::Waveform>(file.recording.rate(), file.recording.channels());
    file.recording.listen([drawing = waveform_.get()](auto block) { drawing->add(block); });
    return std::move(file.recording);
  }

  const Recording* stored_;
  std::vector<audio::Diagnostic> diagnostics_;
  std::unique_ptr<audio::Waveform> waveform_;
  Result<audio::Recording> recording_;
};

const Recording* leg_of(const std::vector<Recording>& standing, Leg leg) {
  const auto found = std::ranges::find_if(
      standing, [leg](const Recording& recording) { return recording.leg == leg && !recording.removed_at; });
  return found == standing.end() ? nullptr : &*found;
}

// "7.0#2 agent"
std::string name_in_messages(const Work& work, Leg leg) {
  Contact named;
  named.call = work.contact.call;
  named.number = work.contact.number;
  return fmt::format("{} {}", named.source_id(), name_of(leg));
}

audio::CallMeasures nothing_read(const Error& why) {
  audio::CallMeasures call;
  call.diagnostics.push_back(
      {audio::DiagnosticCode::unreadable, {.zh = why.to_string(Language::zh), .en = why.to_string(Language::en)}});
  return call;
}

void note(audio::CallMeasures& call, const std::vector<audio::Diagnostic>& diagnostics) {
  call.diagnostics.insert(call.diagnostics.begin(), diagnostics.begin(), diagnostics.end());
}

void keep(Work& work, const audio::CallMeasures& call) {
  const auto lost = [](const audio::Diagnostic& one) { return audio::loses_audio(one.code); };
  work.damaged = std::ranges::any_of(call.diagnostics, lost);
  store::Measured measured{
      .version = kAcousticsVersion, .input = work.input, .duration_ms = call.duration_ms, .measures = encode(call)};
  if (!work.damaged) {
    measured.silence_longest_ms = 0;
    for (const audio::Silence& silence : call.silences) {
      measured.silence_longest_ms = std::max(*measured.silence_longest_ms, silence.span.length_ms());
    }
  }
  work.measured = std::move(measured);
}

void measure_both(vault::Contents& contents, const Recording& both, Work& work) {
  Sound sound(contents, &both, name_in_messages(work, Leg::both));
  if (sound.is_away()) {
    work.failed = sound.recording().error();
    return;
  }
  audio::CallMeasures call =
      sound.recording().ok() ? audio::measure(*sound.recording()) : nothing_read(sound.recording().error());
  note(call, sound.diagnostics());
  sound.keep_waveform(contents.keys(), work);
  keep(work, call);
}

void measure_apart(vault::Contents& contents, const Recording* customer, const Recording* agent, Work& work) {
  Sound in(contents, customer, name_in_messages(work, Leg::customer));
  Sound out(contents, agent, name_in_messages(work, Leg::agent));
  for (Sound* const sound : {&in, &out}) {
    if (!sound->is_away()) continue;
    work.failed = sound->recording().error();
    return;
  }
  audio::CallMeasures call = audio::measure_legs(in.recording(), out.recording());
  for (Sound* const sound : {&in, &out}) {
    note(call, sound->diagnostics());
    sound->keep_waveform(contents.keys(), work);
  }
  keep(work, call);
}

// Both legs apart are better than both in one.
void measure(vault::Contents& contents, Work& work) {
  const Recording* const customer = leg_of(work.standing, Leg::customer);
  const Recording* const agent = leg_of(work.standing, Leg::agent);
  if (customer != nullptr || agent != nullptr) return measure_apart(contents, customer, agent, work);
  if (const Recording* const both = leg_of(work.standing, Leg::both)) measure_both(contents, *both, work);
}

// ---- a page

// Measured in this program's way; or in an older one and then removed, so that no other measures can be had.
bool is_known(const std::optional<store::Measured>& measured, const std::vector<Recording>& standing) {
  if (!measured || measured->input != acoustics_input(standing, measured->version)) return false;
  const auto removed = [](const Recording& one) { return one.removed_at.has_value(); };
  return measured->version == kAcousticsVersion || std::ranges::any_of(standing, removed);
}

Result<std::vector<Work>> next_page(db::Database& database, const std::optional<ContactName>& after,
                                    const std::stop_token& stop) {
  ZH_TRY(auto tx, database.read(stop));
  ZH_TRY(const std::vector<ContactName> contacts, store::awaited(tx, after, kPage));
  std::vector<Work> page;
  page.reserve(contacts.size());
  for (const ContactName& contact : contacts) {
    ZH_TRY(std::vector<Recording> standing, recordings_of(tx, contact.call, contact.number));
    ZH_TRY(const auto measured, store::measured(tx, contact));
    const bool known = is_known(measured, standing);
    const Hash input = acoustics_input(standing);
    page.push_back({.contact = contact, .input = input, .standing = std::move(standing), .known = known});
  }
  return page;
}

// Failures in a row, over threads and pages: a store that is gone is not asked for everything that waits.
using InARow = std::atomic<int>;

void measure_page(vault::Contents& contents, std::vector<Work>& page, const MeasuringOrder& order, InARow& failures) {
  std::atomic<std::size_t> next{0};
  const auto goes_on = [&] { return !order.stop.stop_requested() && failures < kFailuresInARow; };
  const auto take_turns = [&] {
    for (std::size_t at = next++; at < page.size() && goes_on(); at = next++) {
      if (page[at].known) continue;
      measure(contents, page[at]);
      page[at].tried = true;
      if (page[at].failed.ok()) {
        failures = 0;
      } else {
        ++failures;
      }
    }
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < order.threads; ++i) others.emplace_back(take_turns);
  take_turns();
}

Trouble trouble_of(const Error& why, Instant now) {
  return {.kind = TroubleKind::measuring, .told = told_of(why), .at = now};
}

// What stands by now may be something else than what was measured: then the contact goes on waiting, as does what was
// not come to.
Status enter(db::Transaction& tx, const Work& work, Instant now) {
  if (!work.failed.ok()) return tell_trouble(tx, work.contact, trouble_of(work.failed.error(), now));
  ZH_TRY(const std::vector<Recording> standing, recordings_of(tx, work.contact.call, work.contact.number));
  const bool dealt_with = work.known || work.tried;
  if (!dealt_with || acoustics_input(standing) != work.input) return {};
  if (standing.empty()) ZH_CHECK(store::drop_measured(tx, work.contact));
  if (work.measured) ZH_CHECK(store::keep_measured(tx, work.contact, *work.measured));
  for (const DrawnWaveform& drawn : work.waveforms) {
    const auto still = [&](const Recording& one) { return one.content == drawn.content && !one.removed_at; };
    if (std::ranges::any_of(standing, still)) ZH_CHECK(store::keep_waveform(tx, drawn.content, drawn.sealed));
  }
  ZH_CHECK(end_trouble(tx, work.contact, TroubleKind::measuring));
  return store::drop_awaited(tx, work.contact);
}

// `gone`: the store's last failure, where that ends the run.
Status enter_page(db::Database& database, const std::vector<Work>& page, const MeasuringOrder& order,
                  const Error* gone) {
  ZH_TRY(auto tx, database.write(order.stop));
  ZH_CHECK(tx.lock("contacts"));
  for (const Work& work : page) ZH_CHECK(enter(tx, work, order.now));
  if (gone != nullptr) ZH_CHECK(tell_awaiting(tx, trouble_of(*gone, order.now)));
  return tx.commit();
}

void count(const std::vector<Work>& page, MeasuringRun& run) {
  for (const Work& work : page) {
    run.contacts += work.measured ? 1 : 0;
    run.damaged += work.damaged ? 1 : 0;
    if (work.failed.ok()) continue;
    ++run.waiting;
    run.away = work.failed.error();
  }
}

Result<std::int64_t> begin(db::Database& database, const std::stop_token& stop) {
  ZH_TRY(auto tx, database.write(stop));
  ZH_CHECK(store::await_other_versions(tx, kAcousticsVersion));
  ZH_TRY(const std::int64_t total, store::count_awaited(tx));
  ZH_CHECK(tx.commit());
  return total;
}

}  // namespace

Result<MeasuringRun> measure_awaiting(db::Database& database, vault::Contents& contents, const MeasuringOrder& order) {
  ZH_TRY(const std::int64_t total, begin(database, order.stop));
  MeasuringRun run;
  InARow failures{0};
  std::int64_t done = 0;
  std::optional<ContactName> after;
  for (;;) {
    if (order.progress) order.progress(done, std::max(total, done));
    ZH_TRY(std::vector<Work> page, next_page(database, after, order.stop));
    if (page.empty()) return run;
    measure_page(contents, page, order, failures);
    if (order.stop.stop_requested()) return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
    count(page, run);
    const bool gone = failures >= kFailuresInARow;
    ZH_CHECK(enter_page(database, page, order, gone ? &*run.away : nullptr));
    if (gone) return run;
    done += static_cast<std::int64_t>(page.size());
    after = page.back().contact;
  }
}

Result<bool> anything_awaits(db::Transaction& tx) {
  ZH_CHECK(store::await_other_versions(tx, kAcousticsVersion));
  ZH_TRY(const std::int64_t count, store::count_awaited(tx));
  return count > 0;
}

Status queue_measuring(db::Transaction& tx, Instant now) {
  ZH_TRY(const bool any, anything_awaits(tx));
  if (!any) return {};
  ZH_TRY([[maybe_unused]] const auto queued,
         jobs::enqueue(tx, {.kind = std::string(kMeasuringJob), .unique_key = std::string(kMeasuringJob)}, now));
  return {};
}

Status measure_again(db::Transaction& tx, Interval offered) {
  ZH_CHECK(store::outdate_offered(tx, offered));
  return store::await_offered(tx, offered);
}

}  // namespace zh::contacts
