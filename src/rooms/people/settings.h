// Centre settings: facts about the centre itself, each from a day on. What is unset is named by who needs it, never
// guessed.
//
//   minimum_wage       the local minimum wage, yuan a month    from 2026-01-01   2490.00
//   jurisdiction       whose rules on fines apply              from 2024-07-01   guangdong
//   draft_sheets       when people see their own sheet of an   always, or when_shown: only while somebody shows the
//                      open month; has no date                 draft
//   log_silence_hours  hours without a line after which the    1 to 720; unset: 26
//                      telephone log is silent; has no date
//   time_zone          of days and months; has no date         Asia/Shanghai
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/fields.h"
#include "base/result.h"
#include "db/db.h"

namespace zh::people {

inline constexpr std::string_view kTimeZone = "time_zone";
inline constexpr std::string_view kJurisdiction = "jurisdiction";
inline constexpr std::string_view kMinimumWage = "minimum_wage";
inline constexpr std::string_view kDraftSheets = "draft_sheets";
inline constexpr std::string_view kAlwaysShown = "always";  // of draft_sheets; also when it is unset
inline constexpr std::string_view kWhenShown = "when_shown";
inline constexpr std::string_view kLogSilenceHours = "log_silence_hours";
// A centre takes its log in at least once a day; a day and two hours without a line is more than a late import.
inline constexpr int kLogSilenceHoursUnset = 26;
inline constexpr int kLogSilenceHoursMax = 720;

struct SettingSpec {
  std::string_view name;
  Text label;
  Unit unit;
  bool dated;  // false: one value for ever
  // The value as it is stored, or why it is none.
  Result<std::string> (*checked)(std::string_view value);
};
std::span<const SettingSpec> setting_specs();
// Fails (invalid), naming the settings there are.
Result<const SettingSpec*> find_setting(std::string_view name);

struct Setting {
  std::string name;
  Date effective_from;  // kAlways for settings without a date
  std::string value;
  friend bool operator==(const Setting&, const Setting&) = default;
};
inline constexpr Date kAlways{-719162};  // 0001-01-01

// All that are set, by name, then day.
Result<std::vector<Setting>> all_settings(db::Transaction& tx);
// The value in force on the day; nothing when it is unset then.
Result<std::optional<std::string>> setting_on(db::Transaction& tx, std::string_view name, Date day);

// Hours without a line after which the telephone log is silent.
Result<int> log_silence_hours(db::Transaction& tx);

struct NewSetting {
  std::string name;
  std::string value;
  std::optional<Date> effective_from;  // required for dated settings, refused for others
  std::string actor;
  Instant at;
};
// Sets it from that day on, replacing what was set for the very day, and writes the audit entry. Fails (invalid) on an
// unknown name, a value that is none, and a date where none belongs or none where one does.
Status set_setting(db::Transaction& tx, const NewSetting& setting);

}  // namespace zh::people
