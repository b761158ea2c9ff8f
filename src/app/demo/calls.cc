#include "app/demo/calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "app/demo/cast.h"
#include "app/demo/random.h"

namespace zh::app::demo {

namespace {

using Seconds = std::int64_t;  // since 1970-01-01T00:00:00Z

constexpr Seconds kHour = 3600;
constexpr Seconds kChinaIsAhead = 8 * kHour;  // the demo centre's days are Shanghai's

Seconds midnight(Date on) { return Seconds{on.days} * 24 * kHour - kChinaIsAhead; }

struct Line {
  Seconds at;
  std::string text;
};

// One agent's shift at one telephone.
struct Seat {
  std::string member;
  std::vector<std::string_view> queues;
  Seconds from = 0;
  Seconds until = 0;
  int talk_s = 150;
  int missed_permille = 30;
  std::vector<std::pair<Seconds, Seconds>> pauses;  // in order
  Seconds free_at = 0;

  bool serves(std::string_view queue) const { return std::ranges::find(queues, queue) != queues.end(); }

  // When the seat could be rung for a call that waits since `at`; nothing when its shift is over by then.
  std::optional<Seconds> ready(Seconds at) const {
    Seconds when = std::max({at, from, free_at});
    for (const auto& [begin, end] : pauses) {
      if (begin <= when && when < end) when = end;
    }
    return when < until ? std::optional(when) : std::nullopt;
  }
};

struct Waiting {
  std::string call;
  std::string_view queue;
  int stay = 1;  // how many queues the call has been in, this one included
};

class DayOfCalls {
 public:
  DayOfCalls(Date on, std::vector<Line>& log)
      : on_(on), begin_(midnight(on)), random_("calls of " + on.to_string()), log_(log) {}

  void run() {
    start_system();
    take_seats();
    arrive();
    while (!waiting_.empty()) {
      const auto first = waiting_.begin();
      const Seconds at = first->first;
      const Waiting call = std::move(first->second);
      waiting_.erase(first);
      serve(at, call);
    }
  }

 private:
  template <class... Args>
  void write(Seconds at, fmt::format_string<Args...> format, Args&&... args) {
    log_.push_back({.at = at, .text = fmt::format("{}|", at) + fmt::format(format, std::forward<Args>(args)...)});
  }

  // The telephone system is restarted early every Sunday; once its configuration is read anew.
  void start_system() {
    if (on_.weekday() == 7) write(begin_ + 6 * kHour, "NONE|NONE|NONE|QUEUESTART|");
    if (on_ == day("2026-10-19")) write(begin_ + 7 * kHour, "NONE|NONE|NONE|CONFIGRELOAD|");
  }

  void take_seats() {
    for (const auto& agent : agents()) {
      const Shift shift = shift_of(agent, on_);
      if (shift == Shift::off) continue;
      Seat seat;
      seat.member = member_of(agent);
      seat.queues = queues_of(agent);
      seat.from = begin_ + (shift == Shift::early ? 8 * kHour : 15 * kHour + 30 * 60) - random_.below(180);
      seat.until = begin_ + (shift == Shift::early ? 15 * kHour + 30 * 60 : 23 * kHour) + random_.below(120);
      seat.talk_s = agent.talk_s;
      seat.missed_permille = agent.missed_permille;
      sit_down(std::move(seat));
    }
    // A colleague from another department helps out for three evenings, under a number that is registered nowhere.
    if (on_ >= day("2026-10-13") && on_ <= day("2026-10-15")) {
      Seat helper;
      helper.member = "PJSIP/8099";
      helper.queues = {"order", "aftersale"};
      helper.from = begin_ + 18 * kHour;
      helper.until = begin_ + 22 * kHour;
      sit_down(std::move(helper));
    }
  }

  // One agent works from home for a week, under a name that people.csv does not list.
  static std::string member_name(const Agent& agent, bool at_home) {
    return at_home ? fmt::format("Local/{}@homeoffice", agent.staff_no) : fmt::format("PJSIP/{}", agent.staff_no);
  }
  std::string member_of(const Agent& agent) const {
    const bool week = on_ >= day("2026-10-19") && on_ <= day("2026-10-25");
    return member_name(agent, agent.staff_no == "1004" && week);
  }

  void sit_down(Seat seat) {
    for (const auto queue : seat.queues) {
      write(seat.from, "MANAGER|{}|{}|ADDMEMBER|", queue, seat.member);
      write(seat.until, "MANAGER|{}|{}|REMOVEMEMBER|", queue, seat.member);
    }
    // A break in each half of the shift, and now and then a meeting.
    const Seconds half = (seat.until - seat.from) / 2;
    pause(seat, seat.from + half / 2 + random_.below(1200), random_.between(300, 780), "休息");
    if (random_.chance(250)) pause(seat, seat.from + half + 600, random_.between(600, 1500), "会议");
    pause(seat, seat.from + half + 5400 + random_.below(1200), random_.between(300, 720), "小结");
    seats_.push_back(std::move(seat));
  }

  void pause(Seat& seat, Seconds at, int length, std::string_view reason) {
    seat.pauses.emplace_back(at, at + length);
    for (const auto queue : seat.queues) {
      write(at, "NONE|{}|{}|PAUSE|{}", queue, seat.member, reason);
      write(at + length, "NONE|{}|{}|UNPAUSE|", queue, seat.member);
    }
  }

  void arrive() {
    constexpr std::array kHourly{6, 9, 11, 10, 7, 5, 8, 10, 10, 9, 7, 5, 4, 3, 2};  // of 106, from 08:00
    constexpr int kHourlySum = 106;
    const bool weekend = on_.weekday() >= 6;
    const int calls = (weekend ? 430 : 620) + random_.below(80) - 40;
    for (int i = 0; i < calls; ++i) {
      int place = random_.below(kHourlySum);
      std::size_t hour = 0;
      while (place >= kHourly[hour]) place -= kHourly[hour++];
      const Seconds at = begin_ + (8 + static_cast<Seconds>(hour)) * kHour + random_.below(3600);
      enter(at, {.call = fmt::format("{}.{}", at, 2 * i), .queue = some_queue()});
    }
    // A storm: for half an hour everybody asks about the same thing.
    if (on_ == day("2026-10-22")) {
      for (int i = 0; i < 110; ++i) {
        const Seconds at = begin_ + 10 * kHour + random_.below(1800);
        enter(at, {.call = fmt::format("{}.{}", at, 2 * (calls + i)), .queue = "aftersale"});
      }
    }
  }

  std::string_view some_queue() {
    const int place = random_.below(100);
    return kQueues[place < 40 ? 0 : place < 65 ? 1 : place < 83 ? 2 : place < 93 ? 3 : 4];
  }

  void enter(Seconds at, Waiting call) {
    // 1000… is no number that anybody has. One caller in four is one of a few hundred who call again and again.
    const int caller = random_.below(10'000'000);
    write(at, "{}|{}|NONE|ENTERQUEUE||1000{:07}|1", call.call, call.queue, caller % 4 == 0 ? caller % 1'600 : caller);
    waiting_.emplace(at, std::move(call));
  }

  Seat* next_seat(std::string_view queue, Seconds at) {
    Seat* best = nullptr;
    for (auto& seat : seats_) {
      if (!seat.serves(queue)) continue;
      const auto ready = seat.ready(at);
      if (!ready) continue;
      if (best == nullptr || std::pair(*ready, seat.free_at) < std::pair(*best->ready(at), best->free_at)) best = &seat;
    }
    return best;
  }

  void serve(Seconds entered, const Waiting& call) {
    const Seconds patience = entered + 25 + random_.below(200);
    if (random_.chance(4)) {
      const Seconds at = entered + 5 + random_.below(20);
      write(at, "{}|{}|NONE|EXITWITHKEY|0|1|1|{}", call.call, call.queue, at - entered);
      return;
    }
    for (Seconds at = entered;;) {
      Seat* const seat = next_seat(call.queue, at);
      const Seconds rung = seat == nullptr ? patience : *seat->ready(at);
      if (rung >= patience) {
        give_up(entered, patience, call);
        return;
      }
      if (!random_.chance(seat->missed_permille)) {
        talk(*seat, entered, rung, call);
        return;
      }
      at = miss(*seat, rung, call);
    }
  }

  void give_up(Seconds entered, Seconds at, const Waiting& call) {
    const Seconds wait = at - entered;
    if (wait > 180) {
      write(at, "{}|{}|NONE|EXITWITHTIMEOUT|1|1|{}", call.call, call.queue, wait);
    } else {
      write(at, "{}|{}|NONE|ABANDON|1|1|{}", call.call, call.queue, wait);
    }
  }

  // The phone rings and nobody takes it; rarely it cannot be reached at all. Gives when the next one can be rung.
  Seconds miss(Seat& seat, Seconds at, const Waiting& call) {
    const int ring_s = random_.chance(60) ? 0 : 15;
    write(at + ring_s, "{}|{}|{}|RINGNOANSWER|{}", call.call, call.queue, seat.member, ring_s * 1000);
    seat.free_at = at + ring_s + 20;
    return at + ring_s + 1;
  }

  void talk(Seat& seat, Seconds entered, Seconds rung, const Waiting& call) {
    const int ring_s = random_.chance(60) ? random_.between(11, 14) : random_.between(2, 9);
    const Seconds answered = rung + ring_s;
    const Seconds wait = answered - entered;
    const int talk_s = std::max(8, random_.around(seat.talk_s + product_seconds(call.queue)));
    const Seconds ended = answered + talk_s;
    write(answered, "{}|{}|{}|CONNECT|{}|{}.1|{}", call.call, call.queue, seat.member, wait, call.call, ring_s);
    seat.free_at = ended + random_.between(8, 25);
    const int how = random_.below(1000);
    if (how < 15 && call.stay == 1) {
      write(ended, "{}|{}|{}|BLINDTRANSFER|700|queues|{}|{}|1", call.call, call.queue, seat.member, wait, talk_s);
      enter(ended, {.call = call.call, .queue = call.queue == "complaint" ? "aftersale" : "complaint", .stay = 2});
    } else if (how < 21) {
      write(ended, "{}|{}|{}|ATTENDEDTRANSFER|BRIDGE|{}-b|{}|{}|1", call.call, call.queue, seat.member, call.call, wait,
            talk_s);
    } else {
      write(ended, "{}|{}|{}|{}|{}|{}|1", call.call, call.queue, seat.member,
            how < 250 ? "COMPLETEAGENT" : "COMPLETECALLER", wait, talk_s);
    }
  }

  // Some products take longer; over all of an agent's products it evens out.
  static int product_seconds(std::string_view queue) {
    switch (queue.front()) {
      case 'e':
        return -6;
      case 'o':
        return -2;
      case 'a':
        return 5;
      case 'c':
        return 6;
      default:
        return 2;
    }
  }

  Date on_;
  Seconds begin_;
  Random random_;
  std::vector<Line>& log_;
  std::vector<Seat> seats_;
  std::multimap<Seconds, Waiting> waiting_;
};

}  // namespace

std::string queue_log() {
  std::vector<Line> log;
  for (Date on = day(kFirstDay); on <= day(kLastDay); on = on.plus_days(1)) DayOfCalls(on, log).run();
  std::ranges::stable_sort(log, {}, &Line::at);
  std::string text;
  for (const auto& line : log) text.append(line.text).append("\n");
  return text;
}

}  // namespace zh::app::demo
