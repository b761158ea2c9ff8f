// Match: where one of many phrases or patterns stands in a text.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace zh::text {

// Bytes [from, to) of the text that was scanned.
struct Match {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t number = 0;  // of the phrase or pattern in its set
  friend auto operator<=>(const Match&, const Match&) = default;
};

// Of matches that overlap, keeps the one that begins first, of several that begin there the longest, of equal ones the
// lowest number; goes on behind it. What is left stands in order and overlaps nowhere: what counting counts.
void keep_leftmost_longest(std::vector<Match>& matches);

}  // namespace zh::text
