#include "feel/units.h"

#include <map>

namespace zh::feel::internal {

namespace {

// Powers of the simple units that a unit is made of.
using Powers = std::map<std::string, int, std::less<>>;

void add(Powers& powers, std::string_view unit, int sign) {
  int power = sign;
  for (std::size_t at = 0; at <= unit.size();) {
    const std::size_t end = std::min(unit.find_first_of("*/", at), unit.size());
    const std::string_view part = unit.substr(at, end - at);
    if (!part.empty() && part != "1") powers[std::string(part)] += power;
    if (end < unit.size()) power = unit[end] == '/' ? -sign : sign;
    at = end + 1;
  }
}

std::string text_of(const Powers& powers) {
  std::string above;
  std::string below;
  for (const auto& [unit, power] : powers) {
    for (int i = 0; i < power; ++i) above += (above.empty() ? "" : "*") + unit;
    for (int i = 0; i < -power; ++i) below += "/" + unit;
  }
  return (above.empty() ? "1" : above) + below;
}

}  // namespace

bool same_unit(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a == b) return true;
  Powers powers;
  add(powers, a, 1);
  add(powers, b, -1);
  return text_of(powers) == "1";
}

std::string product_unit(std::string_view a, std::string_view b, int power) {
  if (a.empty() || b.empty()) return {};
  Powers powers;
  add(powers, a, 1);
  add(powers, b, power);
  return text_of(powers);
}

}  // namespace zh::feel::internal
