// Importing queue_log files.
#include <fmt/format.h>

#include <algorithm>

#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/import_run.h"
#include "rooms/contacts/lines.h"
#include "rooms/contacts/queue_log.h"
#include "rooms/contacts/records.h"

namespace zh::contacts {

namespace {

// A log's times go forward, but for a second that two writers share. What goes back further is told once per file.
class Clock {
 public:
  void see(Instant at, const Place& place) {
    if (last_.has_value()) {
      const std::int64_t back_s = (last_->us - at.us) / 1'000'000;
      if (back_s > 1) {
        ++times_;
        if (back_s > most_s_) {
          most_s_ = back_s;
          where_ = place;
        }
      }
    }
    last_ = at;
    extent_ = {std::min(extent_.from, at), std::max(extent_.until, at)};
  }

  std::optional<Interval> extent() const { return last_.has_value() ? std::optional(extent_) : std::nullopt; }

  void report(ImportResult& result) const {
    if (times_ == 0) return;
    const std::string where = where_.to_string();
    result.notes.push_back(
        {.zh = fmt::format("时间倒退 {} 次，最多 {} 秒（{}）；各行照收，请检查话务系统的时钟", times_, most_s_, where),
         .en = fmt::format("time goes backwards {} times, by up to {} s ({}); the lines are in, but check the clock of "
                           "the telephone system",
                           times_, most_s_, where)});
  }

 private:
  std::optional<Instant> last_;
  Interval extent_{Instant{INT64_MAX}, Instant{INT64_MIN}};
  std::int64_t times_ = 0;
  std::int64_t most_s_ = 0;
  Place where_;
};

// The UTC day's key of a member, made anew only when the day changes.
class DayKeys {
 public:
  const std::string& of(Instant at, std::string_view member) {
    const Date day = utc_day(at);
    if (day != day_ || prefix_.empty()) prefix_ = day_key(day, "");
    day_ = day;
    key_ = prefix_;
    key_ += member;
    return key_;
  }

 private:
  Date day_{};
  std::string prefix_;
  std::string key_;
};

class QueueLogImport {
 public:
  QueueLogImport(ImportRun& run, const Centre& centre, ImportFile& file, UnknownNames& names)
      : run_(run), centre_(centre), file_(file), names_(names), lines_(file.text, file.name) {}

  Status read(ImportResult& result) {
    for (;;) {
      ZH_TRY(const LineStep step, lines_.next());
      if (step == LineStep::end) break;
      ++result.rows;
      ZH_CHECK(step == LineStep::line ? take(result) : reject(result, lines_.problem()));
      ZH_CHECK(run_.count_line());
    }
    clock_.report(result);
    names_.report(result);
    return {};
  }

  std::optional<Interval> extent() const { return clock_.extent(); }

 private:
  Status take(ImportResult& result) {
    LogLine line = parse_queue_log_line(lines_.text(), centre_.zone);
    if (auto* problem = std::get_if<Error>(&line)) {
      problem->place = lines_.place();
      return reject(result, *problem);
    }
    if (const auto* none = std::get_if<NoEvent>(&line)) {
      clock_.see(none->at, lines_.place());
      ++result.ignored;
      return {};
    }
    const LogEvent& event = *std::get_if<LogEvent>(&line);
    clock_.see(event.at, lines_.place());
    // A restart is no event of a call: it is ignored as far as the summary goes, and ends what is open.
    const bool counted = event.kind != EventKind::restart;
    ++(counted ? result.accepted : result.ignored);
    count_names(event);
    kept_.clear();
    append_kept_line(kept_, lines_.text(), event);
    if (is_of_call(event.kind)) {
      run_.state(store::About::call, Source::queue_log, event.call, kept_);
    } else {
      run_.state(store::About::member_day, Source::queue_log, day_keys_.of(event.at, event.member), kept_, counted);
    }
    return {};
  }

  Status reject(ImportResult& result, const Error& why) {
    ++result.rejected;
    return file_.reject({why, lines_.text()});
  }

  void count_names(const LogEvent& event) {
    if (event.kind == EventKind::enter) names_.queue(event.queue);
    const bool rung = event.kind == EventKind::ring_no_answer && event.ring_ms.value_or(0) > 0;
    if (event.kind == EventKind::connect || rung) names_.member(event.member, event.at);
  }

  ImportRun& run_;
  const Centre& centre_;
  ImportFile& file_;
  UnknownNames& names_;
  LineReader lines_;
  Clock clock_;
  DayKeys day_keys_;
  std::string kept_;
};

}  // namespace

Result<ImportResult> import_queue_log(db::Database& database, const Centre& centre, ImportFile& file) {
  ZH_TRY(UnknownNames names, UnknownNames::open(database, centre));
  ZH_TRY(ImportRun run, ImportRun::open(database));
  ImportResult result;
  QueueLogImport log(run, centre, file, names);
  ZH_CHECK(log.read(result));
  ZH_CHECK(run.enter(centre, {.before = file.before_entering, .last = file.entering, .extent = log.extent()}, result));
  return result;
}

}  // namespace zh::contacts
