// CheckSet: all checks of a pack, compiled together: every phrase in one automaton, every pattern in one Hyperscan
// database. A conversation is normalised and scanned once, for all checks; roles and scopes are applied to the places
// found, and checks that look for what nobody said are not asked.
//
//   const CheckSet& checks = *pack.checks;
//   CheckSet::Workspace workspace;                       // one per thread
//   const Findings findings = checks.inspect(conversation, workspace);
//
// Immutable; any number of threads may inspect with one set. The same conversation gives the same findings, always.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/text/normalise.h"
#include "policy/checks/check.h"
#include "policy/checks/conversation.h"

namespace zh::policy {

struct CompiledWords;
class Loading;
class Scanned;
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
  const CheckNode* condition = nullptr;
  std::int64_t turns = 0;  // how many were in scope
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
  // Of one check in one contact.
  static constexpr std::size_t kHitsMax = 1'000;

  CheckSet();
  ~CheckSet();
  CheckSet(const CheckSet&) = delete;
  CheckSet& operator=(const CheckSet&) = delete;

  // Working memory of one thread, used again from contact to contact.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

   private:
    friend class CheckSet;
    struct State;
    std::unique_ptr<State> state_;
  };

  // What stands where, until the workspace is used again.
  const Scanned& scan(const Conversation& conversation, Workspace& workspace) const;

  const std::vector<Check>& checks() const { return checks_; }
  const Check* find(std::string_view id) const;

  // The conversation's measures must be filled in (measure_turns). Checks that ask are passed over.
  Findings inspect(const Conversation& conversation, Workspace& workspace) const;
  // The checks whose questions are to be asked about the conversation, in the pack's order: in force on its day and
  // channel, their `when` holds and their `except` does not. The same requirement.
  std::vector<const Check*> asking(const Conversation& conversation, Workspace& workspace) const;

 private:
  friend class WordBook;
  friend void read_checks(const yaml::Node& lists, const yaml::Node& checks, Loading& loading);
  // Which checks have to be asked when; once all are read.
  void sort_by_needs();
  // Those that may have something to say, in the pack's order.
  void checks_to_ask(const Scanned& scanned, std::vector<std::uint32_t>& into) const;

  std::vector<Check> checks_;
  std::unique_ptr<const CompiledWords> words_;
  std::vector<std::uint32_t> always_;                 // checks that are asked whatever is said
  std::vector<std::vector<std::uint32_t>> woken_by_;  // by leaf: checks that are asked when it has words
};

}  // namespace zh::policy
