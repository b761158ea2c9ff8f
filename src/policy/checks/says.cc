// What a turn's text says: phrases and patterns, expressions over them, words near each other, templates.
#include <algorithm>
#include <set>

#include "analysis/text/match.h"
#include "policy/checks/evaluation.h"

namespace zh::policy {

namespace {

using Words = std::span<const WordFound>;

FoundAt at(std::uint32_t turn, std::uint32_t from, std::uint32_t to) {
  return {.turn = turn, .from = from, .to = to, .time = std::nullopt};
}

// Characters between two bytes of well-formed UTF-8; requires from <= to.
std::int64_t characters(std::string_view text, std::uint32_t from, std::uint32_t to) {
  return std::ranges::count_if(text.substr(from, to - from),
                               [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

void put_each(std::uint32_t turn, std::vector<text::Match> matches, std::vector<FoundAt>& into) {
  text::keep_leftmost_longest(matches);
  for (const text::Match& match : matches) into.push_back(at(turn, match.from, match.to));
}

// From the first word to the end of the last one, of the first of each slot.
FoundAt covering_first_of_slots(std::uint32_t turn, Words words) {
  std::set<std::uint32_t> seen;
  FoundAt place = at(turn, words.front().from, words.front().to);
  for (const WordFound& word : words) {
    if (!seen.insert(word.slot).second) continue;
    place.from = std::min(place.from, word.from);
    place.to = std::max(place.to, word.to);
  }
  return place;
}

std::size_t distinct_slots(Words words) {
  std::set<std::uint32_t> seen;
  for (const WordFound& word : words) seen.insert(word.slot);
  return seen.size();
}

// The words without those that overlap one of the slot `taken_away`, and without that slot.
std::vector<WordFound> without(Words words, std::uint32_t taken_away) {
  std::vector<WordFound> result;
  for (const WordFound& word : words) {
    const auto overlaps = [&](const WordFound& other) {
      return other.slot == taken_away && other.from < word.to && word.from < other.to;
    };
    if (std::ranges::none_of(words, overlaps)) result.push_back(word);
  }
  return result;
}

struct InTurn {
  std::uint32_t turn;
  std::string_view text;
  Words words;
  std::vector<FoundAt>& into;

  void operator()(const SaysWords& test) const {
    const bool takes_away = std::ranges::find(words, test.slots, &WordFound::slot) != words.end();
    needed(test, takes_away ? without(words, test.slots) : std::vector<WordFound>(words.begin(), words.end()));
  }

  void needed(const SaysWords& test, const std::vector<WordFound>& kept) const {
    const std::size_t count =
        test.need.kind == Need::Kind::all ? test.slots : static_cast<std::size_t>(test.need.count);
    switch (test.need.kind) {
      case Need::Kind::any: {
        std::vector<text::Match> matches;
        for (const WordFound& word : kept) matches.push_back({word.from, word.to, word.slot});
        put_each(turn, std::move(matches), into);
        break;
      }
      case Need::Kind::none:
        if (kept.empty()) into.push_back(at(turn, 0, 0));
        break;
      case Need::Kind::all:
      case Need::Kind::at_least:
        if (distinct_slots(kept) >= count) into.push_back(covering_first_of_slots(turn, kept));
        break;
    }
  }

  void operator()(const SaysExpression& test) const {
    const auto is_there = [&](std::uint32_t slot) {
      return std::ranges::find(words, slot, &WordFound::slot) != words.end();
    };
    std::vector<bool> values;
    for (const ExpressionStep& step : test.steps) {
      if (step.kind == ExpressionStep::Kind::slot) {
        values.push_back(is_there(step.slot));
        continue;
      }
      const bool last = values.back();
      if (step.kind == ExpressionStep::Kind::negation) {
        values.back() = !last;
        continue;
      }
      values.pop_back();
      values.back() = step.kind == ExpressionStep::Kind::both ? values.back() && last : values.back() || last;
    }
    if (!values.back()) return;
    into.push_back(words.empty() ? at(turn, 0, 0) : covering_first_of_slots(turn, words));
  }

  void operator()(const SaysNear& test) const {
    std::vector<text::Match> pairs;
    const auto add = [&](const WordFound& a, const WordFound& b) {
      if (b.from < a.to || characters(text, a.to, b.from) > test.within) return;
      pairs.push_back({a.from, b.to, 0});
    };
    for (const WordFound& first : words) {
      if (first.slot != 0) continue;
      for (const WordFound& then : words) {
        if (then.slot != 1) continue;
        add(first, then);
        if (!test.ordered) add(then, first);
      }
    }
    put_each(turn, std::move(pairs), into);
  }

  // Piece by piece: which places of it can follow a place of the piece before, and where such a chain began.
  void operator()(const SaysTemplate& test) const {
    struct Chain {
      std::uint32_t begin;
      WordFound end;
    };
    std::vector<Chain> chains;
    for (const WordFound& word : words) {
      if (word.slot == 0) chains.push_back({word.from, word});
    }
    for (std::uint32_t piece = 1; piece <= test.gaps.size(); ++piece) {
      std::vector<Chain> longer;
      for (const WordFound& word : words) {
        if (word.slot != piece) continue;
        const auto fits = [&](const Chain& chain) {
          return chain.end.to <= word.from && characters(text, chain.end.to, word.from) <= test.gaps[piece - 1];
        };
        const auto chain = std::ranges::find_if(chains, fits);
        if (chain != chains.end()) longer.push_back({chain->begin, word});
      }
      chains = std::move(longer);
    }
    if (!chains.empty()) into.push_back(at(turn, chains.front().begin, chains.front().end.to));
  }
};

}  // namespace

void places_in_turn(const SaysTest& test, std::uint32_t turn, std::string_view text, std::span<const WordFound> words,
                    std::vector<FoundAt>& into) {
  std::visit(InTurn{turn, text, words, into}, test);
}

std::uint32_t leaf_of(const SaysTest& test) {
  return std::visit([](const auto& it) { return it.leaf; }, test);
}

bool holds_without_words(const SaysTest& test) {
  if (const auto* const words = std::get_if<SaysWords>(&test)) return words->need.kind == Need::Kind::none;
  if (!std::holds_alternative<SaysExpression>(test)) return false;
  std::vector<FoundAt> places;
  places_in_turn(test, 0, {}, {}, places);
  return !places.empty();
}

}  // namespace zh::policy
