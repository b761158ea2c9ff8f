// The pay components: each method of the pack as a pure function of the person's month.
#include <algorithm>

#include "rooms/pay/pay.h"

namespace zh::pay {

namespace {

using appraisal::facts_of;
using appraisal::InputFact;
using appraisal::PersonMonth;
using policy::caption;
using policy::Derivation;

// FORMATS.md: a leave of 0 days is none. Other kinds of attendance have no value that means anything.
constexpr std::string_view kLeave = "leave";

std::string text_of(const Fraction& number) { return number.significant(20).to_string(); }

struct Method {
  const policy::Pack& pack;
  Month period;
  const PersonMonth& person;
  int star;
  Derivation& node;

  // What a row of a rate table is chosen by.
  policy::Value chosen_by(policy::RateTable::Of of) const {
    switch (of) {
      case policy::RateTable::Of::on_probation:
        return person.on_probation;
      case policy::RateTable::Of::completed_years:
        return Fraction(completed_years(person.hired_on, period.last()));
      case policy::RateTable::Of::star:
        return Fraction(star);
    }
    return {};
  }

  Result<Fraction> operator()(const policy::RateTable& rates) const {
    const policy::Value value = chosen_by(rates.of);
    ZH_TRY(const policy::Row* const row, rates.rows.row_for(value));
    Fraction yuan(row->result);
    node.arithmetic = row->result.to_string();
    if (rates.times) {
      yuan = yuan * Fraction(*rates.times);
      node.arithmetic += " × " + rates.times->to_string();
    }
    if (rates.prorated) {
      yuan = yuan * Fraction(person.employed_days, period.days());
      node.arithmetic += fmt::format(" × {} / {}", person.employed_days, period.days());
    }
    node.add(Derivation(chosen_caption(rates.of), figure_of(value))).arithmetic = row->when.text();
    return yuan;
  }

  Result<Fraction> operator()(const policy::FactSum& sum) const {
    Fraction yuan;
    for (const InputFact& fact : facts_of(person, sum.kind)) {
      ZH_TRY(const Fraction amount, appraisal::points_of(pack, fact));
      yuan += amount;
      node.arithmetic += (node.arithmetic.empty() ? "" : " + ") + text_of(amount);
      node.inputs.push_back(appraisal::as_input(fact));
    }
    return yuan;
  }

  Result<Fraction> operator()(const policy::PerPiece& piece) const {
    std::int64_t pieces = static_cast<std::int64_t>(person.products.size());
    if (piece.count == policy::PerPiece::Count::facts) {
      const auto facts = facts_of(person, piece.kind);
      pieces = static_cast<std::int64_t>(facts.size());
      for (const InputFact& fact : facts) node.inputs.push_back(appraisal::as_input(fact));
    }
    const std::int64_t paid = std::max<std::int64_t>(0, pieces - piece.free);
    node.arithmetic = piece.free == 0 ? fmt::format("{} × {}", piece.each.to_string(), pieces)
                                      : fmt::format("{} × max(0, {} − {})", piece.each.to_string(), pieces, piece.free);
    return Fraction(piece.each) * Fraction(paid);
  }

  Result<Fraction> operator()(const policy::WhenFlawless& bonus) const {
    bool flawless = true;
    if (bonus.employed_every_day) {
      node.add(Derivation(employed_caption(), Decimal(person.employed_days))).arithmetic =
          fmt::format("{} / {}", person.employed_days, period.days());
      flawless = person.employed_days == period.days();
    }
    for (const std::string& kind : bonus.none_of) {
      for (const InputFact& fact : facts_of(person, kind)) {
        if (kind == kLeave && fact.value && fact.value->is_zero()) continue;
        node.inputs.push_back(appraisal::as_input(fact));
        flawless = false;
      }
    }
    node.arithmetic = flawless ? bonus.amount.to_string() : "0";
    return flawless ? Fraction(bonus.amount) : Fraction();
  }

  static policy::Figure figure_of(const policy::Value& value) {
    if (const bool* const truth = std::get_if<bool>(&value)) return *truth;
    if (const Fraction* const number = std::get_if<Fraction>(&value)) return *number;
    return {};
  }

  static const policy::CaptionPtr& chosen_caption(policy::RateTable::Of of) {
    static const policy::CaptionPtr probation = caption({.zh = "试用期", .en = "on probation"});
    static const policy::CaptionPtr years = caption({.zh = "满工龄", .en = "completed years of service"}, "years");
    static const policy::CaptionPtr stars = caption({.zh = "星级（0 = 无星）", .en = "star (0 = none)"}, "stars");
    switch (of) {
      case policy::RateTable::Of::on_probation:
        return probation;
      case policy::RateTable::Of::completed_years:
        return years;
      case policy::RateTable::Of::star:
        break;
    }
    return stars;
  }

  static const policy::CaptionPtr& employed_caption() {
    static const policy::CaptionPtr words = caption({.zh = "在职天数", .en = "days employed"}, "days");
    return words;
  }
};

const policy::CaptionPtr& not_collected() {
  static const policy::CaptionPtr words =
      caption({.zh = "罚款没有法律依据：照规章记录金额，收取 0 元",
               .en = "a fine has no legal basis: recorded as the regulation states it, collected 0"});
  return words;
}

Result<Fen> amount_of(const policy::PayComponent& component, const Method& method) {
  ZH_TRY(const Fraction yuan, std::visit(method, component.method));
  const Decimal rounded = component.round.apply(yuan);
  if (Fraction(rounded) != yuan) {
    method.node.arithmetic += fmt::format(" = {}; {}", text_of(yuan), component.round.text);
  }
  method.node.figure = rounded;
  if (component.effect == policy::MoneyEffect::unlawful_fine) {
    method.node.add(Derivation(not_collected(), Decimal(0)));
    return Fen{};
  }
  return round_to_fen(Fraction(rounded), Rounding::half_up);
}

const policy::CaptionPtr& adjustment_caption() {
  static const policy::CaptionPtr words =
      caption({.zh = "已结账月份的调整", .en = "adjustment of a closed month"}, "yuan", "", "", "adjustment");
  return words;
}
const policy::CaptionPtr& stated_caption() {
  static const policy::CaptionPtr words = caption({.zh = "上次结果单的金额", .en = "as last stated"}, "yuan");
  return words;
}

std::string signed_text(Fen amount) { return amount.value < 0 ? "(" + amount.to_string() + ")" : amount.to_string(); }

}  // namespace

policy::CaptionPtr pay_caption() {
  static const policy::CaptionPtr words = caption({.zh = "工资", .en = "pay"}, "yuan", "", "", "pay");
  return words;
}

Result<Payslip> pay_of(const policy::PayPlan& plan, const policy::Pack& pack, Month period, const PersonMonth& person,
                       int star, Derivation& node) {
  Payslip slip;
  for (const policy::PayComponent& component : plan.components) {
    Derivation line(component.caption);
    ZH_TRY(const Fen amount,
           amount_of(component, {.pack = pack, .period = period, .person = person, .star = star, .node = line}));
    node.add(std::move(line));
    if (amount == Fen{}) continue;
    slip.lines.push_back({.id = component.id, .amount = amount, .clause = component.clause, .period = {}});
    slip.total += amount;
    node.arithmetic += (node.arithmetic.empty() ? "" : " + ") + signed_text(amount);
  }
  node.figure = slip.total.yuan().round(2, Rounding::half_even);
  return slip;
}

void add_adjustment(Payslip& slip, Resettled resettled, Derivation& node) {
  const Fen difference = resettled.now - resettled.stated;
  if (difference == Fen{}) return;
  slip.lines.push_back({.id = "adjustment", .amount = difference, .clause = {}, .period = resettled.period});
  slip.total += difference;

  Derivation line(adjustment_caption(), difference.yuan().round(2, Rounding::half_even));
  line.detail = resettled.period.to_string();
  line.arithmetic = fmt::format("{} − {}", signed_text(resettled.now), signed_text(resettled.stated));
  line.add(std::move(resettled.derivation));
  line.add(Derivation(stated_caption(), resettled.stated.yuan().round(2, Rounding::half_even)));
  node.add(std::move(line));
  node.figure = slip.total.yuan().round(2, Rounding::half_even);
  node.arithmetic += (node.arithmetic.empty() ? "" : " + ") + signed_text(difference);
}

}  // namespace zh::pay
