// A person's calls of the month: from the telephone log where it has the day, else from facts. The log wins for the
// whole day, so that nothing counts twice.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/appraisal/appraisal.h"

namespace zh::appraisal {

// Names of the fact catalogue that stand in for a telephone log, and what a derivation calls a day of the log.
inline constexpr std::string_view kHandleTime = "handle_time";
inline constexpr std::string_view kOffered = "offered";
inline constexpr std::string_view kAnswered = "answered";
inline constexpr std::string_view kContactDay = "contact_day";

// Talk of one product. The mean is seconds / contacts.
struct ProductTalk {
  Fraction seconds;
  std::int64_t contacts = 0;
  std::vector<policy::Input> inputs;
};
using Handled = std::map<std::string, ProductTalk>;  // by product

struct CallCount {
  Fraction calls;
  std::vector<policy::Input> inputs;
};

class Calls {
 public:
  // `person` must outlive this and be in canonical order.
  explicit Calls(const PersonMonth& person);

  const std::vector<Date>& logged_days() const { return logged_days_; }  // in order
  bool logged(Date day) const;
  // Facts of the day that the log displaces.
  std::int64_t left_out(Date day) const;

  Handled handled_by_product() const;
  CallCount assigned() const;
  CallCount answered() const;

 private:
  CallCount count(std::string_view kind, std::int64_t ContactDay::* figure) const;

  const PersonMonth& person_;
  std::vector<Date> logged_days_;
};

}  // namespace zh::appraisal
