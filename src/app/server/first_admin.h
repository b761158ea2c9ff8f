// Somebody has to be able to sign in first.
#pragma once

#include <optional>
#include <string>

#include "app/centre.h"

namespace zh::app {

struct FirstAdmin {
  std::string account;
  std::string password;  // generated, to be shown once and changed at the first sign-in
};

// Makes the account "admin" where a centre has no account at all; of two servers that start at once, one does.
Result<std::optional<FirstAdmin>> make_first_admin(Centre& centre);

}  // namespace zh::app
