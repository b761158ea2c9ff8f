#include "app/days.h"

namespace zh::app {

namespace {

std::optional<Date> day_of(const Session& session, const char* name, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = Date::parse(text);
  if (!day.ok()) throw CLI::ValidationError(name, session.say(day.error().message));
  return *day;
}

}  // namespace

Interval ChosenDays::interval(const Zone& zone) const {
  constexpr Instant kBegin{0};
  constexpr Instant kEnd = Instant::from_seconds(253'402'300'800);  // the year 10000
  return {from ? zone.start_of(*from) : kBegin, to ? zone.start_of(to->plus_days(1)) : kEnd};
}

void add_days_options(CLI::App& command, const Session& session, std::string& from, std::string& to) {
  command.add_option(
      "--from", from,
      session.say({.zh = "首日（含）；不写则从头", .en = "first day, included; without it from the beginning"}));
  command.add_option(
      "--to", to, session.say({.zh = "末日（含）；不写则到最后", .en = "last day, included; without it to the end"}));
}

ChosenDays chosen_days(const Session& session, const std::string& from, const std::string& to) {
  const ChosenDays days{.from = day_of(session, "--from", from), .to = day_of(session, "--to", to)};
  if (days.from && days.to && *days.to < *days.from) {
    throw CLI::ValidationError("--to", session.say({.zh = "不能早于 --from", .en = "cannot be before --from"}));
  }
  return days;
}

}  // namespace zh::app
