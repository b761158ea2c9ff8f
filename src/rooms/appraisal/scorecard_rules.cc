#include "rooms/appraisal/scorecard_rules.h"

#include <algorithm>

namespace zh::appraisal {

namespace {

using policy::caption;
using policy::Derivation;
using policy::NoData;

const policy::CaptionPtr& not_applicable() {
  static const policy::CaptionPtr words =
      caption({.zh = "无数据，不适用：权重按比例分给其余各项",
               .en = "no data, not applicable: its weight is shared out among the others"});
  return words;
}

const policy::CaptionPtr& nothing_to_appraise() {
  static const policy::CaptionPtr words =
      caption({.zh = "没有可考核的数据，没有总分", .en = "nothing to appraise by: there is no total"});
  return words;
}

Result<ItemScore> score_item(const policy::Item& item, const policy::CaptionPtr& measured_caption,
                             const Subject& subject, Derivation& node) {
  ItemScore result{.id = item.id, .clause = item.clause, .weight = item.weight, .value = {}, .score = {}};
  Derivation measured_node(measured_caption);
  ZH_TRY(const policy::Measured measured, measure(item.metric, subject, measured_node));
  result.value = value_of(measured);
  node.add(std::move(measured_node));
  if (!measured.has_data()) {
    node.add(Derivation(not_applicable(), true));
    return result;
  }
  ZH_TRY(Fraction score, policy::score_of(item, measured, node));
  result.score = std::move(score);
  return result;
}

// The sum of the extras that count, each with facts as a child of `node`.
Result<Fraction> sum_extras(const std::vector<policy::Extra>& extras, const Subject& subject, Derivation& node) {
  Fraction sum;
  for (const policy::Extra& extra : extras) {
    const auto facts = facts_of(subject.person, extra.kind);
    if (!extra.counts || facts.empty()) continue;
    std::vector<Fraction> points;
    Derivation& step = node.add(Derivation(extra.caption));
    for (const InputFact& fact : facts) {
      ZH_TRY(Fraction value, points_of(subject.pack, fact));
      points.push_back(std::move(value));
      step.inputs.push_back(as_input(fact));
    }
    Fraction of_kind;
    for (const Fraction& value : points) of_kind += value;
    step.figure = of_kind;
    step.arithmetic = sum_text(points);
    sum += of_kind;
  }
  return sum;
}

// "(93.5 × 25 + 80 × 20) / 45 + 3 − 5"
std::string total_text(const Scorecard& sheet) {
  std::string text;
  for (const ItemScore& item : sheet.items) {
    if (!item.applied()) continue;
    text += fmt::format("{}{} × {}", text.empty() ? "(" : " + ", number_text(*item.score), item.weight.to_string());
  }
  text += fmt::format(") / {}", number_text(sheet.weights_applied));
  if (sheet.bonus.sign() != 0) text += " + " + number_text(sheet.bonus);
  if (sheet.deduction.sign() != 0) text += " − " + number_text(sheet.deduction);
  return text;
}

bool has_data(const policy::Scorecard& card, const Scorecard& sheet) {
  bool any = false;
  for (std::size_t i = 0; i < card.items.size(); ++i) {
    const NoData no_data = card.items[i].no_data;
    const bool applied = sheet.items[i].applied();
    if (no_data == NoData::no_total && !applied) return false;
    any = any || (no_data != NoData::never && applied);
  }
  return any;
}

Decimal total_of(const policy::Scorecard& card, const Scorecard& sheet, Derivation& node) {
  Fraction weighted;
  for (const ItemScore& item : sheet.items) {
    if (item.applied()) weighted += *item.score * Fraction(item.weight);
  }
  const Fraction exact = weighted / sheet.weights_applied + sheet.bonus - sheet.deduction;
  Fraction bounded = exact;
  if (card.floor) bounded = std::max(bounded, Fraction(*card.floor));
  if (card.cap) bounded = std::min(bounded, Fraction(*card.cap));
  Decimal total = card.round.apply(bounded);
  node.arithmetic = fmt::format("{} = {}", total_text(sheet), number_text(exact));
  if (bounded != exact) node.arithmetic += fmt::format("; {}", number_text(bounded));
  node.arithmetic += fmt::format("; {}", card.round.text);
  return total;
}

bool pools_group(const policy::Metric& metric) {
  const auto* const handling = std::get_if<policy::AverageHandlingTime>(&metric);
  return (handling != nullptr && handling->scope == policy::Scope::group) ||
         std::holds_alternative<policy::SalesPerCall>(metric);
}

bool is_mean_of_totals(const policy::Metric& metric) { return std::holds_alternative<policy::GroupMean>(metric); }

}  // namespace

const ItemScore* Scorecard::item(std::string_view id) const {
  const auto found = std::ranges::find(items, id, &ItemScore::id);
  return found == items.end() ? nullptr : &*found;
}

bool looks_at_totals(const policy::Scorecard& card) {
  return std::ranges::any_of(card.items, is_mean_of_totals, &policy::Item::metric);
}

bool looks_at_group(const policy::Scorecard& card) {
  return looks_at_totals(card) || std::ranges::any_of(card.items, pools_group, &policy::Item::metric);
}

CardCaptions captions_of(const policy::Scorecard& card) {
  CardCaptions captions;
  captions.total = caption({.zh = card.label.zh + "总分", .en = card.label.en + ": total"}, "points", card.clause,
                           card.caption->rule, "total");
  for (const policy::Item& item : card.items) {
    captions.items.push_back({.score = caption(item.label, "points", item.clause, item.caption->rule, item.id),
                              .measured = caption({.zh = "测得", .en = "measured"}, item.unit, item.clause)});
  }
  return captions;
}

Result<Scorecard> score(const policy::Scorecard& card, const CardCaptions& captions, const Subject& subject,
                        Derivation& node) {
  Scorecard sheet;
  sheet.items.reserve(card.items.size());
  for (std::size_t i = 0; i < card.items.size(); ++i) {
    const policy::Item& item = card.items[i];
    Derivation item_node(captions.items[i].score);
    ZH_TRY(ItemScore scored, score_item(item, captions.items[i].measured, subject, item_node));
    if (scored.applied()) sheet.weights_applied += Fraction(item.weight);
    sheet.items.push_back(std::move(scored));
    node.add(std::move(item_node));
  }
  ZH_TRY(sheet.bonus, sum_extras(card.bonuses, subject, node));
  ZH_TRY(sheet.deduction, sum_extras(card.deductions, subject, node));
  if (has_data(card, sheet)) {
    sheet.total = total_of(card, sheet, node);
    node.figure = *sheet.total;
  } else {
    node.add(Derivation(nothing_to_appraise(), true));
  }
  return sheet;
}

}  // namespace zh::appraisal
