// Check: a rule of a pack about what is said in a contact, and how. It forbids a condition, or requires it; where a
// forbidden one holds there are hits, where a required one does not there is a miss. Or it asks a question that only
// somebody who understands can answer, for the judge of the settings (rooms/inspection/judging); these neither hit nor
// miss. docs/policies/checks.md tells the files' keys; examples stand there.
//
// Everything here is as read from the pack and immutable. Compiling and evaluating: check_set.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/text/personal_data.h"
#include "base/calendar.h"
#include "policy/checks/conversation.h"
#include "policy/checks/similar.h"
#include "policy/formula.h"
#include "policy/rule.h"

namespace zh::policy {

// How far a window reaches: so many turns or so much time.
struct Reach {
  std::optional<std::int64_t> turns;
  std::optional<std::int64_t> ms;
};

// Where a condition looks.
struct CheckScope {
  std::optional<Speaker> role;             // none = agent and customer
  std::optional<Reach> first;              // turns of that role; or what begins within so much time of the beginning
  std::optional<Reach> last;               // turns of that role; or what begins within so much time of the end
  std::optional<std::int64_t> range_from;  // turns of the conversation, both included; negative = from the end
  std::optional<std::int64_t> range_to;

  struct Relative {
    enum class Side { before, after, around };
    Side side = Side::after;
    std::size_t named = 0;  // in Check::named
    std::int64_t nth = 1;   // hit of it; negative = from the last
    Reach within;
  };
  std::optional<Relative> relative;
};

// Of how many turns in scope a condition must hold.
struct HowMany {
  enum class Kind { any, all, none, at_least };
  Kind kind = Kind::any;
  std::int64_t count = 1;  // for at_least
};

// How many of the phrases or patterns listed a turn must have.
struct Need {
  enum class Kind { any, all, none, at_least };
  Kind kind = Kind::any;
  std::int64_t count = 1;
};

// One step of an expression over phrases, operands first: "a & !b" is a, b, not, and.
struct ExpressionStep {
  enum class Kind { slot, both, either, negation };
  Kind kind = Kind::slot;
  std::uint32_t slot = 0;
};

// ---- conditions on a turn's text. `leaf` numbers the condition within its CheckSet; its words have slots 0, 1, 2 …

struct SaysWords {  // phrases, patterns
  std::uint32_t leaf = 0;
  std::uint32_t slots = 0;  // a word of slot number `slots` takes away what it overlaps: "你" but not "你们"
  Need need;
};
struct SaysExpression {
  std::uint32_t leaf = 0;
  std::vector<ExpressionStep> steps;
};
// A word of slot 0 and one of slot 1, at most so many characters between them.
struct SaysNear {
  std::uint32_t leaf = 0;
  std::int64_t within = 0;
  bool ordered = false;
};
// The pieces in this order, at most gaps[i] characters between piece i and the next.
struct SaysTemplate {
  std::uint32_t leaf = 0;
  std::vector<std::int64_t> gaps;
};
using SaysTest = std::variant<SaysWords, SaysExpression, SaysNear, SaysTemplate>;
struct Says {
  SaysTest test;
  HowMany how_many;
};

// ---- conditions on a scope

// The same sentence of at least so many characters, so many times.
struct Repeated {
  std::int64_t characters = 6;
  std::int64_t times = 3;
};
// A turn of at least so many characters, whatever they say.
struct Speaks {
  std::int64_t characters = 1;
};
// A question, by sign or by word, after which none of the next turns is the other side's.
struct Unanswered {
  std::uint32_t leaf = 0;  // the words that make a question
  std::int64_t within = 1;
};

// Personal data said or written in a turn.
struct Personal {
  std::vector<text::PersonalData> kinds;
};

// ---- conditions on the times and on the whole

// Silences, overlaps or delays of at least so long: so many of them, and together so long or such a share of the
// contact.
struct Lasts {
  enum class What { silence, overlap, delay };
  What what = What::silence;
  std::int64_t ms = 0;
  std::int64_t times = 1;
  std::optional<std::int64_t> total_ms;
  std::optional<std::int64_t> share;  // percent of the contact's duration
};
struct MeasureTest {
  Formula formula;
  std::vector<Measure> reads;  // in the order of its names
};
struct FieldTest {
  struct OneOf {
    std::string field;
    std::vector<std::string> values;
  };
  std::vector<OneOf> fields;  // all of them
};

struct CheckNode;
struct Combined {
  enum class Kind { all, any, none, at_least };
  Kind kind = Kind::all;
  std::int64_t count = 1;
  std::vector<CheckNode> of;
};
struct UseNamed {
  std::size_t named = 0;  // in Check::named
};

// One step of a flow: a condition that holds behind the step before, or several ways to go on.
struct FlowStep {
  std::vector<CheckNode> is;  // one, unless there are ways
  std::vector<std::vector<FlowStep>> either;
  bool optional = false;  // may be left out
  Reach within;           // of the step before; of the contact's beginning for the first one
  Place place;
};
// The steps in their order, whatever stands between them.
struct Flow {
  std::vector<FlowStep> steps;
};

struct CheckNode {
  std::string_view operation;  // as the file names it (operators.h): "phrases"
  CheckScope scope;            // of the conditions on texts and times
  std::variant<Combined, UseNamed, Says, Speaks, Repeated, Unanswered, Personal, Similar, Flow, Lasts, MeasureTest,
               FieldTest>
      test;
  Place place;
};

struct NamedCondition {
  std::string name;
  CheckNode condition;
};

enum class CheckKind { forbid, require, ask };
std::string_view name_of(CheckKind kind);  // "forbid", as the key is

struct Check : RuleHead {
  CheckKind kind = CheckKind::forbid;
  std::string item;      // of the rubric
  std::string severity;  // of the rubric: minor, general, severe
  Decimal points;        // proposed to be taken off, for the contact or for each hit
  bool per_hit = false;
  std::optional<Decimal> cap;         // of the points of one contact
  std::vector<std::string> channels;  // empty = all
  std::optional<Date> from;           // first day
  std::optional<Date> until;          // last day
  std::vector<NamedCondition> named;  // each may use those before it
  std::optional<CheckNode> when;      // else the check does not apply
  std::optional<CheckNode> except;    // then the check does not apply
  CheckNode condition;                // of a check that forbids or requires
  Text question;                      // of one that asks: yes is a fault
};

}  // namespace zh::policy
