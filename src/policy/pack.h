// Pack: a regulation as data, loaded and checked. Every figure that decides a score, a star or a yuan stands in the
// pack's files with its clause and unit; the C++ code knows only how to measure and how to combine. What the keys of
// the files mean is told in docs/policies/packs.md; load.h reads them.
//
// A Pack is immutable once loaded and may be read by any number of threads. Places name files relative to the pack; the
// files of an included pack stand below its folder's name ("chengdu-2014/appraisal.yaml:41").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/fraction.h"
#include "base/hash.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/derivation.h"
#include "policy/formula.h"
#include "policy/inspection_rules.h"
#include "policy/rubric.h"
#include "policy/rule.h"

namespace zh::policy {

// Whether software carries a clause out.
enum class Coverage {
  computed,     // a rule of the pack names it
  recorded,     // what it asks for is recorded as facts, nothing is computed from it
  informative,  // for people; the pack says why
};

struct Clause {
  std::string id;
  Text title;
  Text text;
  std::string source;  // which document and paragraph it restates
  // Declared only where no rule names the clause; `reason` then says how it is carried out.
  std::optional<Coverage> declared;
  Text reason;
  Place place;
};

// ---- facts

// What one position's facts of a kind may be. A kind with several entries for a position takes a value that one of them
// takes.
struct FactRange {
  std::string position;        // as in FORMATS.md: "agent", "shift_leader" …; empty = every position
  std::optional<Range> range;  // none: the kind's value is not looked at
  std::string note;            // only facts whose note has this keyword; empty = any
};

// The pack's part of a fact kind. Name, type and unit are the catalogue's; who may have it, in which range, and what an
// empty value stands for are clauses.
struct FactKind : RuleHead {
  std::vector<FactRange> ranges;    // a position not in it may not have such facts
  std::optional<Decimal> if_empty;  // an empty value stands for this; none = the catalogue decides
};

// ---- decision rows

// One row: a FEEL unary test on the value and what it yields.
struct Row {
  Formula when;
  Decimal result;
  Place place;
};

// Rows that cover their domain without gap or overlap (checked at load), so exactly one applies.
struct Table {
  std::string unit;             // of the value tested
  std::optional<Decimal> step;  // values are whole multiples of it: with step 1, [141..145] and [146..155] leave no gap
  std::vector<Row> rows;
  Place place;

  // The one row that applies. Fails (invalid, with the table's place) when none or several do: a value off the step.
  Result<const Row*> row_for(const Value& value) const;
};

// ---- scorecards

// The metrics. Each is a C++ function of the facts; its parameters stand in the pack under `with:`. What "value" is and
// which further names an item's formula may read is said beside each, in the order of Measured::values.

// Mean of one kind's scores per round, then mean of the rounds that have scores. → value (points)
struct InspectionScore {
  std::string kind;               // qa_recording, qa_text
  int first_round_until_day = 0;  // a fact that names no round: up to this day of the month → 1, else 2
};
// Whose facts a metric reads: the person's own, or pooled over the agents of the person's group.
enum class Scope { person, group };
// Mean seconds per product, unweighted mean over products. → value (seconds, unrounded)
struct AverageHandlingTime {
  Scope scope = Scope::person;
};
// Mean of a kind's values. → value (points)
struct FactMean {
  std::string kind;
};
// Share of a yes/no kind's facts that say yes, × 100. → value (percent)
struct SatisfactionRate {
  std::string kind;
};
// Answered / assigned × 100. → value (percent)
struct ConnectionRate {};
// For each day with facts of the kind, the largest value. Measured::pieces has one entry per day. → value (minutes):
// the largest of all
struct DayMaxima {
  std::string kind;
  std::string leave_out;  // facts whose note has this keyword do not count; empty = all count
};
// Sum of the values of some kinds; no fact = 0. → value (points), marked (boolean): there is a fact of these kinds
// whose note has the keyword `mark`
struct PointsSum {
  std::vector<std::string> kinds;
  std::string mark;  // empty: never marked
};
// Mean of the printed totals of the group's people of that position who have one. → value (points)
struct GroupMean {
  std::string of;  // position: agent
};
// The group's `sales` / the group's answered calls, and the leader's target. → value (yuan per call), target (same).
// No target or no answered call: no data.
struct SalesPerCall {
  std::string sales;   // kind: sale
  std::string target;  // kind: sales_target, the latest of the month
};
using Metric = std::variant<InspectionScore, AverageHandlingTime, FactMean, SatisfactionRate, ConnectionRate, DayMaxima,
                            PointsSum, GroupMean, SalesPerCall>;

// How a measured value becomes a score of 0–100.
struct AsMeasured {};  // the value is the score, unrounded
// `from` minus, for each piece, the points of the row that applies to it; at least `floor`.
struct LessPerPiece {
  Decimal from;
  Decimal floor;
  Table points;
};
// Table: the score of the row. Formula: FEEL over the metric's names. Decision: a DMN decision over the same names.
using Scoring = std::variant<AsMeasured, Table, LessPerPiece, Formula, Decision>;

// What happens to an item whose metric has no data.
enum class NoData {
  not_applicable,  // its weight is shared out among the others in proportion
  no_total,        // the person has no total
  never,           // the metric always has a value (no fact = nothing to deduct)
};

struct Item : RuleHead {
  Decimal weight;  // percent; an exact decimal, the weights of a scorecard add up to 100
  std::string metric_name;
  Metric metric;
  std::optional<RoundRule> round;  // of the measured value, before it is scored
  Scoring scoring;
  NoData no_data = NoData::not_applicable;
  // Named where it is written, so that a derivation can point at the weight, e.g. after an override.
  Place weight_place;
};

// A kind of fact whose values are added to or taken from the total.
struct Extra : RuleHead {
  std::string kind;
  // False: the kind is listed by the regulation but does not touch the total (daily_test_counts: item_only).
  bool counts = true;
};

struct Scorecard : RuleHead {
  std::string position;
  std::vector<Item> items;        // in the order they are printed
  std::vector<Extra> bonuses;     // added
  std::vector<Extra> deductions;  // taken off
  // Total = Σ(score × weight) / Σ(weights applied) + bonuses − deductions; at least floor, at most cap; then rounded.
  // The total is null when no item that may lack data has any, or when an item with NoData::no_total lacks it.
  std::optional<Decimal> floor;
  std::optional<Decimal> cap;
  RoundRule round;

  const Item* item(std::string_view id) const;
};

// ---- ratings

// A condition in FEEL with a name that results and derivations use.
struct Condition : RuleHead {
  Formula when;
};

enum class OrderBy {
  total,       // of the scorecard
  items_mean,  // mean of the items' scores by weight, over those that have one; none of them = last
  item_value,  // the item's measured value, unrounded; no data = last
  hired_on,
  staff_no,  // as text, by bytes
};
struct OrderKey {
  OrderBy by = OrderBy::total;
  std::vector<std::string> items;  // for items_mean and item_value
  bool descending = false;
  Text label;
  Place place;
};

struct Quota {
  int star = 0;
  Decimal share;  // percent of those rated
  Text label;
  Place place;
};

// Who gets how many stars. Heads per star by largest remainder of n × share (equal remainders: the higher star first).
struct Rating : RuleHead {
  std::string position;
  std::vector<Condition> eligible;  // all must hold; a total must exist besides
  std::vector<Quota> quotas;        // higher stars first; shares add up to 100
  std::vector<OrderKey> order;      // total comes first; ends in staff_no, so that no two are equal
  // True: whoever has the same total as the last holder of a star gets that star too. False: the order decides.
  bool ties_share = false;
};

// What the conditions of a rating may read.
struct RatingValues {
  bool on_probation = false;
  bool employed_on_last_day = false;
  Fraction total;            // points
  Fraction weights_applied;  // percent
};

// ---- excellence

// A number of facts of the period that conditions may read by name.
struct FactCount {
  std::string name;  // as formulas write it: "attitude complaints"
  std::string kind;
  std::string note;  // only facts whose note has this keyword; empty = all
  Scope scope = Scope::person;
  Place place;
};

struct Excellence : RuleHead {
  std::string position;
  std::vector<FactCount> counts;
  std::vector<Condition> lost_when;  // any that holds is a reason, named by its id
};

// What the conditions of an excellence may read.
struct ExcellenceValues {
  std::optional<Decimal> total;    // points, as printed; none = null
  bool group_ranked = false;       // the group has a mean
  std::int64_t ranked_groups = 0;  // groups that have a mean
  std::int64_t groups_with_lower_mean = 0;
  std::vector<std::int64_t> counts;  // in the order of Excellence::counts
};

// ---- pay

// What the jurisdiction makes of an amount (RULES.md F7).
enum class MoneyEffect { pay_component, loss_compensation, lawful_sanction, unlawful_fine };

// The amount of the row that fits the person, × times, × employed days / days of the month where prorated.
struct RateTable {
  enum class Of {
    on_probation,     // boolean
    completed_years,  // whole years since hired_on, on the period's last day
    star,             // 0 = not rated
  };
  Of of = Of::on_probation;
  Table rows;
  std::optional<Decimal> times;  // yuan, where the rows are coefficients
  Place times_place;
  bool prorated = false;
};
// Sum of the values of a kind (yuan).
struct FactSum {
  std::string kind;
};
// each × max(0, pieces − free).
struct PerPiece {
  enum class Count { facts, products };
  Count count = Count::facts;
  std::string kind;  // for facts
  Decimal each;      // yuan
  std::int64_t free = 0;
};
// The amount when every condition holds, else 0.
struct WhenFlawless {
  Decimal amount;                    // yuan
  std::vector<std::string> none_of;  // no fact of these kinds in the period
  bool employed_every_day = false;
};
using PayMethod = std::variant<RateTable, FactSum, PerPiece, WhenFlawless>;

struct PayComponent : RuleHead {
  PayMethod method;
  MoneyEffect effect = MoneyEffect::pay_component;
  RoundRule round;  // to the fen
};

struct PayPlan : RuleHead {
  std::string position;
  std::vector<PayComponent> components;  // in the order they are printed
};

// ---- the pack

class CheckSet;

// Where a clause is carried out.
struct ClauseUse {
  std::string clause;
  std::string rule;  // path of the rule: "scorecards.agent.items.recording"
  Place place;
  Coverage coverage = Coverage::computed;
};

// A figure of an included pack that this pack decides differently.
struct Override {
  std::string path;  // "scorecards.agent.items.exam.weight": keys, and the ids of list entries
  std::string clause;
  Text reason;
  Place place;
};

struct Pack {
  std::string id;  // "chengdu-2014"
  Text title;
  std::optional<Date> effective_from;  // where the pack says so; publishing decides
  Hash version;  // of the resolved content: formatting, comments and the order of files do not change it
  std::vector<Clause> clauses;
  std::vector<FactKind> facts;
  std::vector<Scorecard> scorecards;
  std::vector<Rating> ratings;
  std::vector<Excellence> excellences;
  std::vector<PayPlan> pay;
  std::vector<Rubric> rubrics;  // at most one for a channel
  InspectionRules inspections;
  std::shared_ptr<const CheckSet> checks;  // the automatic ones; nullptr: the pack has none
  std::vector<ClauseUse> uses;             // by rule, in the order of the files
  std::vector<Override> overrides;         // in the order of pack.yaml
  std::vector<std::string> includes;       // names of the packs it brings in, sorted

  const Clause* clause(std::string_view id) const;
  const FactKind* fact_kind(std::string_view name) const;
  const Scorecard* scorecard(std::string_view position) const;
  const Rating* rating(std::string_view position) const;
  const Excellence* excellence(std::string_view position) const;
  const PayPlan* pay_plan(std::string_view position) const;
  // The rubric that contacts of the channel are inspected by; nullptr when there is none.
  const Rubric* rubric_for(std::string_view channel) const;
  const Rubric* rubric(std::string_view rubric_id) const;
};

}  // namespace zh::policy
