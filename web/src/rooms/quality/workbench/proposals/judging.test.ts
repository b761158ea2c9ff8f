import { describe, expect, it } from 'vitest';

import type { FindingProposal } from '../../../../api/schema';
import { changeFinding, emptyMarks, putBack, removeFinding, sameMarks } from '../marks';
import { accept, findingOf, nextOpen, reasonOf, reject, reopen, stateOf } from './judging';

const proposal = (id: string, change: Partial<FindingProposal> = {}): FindingProposal => ({
  proposal: id,
  check: id,
  label: { zh: id, en: id },
  clause: 'F3.6',
  missing: false,
  model: null,
  item: 'language',
  choice: 'general',
  points: 4,
  span: { of: 'text', turn: 0, from: 2, until: 4 },
  places: [],
  looked: [],
  quote: null,
  state: 'open',
  finding: null,
  reason: '',
  ...change,
});
const stiff = proposal('stiff');
const greeting = proposal('greeting', { missing: true, item: 'polite', choice: 'minor', points: 2, span: null });

describe('a proposal', () => {
  it('is nothing until it is judged', () => {
    expect(stateOf(stiff, emptyMarks)).toBe('open');
    expect(emptyMarks.findings).toEqual([]);
  });
  it('becomes a finding as it says when it is accepted', () => {
    const { marks, number } = accept({ ...emptyMarks, not_applicable: ['language', 'polite'] }, stiff, 'stiff language');
    expect(marks.findings).toEqual([{ number: 1, item: 'language', choice: 'general', points: 4, span: stiff.span, reason: 'stiff language' }]);
    expect(marks.not_applicable).toEqual(['polite']); // an item with findings applies
    expect([number, stateOf(stiff, marks), findingOf(stiff, marks)]).toEqual([1, 'accepted', 1]);
  });
  it('is changed when its finding says something else, its words apart', () => {
    const { marks } = accept(emptyMarks, stiff, '');
    expect(stateOf(stiff, changeFinding(marks, 1, { reason: 'other words', span: null }))).toBe('accepted');
    expect(stateOf(stiff, changeFinding(marks, 1, { points: 5 }))).toBe('changed');
    expect(stateOf(stiff, changeFinding(marks, 1, { choice: 'minor', points: 3 }))).toBe('changed');
  });
  it('costs nothing when it is rejected, and says why', () => {
    const marks = reject(emptyMarks, stiff, 'quoted from the customer');
    expect([marks.findings, stateOf(stiff, marks), reasonOf(stiff, marks)]).toEqual([[], 'rejected', 'quoted from the customer']);
  });
  it('can be looked at again: what was made of it goes', () => {
    const both = accept(accept(emptyMarks, stiff, '').marks, greeting, '').marks;
    const again = reopen(both, stiff);
    expect(again.findings.map(({ number, item }) => [number, item])).toEqual([[2, 'polite']]);
    expect([stateOf(stiff, again), stateOf(greeting, again)]).toEqual(['open', 'accepted']);
    expect(reopen(accept(emptyMarks, stiff, '').marks, stiff)).toEqual(emptyMarks);
  });
  it('is open again when its finding is removed, and judged again when that is put back', () => {
    const { marks } = accept(emptyMarks, stiff, '');
    const removed = removeFinding(marks, 1);
    expect(stateOf(stiff, removed)).toBe('open');
    const [finding, judgement] = [marks.findings[0], marks.judgements?.[0]];
    expect(finding && putBack(removed, finding, judgement)).toEqual(marks);
    const rejected = reject(removed, stiff, 'no');
    expect(finding && stateOf(stiff, putBack(rejected, finding, judgement))).toBe('rejected');
  });
});

it('the next one to judge is behind the current one, then from the beginning', () => {
  const all = [stiff, greeting, proposal('jargon')];
  expect(nextOpen(all, emptyMarks, undefined)).toBe(stiff);
  expect(nextOpen(all, emptyMarks, 'greeting')?.proposal).toBe('jargon');
  expect(nextOpen(all, emptyMarks, 'jargon')).toBe(stiff);
  const one = reject(reject(emptyMarks, stiff, 'x'), greeting, 'x');
  expect(nextOpen(all, one, 'jargon')?.proposal).toBe('jargon');
  expect(nextOpen([stiff], reject(emptyMarks, stiff, 'x'), undefined)).toBeUndefined();
});

it('the order of judgements is no difference, nor is none at all', () => {
  const one = reject(reject(emptyMarks, stiff, 'x'), greeting, 'y');
  const other = reject(reject(emptyMarks, greeting, 'y'), stiff, 'x');
  expect(sameMarks(one, other)).toBe(true);
  expect(sameMarks({ ...emptyMarks, judgements: [] }, emptyMarks)).toBe(true);
  expect(sameMarks(one, emptyMarks)).toBe(false);
});
