import { describe, expect, it } from 'vitest';

import type { QualityMonthSum } from '../../../api/schema';
import { changeOf, emptyCause, meanOf, pointsEach, sinceFirst, written } from './figures';

const sum = (month: string, inspections: number, mean: string | null, points: number): QualityMonthSum => ({ month, inspections, mean, findings: 0, points });
const trend = [sum('2026-08', 0, null, 0), sum('2026-09', 40, '93.50', 130), sum('2026-10', 0, null, 0), sum('2026-11', 50, '95.10', 120)];

describe('a month beside the one before', () => {
  it('has both figures where both months were inspected', () => {
    expect(changeOf([...trend.slice(1, 2), ...trend.slice(3)], meanOf)).toEqual({ before: 93.5, now: 95.1 });
  });
  it('has nothing to compare with after a month without inspections', () => {
    expect(changeOf(trend, meanOf)).toEqual({ before: null, now: 95.1 });
    expect(changeOf(trend.slice(3), pointsEach)).toEqual({ before: null, now: 2.4 });
  });
});

describe('the trend', () => {
  it('begins with the first month that has anything, and keeps gaps after it', () => {
    expect(sinceFirst(trend).map(({ month }) => month)).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(sinceFirst(trend.slice(0, 1))).toEqual([]);
  });
});

describe('what is written', () => {
  it('leaves out lines that nobody filled', () => {
    const cause = { ...emptyCause, problem: '语速过快' };
    expect(written({ summary: ' a ', causes: [emptyCause, cause] })).toEqual({ summary: 'a', causes: [cause] });
  });
});
