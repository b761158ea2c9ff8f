// The organisation: departments, and the groups that make them up. Groups are those that people's records name; which
// department a group belongs to is stated here, for now and not dated: no result depends on it, only who may look.
//
//   电话中心: A, B        书面渠道: C        (no department): 办公室
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "db/db.h"

namespace zh::people {

struct Department {
  std::string name;
  std::vector<std::string> groups;  // by bytes
  friend bool operator==(const Department&, const Department&) = default;
};

// By name as bytes.
Result<std::vector<Department>> departments(db::Transaction& tx);
Result<std::vector<std::string>> groups_of(db::Transaction& tx, std::string_view department);

struct NewOrganisation {
  std::vector<Department> departments;
  std::string actor;
  Instant at;
};
// States the whole organisation anew, with an audit entry. Fails (invalid): a name that is empty or too long, a
// department that stands twice or has no group, a group that stands twice.
Status set_organisation(db::Transaction& tx, const NewOrganisation& organisation);

}  // namespace zh::people
