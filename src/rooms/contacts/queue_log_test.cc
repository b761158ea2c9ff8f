#include "rooms/contacts/queue_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rooms/contacts/lines.h"

namespace zh::contacts {
namespace {

using testing::HasSubstr;

Zone shanghai() { return Zone::find("Asia/Shanghai").value(); }
LogLine parse(std::string_view line) { return parse_queue_log_line(line, shanghai()); }
LogEvent event_of(std::string_view line) {
  const LogLine parsed = parse(line);
  EXPECT_TRUE(std::holds_alternative<LogEvent>(parsed)) << line;
  const auto* event = std::get_if<LogEvent>(&parsed);
  return event == nullptr ? LogEvent{} : *event;
}
std::string problem_of(std::string_view line) {
  const LogLine parsed = parse(line);
  const auto* error = std::get_if<Error>(&parsed);
  return error == nullptr ? "" : error->message.en;
}
std::string kept(std::string_view line) {
  std::string text;
  append_kept_line(text, line, event_of(line));
  return text;
}

TEST(QueueLogLine, ConnectOfTodayAndOfOldVersions) {
  const LogEvent event = event_of("1791767109|1791767107.0|marketing|Agent/1015|CONNECT|2|1791767107.6|1");
  EXPECT_EQ(event.at, Instant::from_seconds(1791767109));
  EXPECT_EQ(event.kind, EventKind::connect);
  EXPECT_EQ(event.call, "1791767107.0");
  EXPECT_EQ(event.queue, "marketing");
  EXPECT_EQ(event.member, "Agent/1015");
  EXPECT_EQ(event.wait_ms, 2000);
  EXPECT_EQ(event.ring_ms, 1000);
  EXPECT_EQ(event_of("1|c|q|m|CONNECT|2").wait_ms, 2000);
  EXPECT_EQ(event_of("1|c|q|m|CONNECT|2").ring_ms, std::nullopt);
  EXPECT_EQ(event_of("1|c|q|m|CONNECT|2||").ring_ms, std::nullopt);
}

TEST(QueueLogLine, TimesWithFractionsAndFromDatabases) {
  EXPECT_EQ(event_of("1791767109.25|c|q|NONE|ENTERQUEUE||1|1").at, (Instant{1'791'767'109'250'000}));
  EXPECT_EQ(event_of("1791767109.1234567|c|q|NONE|ENTERQUEUE||1|1").at, (Instant{1'791'767'109'123'456}));
  EXPECT_EQ(event_of("2026-10-12 09:05:09|c|q|NONE|ENTERQUEUE||1|1").at, Instant::from_seconds(1791767109));
  EXPECT_EQ(event_of("2026-10-12T09:05:09.5+08:00|c|q|NONE|ENTERQUEUE||1|1").at, (Instant{1'791'767'109'500'000}));
}

// "ring time of RINGNOANSWER in milliseconds" (FORMATS.md).
TEST(QueueLogLine, RingNoAnswerIsInMilliseconds) {
  EXPECT_EQ(event_of("1|c|q|m|RINGNOANSWER|15000").ring_ms, 15'000);
  EXPECT_EQ(event_of("1|c|q|m|RINGNOANSWER|0|").ring_ms, 0);
}

TEST(QueueLogLine, OtherLinesAreNoEvents) {
  for (const char* line : {"1|NONE|NONE|NONE|CONFIGRELOAD|", "1|NONE|NONE|Agent/1|PAUSEALL|lunch", "1|c|q|m|SURVEY|5",
                           "1|c|NONE|m|CONNECT|1|2|3", "1|REALTIME|NONE|m|PENALTY|3"}) {
    EXPECT_TRUE(std::holds_alternative<NoEvent>(parse(line))) << line;
  }
  EXPECT_EQ(event_of("1|NONE|NONE|NONE|QUEUESTART|").kind, EventKind::restart);
}

TEST(QueueLogLine, WhatIsRefusedAndWhy) {
  EXPECT_THAT(problem_of("1791767109|c|q"), HasSubstr("not a whole log line"));
  EXPECT_THAT(problem_of("garbage"), HasSubstr("not a whole log line"));
  EXPECT_THAT(problem_of("soon|c|q|m|CONNECT|1"), HasSubstr("\"soon\" is no time"));
  EXPECT_THAT(problem_of("-5|c|q|m|CONNECT|1"), HasSubstr("is no time"));
  EXPECT_THAT(problem_of("99999999999999|c|q|m|CONNECT|1"), HasSubstr("is no time"));
  EXPECT_THAT(problem_of("1013-10-12 09:05:19|c|q|m|CONNECT|1"), HasSubstr("is no time"));
  EXPECT_THAT(problem_of("1|c|q|m|COMPLETECALLER|5|-3|1"), HasSubstr("negative duration \"-3\""));
  EXPECT_THAT(problem_of("1|c|q|m|COMPLETECALLER|5|x|1"), HasSubstr("\"x\" of COMPLETECALLER"));
  EXPECT_THAT(problem_of("1|c|q|m|COMPLETECALLER|5"), HasSubstr("lacks the talk time"));
  EXPECT_THAT(problem_of("1|c|q|m|CONNECT|99999999"), HasSubstr("31622400 seconds"));
  EXPECT_THAT(problem_of("1|NONE|q|m|CONNECT|1"), HasSubstr("no call id"));
  EXPECT_THAT(problem_of("1|NONE|q|NONE|PAUSE|x"), HasSubstr("names no member"));
}

TEST(KeptLine, OneEventHasOneText) {
  EXPECT_EQ(kept("1791767109|7.0|sales|Agent/1|CONNECT|2|7.6|1"), "1791767109|sales|Agent/1|CONNECT|2|7.6|1");
  EXPECT_EQ(kept("1791767109.500000|7.0|sales|Agent/1|CONNECT|2|7.6|1||"),
            "1791767109.5|sales|Agent/1|CONNECT|2|7.6|1");
  EXPECT_EQ(kept("2026-10-12 09:05:09|7.0|sales|NONE|ENTERQUEUE|"), "1791767109|sales|NONE|ENTERQUEUE");
  EXPECT_EQ(kept("1791767109.000007|7.0|sales|NONE|ENTERQUEUE|"), "1791767109.000007|sales|NONE|ENTERQUEUE");
}

TEST(KeptLine, ReadsBackAsItWas) {
  for (const char* line : {"1791767109.25|7.0|sales|Agent/1|CONNECT|2|7.6|1", "5|7.0|sales|NONE|ENTERQUEUE||139|1",
                           "5|7.0|sales|A|ATTENDEDTRANSFER|LINK|a|b|3|60|1", "5|M|sales|A|PAUSE|lunch"}) {
    const std::string text = kept(line);
    const LogEvent before = event_of(line);
    const LogEvent after = parse_kept_line(text);
    EXPECT_EQ(after.at, before.at) << line;
    EXPECT_EQ(after.kind, before.kind) << line;
    EXPECT_EQ(after.queue, before.queue) << line;
    EXPECT_EQ(after.member, before.member) << line;
    EXPECT_EQ(after.wait_ms, before.wait_ms) << line;
    EXPECT_EQ(after.talk_ms, before.talk_ms) << line;
    EXPECT_EQ(after.ring_ms, before.ring_ms) << line;
    EXPECT_EQ(after.customer, before.customer) << line;
    EXPECT_EQ(after.reason, before.reason) << line;
  }
}

TEST(KeptLine, DamagedTextIsNoEventThatCounts) {
  EXPECT_EQ(parse_kept_line("").kind, EventKind::restart);
  EXPECT_EQ(parse_kept_line("5|q|m|CONNECT|-1").at, Instant{});
}

// Whatever the bytes, a line is an event, none, or refused; and an event is kept as it was read.
TEST(QueueLogLine, AnyBytes) {
  EXPECT_TRUE(rc::check("parsing any bytes", [] {
    const auto fields = *rc::gen::container<std::vector<std::string>>(
        rc::gen::oneOf(rc::gen::element<std::string>("1791767109", "1.5", "NONE", "q", "CONNECT", "COMPLETEAGENT", "-1",
                                                     "LINK", "ATTENDEDTRANSFER", "PAUSE", "ENTERQUEUE", "12"),
                       rc::gen::arbitrary<std::string>()));
    std::string line;
    for (const std::string& field : fields) line += field + "|";
    const LogLine parsed = parse(line);
    if (const auto* event = std::get_if<LogEvent>(&parsed)) {
      std::string text;
      append_kept_line(text, line, *event);
      const LogEvent back = parse_kept_line(text);
      RC_ASSERT(back.at == event->at);
      RC_ASSERT(back.kind == event->kind);
      RC_ASSERT(back.talk_ms == event->talk_ms);
    }
  }));
}

struct Line {
  LineStep step;
  std::string text;
  friend bool operator==(const Line&, const Line&) = default;
};
std::vector<Line> lines_of(std::string_view text) {
  TextSource source(text);
  LineReader reader(source, "log");
  std::vector<Line> lines;
  for (;;) {
    const auto step = reader.next();
    EXPECT_TRUE(step.ok());
    if (!step.ok() || *step == LineStep::end) return lines;
    lines.push_back({*step, std::string(reader.text().substr(0, 20))});
  }
}

TEST(LineReader, EndsOfLines) {
  EXPECT_EQ(lines_of("a\nb\r\n\n  \nc"),
            (std::vector<Line>{{LineStep::line, "a"}, {LineStep::line, "b"}, {LineStep::line, "c"}}));
  EXPECT_TRUE(lines_of("").empty());
}

TEST(LineReader, BadLinesDoNotStopTheRest) {
  const std::string long_line(10 << 20, 'x');
  const auto lines = lines_of("a\n" + long_line + "\nb\n" + std::string("z\0z", 3) + "\n\xff\xfe\nc\n" + long_line);
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0], (Line{LineStep::line, "a"}));
  EXPECT_EQ(lines[1], (Line{LineStep::bad_line, std::string(20, 'x')}));
  EXPECT_EQ(lines[2], (Line{LineStep::line, "b"}));
  EXPECT_EQ(lines[3].step, LineStep::bad_line);
  EXPECT_EQ(lines[4].step, LineStep::bad_line);
  EXPECT_EQ(lines[5], (Line{LineStep::line, "c"}));
  EXPECT_EQ(lines[6].step, LineStep::bad_line);
}

TEST(LineReader, CountsLines) {
  const std::string text = "a\n\n" + std::string(kLineBytes + 1, 'x') + "\nb\n";
  TextSource source(text);
  LineReader reader(source, "queue_log");
  EXPECT_EQ(reader.next().value(), LineStep::line);
  EXPECT_EQ(reader.next().value(), LineStep::bad_line);
  EXPECT_EQ(reader.problem().place.to_string(), "queue_log:3");
  EXPECT_EQ(reader.next().value(), LineStep::line);
  EXPECT_EQ(reader.place().to_string(), "queue_log:4");
}

}  // namespace
}  // namespace zh::contacts
