import { describe, expect, it } from 'vitest';

import type { InspectionProgress, PlanOutline } from '../../../api/schema';
import { agentsIn, byPerson, emptyDraft, faultAt, inMonth, isShort, monthAfter, scaleOf, sumsOf, timesLikelier, withSignal } from './plan';

const outline: PlanOutline = {
  rounds: [
    { round: 1, first_day: '2026-12-01', last_day: '2026-12-09', publish_before: '2026-12-15', per_agent: 2, total: null, drawn_at: null },
    { round: 2, first_day: '2026-12-10', last_day: '2026-12-24', publish_before: '2026-12-30', per_agent: 2, total: null, drawn_at: null },
  ],
  groups: [
    { name: '甲组', agents: 12 },
    { name: '乙组', agents: 9 },
  ],
  products: [],
  channels: ['call'],
  inspectors: [],
};

const part = (staff_no: string, round: number, figures: Partial<InspectionProgress> = {}): InspectionProgress => ({
  staff_no,
  name: null,
  round,
  expected: 2,
  assigned: 2,
  done: 0,
  published: 0,
  overdue: 0,
  ...figures,
});

describe('a draft', () => {
  it('is of the next month, over the turn of the year too', () => {
    expect(monthAfter('2026-11-22')).toBe('2026-12');
    expect(monthAfter('2026-12-01')).toBe('2027-01');
  });
  it('takes the rounds of its month and keeps a larger number of records', () => {
    const more = { ...inMonth(emptyDraft('2026-12', ''), '2026-12', outline) };
    expect(more.rounds.map(({ per_agent }) => per_agent)).toEqual([2, 2]);
    const chosen = { ...more, rounds: more.rounds.map((round) => ({ ...round, per_agent: round.round === 2 ? 5 : 1 })) };
    expect(inMonth(chosen, '2026-12', outline).rounds.map(({ per_agent }) => per_agent)).toEqual([2, 5]);
  });
  it('is about all groups where none is chosen', () => {
    expect(agentsIn([], outline)).toBe(21);
    expect(agentsIn(['乙组'], outline)).toBe(9);
  });
  it('shows a fault at its field only', () => {
    const errors = [{ pointer: '/rounds/1/per_agent', detail: 'at least 2' }];
    expect(faultAt(errors, '/rounds/1/per_agent')).toBe('at least 2');
    expect(faultAt(errors, '/rounds/0/per_agent')).toBeUndefined();
  });
});

describe('progress', () => {
  const progress = [part('1001', 1, { done: 2, published: 1 }), part('1001', 2, { assigned: 0 }), part('1002', 1, { assigned: 1, overdue: 1 })];

  it('adds a person’s rounds up, or shows one', () => {
    expect(byPerson(progress, undefined)).toMatchObject([
      { staff_no: '1001', expected: 4, assigned: 2, done: 2, published: 1 },
      { staff_no: '1002', expected: 2, assigned: 1, overdue: 1 },
    ]);
    expect(byPerson(progress, 2)).toMatchObject([{ staff_no: '1001', expected: 2, assigned: 0 }]);
  });
  it('has no expectation of inspectors', () => {
    const inspectors = byPerson([part('3001', 1, { expected: null }), part('3001', 2, { expected: null })], undefined);
    expect(inspectors[0]?.expected).toBeNull();
    expect(sumsOf(inspectors)).toEqual({ expected: null, assigned: 4, done: 0, published: 0, overdue: 0 });
  });
  it('says who has fewer records than promised, once they are drawn', () => {
    expect(isShort({ expected: 2, assigned: 1 }, true)).toBe(true);
    expect(isShort({ expected: 2, assigned: 1 }, false)).toBe(false);
    expect(isShort({ expected: 2, assigned: 2 }, true)).toBe(false);
    expect(isShort({ expected: null, assigned: 0 }, true)).toBe(false);
  });
});

describe('means', () => {
  it('lie on one scale, in steps of ten', () => {
    expect(scaleOf([{ value: '94.33', low: '79.5', high: '100' }, { value: '88', low: null, high: null }])).toEqual([70, 100]);
    expect(scaleOf([])).toEqual([0, 100]);
  });
});

describe('signals of risk', () => {
  it('make a contact so many times likelier, or nothing where they add nothing', () => {
    const draft = withSignal(withSignal(emptyDraft('2026-12', ''), 'complaint', 3), 'transferred', 1.5);
    expect(draft.signals).toEqual([
      { signal: 'complaint', adds: 2000 },
      { signal: 'transferred', adds: 500 },
    ]);
    expect(timesLikelier(draft, 'complaint')).toBe(3);
    expect(timesLikelier(draft, 'new_agent')).toBe(1);
    expect(withSignal(draft, 'complaint', 1).signals).toEqual([{ signal: 'transferred', adds: 500 }]);
  });
});
