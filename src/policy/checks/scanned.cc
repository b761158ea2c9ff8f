#include "policy/checks/scanned.h"

#include <algorithm>

namespace zh::policy {

namespace {

// Texts that are scanned together for phrases: so many bytes at least, unless there are fewer.
constexpr std::size_t kStretch = std::size_t{64} << 10;

}  // namespace

void Scanned::scan(const CompiledWords& words, const Conversation& conversation) {
  words_ = &words;
  conversation_ = &conversation;
  truncated_ = false;
  for (const std::uint32_t leaf : found_) {
    leaves_[leaf].words.clear();
    leaves_[leaf].to_scan.clear();
  }
  found_.clear();
  leaves_.resize(words.leaves);
  if (!pattern_matches_.empty()) pattern_matches_.clear();
  texts_ = conversation.normal;
  if (texts_ == nullptr) {
    own_.clear();
    for (const SpokenTurn& turn : conversation.turns) own_.add(*words.normaliser, turn.text);
    texts_ = &own_;
  }
  scan_phrases();
  find_patterns();
}

Scanned::Leaf& Scanned::found_in(std::uint32_t leaf) {
  Leaf& it = leaves_[leaf];
  if (it.words.empty() && it.to_scan.empty()) found_.push_back(leaf);
  return it;
}

void Scanned::scan_phrases() {
  const std::size_t count = texts_->size();
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && texts_->begin(last) - texts_->begin(first) < kStretch) ++last;
    if (words_->phrases.scan(texts_->all(first, last), matches_)) {
      take_phrases(first, last);
    } else {
      // Too many for a scan of several: each text has its own limit.
      for (std::size_t turn = first; turn < last; ++turn) {
        truncated_ |= !words_->phrases.scan(texts_->all(turn, turn + 1), matches_);
        take_phrases(turn, turn + 1);
      }
    }
    first = last;
  }
}

// The matches of the texts [first, last), by their end.
void Scanned::take_phrases(std::size_t first, std::size_t last) {
  const std::uint32_t base = texts_->begin(first);
  std::size_t turn = first;
  for (const text::Match& match : matches_) {
    while (turn + 1 < last && match.from + base >= texts_->begin(turn + 1)) ++turn;
    const std::uint32_t begin = texts_->begin(turn) - base;
    for (const CompiledWords::Use& use : words_->phrase_uses[match.number]) {
      found_in(use.leaf).words.push_back(
          {static_cast<std::uint32_t>(turn), match.from - begin, match.to - begin, use.slot});
    }
  }
}

void Scanned::find_patterns() {
  truncated_ |= !words_->patterns.find_texts(*texts_, scratch_, standing_);
  for (const auto& [number, turn] : standing_) {
    for (const CompiledWords::Use& use : words_->pattern_uses[number]) found_in(use.leaf).to_scan.push_back(turn);
  }
}

const std::vector<text::Match>& Scanned::patterns_in(std::uint32_t turn) {
  const auto [entry, is_new] = pattern_matches_.try_emplace(turn);
  if (is_new) truncated_ |= !words_->patterns.scan(texts_->text(turn), scratch_, entry->second);
  return entry->second;
}

std::span<const WordFound> Scanned::words(std::uint32_t leaf) {
  Leaf& it = leaves_[leaf];
  if (it.to_scan.empty()) return it.words;
  std::ranges::sort(it.to_scan);
  const auto twice = std::ranges::unique(it.to_scan);
  it.to_scan.erase(twice.begin(), twice.end());
  for (const std::uint32_t turn : it.to_scan) {
    for (const text::Match& match : patterns_in(turn)) {
      for (const CompiledWords::Use& use : words_->pattern_uses[match.number]) {
        if (use.leaf == leaf) it.words.push_back({turn, match.from, match.to, use.slot});
      }
    }
  }
  it.to_scan.clear();
  return it.words;
}

}  // namespace zh::policy
