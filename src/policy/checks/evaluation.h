// Evaluating the conditions of one check on one conversation that has been scanned. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/checks/check.h"
#include "policy/checks/check_set.h"
#include "policy/checks/scanned.h"

namespace zh::policy {

// Where a condition holds. No turn: the whole contact. No words: the whole turn, or a time.
struct FoundAt {
  std::optional<std::uint32_t> turn;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::optional<TimeSpan> time;
};

// What a condition says about a conversation. Of what nobody measured it says nothing.
struct Verdict {
  enum class Is { no, yes, unknown };
  Is is = Is::no;
  std::vector<FoundAt> places;  // where yes: by place, none for what has none

  static Verdict of(bool holds) { return {.is = holds ? Is::yes : Is::no, .places = {}}; }
  static Verdict unknown() { return {.is = Is::unknown, .places = {}}; }
  bool holds() const { return is == Is::yes; }
};

// A scope on this conversation: turns [first, last] of a role, and what lies before or behind a place within the turns
// at its ends.
struct Window {
  std::int64_t first = 0;
  std::int64_t last = -1;  // < first: nothing is in scope
  std::optional<Speaker> role;
  struct Border {
    std::uint32_t turn;
    std::uint32_t byte;
  };
  std::optional<Border> from;   // words begin there or behind
  std::optional<Border> until;  // words end there or before

  bool has(std::uint32_t turn, Speaker speaker) const;
  bool has(const WordFound& word) const;  // as to the borders
};

class Evaluation {
 public:
  // Both must outlive this.
  Evaluation(const Check& check, const Scanned& scanned) : check_(check), scanned_(scanned) {}

  Verdict verdict(const CheckNode& node) const;
  // Of a condition that does not hold, those below it that do not, and where they looked.
  void looked_in_vain(const CheckNode& node, std::vector<Looked>& into) const;
  // The scope of a condition on this conversation.
  Looked looked_through(const CheckNode& node) const;

 private:
  void looked_for_step(const FlowStep& step, std::vector<Looked>& into) const;
  Window window_of(const CheckScope& scope) const;
  void narrow_first(const Reach& first, Window& window) const;
  void narrow_last(const Reach& last, Window& window) const;
  void narrow_relative(const CheckScope::Relative& relative, Window& window) const;
  std::span<const SpokenTurn> turns() const { return scanned_.conversation().turns; }

  Verdict combined(const Combined& combined) const;
  Verdict says(const Says& says, const Window& window) const;
  Verdict says_in_all_turns(const Says& says, const Window& window) const;
  Verdict speaks(const Speaks& speaks, const Window& window) const;
  Verdict repeated(const Repeated& repeated, const Window& window) const;
  Verdict unanswered(const Unanswered& unanswered, const Window& window) const;
  Verdict personal(const Personal& personal, const Window& window) const;
  Verdict similar(const Similar& similar, const Window& window) const;
  Verdict flow(const Flow& flow) const;
  // The first step that no way through the flow takes; null where one goes through.
  const FlowStep* step_not_taken(const Flow& flow) const;
  Verdict lasts(const Lasts& lasts, const Window& window) const;
  Verdict measure(const MeasureTest& test) const;
  Verdict fields(const FieldTest& test) const;

  const Check& check_;
  const Scanned& scanned_;
};

// ---- tests of one turn (says.cc)

// Where the test holds in a turn whose words are given: nothing when it does not; an empty place where it holds without
// words.
void places_in_turn(const SaysTest& test, std::uint32_t turn, std::string_view text, std::span<const WordFound> words,
                    std::vector<FoundAt>& into);
std::uint32_t leaf_of(const SaysTest& test);
// Whether the test can hold where none of its words stands.
bool holds_without_words(const SaysTest& test);

}  // namespace zh::policy
