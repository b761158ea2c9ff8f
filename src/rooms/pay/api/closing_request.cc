#include "rooms/pay/api/closing_request.h"

#include <array>

#include "base/process.h"
#include "ledger/audit.h"
#include "ledger/statements.h"

namespace zh::pay::api {

namespace {

using Step = Transition<ClosingStage, ClosingAction>;

constexpr std::array<Step, 3> kClosing{{
    {ClosingStage::none, ClosingAction::request, ClosingStage::requested, "manager hr", "month_open", ""},
    {ClosingStage::requested, ClosingAction::withdraw, ClosingStage::none, "manager hr", "", ""},
    {ClosingStage::requested, ClosingAction::confirm, ClosingStage::closed, "manager hr", "second_person", ""},
}};
constexpr std::span<const Step, 3> kProcess(kClosing);
static_assert(is_deterministic(kProcess));

constexpr db::Sql kFind = "SELECT requested_by, requested_at FROM month_closings WHERE period = :period";
constexpr db::Sql kInsert =
    "INSERT INTO month_closings (period, requested_by, requested_at) VALUES (:period, :requested_by, :requested_at)";
constexpr db::Sql kDelete = "DELETE FROM month_closings WHERE period = :period";

Error nothing_requested(const std::string& month) {
  return error(ErrorCode::conflict,
               {.zh = month + " 还没有人申请结账", .en = "nobody has requested to close " + month});
}

Result<ClosingStage> stage_of(db::Transaction& tx, Month period) {
  ZH_TRY(const auto closed, ledger::closed_period(tx, period));
  if (closed) return ClosingStage::closed;
  ZH_TRY(const auto request, closing_request(tx, period));
  return request ? ClosingStage::requested : ClosingStage::none;
}

// Fails (conflict) when the process table has no such step.
Status check_step(db::Transaction& tx, Month period, ClosingAction action) {
  ZH_TRY(const ClosingStage stage, stage_of(tx, period));
  if (find_transition(kProcess, stage, action)) return {};
  const std::string month = period.to_string();
  switch (stage) {
    case ClosingStage::closed:
      return error(ErrorCode::conflict, {.zh = month + " 已结账", .en = month + " is closed already"});
    case ClosingStage::requested:
      return error(ErrorCode::conflict,
                   {.zh = month + " 已有人申请结账", .en = "closing " + month + " has been requested already"});
    case ClosingStage::none:
      return nothing_requested(month);
  }
  return {};
}

Status audit(db::Transaction& tx, Month period, std::string_view action, const ClosingRequest& by) {
  auto number = ledger::append_audit(tx, {.at = by.requested_at,
                                          .actor = by.requested_by,
                                          .action = std::string(action),
                                          .object = "period " + period.to_string(),
                                          .detail = {}});
  if (!number.ok()) return std::move(number).error();
  return {};
}

}  // namespace

Result<std::optional<ClosingRequest>> closing_request(db::Transaction& tx, Month period) {
  const std::string key = period.to_string();
  ZH_TRY(auto rows, tx.query(kFind, {{"period", key}}));
  std::optional<ClosingRequest> request;
  if (rows.next()) request = ClosingRequest{rows.get<std::string>(0), rows.get<Instant>(1)};
  ZH_CHECK(rows.finish());
  return request;
}

Status request_closing(db::Transaction& tx, Month period, const ClosingRequest& request) {
  ZH_CHECK(check_step(tx, period, ClosingAction::request));
  ZH_CHECK(tx.execute(kInsert, {{"period", period.to_string()},
                                {"requested_by", request.requested_by},
                                {"requested_at", request.requested_at}}));
  return audit(tx, period, "request_closing", request);
}

Status withdraw_closing(db::Transaction& tx, Month period, const ClosingRequest& by) {
  ZH_CHECK(check_step(tx, period, ClosingAction::withdraw));
  ZH_CHECK(take_request(tx, period));
  return audit(tx, period, "withdraw_closing", by);
}

Status check_confirmation(db::Transaction& tx, Month period, std::string_view account) {
  ZH_CHECK(check_step(tx, period, ClosingAction::confirm));
  ZH_TRY(const auto request, closing_request(tx, period));
  if (request && request->requested_by == account) {
    return own_request();
  }
  return {};
}

Error own_request() {
  return error(ErrorCode::forbidden, {.zh = "申请人不能复核自己的结账申请，请另一人复核",
                                      .en = "who requested the closing cannot confirm it: another person must"});
}

Status take_request(db::Transaction& tx, Month period) {
  ZH_TRY(const auto taken, tx.execute(kDelete, {{"period", period.to_string()}}));
  if (taken == 0) return nothing_requested(period.to_string());
  return {};
}

}  // namespace zh::pay::api
