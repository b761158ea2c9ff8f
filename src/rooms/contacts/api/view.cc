#include "rooms/contacts/api/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "base/utf8.h"
#include "rooms/contacts/cdr.h"
#include "rooms/contacts/kept_cells.h"

namespace zh::contacts::api {

namespace {

constexpr std::size_t kShortNumber = 7;  // digits; below it nothing is shown
constexpr std::size_t kTail = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number that somebody could be called under: an optional +, then at least seven digits.
bool is_telephone_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= kShortNumber && std::ranges::all_of(text, is_digit);
}

constexpr Date kFar{2'000'000};  // in the year 7445

// The end of a day. What has no end yet lies beyond every contact.
Instant end_of(Date until, const Zone& zone) {
  return until < kFar ? zone.start_of(until.plus_days(1)) : Instant{std::numeric_limits<std::int64_t>::max()};
}

bool in_groups(const http::Reach& reach, const people::PersonRow& row) {
  return std::ranges::find(reach.groups, row.group) != reach.groups.end();
}

bool reaches(const http::Reach& reach, const people::Person& person, Date day) {
  return reach.centre || (!reach.self.empty() && person.staff_no() == reach.self) || in_groups(reach, person.on(day));
}

// ---- events of a queue log's line: "1791767109|queue|member|EVENT|data…"

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t bar = line.find('|');
    fields.push_back(line.substr(0, bar));
    if (bar == std::string_view::npos) return fields;
    line.remove_prefix(bar + 1);
  }
}

Instant kept_instant(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc()) return {};
  std::string micros(end, text.data() + text.size());
  if (micros.starts_with('.')) micros.erase(0, 1);
  micros.resize(6, '0');
  std::int64_t us = 0;
  std::from_chars(micros.data(), micros.data() + micros.size(), us);
  return {seconds * 1'000'000 + us};
}

std::string shown_data(std::string_view event, std::span<const std::string_view> data) {
  // ENTERQUEUE url|caller|position|caller's name: the customer, whatever the number looks like.
  if (event == "ENTERQUEUE") return data.size() > 1 ? masked_number(data[1]) : std::string();
  std::string text;
  for (const std::string_view field : data) {
    if (!text.empty()) text += ' ';
    text += is_telephone_number(field) ? masked_number(field) : std::string(field);
  }
  return text;
}

std::optional<Event> event_of_log(std::string_view line) {
  const auto fields = fields_of(line);
  if (fields.size() < 4) return std::nullopt;
  return Event{.at = kept_instant(fields[0]),
               .event = std::string(fields[3]),
               .member = std::string(fields[2] == "NONE" ? std::string_view() : fields[2]),
               .data = shown_data(fields[3], std::span(fields).subspan(4))};
}

// A leg of a CDR (cdr.h has the columns): who was dialled, how it ended and how long it took.
std::optional<Event> event_of_cdr(std::string_view line) {
  constexpr std::size_t channel = 6;
  constexpr std::size_t start = 9;
  constexpr std::size_t billed = 13;
  constexpr std::size_t disposition = 14;
  const auto cells = kept_cells(line);
  if (cells.size() <= disposition) return std::nullopt;
  return Event{.at = kept_instant(cells[start]),
               .event = "CDR",
               .member = std::string(device_of(cells[channel])),
               .data = fmt::format("{} {} s", cells[disposition], cells[billed])};
}

}  // namespace

std::string masked_number(std::string_view number) {
  if (number.empty()) return {};
  const std::size_t length = utf8::length(number);
  const bool plain = length == number.size();  // letters of several bytes are not cut
  if (!plain || length < kShortNumber) return "****";
  const std::size_t head = length >= 11 ? 3 : 2;
  return fmt::format("{}****{}", number.substr(0, head), number.substr(length - kTail + (length < 9 ? 2 : 0)));
}

bool within(const http::Reach& reach, const people::People& people, std::string_view member, Date day) {
  if (reach.centre) return true;
  if (member.empty()) return false;
  const people::Person* const holder = people.holder_of(member, day);
  return holder != nullptr && reaches(reach, *holder, day);
}

bool within(const http::Reach& reach, const Contact& contact, const Centre& centre) {
  if (reach.centre) return true;
  const people::Person* const agent = agent_of(contact, centre);
  return agent != nullptr && reaches(reach, *agent, centre.zone.date_of(contact.offered_at));
}

namespace {

// The days on which the person's staff number is within the reach: where the group changes, another span begins.
std::vector<Span> staff_number_spans(const people::Person& person, const http::Reach& reach, const Zone& zone) {
  std::vector<Span> spans;
  const auto& history = person.history();
  for (std::size_t i = 0; i < history.size(); ++i) {
    Date from = person.hired_on();
    if (i > 0 && history[i].effective_from) from = std::max(from, *history[i].effective_from);
    Date until = person.left_on().value_or(kFar);
    if (i + 1 < history.size()) until = std::min(until, history[i + 1].effective_from->plus_days(-1));
    if (until < from || !reaches(reach, person, from)) continue;
    spans.push_back(
        {.member = person.staff_no(), .during = {zone.start_of(from), end_of(until, zone)}, .transcripts_only = true});
  }
  return spans;
}

}  // namespace

std::vector<Span> spans_of(const people::Person& person, const http::Reach& reach, const Zone& zone) {
  std::vector<Span> spans = staff_number_spans(person, reach, zone);
  // A span lies within one row of the record, so its group is that of its first day.
  for (const people::PhoneSpan& span : people::phone_spans(person)) {
    if (!reaches(reach, person, span.from)) continue;
    spans.push_back({.member = span.phone_id, .during = {zone.start_of(span.from), end_of(span.until, zone)}});
  }
  return spans;
}

std::vector<Span> spans_within(const http::Reach& reach, const people::People& people, const Zone& zone) {
  std::vector<Span> spans;
  for (const people::Person& person : people.all()) {
    auto of_person = spans_of(person, reach, zone);
    std::move(of_person.begin(), of_person.end(), std::back_inserter(spans));
  }
  return spans;
}

std::vector<Span> common_spans(const std::vector<Span>& some, const std::vector<Span>& others) {
  std::vector<Span> spans;
  for (const Span& one : some) {
    for (const Span& other : others) {
      const Interval during{std::max(one.during.from, other.during.from),
                            std::min(one.during.until, other.during.until)};
      if (one.member != other.member || !(during.from < during.until)) continue;
      spans.push_back({one.member, during, one.transcripts_only || other.transcripts_only});
    }
  }
  return spans;
}

std::vector<Event> events_of(const std::vector<store::Lines>& lines) {
  std::vector<Event> events;
  std::set<std::string_view> seen;  // files overlap: what two of them state happened once
  for (const store::Lines& record : lines) {
    for_each_line(record.text, [&](std::string_view line) {
      const bool of_log = record.source == Source::queue_log || record.source == Source::cdr;
      if (!of_log || !seen.insert(line).second) return;
      auto event = record.source == Source::queue_log ? event_of_log(line) : event_of_cdr(line);
      if (event) events.push_back(std::move(*event));
    });
  }
  std::ranges::stable_sort(events, {}, &Event::at);
  return events;
}

std::vector<Event> events_of(const Contact& contact) {
  std::vector<Event> events{{.at = contact.offered_at, .event = "OFFERED", .member = {}, .data = contact.queue}};
  if (contact.answered_at) {
    events.push_back({.at = *contact.answered_at, .event = "ANSWERED", .member = contact.member, .data = {}});
  }
  if (contact.ended_at) {
    events.push_back({.at = *contact.ended_at,
                      .event = "ENDED",
                      .member = contact.member,
                      .data = std::string(name_of(contact.outcome))});
  }
  return events;
}

}  // namespace zh::contacts::api
