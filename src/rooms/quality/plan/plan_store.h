// All SQL about plans. Everything takes the caller's transaction; nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <vector>

#include "base/fraction.h"
#include "db/db.h"
#include "rooms/quality/plan/plan.h"

namespace zh::quality::store {

// 0 when there is none yet.
Result<int> last_plan_number(db::Transaction& tx);
Status insert_plan(db::Transaction& tx, const Plan& plan);
// Writes state, change and what the draft says.
Status replace_plan(db::Transaction& tx, const Plan& plan);
// Writes state, change and who approved it.
Status update_plan_state(db::Transaction& tx, const Plan& plan);
Status mark_round_drawn(db::Transaction& tx, int plan, int round, Instant at);
Result<std::optional<Plan>> find_plan(db::Transaction& tx, int number);
// Newest first, read by seven statements however many they are.
Result<std::vector<Plan>> plans(db::Transaction& tx, std::int64_t limit);
Result<std::optional<Hash>> pack_of_plan(db::Transaction& tx, int number);

struct NewInspection {
  int plan = 0;
  int round = 0;
  int place = 0;
  DrawnRecord record;
  std::string rubric;
  std::string inspector;
  std::optional<int> instead_of;
};
Status insert_inspection(db::Transaction& tx, const NewInspection& inspection);
// Of the round; 0 when there is none.
Result<int> last_place(db::Transaction& tx, int plan, int round);

Result<std::vector<Progress>> progress_by_inspector(db::Transaction& tx, int plan);
Result<std::vector<Progress>> progress_by_agent(db::Transaction& tx, int plan);

// A published inspection, with the choices of its findings that stand.
struct ScoredRow {
  std::string staff_no;
  std::string rubric;
  Decimal score;
  Fraction probability;
  std::vector<std::string> choices;
};
// By round, then place.
Result<std::vector<ScoredRow>> scored_rows(db::Transaction& tx, int plan);

}  // namespace zh::quality::store
