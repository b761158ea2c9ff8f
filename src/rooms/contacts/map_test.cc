#include "rooms/contacts/map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::contacts {
namespace {

using testing::HasSubstr;

Zone shanghai() { return Zone::find("Asia/Shanghai").value(); }

Map map_of(std::string_view yaml) {
  auto map = parse_map(yaml, "calls.yaml");
  EXPECT_TRUE(map.ok()) << (map.ok() ? "" : map.error().to_string(Language::en));
  return map.ok() ? std::move(*map) : Map{};
}
std::string problem_of_map(std::string_view yaml) {
  const auto map = parse_map(yaml, "calls.yaml");
  return map.ok() ? "" : map.error().to_string(Language::en);
}

// The contact that a map makes of one row under a header.
Result<std::optional<Contact>> row_of(const Map& map, std::vector<std::string_view> header,
                                      std::vector<std::string_view> cells) {
  TableMap table(map, shanghai());
  ZH_CHECK(table.bind(header));
  return table.row(cells);
}
Contact contact_of(const Map& map, std::vector<std::string_view> header, std::vector<std::string_view> cells) {
  const auto contact = row_of(map, std::move(header), std::move(cells));
  EXPECT_TRUE(contact.ok()) << (contact.ok() ? "" : contact.error().to_string(Language::en));
  return contact.ok() ? contact->value() : Contact{};
}
std::string problem_of_row(const Map& map, std::vector<std::string_view> header, std::vector<std::string_view> cells) {
  const auto contact = row_of(map, std::move(header), std::move(cells));
  return contact.ok() ? "" : contact.error().to_string(Language::en);
}

TEST(Map, FieldsConstantsTranslationsAndFilters) {
  const Map map = map_of(R"(
fields:
  source_id: id
  offered_at: {columns: [day, time], time: "%d.%m.%Y %H:%M"}
  talk_s: {column: length, duration: "mm:ss"}
  wait_s: {column: waited, duration: ms}
  agent: agent
  queue: {value: hotline}
  outcome: {column: result, values: {ok: answered, gone: abandoned}, otherwise: no_answer}
filters:
  - {column: kind, keep: [in, both]}
  - {column: test, drop: ["yes"]}
)");
  const std::vector<std::string_view> header{"id",    "day",    "time", "length", "waited",
                                             "agent", "result", "kind", "test"};
  const Contact c = contact_of(map, header, {"7", "12.10.2026", "9:05", "61:05", "2500", "8001", "ok", "in", "no"});
  EXPECT_EQ(c.call, "7");
  EXPECT_EQ(shanghai().format(c.offered_at), "2026-10-12T09:05:00+08:00");
  EXPECT_EQ(c.talk_ms, 3'665'000);
  EXPECT_EQ(c.wait_ms, 2500);
  EXPECT_EQ(c.member, "8001");
  EXPECT_EQ(c.queue, "hotline");
  EXPECT_EQ(c.outcome, Outcome::answered);
  EXPECT_TRUE(c.connected);
  EXPECT_EQ(shanghai().format(*c.answered_at), "2026-10-12T09:05:02.5+08:00");
  EXPECT_EQ(c.ended_at->us - c.answered_at->us, 3'665'000'000);

  EXPECT_EQ(contact_of(map, header, {"7", "12.10.2026", "9:05", "", "", "", "gone", "in", ""}).outcome,
            Outcome::abandoned);
  EXPECT_EQ(contact_of(map, header, {"7", "12.10.2026", "9:05", "", "", "", "?", "both", ""}).outcome,
            Outcome::no_answer);
  EXPECT_FALSE(row_of(map, header, {"7", "x", "x", "", "", "", "ok", "out", ""}).value().has_value());
  EXPECT_FALSE(row_of(map, header, {"7", "x", "x", "", "", "", "ok", "in", "yes"}).value().has_value());
}

TEST(Map, WhatATableLeavesOutFollowsFromTheRest) {
  const Map map =
      map_of("fields: {offered_at: start, answered_at: answer, ended_at: end, wait_s: wait, talk_s: talk, agent: who}");
  const std::vector<std::string_view> header{"start", "answer", "end", "wait", "talk", "who"};
  const Contact times =
      contact_of(map, header, {"2026-10-12 09:00:00", "2026-10-12 09:00:10", "2026-10-12 09:01:10", "", "", "A"});
  EXPECT_EQ(times.outcome, Outcome::answered);
  EXPECT_EQ(times.wait_ms, 10'000);
  EXPECT_EQ(times.talk_ms, 60'000);
  const Contact durations = contact_of(map, header, {"2026-10-12 09:00:00", "", "", "10", "60", "A"});
  EXPECT_EQ(durations.answered_at, times.answered_at);
  EXPECT_EQ(durations.ended_at, times.ended_at);
  const Contact lost = contact_of(map, header, {"2026-10-12 09:00:00", "", "2026-10-12 09:00:20", "", "", "A"});
  EXPECT_EQ(lost.outcome, Outcome::no_answer);
  EXPECT_EQ(lost.wait_ms, 20'000);
  EXPECT_FALSE(lost.connected);
}

TEST(Map, ARowWithoutIdIsKnownByItsContent) {
  const Map map = map_of("fields: {offered_at: start}");
  const auto call = [&](const char* start, const char* other) {
    return contact_of(map, {"start", "other"}, {start, other}).call;
  };
  EXPECT_EQ(call("2026-10-12 09:00:00", "a"), call("2026-10-12 09:00:00", " a "));
  EXPECT_NE(call("2026-10-12 09:00:00", "a"), call("2026-10-12 09:00:00", "b"));
}

TEST(Map, ColumnsByNumberWithoutHeader) {
  const Map map = map_of("header: false\ndelimiter: tab\nfields: {offered_at: {column: 2, time: epoch}}");
  EXPECT_EQ(map.delimiter, '\t');
  TableMap table(map, shanghai());
  ASSERT_TRUE(table.bind({}).ok());
  const std::vector<std::string_view> cells{"x", " 1791767109 "};
  EXPECT_EQ(table.row(cells).value()->offered_at, Instant::from_seconds(1791767109));
  const std::vector<std::string_view> short_row{"x"};
  EXPECT_THAT(table.row(short_row).error().message.en, HasSubstr("column 2 is missing"));
}

TEST(Map, AnotherZone) {
  const Map map = map_of("time_zone: UTC\nfields: {offered_at: start}");
  EXPECT_EQ(contact_of(map, {"start"}, {"2026-10-12 01:05:09"}).offered_at, Instant::from_seconds(1791767109));
}

struct Time {
  const char* text;
  const char* pattern;
  const char* reading;  // "" = refused
};

TEST(ParseTime, Patterns) {
  const Time cases[] = {
      {"2026/10/12 09:05:09", "%Y/%m/%d %H:%M:%S", "2026-10-12T09:05:09"},
      {"2026年10月2日 9:5", "%Y年%m月%d日 %H:%M", "2026-10-02T09:05:00"},
      {"12.10.26 09:05", "%d.%m.%y %H:%M", "2026-10-12T09:05:00"},
      {"20261012090509", "%Y%m%d%H%M%S", "2026-10-12T09:05:09"},
      {"10/12/2026 12:05:09 AM", "%m/%d/%Y %I:%M:%S %p", "2026-10-12T00:05:09"},
      {"10/12/2026 下午1:05", "%m/%d/%Y %p%I:%M", "2026-10-12T13:05:00"},
      {"2026-10-12 09:05:09.25", "%Y-%m-%d %H:%M:%S.%f", "2026-10-12T09:05:09.25"},
      {"2026-10-12   09", "%Y-%m-%d %H", "2026-10-12T09:00:00"},
      {"2026-02-29 09:05:09", "%Y-%m-%d %H:%M:%S", ""},
      {"2026-10-12 24:05:09", "%Y-%m-%d %H:%M:%S", ""},
      {"2026-10-12 09:05", "%Y-%m-%d %H:%M:%S", ""},
      {"2026-10-12 09:05:09x", "%Y-%m-%d %H:%M:%S", ""},
      {"", "%Y-%m-%d %H:%M:%S", ""},
  };
  for (const Time& c : cases) {
    const auto local = parse_time(c.text, c.pattern);
    EXPECT_EQ(local.has_value(), *c.reading != '\0') << c.text;
    if (local.has_value()) {
      EXPECT_EQ(*local, Zone::utc().local(Zone::utc().parse_instant(c.reading).value())) << c.text;
    }
  }
}

struct Mistake {
  const char* yaml;
  const char* problem;
};

TEST(Map, MistakesInAMapHaveTheirPlace) {
  const Mistake cases[] = {
      {"feilds: {}", "calls.yaml:1:1: there is no key \"feilds\"; did you mean \"fields\"?"},
      {"header: true", "calls.yaml: fields is missing"},
      {"fields:\n  queue: q\n", "calls.yaml:2:3: fields lacks offered_at"},
      {"fields:\n  offerd_at: t\n", "calls.yaml:2:3: there is no key \"offerd_at\"; did you mean \"offered_at\"?"},
      {"fields: {offered_at: a, offered_at: b}", "the key \"offered_at\" stands twice"},
      {"fields:\n  offered_at: {column: t, time: \"%Y\"}", "calls.yaml:2:33: the time is iso, epoch"},
      {"fields:\n  offered_at: {column: t, time: \"%Q-%Y-%m-%d %H\"}", "the time is iso, epoch"},
      {"fields: {offered_at: t, talk_s: {column: d, duration: hours}}", "duration belongs to fields of duration"},
      {"fields: {offered_at: t, queue: {column: d, duration: s}}", "duration belongs to fields of duration"},
      {"fields: {offered_at: t, queue: {column: d, time: iso}}", "time belongs to fields of time only"},
      {"fields: {offered_at: t, channel: {value: phone}}", "\"phone\" is no value of this field; known: call, chat"},
      {"fields: {offered_at: t, outcome: {column: r, values: {ok: fine}}}", "\"fine\" is no value of this field"},
      {"fields: {offered_at: t, outcome: {column: r, values: {a: answered, a: empty}}}", "\"a\" is translated twice"},
      {"fields: {offered_at: t, outcome: {column: r, otherwise: perhaps}}", "\"perhaps\" is no value of this field"},
      {"fields: {offered_at: t, queue: {column: a, value: b}}", "a field has one of column, columns and value"},
      {"fields: {offered_at: {columns: []}}", "columns is empty"},
      {"fields: {offered_at: {column: [a, b]}}", "for several write columns"},
      {"fields: {offered_at: [a]}", "expected a list of \"key: value\""},
      {"fields: {offered_at: t}\nfilters:\n  - {column: c, keep: [a], drop: [b]}",
       "calls.yaml:3:5: a filter has column"},
      {"fields: {offered_at: t}\nfilters: {}", "filters is a list"},
      {"fields: {offered_at: t}\ndelimiter: ab", "calls.yaml:2:12: the delimiter is one ASCII character"},
      {"fields: {offered_at: t}\nencoding: latin1", "calls.yaml:2:11:"},
      {"fields: {offered_at: t}\ntime_zone: Mars/Olympus", "calls.yaml:2:12:"},
      {"fields: {offered_at: t}\nheader: no", "header is true or false"},
      {"fields: {offered_at: [", "this is no valid YAML"},
      {"[]", "expected a list of \"key: value\" here"},
      {"", "expected a list of \"key: value\" here"},
  };
  for (const Mistake& c : cases) EXPECT_THAT(problem_of_map(c.yaml), HasSubstr(c.problem)) << c.yaml;
}

TEST(Map, AColumnThatTheTableHasNot) {
  const Map map = map_of("fields:\n  offered_at: startd\n");
  EXPECT_EQ(problem_of_row(map, {"id", "started"}, {"1", "2026-10-12"}),
            "calls.yaml:2:15: the table has no column \"startd\"; did you mean \"started\"?");
}

TEST(Map, AnEpochBeyondTheYear9999IsRefused) {
  const Map map = map_of("fields: {offered_at: {column: t, time: epoch}}");
  EXPECT_THAT(problem_of_row(map, {"t"}, {"11791767273502"}), HasSubstr("no time (the map says epoch)"));
  EXPECT_THAT(problem_of_row(map, {"t"}, {"1791767273502"}), HasSubstr("no time (the map says epoch)"));
}

TEST(Map, CellsThatAreRefused) {
  const Map map = map_of(
      "fields: {offered_at: t, answered_at: a, talk_s: d, outcome: {column: r, values: {ok: answered}}, direction: x}");
  const std::vector<std::string_view> header{"t", "a", "d", "r", "x"};
  const auto problem = [&](std::vector<std::string_view> cells) {
    return problem_of_row(map, header, std::move(cells));
  };
  EXPECT_THAT(problem({"", "", "", "", ""}), HasSubstr("there is no offered_at"));
  EXPECT_THAT(problem({"soon", "", "", "", ""}), HasSubstr("column \"t\" is \"soon\": no time (the map says iso)"));
  EXPECT_THAT(problem({"2026-10-12", "", "-3", "", ""}), HasSubstr("a duration cannot be negative"));
  EXPECT_THAT(problem({"2026-10-12", "", "1:2:3", "", ""}),
              HasSubstr("no duration of at most a year (the map says s)"));
  EXPECT_THAT(problem({"2026-10-12", "", "", "bad", ""}), HasSubstr("the map does not translate it; add it to values"));
  EXPECT_THAT(problem({"2026-10-12", "", "", "", "up"}), HasSubstr("expected one of unknown, inbound, outbound"));
  EXPECT_THAT(problem({"2026-10-12", "2026-10-11", "", "", ""}), HasSubstr("time goes backwards"));
}

}  // namespace
}  // namespace zh::contacts
