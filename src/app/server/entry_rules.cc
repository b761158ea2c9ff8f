#include "app/server/entry_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::app {

namespace {

using http::Role;

// Who inspects, evaluates, examines or keeps attendance enters what comes of it; a manager may enter everything. What
// raises a score by decision (C3.1e: a suggestion that was adopted, an outstanding recording) is the manager's alone.
constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
constexpr unsigned kLeader = bit(Role::shift_leader) | bit(Role::manager);
constexpr unsigned kQuality = bit(Role::inspector) | bit(Role::qa_supervisor) | bit(Role::manager);
constexpr unsigned kComplaints = bit(Role::shift_leader) | bit(Role::qa_supervisor) | bit(Role::manager);
constexpr unsigned kExams = bit(Role::trainer) | bit(Role::shift_leader) | bit(Role::manager);
constexpr unsigned kAttendance = bit(Role::hr) | bit(Role::manager);
constexpr unsigned kManager = bit(Role::manager);

struct EntryRule {
  std::string_view kind;
  unsigned roles;
};
constexpr std::array kRules{EntryRule{"leader_evaluation", kLeader},
                            EntryRule{"busy_check", kLeader},
                            EntryRule{"on_site", kLeader},
                            EntryRule{"praise", kLeader},
                            EntryRule{"complaint", kComplaints},
                            EntryRule{"exam", kExams},
                            EntryRule{"qa_recording", kQuality},
                            EntryRule{"qa_text", kQuality},
                            EntryRule{"complaint_major", kManager},
                            EntryRule{"attitude_complaint", bit(Role::qa_supervisor) | bit(Role::manager)},
                            EntryRule{"suggestion", kManager},
                            EntryRule{"outstanding_recording", kManager},
                            EntryRule{"work_error", kManager},
                            EntryRule{"impatience", kManager},
                            EntryRule{"abuse", kManager},
                            EntryRule{"daily_test_anomaly", kManager},
                            EntryRule{"neglect", kManager},
                            EntryRule{"sales_target", kManager},
                            EntryRule{"leave", kAttendance},
                            EntryRule{"late", kAttendance},
                            EntryRule{"early_leave", kAttendance},
                            EntryRule{"absence", kAttendance},
                            EntryRule{"clock_missing", kAttendance},
                            EntryRule{"night_shift", kAttendance}};

constexpr auto kKinds = [] {
  std::array<std::string_view, kRules.size()> kinds{};
  for (std::size_t i = 0; i < kRules.size(); ++i) kinds.at(i) = kRules.at(i).kind;
  return kinds;
}();

constexpr std::array kRoles{Role::agent,   Role::shift_leader, Role::inspector, Role::qa_supervisor, Role::trainer,
                            Role::manager, Role::hr,           Role::office,    Role::admin};

}  // namespace

std::span<const std::string_view> entered_kinds() { return kKinds; }

http::Principal in_person(http::Principal principal) {
  principal.by_token = false;
  return principal;
}

Result<http::Reach> entry_reach(std::string_view kind, const http::Principal& principal) {
  http::Access access = http::allow({}, Secrecy::internal);
  const auto rule = std::ranges::find(kRules, kind, &EntryRule::kind);
  if (rule != kRules.end()) {
    for (const Role role : kRoles) {
      if ((rule->roles & bit(role)) == 0) continue;
      access.allowed.push_back({role, role == Role::shift_leader ? http::Scope::group : http::Scope::centre});
    }
  }
  const http::Principal person = in_person(principal);
  auto reach = http::decide(access, &person);
  if (reach.ok()) return reach;
  const std::string shown = utf8::shortened(kind, 40);
  return error(ErrorCode::forbidden, {.zh = fmt::format("您的角色不能录入 {}", shown),
                                      .en = fmt::format("your role may not enter {}", shown)});
}

bool may_enter_about(const people::Person& person, Date day, const http::Reach& reach,
                     const http::Principal& principal) {
  if (!principal.staff_no.empty() && person.staff_no() == principal.staff_no) return false;
  return reach.centre || std::ranges::find(reach.groups, person.on(day).group) != reach.groups.end();
}

}  // namespace zh::app
