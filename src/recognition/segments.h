// What a transcriber answers: JSON in the form that OpenAI calls verbose_json, and that commands write too.
//
//   {"duration": 9.4, "text": "hello …", "segments": [{"start": 0.32, "end": 1.9, "text": " hello"}, …]}
//
// Times are seconds from the beginning of the file. Without `segments` the whole `text` is one segment. Other members
// are ignored. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::recognition {

struct Segment {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;  // ≥ start_ms
  std::string text = {};    // UTF-8 without spaces at its ends, not empty
  friend bool operator==(const Segment&, const Segment&) = default;
};

inline constexpr std::size_t kSegmentsMax = 50'000;
inline constexpr std::size_t kAnswerBytes = std::size_t{16} << 20;

// In the order of time; segments without words are left out, times are cut to the length of the voice. Fails (corrupt),
// saying where: no JSON, no text, a time that is none or ends before it begins; (limit) more segments than there may
// be.
Result<std::vector<Segment>> parse_segments(std::string_view json, std::int64_t duration_ms);

}  // namespace zh::recognition
