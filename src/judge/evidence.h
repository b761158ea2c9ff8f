// Whether the words that a model quotes were said, and where. Pure.
//
//   Evidence evidence(inquiry.lines, normaliser);
//   evidence.of({.question = "comfort", .found = true, .quotes = {{4, "您自己看说明"}}})
//     places {turn 4, characters [6, 12)}                       where the words stand in turn 4
//     dropped {another_turn: 1}                                 where they stand in turn 5 and not in 4
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analysis/text/normal_texts.h"
#include "judge/answer.h"

namespace zh::judge {

// Why a quote is no evidence. Stored: never reuse a number.
enum class Drop : int {
  not_said = 1,      // the words stand in no turn
  another_turn = 2,  // they do, but not in the one named
  no_such_turn = 3,
  too_short = 4,  // fewer than kQuoteLengthMin characters: they would stand nearly everywhere
  no_quote = 5,   // yes, without a word to show for it
};
std::string_view name_of(Drop drop);  // "not_said"
inline constexpr std::size_t kQuoteLengthMin = 2;

struct QuotePlace {
  std::int64_t turn = 0;
  text::Span characters = {};  // of the line's text
  friend auto operator<=>(const QuotePlace& a, const QuotePlace& b) {
    return std::tuple(a.turn, a.characters.from, a.characters.to) <=>
           std::tuple(b.turn, b.characters.from, b.characters.to);
  }
  friend bool operator==(const QuotePlace&, const QuotePlace&) = default;
};

struct Proved {
  std::vector<QuotePlace> places = {};        // in order, each once; none: the opinion is worth nothing
  std::map<Drop, std::int64_t> dropped = {};  // quotes, by reason
  friend bool operator==(const Proved&, const Proved&) = default;
};

// Of one conversation; the normaliser outlives it.
class Evidence {
 public:
  Evidence(const std::vector<Line>& lines, const text::Normaliser& normaliser);

  // Nothing for an opinion that nothing was found. Words that stand in a turn several times are placed at the first.
  Proved of(const Opinion& opinion) const;

 private:
  std::optional<Drop> place_of(const Quote& quote, QuotePlace& place) const;

  const text::Normaliser& normaliser_;
  text::NormalTexts lines_;
};

}  // namespace zh::judge
