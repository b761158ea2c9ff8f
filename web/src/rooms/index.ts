// The rooms of the desk, in the rail's order.
import type { Room } from '../shell/room';
import { appraisal } from './appraisal/room';
import { checks } from './checks/room';
import { contacts } from './contacts/room';
import { entry } from './entry/room';
import { governance } from './governance/room';
import { imports } from './imports/room';
import { people } from './people/room';
import { calibration } from './quality/calibration/room';
import { draws } from './quality/draws/room';
import { library } from './quality/library/room';
import { plans } from './quality/plans/room';
import { report } from './quality/report/room';
import { quality } from './quality/room';
import { rubric } from './quality/rubric/room';
import { regulation } from './regulation/room';

export const rooms: readonly Room[] = [
  appraisal,
  quality,
  plans,
  calibration,
  library,
  report,
  rubric,
  draws,
  checks,
  entry,
  contacts,
  people,
  imports,
  regulation,
  governance,
];
