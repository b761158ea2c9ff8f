#include "rooms/pay/api/showing.h"

#include "ledger/audit.h"
#include "ledger/statements.h"
#include "rooms/people/settings.h"

namespace zh::pay::api {

namespace {

constexpr db::Sql kFind =
    "SELECT shown_by, shown_until FROM month_showings WHERE period = :period AND shown_until > :now";
constexpr db::Sql kShow =
    "INSERT INTO month_showings (period, shown_by, shown_until) VALUES (:period, :shown_by, :shown_until) "
    "ON CONFLICT (period) DO UPDATE SET shown_by = excluded.shown_by, shown_until = excluded.shown_until";
constexpr db::Sql kHide = "DELETE FROM month_showings WHERE period = :period AND shown_until > :now";

Status audit(db::Transaction& tx, Month period, std::string action, const std::string& actor, Instant now,
             json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = now,
                                          .actor = actor,
                                          .action = std::move(action),
                                          .object = "period " + period.to_string(),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

}  // namespace

Result<std::optional<Showing>> showing_of(db::Transaction& tx, Month period, Instant now) {
  const std::string key = period.to_string();
  ZH_TRY(auto rows, tx.query(kFind, {{"period", key}, {"now", now}}));
  std::optional<Showing> showing;
  if (rows.next()) showing = Showing{rows.get<std::string>(0), rows.get<Instant>(1)};
  ZH_CHECK(rows.finish());
  return showing;
}

Status show_draft(db::Transaction& tx, Month period, const Showing& showing, Instant now) {
  const std::string key = period.to_string();
  ZH_TRY(const auto closed, ledger::closed_period(tx, period));
  if (closed) return error(ErrorCode::conflict, {.zh = key + " 已结账", .en = key + " is closed already"});
  ZH_CHECK(tx.execute(kShow, {{"period", key}, {"shown_by", showing.shown_by}, {"shown_until", showing.shown_until}}));
  return audit(tx, period, "show_draft", showing.shown_by, now,
               json::Object{{"until", Zone::utc().format(showing.shown_until)}});
}

Status hide_draft(db::Transaction& tx, Month period, const std::string& actor, Instant now) {
  const std::string key = period.to_string();
  ZH_TRY(const auto hidden, tx.execute(kHide, {{"period", key}, {"now", now}}));
  if (hidden == 0) {
    return error(ErrorCode::conflict, {.zh = key + " 的草稿没有在公示", .en = "the draft of " + key + " is not shown"});
  }
  return audit(tx, period, "hide_draft", actor, now);
}

Result<bool> draft_is_visible(db::Transaction& tx, Month period, Instant now) {
  ZH_TRY(const auto setting, people::setting_on(tx, people::kDraftSheets, people::kAlways));
  if (setting != people::kWhenShown) return true;
  ZH_TRY(const auto showing, showing_of(tx, period, now));
  return showing.has_value();
}

}  // namespace zh::pay::api
