// Scoring: from what an inspector marked in a record to its score, with the derivation that explains it.
//
//   Marks marks;
//   marks.findings.push_back({.number = 1, .item = "listening", .choice = "minor", .points = 2, .reason = "…"});
//   faults_of(rubric, "call", marks, extent)   // empty: fits the rubric and the record
//   score_of(rubric, marks)->value     // 100 − 2 = 98
//
// Pure. Deduct: full mark − points + bonuses, never above the full mark, floor at the rubric's; several findings
// accumulate (Q4.3). Weighted: full mark × Σ(weight × share) / Σ(weight answered). A zero-tolerance item that failed
// gives the floor whatever else was found. Rounded once, at the end, as the rubric says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "policy/derivation.h"
#include "policy/rubric.h"

namespace zh::quality {

// Where in the record a finding lies. `from` is included, `until` is not.
struct Span {
  enum class Of : int { whole = 0, time = 1, text = 2 };  // stored
  Of of = Of::whole;
  int turn = 0;           // text: of the transcript, counted from 0
  std::int64_t from = 0;  // time: milliseconds from the start; text: code points from the turn's start
  std::int64_t until = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

// How far a record reaches. What is not known is not compared.
struct Extent {
  std::optional<std::int64_t> duration_ms;
  std::vector<std::int64_t> turns;  // code points of each turn's text
};

struct Finding {
  int number = 0;      // within the inspection, from 1, never reused
  std::string item;    // of the rubric
  std::string choice;  // deduct: the severity; weighted: the answer
  int points = 0;      // deduct: taken off, within the severity's range; weighted: 0
  Span span;
  std::string reason;
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct Bonus {
  std::string bonus;  // of the rubric
  int points = 0;
  std::string reason;
  friend bool operator==(const Bonus&, const Bonus&) = default;
};

// What the inspector says of something that automatic checks propose (proposal/proposal.h): the finding that was made
// of it, or none, which rejects it.
struct Judgement {
  std::string proposal;
  std::optional<int> finding;  // its number
  std::string reason;          // of rejecting it; may be empty
  friend bool operator==(const Judgement&, const Judgement&) = default;
};

struct Marks {
  std::vector<Finding> findings;  // by number
  std::vector<Bonus> bonuses;
  std::vector<std::string> not_applicable;  // items
  std::vector<Judgement> judgements;        // of proposals; they cost nothing
  friend bool operator==(const Marks&, const Marks&) = default;
};

inline constexpr std::size_t kFindingsMax = 200;       // per record
inline constexpr std::size_t kReasonLengthMax = 2000;  // code points

// Something that does not fit; `pointer` is into the marks as JSON ("/findings/0/points").
struct MarkFault {
  std::string pointer;
  Text detail;
  std::string clause;  // of the rule that refuses, else empty
  friend bool operator==(const MarkFault&, const MarkFault&) = default;
};

// Whatever a draft may not hold: unknown items, severities and answers, an item of another channel, points outside the
// severity's range, a span outside the record, an item both found and not applicable, an item answered twice.
std::vector<MarkFault> faults_of(const policy::Rubric& rubric, std::string_view channel, const Marks& marks,
                                 const Extent& extent);
// What is missing before it can be submitted: a finding without its reason; weighted: items without an answer.
std::vector<MarkFault> missing_in(const policy::Rubric& rubric, std::string_view channel, const Marks& marks);

struct Score {
  Decimal value;  // points, rounded; floor … full mark
  policy::Derivation why;
};
// Requires marks without faults. Nothing where a weighted rubric has no answer yet.
std::optional<Score> score_of(const policy::Rubric& rubric, const Marks& marks);

// The score on the scale of 0–100 that appraisal reads; equal to the score where the full mark is 100.
Decimal percent_of(const policy::Rubric& rubric, const Decimal& score);

// Whether one of the findings asks for a talk of the supervisor with the agent (Q4.4).
bool asks_for_talk(const policy::Rubric& rubric, const Marks& marks);

std::string_view name_of(Span::Of of);

}  // namespace zh::quality
