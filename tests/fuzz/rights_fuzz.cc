// Rights: grants read from text, and what a principal with any grants reaches on a route that allows anything. Nobody
// reaches a unit that no grant names, nobody more than the route allows, and strangers nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/access.h"
#include "rooms/people/accounts/accounts.h"

namespace {

using namespace zh::http;  // NOLINT(google-build-using-namespace): the file is about nothing else

void must_hold(bool promise) {
  if (!promise) std::abort();
}

// A line of text as a grant. What is accepted reads the same when it is written again.
std::optional<Grant> read_grant(std::string_view line) {
  const auto grant = zh::people::parse_grant(line);
  if (!grant.ok()) return std::nullopt;
  const auto again = zh::people::parse_grant(zh::people::to_string(*grant));
  must_hold(again.ok() && *again == *grant);
  if (!zh::people::check_grant(*grant).ok()) return std::nullopt;
  must_hold(grant->role != Role::agent || grant->scope == Scope::self);
  must_hold(grant->role != Role::admin || grant->scope == Scope::centre);
  return *grant;
}

// A byte each for role and scope.
Access read_access(std::string_view bytes, zh::Secrecy secrecy) {
  Access access = allow({}, secrecy);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    access.allowed.push_back({.role = static_cast<Role>(static_cast<unsigned char>(bytes[i]) % 9),
                              .scope = static_cast<Scope>(static_cast<unsigned char>(bytes[i + 1]) % 4)});
  }
  return access;
}

// Whether a grant that is cleared for the route's secrets is held over that scope and unit, and the route lets its role
// look so far.
bool backed(const Access& access, const Principal& principal, Scope scope, std::string_view unit) {
  return std::ranges::any_of(principal.grants, [&](const Grant& grant) {
    return grant.scope == scope && grant.unit == unit && grant.clearance >= access.secrecy &&
           std::ranges::any_of(access.allowed, [&](const Allowed& allowed) {
             return allowed.role == grant.role && allowed.scope >= scope;
           });
  });
}

void decide_for(const Access& access, const Principal& principal) {
  must_hold(!decide(access, nullptr).ok());
  const auto reach = decide(access, &principal);
  if (!reach.ok()) return;
  must_hold(reach->self.empty() || reach->self == principal.staff_no);
  must_hold(!reach->centre || backed(access, principal, Scope::centre, ""));
  for (const auto& unit : reach->departments) must_hold(backed(access, principal, Scope::department, unit));
  for (const auto& unit : reach->groups) must_hold(backed(access, principal, Scope::group, unit));

  Principal first_day = principal;
  first_day.must_change_password = true;
  must_hold(!decide(access, &first_day).ok());
  Principal machine = principal;
  machine.by_token = true;
  must_hold(!decide(access, &machine).ok());  // the route names no scope of a token
}

}  // namespace

// The first byte is the route's secrecy, the first line what it allows, each further line a grant.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kBytesMax = 2'000;
  if (size == 0 || size > kBytesMax) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto line = [&rest] {
    const std::string_view taken = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), taken.size() + 1));
    return taken;
  };
  const Access access = read_access(line(), static_cast<zh::Secrecy>(data[0] % 4));
  Principal principal{.account = "somebody", .staff_no = data[0] >= 128 ? "1001" : ""};
  while (!rest.empty()) {
    if (auto grant = read_grant(line())) principal.grants.push_back(std::move(*grant));
  }
  decide_for(access, principal);
  return 0;
}
