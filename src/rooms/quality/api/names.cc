#include "rooms/quality/api/names.h"

#include "rooms/people/accounts/accounts.h"

namespace zh::quality::api {

Result<Names> Names::of(people::KnownPeople& known, db::Transaction& tx) {
  Names names;
  ZH_TRY(names.people_, known.of(tx));
  ZH_TRY(names.staff_behind_, people::staff_behind_accounts(tx));
  return names;
}

std::optional<std::string> Names::of(std::string_view staff_no) const {
  const people::Person* const person = people_->find(staff_no);
  if (person == nullptr || person->name().empty()) return std::nullopt;
  return person->name();
}

std::optional<std::string> Names::behind(std::string_view account) const {
  const auto found = staff_behind_.find(account);
  return found == staff_behind_.end() ? std::nullopt : of(found->second);
}

}  // namespace zh::quality::api
