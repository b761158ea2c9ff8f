#include "rooms/pay/api/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "http/fields_json.h"
#include "ledger/changes.h"
#include "ledger/statements.h"
#include "rooms/contacts/contacts.h"
#include "rooms/pay/api/month_api.h"
#include "rooms/pay/month_store.h"
#include "rooms/people/people_store.h"

namespace zh::pay::api {

namespace {

constexpr std::size_t kMonthsKept = 6;

LabelJson label_json(const Text& text) { return {.zh = text.zh, .en = text.en}; }

Error unreadable(std::string_view staff_no) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("{} 的结果单无法读取", staff_no),
                                    .en = fmt::format("the result of {} cannot be read", staff_no)});
}

// A row as it was printed becomes a record again: one form for drafts and for issued months.
Result<PersonRow> row_of(const json::Value& printed) {
  PersonRow row;
  if (!http::read_json(json::compact(printed), row).empty()) {
    const auto* const staff_no = printed.find("staff_no");
    return unreadable(staff_no == nullptr ? "?" : json::compact(*staff_no));
  }
  return row;
}

void label_items(const policy::Pack& pack, PersonRow& row) {
  if (!row.scorecard) return;
  const auto card = std::ranges::find(pack.scorecards, row.position, &policy::Scorecard::position);
  if (card == pack.scorecards.end()) return;
  for (ItemRow& item : row.scorecard->items) {
    if (const auto* const rule = card->item(item.id)) item.label = label_json(rule->label);
  }
}

void label_pay(const policy::Pack& pack, PersonRow& row) {
  if (!row.pay) return;
  for (const policy::PayPlan& plan : pack.pay) {
    for (const policy::PayComponent& component : plan.components) {
      for (PayLineRow& line : row.pay->lines) {
        if (line.id == component.id) line.label = label_json(component.label);
      }
    }
  }
}

void name_people(const people::People& people, const policy::Pack& pack, Month month, std::vector<PersonRow>& rows) {
  for (PersonRow& row : rows) {
    if (const people::Person* const person = people.find(row.staff_no)) {
      row.name = person->name();
      const auto in_month = person->in(month);
      row.group = in_month ? in_month->group : person->latest().group;
    }
    label_items(pack, row);
    label_pay(pack, row);
  }
}

// A quota's heads among those who were rated.
std::vector<QuotaRow> quotas_of(const policy::Pack& pack, const std::vector<PersonRow>& people) {
  std::vector<QuotaRow> rows;
  for (const policy::Rating& rating : pack.ratings) {
    const auto rated = std::ranges::count_if(
        people, [&](const PersonRow& row) { return row.rated && row.position == rating.position; });
    const auto heads = appraisal::heads_of(rating.quotas, static_cast<int>(rated));
    for (std::size_t i = 0; i < rating.quotas.size(); ++i) {
      rows.push_back({.star = rating.quotas[i].star, .share = rating.quotas[i].share.to_string(), .heads = heads[i]});
    }
  }
  return rows;
}

// Signing in, asking and answering change no month. What is not listed makes it be looked at anew, so nothing is
// missed.
constexpr std::array<std::string_view, 29> kChangesNoMonth{"sign_in",
                                                           "sign_out",
                                                           "sign_in_delayed",
                                                           "end_sessions",
                                                           "create_account",
                                                           "reset_password",
                                                           "change_password",
                                                           "set_grants",
                                                           "disable_account",
                                                           "enable_account",
                                                           "create_token",
                                                           "revoke_token",
                                                           "read_secret",
                                                           "read_own_sheet",
                                                           "read_pay",
                                                           "read_rejects",
                                                           "ask_sheet",
                                                           "answer_sheet",
                                                           "export",
                                                           "retry_job",
                                                           "cancel_job",
                                                           "read_transcript",
                                                           "hear_recording",
                                                           "remove_over_time",
                                                           "see_waveform",
                                                           "add_to_library",
                                                           "edit_library",
                                                           "share_in_library",
                                                           "withdraw_from_library"};

Result<std::vector<PersonRow>> rows_of(const json::Array& printed) {
  std::vector<PersonRow> rows;
  rows.reserve(printed.size());
  for (const json::Value& row : printed) {
    ZH_TRY(auto person, row_of(row));
    rows.push_back(std::move(person));
  }
  return rows;
}

Result<std::shared_ptr<MonthView>> make_view(const Books& books, Month month, Instant now) {
  auto view = std::make_shared<MonthView>();
  std::optional<ledger::ClosedPeriod> closed;
  {
    ZH_TRY(auto tx, books.database.read());
    ZH_TRY(closed, ledger::closed_period(tx, month));
  }
  json::Array printed;
  if (closed) {
    ZH_TRY(auto issued, issued_month(books, month));
    view->head = issued.head;
    printed = std::move(issued.people);
  } else {
    ZH_TRY(auto draft, draft_month(books, month, now));
    view->head = draft.head;
    view->findings = std::move(draft.findings);
    view->computed = std::move(draft.result.people);
    for (const PersonResult& person : view->computed) printed.push_back(person_json(person));
  }
  ZH_TRY(view->people, rows_of(printed));
  ZH_TRY(auto tx, books.database.read());
  ZH_TRY(const PackPtr pack, books.pack_of(tx, view->head.pack_version));
  ZH_TRY(const people::People people, people::load_people(tx));
  name_people(people, *pack, month, view->people);
  view->quotas = quotas_of(*pack, view->people);
  ZH_TRY(view->totals_before, totals_of(tx, month.previous()));
  return view;
}

Result<MonthList> make_list(const Books& books, Instant now) {
  ZH_TRY(auto tx, books.database.read());
  std::map<Month, MonthListed> months;
  const Date today = books.zone.date_of(now);
  ZH_TRY(const auto days, contacts::days_with_contacts(tx, {.from = Month{1970, 1}.first(), .until = today}));
  const auto open = [&](Month month) { months.try_emplace(month, MonthListed{.period = month}); };
  for (const Date day : days) open(Month::of(day));
  ZH_TRY(const auto span, ledger::span_of_facts(tx));
  if (span) {
    const Month last = Month::of(books.zone.date_of(std::min(span->until, now)));
    for (Month month = Month::of(books.zone.date_of(span->from)); month <= last; month = month.next()) open(month);
  }
  ZH_TRY(const auto closed, ledger::closed_periods(tx));
  for (const auto& period : closed) {
    months[period.period] = {.period = period.period, .status = ListedStatus::closed, .closed_at = period.closed_at};
  }
  MonthList list;
  for (const auto& [month, listed] : months) list.items.push_back(listed);
  return list;
}

}  // namespace

const PersonRow* MonthView::person(std::string_view staff_no) const {
  const auto found = std::ranges::lower_bound(people, staff_no, {}, &PersonRow::staff_no);
  return found != people.end() && found->staff_no == staff_no ? &*found : nullptr;
}

int MonthView::rated_count() const {
  return static_cast<int>(std::ranges::count_if(people, [](const PersonRow& row) { return row.rated; }));
}

Result<policy::Derivation> MonthView::explanation(const Books& books, const PersonRow& person) const {
  if (head.closed) return explain(books, {.month = head.period, .staff_no = person.staff_no, .item = {}});
  const auto found = std::ranges::lower_bound(computed, person.staff_no, {}, &PersonResult::staff_no);
  if (found == computed.end() || found->staff_no() != person.staff_no) return unreadable(person.staff_no);
  return explanation_of(*found, head.period);
}

Result<SheetPtr> MonthView::sheet(const Books& books, const PersonRow& person) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto kept = sheets_.find(person.staff_no); kept != sheets_.end()) return kept->second;
  }
  ZH_TRY(const auto whole, explanation(books, person));
  PackPtr pack;
  {
    ZH_TRY(auto tx, books.database.read());
    ZH_TRY(pack, books.pack_of(tx, head.pack_version));
  }
  auto row = std::make_shared<SheetRow>(sheet_of(*this, person, whole, *pack));
  ZH_TRY(row->trend, trend_of(books, *this, person));
  const std::scoped_lock lock(mutex_);
  return sheets_.try_emplace(person.staff_no, std::move(row)).first->second;
}

Result<ledger::AuditNumber> MonthViews::last_change() {
  ledger::AuditNumber after;
  {
    const std::scoped_lock lock(mutex_);
    after = looked_up_to_;
  }
  ZH_TRY(auto tx, books_.database.read());
  ZH_TRY(const auto changes, ledger::changes_after(tx, after, kChangesNoMonth));
  const std::scoped_lock lock(mutex_);
  looked_up_to_ = std::max(looked_up_to_, changes.head);
  change_ = std::max(change_, changes.last);
  return change_;
}

std::shared_ptr<MonthViews::Kept> MonthViews::place_of(Month month) {
  const std::scoped_lock lock(mutex_);
  auto& place = kept_[month];
  if (!place) place = std::make_shared<Kept>();
  place->used = ++uses_;
  const auto result = place;
  while (kept_.size() > kMonthsKept) {
    kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second->used; }));
  }
  return result;
}

MonthViewPtr MonthViews::current(const Kept& kept, ledger::AuditNumber change, Date day) {
  const std::scoped_lock lock(mutex_);
  const bool is_current = kept.view && kept.view->change >= change && kept.view->day == day;
  return is_current ? kept.view : nullptr;
}

Result<MonthViewPtr> MonthViews::get(Month month, Instant now) {
  // The change is looked up before the view is made: what is written meanwhile makes the next look make it anew.
  ZH_TRY(const auto change, last_change());
  const Date day = books_.zone.date_of(now);
  const auto place = place_of(month);
  if (auto view = current(*place, change, day)) return view;
  const std::scoped_lock one_at_a_time(place->making);
  if (auto view = current(*place, change, day)) return view;
  ZH_TRY(auto made, make_view(books_, month, now));
  made->change = change;
  made->day = day;
  const std::scoped_lock lock(mutex_);
  place->view = std::move(made);
  return place->view;
}

Result<MonthListPtr> MonthViews::list(Instant now) {
  ZH_TRY(const auto change, last_change());
  const Date day = books_.zone.date_of(now);
  {
    const std::scoped_lock lock(mutex_);
    if (list_ && list_change_ >= change && list_day_ == day) return list_;
  }
  ZH_TRY(auto made, make_list(books_, now));
  const std::scoped_lock lock(mutex_);
  list_ = std::make_shared<const MonthList>(std::move(made));
  list_change_ = change;
  list_day_ = day;
  return list_;
}

}  // namespace zh::pay::api

namespace zh::pay {

bool may_change_months(std::string_view action) {
  return std::ranges::find(api::kChangesNoMonth, action) == api::kChangesNoMonth.end();
}

}  // namespace zh::pay
