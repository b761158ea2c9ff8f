// Sign-in and pause intervals of one person's day.
#include <algorithm>

#include "rooms/contacts/contacts.h"

namespace zh::contacts {

namespace {

// What is open in one queue while the changes are gone through.
struct OpenStates {
  std::optional<Instant> signed_in_since;
  std::optional<Instant> paused_since;
  std::string reason;
};

class DayReader {
 public:
  explicit DayReader(Instant end) : end_(end) {}

  void take(const AgentChange& change) {
    if (change.change == Change::restart) {
      for (auto& [queue, open] : queues_) close(queue, open, change.at);
      return;
    }
    OpenStates& open = queues_[change.queue];
    switch (change.change) {
      case Change::sign_in:
        if (!open.signed_in_since.has_value()) open.signed_in_since = change.at;
        break;
      case Change::sign_out:
        close(change.queue, open, change.at);
        break;
      case Change::pause:
        end_pause(change.queue, open, change.at);
        open.paused_since = change.at;
        open.reason = change.reason;
        break;
      case Change::unpause:
        end_pause(change.queue, open, change.at);
        break;
      case Change::restart:
        break;
    }
  }

  std::vector<AgentState> finish() {
    for (auto& [queue, open] : queues_) close(queue, open, end_);
    return std::move(states_);
  }

 private:
  void end_pause(const std::string& queue, OpenStates& open, Instant at) {
    if (!open.paused_since.has_value()) return;
    add({.queue = queue, .paused = true, .reason = open.reason, .during = {*open.paused_since, std::min(at, end_)}});
    open.paused_since.reset();
  }

  void close(const std::string& queue, OpenStates& open, Instant at) {
    end_pause(queue, open, at);
    if (!open.signed_in_since.has_value()) return;
    add({.queue = queue, .paused = false, .reason = {}, .during = {*open.signed_in_since, std::min(at, end_)}});
    open.signed_in_since.reset();
  }

  void add(AgentState state) {
    if (!state.during.empty()) states_.push_back(std::move(state));
  }

  Instant end_;
  std::map<std::string, OpenStates> queues_;
  std::vector<AgentState> states_;
};

// Times only: within one second the order in which the changes were given stands, but a restart goes before what the
// restarted system then logs.
bool earlier(const AgentChange& a, const AgentChange& b) {
  if (a.at != b.at) return a.at < b.at;
  return a.change == Change::restart && b.change != Change::restart;
}

}  // namespace

std::vector<AgentState> states_of(DayOfChanges day) {
  std::stable_sort(day.changes.begin(), day.changes.end(), earlier);
  DayReader reader(std::min(day.day.until, day.log_end));
  for (const AgentChange& change : day.changes) {
    if (day.day.contains(change.at)) reader.take(change);
  }
  return reader.finish();
}

std::int64_t union_us(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(), [](Interval a, Interval b) { return a.from < b.from; });
  std::int64_t covered = 0;
  Instant reached{INT64_MIN};
  for (const Interval& interval : intervals) {
    if (interval.empty() || interval.until <= reached) continue;
    covered += interval.until.us - std::max(interval.from, reached).us;
    reached = interval.until;
  }
  return covered;
}

}  // namespace zh::contacts
