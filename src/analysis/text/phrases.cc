#include "analysis/text/phrases.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/utf8.h"

namespace zh::text {

namespace {

constexpr std::uint8_t kBeginsWord = 1;
constexpr std::uint8_t kEndsWord = 2;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

char32_t before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t from = at - 1;
  while (from > 0 && is_continuation(text[from])) --from;
  return utf8::next(text, from);
}

char32_t after(std::string_view text, std::size_t at) { return at < text.size() ? utf8::next(text, at) : 0; }

// A letter or digit of writing that puts spaces between words.
bool is_word(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
  return c < 0x2E80 && u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool word_before(std::string_view text, std::size_t at) {
  const char32_t c = before(text, at);
  return is_word(c) || (c == U'\'' && is_word(before(text, at - 1)));
}
bool word_after(std::string_view text, std::size_t at) {
  const char32_t c = after(text, at);
  return is_word(c) || (c == U'\'' && is_word(after(text, at + 1)));
}

Error too_many() {
  return error(ErrorCode::limit, {.zh = "短语太多或太长，一次扫描容纳不下；请删减",
                                  .en = "the phrases are too many or too long for one scan; make them fewer"});
}

}  // namespace

// The automaton while it is built: states in the order in which the phrases make them.
class PhraseSet::Builder {
 public:
  explicit Builder(PhraseSet& set) : set_(set) {}

  // Bytes that no phrase has share column 0; a set that uses all 256 needs none for them.
  void assign_columns(std::span<const std::string> phrases) {
    std::array<bool, 256> used{};
    for (const std::string& phrase : phrases) {
      for (const char c : phrase) used[static_cast<unsigned char>(c)] = true;
    }
    set_.columns_ = std::ranges::all_of(used, std::identity()) ? 0 : 1;
    for (std::size_t byte = 0; byte < used.size(); ++byte) {
      if (used[byte]) set_.column_[byte] = static_cast<std::uint8_t>(set_.columns_++);
    }
    add_state();
  }

  // False when the table would grow past kTableMax.
  bool add(const std::string& phrase) {
    std::uint32_t state = 0;
    for (const char c : phrase) {
      const std::uint32_t column = set_.column_[static_cast<unsigned char>(c)];
      if (edge(state, column) == 0) {
        if (next_.size() + set_.columns_ > kTableMax) return false;
        const std::uint32_t to = add_state();
        edge(state, column) = to;
      }
      state = edge(state, column);
    }
    ends_[state].push_back(static_cast<std::uint32_t>(set_.lengths_.size()));
    set_.lengths_.push_back(static_cast<std::uint32_t>(phrase.size()));
    const bool begins_word = is_word(after(phrase, 0));
    const bool ends_word = is_word(before(phrase, phrase.size()));
    set_.word_ends_.push_back(static_cast<std::uint8_t>((begins_word ? kBeginsWord : 0) | (ends_word ? kEndsWord : 0)));
    return true;
  }

  // Fills in the edges that follow the longest proper suffix that is a state, breadth first, and lets each state say
  // what its suffixes say.
  void link() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t column = 0; column < set_.columns_; ++column) {
      if (edge(0, column) != 0) order.push_back(edge(0, column));
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::uint32_t state = order[i];
      const std::uint32_t suffix = suffix_[state];
      ends_[state].insert(ends_[state].end(), ends_[suffix].begin(), ends_[suffix].end());
      for (std::uint32_t column = 0; column < set_.columns_; ++column) {
        std::uint32_t& to = edge(state, column);
        if (to == 0) {
          to = edge(suffix, column);
        } else {
          suffix_[to] = edge(suffix, column);
          order.push_back(to);
        }
      }
    }
  }

  // Writes the table; states with outputs get the highest numbers, so that one comparison tells them.
  void lay_out() {
    const auto states = static_cast<std::uint32_t>(ends_.size());
    std::vector<std::uint32_t> old_of(states);
    std::iota(old_of.begin(), old_of.end(), 0U);
    const auto loud = std::ranges::stable_partition(old_of, [&](std::uint32_t state) { return ends_[state].empty(); });
    const auto first_loud = static_cast<std::uint32_t>(loud.begin() - old_of.begin());
    std::vector<std::uint32_t> new_of(states);
    for (std::uint32_t state = 0; state < states; ++state) new_of[old_of[state]] = state;
    const std::uint32_t width = set_.columns_ + 1;
    set_.first_with_output_ = first_loud * width;
    set_.next_.clear();
    set_.next_.reserve(std::size_t{states} * width);
    for (std::uint32_t state = 0; state < states; ++state) {
      for (std::uint32_t column = 0; column < set_.columns_; ++column) {
        set_.next_.push_back(new_of[edge(old_of[state], column)] * width);
      }
      set_.next_.push_back(static_cast<std::uint32_t>(set_.outputs_.size()));
      put_outputs(ends_[old_of[state]]);
    }
  }

 private:
  std::uint32_t add_state() {
    next_.resize(next_.size() + set_.columns_, 0);
    ends_.emplace_back();
    suffix_.push_back(0);
    return static_cast<std::uint32_t>(ends_.size() - 1);
  }

  std::uint32_t& edge(std::uint32_t state, std::uint32_t column) {
    return next_[std::size_t{state} * set_.columns_ + column];
  }

  void put_outputs(const std::vector<std::uint32_t>& phrases) {
    for (std::size_t i = 0; i < phrases.size(); ++i) set_.outputs_.push_back({phrases[i], i + 1 == phrases.size()});
  }

  PhraseSet& set_;
  std::vector<std::uint32_t> next_;               // [state × columns + column]; 0 = none: no edge leads to the root
  std::vector<std::vector<std::uint32_t>> ends_;  // phrases that end in the state, longest first
  std::vector<std::uint32_t> suffix_;             // the longest proper suffix that is a state
};

Result<PhraseSet> PhraseSet::compile(std::span<const std::string> phrases) {
  std::size_t bytes = 0;
  for (const std::string& phrase : phrases) {
    if (phrase.empty()) return invalid({.zh = "短语是空的", .en = "a phrase is empty"});
    bytes += phrase.size();
  }
  if (bytes > kBytesMax) return too_many();
  PhraseSet set;
  Builder builder(set);
  builder.assign_columns(phrases);
  for (const std::string& phrase : phrases) {
    if (!builder.add(phrase)) return too_many();
  }
  builder.link();
  builder.lay_out();
  return set;
}

bool PhraseSet::report(std::string_view text, std::uint32_t state, std::uint32_t end,
                       std::vector<Match>& matches) const {
  for (const Output* output = &outputs_[next_[state + columns_]];; ++output) {
    const std::uint32_t phrase = output->phrase;
    const std::uint32_t from = end - lengths_[phrase];
    const std::uint8_t ends = word_ends_[phrase];
    const bool inside_word =
        ((ends & kBeginsWord) != 0 && word_before(text, from)) || ((ends & kEndsWord) != 0 && word_after(text, end));
    if (!inside_word) {
      if (matches.size() == kMatchesMax) return false;
      matches.push_back({.from = from, .to = end, .number = phrase});
    }
    if (output->last) return true;
  }
}

bool PhraseSet::scan_from(std::string_view text, std::size_t at, std::size_t end, std::uint32_t state,
                          std::vector<Match>& matches) const {
  const std::uint32_t* const next = next_.data();
  for (; at < end; ++at) {
    state = next[state + column_[static_cast<unsigned char>(text[at])]];
    if (state < first_with_output_) continue;
    if (!report(text, state, static_cast<std::uint32_t>(at + 1), matches)) return false;
  }
  return true;
}

// A step waits for the one before it; those of several stretches need not wait for each other.
bool PhraseSet::scan_stretches(std::string_view text, const Stretches& begins, std::vector<Match>& matches) const {
  const std::uint32_t* const next = next_.data();
  std::array<std::uint32_t, kStretches> states{};
  std::size_t together = text.size();
  for (std::size_t k = 0; k < kStretches; ++k) together = std::min(together, begins[k + 1] - begins[k]);
  for (std::size_t i = 0; i < together; ++i) {
    std::uint32_t highest = 0;
    for (std::size_t k = 0; k < kStretches; ++k) {
      states[k] = next[states[k] + column_[static_cast<unsigned char>(text[begins[k] + i])]];
      highest = std::max(highest, states[k]);
    }
    if (highest < first_with_output_) continue;
    for (std::size_t k = 0; k < kStretches; ++k) {
      if (states[k] < first_with_output_) continue;
      if (!report(text, states[k], static_cast<std::uint32_t>(begins[k] + i + 1), matches)) return false;
    }
  }
  for (std::size_t k = 0; k < kStretches; ++k) {
    if (!scan_from(text, begins[k] + together, begins[k + 1], states[k], matches)) return false;
  }
  std::ranges::sort(matches, {}, [](const Match& it) { return std::tuple(it.to, it.from, it.number); });
  return true;
}

bool PhraseSet::scan(std::string_view text, std::vector<Match>& matches) const {
  matches.clear();
  if (lengths_.empty()) return true;
  // No phrase reaches over a line feed, so lines can be looked at side by side.
  const bool lines_apart = column_[static_cast<unsigned char>('\n')] == 0;
  if (text.size() < kStretchesFrom || !lines_apart) return scan_from(text, 0, text.size(), 0, matches);
  Stretches begins{};
  begins.back() = text.size();
  for (std::size_t k = 1; k < kStretches; ++k) {
    const std::size_t feed = text.find('\n', std::max(text.size() * k / kStretches, begins[k - 1]));
    begins[k] = feed == std::string_view::npos ? text.size() : feed + 1;
  }
  return scan_stretches(text, begins, matches);
}

}  // namespace zh::text
