import { describe, expect, it } from 'vitest';

import type { InspectionFinding, Rubric, RubricItem, Turn } from '../../../api/schema';
import { excerptOf, heardAt, piecesOf, pointsBefore, timeSpan, wholeTurn } from './place';
import { between, milderThan, pointsOf, readingsOf, withinRange } from './rubric';

const label = { zh: '', en: '' };
const item = (id: string): RubricItem => ({
  id,
  label,
  clause: 'Q3',
  channels: ['call'],
  may_not_apply: false,
  zero_tolerance: false,
  weight: null,
  answers: [
    { id: 'no', label, share: '0' },
    { id: 'partly', label, share: '0.5' },
    { id: 'yes', label, share: '1' },
  ],
});
const rubric: Rubric = {
  id: 'service',
  label,
  clause: 'Q3',
  version: '',
  form: 'deduct',
  channels: ['call', 'mail'],
  full_mark: '100',
  floor: '0',
  severities: [
    { id: 'minor', label, clause: 'Q4.3', low: '1', high: '3', talk: false },
    { id: 'severe', label, clause: 'Q4.3', low: '7', high: '8', talk: true },
  ],
  dimensions: [
    { id: 'attitude', label, items: [item('polite')] },
    { id: 'norms', label, items: [item('process')] },
  ],
  bonuses: [],
};
const finding = (number: number, turn: number, from: number, until: number): InspectionFinding => ({
  number,
  item: 'polite',
  choice: 'minor',
  points: 1,
  span: { of: 'text', turn, from, until },
  reason: '',
});
const turn = (text: string, start_ms: number | null = null): Turn => ({ role: 'agent', start_ms, end_ms: null, text });

describe('a rubric', () => {
  it('lists the whole points of a range, none outside it', () => {
    expect(pointsOf({ low: '1', high: '3' })).toEqual([1, 2, 3]);
    expect(pointsOf({ low: '0.5', high: '2.5' })).toEqual([1, 2]);
    expect(pointsOf({ low: '3', high: '2' })).toEqual([]);
    expect(withinRange(2, { low: '7', high: '10' })).toBe(7);
    expect(withinRange(12, { low: '7', high: '10' })).toBe(10);
  });
  it('reads a finding only more mildly: not at all, or for fewer points', () => {
    expect(milderThan(rubric, 'polite', { choice: 'severe', points: 8 })).toEqual([
      { choice: 'severe', points: 0 },
      { choice: 'minor', points: 1 },
      { choice: 'minor', points: 2 },
      { choice: 'minor', points: 3 },
      { choice: 'severe', points: 7 },
    ]);
    expect(milderThan(rubric, 'polite', { choice: 'minor', points: 1 })).toEqual([{ choice: 'minor', points: 0 }]);
    const weighted: Rubric = { ...rubric, form: 'weighted' };
    expect(milderThan(weighted, 'polite', { choice: 'no', points: 0 }).map(({ choice }) => choice)).toEqual(['yes', 'partly']);
    expect(milderThan(weighted, 'polite', { choice: 'yes', points: 0 })).toEqual([]);
  });
  it('can read an item as nothing, or as any severity with any of its points', () => {
    expect(readingsOf(rubric, 'polite').map(({ choice, points }) => `${choice} ${points}`)).toEqual([
      'minor 0',
      'minor 1',
      'minor 2',
      'minor 3',
      'severe 7',
      'severe 8',
    ]);
    expect(readingsOf({ ...rubric, form: 'weighted' }, 'polite').map(({ choice }) => choice)).toEqual(['no', 'partly', 'yes']);
  });
});

describe('readings between', () => {
  it('are milder than what stands and harder than what is asked for', () => {
    const stands = { choice: 'severe', points: 8 };
    expect(between(rubric, 'polite', { choice: 'minor', points: 2 }, stands)).toEqual([
      { choice: 'minor', points: 3 },
      { choice: 'severe', points: 7 },
    ]);
    expect(between(rubric, 'polite', { choice: 'severe', points: 7 }, stands)).toEqual([]);
    expect(between(rubric, 'polite', { choice: 'minor', points: 0 }, { choice: 'minor', points: 2 })).toEqual([{ choice: 'minor', points: 1 }]);
  });
});

describe('a place in a record', () => {
  it('is counted in code points, whatever a character takes in the browser', () => {
    expect(pointsBefore('😀好a', 2)).toBe(1);
    expect(excerptOf({ of: 'text', turn: 0, from: 1, until: 3 }, [turn('😀您好')])).toBe('您好');
  });
  it('cuts a turn into pieces where spans begin and end, each knowing what lies on it', () => {
    const text = '您好😀请问';
    const pieces = piecesOf(text, 0, [finding(1, 0, 0, 3), finding(2, 0, 2, 5), finding(3, 1, 0, 1)]);
    expect(pieces).toEqual([
      { text: '您好', numbers: [1] },
      { text: '😀', numbers: [1, 2] },
      { text: '请问', numbers: [2] },
    ]);
    expect(piecesOf(text, 2, [])).toEqual([{ text, numbers: [] }]);
    expect(piecesOf('', 0, [finding(1, 0, 0, 4)])).toEqual([]);
  });
  it('never reaches past the text', () => {
    expect(piecesOf('您好', 0, [finding(1, 0, 1, 9)])).toEqual([
      { text: '您', numbers: [] },
      { text: '好', numbers: [1] },
    ]);
  });
  it('is heard where it begins, or where its turn does', () => {
    const turns = [turn('a', 500), turn('b')];
    expect(heardAt({ of: 'time', turn: 0, from: 1200, until: 1500 }, turns)).toBe(1200);
    expect(heardAt({ of: 'text', turn: 0, from: 0, until: 1 }, turns)).toBe(500);
    expect(heardAt({ of: 'text', turn: 1, from: 0, until: 1 }, turns)).toBeUndefined();
    expect(heardAt(null, turns)).toBeUndefined();
  });
  it('is a whole turn or two moments in either order, and never empty', () => {
    expect(wholeTurn(0, [turn('😀好')])).toEqual({ of: 'text', turn: 0, from: 0, until: 2 });
    expect(wholeTurn(0, [turn('')])).toBeNull();
    expect(wholeTurn(-1, [])).toBeNull();
    expect(timeSpan(2000.4, 1000)).toEqual({ of: 'time', turn: 0, from: 1000, until: 2000 });
    expect(timeSpan(1000, 1000.2)).toBeNull();
  });
});
