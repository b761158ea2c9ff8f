import { describe, expect, it } from 'vitest';

import { clock, earlier, later, shownMost, stepFrom, stretchAround, timelineOf, turnAt } from './dialogue';

const line = timelineOf([500, null, 2000, 1500, 2000].map((start_ms) => ({ start_ms })));

describe('a moment in a transcript', () => {
  it('belongs to the last turn that has begun, whatever their order', () => {
    expect(turnAt(line, 499)).toBe(-1);
    expect(turnAt(line, 500)).toBe(0);
    expect(turnAt(line, 1999)).toBe(3);
    expect(turnAt(line, 2000)).toBe(4);
    expect(turnAt(timelineOf([]), 0)).toBe(-1);
  });
  it('is followed and preceded by the turns around it', () => {
    expect(stepFrom(line, 600, 1)).toBe(1500);
    expect(stepFrom(line, 1600, -1)).toBe(500);
    expect(stepFrom(line, 500, -1)).toBeUndefined();
    expect(stepFrom(line, 0, 1)).toBe(500);
    expect(stepFrom(line, 9000, 1)).toBeUndefined();
  });
  it('is written in minutes and seconds', () => {
    expect(clock(0)).toBe('0:00');
    expect(clock(83_400)).toBe('1:23');
    expect(clock(3_600_000)).toBe('60:00');
  });
});

describe('of a hundred thousand turns', () => {
  const count = 100_000;
  it('those around one are shown, with some before it', () => {
    expect(stretchAround(0, count)).toEqual({ from: 0, until: shownMost });
    expect(stretchAround(50_000, count)).toEqual({ from: 49_900, until: 50_300 });
    expect(stretchAround(count - 1, count)).toEqual({ from: count - shownMost, until: count });
    expect(stretchAround(3, 7)).toEqual({ from: 0, until: 7 });
  });
  it('going on shows more and lets go of those left behind', () => {
    expect(later({ from: 0, until: 400 }, count)).toEqual({ from: 100, until: 500 });
    expect(later({ from: count - 400, until: count }, count)).toEqual({ from: count - 400, until: count });
    expect(earlier({ from: 100, until: 500 })).toEqual({ from: 0, until: 400 });
    expect(earlier({ from: 30, until: 430 })).toEqual({ from: 0, until: 400 });
  });
});
