// All SQL about month sums. Nothing here decides. Private to the room.
#pragma once

#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/quality/month/sums.h"

namespace zh::quality::store {

// Adds to what is there; the counts of what is taken away are negative.
Status add_sum(db::Transaction& tx, const SumOf& of, const MonthSum& sum);
// The findings of one item, or of one severity.
struct ProblemSum {
  SumOf of;
  Month month;
  std::string name;
  std::int64_t findings = 0;
  std::int64_t points = 0;
};
Status add_item(db::Transaction& tx, const ProblemSum& sum);
Status add_severity(db::Transaction& tx, const ProblemSum& sum);
Status clear_sums(db::Transaction& tx);

// Those there are, by month.
Result<std::vector<MonthSum>> sums_of(db::Transaction& tx, const SumOf& of, Month first, Month last);
// Without the cumulative share, in no order: by item or severity of one, by name of all that are of a kind.
Result<std::vector<Problem>> problems_by_item(db::Transaction& tx, Month month, const SumOf& of);
Result<std::vector<Problem>> problems_by_severity(db::Transaction& tx, Month month, const SumOf& of);
Result<std::vector<Problem>> problems_by_name(db::Transaction& tx, Month month, SumAbout about);

// The plans and rounds that hold inspections.
struct PlanAndRound {
  int plan = 0;
  int round = 0;
};
Result<std::vector<PlanAndRound>> inspected_rounds(db::Transaction& tx);

}  // namespace zh::quality::store
