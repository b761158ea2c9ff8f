// Units of numbers, for the checker: "seconds", "yuan/calls", "seconds*calls"; "1" is a number that counts nothing in
// particular (a share), "" is not known and fits everything.
#pragma once

#include <string>
#include <string_view>

namespace zh::feel::internal {

// Whether two numbers may be added or compared.
bool same_unit(std::string_view a, std::string_view b);
// Of a product (power = 1) or a quotient (power = −1).
std::string product_unit(std::string_view a, std::string_view b, int power);

}  // namespace zh::feel::internal
