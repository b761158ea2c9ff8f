// Month sums: what the published results of a month add up to, for the centre and for each group, agent, product and
// channel. They are kept in the transaction that publishes, corrects or annuls a result, so a trend costs the same
// however many inspections there are; rebuild_sums() makes them anew from the inspections.
//
//   ZH_CHECK(add_to_sums(tx, regulation, inspections));       // as they are published
//   ZH_CHECK(take_from_sums(tx, regulation, {inspection}));   // as it was, before it is corrected or annulled
//
// A result belongs to the month of its contact in the centre's zone. A finding counts while it costs something: what an
// appeal has taken back is no problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "db/db.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

enum class SumAbout : int { centre = 0, group = 1, agent = 2, product = 3, channel = 4 };  // stored
std::string_view name_of(SumAbout about);

// Whose sums.
struct SumOf {
  SumAbout about = SumAbout::centre;
  std::string value;  // its name; empty for the centre
  friend auto operator<=>(const SumOf&, const SumOf&) = default;
};

struct MonthSum {
  Month month;
  std::int64_t inspections = 0;
  Decimal score_sum;
  std::int64_t findings = 0;
  std::int64_t points = 0;  // taken off

  // The mean score, rounded half up to two decimals; nothing without inspections.
  std::optional<Decimal> mean() const;
  friend bool operator==(const MonthSum&, const MonthSum&) = default;
};

// One bar of a Pareto chart: the most findings first.
struct Problem {
  std::string name;  // the item, agent, group, product or severity
  std::int64_t findings = 0;
  std::int64_t points = 0;
  Decimal cumulative;  // percent of all findings up to and with this one, two decimals
  friend bool operator==(const Problem&, const Problem&) = default;
};
enum class ProblemsBy { item, agent, group, product, severity };

inline constexpr int kTrendMonthsMax = 60;

// Whether the finding costs something: points, or in a weighted rubric less than the whole share.
bool is_problem(const policy::Rubric& rubric, const Finding& finding);

// Each requires the write transaction in which the inspections change, before the ledger's lock is taken.
Status add_to_sums(db::Transaction& tx, const Regulation& regulation, const std::vector<Inspection>& inspections);
Status take_from_sums(db::Transaction& tx, const Regulation& regulation, const std::vector<Inspection>& inspections);
// From the published inspections alone, as if they had just been published.
Status rebuild_sums(db::Transaction& tx, const Regulation& regulation);

// One entry for each month from `first` to `last`, both included, also for those without inspections. Requires at most
// kTrendMonthsMax of them.
Result<std::vector<MonthSum>> trend_of(db::Transaction& tx, const SumOf& of, Month first, Month last);
// Of the centre by any of the five; within a group or of an agent by item or severity.
Result<std::vector<Problem>> problems_of(db::Transaction& tx, Month month, ProblemsBy by, const SumOf& within = {});

}  // namespace zh::quality
