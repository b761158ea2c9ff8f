// One person's sheet: the printed row, and beside each score what was measured, taken from the explanation.
#include <fmt/format.h>

#include <algorithm>

#include "http/fields_json.h"
#include "ledger/statements.h"
#include "policy/formula_compile.h"
#include "rooms/pay/api/view.h"
#include "rooms/pay/month_store.h"

namespace zh::pay::api {

namespace {

const policy::Derivation* find_node(const policy::Derivation& node, std::string_view id) {
  if (node.caption && node.caption->id == id) return &node;
  for (const policy::Derivation& child : node.children) {
    if (const auto* const found = find_node(child, id)) return found;
  }
  return nullptr;
}

// What the item was measured as: the first child of its node (scorecard_rules.cc).
const policy::Derivation* measured_node(const policy::Derivation* item) {
  return item == nullptr || item->children.empty() ? nullptr : &item->children.front();
}

// The part of the total that the item makes: score × weight / weights applied, to four digits after the point.
std::optional<std::string> points_of(const ItemRow& item, const Fraction& weights_applied) {
  if (!item.applied || !item.score || weights_applied.sign() == 0) return std::nullopt;
  const auto score = Decimal::parse(*item.score);
  const auto weight = Decimal::parse(item.weight);
  if (!score.ok() || !weight.ok()) return std::nullopt;
  const Fraction points = Fraction(*score) * Fraction(*weight) / weights_applied;
  return points.round(4, Rounding::half_even).normalized().to_string();
}

Fraction weights_applied(const ScorecardRow& card) {
  Fraction sum;
  for (const ItemRow& item : card.items) {
    const auto weight = Decimal::parse(item.weight);
    if (item.applied && weight.ok()) sum += Fraction(*weight);
  }
  return sum;
}

// A row of a table whose test is made of ranges of numbers.
struct Band {
  policy::Range range;
  std::string text;
  Decimal result;
};
std::vector<Band> bands_of(const policy::Item& item) {
  std::vector<Band> bands;
  const auto* const table = std::get_if<policy::Table>(&item.scoring);
  if (table == nullptr) return bands;
  for (const policy::Row& row : table->rows) {
    const auto set = policy::tested_set(row.when);
    if (!set) return {};
    for (const policy::Range& range : set->ranges) bands.push_back({range, row.when.text(), row.result});
  }
  return bands;
}

// How far the value is from it, 0 inside.
Decimal distance_to(const policy::Range& range, const Decimal& value) {
  if (range.low && value < *range.low) return *range.low - value;
  if (range.high && value > *range.high) return value - *range.high;
  return Decimal();
}

struct Placed {
  std::optional<std::string> band;
  std::optional<std::string> next;
};

// The band a value lies in, and how far the nearest better one is: "3 → 100".
Placed place(const policy::Item& item, const Decimal& value) {
  const auto bands = bands_of(item);
  const auto here = std::ranges::find_if(bands, [&](const Band& band) { return band.range.contains(value); });
  if (here == bands.end()) return {};
  const Band* best = nullptr;
  for (const Band& band : bands) {
    if (band.result <= here->result) continue;
    if (best == nullptr || distance_to(band.range, value) < distance_to(best->range, value)) best = &band;
  }
  Placed placed{.band = here->text, .next = {}};
  if (best != nullptr) {
    const Decimal gap = Fraction(distance_to(best->range, value)).round(2, Rounding::ceiling);
    placed.next = fmt::format("{} → {}", gap.normalized().to_string(), best->result.to_string());
  }
  return placed;
}

std::optional<Decimal> number_of(const policy::Derivation& node) {
  if (const auto* const decimal = std::get_if<Decimal>(&node.figure)) return *decimal;
  if (const auto* const fraction = std::get_if<Fraction>(&node.figure)) return fraction->to_decimal();
  return std::nullopt;
}

SheetItem sheet_item(const ItemRow& row, const policy::Scorecard* card, const policy::Derivation& whole,
                     const Fraction& applied) {
  SheetItem item{.id = row.id,
                 .label = row.label.value_or(LabelJson{row.id, row.id}),
                 .clause = row.clause,
                 .weight = row.weight,
                 .applied = row.applied,
                 .score = row.score,
                 .points = points_of(row, applied)};
  const auto* const measured = measured_node(find_node(whole, row.id));
  const auto* const rule = card == nullptr ? nullptr : card->item(row.id);
  if (rule != nullptr) item.unit = rule->unit;
  if (measured == nullptr || !row.applied) return item;
  item.value = policy::plain(measured->figure);
  const auto value = number_of(*measured);
  if (rule == nullptr || !value) return item;
  const Decimal tested = rule->round ? rule->round->apply(Fraction(*value)) : *value;
  Placed placed = place(*rule, tested);
  item.band = std::move(placed.band);
  item.next_band = std::move(placed.next);
  return item;
}

}  // namespace

SheetRow sheet_of(const MonthView& view, const PersonRow& person, const policy::Derivation& whole,
                  const policy::Pack& pack) {
  SheetRow sheet{.period = view.head.period,
                 .status = view.status(),
                 .staff_no = person.staff_no,
                 .name = person.name.value_or(person.staff_no),
                 .group = person.group.value_or(""),
                 .position = person.position,
                 .on_probation = person.on_probation,
                 .rated = person.rated,
                 .rank = person.rank,
                 .rated_count = view.rated_count(),
                 .star = person.star,
                 .excellent = person.excellent,
                 .pay = person.pay};
  if (!person.scorecard) return sheet;
  sheet.bonus = person.scorecard->bonus;
  sheet.deduction = person.scorecard->deduction;
  sheet.total = person.scorecard->total;
  const auto found = std::ranges::find(pack.scorecards, person.position, &policy::Scorecard::position);
  const policy::Scorecard* const card = found == pack.scorecards.end() ? nullptr : &*found;
  const Fraction applied = weights_applied(*person.scorecard);
  for (const ItemRow& item : person.scorecard->items) sheet.items.push_back(sheet_item(item, card, whole, applied));
  return sheet;
}

Result<std::vector<TrendPoint>> trend_of(const Books& books, const MonthView& view, const PersonRow& person) {
  constexpr std::size_t kMonthsBefore = 11;
  ZH_TRY(auto tx, books.database.read());
  ZH_TRY(auto closed, ledger::closed_periods(tx));
  std::erase_if(closed, [&](const ledger::ClosedPeriod& period) { return period.period >= view.head.period; });
  std::vector<TrendPoint> points;
  for (std::size_t i = closed.size() - std::min(closed.size(), kMonthsBefore); i < closed.size(); ++i) {
    const Month period = closed[i].period;
    ZH_TRY(const auto statement,
           ledger::original_statement(
               tx, {.period = period, .kind = std::string(kStatementKind), .subject = person.staff_no}));
    if (!statement) continue;
    PersonRow past;
    if (!http::read_json(statement->what.result, past).empty() || !past.scorecard) continue;
    points.push_back({.period = period, .total = past.scorecard->total, .star = past.star});
  }
  points.push_back({.period = view.head.period,
                    .total = person.scorecard ? person.scorecard->total : std::nullopt,
                    .star = person.star});
  return points;
}

}  // namespace zh::pay::api
