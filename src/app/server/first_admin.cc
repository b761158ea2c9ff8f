#include "app/server/first_admin.h"

#include "rooms/people/accounts/accounts.h"

namespace zh::app {

namespace {

constexpr const char* kAccount = "admin";

Result<bool> anybody(Centre& centre) {
  ZH_TRY(auto tx, centre.database->read());
  return people::has_accounts(tx);
}

}  // namespace

Result<std::optional<FirstAdmin>> make_first_admin(Centre& centre) {
  ZH_TRY(const bool known, anybody(centre));
  if (known) return std::optional<FirstAdmin>();
  ZH_TRY(const auto first, people::make_first_password());
  ZH_TRY(auto tx, centre.database->write());
  ZH_CHECK(tx.lock("accounts"));
  ZH_TRY(const bool another_was_first, people::has_accounts(tx));
  if (another_was_first) return std::optional<FirstAdmin>();
  const people::NewAccount account{
      .name = kAccount, .staff_no = {}, .grants = {{.role = http::Role::admin, .scope = http::Scope::centre}}};
  ZH_CHECK(people::create_account(tx, account, first, {.actor = centre.actor, .now = system_now()}));
  ZH_CHECK(tx.commit());
  return std::optional(FirstAdmin{.account = kAccount, .password = first.text});
}

}  // namespace zh::app
