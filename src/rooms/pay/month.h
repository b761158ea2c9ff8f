// A month's result: everybody's appraisal and pay, and a closed month seen anew for one person. Pure.
//
//   MonthResult month = compute_month(pack, input, settlements, for_each).value();
//   month.people[i].sheet.star, month.people[i].pay->total
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/pay/pay.h"

namespace zh::pay {

struct PersonResult {
  std::string position;
  bool on_probation = false;
  appraisal::Sheet sheet;      // staff_no, scorecard, star …
  std::optional<Payslip> pay;  // none: the position has no pay plan and nothing is settled
  std::string pay_derivation;  // policy::encode()d; empty where there is no pay

  const std::string& staff_no() const { return sheet.staff_no; }
};

struct MonthResult {
  Month period;
  std::vector<PersonResult> people;  // by staff_no as bytes
  std::vector<appraisal::CutOff> cut_offs;
};

// What is settled in this month for one person: the closed months whose worth has changed since it was last stated.
struct Settlement {
  std::string staff_no;
  // For somebody who is not employed in this month and gets a row with these lines alone: the last that was known.
  std::string position;
  bool on_probation = false;
  std::vector<Resettled> months;  // by period
};

// Settlements by staff_no. Fails as appraisal::appraise and pay_of do.
Result<MonthResult> compute_month(const policy::Pack& pack, const appraisal::MonthInput& input,
                                  std::vector<Settlement> settlements,
                                  const appraisal::ForEach& for_each = appraisal::one_after_another);

// A closed month anew for one person, against its frozen cut-offs. Its pay has components only, no adjustments.
Result<PersonResult> compute_again(const policy::Pack& pack, Month period, const appraisal::PersonMonth& person,
                                   std::span<const appraisal::CutOff> cut_offs);

// The pay without what was settled in it for other months.
Fen components_total(const Payslip& slip);

// The whole explanation of a person's month: scorecard, standing and pay under one head. Fails (corrupt).
Result<policy::Derivation> explanation_of(const PersonResult& person, Month period);
// The node with that id nearest to the head ("recording", "total", "star", "base" …). Of several (adjustments of
// several months) all, under the head. Fails (not_found) naming the ids there are.
Result<policy::Derivation> explanation_of_item(policy::Derivation whole, std::string_view id);

}  // namespace zh::pay
