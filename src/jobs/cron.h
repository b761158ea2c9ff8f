// Times of day as cron writes them, in the centre's zone.
//
//   ┌ minute 0–59   ┌ hour 0–23   ┌ day of month 1–31   ┌ month 1–12   ┌ day of week 0–7, 0 and 7 = Sunday
//   30              2             *                     *              *          every night at half past two
//   */15            *             *                     *              *          every quarter of an hour
//   0               8             *                     *              1-5        at eight on working days
//   0               6             1                     *              *          on the first of each month
//
// A field is *, a number, a range a-b, a list of these with commas, each with an optional step /n. When both days are
// restricted, either one suffices, as everywhere.
//
// Clock changes: a time that is skipped runs at the instant of the change; one that occurs twice runs the first time. A
// schedule whose hour is * goes by elapsed hours instead: it neither doubles nor leaves a gap.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "base/result.h"

namespace zh::jobs {

class Cron {
 public:
  // Fails (invalid) naming the field that is wrong.
  static Result<Cron> parse(std::string_view text);

  // The first time after `after`; nothing when there is none within eight years ("30 February").
  std::optional<Instant> next(Instant after, const Zone& zone) const;

 private:
  bool on_day(Date day) const;
  std::optional<Instant> next_by_clock(Instant after, const Zone& zone) const;
  std::optional<Instant> next_by_hours(Instant after, const Zone& zone) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<8> weekdays_;  // 1 = Monday … 7 = Sunday
  bool any_hour_ = false;
  bool any_day_ = false;
  bool any_weekday_ = false;
};

}  // namespace zh::jobs
