// Six weeks of inspection in the demo centre, from 28 September to 10 November 2026, worked through the quality room's
// own services on the days on which they would have happened: October's plan is closed, November's is running,
// December's approved and another a draft; records wait, are drafted, handed in, published; results are acknowledged,
// asked about and appealed against with every outcome; talks and rectifications stand in each of their states;
// October's report is approved; one calibration session is closed and one is running. Seeds come from fixed texts, so
// every demo centre is the same.
#pragma once

#include <string>
#include <vector>

#include "app/centre.h"
#include "app/demo/dialogues.h"

namespace zh::app::demo {

// The plans and their draws, in one transaction. Requires the demo's people, log, facts and transcripts. Gives the
// drawn calls that nothing is known to have been said in, so that something can be.
Result<std::vector<Spoken>> draw_inspected_weeks(Centre& centre);

// What was made of the drawn records, in one transaction. Requires that checks have looked at them: some of what checks
// propose is accepted, some changed, some rejected (judged.h).
Status work_inspected_weeks(Centre& centre);

}  // namespace zh::app::demo
