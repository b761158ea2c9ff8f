// The one scan of a conversation: where the words of every condition stand. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/text/normal_texts.h"
#include "analysis/text/patterns.h"
#include "analysis/text/phrases.h"
#include "policy/checks/conversation.h"

namespace zh::policy {

// All phrases and patterns of a pack's checks, compiled, and what uses them. Conditions on words are numbered: leaves.
struct CompiledWords {
  // A word's use: by which leaf, as which of its words.
  struct Use {
    std::uint32_t leaf = 0;
    std::uint32_t slot = 0;
    friend bool operator==(const Use&, const Use&) = default;
  };
  const text::Normaliser* normaliser = nullptr;
  text::PhraseSet phrases;
  text::PatternSet patterns;
  std::vector<std::vector<Use>> phrase_uses;   // by number in phrases
  std::vector<std::vector<Use>> pattern_uses;  // by number in patterns
  std::uint32_t leaves = 0;
};

// Where a word of a leaf stands: bytes of the turn's normalised text.
struct WordFound {
  std::uint32_t turn;
  std::uint32_t from;
  std::uint32_t to;
  std::uint32_t slot;
};

class Scanned {
 public:
  // Scans in place of what was scanned before. Both must outlive the use of this.
  void scan(const CompiledWords& words, const Conversation& conversation);

  const Conversation& conversation() const { return *conversation_; }
  const text::NormalTexts& texts() const { return *texts_; }
  std::string_view text(std::uint32_t turn) const { return texts_->text(turn); }

  // Leaves that have words; each once, in no order.
  std::span<const std::uint32_t> leaves_found() const { return found_; }
  // The words of a leaf, by turn, then place.
  const std::vector<WordFound>& words(std::uint32_t leaf) const { return by_leaf_[leaf]; }
  // Whether a text had more matches than are looked at.
  bool truncated() const { return truncated_; }

 private:
  using Uses = std::vector<std::vector<CompiledWords::Use>>;
  // Scans all texts with `scan`, which puts what it finds into matches_ and says whether that is all.
  template <class Scan>
  void scan_all(const Scan& scan, const Uses& uses);
  void take(std::size_t first, std::size_t last, const Uses& uses);

  const Conversation* conversation_ = nullptr;
  const text::NormalTexts* texts_ = nullptr;
  text::NormalTexts own_;  // of a conversation that is not normalised yet
  std::vector<std::vector<WordFound>> by_leaf_;
  std::vector<std::uint32_t> found_;
  bool truncated_ = false;
  std::vector<text::Match> matches_;
  text::PatternSet::Scratch scratch_;
};

}  // namespace zh::policy
