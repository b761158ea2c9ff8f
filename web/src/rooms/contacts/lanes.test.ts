import { describe, expect, it } from 'vitest';

import { merged, rowsOf } from './lanes';

const band = (from: number, until: number) => ({ from, until });

describe('what lies in the sound', () => {
  it('is one stretch where no gap could be seen', () => {
    expect(merged([band(0, 10), band(14, 20), band(25, 30)], 5)).toEqual([band(0, 20), band(25, 30)]);
    expect(merged([band(0, 40), band(10, 20), band(44, 50)], 5)).toEqual([band(0, 50)]);
    expect(merged([], 5)).toEqual([]);
  });
  it('of ten hours is no more than can be told apart', () => {
    const breaths = Array.from({ length: 20_000 }, (_, at) => band(at * 1800, at * 1800 + 900));
    expect(merged(breaths, 36_000_000 / 1000).length).toBeLessThanOrEqual(1000);
  });
});

describe('pins', () => {
  it('stand in one row while there is room', () => expect(rowsOf([band(0, 10), band(100, 110)], 50, 3)).toEqual([0, 0]));
  it('step aside for one another, each where there is room first', () =>
    expect(rowsOf([band(0, 10), band(20, 30), band(60, 70)], 50, 3)).toEqual([0, 1, 0]));
  it('are placed in the order of time, whatever order they are given in', () =>
    expect(rowsOf([band(60, 70), band(0, 10), band(20, 30)], 50, 3)).toEqual([0, 0, 1]));
  it('crowd in the last row where there are too many', () =>
    expect(rowsOf([band(0, 9), band(1, 9), band(2, 9), band(3, 9)], 50, 2)).toEqual([0, 1, 1, 1]));
});
