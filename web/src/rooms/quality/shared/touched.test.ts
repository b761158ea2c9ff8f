import { expect, it } from 'vitest';

import { plansTouchedBy, touchedBy } from './touched';

it('a step makes old what shows it, and nothing else', () => {
  expect(touchedBy({ inspection: '3-1-17', what: 'take' })).toEqual([
    ['quality', 'inspection', '3-1-17'],
    ['quality', 'why', '3-1-17'],
    ['quality', 'queue'],
  ]);
  expect(touchedBy({ inspection: '3-1-17', what: 'message' })).not.toContainEqual(['quality', 'queue']);
  expect(touchedBy({ inspection: '3-1-17', what: 'publish' })).toContainEqual(['quality', 'results']);
});

it('a step that the desk does not know makes everything old', () => {
  expect(touchedBy({ inspection: '3-1-17', what: 'something new' })).toEqual([['quality']]);
  expect(touchedBy({})).toEqual([['quality']]);
});

it('plans are asked anew only when something of theirs was counted', () => {
  expect(plansTouchedBy({ what: 'submit' })).toEqual([['plan-progress'], ['plan-means']]);
  expect(plansTouchedBy({ what: 'take' })).toEqual([]);
  expect(plansTouchedBy({})).toHaveLength(2);
});
