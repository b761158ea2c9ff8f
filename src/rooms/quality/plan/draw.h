// How a plan meets its sample (sampling/sampling.h): approving commits to the seeds, starting a round draws, and an
// unusable record is replaced by the next in the drawn order (Q1.3, Q4.2).
#pragma once

#include <functional>
#include <string>

#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/sampling/sampling.h"

namespace zh::quality {

// approve_plan(), and a seed committed to for each round. A seed that comes after its round's days have begun proves
// less: the audit chain says so in an entry of its own, and so does everything that shows the draw. `secrets` gives the
// seeds.
Result<Plan> approve_and_commit(db::Transaction& tx, const Regulation& regulation, const Plan& read, const By& by,
                                const std::function<sampling::Secrets()>& secrets = sampling::random_secrets);

// Draws the round's records as the plan says and starts it. Fails as start_round() and sampling::draw_sample() do.
Result<Plan> draw_round(db::Transaction& tx, const Regulation& regulation, const Plan& read, int round, const By& by);

// set_aside() with the next record of the drawn order in its place; without one where the agent has no contact left.
Result<Inspection> set_aside_and_replace(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                                         const std::string& reason, const By& by);

}  // namespace zh::quality
