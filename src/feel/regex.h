// Regular expressions of XPath and XQuery (F&O 3.1, section 5.6), which FEEL takes over for matches(), replace() and
// split(). They are checked and translated here, and run by ICU under limits of time and memory, because back
// references and greedy repetition can be made to take for ever.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zh::feel::internal {

// The same expression for ICU, or nothing when it is none of XPath's. `flags`: some of s, m, i, x, q.
struct IcuPattern {
  std::u16string text;
  bool case_blind = false;
  bool multiline = false;
  int groups = 0;  // capturing ones
};
std::optional<IcuPattern> translate(std::string_view pattern, std::string_view flags);

// The answers are nothing when the expression or the replacement is wrong, or the limits are passed.
std::optional<bool> regex_matches(std::string_view input, std::string_view pattern, std::string_view flags);
// $1, $2, … are captured groups and $0 the whole match; \$ and \\ stand for themselves.
std::optional<std::string> regex_replace(std::string_view input, std::string_view pattern, std::string_view replacement,
                                         std::string_view flags);
std::optional<std::vector<std::string>> regex_split(std::string_view input, std::string_view pattern);

}  // namespace zh::feel::internal
