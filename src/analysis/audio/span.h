// A stretch of a recording in milliseconds from its beginning, half-open, and lists of them.
#pragma once

#include <cstdint>
#include <vector>

namespace zh::audio {

struct Span {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;

  std::int64_t length_ms() const { return end_ms - start_ms; }
  friend bool operator==(const Span&, const Span&) = default;
};

// In order of time, none empty; neighbours do not touch.
using Spans = std::vector<Span>;

std::int64_t total_ms(const Spans& spans);
Spans united(const Spans& a, const Spans& b);
Spans intersection(const Spans& a, const Spans& b);
// What of [0, end_ms) lies outside of them.
Spans gaps(const Spans& spans, std::int64_t end_ms);
// Neighbours less than `pause_ms` apart become one.
Spans bridged(const Spans& spans, std::int64_t pause_ms);

}  // namespace zh::audio
