#include "rooms/contacts/queue_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"

namespace zh::contacts {

namespace {

constexpr std::size_t kFields = 16;                      // no event has more; what follows is not read
constexpr std::int64_t kSecondsMax = 366LL * 24 * 3600;  // longest wait or talk that is believed
constexpr std::int64_t kEpochMax = 253'402'300'799;      // 9999-12-31T23:59:59Z

// How an event's data fields are to be read: the index of each, −1 = it has none.
struct EventShape {
  std::string_view name;
  EventKind kind;
  int wait = -1;
  int talk = -1;
  int ring = -1;
  int customer = -1;
  int reason = -1;
  bool ring_in_ms = false;
};

// Sorted by name.
constexpr std::array kShapes{
    EventShape{.name = "ABANDON", .kind = EventKind::abandon, .wait = 2},
    EventShape{.name = "ADDMEMBER", .kind = EventKind::sign_in},
    EventShape{.name = "AGENTCALLBACKLOGIN", .kind = EventKind::sign_in},
    EventShape{.name = "AGENTCALLBACKLOGOFF", .kind = EventKind::sign_out},
    EventShape{.name = "AGENTLOGIN", .kind = EventKind::sign_in},
    EventShape{.name = "AGENTLOGOFF", .kind = EventKind::sign_out},
    EventShape{.name = "ATTENDEDTRANSFER", .kind = EventKind::attended_transfer, .wait = 2, .talk = 3},
    EventShape{.name = "BLINDTRANSFER", .kind = EventKind::blind_transfer, .wait = 2, .talk = 3},
    EventShape{.name = "COMPLETEAGENT", .kind = EventKind::complete_agent, .wait = 0, .talk = 1},
    EventShape{.name = "COMPLETECALLER", .kind = EventKind::complete_caller, .wait = 0, .talk = 1},
    EventShape{.name = "CONNECT", .kind = EventKind::connect, .wait = 0, .ring = 2},
    EventShape{.name = "ENTERQUEUE", .kind = EventKind::enter, .customer = 1},
    EventShape{.name = "EXITEMPTY", .kind = EventKind::exit_empty, .wait = 2},
    EventShape{.name = "EXITWITHKEY", .kind = EventKind::exit_key, .wait = 3},
    EventShape{.name = "EXITWITHTIMEOUT", .kind = EventKind::exit_timeout, .wait = 2},
    EventShape{.name = "PAUSE", .kind = EventKind::pause, .reason = 0},
    EventShape{.name = "QUEUESTART", .kind = EventKind::restart},
    EventShape{.name = "REMOVEMEMBER", .kind = EventKind::sign_out},
    EventShape{.name = "RINGCANCELED", .kind = EventKind::ring_canceled, .ring = 0, .ring_in_ms = true},
    EventShape{.name = "RINGNOANSWER", .kind = EventKind::ring_no_answer, .ring = 0, .ring_in_ms = true},
    EventShape{.name = "TRANSFER", .kind = EventKind::blind_transfer, .wait = 2, .talk = 3},
    EventShape{.name = "UNPAUSE", .kind = EventKind::unpause, .reason = 0},
    EventShape{.name = "WITHDRAW", .kind = EventKind::withdraw, .wait = 2},
};
static_assert(std::is_sorted(kShapes.begin(), kShapes.end(),
                             [](const EventShape& a, const EventShape& b) { return a.name < b.name; }));

const EventShape* shape_of(std::string_view name) {
  const auto at = std::lower_bound(kShapes.begin(), kShapes.end(), name,
                                   [](const EventShape& shape, std::string_view n) { return shape.name < n; });
  return at != kShapes.end() && at->name == name ? &*at : nullptr;
}

struct Split {
  std::array<std::string_view, kFields> fields;
  std::size_t count = 0;

  std::string_view at(std::size_t index) const { return index < count ? fields[index] : std::string_view{}; }
};

Split split(std::string_view line) {
  Split result;
  while (result.count < kFields) {
    const std::size_t bar = line.find('|');
    result.fields[result.count++] = line.substr(0, bar);
    if (bar == std::string_view::npos) break;
    line.remove_prefix(bar + 1);
  }
  return result;
}

// "12" or "12.345678" in microseconds; further digits are cut. Nothing for anything else.
std::optional<std::int64_t> parse_us(std::string_view text, std::int64_t seconds_max) {
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc() || seconds < 0 || seconds > seconds_max || text.front() == '-') return std::nullopt;
  std::int64_t us = seconds * 1'000'000;
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty()) return us;
  if (rest.front() != '.' || rest.size() < 2) return std::nullopt;
  std::int64_t unit = 100'000;
  for (const char c : rest.substr(1)) {
    if (c < '0' || c > '9') return std::nullopt;
    us += (c - '0') * unit;
    unit /= 10;
  }
  return us;
}

std::string_view named(std::string_view field) { return field == "NONE" ? std::string_view{} : field; }

Error wrong(Text why) { return invalid(std::move(why)); }

Error bad_time(std::string_view field) {
  const std::string shown = utf8::shortened(field, 30);
  return wrong({.zh = fmt::format("“{}”不是时间：应为 1970 年以来的秒数（如 1791767109）", shown),
                .en = fmt::format("\"{}\" is no time: expected seconds since 1970, like 1791767109", shown)});
}

Error bad_number(std::string_view event, std::string_view field) {
  const std::string shown = utf8::shortened(field, 30);
  if (field.starts_with('-')) {
    return wrong({.zh = fmt::format("{} 的时长“{}”为负；请检查写日志的机器的时钟", event, shown),
                  .en = fmt::format("{} has the negative duration \"{}\"; check the clock of the machine that wrote it",
                                    event, shown)});
  }
  return wrong(
      {.zh = fmt::format("{} 的时长“{}”不是 0 至 {} 秒之间的数", event, shown, kSecondsMax),
       .en = fmt::format("the duration \"{}\" of {} is no number from 0 to {} seconds", shown, event, kSecondsMax)});
}

std::optional<Instant> parse_time(std::string_view field, const Zone& zone) {
  if (field.empty()) return std::nullopt;
  if (const auto us = parse_us(field, kEpochMax)) return Instant{*us};
  if (field.size() < 19 || (field[10] != ' ' && field[10] != 'T')) return std::nullopt;
  const auto at = zone.parse_instant(field);
  // No log is older than the clock it is kept by.
  return at.ok() && at->us >= 0 ? std::optional(*at) : std::nullopt;
}

// ATTENDEDTRANSFER LINK names two channels where the others name one thing.
int shift_of(EventKind kind, std::string_view method) {
  return kind == EventKind::attended_transfer && (method == "LINK" || method == "THREEWAY") ? 1 : 0;
}

// Reads the duration under `index` of the data into `ms`. An empty or missing field is no data.
bool read_duration(const Split& fields, std::size_t index, bool in_ms, std::optional<std::int64_t>& ms) {
  const std::string_view field = fields.at(index);
  if (field.empty()) return true;
  const auto us = parse_us(field, in_ms ? kSecondsMax * 1000 : kSecondsMax);
  if (!us.has_value()) return false;
  ms = in_ms ? *us / 1'000'000 : *us / 1000;
  return true;
}

// Fills in what the data fields say, the first of which is fields[first]. Nothing, or the field that is wrong.
std::optional<std::string_view> read_data(const Split& fields, std::size_t first, const EventShape& shape,
                                          LogEvent& event) {
  const std::size_t data = first + static_cast<std::size_t>(shift_of(shape.kind, fields.at(first)));
  const auto duration = [&](int index, bool in_ms, std::optional<std::int64_t>& ms) {
    return index < 0 || read_duration(fields, data + static_cast<std::size_t>(index), in_ms, ms);
  };
  const auto shown = [&](int index) { return fields.at(data + static_cast<std::size_t>(index)); };
  if (!duration(shape.wait, false, event.wait_ms)) return shown(shape.wait);
  if (!duration(shape.talk, false, event.talk_ms)) return shown(shape.talk);
  if (!duration(shape.ring, shape.ring_in_ms, event.ring_ms)) return shown(shape.ring);
  if (shape.customer >= 0) event.customer = shown(shape.customer);
  if (shape.reason >= 0) event.reason = shown(shape.reason);
  return std::nullopt;
}

// Says what a line of a call lacks to be one.
std::optional<Error> lacks(const LogEvent& event, std::string_view name) {
  if (!is_of_call(event.kind)) {
    if (event.kind != EventKind::restart && event.member.empty()) {
      return wrong({.zh = fmt::format("{} 没有写明成员", name), .en = fmt::format("{} names no member", name)});
    }
    return std::nullopt;
  }
  if (event.call.empty()) {
    return wrong({.zh = fmt::format("{} 没有呼叫编号", name), .en = fmt::format("{} has no call id", name)});
  }
  const bool completes = event.kind == EventKind::complete_agent || event.kind == EventKind::complete_caller ||
                         event.kind == EventKind::blind_transfer || event.kind == EventKind::attended_transfer;
  if (completes && !event.talk_ms.has_value()) {
    return wrong({.zh = fmt::format("{} 缺少通话时长；这一行可能不完整", name),
                  .en = fmt::format("{} lacks the talk time; the line may be cut off", name)});
  }
  return std::nullopt;
}

}  // namespace

LogLine parse_queue_log_line(std::string_view line, const Zone& zone) {
  const Split fields = split(line);
  if (fields.count < 5 || fields.fields[4].empty()) {
    return wrong({.zh = "不完整的日志行：应为 时间|呼叫编号|队列|成员|事件|数据…",
                  .en = "not a whole log line: expected time|call id|queue|member|event|data…"});
  }
  const auto at = parse_time(fields.fields[0], zone);
  if (!at.has_value()) return bad_time(fields.fields[0]);

  const std::string_view name = fields.fields[4];
  const EventShape* const shape = shape_of(name);
  if (shape == nullptr) return NoEvent{*at};
  LogEvent event{.at = *at,
                 .kind = shape->kind,
                 .call = is_of_call(shape->kind) ? named(fields.fields[1]) : std::string_view{},
                 .queue = named(fields.fields[2]),
                 .member = named(fields.fields[3])};
  if (is_of_call(event.kind) && event.queue.empty()) return NoEvent{*at};
  if (const auto field = read_data(fields, 5, *shape, event)) return bad_number(name, *field);
  if (auto problem = lacks(event, name)) return std::move(*problem);
  return event;
}

void append_kept_line(std::string& out, std::string_view line, const LogEvent& event) {
  const std::int64_t seconds = event.at.us / 1'000'000;
  fmt::format_to(std::back_inserter(out), "{}", seconds);
  if (std::int64_t rest = event.at.us % 1'000'000; rest != 0) {
    int digits = 6;
    for (; rest % 10 == 0; rest /= 10) --digits;
    fmt::format_to(std::back_inserter(out), ".{:0{}}", rest, digits);
  }
  // The rest of the line from the bar before the queue on.
  std::size_t bar = line.find('|');
  bar = line.find('|', bar + 1);
  std::string_view tail = line.substr(bar);
  tail = tail.substr(0, tail.find_last_not_of('|') + 1);
  out += tail;
}

LogEvent parse_kept_line(std::string_view line) {
  const Split fields = split(line);
  const EventShape* const shape = shape_of(fields.at(3));
  const auto us = parse_us(fields.at(0), kEpochMax);
  if (shape == nullptr || !us.has_value()) return {};
  LogEvent event{
      .at = Instant{*us}, .kind = shape->kind, .call = {}, .queue = named(fields.at(1)), .member = named(fields.at(2))};
  return read_data(fields, 4, *shape, event).has_value() ? LogEvent{} : event;
}

}  // namespace zh::contacts
