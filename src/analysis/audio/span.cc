#include "analysis/audio/span.h"

#include <algorithm>
#include <iterator>

namespace zh::audio {

std::int64_t total_ms(const Spans& spans) {
  std::int64_t sum = 0;
  for (const Span& span : spans) sum += span.length_ms();
  return sum;
}

Spans united(const Spans& a, const Spans& b) {
  Spans all;
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all),
             [](const Span& one, const Span& other) { return one.start_ms < other.start_ms; });
  return bridged(all, 1);
}

Spans intersection(const Spans& a, const Spans& b) {
  Spans both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Span shared{std::max(a[i].start_ms, b[j].start_ms), std::min(a[i].end_ms, b[j].end_ms)};
    if (shared.start_ms < shared.end_ms) both.push_back(shared);
    if (a[i].end_ms < b[j].end_ms) {
      ++i;
    } else {
      ++j;
    }
  }
  return both;
}

Spans gaps(const Spans& spans, std::int64_t end_ms) {
  Spans outside;
  std::int64_t at = 0;
  for (const Span& span : spans) {
    if (span.start_ms > at) outside.push_back({at, std::min(span.start_ms, end_ms)});
    at = span.end_ms;
  }
  if (end_ms > at) outside.push_back({at, end_ms});
  return outside;
}

Spans bridged(const Spans& spans, std::int64_t pause_ms) {
  Spans joined;
  for (const Span& span : spans) {
    if (!joined.empty() && span.start_ms - joined.back().end_ms < pause_ms) {
      joined.back().end_ms = std::max(joined.back().end_ms, span.end_ms);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

}  // namespace zh::audio
