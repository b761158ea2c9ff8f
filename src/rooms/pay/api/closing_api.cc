// Showing a draft, and closing a month by two people.
#include <fmt/format.h>

#include "rooms/pay/api/closing_request.h"
#include "rooms/pay/api/routes.h"
#include "rooms/pay/api/showing.h"

namespace zh::pay::api {

namespace {

using http::Call;

// A write that is all or nothing. Browsers are told by its entry in the audit chain.
template <class Action>
Result<void> changed(Call& call, Desk& desk, Action action) {
  ZH_CHECK(check_ends_months(call));
  const auto month = call.path<Month>("month");
  ZH_TRY(auto tx, desk.database().write());
  ZH_CHECK(action(tx, month));
  return tx.commit();
}

ClosingRequest request_by(const Call& call) {
  return {.requested_by = call.principal.account, .requested_at = call.now};
}

Result<void> request(Call& call, Desk& desk) {
  return changed(call, desk,
                 [&](db::Transaction& tx, Month month) { return request_closing(tx, month, request_by(call)); });
}

Result<void> withdraw(Call& call, Desk& desk) {
  return changed(call, desk,
                 [&](db::Transaction& tx, Month month) { return withdraw_closing(tx, month, request_by(call)); });
}

// The request is looked at first, so that nothing is computed in vain, and once more in the transaction that closes.
Result<void> confirm(Call& call, Desk& desk) {
  ZH_CHECK(check_ends_months(call));
  const auto month = call.path<Month>("month");
  const std::string& account = call.principal.account;
  {
    ZH_TRY(auto tx, desk.database().read());
    ZH_CHECK(check_confirmation(tx, month, account));
  }
  const auto together = [&](db::Transaction& tx) -> Status {
    ZH_TRY(const auto request, closing_request(tx, month));
    if (request && request->requested_by == account) return own_request();
    return take_request(tx, month);
  };
  ZH_CHECK(close_month(desk.views.books(), month,
                       {.actor = account, .now = call.now, .alone = false, .together = together}));
  return {};
}

Result<void> show(Call& call, Desk& desk, const ShowJson& body) {
  if (body.days < 1 || body.days > kShowDaysMax) {
    call.reject("/days", {.zh = fmt::format("天数为 1 至 {}", kShowDaysMax),
                          .en = fmt::format("it is shown for 1 to {} days", kShowDaysMax)});
    return call.refused();
  }
  constexpr std::int64_t kDaySeconds = std::int64_t{24} * 60 * 60;
  const Instant until{call.now.us + Instant::from_seconds(body.days * kDaySeconds).us};
  return changed(call, desk, [&](db::Transaction& tx, Month month) {
    return show_draft(tx, month, {.shown_by = call.principal.account, .shown_until = until}, call.now);
  });
}

Result<void> hide(Call& call, Desk& desk) {
  return changed(call, desk, [&](db::Transaction& tx, Month month) {
    return hide_draft(tx, month, call.principal.account, call.now);
  });
}

http::RouteInfo step(http::Method method, std::string_view path, std::string id, Text summary) {
  return {.method = method,
          .path = fmt::format("/api/v1/months/{{month:month}}/{}", path),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "pay",
          .access = month_end_access()};
}

}  // namespace

void add_closing_routes(http::Site& site, const DeskPtr& desk) {
  auto& router = site.router();
  router.add(step(http::Method::post, "closing", "requestClosing",
                  {.zh = "申请结账，须由另一人复核", .en = "Request to close the month; another person confirms"}),
             [desk](Call& call) { return request(call, *desk); });
  router.add(step(http::Method::del, "closing", "withdrawClosing",
                  {.zh = "撤回结账申请", .en = "Withdraw the request to close"}),
             [desk](Call& call) { return withdraw(call, *desk); });
  auto confirming = step(http::Method::post, "closing/confirm", "confirmClosing",
                         {.zh = "复核并结账，出具结果单", .en = "Confirm and close the month: statements are issued"});
  confirming.rate = http::RateClass::heavy;
  router.add(std::move(confirming), [desk](Call& call) { return confirm(call, *desk); });
  router.add(step(http::Method::post, "showing", "showDraft",
                  {.zh = "公示草稿若干天，供本人提问", .en = "Show the draft for some days, for questions"}),
             [desk](Call& call, const http::Body<ShowJson>& body) { return show(call, *desk, *body); });
  router.add(step(http::Method::del, "showing", "hideDraft", {.zh = "停止公示草稿", .en = "Show the draft no longer"}),
             [desk](Call& call) { return hide(call, *desk); });
}

}  // namespace zh::pay::api
