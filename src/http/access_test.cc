#include "http/access.h"

#include <gtest/gtest.h>

namespace zh::http {
namespace {

const Access kSheets = allow(
    {{Role::agent, Scope::self}, {Role::shift_leader, Scope::group}, {Role::hr, Scope::centre}}, Secrecy::confidential);

Principal person(std::vector<Grant> grants) {
  return {.account = "a", .staff_no = "1001", .grants = std::move(grants)};
}

Grant grant(Role role, Scope scope, std::string unit = {}, Secrecy clearance = Secrecy::confidential) {
  return {.role = role, .scope = scope, .unit = std::move(unit), .clearance = clearance};
}

TEST(Access, NothingStatedRefusesEverybody) {
  const Principal manager = person({grant(Role::manager, Scope::centre, {}, Secrecy::top_secret)});
  EXPECT_EQ(decide(Access{}, &manager).error().code, ErrorCode::forbidden);
  EXPECT_EQ(decide(Access{}, nullptr).error().code, ErrorCode::unauthenticated);
}

TEST(Access, TheReachIsNoWiderThanGrantAndRouteBoth) {
  const Principal agent = person({grant(Role::agent, Scope::self)});
  const Reach own = decide(kSheets, &agent).value();
  EXPECT_EQ(own.widest(), Scope::self);
  EXPECT_EQ(own.self, "1001");

  const Principal leader =
      person({grant(Role::shift_leader, Scope::group, "A"), grant(Role::shift_leader, Scope::group, "B")});
  EXPECT_EQ(decide(kSheets, &leader).value().groups, (std::vector<std::string>{"A", "B"}));

  // A leader of the whole centre on a route that lets leaders see their group: no group is named, so only the own rows.
  const Principal wide = person({grant(Role::shift_leader, Scope::centre)});
  EXPECT_EQ(decide(kSheets, &wide).value().widest(), Scope::self);

  const Principal hr = person({grant(Role::hr, Scope::centre)});
  EXPECT_TRUE(decide(kSheets, &hr).value().centre);
}

TEST(Access, ARoleOrClearanceThatDoesNotFitIsRefused) {
  const Principal trainer = person({grant(Role::trainer, Scope::centre)});
  EXPECT_EQ(decide(kSheets, &trainer).error().code, ErrorCode::forbidden);
  const Principal uncleared = person({grant(Role::hr, Scope::centre, {}, Secrecy::internal)});
  EXPECT_EQ(decide(kSheets, &uncleared).error().code, ErrorCode::forbidden);
}

TEST(Access, AnAccountOfNobodyReachesNoOwnRows) {
  Principal machine = person({grant(Role::agent, Scope::self)});
  machine.staff_no.clear();
  EXPECT_EQ(decide(kSheets, &machine).error().code, ErrorCode::forbidden);
}

TEST(Access, TheInitialPasswordOpensNothingButItsChange) {
  Principal fresh = person({grant(Role::hr, Scope::centre)});
  fresh.must_change_password = true;
  EXPECT_EQ(decide(kSheets, &fresh).error().code, ErrorCode::forbidden);
  EXPECT_EQ(decide(allow_any_account(), &fresh).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(decide(allow_any_account().even_before_password_change(), &fresh).ok());
}

TEST(Access, ATokenNeedsTheRoutesScopeBesidesItsRole) {
  Principal token = person({grant(Role::hr, Scope::centre)});
  token.by_token = true;
  EXPECT_EQ(decide(kSheets, &token).error().code, ErrorCode::forbidden);  // the route names no scope: no token may
  const Access with_scope = Access(kSheets).with_token_scope("sheets:read");
  EXPECT_EQ(decide(with_scope, &token).error().code, ErrorCode::forbidden);
  token.token_scopes = {"sheets:read"};
  EXPECT_TRUE(decide(with_scope, &token).value().centre);
}

// Every role × every SeenBy, written out: the whole of what masking decides.
TEST(Viewer, SeesWhatTheTableSays) {
  struct Row {
    Role role;
    bool own;
    std::string_view sees;  // of: all, self_and_leads, leads, self_and_hr, hr, admin, nobody — one letter each
  };
  constexpr std::array rows{
      Row{Role::agent, false, "a......"},     Row{Role::agent, true, "as.S..."},
      Row{Role::office, false, "a......"},    Row{Role::shift_leader, false, "asl...."},
      Row{Role::inspector, false, "asl...."}, Row{Role::qa_supervisor, false, "asl...."},
      Row{Role::trainer, false, "asl...."},   Row{Role::manager, false, "aslSh.."},
      Row{Role::hr, false, "aslSh.."},        Row{Role::admin, false, "a....A."},
      Row{Role::admin, true, "as.S.A."},
  };
  constexpr std::array kinds{SeenBy::all, SeenBy::self_and_leads, SeenBy::leads, SeenBy::self_and_hr,
                             SeenBy::hr,  SeenBy::admin,          SeenBy::nobody};
  constexpr std::string_view letters = "aslShAN";
  for (const auto& row : rows) {
    const Viewer viewer = Viewer::of(person({grant(row.role, Scope::centre)}));
    std::string seen;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      seen += viewer.may_see(kinds[i], Secrecy::internal, row.own) ? letters[i] : '.';
    }
    EXPECT_EQ(seen, row.sees) << to_string(row.role) << (row.own ? " (own)" : "");
  }
}

TEST(Viewer, NeedsTheClearanceExceptForTheOwnResults) {
  const Viewer agent = Viewer::of(person({grant(Role::agent, Scope::self, {}, Secrecy::internal)}));
  EXPECT_TRUE(agent.may_see(SeenBy::self_and_hr, Secrecy::confidential, true));
  EXPECT_FALSE(agent.may_see(SeenBy::all, Secrecy::confidential, true));
  const Viewer leader = Viewer::of(person({grant(Role::shift_leader, Scope::group, "A", Secrecy::internal)}));
  EXPECT_FALSE(leader.may_see(SeenBy::leads, Secrecy::secret, false));
}

TEST(Names, RolesAndScopesReadBackAsWritten) {
  for (int i = 0; i <= static_cast<int>(Role::admin); ++i) {
    const auto role = static_cast<Role>(i);
    EXPECT_EQ(parse_role(to_string(role)), role);
  }
  EXPECT_EQ(parse_scope("department"), Scope::department);
  EXPECT_EQ(parse_role("king"), std::nullopt);
}

}  // namespace
}  // namespace zh::http
