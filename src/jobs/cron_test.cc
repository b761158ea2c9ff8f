#include "jobs/cron.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zh::jobs {
namespace {

// The times that follow `after`, in the zone's own reading.
std::vector<std::string> times(std::string_view cron, std::string_view zone_name, std::string_view after, int count) {
  const Zone zone = Zone::find(zone_name).value();
  const Cron parsed = Cron::parse(cron).value();
  Instant at = zone.parse_instant(after).value();
  std::vector<std::string> found;
  for (int i = 0; i < count; ++i) {
    const auto next = parsed.next(at, zone);
    if (!next) return found;
    found.push_back(zone.format(*next));
    at = *next;
  }
  return found;
}

using Times = std::vector<std::string>;

TEST(Cron, EveryNight) {
  EXPECT_EQ(times("30 2 * * *", "Asia/Shanghai", "2026-10-12T02:29:59", 2),
            (Times{"2026-10-12T02:30:00+08:00", "2026-10-13T02:30:00+08:00"}));
  // The time itself is not after itself.
  EXPECT_EQ(times("30 2 * * *", "Asia/Shanghai", "2026-10-12T02:30:00", 1), (Times{"2026-10-13T02:30:00+08:00"}));
}

TEST(Cron, ListsRangesAndSteps) {
  EXPECT_EQ(times("*/20 8-9 * * *", "Asia/Shanghai", "2026-10-12", 6),
            (Times{"2026-10-12T08:00:00+08:00", "2026-10-12T08:20:00+08:00", "2026-10-12T08:40:00+08:00",
                   "2026-10-12T09:00:00+08:00", "2026-10-12T09:20:00+08:00", "2026-10-12T09:40:00+08:00"}));
  EXPECT_EQ(times("5,10-20/5 0 * * *", "UTC", "2026-10-12", 5),
            (Times{"2026-10-12T00:05:00+00:00", "2026-10-12T00:10:00+00:00", "2026-10-12T00:15:00+00:00",
                   "2026-10-12T00:20:00+00:00", "2026-10-13T00:05:00+00:00"}));
}

TEST(Cron, DaysOfWeekAndMonth) {
  // 2026-10-30 is a Friday.
  EXPECT_EQ(times("0 8 * * 1-5", "Asia/Shanghai", "2026-10-30T09:00:00", 1), (Times{"2026-11-02T08:00:00+08:00"}));
  EXPECT_EQ(times("0 8 * * 0", "Asia/Shanghai", "2026-10-30", 1), times("0 8 * * 7", "Asia/Shanghai", "2026-10-30", 1));
  EXPECT_EQ(times("0 6 1 * *", "Asia/Shanghai", "2026-10-12", 2),
            (Times{"2026-11-01T06:00:00+08:00", "2026-12-01T06:00:00+08:00"}));
  EXPECT_EQ(times("0 0 31 * *", "UTC", "2026-10-31T00:00:00", 2),
            (Times{"2026-12-31T00:00:00+00:00", "2027-01-31T00:00:00+00:00"}));
  EXPECT_EQ(times("0 0 29 2 *", "UTC", "2026-01-01", 1), (Times{"2028-02-29T00:00:00+00:00"}));
  // Both days restricted: either suffices. The 13th, and every Friday (16th).
  EXPECT_EQ(times("0 0 13 * 5", "UTC", "2026-10-12", 2),
            (Times{"2026-10-13T00:00:00+00:00", "2026-10-16T00:00:00+00:00"}));
}

TEST(Cron, ADayThatNeverComes) { EXPECT_EQ(times("0 0 30 2 *", "UTC", "2026-01-01", 1), Times{}); }

// Berlin 2026: 29 March 02:00 → 03:00, 25 October 03:00 → 02:00.
TEST(Cron, ASkippedTimeRunsOnceAtTheChange) {
  EXPECT_EQ(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00", 2),
            (Times{"2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"}));
  EXPECT_EQ(times("15,45 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00", 2),
            (Times{"2026-03-29T03:00:00+02:00", "2026-03-30T02:15:00+02:00"}));
}

TEST(Cron, ATimeThatOccursTwiceRunsOnce) {
  EXPECT_EQ(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00", 2),
            (Times{"2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"}));
}

TEST(Cron, EveryHourMeansEveryElapsedHour) {
  EXPECT_EQ(times("30 * * * *", "Europe/Berlin", "2026-10-25T01:45:00", 3),
            (Times{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:30:00+01:00"}));
  EXPECT_EQ(times("30 * * * *", "Europe/Berlin", "2026-03-29T01:45:00", 2),
            (Times{"2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"}));
}

// Sao Paulo 2018-11-04: midnight itself is skipped (00:00 → 01:00).
TEST(Cron, ADayThatBeginsLate) {
  EXPECT_EQ(times("0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00", 2),
            (Times{"2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"}));
}

// Against the obvious way: try every minute.
RC_GTEST_PROP(CronProperty, IsTheFirstMatchingMinute, ()) {
  const auto minute = *rc::gen::inRange(0, 60);
  const auto hour = *rc::gen::inRange(0, 24);
  const auto weekday = *rc::gen::inRange(1, 8);
  const auto start = Instant::from_seconds(*rc::gen::inRange(1'767'225'600, 1'798'761'600));  // 2026
  const Zone zone = Zone::find("Asia/Shanghai").value();
  const Cron cron =
      Cron::parse(std::to_string(minute) + " " + std::to_string(hour) + " * * " + std::to_string(weekday)).value();
  Instant at{(start.us / 60'000'000 + 1) * 60'000'000};
  while (true) {
    const LocalTime local = zone.local(at);
    if (local.day.weekday() == weekday && local.us_of_day == (hour * 60LL + minute) * 60'000'000) break;
    at.us += 60'000'000;
  }
  RC_ASSERT(cron.next(start, zone) == at);
}

TEST(Cron, MistakesAreNamed) {
  for (const char* const bad : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *",
                                "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "a * * * *", "1,,2 * * * *",
                                "5/2 * * * *", "-1 * * * *", "1- * * * *", "99999999999 * * * *", "* * * jan *"}) {
    EXPECT_FALSE(Cron::parse(bad).ok()) << bad;
  }
  EXPECT_EQ(Cron::parse("0 24 * * *").error().message.en, "the schedule's hour “24” is wrong; it lies from 0 to 23");
}

}  // namespace
}  // namespace zh::jobs
