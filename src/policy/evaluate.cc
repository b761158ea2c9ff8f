#include "policy/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace zh::policy {

namespace {

std::string shown(const Fraction& number) { return number.significant(20).to_string(); }

Fraction number_of(const Value& value) {
  const auto* const number = std::get_if<Fraction>(&value);
  return number == nullptr ? Fraction() : *number;
}

Error with_clause(Error problem, const RuleHead& rule) {
  problem.clause = rule.clause;
  return problem;
}

struct Scored {
  Fraction score;
  std::string arithmetic;
};

// How a value becomes a score; one overload per way of scoring.
class Scorer {
 public:
  Scorer(const Item& item, const Measured& measured, const Fraction& value, Derivation& node)
      : item_(item), measured_(measured), value_(value), node_(node) {}

  Result<Scored> operator()(const AsMeasured& /*scoring*/) const { return Scored{value_, {}}; }

  Result<Scored> operator()(const Table& bands) const {
    ZH_TRY(const Row* const row, bands.row_for(value_));
    return Scored{Fraction(row->result),
                  fmt::format("{} {} {} → {}", shown(value_), item_.unit, row->when.text(), row->result.to_string())};
  }

  Result<Scored> operator()(const LessPerPiece& deduct) const {
    Fraction score(deduct.from);
    std::string text = deduct.from.to_string();
    for (const Measured::Piece& piece : measured_.pieces) {
      ZH_TRY(const Row* const row, deduct.points.row_for(piece.value));
      score -= Fraction(row->result);
      text += " − " + row->result.to_string();
      Derivation child(node_.caption, Figure(row->result));
      child.detail = piece.name;
      child.arithmetic =
          fmt::format("{} {} {} → {}", shown(piece.value), item_.unit, row->when.text(), row->result.to_string());
      child.inputs = piece.inputs;
      node_.add(std::move(child));
    }
    const Fraction floor(deduct.floor);
    if (score < floor) {
      score = floor;
      text = fmt::format("max({}, {})", text, deduct.floor.to_string());
    }
    return Scored{score, std::move(text)};
  }

  Result<Scored> operator()(const Formula& formula) const {
    std::vector<Value> values = measured_.values;
    values.front() = value_;
    ZH_TRY(const Decimal score, formula.number(values));
    return Scored{Fraction(score), formula.with_values(values)};
  }

  Result<Scored> operator()(const Decision& decision) const {
    std::vector<Value> values = measured_.values;
    values.front() = value_;
    ZH_TRY(const Decision::Outcome outcome, decision.decide(values));
    const std::string rows = outcome.rows.empty() ? "" : fmt::format(" ({})", outcome.rows);
    return Scored{Fraction(outcome.number), fmt::format("{} {} → {} = {}{}", shown(value_), item_.unit, decision.name(),
                                                        outcome.number.to_string(), rows)};
  }

 private:
  const Item& item_;
  const Measured& measured_;
  const Fraction& value_;
  Derivation& node_;
};

}  // namespace

Result<Fraction> score_of(const Item& item, const Measured& measured, Derivation& node) {
  assert(measured.has_data());
  const Fraction exact = number_of(measured.values.front());
  const Fraction value = item.round ? Fraction(item.round->apply(exact)) : exact;
  auto scored = std::visit(Scorer(item, measured, value, node), item.scoring);
  if (!scored.ok()) return with_clause(std::move(scored).error(), item);
  node.figure = scored->score;
  if (!scored->arithmetic.empty()) node.arithmetic = std::move(scored->arithmetic);
  return scored->score;
}

namespace {

Result<bool> decide(const Condition& condition, const std::vector<Value>& values, Derivation& node) {
  auto holds = condition.when.truth(values);
  if (!holds.ok()) return with_clause(std::move(holds).error(), condition);
  Derivation child(condition.caption, Figure(holds.value()));
  child.arithmetic = condition.when.with_values(values);
  node.add(std::move(child));
  return holds.value();
}

}  // namespace

Result<bool> holds(const Condition& condition, const RatingValues& values, Derivation& node) {
  return decide(condition, {values.on_probation, values.employed_on_last_day, values.total, values.weights_applied},
                node);
}

Result<bool> holds(const Condition& condition, const ExcellenceValues& values, Derivation& node) {
  std::vector<Value> inputs{std::monostate{}, values.group_ranked, Fraction(values.ranked_groups),
                            Fraction(values.groups_with_lower_mean)};
  if (values.total) inputs.front() = Fraction(*values.total);
  for (const std::int64_t count : values.counts) inputs.emplace_back(Fraction(count));
  return decide(condition, inputs, node);
}

}  // namespace zh::policy
