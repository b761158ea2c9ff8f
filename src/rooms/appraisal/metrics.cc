#include "rooms/appraisal/metrics.h"

#include <algorithm>

#include "rooms/appraisal/calls.h"

namespace zh::appraisal {

namespace {

using policy::caption;
using policy::CaptionPtr;
using policy::Derivation;
using policy::Measured;

// What the steps of a metric are called. Made once; every derivation shares them.
struct StepCaptions {
  CaptionPtr round = caption({.zh = "第几轮", .en = "round"}, "points");
  CaptionPtr product = caption({.zh = "产品", .en = "product"}, "seconds");
  CaptionPtr answered = caption({.zh = "接通", .en = "answered calls"}, "calls");
  CaptionPtr assigned = caption({.zh = "分配", .en = "assigned calls"}, "calls");
  CaptionPtr member = caption({.zh = "组员总分", .en = "member's total"}, "points", "", "", "member");
  CaptionPtr sales = caption({.zh = "班组营销额", .en = "sales of the group"}, "yuan");
  CaptionPtr target = caption({.zh = "当月单 CALL 营销指标", .en = "target per call of the month"}, "yuan");
};
const StepCaptions& steps() {
  static const StepCaptions captions;
  return captions;
}

Fraction sum_of(std::span<const Fraction> terms) {
  Fraction sum;
  for (const Fraction& term : terms) sum += term;
  return sum;
}

// Requires at least one term.
Fraction mean_of(std::span<const Fraction> terms) {
  return sum_of(terms) / Fraction(static_cast<std::int64_t>(terms.size()));
}

std::string mean_text(std::span<const Fraction> terms) {
  if (terms.size() == 1) return number_text(terms.front());
  return fmt::format("({}) / {}", sum_text(terms), terms.size());
}

// Values of facts, listed as the node's inputs.
Result<std::vector<Fraction>> listed_points(const Subject& subject, std::span<const InputFact> facts,
                                            Derivation& node) {
  std::vector<Fraction> points;
  points.reserve(facts.size());
  node.inputs.reserve(node.inputs.size() + facts.size());
  for (const InputFact& fact : facts) {
    ZH_TRY(Fraction value, points_of(subject.pack, fact));
    points.push_back(std::move(value));
    node.inputs.push_back(as_input(fact));
  }
  return points;
}

Measured measured(Derivation& node, Fraction value, std::string arithmetic) {
  node.figure = value;
  node.arithmetic = std::move(arithmetic);
  return {.values = {std::move(value)}, .pieces = {}};
}

// "round=2" → 2; anything else names no round.
std::optional<int> named_round(std::string_view note) {
  constexpr std::string_view kKey = "round=";
  const std::string_view keyword = keyword_of(note);
  if (!keyword.starts_with(kKey)) return std::nullopt;
  const std::string_view number = keyword.substr(kKey.size());
  if (number == "1") return 1;
  if (number == "2") return 2;
  return std::nullopt;
}

// Everybody whose calls the metric pools.
std::vector<const PersonMonth*> people_in(policy::Scope scope, const Subject& subject) {
  if (scope == policy::Scope::person) return {&subject.person};
  std::vector<const PersonMonth*> people;
  for (const Group::Member& member : subject.group.members) people.push_back(member.person);
  return people;
}

struct Measure {
  const Subject& subject;
  Derivation& node;

  Result<Measured> operator()(const policy::InspectionScore& metric) const {
    struct Round {
      std::vector<Fraction> scores;
      Derivation step{steps().round};
    };
    std::map<int, Round> rounds;
    for (const InputFact& fact : facts_of(subject.person, metric.kind)) {
      const int by_day = fact.day.civil().day <= metric.first_round_until_day ? 1 : 2;
      Round& round = rounds[named_round(fact.note).value_or(by_day)];
      ZH_TRY(Fraction score, points_of(subject.pack, fact));
      round.scores.push_back(std::move(score));
      round.step.inputs.push_back(as_input(fact));
    }
    std::vector<Fraction> means;
    for (auto& [number, round] : rounds) {
      means.push_back(mean_of(round.scores));
      round.step.detail = std::to_string(number);
      round.step.figure = means.back();
      round.step.arithmetic = mean_text(round.scores);
      node.add(std::move(round.step));
    }
    if (means.empty()) return Measured{};
    return measured(node, mean_of(means), mean_text(means));
  }

  Result<Measured> operator()(const policy::AverageHandlingTime& metric) const {
    Handled pooled;
    for (const PersonMonth* const person : people_in(metric.scope, subject)) {
      for (auto& [product, talk] : Calls(*person).handled_by_product()) {
        ProductTalk& pool = pooled[product];
        pool.seconds += talk.seconds;
        pool.contacts += talk.contacts;
        std::ranges::move(talk.inputs, std::back_inserter(pool.inputs));
      }
    }
    std::vector<Fraction> means;
    for (auto& [product, talk] : pooled) {
      means.push_back(talk.seconds / Fraction(talk.contacts));
      Derivation& step = node.add(Derivation(steps().product, means.back()));
      step.detail = product;
      step.arithmetic = fmt::format("{} / {}", number_text(talk.seconds), talk.contacts);
      step.inputs = std::move(talk.inputs);
    }
    if (means.empty()) return Measured{};
    return measured(node, mean_of(means), mean_text(means));
  }

  Result<Measured> operator()(const policy::FactMean& metric) const {
    ZH_TRY(const auto points, listed_points(subject, facts_of(subject.person, metric.kind), node));
    if (points.empty()) return Measured{};
    return measured(node, mean_of(points), mean_text(points));
  }

  Result<Measured> operator()(const policy::SatisfactionRate& metric) const {
    ZH_TRY(const auto answers, listed_points(subject, facts_of(subject.person, metric.kind), node));
    if (answers.empty()) return Measured{};
    return measured(node, mean_of(answers) * Fraction(100),
                    fmt::format("{} / {} × 100", number_text(sum_of(answers)), answers.size()));
  }

  Result<Measured> operator()(const policy::ConnectionRate&) const {
    const Calls calls(subject.person);
    const Fraction assigned = counted(steps().assigned, calls.assigned());
    const Fraction answered = counted(steps().answered, calls.answered());
    if (assigned.sign() == 0) return Measured{};
    return measured(node, answered / assigned * Fraction(100),
                    fmt::format("{} / {} × 100", number_text(answered), number_text(assigned)));
  }

  Result<Measured> operator()(const policy::DayMaxima& metric) const {
    std::map<Date, Measured::Piece> days;
    for (const InputFact& fact : facts_of(subject.person, metric.kind)) {
      if (!metric.leave_out.empty() && keyword_of(fact.note) == metric.leave_out) continue;
      ZH_TRY(const Fraction minutes, points_of(subject.pack, fact));
      auto& [name, largest, inputs] = days[fact.day];
      if (inputs.empty() || largest < minutes) largest = minutes;
      inputs.push_back(as_input(fact));
    }
    Fraction largest;
    std::vector<Measured::Piece> pieces;
    for (auto& [day, piece] : days) {
      piece.name = day.to_string();
      largest = std::max(largest, piece.value);
      pieces.push_back(std::move(piece));
    }
    Measured result = measured(node, std::move(largest), {});
    result.pieces = std::move(pieces);
    return result;
  }

  Result<Measured> operator()(const policy::PointsSum& metric) const {
    std::vector<Fraction> points;
    bool marked = false;
    for (const std::string& kind : metric.kinds) {
      const auto facts = facts_of(subject.person, kind);
      ZH_TRY(const auto values, listed_points(subject, facts, node));
      std::ranges::copy(values, std::back_inserter(points));
      marked = marked || (!metric.mark.empty() && std::ranges::any_of(facts, [&](const InputFact& fact) {
                 return keyword_of(fact.note) == metric.mark;
               }));
    }
    Measured result = measured(node, sum_of(points), sum_text(points));
    result.values.emplace_back(marked);
    return result;
  }

  Result<Measured> operator()(const policy::GroupMean& metric) const {
    std::vector<Fraction> totals;
    for (const auto& [person, total] : subject.group.members) {
      if (!total || person->position != metric.of) continue;
      totals.emplace_back(*total);
      node.add(Derivation(steps().member, *total)).detail = person->staff_no;
    }
    if (totals.empty()) return Measured{};
    return measured(node, mean_of(totals), mean_text(totals));
  }

  Result<Measured> operator()(const policy::SalesPerCall& metric) const {
    Derivation sales_step(steps().sales);
    CallCount answered;
    Fraction sales;
    for (const auto& [person, total] : subject.group.members) {
      ZH_TRY(const auto amounts, listed_points(subject, facts_of(*person, metric.sales), sales_step));
      sales += sum_of(amounts);
      CallCount own = Calls(*person).answered();
      answered.calls += own.calls;
      std::ranges::move(own.inputs, std::back_inserter(answered.inputs));
    }
    sales_step.figure = sales;
    node.add(std::move(sales_step));
    const Fraction calls = counted(steps().answered, std::move(answered));
    const InputFact* const latest = latest_of(facts_of(subject.person, metric.target));
    if (latest == nullptr || calls.sign() == 0) return Measured{};
    ZH_TRY(const Fraction target, points_of(subject.pack, *latest));
    node.add(Derivation(steps().target, target)).inputs.push_back(as_input(*latest));
    Measured result = measured(node, sales / calls, fmt::format("{} / {}", number_text(sales), number_text(calls)));
    result.values.emplace_back(target);
    return result;
  }

  Fraction counted(const CaptionPtr& step_caption, CallCount count) const {
    Derivation& step = node.add(Derivation(step_caption, count.calls));
    step.inputs = std::move(count.inputs);
    return count.calls;
  }

  // The latest to occur; of those at the same instant the one learnt last.
  static const InputFact* latest_of(std::span<const InputFact> facts) {
    const auto latest = std::ranges::max_element(
        facts, {}, [](const InputFact& fact) { return std::tie(fact.occurred_at, fact.recorded); });
    return latest == facts.end() ? nullptr : &*latest;
  }
};

}  // namespace

std::optional<Fraction> Group::mean() const {
  std::vector<Fraction> totals;
  for (const Member& member : members) {
    if (member.total) totals.emplace_back(*member.total);
  }
  if (totals.empty()) return std::nullopt;
  return mean_of(totals);
}

Result<Measured> measure(const policy::Metric& metric, const Subject& subject, Derivation& node) {
  return std::visit(Measure{subject, node}, metric);
}

std::optional<Fraction> value_of(const Measured& measured) {
  if (!measured.has_data()) return std::nullopt;
  const Fraction* const number = std::get_if<Fraction>(&measured.values.front());
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::string number_text(const Fraction& number) { return number.significant(20).to_string(); }

std::string sum_text(std::span<const Fraction> terms) {
  constexpr std::size_t kShown = 8;
  if (terms.empty()) return "0";
  std::string text;
  for (const Fraction& term : terms.first(std::min(terms.size(), kShown))) {
    if (!text.empty()) text += " + ";
    text += number_text(term);
  }
  if (terms.size() > kShown) text += fmt::format(" + … [{}]", terms.size());
  return text;
}

}  // namespace zh::appraisal
