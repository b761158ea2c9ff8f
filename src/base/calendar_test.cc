#include "base/calendar.h"

#include <gtest/gtest.h>

namespace zh {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(Date, KnowsTheCalendar) {
  EXPECT_EQ(day("1970-01-01").days, 0);
  EXPECT_EQ(day("2024-02-29").plus_days(1).to_string(), "2024-03-01");
  EXPECT_EQ(day("2026-11-22").weekday(), 7);
  for (const char* bad :
       {"2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-01", "2026-01-01 ", "", "20260101"}) {
    EXPECT_FALSE(Date::parse(bad).ok()) << bad;
  }
}

TEST(Date, CompletedYearsTurnOnTheAnniversary) {
  struct Case {
    const char *from, *to;
    int years;
  };
  const Case cases[] = {
      {"2025-10-31", "2026-10-31", 1}, {"2025-11-01", "2026-10-31", 0}, {"2024-02-29", "2025-02-28", 0},
      {"2024-02-29", "2025-03-01", 1}, {"2024-02-29", "2028-02-28", 3}, {"2024-02-29", "2028-02-29", 4},
      {"2026-10-31", "2026-10-31", 0}, {"2027-01-01", "2026-10-31", 0},
  };
  for (const Case& c : cases) EXPECT_EQ(completed_years(day(c.from), day(c.to)), c.years) << c.from << " " << c.to;
}

TEST(Month, HasItsDays) {
  const Month october = Month::parse("2026-10").value();
  EXPECT_EQ(october.first().to_string(), "2026-10-01");
  EXPECT_EQ(october.last().to_string(), "2026-10-31");
  EXPECT_EQ(Month::parse("2028-02").value().days(), 29);
  EXPECT_EQ((Month{2026, 12}).next().to_string(), "2027-01");
  EXPECT_EQ((Month{2026, 1}).previous().to_string(), "2025-12");
  for (const char* bad : {"2026-13", "2026-00", "2026", "2026-1", "10-2026"})
    EXPECT_FALSE(Month::parse(bad).ok()) << bad;
}

TEST(Zone, ConvertsBothWays) {
  const Zone shanghai = Zone::find("Asia/Shanghai").value();
  const Instant at = shanghai.parse_instant("2026-10-12T09:05:09").value();
  EXPECT_EQ(at.seconds(), 1791767109);  // an Asterisk epoch of that moment
  EXPECT_EQ(shanghai.format(at), "2026-10-12T09:05:09+08:00");
  EXPECT_EQ(shanghai.parse_instant("2026-10-12T01:05:09Z").value(), at);
  EXPECT_EQ(shanghai.parse_instant("2026-10-12 03:05:09.25+02:00").value().us, at.us + 250'000);
  EXPECT_EQ(shanghai.format({at.us + 250'000}), "2026-10-12T09:05:09.25+08:00");
  EXPECT_EQ(shanghai.parse_instant("2026-10-12").value(), shanghai.start_of(day("2026-10-12")));
  EXPECT_EQ(shanghai.date_of(shanghai.parse_instant("2026-10-31T23:59:59").value()), day("2026-10-31"));
  EXPECT_EQ(shanghai.date_of(Instant{-1}), day("1970-01-01"));
  for (const char* bad : {"", "2026-10-12T9:05:09", "2026-10-12T24:00:00", "2026-10-12T09:05",
                          "2026-10-12T09:05:09+25:00", "2026-10-12T09:05:09x", "12.10.2026"}) {
    EXPECT_FALSE(shanghai.parse_instant(bad).ok()) << bad;
  }
  EXPECT_EQ(Zone::find("Asia/Atlantis").error().code, ErrorCode::not_found);
}

TEST(Zone, SettlesClockChanges) {
  const Zone berlin = Zone::find("Europe/Berlin").value();
  EXPECT_EQ(berlin.format(berlin.parse_instant("2026-03-29T02:30:00").value()),
            "2026-03-29T03:00:00+02:00");  // skipped
  EXPECT_EQ(berlin.format(berlin.parse_instant("2026-10-25T02:30:00").value()), "2026-10-25T02:30:00+02:00");  // twice
  EXPECT_EQ(berlin.interval_of(day("2026-10-25")).length_us(), 25 * 3'600'000'000LL);
}

TEST(Interval, IsHalfOpen) {
  const Interval hour{Instant::from_seconds(0), Instant::from_seconds(3600)};
  EXPECT_TRUE(hour.contains(Instant::from_seconds(0)));
  EXPECT_FALSE(hour.contains(Instant::from_seconds(3600)));
  EXPECT_EQ(Instant{-1}.seconds(), -1);
  EXPECT_EQ((Interval{{5}, {3}}).length_us(), 0);
}

}  // namespace
}  // namespace zh
