// What people are called: by their staff number, and by the account they acted under. Private to the api.
//
//   ZH_TRY(const Names names, Names::of(desk.known, tx));
//   json.approved_by_name = names.behind(plan.approved_by);
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "db/db.h"
#include "rooms/people/known_people.h"

namespace zh::quality::api {

class Names {
 public:
  static Result<Names> of(people::KnownPeople& known, db::Transaction& tx);

  const people::People& people() const { return *people_; }
  // Nothing where the number is nobody's, or the person has no name.
  std::optional<std::string> of(std::string_view staff_no) const;
  // Of the person whose account it is; nothing where it is nobody's.
  std::optional<std::string> behind(std::string_view account) const;

 private:
  std::shared_ptr<const people::People> people_;
  std::map<std::string, std::string, std::less<>> staff_behind_;
};

}  // namespace zh::quality::api
