import { describe, expect, it } from 'vitest';

import type { MonthPerson, MonthResult } from '../../api/schema';
import { bins, byRank, changes, currentPeriod, movers, sumOfYuan } from './month';

function person(staff_no: string, total: string | null, rank: number | null): MonthPerson {
  return {
    staff_no,
    name: staff_no,
    group: 'A',
    position: 'agent',
    on_probation: false,
    scorecard: { items: [], bonus: '0', deduction: '0', total },
    rated: rank !== null,
    rank,
    star: 3,
    excellent: null,
  };
}

const month = (people: MonthPerson[], previous: Record<string, string>): MonthResult => ({
  period: '2026-10',
  pack: 'p',
  pack_version: 'v',
  status: 'draft',
  people,
  quotas: [],
  precheck: [],
  previous: Object.entries(previous).map(([staff_no, total]) => ({ staff_no, total })),
  closing: { requested_by: null, requested_at: null },
  showing: { until: null },
  open_questions: 0,
});

describe('the order of a month', () => {
  it('is by rank, then by total, then by number; who has no total comes last', () => {
    const people = [person('4', null, null), person('3', '80', null), person('2', '90', 2), person('1', '95', 1), person('5', '80', null)];
    expect(people.sort(byRank).map((one) => one.staff_no)).toEqual(['1', '2', '3', '5', '4']);
  });
});

describe('the month people are busy with', () => {
  const listed = (...months: [string, 'open' | 'closed'][]) => months.map(([period, status]) => ({ period, status, closed_at: null }));
  const today = new Date(2026, 10, 5);
  it('is the last one that is over and open', () => {
    expect(currentPeriod(listed(['2026-11', 'open'], ['2026-09', 'open'], ['2026-10', 'open']), today)).toBe('2026-10');
  });
  it('is the latest once all before are closed', () => {
    expect(currentPeriod(listed(['2026-10', 'closed'], ['2026-11', 'open']), today)).toBe('2026-11');
    expect(currentPeriod(listed(['2026-10', 'closed']), today)).toBe('2026-10');
  });
  it('is none without months', () => expect(currentPeriod([], today)).toBeUndefined());
});

describe('what changed since last month', () => {
  const people = [person('1', '90', 1), person('2', '80', 2), person('3', '70', 3), person('4', null, null), person('5', '60', 4)];
  const result = month(people, { '1': '85', '2': '85', '3': '70', '4': '60' });
  it('is known where both months have a total', () => {
    expect([...changes(result)]).toEqual([
      ['1', 5],
      ['2', -5],
      ['3', 0],
    ]);
  });
  it('names risers and fallers, never both for one', () => {
    const { up, down } = movers(result, 3);
    expect(up.map((one) => one.person.staff_no)).toEqual(['1']);
    expect(down.map((one) => one.person.staff_no)).toEqual(['2']);
  });
});

describe('bins of totals', () => {
  it('hold everybody once', () => {
    const totals = [61.5, 62, 74, 88.24, 95, 100];
    const found = bins(totals);
    expect(found.reduce((sum, bin) => sum + bin.count, 0)).toBe(totals.length);
    expect(found.length).toBeLessThanOrEqual(13);
  });
  it('are one when all are the same', () => expect(bins([80, 80])).toEqual([{ from: 80, to: 81, count: 2 }]));
  it('are none without totals', () => expect(bins([])).toEqual([]));
});

it('adds up yuan without losing fen', () => {
  expect(sumOfYuan(Array.from({ length: 10 }, () => '0.10'))).toBe('1.00');
  expect(sumOfYuan(['1234.56', '-0.57'])).toBe('1233.99');
});
