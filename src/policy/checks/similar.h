// Sentences that are much alike: which share of their character n-grams two texts have in common (Dice's coefficient,
// punctuation and white space left out). Pure.
//
//   为您办理退款 against 给您办理退货     办理 stands in both: 2 · 3 pairs in common of 5 + 5, 60 %
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace zh::policy {

// The n-grams of `size` characters, sorted; each holds its characters. Requires size 1 … kGramMax.
std::vector<std::uint64_t> grams_of(std::string_view text, std::int64_t size);

// What punctuation divides, without it and in order; nothing that is empty.
std::vector<std::string_view> clauses_of(std::string_view text);

struct Likeness {
  std::int64_t common = 0;  // twice the n-grams in common
  std::int64_t all = 0;     // those of both

  bool reaches(std::int64_t percent) const { return all > 0 && common * 100 >= percent * all; }
  bool is_below(const Likeness& other) const { return common * other.all < other.common * all || all == 0; }
};
Likeness likeness_of(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

inline constexpr std::int64_t kGramMax = 3;  // characters that one number can hold

// A condition: somewhere stands a sentence like one of these.
struct Similar {
  struct Sentence {
    std::vector<std::uint64_t> grams;
    std::size_t clauses = 1;
  };
  std::vector<Sentence> to;
  std::int64_t percent = 70;
  std::int64_t grams = 2;  // characters in one
};

struct SimilarPlace {
  std::uint32_t from = 0;  // bytes of the text
  std::uint32_t to = 0;
  std::size_t clauses = 1;
};
// Of a normalised text, from its beginning, none over another. Runs of clauses are compared, up to one more than the
// sentence has; the most alike counts.
std::vector<SimilarPlace> similar_places(const Similar& similar, std::string_view text);

}  // namespace zh::policy
