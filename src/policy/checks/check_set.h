// CheckSet: all checks of a pack, compiled together: every phrase in one automaton, every pattern in one Hyperscan
// database. A text is normalised and scanned once, for all checks; roles and scopes are applied to the places found.
//
//   const CheckSet& checks = *pack.checks;
//   CheckSet::Workspace workspace;                       // one per thread
//   const Findings findings = checks.inspect(conversation, workspace);
//
// Immutable; any number of threads may inspect with one set. The same conversation gives the same findings, always.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "analysis/text/normalise.h"
#include "analysis/text/patterns.h"
#include "analysis/text/phrases.h"
#include "policy/checks/check.h"
#include "policy/checks/conversation.h"

namespace zh::policy {

class Loading;
namespace yaml {
struct Node;
}

// Where a forbidden condition holds.
struct Hit {
  const Check* check = nullptr;
  std::optional<std::uint32_t> turn;  // from 0; none: the whole contact
  // Code points of the turn's original text; none where no words were found, as for silence.
  std::optional<text::Span> characters;
  std::optional<std::int64_t> start_ms;  // of the turn, or of the silence, overlap or delay itself
  std::optional<std::int64_t> end_ms;
};

// Where a condition looked in vain.
struct Looked {
  Place condition;
  std::optional<Speaker> role;  // none = agent and customer
  std::int64_t turns = 0;       // how many were in scope
  std::optional<std::uint32_t> first;
  std::optional<std::uint32_t> last;
};

// A required condition does not hold.
struct Miss {
  const Check* check = nullptr;
  std::vector<Looked> looked;
};

// Whether the check holds on that day and channel; its `when` and `except` aside.
bool in_force(const Check& check, std::string_view channel, Date day);

// The day itself, or the nearest on which the check is in force.
Date day_in_force(const Check& check, Date day);

struct Findings {
  std::vector<Hit> hits;      // by check in the pack's order, then by place
  std::vector<Miss> missing;  // by check
  bool truncated = false;     // a text had more matches than are looked at, or a check more hits than are kept
};

class CheckSet {
 public:
  // A word's use: by which condition, as which of its words.
  struct Use {
    std::uint32_t leaf = 0;
    std::uint32_t slot = 0;
    friend bool operator==(const Use&, const Use&) = default;
  };

  // Of one check in one contact.
  static constexpr std::size_t kHitsMax = 1'000;

  // Working memory of one thread, used again from contact to contact.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

   private:
    friend class CheckSet;
    friend struct Scanning;
    struct State;
    std::unique_ptr<State> state_;
  };

  const std::vector<Check>& checks() const { return checks_; }
  const Check* find(std::string_view id) const;

  // The conversation's measures must be filled in (measure_turns). Checks that ask are passed over.
  Findings inspect(const Conversation& conversation, Workspace& workspace) const;
  // The checks whose questions are to be asked about the conversation, in the pack's order: in force on its day and
  // channel, their `when` holds and their `except` does not. The same requirement.
  std::vector<const Check*> asking(const Conversation& conversation, Workspace& workspace) const;

 private:
  friend class WordBook;
  friend struct Scanning;
  friend void read_checks(const yaml::Node& lists, const yaml::Node& checks, Loading& loading);
  void scan(const Conversation& conversation, Workspace::State& state) const;

  std::vector<Check> checks_;
  const text::Normaliser* normaliser_ = nullptr;
  text::PhraseSet phrases_;
  text::PatternSet patterns_;
  std::vector<std::vector<Use>> phrase_uses_;   // by number in phrases_
  std::vector<std::vector<Use>> pattern_uses_;  // by number in patterns_
  std::uint32_t leaves_ = 0;
};

}  // namespace zh::policy
