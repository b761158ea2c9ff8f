// An address in the settings file. Private to the readers of outbound settings.
#pragma once

#include "app/settings_file.h"
#include "outbound/address.h"
#include "policy/yaml.h"

namespace zh::app {

// Fails (invalid) at its place.
inline Status check_address(const policy::yaml::Entry& entry) {
  const auto address = outbound::parse_address(entry.value.scalar);
  return address.ok() ? Status() : Status(setting_problem(entry.value, address.error().message));
}

}  // namespace zh::app
