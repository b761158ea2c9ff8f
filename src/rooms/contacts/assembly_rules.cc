#include <algorithm>
#include <set>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/queue_log.h"

namespace zh::contacts {

namespace {

// --- merging records -------------------------------------------------------------------------------------------------

struct TimedLine {
  Instant at;
  std::string_view text;
};

// Keeps the first of equal lines, which can only stand within one instant. Requires lines sorted by time.
void drop_repeated(std::vector<TimedLine>& lines) {
  std::set<std::string_view> seen;  // of the instant at hand
  Instant now{};
  const auto repeated = [&](const TimedLine& line) {
    if (line.at != now) seen.clear();
    now = line.at;
    return !seen.insert(line.text).second;
  };
  lines.erase(std::remove_if(lines.begin(), lines.end(), repeated), lines.end());
}

std::vector<TimedLine> timed_lines(KeptLines record) {
  std::vector<TimedLine> lines;
  bool in_order = true;
  bool instants_differ = true;
  while (!record.empty()) {
    const std::size_t end = std::min(record.find('\n'), record.size());
    const TimedLine line{parse_kept_line(record.substr(0, end)).at, record.substr(0, end)};
    if (!lines.empty()) {
      in_order = in_order && lines.back().at <= line.at;
      instants_differ = instants_differ && lines.back().at < line.at;
    }
    lines.push_back(line);
    record.remove_prefix(std::min(end + 1, record.size()));
  }
  if (!in_order) std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  if (!instants_differ) drop_repeated(lines);
  return lines;
}

using Texts = std::vector<std::string_view>;

// The lines of one instant from several records: the fullest record's in its order, then what only others have, sorted.
Texts merged_instant(std::vector<Texts> candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [](const Texts& a, const Texts& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  Texts merged = candidates.front();
  Texts others;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    for (const std::string_view line : candidates[i]) {
      if (std::find(merged.begin(), merged.end(), line) == merged.end()) others.push_back(line);
    }
  }
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  merged.insert(merged.end(), others.begin(), others.end());
  return merged;
}

// --- the stays of one call in one queue ------------------------------------------------------------------------------

// A contact in the making.
struct Stay {
  Contact contact;
  std::size_t order = 0;  // of its first event in the call
  bool resolved = false;  // it was answered or left the queue
  bool completed = false;
  Instant completed_at{};

  bool waits() const { return contact.entered && !resolved; }
  bool talks() const { return contact.outcome == Outcome::answered && contact.connected && !completed; }
};

constexpr auto kWaits = [](const Stay& stay) { return stay.waits(); };
constexpr auto kTalks = [](const Stay& stay) { return stay.talks(); };

struct PlacedEvent {
  LogEvent event;
  std::size_t order = 0;  // within the call
};

// Goes through a call's events of one queue.
class QueueStays {
 public:
  QueueStays(std::string_view call, std::string_view queue) : call_(call), queue_(queue) {}

  // The events of one instant, taken in the order in which they fit: what ends a talk, what ends a wait, what begins
  // one; then what fits nothing. That is their true order, whichever way they were written.
  void take_instant(std::vector<PlacedEvent> events) {
    while (!events.empty()) {
      auto next = std::min_element(events.begin(), events.end(), [this](const auto& a, const auto& b) {
        return misfit(a.event.kind) < misfit(b.event.kind);
      });
      // An instant of so many events is no call's; its order is as good as any.
      if (events.size() > kEventsOfAnInstant) next = events.begin();
      take(next->event, next->order);
      events.erase(next);
    }
  }

  std::vector<Stay> finish() {
    join_displaced_entries();
    hand_out_rings();
    return std::move(stays_);
  }

 private:
  static constexpr std::size_t kEventsOfAnInstant = 100;

  int misfit(EventKind kind) {
    switch (kind) {
      case EventKind::ring_no_answer:
      case EventKind::ring_canceled:
        return 0;
      case EventKind::enter:
        return 2;
      case EventKind::complete_agent:
      case EventKind::complete_caller:
      case EventKind::blind_transfer:
      case EventKind::attended_transfer:
        return latest(kTalks) != nullptr ? 0 : 3;
      default:
        return latest(kWaits) != nullptr ? 1 : 3;
    }
  }

  void take(const LogEvent& event, std::size_t order) {
    switch (event.kind) {
      case EventKind::enter:
        enter(event, order);
        break;
      case EventKind::connect:
        connect(event, order);
        break;
      case EventKind::complete_agent:
        complete(event, order, EndedBy::agent, Transferred::none);
        break;
      case EventKind::complete_caller:
        complete(event, order, EndedBy::customer, Transferred::none);
        break;
      case EventKind::blind_transfer:
        complete(event, order, EndedBy::transfer, Transferred::blind);
        break;
      case EventKind::attended_transfer:
        complete(event, order, EndedBy::transfer, Transferred::attended);
        break;
      case EventKind::abandon:
        leave(event, order, Outcome::abandoned);
        break;
      case EventKind::exit_timeout:
        leave(event, order, Outcome::timeout);
        break;
      case EventKind::exit_key:
        leave(event, order, Outcome::exit_key);
        break;
      case EventKind::exit_empty:
        leave(event, order, Outcome::empty);
        break;
      case EventKind::withdraw:
        leave(event, order, Outcome::withdrawn);
        break;
      case EventKind::ring_no_answer:
        rings_.push_back(event);
        break;
      default:
        break;  // RINGCANCELED says nothing that counts
    }
  }

  Stay& open_stay(const LogEvent& event, std::size_t order) {
    Stay stay;
    stay.contact.call = call_;
    stay.contact.queue = queue_;
    stay.contact.direction = Direction::inbound;
    stay.contact.entered = event.kind == EventKind::enter;
    const std::int64_t before = event.wait_ms.value_or(0) + event.talk_ms.value_or(0);
    stay.contact.offered_at = Instant{event.at.us - before * 1000};
    stay.order = order;
    return stays_.emplace_back(std::move(stay));
  }

  // The latest stay that fits, or nothing.
  template <class Fits>
  Stay* latest(Fits fits) {
    const auto found = std::find_if(stays_.rbegin(), stays_.rend(), fits);
    return found == stays_.rend() ? nullptr : &*found;
  }

  void enter(const LogEvent& event, std::size_t order) {
    Stay& stay = open_stay(event, order);
    stay.contact.customer = event.customer;
  }

  void connect(const LogEvent& event, std::size_t order) {
    Stay* stay = latest(kWaits);
    // An ending that stood before its CONNECT.
    if (stay == nullptr) stay = latest([](const Stay& s) { return s.completed && !s.contact.connected; });
    if (stay == nullptr) stay = &open_stay(event, order);
    Contact& contact = stay->contact;
    contact.outcome = Outcome::answered;
    contact.connected = true;
    contact.member = event.member;
    contact.answered_at = event.at;
    contact.ring_ms = event.ring_ms;
    if (event.wait_ms.has_value()) contact.wait_ms = event.wait_ms;
    stay->resolved = true;
  }

  void complete(const LogEvent& event, std::size_t order, EndedBy by, Transferred transferred) {
    Stay* stay = latest(kTalks);
    if (stay == nullptr) stay = latest(kWaits);
    if (stay == nullptr) stay = &open_stay(event, order);
    Contact& contact = stay->contact;
    contact.outcome = Outcome::answered;
    if (contact.member.empty()) contact.member = event.member;
    if (!contact.wait_ms.has_value()) contact.wait_ms = event.wait_ms;
    contact.talk_ms = event.talk_ms;
    contact.ended_at = event.at;
    contact.ended_by = by;
    contact.transferred = transferred;
    stay->resolved = true;
    stay->completed = true;
    stay->completed_at = event.at;
  }

  void leave(const LogEvent& event, std::size_t order, Outcome outcome) {
    Stay* stay = latest(kWaits);
    if (stay == nullptr) stay = &open_stay(event, order);
    Contact& contact = stay->contact;
    contact.outcome = outcome;
    contact.wait_ms = event.wait_ms;
    contact.ended_at = event.at;
    contact.ended_by = outcome == Outcome::abandoned ? EndedBy::customer : EndedBy::unknown;
    stay->resolved = true;
    stay->completed = true;
    stay->completed_at = event.at;
  }

  // An ENTERQUEUE that stands behind what it led to, because a clock was set back, looks like a stay that never gets an
  // outcome, right after one that was never entered.
  void join_displaced_entries() {
    for (std::size_t i = 0; i + 1 < stays_.size();) {
      Stay& first = stays_[i];
      const Stay& second = stays_[i + 1];
      const bool still_there = !first.completed || first.completed_at >= second.contact.offered_at ||
                               first.contact.outcome == Outcome::abandoned;
      if (!first.contact.entered && second.waits() && still_there) {
        first.contact.entered = true;
        first.contact.offered_at = second.contact.offered_at;
        first.contact.customer = second.contact.customer;
        stays_.erase(stays_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      } else {
        ++i;
      }
    }
  }

  // A ring belongs to the last stay that was offered by then; to the first where there is none.
  void hand_out_rings() {
    for (const LogEvent& ring : rings_) {
      if (ring.member.empty()) continue;
      if (stays_.empty()) open_stay(ring, 0).contact.offered_at = ring.at;
      Stay* stay = latest([&](const Stay& s) { return s.contact.offered_at <= ring.at; });
      if (stay == nullptr) stay = &stays_.front();
      stay->contact.rings.push_back({.member = std::string(ring.member), .ring_ms = ring.ring_ms.value_or(0)});
    }
    for (Stay& stay : stays_) std::sort(stay.contact.rings.begin(), stay.contact.rings.end());
  }

  std::string call_;
  std::string queue_;
  std::vector<Stay> stays_;
  std::vector<LogEvent> rings_;
};

// Requires events sorted by time.
std::vector<Stay> stays_in(std::string_view call, std::string_view queue, std::span<const PlacedEvent> events) {
  QueueStays stays(call, queue);
  for (std::size_t begin = 0; begin < events.size();) {
    std::size_t end = begin + 1;
    while (end < events.size() && events[end].event.at == events[begin].event.at) ++end;
    const auto instant = events.subspan(begin, end - begin);
    stays.take_instant({instant.begin(), instant.end()});
    begin = end;
  }
  return stays.finish();
}

Change change_of(EventKind kind) {
  switch (kind) {
    case EventKind::sign_in:
      return Change::sign_in;
    case EventKind::sign_out:
      return Change::sign_out;
    case EventKind::pause:
      return Change::pause;
    case EventKind::unpause:
      return Change::unpause;
    default:
      return Change::restart;
  }
}

}  // namespace

std::vector<std::string_view> merged_lines(std::span<const KeptLines> records) {
  std::vector<std::vector<TimedLine>> lines;
  lines.reserve(records.size());
  for (const KeptLines record : records) lines.push_back(timed_lines(record));

  Texts merged;
  if (lines.size() == 1) {
    for (const TimedLine& line : lines.front()) merged.push_back(line.text);
    return merged;
  }
  std::vector<std::size_t> at(lines.size(), 0);
  for (;;) {
    std::optional<Instant> now;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (at[i] < lines[i].size()) now = std::min(now.value_or(lines[i][at[i]].at), lines[i][at[i]].at);
    }
    if (!now.has_value()) return merged;
    std::vector<Texts> candidates(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (; at[i] < lines[i].size() && lines[i][at[i]].at == *now; ++at[i]) {
        candidates[i].push_back(lines[i][at[i]].text);
      }
    }
    const Texts instant = merged_instant(std::move(candidates));
    merged.insert(merged.end(), instant.begin(), instant.end());
  }
}

std::vector<Contact> assemble(std::string_view call, std::span<const std::string_view> lines) {
  std::map<std::string_view, std::vector<PlacedEvent>> queues;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LogEvent event = parse_kept_line(lines[i]);
    if (is_of_call(event.kind)) queues[event.queue].push_back({event, i});
  }
  std::vector<Stay> stays;
  for (const auto& [queue, events] : queues) {
    for (Stay& stay : stays_in(call, queue, events)) stays.push_back(std::move(stay));
  }
  std::stable_sort(stays.begin(), stays.end(), [](const Stay& a, const Stay& b) {
    if (a.contact.offered_at != b.contact.offered_at) return a.contact.offered_at < b.contact.offered_at;
    return a.order < b.order;
  });
  std::vector<Contact> contacts;
  contacts.reserve(stays.size());
  for (Stay& stay : stays) {
    stay.contact.number = static_cast<int>(contacts.size()) + 1;
    contacts.push_back(std::move(stay.contact));
  }
  return contacts;
}

std::vector<AgentChange> changes_of(std::span<const std::string_view> lines) {
  std::vector<AgentChange> changes;
  changes.reserve(lines.size());
  for (const std::string_view line : lines) {
    const LogEvent event = parse_kept_line(line);
    if (is_of_call(event.kind)) continue;
    const Change change = change_of(event.kind);
    changes.push_back({.at = event.at,
                       .member = std::string(event.member),
                       .queue = std::string(event.queue),
                       .change = change,
                       .reason = change == Change::pause ? std::string(event.reason) : std::string()});
  }
  return changes;
}

}  // namespace zh::contacts
