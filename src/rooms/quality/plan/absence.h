// What an inspector who is away has in hand goes to the others of the plan, all at once (Q1.3).
#pragma once

#include <string>
#include <vector>

#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/plan/plan.h"

namespace zh::quality {

// Gives every record of the plan that `from` has in hand, drafts included, to `to`: inspectors of the plan, all others
// where it is empty. Nobody gets own records, those of the own group unless the pack allows it, or more in a round than
// the plan's capacity. All are given away or none: fails (limit) saying how many nobody can take; invalid where `to`
// names somebody who is not of the plan. Gives them as they stand now, by key.
Result<std::vector<Inspection>> reassign_all(db::Transaction& tx, const Regulation& regulation, const Plan& plan,
                                             const std::string& from, const std::vector<std::string>& to, const By& by);

}  // namespace zh::quality
