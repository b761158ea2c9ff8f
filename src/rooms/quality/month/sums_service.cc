#include <algorithm>
#include <array>
#include <map>

#include "base/fraction.h"
#include "rooms/quality/inspection/inspection_store.h"
#include "rooms/quality/month/sums.h"
#include "rooms/quality/month/sums_store.h"

namespace zh::quality {

namespace {

// What inspections add to the sums, put together before it is written.
class Sums {
 public:
  void take(const Inspection& inspection, const policy::Rubric& rubric, Month month, int sign) {
    MonthSum sum{.month = month, .inspections = sign, .score_sum = signed_score(inspection, sign)};
    for (const SumOf& of : concerned(inspection)) {
      for (const Finding& finding : inspection.marks.findings) {
        if (!is_problem(rubric, finding)) continue;
        for (store::ProblemSum* const it :
             {&items_[{of, month, finding.item}], &severities_[{of, month, finding.choice}]}) {
          it->findings += sign;
          it->points += sign * finding.points;
        }
      }
    }
    for (const Finding& finding : inspection.marks.findings) {
      if (!is_problem(rubric, finding)) continue;
      sum.findings += sign;
      sum.points += sign * finding.points;
    }
    for (const SumOf& of : concerned(inspection)) add(sums_[{of, month}], sum);
  }

  Status write(db::Transaction& tx) const {
    for (const auto& [key, sum] : sums_) {
      MonthSum whole = sum;
      whole.month = key.second;
      ZH_CHECK(store::add_sum(tx, key.first, whole));
    }
    for (const auto& [key, sum] : items_) ZH_CHECK(store::add_item(tx, named(key, sum)));
    for (const auto& [key, sum] : severities_) ZH_CHECK(store::add_severity(tx, named(key, sum)));
    return {};
  }

 private:
  struct Key {
    SumOf of;
    Month month;
    std::string name;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  static store::ProblemSum named(const Key& key, const store::ProblemSum& sum) {
    return {.of = key.of, .month = key.month, .name = key.name, .findings = sum.findings, .points = sum.points};
  }

  static Decimal signed_score(const Inspection& inspection, int sign) {
    const Decimal score = inspection.score.value_or(Decimal(0));
    return sign < 0 ? -score : score;
  }
  static std::array<SumOf, 5> concerned(const Inspection& inspection) {
    const DrawnRecord& record = inspection.record;
    return {SumOf{SumAbout::centre, {}}, SumOf{SumAbout::group, record.group}, SumOf{SumAbout::agent, record.staff_no},
            SumOf{SumAbout::product, record.product}, SumOf{SumAbout::channel, record.channel}};
  }
  static void add(MonthSum& to, const MonthSum& what) {
    to.inspections += what.inspections;
    to.score_sum += what.score_sum;
    to.findings += what.findings;
    to.points += what.points;
  }

  std::map<std::pair<SumOf, Month>, MonthSum> sums_;
  std::map<Key, store::ProblemSum> items_;
  std::map<Key, store::ProblemSum> severities_;
};

Status change_sums(db::Transaction& tx, const Regulation& regulation, const std::vector<Inspection>& inspections,
                   int sign) {
  ZH_CHECK(tx.lock("quality months"));
  Sums sums;
  std::map<std::pair<int, std::string>, RubricInForce> rubrics;  // by plan and name
  for (const Inspection& inspection : inspections) {
    RubricInForce& rubric = rubrics[{inspection.key.plan, inspection.rubric}];
    if (rubric.rubric == nullptr) {
      ZH_TRY(rubric, rubric_of(tx, regulation, inspection));
    }
    const Month month = Month::of(regulation.zone.date_of(inspection.record.occurred_at));
    sums.take(inspection, *rubric.rubric, month, sign);
  }
  return sums.write(tx);
}

// The most findings first; of equal many the costlier, then by name. Puts in how far each goes.
void put_in_order(std::vector<Problem>& problems) {
  std::ranges::sort(problems, [](const Problem& a, const Problem& b) {
    if (a.findings != b.findings) return a.findings > b.findings;
    if (a.points != b.points) return a.points > b.points;
    return a.name < b.name;
  });
  std::int64_t whole = 0;
  for (const Problem& problem : problems) whole += problem.findings;
  std::int64_t so_far = 0;
  for (Problem& problem : problems) {
    so_far += problem.findings;
    problem.cumulative = Fraction(so_far * 100, whole).round(2, Rounding::half_up);
  }
}

SumAbout about_of(ProblemsBy by) {
  switch (by) {
    case ProblemsBy::agent:
      return SumAbout::agent;
    case ProblemsBy::group:
      return SumAbout::group;
    case ProblemsBy::product:
      return SumAbout::product;
    case ProblemsBy::item:
    case ProblemsBy::severity:
      return SumAbout::centre;
  }
  return SumAbout::centre;
}

}  // namespace

std::string_view name_of(SumAbout about) {
  constexpr std::array<std::string_view, 5> kNames{"centre", "group", "agent", "product", "channel"};
  return kNames.at(static_cast<std::size_t>(about));
}

std::optional<Decimal> MonthSum::mean() const {
  if (inspections == 0) return std::nullopt;
  return (Fraction(score_sum) / Fraction(inspections)).round(2, Rounding::half_up);
}

bool is_problem(const policy::Rubric& rubric, const Finding& finding) {
  if (rubric.form == policy::RubricForm::deduct) return finding.points > 0;
  const policy::RubricItem* const item = rubric.item(finding.item);
  const policy::RubricAnswer* const answer = item == nullptr ? nullptr : item->answer(finding.choice);
  return answer != nullptr && answer->share < Decimal(100);
}

Status add_to_sums(db::Transaction& tx, const Regulation& regulation, const std::vector<Inspection>& inspections) {
  return change_sums(tx, regulation, inspections, 1);
}

Status take_from_sums(db::Transaction& tx, const Regulation& regulation, const std::vector<Inspection>& inspections) {
  return change_sums(tx, regulation, inspections, -1);
}

Status rebuild_sums(db::Transaction& tx, const Regulation& regulation) {
  ZH_CHECK(tx.lock("quality months"));
  ZH_CHECK(store::clear_sums(tx));
  ZH_TRY(const auto rounds, store::inspected_rounds(tx));
  for (const store::PlanAndRound& round : rounds) {
    ZH_TRY(const auto inspections, store::public_of_round(tx, round.plan, round.round));
    ZH_CHECK(add_to_sums(tx, regulation, inspections));
  }
  return {};
}

Result<std::vector<MonthSum>> trend_of(db::Transaction& tx, const SumOf& of, Month first, Month last) {
  ZH_TRY(const auto known, store::sums_of(tx, of, first, last));
  std::vector<MonthSum> trend;
  for (Month month = first; month <= last; month = month.next()) {
    const auto found = std::ranges::find(known, month, &MonthSum::month);
    trend.push_back(found == known.end() ? MonthSum{.month = month, .score_sum = Decimal(0)} : *found);
  }
  return trend;
}

Result<std::vector<Problem>> problems_of(db::Transaction& tx, Month month, ProblemsBy by, const SumOf& within) {
  std::vector<Problem> problems;
  if (by == ProblemsBy::item) {
    ZH_TRY(problems, store::problems_by_item(tx, month, within));
  } else if (by == ProblemsBy::severity) {
    ZH_TRY(problems, store::problems_by_severity(tx, month, within));
  } else {
    ZH_TRY(problems, store::problems_by_name(tx, month, about_of(by)));
  }
  put_in_order(problems);
  return problems;
}

}  // namespace zh::quality
