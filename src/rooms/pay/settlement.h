// Settling closed months: whose result has changed since it was last stated, and by how much.
#pragma once

#include <map>
#include <vector>

#include "rooms/pay/month_end.h"
#include "rooms/pay/month_store.h"

namespace zh::pay {

// A closed month's result for one person, stated anew.
struct Restatement {
  Month period;
  Hash pack;
  PersonResult person;
  json::Value row;
  appraisal::PersonMonth input;
  bool employed = true;  // on some day of the month, by what is known now
};

struct Settled {
  std::vector<Settlement> settlements;                // by staff_no: the lines of this month
  std::vector<Restatement> restatements;              // to be issued with it
  std::map<Month, std::vector<std::string>> changed;  // per closed month, who
};

// What is to be settled in `month`: of every closed month whose next open month it is. Adjustments of one person stand
// in the order of the months.
Result<Settled> settle_closed_months(const Books& books, const Sources& sources, Month month);

}  // namespace zh::pay
