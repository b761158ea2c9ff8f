// Values of a pack's rules on their way into FEEL. Internal to this folder.
#pragma once

#include "feel/value.h"
#include "policy/formula.h"

namespace zh::policy {

feel::Value to_feel(const Value& value);

}  // namespace zh::policy
