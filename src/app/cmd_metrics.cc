// zhiheng metrics --data DIR --from D --to D --by agent|queue|day
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/table.h"
#include "base/json.h"
#include "rooms/contacts/contacts.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

using contacts::By;
using contacts::MetricRow;

struct MetricsOptions {
  std::string data;
  std::string from;
  std::string to;
  std::string by;
};

// Shares and seconds with six decimals (FORMATS.md, "Metrics"); null without data.
json::Value six_decimals(const std::optional<Fraction>& value) {
  if (!value.has_value()) return nullptr;
  return json::Number{value->round(6, Rounding::half_even).to_string()};
}
json::Value seconds(std::int64_t us) { return six_decimals(Fraction(us, 1'000'000)); }

json::Object agent_json(const MetricRow& row) {
  json::Object paused;
  for (const auto& [reason, us] : row.paused_us) paused.push_back({reason, seconds(us)});
  return {{"key", row.key},
          {"assigned", row.sums.assigned()},
          {"answered", row.sums.answered},
          {"connection_rate", six_decimals(row.sums.connection_rate())},
          {"ring_mean_s", six_decimals(row.sums.ring_mean_s())},
          {"answered_within_10s", six_decimals(row.sums.answered_within_10s())},
          {"aht_s", six_decimals(row.sums.aht_s())},
          {"ended_by_agent", six_decimals(row.sums.ended_by_agent_share())},
          {"paused_s", std::move(paused)}};
}

json::Object traffic_json(const MetricRow& row) {
  return {{"key", row.key},
          {"offered", row.sums.offered},
          {"answered", row.sums.answered},
          {"abandoned", row.sums.abandoned},
          {"timeout", row.sums.timeout},
          {"exit_key", row.sums.exit_key},
          {"wait_mean_s", six_decimals(row.sums.wait_mean_s())},
          {"service_level_10s", six_decimals(row.sums.service_level_10s())},
          {"aht_s", six_decimals(row.sums.aht_s())}};
}

std::string as_json(const std::vector<MetricRow>& rows, const std::string& by) {
  json::Array list;
  for (const MetricRow& row : rows) list.push_back(by == "agent" ? agent_json(row) : traffic_json(row));
  return json::pretty(json::Object{{"by", by}, {"rows", std::move(list)}});
}

// --- the table for people --------------------------------------------------------------------------------------------

using Cells = std::vector<std::string>;

std::string percent(const std::optional<Fraction>& share) {
  if (!share.has_value()) return "–";
  return (*share * Fraction(100)).round(1, Rounding::half_even).to_string() + " %";
}
std::string one_decimal(const std::optional<Fraction>& value) {
  return value.has_value() ? value->round(1, Rounding::half_even).to_string() : "–";
}
std::string minutes(std::int64_t us) { return one_decimal(Fraction(us, 60'000'000)); }

Cells agent_cells(const MetricRow& row) {
  std::string reasons;
  for (const auto& [reason, us] : row.paused_us) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason.empty() ? "–" : reason, minutes(us));
  }
  return {row.key,
          std::to_string(row.sums.assigned()),
          std::to_string(row.sums.answered),
          percent(row.sums.connection_rate()),
          one_decimal(row.sums.ring_mean_s()),
          percent(row.sums.answered_within_10s()),
          one_decimal(row.sums.aht_s()),
          percent(row.sums.ended_by_agent_share()),
          minutes(row.signed_in_us),
          minutes(row.paused_total_us),
          reasons};
}

Cells traffic_cells(const MetricRow& row) {
  return {row.key,
          std::to_string(row.sums.offered),
          std::to_string(row.sums.answered),
          std::to_string(row.sums.abandoned),
          std::to_string(row.sums.timeout),
          std::to_string(row.sums.exit_key),
          one_decimal(row.sums.wait_mean_s()),
          percent(row.sums.service_level_10s()),
          one_decimal(row.sums.aht_s())};
}

std::vector<TextTable::Column> columns(const Session& session, By by) {
  const auto right = [&](const char* zh, const char* en) {
    return TextTable::Column{session.say({.zh = zh, .en = en}), Align::right};
  };
  const auto left = [&](const char* zh, const char* en) {
    return TextTable::Column{session.say({.zh = zh, .en = en}), Align::left};
  };
  if (by == By::agent) {
    return {left("坐席", "agent"),
            right("分配", "assigned"),
            right("接听", "answered"),
            right("接通率", "connected"),
            right("振铃秒", "ring s"),
            right("10 秒内", "within 10 s"),
            right("均长秒", "AHT s"),
            right("坐席挂机", "hung up"),
            right("签入分", "signed in min"),
            right("示忙分", "paused min"),
            left("示忙原因（分）", "pauses by reason (min)")};
  }
  return {by == By::queue ? left("队列", "queue") : left("日期", "day"),
          right("来电", "offered"),
          right("接听", "answered"),
          right("放弃", "abandoned"),
          right("超时", "timeout"),
          right("按键退出", "key exit"),
          right("等待秒", "wait s"),
          right("10 秒内", "within 10 s"),
          right("均长秒", "AHT s")};
}

std::string as_text(const Session& session, const std::vector<MetricRow>& rows, By by) {
  if (rows.empty()) {
    return session.say({.zh = "这些日子没有联络。\n", .en = "There are no contacts in these days.\n"});
  }
  TextTable table(columns(session, by));
  for (const MetricRow& row : rows) table.add(by == By::agent ? agent_cells(row) : traffic_cells(row));
  return table.to_string();
}

Result<std::string> compute(const Session& session, const MetricsOptions& options, contacts::Days days, By by) {
  ZH_TRY(Centre centre, open_centre(options.data));
  ZH_TRY(db::Transaction tx, centre.database->read());
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_TRY(const auto rows, contacts::metrics(tx, {.people = people, .zone = centre.zone}, days, by));
  ZH_CHECK(tx.commit());
  return session.json ? as_json(rows, options.by) : as_text(session, rows, by);
}

Date date_option(const Session& session, const char* name, const std::string& text) {
  const auto day = Date::parse(text);
  if (!day.ok()) throw CLI::ValidationError(name, session.say(day.error().message));
  return *day;
}

void run_metrics(Session& session, const MetricsOptions& options) {
  const contacts::Days days{.from = date_option(session, "--from", options.from),
                            .until = date_option(session, "--to", options.to)};
  if (days.until < days.from) {
    throw CLI::ValidationError("--to", session.say({.zh = "不能早于 --from", .en = "cannot be before --from"}));
  }
  const auto text = compute(session, options, days, contacts::parse_by(options.by).value_or(By::agent));
  if (text.ok()) {
    session.print(*text);
  } else {
    session.fail(text.error());
  }
}

}  // namespace

void add_metrics(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("metrics", session.say({.zh = "坐席、队列或每日的话务指标",
                                                      .en = "telephone figures by agent, queue or day"})),
      session);
  const auto options = std::make_shared<MetricsOptions>();
  add_data_option(command, session, options->data);
  command.add_option("--from", options->from, session.say({.zh = "首日（含）", .en = "first day, included"}))
      ->required();
  command.add_option("--to", options->to, session.say({.zh = "末日（含）", .en = "last day, included"}))->required();
  command.add_option("--by", options->by, session.say({.zh = "按 agent、queue 或 day", .en = "agent, queue or day"}))
      ->required()
      ->check(CLI::IsMember({"agent", "queue", "day"}));
  command.callback([&session, options] { run_metrics(session, *options); });
}

}  // namespace zh::app
