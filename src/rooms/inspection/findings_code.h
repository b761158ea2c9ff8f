// Findings as the text that is stored: a line each, fields separated by tabs, "-" where there is none.
//
//   hit<TAB>stiff_words<TAB>F3.6<TAB>3<TAB>0<TAB>5<TAB>826<TAB>1822
//   missing<TAB>greeting<TAB>F4.2b
//   looked<TAB>checks.yaml:9:14<TAB>agent<TAB>2<TAB>0<TAB>2          belongs to the miss above it
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/checks/check_set.h"
#include "rooms/inspection/inspection.h"

namespace zh::inspection {

std::string encode(const policy::Findings& findings);
// Fails (corrupt) on text that encode() did not write.
Result<std::vector<Finding>> decode(std::string_view text);

}  // namespace zh::inspection
