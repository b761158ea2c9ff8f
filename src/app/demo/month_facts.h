// The demo centre's facts: what inspectors, shift leaders, examiners, callers and the attendance clock would have said.
#pragma once

#include <string>

namespace zh::app::demo {

std::string facts_csv();
// A score that an appeal has corrected: the same source_ref with another value.
std::string appeals_csv();
// What became known weeks after it happened.
std::string late_csv();

}  // namespace zh::app::demo
