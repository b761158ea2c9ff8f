import { describe, expect, it } from 'vitest';

import type { CheckFinding, Rubric, Turn } from '../../api/schema';
import { gravityOf } from '../quality/rubric/rubrics';
import { spansByTurn, spokenOf } from './findings';

const finding = (check: string, change: Partial<CheckFinding> = {}): CheckFinding => ({
  kind: 'hit',
  check,
  label: { zh: check, en: check },
  clause: 'F3.6',
  item: 'language',
  severity: 'general',
  points: 4,
  turn: null,
  from: null,
  to: null,
  start_ms: null,
  end_ms: null,
  looked: [],
  ...change,
});
const turn = (start_ms: number | null): Turn => ({ role: 'agent', text: '喂，说吧', start_ms, end_ms: start_ms === null ? null : start_ms + 900 });

describe('what checks found', () => {
  const findings = [
    finding('greeting', { kind: 'missing' }),
    finding('stiff', { turn: 2, from: 0, to: 1 }),
    finding('you', { turn: 1, from: 2, to: 4 }),
    finding('stiff', { turn: 0, from: 2, to: 4, start_ms: 150, end_ms: 700 }),
  ];
  const spoken = spokenOf(findings, [turn(0), turn(1000), turn(null)]);
  it('is numbered in the order of the record, check by check, what is missing last', () => {
    expect(spoken.map(({ finding: { check }, hits }) => [check, hits.map(({ number }) => number)])).toEqual([
      ['stiff', [1, 3]],
      ['you', [2]],
      ['greeting', []],
    ]);
  });
  it('is heard where it lies, or where its turn does', () => {
    expect(spoken.flatMap(({ hits }) => hits.map(({ number, start, end }) => [number, start, end]))).toEqual([
      [1, 150, 700],
      [3, null, null],
      [2, 1000, 1900],
    ]);
  });
  it('lies on the words of its turn', () => {
    const spans = spansByTurn(spoken);
    expect([...spans.keys()].sort()).toEqual([0, 1, 2]);
    expect(spans.get(1)).toEqual([{ number: 2, from: 2, until: 4, finding: findings[2] }]);
  });
});

it('a severity is as grave as its place in the rubric', () => {
  const rubric = { severities: ['minor', 'general', 'severe'].map((id) => ({ id })) } as Rubric;
  expect(['minor', 'general', 'severe', 'unheard_of'].map((id) => gravityOf([rubric], id))).toEqual(['info', 'warn', 'bad', 'info']);
});
