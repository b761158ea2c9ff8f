// The month's appraisal: from what is known of each person in the period to scorecards, ranks, stars and excellence,
// under a policy pack. Pure: the same input and pack give the same result, whatever the order of the input; no clock,
// no database, no JSON.
//
//   const auto month = appraise(pack, input);          // Result<MonthAppraisal>
//   month->sheets[i].scorecard->total                  // "91.37", printed as it stands
//   policy::decode(month->sheets[i].scorecard_derivation)  // how it came about
//
// The arithmetic is FORMATS.md's "The month's arithmetic"; every figure in it comes from the pack. Values are exact
// Fractions until a rounding that the pack names.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/fraction.h"
#include "base/hash.h"
#include "base/result.h"
#include "policy/pack.h"

namespace zh::appraisal {

// ---- what goes in ---------------------------------------------------------------------------------------------------

// A current fact of the period: superseded and retracted ones are not there.
struct InputFact {
  Hash id;
  std::string_view kind;  // a name of the fact catalogue, which outlives every input
  Instant occurred_at;
  Date day;  // of occurred_at in the centre's zone
  std::optional<Decimal> value;
  std::string note;
  // Rises with the order in which facts were learnt. Only two sales targets of the same instant are decided by it.
  std::int64_t recorded = 0;
};

// What the telephone log shows of one person, day and product. Served by the contacts room from its rollups.
struct ContactDay {
  Hash id;  // of the figures below: what a derivation names
  Instant day_start;
  Date day;
  std::string product;        // empty = a product of its own
  std::int64_t assigned = 0;  // answered ones and rings that count
  std::int64_t answered = 0;
  std::int64_t handled = 0;  // answered ones that ended, whose talk is known
  std::int64_t talk_ms = 0;  // of those, hold included
};

// A person who is employed on at least one day of the period.
struct PersonMonth {
  std::string staff_no;
  // These are those of the last employed day in the period.
  std::string position;  // as FORMATS.md names them
  std::string group;     // empty = in no group
  bool on_probation = false;
  std::vector<std::string> products;  // each once

  Date hired_on;
  Date last_employed_day;  // in the period
  int employed_days = 0;   // calendar days in the period

  std::vector<InputFact> facts;      // by kind, occurred_at, id: see sort_canonically()
  std::vector<ContactDay> contacts;  // by day, product, id
};

struct MonthInput {
  Month period;
  std::vector<PersonMonth> people;  // by staff_no as bytes, each once
};

// Puts people, facts and contacts into the order that the rules expect.
void sort_canonically(MonthInput& input);
void sort_canonically(PersonMonth& person);

// ---- what comes out -------------------------------------------------------------------------------------------------

struct ItemScore {
  std::string id;
  std::string clause;
  Decimal weight;                 // percent, nominal
  std::optional<Fraction> value;  // as measured, before any rounding; none = no data
  std::optional<Fraction> score;  // 0–100; none = not applicable, its weight is shared out

  bool applied() const { return score.has_value(); }
};

struct Scorecard {
  std::vector<ItemScore> items;  // in the pack's order
  Fraction bonus;                // points, ≥ 0
  Fraction deduction;            // points, ≥ 0
  std::optional<Decimal> total;  // as printed; none: nothing to appraise by
  Fraction weights_applied;      // percent, nominal weights of the items that have a score

  const ItemScore* item(std::string_view id) const;
};

// Where somebody stands in the order of a rating: one part per OrderKey of the rating. A number that is none stands
// last. The whole key of a star's last holder is that star's cut-off, kept with a closed month.
using KeyPart = std::variant<std::optional<Fraction>, Date, std::string>;
struct RankKey {
  std::vector<KeyPart> parts;
  friend bool operator==(const RankKey&, const RankKey&) = default;
};

struct CutOff {
  std::string position;
  int star = 0;
  RankKey last_holder;
};

struct Excellent {
  bool eligible = false;
  std::vector<std::string> reasons;  // ids of the conditions by which it was lost, in the pack's order
};

// One person's appraisal.
struct Sheet {
  std::string staff_no;
  std::optional<Scorecard> scorecard;  // none: the position has no scorecard
  bool rated = false;
  std::optional<int> rank;  // 1 = first; none when not rated, or when rated against frozen cut-offs
  int star = 0;             // 0 = not rated
  std::optional<Excellent> excellent;

  // policy::encode()d as soon as they are built: a month of trees would not fit into memory. The second one is empty
  // where there is neither a rating nor an excellence for the position.
  std::string scorecard_derivation;
  std::string standing_derivation;
};

struct MonthAppraisal {
  std::vector<Sheet> sheets;  // one per person of the input, in its order
  std::vector<CutOff> cut_offs;
};

// A day on which both the telephone log and facts speak of a person's calls. The log wins.
struct Overlap {
  std::string staff_no;
  Date day;
  std::int64_t facts_left_out = 0;
};

// ---- the rules ------------------------------------------------------------------------------------------------------

// Runs step(0) … step(count − 1), each once, in any order and perhaps at the same time, and returns when all are done.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& step)>;
void one_after_another(std::size_t count, const std::function<void(std::size_t)>& step);

// The whole month. Requires canonical order (sort_canonically). Fails (invalid, naming the person and the rule) when a
// formula of the pack yields null for somebody or a fact lacks a value that its rule needs: an error of the month,
// never a 0.
Result<MonthAppraisal> appraise(const policy::Pack& pack, const MonthInput& input,
                                const ForEach& for_each = one_after_another);

// One person of a closed month anew, for an adjustment: the star is that of the first cut-off which the person's key
// reaches, the lowest star where it reaches none; there is no rank, and nobody else moves. Positions whose scorecard
// looks at a group have no scorecard here: closed months keep their leaders' sheets.
Result<Sheet> appraise_again(const policy::Pack& pack, Month period, const PersonMonth& person,
                             std::span<const CutOff> cut_offs);

// Days of the period on which facts of a person's calls are left out because the log has that day.
std::vector<Overlap> overlaps(const MonthInput& input);

// Heads per quota, in its order: largest remainder of count × share / 100; of equal remainders the earlier quota first.
std::vector<int> heads_of(std::span<const policy::Quota> quotas, int count);

// Negative when `a` stands before `b` in the rating's order. Both keys must be of this rating.
int compare(const policy::Rating& rating, const RankKey& a, const RankKey& b);

// ---- reading facts, for the rooms above -----------------------------------------------------------------------------

// The person's facts of one kind, in canonical order.
std::span<const InputFact> facts_of(const PersonMonth& person, std::string_view kind);
// "exempt" of "exempt; approved by the manager"; what stands before the first semicolon, without blanks around it.
std::string_view keyword_of(std::string_view note);
// The value, or what an empty one stands for in the pack. Fails (invalid) where neither is given.
Result<Fraction> points_of(const policy::Pack& pack, const InputFact& fact);
policy::Input as_input(const InputFact& fact);
policy::Input as_input(const ContactDay& day);

}  // namespace zh::appraisal
