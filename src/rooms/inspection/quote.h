// Quote: the words of a hit with what stands around them, as evidence beside a proposal. Pure.
//
//   quote_of("…我的电话是139 1234 3479，您有什么事？", 20, 23)      numbers of telephones and cards are hidden
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zh::inspection {

// How many characters before and behind the hit are quoted, and of the hit itself at most four times as many.
inline constexpr std::int64_t kQuoteAround = 30;

struct Quote {
  std::string text;       // "…" where something was left out
  std::int64_t from = 0;  // the hit's place in it, in code points
  std::int64_t to = 0;
};

// Of the turn's text and the hit's code points in it; [0, 0) quotes its beginning. Ill-formed bytes become U+FFFD.
Quote quote_of(std::string_view turn, std::int64_t from, std::int64_t to);

}  // namespace zh::inspection
