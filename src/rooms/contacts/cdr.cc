#include "rooms/contacts/cdr.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/hash.h"
#include "base/utf8.h"
#include "rooms/contacts/kept_cells.h"

namespace zh::contacts {

namespace {

enum Column : std::size_t {
  src = 1,
  dstchannel = 6,
  lastapp = 7,
  lastdata = 8,
  start = 9,
  answer = 10,
  end = 11,
  duration = 12,
  billsec = 13,
  disposition = 14,
  optional_columns = 16,
};

constexpr std::int64_t kSecondsMax = 366LL * 24 * 3600;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

// "1791767109.24", "bj1-1791767109.24": how Asterisk names channels and calls.
bool is_unique_id(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == text.size()) return false;
  const auto digits = [](std::string_view part) { return part.find_first_not_of("0123456789") == part.npos; };
  const std::size_t dash = text.rfind('-', dot);
  const std::string_view epoch =
      text.substr(dash == text.npos ? 0 : dash + 1, dot - (dash == text.npos ? 0 : dash + 1));
  return epoch.size() >= 9 && digits(epoch) && digits(text.substr(dot + 1));
}

struct Identity {
  std::string_view uniqueid;
  std::string_view linkedid;
};

// Which of the optional columns are there follows from their number and from what looks like an id.
Identity identity_of(std::span<const std::string_view> extra) {
  switch (extra.size()) {
    case 0:
      return {};
    case 1:
      return {is_unique_id(extra[0]) ? extra[0] : std::string_view{}, {}};
    case 2:
      return {extra[0], {}};
    case 3:  // peeraccount, linkedid, sequence; or uniqueid, userfield, peeraccount
      if (is_unique_id(extra[1]) && whole(extra[2]).has_value()) return {{}, extra[1]};
      return {extra[0], {}};
    case 4:  // uniqueid or userfield, peeraccount, linkedid, sequence; or all but sequence
      if (is_unique_id(extra[3])) return {extra[0], extra[3]};
      return {is_unique_id(extra[0]) ? extra[0] : std::string_view{}, extra[2]};
    default:
      return {extra[0], extra[3]};
  }
}

Error wrong_cell(std::string_view column, std::string_view cell, Text expected) {
  const std::string shown = utf8::shortened(cell, 30);
  return invalid({.zh = fmt::format("{} 为“{}”：{}", column, shown, expected.zh),
                  .en = fmt::format("{} is \"{}\": {}", column, shown, expected.en)});
}

Result<std::optional<Instant>> parse_time(std::string_view column, std::string_view cell, const Zone& zone) {
  if (cell.empty()) return std::optional<Instant>();
  if (const auto seconds = whole(cell); seconds.has_value() && *seconds > 0 && *seconds < 253'402'300'800) {
    return std::optional(Instant::from_seconds(*seconds));
  }
  const auto at = zone.parse_instant(cell);
  if (at.ok()) return std::optional(*at);
  return wrong_cell(column, cell, {.zh = "应为 YYYY-MM-DD HH:MM:SS", .en = "expected YYYY-MM-DD HH:MM:SS"});
}

Result<std::int64_t> parse_seconds(std::string_view column, std::string_view cell) {
  const auto seconds = whole(cell);
  if (seconds.has_value() && *seconds >= 0 && *seconds <= kSecondsMax) return *seconds;
  return wrong_cell(column, cell,
                    seconds.has_value() && *seconds < 0
                        ? Text{.zh = "时长不能为负", .en = "a duration cannot be negative"}
                        : Text{.zh = "应为秒数", .en = "expected a number of seconds"});
}

Status check_disposition(std::string_view cell) {
  for (const std::string_view known : {"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"}) {
    if (cell == known) return {};
  }
  return wrong_cell("disposition", cell,
                    {.zh = "应为 ANSWERED、NO ANSWER、BUSY、FAILED 或 CONGESTION",
                     .en = "expected ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION"});
}

// A leg as the rules see it.
struct Leg {
  std::vector<std::string_view> cells;
  Instant start;
  Instant end;
  std::optional<Instant> answer;
  std::int64_t duration_s = 0;
  std::int64_t billsec = 0;

  bool answered() const { return cells[disposition] == "ANSWERED" && answer.has_value(); }
  Interval conversation() const { return {*answer, Instant{answer->us + billsec * 1'000'000}}; }
};

Instant kept_time(std::string_view cell) { return Instant::from_seconds(whole(cell).value_or(0)); }

std::vector<Leg> legs_of(std::span<const KeptLines> records) {
  std::set<std::string_view> lines;
  for (const KeptLines record : records) for_each_line(record, [&](std::string_view line) { lines.insert(line); });
  std::vector<Leg> legs;
  for (const std::string_view line : lines) {
    Leg leg;
    leg.cells = kept_cells(line);
    if (leg.cells.size() < kCdrColumnsMin) continue;
    leg.start = kept_time(leg.cells[start]);
    leg.end = kept_time(leg.cells[end]);
    if (!leg.cells[answer].empty()) leg.answer = kept_time(leg.cells[answer]);
    leg.duration_s = whole(leg.cells[duration]).value_or(0);
    leg.billsec = whole(leg.cells[billsec]).value_or(0);
    legs.push_back(std::move(leg));
  }
  std::stable_sort(legs.begin(), legs.end(), [](const Leg& a, const Leg& b) { return a.start < b.start; });
  return legs;
}

// The legs that are the call itself, or all of them where none is.
std::vector<Leg> principal(std::vector<Leg> legs, std::string_view call) {
  const auto is_call = [&](const Leg& leg) {
    return identity_of(std::span(leg.cells).subspan(optional_columns)).uniqueid == call;
  };
  if (std::any_of(legs.begin(), legs.end(), is_call))
    std::erase_if(legs, [&](const Leg& leg) { return !is_call(leg); });
  return legs;
}

std::string_view queue_of(std::span<const std::string_view> cells) {
  if (cells[lastapp] != "Queue") return {};
  return cells[lastdata].substr(0, cells[lastdata].find_first_of(",|"));
}

void add_conversation(Contact& contact, const std::vector<Leg>& legs) {
  std::vector<Interval> conversations;
  const Leg* longest = nullptr;
  for (const Leg& leg : legs) {
    if (!leg.answered()) continue;
    conversations.push_back(leg.conversation());
    if (longest == nullptr || leg.billsec > longest->billsec) longest = &leg;
    contact.answered_at = std::min(contact.answered_at.value_or(*leg.answer), *leg.answer);
  }
  if (longest == nullptr) return;
  contact.outcome = Outcome::answered;
  contact.connected = true;
  contact.member = device_of(longest->cells[dstchannel]);
  contact.ring_ms = std::max<std::int64_t>(0, (longest->answer->us - longest->start.us) / 1000);
  contact.wait_ms = std::max<std::int64_t>(0, (contact.answered_at->us - contact.offered_at.us) / 1000);
  contact.talk_ms = union_us(std::move(conversations)) / 1000;
}

}  // namespace

std::string_view device_of(std::string_view channel) {
  if (channel == "NOT_AVAILABLE") return {};
  std::string_view device = channel;
  if (const std::size_t half = device.rfind(';'); half != device.npos) device = device.substr(0, half);
  const std::size_t dash = device.rfind('-');
  if (dash == device.npos || dash + 1 == device.size()) return device;
  const bool is_number = device.find_first_not_of("0123456789abcdefABCDEF", dash + 1) == device.npos;
  return is_number && device.size() - dash > 4 ? device.substr(0, dash) : device;
}

Result<CdrRow> parse_cdr_row(std::span<const std::string_view> cells, const Zone& zone) {
  if (cells.size() < kCdrColumnsMin || cells.size() > kCdrColumnsMax) {
    return invalid(
        {.zh = fmt::format("这一行有 {} 列；Asterisk 话单有 {} 至 {} 列", cells.size(), kCdrColumnsMin, kCdrColumnsMax),
         .en = fmt::format("the row has {} columns; an Asterisk CDR has {} to {}", cells.size(), kCdrColumnsMin,
                           kCdrColumnsMax)});
  }
  ZH_TRY(const auto started, parse_time("start", cells[start], zone));
  if (!started.has_value()) {
    return wrong_cell("start", "", {.zh = "缺少开始时间", .en = "the time of the start is missing"});
  }
  ZH_TRY(const auto answered, parse_time("answer", cells[answer], zone));
  ZH_TRY(auto ended, parse_time("end", cells[end], zone));
  ZH_TRY(const auto seconds, parse_seconds("duration", cells[duration]));
  ZH_TRY([[maybe_unused]] const auto talked, parse_seconds("billsec", cells[billsec]));
  ZH_CHECK(check_disposition(cells[disposition]));
  if (!ended.has_value()) ended = Instant{started->us + seconds * 1'000'000};
  if (*ended < *started || (answered.has_value() && *answered < *started)) {
    return wrong_cell("end", cells[end],
                      {.zh = "通话在开始之前就已接听或结束", .en = "the call was answered or over before it began"});
  }

  CdrRow row{.call = {},
             .kept = {},
             .start = *started,
             .member = std::string(device_of(cells[dstchannel])),
             .queue = std::string(queue_of(cells))};
  const auto seconds_of = [](const std::optional<Instant>& at) {
    return at.has_value() ? std::to_string(at->seconds()) : std::string();
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) row.kept += '\t';
    append_kept_text(row.kept, i == start    ? seconds_of(started)
                               : i == answer ? seconds_of(answered)
                               : i == end    ? seconds_of(ended)
                                             : std::string(cells[i]));
  }
  const Identity id = identity_of(cells.subspan(optional_columns));
  row.call = !id.linkedid.empty() ? id.linkedid : id.uniqueid;
  // A row that names no call is one by itself.
  if (row.call.empty()) row.call = "cdr-" + sha256(row.kept).hex().substr(0, 16);
  return row;
}

std::optional<Contact> contact_of_cdr(std::string_view call, std::span<const KeptLines> records) {
  const std::vector<Leg> legs = principal(legs_of(records), call);
  if (legs.empty()) return std::nullopt;
  Contact contact;
  contact.call = call;
  contact.source = Source::cdr;
  contact.offered_at = legs.front().start;
  contact.ended_at = contact.offered_at;
  contact.customer = legs.front().cells[src];
  contact.outcome = Outcome::no_answer;
  for (const Leg& leg : legs) {
    contact.ended_at = std::max(*contact.ended_at, leg.end);
    if (contact.queue.empty()) contact.queue = queue_of(leg.cells);
    const std::string_view how = leg.cells[disposition];
    const std::string_view device = device_of(leg.cells[dstchannel]);
    if ((how == "NO ANSWER" || how == "BUSY") && !device.empty()) {
      contact.rings.push_back({.member = std::string(device), .ring_ms = leg.duration_s * 1000});
    }
  }
  contact.wait_ms = (contact.ended_at->us - contact.offered_at.us) / 1000;
  add_conversation(contact, legs);
  std::sort(contact.rings.begin(), contact.rings.end());
  return contact;
}

}  // namespace zh::contacts
