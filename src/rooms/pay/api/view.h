// A month as the desk looks at it: results with names, kept until something that could change them has been written.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/audit.h"
#include "rooms/pay/api/records.h"
#include "rooms/pay/month_end.h"

namespace zh::pay::api {

using SheetPtr = std::shared_ptr<const SheetRow>;

// Immutable once made, but for the sheets that are put together as they are asked for.
class MonthView {
 public:
  MonthHead head;
  std::vector<PersonRow> people;  // by staff_no as bytes, names, groups and labels filled in
  std::vector<QuotaRow> quotas;
  std::vector<Finding> findings;       // of a draft
  std::vector<PersonResult> computed;  // of a draft, by staff_no; a closed month's are read from its statements
  std::map<std::string, Decimal> totals_before;  // of the month before, by staff_no
  ledger::AuditNumber change;                    // the last entry of the audit chain that it takes in
  Date day;                                      // the day it was made on: the pre-check looks at it

  MonthStatus status() const { return head.closed ? MonthStatus::closed : MonthStatus::draft; }
  const PersonRow* person(std::string_view staff_no) const;
  int rated_count() const;

  // The whole explanation of one of its people.
  Result<policy::Derivation> explanation(const Books& books, const PersonRow& person) const;
  // One person's sheet with the trend; made once.
  Result<SheetPtr> sheet(const Books& books, const PersonRow& person) const;

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::string, SheetPtr, std::less<>> sheets_;
};
using MonthViewPtr = std::shared_ptr<const MonthView>;
using MonthListPtr = std::shared_ptr<const MonthList>;

// Keeps the views of the last few months. Thread-safe; two that ask for the same month at once wait for one making.
class MonthViews {
 public:
  explicit MonthViews(Books books) : books_(std::move(books)) {}

  // Fails as draft_month() and issued_month().
  Result<MonthViewPtr> get(Month month, Instant now);
  // The months there is something to say about: closed ones, and those with facts or contacts, up to the present.
  Result<MonthListPtr> list(Instant now);
  const Books& books() const { return books_; }

 private:
  struct Kept {
    std::mutex making;  // held while its view is made
    MonthViewPtr view;  // guarded by mutex_, as is the next
    std::uint64_t used = 0;
  };
  Result<ledger::AuditNumber> last_change();
  std::shared_ptr<Kept> place_of(Month month);
  MonthViewPtr current(const Kept& kept, ledger::AuditNumber change, Date day);

  const Books books_;
  std::mutex mutex_;  // guards what follows
  ledger::AuditNumber looked_up_to_;
  ledger::AuditNumber change_;
  std::uint64_t uses_ = 0;
  std::map<Month, std::shared_ptr<Kept>> kept_;
  MonthListPtr list_;
  ledger::AuditNumber list_change_;
  Date list_day_;
};

// One person's sheet without its trend, with what each item was measured from its explanation.
SheetRow sheet_of(const MonthView& view, const PersonRow& person, const policy::Derivation& whole,
                  const policy::Pack& pack);
// Totals of the closed months before, at most twelve with this one, oldest first.
Result<std::vector<TrendPoint>> trend_of(const Books& books, const MonthView& view, const PersonRow& person);

}  // namespace zh::pay::api
