// The quality room as those who work in it. Each step stands on the ones before: a plan is drawn up and drawn from, its
// records are inspected, sent back and published; the agent asks and appeals; what was found is put right, inspectors are
// calibrated, records are kept to learn from, and the month is reported.
import { answeringWalk } from './answering.mjs';
import { inspectingWalk } from './inspecting.mjs';
import { learningWalk } from './learning.mjs';
import { planningWalk } from './planning.mjs';
import { rectifyingWalk } from './rectifying.mjs';
import { reportingWalk } from './reporting.mjs';

export function qualityWalk(as, centre) {
  planningWalk(as);
  inspectingWalk(as, centre);
  answeringWalk(as);
  rectifyingWalk(as);
  learningWalk(as);
  reportingWalk(as);
}
