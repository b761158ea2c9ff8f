import { describe, expect, it } from 'vitest';

import { monthBefore } from '../trial/data';
import { difference } from './difference';
import { nextMonth } from './DraftSteps';

const said = (before: string | null, after: string | null) => difference(before, after).map(({ kind, text }) => `${kind} ${text}`);

describe('what a draft changes', () => {
  it('is shown line by line, what goes before what comes', () => {
    expect(said('a:\n  points: 4\n  x\n', 'a:\n  points: 5\n  x\n')).toEqual(['same a:', 'gone   points: 4', 'new   points: 5', 'same   x']);
  });
  it('is all new for an added check and all gone for a removed one', () => {
    expect(said(null, 'a\nb\n')).toEqual(['new a', 'new b']);
    expect(said('a\nb\n', null)).toEqual(['gone a', 'gone b']);
    expect(said('a', 'a')).toEqual(['same a']);
  });
});

describe('months', () => {
  it('a new version begins with the next month', () => {
    expect(nextMonth(new Date(2026, 10, 22))).toBe('2026-12-01');
    expect(nextMonth(new Date(2026, 11, 31))).toBe('2027-01-01');
  });
  it('a check is tried on the whole month before', () => {
    expect(monthBefore(new Date(2026, 10, 22))).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(monthBefore(new Date(2027, 0, 1))).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(monthBefore(new Date(2026, 2, 31))).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});
