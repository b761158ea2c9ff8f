#include "rooms/quality/rubric/scoring.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fraction.h"

namespace zh::quality {

namespace {

using policy::Derivation;
using policy::FindingSeverity;
using policy::Rubric;
using policy::RubricForm;
using policy::RubricItem;

// ---- scoring

Text with_detail(const Text& what, const Text& detail) {
  return {.zh = fmt::format("{}：{}", what.zh, detail.zh), .en = fmt::format("{}: {}", what.en, detail.en)};
}

// One step of the sum, explained by the rule that sets its size.
Derivation step(const policy::RuleHead& what, const Text& how, const policy::RuleHead& by, policy::Figure figure) {
  return Derivation(policy::caption(with_detail(what.label, how), by.unit, by.clause, by.caption->rule, what.id),
                    std::move(figure));
}

Decimal within(const Rubric& rubric, const Fraction& exact) {
  const Fraction lowest(rubric.floor);
  const Fraction highest(rubric.full_mark);
  return rubric.round.apply(std::clamp(exact, lowest, highest));
}

Derivation root_of(const Rubric& rubric) { return Derivation(rubric.caption); }

// What is left when a zero-tolerance item failed.
Score floored(const Rubric& rubric, Derivation why, const RubricItem& item) {
  const Decimal value = rubric.round.apply(Fraction(rubric.floor));
  why.arithmetic = fmt::format("{} → {}", item.id, rubric.floor.to_string());
  why.figure = value;
  return {value, std::move(why)};
}

Score deducted(const Rubric& rubric, const Marks& marks) {
  Derivation why = root_of(rubric);
  std::int64_t change = 0;
  const RubricItem* failed = nullptr;
  why.arithmetic = rubric.full_mark.to_string();
  for (const Finding& finding : marks.findings) {
    const RubricItem& item = *rubric.item(finding.item);
    const FindingSeverity& severity = *rubric.severity(finding.choice);
    why.add(step(item, severity.label, severity, Decimal(-finding.points)));
    why.arithmetic += fmt::format(" − {}", finding.points);
    change -= finding.points;
    // A finding that an appeal has taken back entirely fails nothing.
    if (item.zero_tolerance && finding.points > 0) failed = &item;
  }
  for (const Bonus& bonus : marks.bonuses) {
    const policy::RubricBonus& rule = *rubric.bonus(bonus.bonus);
    Derivation child(rule.caption, Decimal(bonus.points));
    why.add(std::move(child));
    why.arithmetic += fmt::format(" + {}", bonus.points);
    change += bonus.points;
  }
  if (failed != nullptr) return floored(rubric, std::move(why), *failed);
  const Decimal value = within(rubric, Fraction(rubric.full_mark) + Fraction(change));
  why.figure = value;
  return {value, std::move(why)};
}

std::optional<Score> weighted(const Rubric& rubric, const Marks& marks) {
  Derivation why = root_of(rubric);
  Fraction weights;
  Fraction reached;
  const RubricItem* failed = nullptr;
  for (const Finding& finding : marks.findings) {
    const RubricItem& item = *rubric.item(finding.item);
    const policy::RubricAnswer& answer = *item.answer(finding.choice);
    weights += Fraction(item.weight);
    reached += Fraction(item.weight) * Fraction(answer.share);
    Derivation child(
        policy::caption(with_detail(item.label, answer.label), "percent", item.clause, item.caption->rule, item.id),
        answer.share);
    child.arithmetic = fmt::format("{} % × {} %", item.weight.to_string(), answer.share.to_string());
    why.add(std::move(child));
    if (item.zero_tolerance && answer.share.is_zero()) failed = &item;
  }
  if (weights.sign() == 0) return std::nullopt;
  if (failed != nullptr) return floored(rubric, std::move(why), *failed);
  Fraction exact = Fraction(rubric.full_mark) * reached / (weights * Fraction(100));
  why.arithmetic =
      fmt::format("{} × {} / {}", rubric.full_mark.to_string(), (reached / Fraction(100)).significant(10).to_string(),
                  weights.significant(10).to_string());
  for (const Bonus& bonus : marks.bonuses) {
    why.add(Derivation(rubric.bonus(bonus.bonus)->caption, Decimal(bonus.points)));
    why.arithmetic += fmt::format(" + {}", bonus.points);
    exact += Fraction(bonus.points);
  }
  const Decimal value = within(rubric, exact);
  why.figure = value;
  return Score{value, std::move(why)};
}

}  // namespace

std::optional<Score> score_of(const Rubric& rubric, const Marks& marks) {
  if (rubric.form == RubricForm::weighted) return weighted(rubric, marks);
  return deducted(rubric, marks);
}

Decimal percent_of(const Rubric& rubric, const Decimal& score) {
  if (rubric.full_mark == Decimal(100)) return score;
  return rubric.round.apply(Fraction(score) * Fraction(100) / Fraction(rubric.full_mark));
}

bool asks_for_talk(const Rubric& rubric, const Marks& marks) {
  return std::ranges::any_of(marks.findings, [&](const Finding& finding) {
    const FindingSeverity* const severity = rubric.severity(finding.choice);
    return severity != nullptr && severity->talk && finding.points > 0;
  });
}

std::string_view name_of(Span::Of of) {
  switch (of) {
    case Span::Of::whole:
      return "whole";
    case Span::Of::time:
      return "time";
    case Span::Of::text:
      return "text";
  }
  return "whole";
}

}  // namespace zh::quality
