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

Proved Evidence::of(const Opinion& opinion) {
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

std::optional<Drop> Evidence::place_of(const Quote& quote, QuotePlace& place) {
  if (quote.turn < 0 || std::cmp_greater_equal(quote.turn, lines_.size())) return Drop::no_such_turn;
  const std::string words = normaliser_.normalise(quote.text);
  if (utf8::length(words) < kQuoteLengthMin) return Drop::too_short;
  const auto line = static_cast<std::size_t>(quote.turn);
  const std::size_t at = normal(line).find(words);
  if (at == std::string::npos) {
    for (std::size_t other = 0; other < lines_.size(); ++other) {
      if (normal(other).find(words) != std::string::npos) return Drop::another_turn;
    }
    return Drop::not_said;
  }
  place.turn = quote.turn;
  place.characters = normaliser_.origins(lines_[line].text).original(at, at + words.size());
  return std::nullopt;
}

const std::string& Evidence::normal(std::size_t line) {
  if (!normal_[line]) normal_[line] = normaliser_.normalise(lines_[line].text);
  return *normal_[line];
}

}  // namespace zh::judge
