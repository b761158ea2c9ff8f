// Whose results a caller may look at, and whose pay. Private to the api.
//
//   agent, inspector, trainer, office, admin   the own sheet
//   shift leader                               the group's sheets, without pay
//   QA supervisor                              everybody's, without pay
//   HR, manager                                everybody's, with pay (of a group or department, where the grant says
//   so)
//
// A month is computed as a whole, because ranks and quotas are everybody's; what is given away is cut here, for every
// route alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"
#include "policy/derivation.h"
#include "rooms/pay/api/view.h"

namespace zh::pay::api {

// What the routes of sheets demand, and those of the month end.
http::Access sheet_access();
http::Access month_end_access();

class Sight {
 public:
  static Sight of(const http::Principal& principal);

  bool sees(const PersonRow& person) const { return sheets_.covers(person); }
  bool sees_pay(const PersonRow& person) const { return pay_.covers(person); }
  // The person is seen for no other reason than being oneself: drafts may be kept from such a viewer.
  bool sees_only_as_self(const PersonRow& person) const;
  bool is_self(const PersonRow& person) const { return !self_.empty() && person.staff_no == self_; }
  bool sees_others() const { return sheets_.all || !sheets_.groups.empty(); }
  bool sees_pay_of_others() const { return pay_.all || !pay_.groups.empty(); }
  // Closes months and reads the pay table: HR or a manager of the whole centre.
  bool ends_months() const { return pay_.all; }

  // A copy without what may not be seen. Requires sees(person).
  PersonRow cut(PersonRow person) const;
  SheetRow cut(SheetRow sheet, const PersonRow& person) const;
  // Cuts pay, and colleagues whom the viewer does not see, out of an explanation.
  void cut(policy::Derivation& whole, const PersonRow& person, const MonthView& view) const;

 private:
  struct Cover {
    bool all = false;
    std::vector<std::string> groups;
    std::string self;
    bool covers(const PersonRow& person) const;
  };
  static Cover cover_of(const http::Access& access, const http::Principal& principal);
  void cut_members(policy::Derivation& node, const MonthView& view) const;

  Cover sheets_;
  Cover pay_;
  std::string self_;
};

}  // namespace zh::pay::api
