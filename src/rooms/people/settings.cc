#include "rooms/people/settings.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/money.h"
#include "base/utf8.h"
#include "ledger/audit.h"
#include "rooms/people/keeping.h"

namespace zh::people {

namespace {

constexpr db::Sql kAll = "SELECT name, effective_from, value FROM centre_settings ORDER BY name, effective_from";
constexpr db::Sql kOn = R"(
  SELECT value FROM centre_settings
   WHERE name = :name AND effective_from <= :day
   ORDER BY effective_from DESC
   LIMIT 1)";
constexpr db::Sql kSet = R"(
  INSERT INTO centre_settings (name, effective_from, value) VALUES (:name, :effective_from, :value)
  ON CONFLICT (name, effective_from) DO UPDATE SET value = excluded.value)";

Result<std::string> checked_zone(std::string_view value) {
  ZH_TRY(const Zone zone, Zone::find(value));
  return zone.name();
}

Result<std::string> checked_jurisdiction(std::string_view value) {
  for (const std::string_view known : {"national", "guangdong", "shenzhen"}) {
    if (known == value) return std::string(value);
  }
  const std::string shown = utf8::shortened(value, 40);
  return invalid(
      {.zh = fmt::format("没有名为“{}”的法域；可用：national、guangdong、shenzhen", shown),
       .en = fmt::format("there is no jurisdiction \"{}\"; there are: national, guangdong, shenzhen", shown)});
}

Result<std::string> checked_draft_sheets(std::string_view value) {
  if (value == kAlwaysShown || value == kWhenShown) return std::string(value);
  return invalid({.zh = fmt::format("应为 {} 或 {}", kAlwaysShown, kWhenShown),
                  .en = fmt::format("it is {} or {}", kAlwaysShown, kWhenShown)});
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::string> checked_silence(std::string_view value) {
  const auto hours = whole_number(value);
  if (hours && *hours >= 1 && *hours <= kLogSilenceHoursMax) return std::to_string(*hours);
  return invalid({.zh = fmt::format("应为 1 至 {} 的整数小时", kLogSilenceHoursMax),
                  .en = fmt::format("it is a whole number of hours from 1 to {}", kLogSilenceHoursMax)});
}

Result<std::string> checked_days(std::string_view value) {
  const auto days = whole_number(value);
  if (days && *days >= 1 && *days <= kKeepDaysMax) return std::to_string(*days);
  return invalid({.zh = fmt::format("应为 1 至 {} 的整数天", kKeepDaysMax),
                  .en = fmt::format("it is a whole number of days from 1 to {}", kKeepDaysMax)});
}

Result<std::string> checked_wage(std::string_view value) {
  ZH_TRY(const Fen amount, parse_yuan(value));
  if (amount <= Fen{0}) {
    return invalid({.zh = "最低工资应大于 0 元", .en = "a minimum wage is more than 0 yuan"});
  }
  return amount.to_string();
}

}  // namespace

std::span<const SettingSpec> setting_specs() {
  static const std::array kSpecs{
      SettingSpec{kDraftSheets,
                  {"未结账月份的本人考核表", "own sheets of an open month"},
                  Unit::none,
                  false,
                  checked_draft_sheets},
      SettingSpec{kJurisdiction, {"法域", "jurisdiction"}, Unit::none, true, checked_jurisdiction},
      SettingSpec{
          kKeepRecordingsDays, {"录音保存天数", "days that recordings are kept"}, Unit::days, false, checked_days},
      SettingSpec{kKeepTranscriptsDays,
                  {"对话文本保存天数", "days that transcripts are kept"},
                  Unit::days,
                  false,
                  checked_days},
      SettingSpec{kLogSilenceHours,
                  {"话务日志静默多少小时后提醒", "hours without a line after which the telephone log is silent"},
                  Unit::none,
                  false,
                  checked_silence},
      SettingSpec{kMinimumWage, {"当地月最低工资", "local minimum wage a month"}, Unit::yuan, true, checked_wage},
      SettingSpec{kTimeZone, {"时区", "time zone"}, Unit::none, false, checked_zone}};
  return kSpecs;
}

Result<const SettingSpec*> find_setting(std::string_view name) {
  std::string all;
  for (const auto& spec : setting_specs()) {
    if (spec.name == name) return &spec;
    all += (all.empty() ? "" : ", ") + std::string(spec.name);
  }
  const std::string shown = utf8::shortened(name, 40);
  return invalid({.zh = fmt::format("没有名为“{}”的中心设置；可用：{}", shown, all),
                  .en = fmt::format("there is no centre setting \"{}\"; there are: {}", shown, all)});
}

Result<std::vector<Setting>> all_settings(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kAll));
  std::vector<Setting> settings;
  while (rows.next()) {
    settings.push_back(
        {.name = rows.get<std::string>(0), .effective_from = rows.get<Date>(1), .value = rows.get<std::string>(2)});
  }
  ZH_CHECK(rows.finish());
  return settings;
}

Result<std::optional<std::string>> setting_on(db::Transaction& tx, std::string_view name, Date day) {
  return tx.first<std::string>(kOn, {{"name", name}, {"day", day}});
}

Result<int> log_silence_hours(db::Transaction& tx) {
  ZH_TRY(const auto stored, setting_on(tx, kLogSilenceHours, kAlways));
  return stored ? whole_number(*stored).value_or(kLogSilenceHoursUnset) : kLogSilenceHoursUnset;
}

Status set_setting(db::Transaction& tx, const NewSetting& setting) {
  ZH_TRY(const SettingSpec* const spec, find_setting(setting.name));
  if (spec->dated != setting.effective_from.has_value()) {
    if (spec->dated) {
      return invalid({.zh = fmt::format("{} 需要生效日期：--from YYYY-MM-DD", spec->name),
                      .en = fmt::format("{} needs the day from which it holds: --from YYYY-MM-DD", spec->name)});
    }
    return invalid({.zh = fmt::format("{} 没有生效日期", spec->name),
                    .en = fmt::format("{} has no date from which it holds", spec->name)});
  }
  ZH_TRY(const std::string value, spec->checked(setting.value));
  const Date from = setting.effective_from.value_or(kAlways);
  ZH_CHECK(tx.execute(kSet, {{"name", setting.name}, {"effective_from", from}, {"value", value}}));
  json::Object detail{{"value", value}};
  if (spec->dated) detail.push_back({"effective_from", from.to_string()});
  ZH_CHECK(ledger::append_audit(tx, {.at = setting.at,
                                     .actor = setting.actor,
                                     .action = "set_centre",
                                     .object = "centre setting " + setting.name,
                                     .detail = std::move(detail)}));
  return {};
}

}  // namespace zh::people
