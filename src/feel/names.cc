#include "feel/names.h"

#include <algorithm>

#include "base/utf8.h"
#include "feel/feel.h"
#include "feel/lexer.h"

namespace zh::feel::internal {

namespace {

constexpr std::size_t kCompareMax = 100;  // code points of a name that is compared for likeness

std::u32string code_points(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size() && result.size() <= kCompareMax;) {
    char32_t one = utf8::next(text, at);
    if (one >= 'A' && one <= 'Z') one += 'a' - 'A';
    result += one;
  }
  return result;
}

// Edit distance with swaps of neighbours, over three rows.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string_view first_word(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    if (!is_name_part(utf8::next(text, next))) break;
    at = next;
  }
  // A name that begins with a symbol is indexed by that symbol.
  if (at == 0 && !text.empty()) utf8::next(text, at);
  return text.substr(0, at);
}

void Names::restore(std::size_t mark) {
  while (entries_.size() > mark) {
    by_first_word_[entries_.back().first_word].pop_back();
    entries_.pop_back();
  }
}

void Names::declare(std::string_view name, Binding binding) {
  std::string normal = normalized_name(name);
  std::string word(first_word(normal));
  by_first_word_[word].push_back(static_cast<std::uint32_t>(entries_.size()));
  entries_.push_back({std::move(normal), std::move(word), std::move(binding)});
}

std::optional<Names::Match> Names::longest(std::string_view text, std::size_t at) const {
  const auto found = by_first_word_.find(std::string(first_word(text.substr(at))));
  if (found == by_first_word_.end()) return std::nullopt;
  std::optional<Match> best;
  const auto& candidates = found->second;
  for (auto candidate = candidates.rbegin(); candidate != candidates.rend(); ++candidate) {
    const Entry& entry = entries_[*candidate];
    const auto end = match_name(text, at, entry.name);
    if (end && (!best || *end > best->end)) {
      best = Match{.name = &entry.name, .binding = &entry.binding, .order = *candidate, .end = *end};
    }
  }
  return best;
}

std::string Names::suggestion(std::string_view unknown) const {
  Likeness likeness(unknown);
  for (const Entry& entry : entries_) likeness.consider(entry.name);
  return likeness.best();
}

Likeness::Likeness(std::string_view unknown) : unknown_(code_points(unknown)), distance_(unknown_.size() / 3 + 1) {}

void Likeness::consider(std::string_view candidate) {
  const std::u32string other = code_points(candidate);
  const std::size_t gap = std::max(other.size(), unknown_.size()) - std::min(other.size(), unknown_.size());
  if (unknown_.size() > kCompareMax || other.size() > kCompareMax || gap > distance_) return;
  const std::size_t found = distance(unknown_, other);
  if (found > distance_ || found >= std::max(other.size(), unknown_.size())) return;
  if (found == distance_ && !best_.empty()) return;
  distance_ = found;
  best_ = candidate;
}

}  // namespace zh::feel::internal
