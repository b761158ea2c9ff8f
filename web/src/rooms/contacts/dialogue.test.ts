import { describe, expect, it } from 'vitest';

import type { Turn } from '../../api/schema';
import { clock, stepFrom, turnAt } from './dialogue';

const turn = (start_ms: number | null): Turn => ({ role: 'agent', start_ms, end_ms: null, text: '' });
const turns = [turn(500), turn(null), turn(2000), turn(1500), turn(2000)];

describe('a moment in a transcript', () => {
  it('belongs to the last turn that has begun, whatever their order', () => {
    expect(turnAt(turns, 499)).toBe(-1);
    expect(turnAt(turns, 500)).toBe(0);
    expect(turnAt(turns, 1999)).toBe(3);
    expect(turnAt(turns, 2000)).toBe(4);
    expect(turnAt([], 0)).toBe(-1);
  });
  it('is followed and preceded by the turns around it', () => {
    expect(stepFrom(turns, 600, 1)).toBe(1500);
    expect(stepFrom(turns, 1600, -1)).toBe(500);
    expect(stepFrom(turns, 500, -1)).toBeUndefined();
    expect(stepFrom(turns, 0, 1)).toBe(500);
    expect(stepFrom(turns, 9000, 1)).toBeUndefined();
  });
  it('is written in minutes and seconds', () => {
    expect(clock(0)).toBe('0:00');
    expect(clock(83_400)).toBe('1:23');
    expect(clock(3_600_000)).toBe('60:00');
  });
});
