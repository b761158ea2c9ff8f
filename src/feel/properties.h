// What stands after the point besides entries of contexts: `date.year`, `range.start included`, …
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "feel/type.h"
#include "feel/value.h"

namespace zh::feel::internal {

// Nothing when values of that kind have no such property.
std::optional<Value> property(const Value& value, std::string_view name);
// The property's type; nothing when values of that type have none of that name.
std::optional<Type> property_type(const Type& type, std::string_view name);
// All of them, longest first, for reading names with spaces.
const std::vector<std::string_view>& property_names();

}  // namespace zh::feel::internal
