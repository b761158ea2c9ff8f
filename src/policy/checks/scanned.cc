#include "policy/checks/scanned.h"

#include <algorithm>

namespace zh::policy {

namespace {

// Texts that are scanned together: so many bytes at least, unless there are fewer.
constexpr std::size_t kStretch = std::size_t{64} << 10;

}  // namespace

void Scanned::scan(const CompiledWords& words, const Conversation& conversation) {
  conversation_ = &conversation;
  truncated_ = false;
  for (const std::uint32_t leaf : found_) by_leaf_[leaf].clear();
  found_.clear();
  by_leaf_.resize(words.leaves);
  texts_ = conversation.normal;
  if (texts_ == nullptr) {
    own_.clear();
    for (const SpokenTurn& turn : conversation.turns) own_.add(*words.normaliser, turn.text);
    texts_ = &own_;
  }
  scan_all([&](std::string_view text) { return words.phrases.scan(text, matches_); }, words.phrase_uses);
  scan_all([&](std::string_view text) { return words.patterns.scan(text, scratch_, matches_); }, words.pattern_uses);
}

template <class Scan>
void Scanned::scan_all(const Scan& scan, const Uses& uses) {
  const std::size_t count = texts_->size();
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && texts_->begin(last) - texts_->begin(first) < kStretch) ++last;
    if (scan(texts_->all(first, last))) {
      take(first, last, uses);
    } else {
      // Too many for a scan of several: each text has its own limit.
      for (std::size_t turn = first; turn < last; ++turn) {
        truncated_ |= !scan(texts_->all(turn, turn + 1));
        take(turn, turn + 1, uses);
      }
    }
    first = last;
  }
}

// The matches in the texts [first, last), which stand by text.
void Scanned::take(std::size_t first, std::size_t last, const Uses& uses) {
  const std::uint32_t base = texts_->begin(first);
  std::size_t turn = first;
  for (const text::Match& match : matches_) {
    while (turn + 1 < last && match.from + base >= texts_->begin(turn + 1)) ++turn;
    const std::uint32_t begin = texts_->begin(turn) - base;
    for (const CompiledWords::Use& use : uses[match.number]) {
      std::vector<WordFound>& words = by_leaf_[use.leaf];
      if (words.empty()) found_.push_back(use.leaf);
      words.push_back({static_cast<std::uint32_t>(turn), match.from - begin, match.to - begin, use.slot});
    }
  }
}

}  // namespace zh::policy
