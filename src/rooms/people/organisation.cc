#include "rooms/people/organisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "ledger/audit.h"

namespace zh::people {

namespace {

constexpr db::Sql kAll = "SELECT department, group_name FROM department_groups ORDER BY department, group_name";
constexpr db::Sql kOf = "SELECT group_name FROM department_groups WHERE department = :department ORDER BY group_name";
constexpr db::Sql kDeleteAll = "DELETE FROM department_groups";
constexpr db::Sql kInsert = "INSERT INTO department_groups (group_name, department) VALUES (:group_name, :department)";

Status check_name(std::string_view name) {
  constexpr std::size_t kNameMax = 200;
  const bool good =
      !name.empty() && name.size() <= kNameMax && utf8::is_valid(name) && name.find('\0') == std::string_view::npos;
  if (good) return {};
  return invalid({.zh = fmt::format("部门和班组要有名称，最多 {} 字节", kNameMax),
                  .en = fmt::format("departments and groups have a name of at most {} bytes", kNameMax)});
}

Error twice(std::string_view name) {
  return invalid({.zh = fmt::format("“{}”出现了两次", name), .en = fmt::format("“{}” stands twice", name)});
}

Status check(const std::vector<Department>& departments) {
  std::set<std::string_view> names;
  std::set<std::string_view> groups;
  for (const Department& department : departments) {
    ZH_CHECK(check_name(department.name));
    if (!names.insert(department.name).second) return twice(department.name);
    if (department.groups.empty()) {
      return invalid({.zh = fmt::format("部门“{}”还没有班组", department.name),
                      .en = fmt::format("the department “{}” has no group", department.name)});
    }
    for (const auto& group : department.groups) {
      ZH_CHECK(check_name(group));
      if (!groups.insert(group).second) return twice(group);
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Department>> departments(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kAll));
  std::vector<Department> result;
  while (rows.next()) {
    auto name = rows.get<std::string>(0);
    if (result.empty() || result.back().name != name) result.push_back({.name = std::move(name), .groups = {}});
    result.back().groups.push_back(rows.get<std::string>(1));
  }
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::vector<std::string>> groups_of(db::Transaction& tx, std::string_view department) {
  ZH_TRY(auto rows, tx.query(kOf, {{"department", department}}));
  std::vector<std::string> groups;
  while (rows.next()) groups.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return groups;
}

Status set_organisation(db::Transaction& tx, const NewOrganisation& organisation) {
  ZH_CHECK(check(organisation.departments));
  ZH_CHECK(tx.lock("organisation"));
  ZH_CHECK(tx.execute(kDeleteAll));
  json::Object detail;
  for (const Department& department : organisation.departments) {
    json::Array groups;
    for (const auto& group : department.groups) {
      ZH_CHECK(tx.execute(kInsert, {{"group_name", group}, {"department", department.name}}));
      groups.emplace_back(group);
    }
    detail.push_back({department.name, std::move(groups)});
  }
  ZH_CHECK(ledger::append_audit(tx, {.at = organisation.at,
                                     .actor = organisation.actor,
                                     .action = "set_organisation",
                                     .object = "organisation",
                                     .detail = std::move(detail)}));
  return {};
}

}  // namespace zh::people
