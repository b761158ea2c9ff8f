// Pay: what a month's appraisal and facts are worth in yuan under a policy pack, and the difference that a closed month
// makes when it is seen anew. Pure; the month end itself is month_end.h.
//
//   Payslip slip = pay_of(pack, period, person, star, node).value();   // slip.total in fen
//   node                                                               // how each line came about
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "policy/pack.h"
#include "rooms/appraisal/appraisal.h"

namespace zh::pay {

struct PayLine {
  std::string id;  // of the component in the pack, or "adjustment"
  Fen amount;      // never 0: such lines are left out
  std::string clause;
  std::optional<Month> period;  // adjustments only: the closed month that is settled
  friend bool operator==(const PayLine&, const PayLine&) = default;
};

struct Payslip {
  std::vector<PayLine> lines;  // components in the pack's order, then adjustments by period
  Fen total;
  friend bool operator==(const Payslip&, const Payslip&) = default;
};

// The person's pay for the month by the components of the position's pay plan; no lines where the plan has none that
// apply. `node` (make it with pay_caption()) receives a child per component, those of 0.00 yuan too. Fails (invalid,
// with the rule's place) when no row of a table applies or a fact lacks its amount.
Result<Payslip> pay_of(const policy::PayPlan& plan, const policy::Pack& pack, Month period,
                       const appraisal::PersonMonth& person, int star, policy::Derivation& node);

// The head of a payslip, found by `why` as "pay".
policy::CaptionPtr pay_caption();

// What a closed month is found to be worth now, beside what was last stated about it.
struct Resettled {
  Month period;
  Fen stated;  // by the last statement; 0 where none was made
  Fen now;
  policy::Derivation derivation;  // of `now`
};
// Adds the line {"adjustment", now − stated, period} and its node, nothing where there is no difference. Lines stay in
// the order of their periods when called in that order.
void add_adjustment(Payslip& slip, Resettled resettled, policy::Derivation& node);

}  // namespace zh::pay
