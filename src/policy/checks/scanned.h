// The one scan of a conversation: where the words of every condition stand. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
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

  // Leaves of which a word may stand somewhere; each once, in no order. The others have no words.
  std::span<const std::uint32_t> leaves_found() const { return found_; }
  // The words of a leaf, by turn, then place. Patterns are looked at closely when they are first asked for.
  std::span<const WordFound> words(std::uint32_t leaf);
  // Whether a text had more matches than are looked at.
  bool truncated() const { return truncated_; }

 private:
  struct Leaf {
    std::vector<WordFound> words;
    std::vector<std::uint32_t> to_scan;  // turns in which a pattern of it stands
  };
  void scan_phrases();
  void take_phrases(std::size_t first, std::size_t last);
  void find_patterns();
  Leaf& found_in(std::uint32_t leaf);
  const std::vector<text::Match>& patterns_in(std::uint32_t turn);

  const CompiledWords* words_ = nullptr;
  const Conversation* conversation_ = nullptr;
  const text::NormalTexts* texts_ = nullptr;
  text::NormalTexts own_;  // of a conversation that is not normalised yet
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> found_;
  bool truncated_ = false;
  std::vector<text::Match> matches_;
  std::vector<text::PatternSet::Standing> standing_;
  std::unordered_map<std::uint32_t, std::vector<text::Match>> pattern_matches_;  // of turns that were asked for
  text::PatternSet::Scratch scratch_;
};

}  // namespace zh::policy
