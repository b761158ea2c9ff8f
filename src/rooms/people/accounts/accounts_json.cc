#include "rooms/people/accounts/accounts_json.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace zh::people {

namespace {

using http::Role;

struct PageOfRole {
  std::string_view page;
  std::array<bool, 9> roles;  // in the order of http::Role
};

// agent, shift_leader, inspector, qa_supervisor, trainer, manager, hr, office, admin
constexpr std::array<PageOfRole, 22> kPages{{
    {"sheet", {false, true, false, true, false, true, true, false, false}},
    {"month", {false, true, false, true, false, true, true, false, false}},
    {"workbench", {false, false, true, false, false, false, false, false, false}},
    {"results", {true, true, false, true, false, true, false, false, false}},
    {"review", {false, false, true, true, false, false, false, false, false}},
    {"appeals", {true, false, true, true, false, false, false, false, false}},
    {"rectification", {true, true, true, true, false, false, false, false, false}},
    {"plans", {false, false, false, true, false, true, false, false, false}},
    {"calibration", {false, false, true, true, false, false, false, false, false}},
    {"library", {true, true, true, true, true, true, false, false, false}},
    {"quality_report", {false, true, false, true, false, true, false, false, false}},
    {"rubric", {true, true, true, true, true, true, false, false, false}},
    {"draws", {true, false, false, false, false, false, false, false, false}},
    {"checks", {false, false, true, true, true, true, false, false, false}},
    {"overview", {false, true, true, true, true, true, false, false, false}},
    {"contacts", {false, true, true, true, true, true, false, false, false}},
    {"entry", {false, true, false, false, false, true, false, false, false}},
    {"people", {false, true, false, true, true, true, true, false, true}},
    {"imports", {false, false, false, false, false, true, true, false, true}},
    {"regulation", {true, true, true, true, true, true, true, true, true}},
    {"audit", {false, false, false, false, false, true, false, false, true}},
    {"system", {false, false, false, false, false, false, false, false, true}},
}};

}  // namespace

GrantJson grant_json(const http::Grant& grant) {
  GrantJson json{.role = grant.role, .scope = grant.scope};
  if (!grant.unit.empty()) json.group = grant.unit;
  if (grant.clearance != Secrecy::internal) json.clearance = grant.clearance;
  return json;
}

Result<http::Grant> grant_of(const GrantJson& json) {
  http::Grant grant{.role = json.role,
                    .scope = json.scope,
                    .unit = json.group.value_or(""),
                    .clearance = json.clearance.value_or(Secrecy::internal)};
  ZH_CHECK(check_grant(grant));
  return grant;
}

std::vector<std::string> pages_of(const std::vector<http::Grant>& grants, bool is_person) {
  std::vector<std::string> pages;
  for (const auto& [page, roles] : kPages) {
    const bool open = std::ranges::any_of(
        grants, [&roles](const http::Grant& grant) { return roles.at(static_cast<std::size_t>(grant.role)); });
    const bool shown = open || (is_person && page == "sheet");
    if (shown) pages.emplace_back(page);
  }
  return pages;
}

}  // namespace zh::people
