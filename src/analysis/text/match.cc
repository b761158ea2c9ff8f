#include "analysis/text/match.h"

#include <algorithm>

namespace zh::text {

void keep_leftmost_longest(std::vector<Match>& matches) {
  std::ranges::sort(matches, [](const Match& a, const Match& b) {
    if (a.from != b.from) return a.from < b.from;
    if (a.to != b.to) return a.to > b.to;
    return a.number < b.number;
  });
  std::uint32_t end = 0;
  std::erase_if(matches, [&](const Match& match) {
    if (match.from < end) return true;
    end = match.to;
    return false;
  });
}

}  // namespace zh::text
