// Request targets, strictly: what cannot be read in exactly one way is refused, so that no two parts of the system see
// two different paths.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace zh::http {

constexpr std::size_t kTargetMax = 8192;  // bytes
constexpr std::size_t kQueryParametersMax = 100;

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

// "/a%20b?x=1&y" → path "/a b", query {x: "1", y: ""}. '+' is a space in the query only. Fails (invalid) on: a bad
// percent escape, an escaped slash or backslash, "." and ".." segments in any spelling, empty segments but the last,
// control characters, ill-formed UTF-8, more than kQueryParametersMax parameters.
Result<Target> parse_target(std::string_view target);

// Fails (invalid) on a bad escape; does not look at what comes out.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

// The value of one cookie of a Cookie header; "" when absent. The first of that name wins.
std::string_view cookie_value(std::string_view cookie_header, std::string_view name);

}  // namespace zh::http
