#include "rooms/pay/api/month_api.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/pay/api/closing_request.h"
#include "rooms/pay/api/questions.h"
#include "rooms/pay/api/routes.h"
#include "rooms/pay/api/showing.h"

namespace zh::pay {

namespace api {

namespace {

using http::Call;

constexpr const char* kReadScope = "months:read";  // what a machine's token needs

Error no_such_sheet(Month month, std::string_view staff_no) {
  const std::string who(staff_no);
  return error(ErrorCode::not_found, {.zh = month.to_string() + " 没有 " + who + " 的考核表",
                                      .en = "there is no sheet of " + who + " for " + month.to_string()});
}

Error not_shown_yet(Month month) {
  return error(ErrorCode::not_found, {.zh = month.to_string() + " 尚未结账，草稿也没有公示",
                                      .en = month.to_string() + " is not closed yet, and its draft is not shown"});
}

// What a representation depends on besides the path: what it was made from, and who looks in which language.
std::string version_of(const Call& call, const MonthView& view, std::string_view more) {
  Hasher hasher;
  hasher.field(fmt::format("{}.{}.{}", view.change.value, view.day.days, view.head.closed)).field(more);
  hasher.field(call.principal.account).field(call.language == Language::zh ? "zh" : "en");
  for (const auto& grant : call.principal.grants) {
    hasher.field(fmt::format("{}.{}.{}.{}", static_cast<int>(grant.role), static_cast<int>(grant.scope),
                             static_cast<int>(grant.clearance), grant.unit));
  }
  return hasher.finish().hex().substr(0, 32);
}

// What changes around a month without changing its results.
struct Around {
  std::optional<ClosingRequest> closing;
  std::optional<Showing> showing;
  std::vector<Thread> threads;

  std::string version() const {
    std::string text =
        fmt::format("{} {} ", closing ? closing->requested_at.us : 0, showing ? showing->shown_until.us : 0);
    for (const Thread& thread : threads) text += fmt::format("{}:{} ", thread.staff_no, thread.messages);
    return text;
  }
};

Result<Around> around_of(db::Transaction& tx, Month month, Instant now) {
  Around around;
  ZH_TRY(around.closing, closing_request(tx, month));
  ZH_TRY(around.showing, showing_of(tx, month, now));
  ZH_TRY(around.threads, threads_of(tx, month));
  return around;
}

int open_questions(const Around& around, const MonthView& view, const Sight& sight) {
  return static_cast<int>(std::ranges::count_if(around.threads, [&](const Thread& thread) {
    const PersonRow* const person = view.person(thread.staff_no);
    return thread.open && person != nullptr && sight.sees(*person);
  }));
}

// Questions nobody has answered yet, as a finding of the pre-check: a closed month's sheets are settled.
std::optional<FindingRow> unanswered(const Call& call, const MonthView& view, const Around& around) {
  std::vector<std::string> subjects;
  for (const Thread& thread : around.threads) {
    if (thread.open && view.person(thread.staff_no) != nullptr) subjects.push_back(thread.staff_no);
  }
  if (subjects.empty()) return std::nullopt;
  const Text text{.zh = fmt::format("{} 张考核表上的提问还没有答复", subjects.size()),
                  .en = subjects.size() == 1
                            ? std::string("1 sheet has a question without an answer")
                            : fmt::format("{} sheets have a question without an answer", subjects.size())};
  if (subjects.size() > kSubjectsShown) subjects.resize(kSubjectsShown);
  return FindingRow{.id = "open_questions",
                    .severity = Severity::warning,
                    .text = text.in(call.language),
                    .subjects = std::move(subjects)};
}

// The pre-check speaks of everybody, of pay too: it is for who ends the month.
std::vector<FindingRow> findings_for(const Call& call, const MonthView& view, const Around& around) {
  std::vector<FindingRow> rows;
  if (!view.head.closed) {
    if (auto questions = unanswered(call, view, around)) rows.push_back(std::move(*questions));
  }
  for (const Finding& finding : view.findings) {
    rows.push_back({.id = finding.id,
                    .severity = finding.severity,
                    .text = finding.text.in(call.language),
                    .subjects = finding.subjects});
  }
  return rows;
}

Result<http::Versioned<MonthRow>> month_row(Call& call, Desk& desk) {
  const auto month = call.path<Month>("month");
  ZH_TRY(const auto view, desk.views.get(month, call.now));
  const Sight sight = Sight::of(call.principal);
  ZH_CHECK(note_reading(call, desk, *view, sight, nullptr));
  Around around;
  bool own_visible = true;
  {
    ZH_TRY(auto tx, desk.database().read());
    ZH_TRY(around, around_of(tx, month, call.now));
    if (!view->head.closed) {
      ZH_TRY(own_visible, draft_is_visible(tx, month, call.now));
    }
  }
  MonthRow row{.period = view->head.period,
               .pack = view->head.pack,
               .pack_version = view->head.pack_version.hex(),
               .status = view->status(),
               .quotas = view->quotas};
  for (const auto& person : view->people) {
    const bool visible = sight.sees(person) && (own_visible || !sight.sees_only_as_self(person));
    if (!visible) continue;
    row.people.push_back(sight.cut(person));
    const auto before = view->totals_before.find(person.staff_no);
    if (before != view->totals_before.end()) row.previous.push_back({person.staff_no, before->second.to_string()});
  }
  if (sight.ends_months()) {
    row.precheck = findings_for(call, *view, around);
    if (around.closing) {
      row.closing = {.requested_by = around.closing->requested_by, .requested_at = around.closing->requested_at};
    }
  }
  if (around.showing) row.showing.until = around.showing->shown_until;
  row.open_questions = open_questions(around, *view, sight);
  return http::Versioned<MonthRow>{std::move(row), version_of(call, *view, around.version())};
}

Result<http::Versioned<SheetRow>> sheet_row(Call& call, Desk& desk) {
  ZH_TRY(const Found found, find_sheet(call, desk));
  ZH_CHECK(note_reading(call, desk, *found.view, found.sight, found.person));
  ZH_TRY(const SheetPtr sheet, found.view->sheet(desk.views.books(), *found.person));
  SheetRow row = found.sight.cut(*sheet, *found.person);
  if (!found.view->head.closed) {
    ZH_TRY(auto tx, desk.database().read());
    ZH_TRY(const auto showing, showing_of(tx, row.period, call.now));
    if (showing) row.showing.until = showing->shown_until;
  }
  const std::string more = std::to_string(row.showing.until.value_or(Instant{}).us) + found.person->staff_no;
  return http::Versioned<SheetRow>{std::move(row), version_of(call, *found.view, more)};
}

Result<WhyRow> why_row(Call& call, Desk& desk, const WhyQuery& query) {
  ZH_TRY(const Found found, find_sheet(call, desk));
  ZH_CHECK(note_reading(call, desk, *found.view, found.sight, found.person));
  ZH_TRY(auto whole, found.view->explanation(desk.views.books(), *found.person));
  found.sight.cut(whole, *found.person, *found.view);
  if (query.item && !query.item->empty()) {
    ZH_TRY(whole, explanation_of_item(std::move(whole), *query.item));
  }
  return WhyRow{.derivation = {json::compact(policy::to_json(whole, desk.views.books().zone))}};
}

// Who sees nobody but oneself is told only of months that are there to be seen.
Result<MonthList> month_list(Call& call, Desk& desk) {
  ZH_TRY(const auto all, desk.views.list(call.now));
  if (Sight::of(call.principal).sees_others()) return *all;
  ZH_TRY(auto tx, desk.database().read());
  MonthList seen;
  for (const MonthListed& month : all->items) {
    bool visible = month.status == ListedStatus::closed;
    if (!visible) {
      ZH_TRY(visible, draft_is_visible(tx, month.period, call.now));
    }
    if (visible) seen.items.push_back(month);
  }
  return seen;
}

void add_reading_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months",
                     .id = "listMonths",
                     .summary = {.zh = "有数据的月份", .en = "The months there is something to say about"},
                     .tag = "pay",
                     .access = http::allow_any_account().with_token_scope(kReadScope)},
                    [desk](Call& call) { return month_list(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}",
                     .id = "getMonth",
                     .summary = {.zh = "一个月的考核结果", .en = "A month's results"},
                     .tag = "pay",
                     .access = sheet_access().with_token_scope(kReadScope)},
                    [desk](Call& call) { return month_row(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}/sheets/{staff_no}",
                     .id = "getSheet",
                     .summary = {.zh = "一个人的月度考核表", .en = "One person's sheet of a month"},
                     .tag = "pay",
                     .access = sheet_access().with_token_scope(kReadScope)},
                    [desk](Call& call) { return sheet_row(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}/sheets/{staff_no}/why",
                     .id = "getWhy",
                     .summary = {.zh = "为什么是这个数", .en = "Why a figure is what it is"},
                     .tag = "pay",
                     .access = sheet_access().with_token_scope(kReadScope)},
                    [desk](Call& call, const http::Query<WhyQuery>& query) { return why_row(call, *desk, *query); });
}

}  // namespace

Result<Found> find_sheet(Call& call, Desk& desk) {
  const auto month = call.path<Month>("month");
  const std::string& staff_no = call.path_text("staff_no");
  ZH_TRY(auto view, desk.views.get(month, call.now));
  const PersonRow* const person = view->person(staff_no);
  Found found{.view = view, .person = person, .sight = Sight::of(call.principal)};
  if (person == nullptr || !found.sight.sees(*person)) return no_such_sheet(month, staff_no);
  if (!view->head.closed && found.sight.sees_only_as_self(*person)) {
    ZH_TRY(auto tx, desk.database().read());
    ZH_TRY(const bool visible, draft_is_visible(tx, month, call.now));
    if (!visible) return not_shown_yet(month);
  }
  return found;
}

Status note_reading(const Call& call, Desk& desk, const MonthView& view, const Sight& sight, const PersonRow* person) {
  constexpr std::int64_t kHour = 60 * 60;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::string object = "period " + view.head.period.to_string();
  const std::string& account = call.principal.account;
  if (person != nullptr && sight.is_self(*person)) {
    return desk.reads.note(desk.database(), {account, "read_own_sheet", object, kDay}, call.now);
  }
  const bool sees_pay_of_others = person != nullptr ? sight.sees_pay(*person) : sight.sees_pay_of_others();
  if (!sees_pay_of_others) return {};
  return desk.reads.note(desk.database(), {account, "read_pay", object, kHour}, call.now);
}

Status check_ends_months(const Call& call) {
  if (Sight::of(call.principal).ends_months()) return {};
  return error(ErrorCode::forbidden, {.zh = "只有全中心的人事或经理可以这样做",
                                      .en = "only HR or a manager of the whole centre may do this"});
}

}  // namespace api

void add_month_routes(http::Site& site, Books books) {
  const auto desk = std::make_shared<api::Desk>(std::move(books), site.events());
  api::add_reading_routes(site, desk);
  api::add_closing_routes(site, desk);
  api::add_question_routes(site, desk);
  api::add_export_routes(site, desk);
}

}  // namespace zh::pay
