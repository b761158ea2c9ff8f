// Range and conditional requests (RFC 9110 §13, §14): one range of bytes, entity tags compared strongly or weakly.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace zh::http {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // inclusive, as on the wire
  std::uint64_t length() const { return last - first + 1; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

enum class RangeKind {
  whole,          // no range asked for, or one we need not honour (several, another unit, ill-formed): send all, 200
  part,           // 206
  unsatisfiable,  // 416
};

struct RangeAnswer {
  RangeKind kind = RangeKind::whole;
  ByteRange range;
};

RangeAnswer parse_range(std::string_view range_header, std::uint64_t size);

// Whether a list of entity tags (If-None-Match, If-Match) names `etag`, given with its quotes; "*" names all.
// Weak: W/"x" equals "x", as If-None-Match asks. Strong: weak tags never match, as If-Match asks.
enum class TagComparison { weak, strong };
bool names_etag(std::string_view header, std::string_view etag, TagComparison comparison);

// Answers a GET of bytes that exist: 304 by If-None-Match, 206 or 416 by Range and If-Range, else 200, with ETag,
// Accept-Ranges and Content-Range. `open` is called with the range to send unless the answer has no body.
struct Representation {
  std::string etag;  // with quotes
  std::string content_type;
  std::uint64_t size = 0;
};
Response answer_bytes(const Request& request, const Representation& representation,
                      const std::function<Result<BodyContent>(ByteRange)>& open);

// A file on disk, read piece by piece on worker threads. Fails: not_found, unavailable.
Result<Response> answer_file(const Request& request, const std::filesystem::path& path, std::string_view content_type);

}  // namespace zh::http
