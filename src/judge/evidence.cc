#include "judge/evidence.h"

#include <algorithm>

#include "base/utf8.h"

namespace zh::judge {

std::string_view name_of(Drop drop) {
  switch (drop) {
    case Drop::not_said:
      return "not_said";
    case Drop::another_turn:
      return "another_turn";
    case Drop::no_such_turn:
      return "no_such_turn";
    case Drop::too_short:
      return "too_short";
    case Drop::no_quote:
      return "no_quote";
  }
  return "";
}

Evidence::Evidence(const std::vector<Line>& lines, const text::Normaliser& normaliser) : normaliser_(normaliser) {
  for (const Line& line : lines) lines_.add(normaliser, line.text);
}

Proved Evidence::of(const Opinion& opinion) const {
  Proved proved;
  if (!opinion.found) return proved;
  if (opinion.quotes.empty()) ++proved.dropped[Drop::no_quote];
  for (const Quote& quote : opinion.quotes) {
    QuotePlace place;
    if (const auto drop = place_of(quote, place)) {
      ++proved.dropped[*drop];
    } else {
      proved.places.push_back(place);
    }
  }
  std::ranges::sort(proved.places);
  const auto twice = std::ranges::unique(proved.places);
  proved.places.erase(twice.begin(), twice.end());
  return proved;
}

std::optional<Drop> Evidence::place_of(const Quote& quote, QuotePlace& place) const {
  if (quote.turn < 0 || std::cmp_greater_equal(quote.turn, lines_.size())) return Drop::no_such_turn;
  const std::string words = normaliser_.normalise(quote.text);
  if (utf8::length(words) < kQuoteLengthMin) return Drop::too_short;
  const auto line = static_cast<std::size_t>(quote.turn);
  const std::size_t at = lines_.text(line).find(words);
  if (at == std::string_view::npos) {
    for (std::size_t other = 0; other < lines_.size(); ++other) {
      if (lines_.text(other).find(words) != std::string_view::npos) return Drop::another_turn;
    }
    return Drop::not_said;
  }
  place.turn = quote.turn;
  place.characters = lines_.original(line, at, at + words.size());
  return std::nullopt;
}

}  // namespace zh::judge
