// Similar sentences: character n-grams of what was said against those of a sentence that is given.
#include "policy/checks/similar.h"

#include <algorithm>
#include <optional>
#include <span>

#include "base/utf8.h"

namespace zh::policy {

namespace {

constexpr std::string_view kAsciiSigns = " \t\r\n.,!?;:'\"()[]{}<>-_/\\|~*&#";
constexpr unsigned kBitsPerCharacter = 21;

bool is_sign(char32_t c) {
  if (c < 0x80) return kAsciiSigns.find(static_cast<char>(c)) != std::string_view::npos;
  return (c >= 0x2010 && c <= 0x205E) || (c >= 0x3000 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20);
}

bool ends_clause(char32_t c) {
  static constexpr std::string_view kAsciiEnds = ".,!?;:";
  if (c < 0x80) return kAsciiEnds.find(static_cast<char>(c)) != std::string_view::npos;
  return c == U'。' || c == U'、' || c == U'，' || c == U'！' || c == U'？' || c == U'；' || c == U'：';
}

// How many of the sorted n-grams both have, each as often as it stands in both.
std::int64_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::int64_t count = 0;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    if (*left == *right) {
      ++count;
      ++left;
      ++right;
    } else if (*left < *right) {
      ++left;
    } else {
      ++right;
    }
  }
  return count;
}

}  // namespace

std::vector<std::uint64_t> grams_of(std::string_view text, std::int64_t size) {
  std::vector<std::uint64_t> grams;
  std::uint64_t window = 0;
  std::int64_t held = 0;
  const std::uint64_t mask = (std::uint64_t{1} << (kBitsPerCharacter * static_cast<unsigned>(size))) - 1;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (is_sign(c)) continue;
    window = ((window << kBitsPerCharacter) | c) & mask;
    if (++held >= size) grams.push_back(window);
  }
  std::ranges::sort(grams);
  return grams;
}

std::vector<std::string_view> clauses_of(std::string_view text) {
  std::vector<std::string_view> clauses;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    if (end > begin) clauses.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (!ends_clause(utf8::next(text, at))) continue;
    take(from);
    begin = at;
  }
  take(text.size());
  return clauses;
}

Likeness likeness_of(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  return {.common = 2 * common(a, b), .all = static_cast<std::int64_t>(a.size() + b.size())};
}

namespace {

// The clauses from `first` on that are most like one of the sentences, if they are enough so.
std::optional<SimilarPlace> most_similar(const Similar& similar, std::string_view text,
                                         std::span<const std::string_view> clauses) {
  std::optional<SimilarPlace> best;
  Likeness highest;
  const auto from = static_cast<std::size_t>(clauses.front().data() - text.data());
  for (const Similar::Sentence& sentence : similar.to) {
    for (std::size_t count = 1; count <= sentence.clauses + 1 && count <= clauses.size(); ++count) {
      const std::string_view last = clauses[count - 1];
      const auto to = static_cast<std::size_t>(last.data() - text.data()) + last.size();
      const Likeness likeness = likeness_of(grams_of(text.substr(from, to - from), similar.grams), sentence.grams);
      if (!likeness.reaches(similar.percent) || !highest.is_below(likeness)) continue;
      highest = likeness;
      best = SimilarPlace{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), count};
    }
  }
  return best;
}

}  // namespace

std::vector<SimilarPlace> similar_places(const Similar& similar, std::string_view text) {
  std::vector<SimilarPlace> places;
  const auto clauses = clauses_of(text);
  for (std::size_t first = 0; first < clauses.size();) {
    const auto found = most_similar(similar, text, std::span(clauses).subspan(first));
    first += found ? found->clauses : 1;
    if (found) places.push_back(*found);
  }
  return places;
}

}  // namespace zh::policy
