import { describe, expect, it } from 'vitest';

import type { Rubric, RubricItem } from '../../../api/schema';
import { choicesOf, differing, doesNotApply, givenApart, itemsFor, leaningOf, leastAlike, marksOf, nothingFound, readingOf, withoutReason } from './reading';

const label = { zh: '项', en: 'item' };
const item = (id: string, channels: string[]): RubricItem => ({
  id,
  label,
  clause: 'Q3',
  channels,
  may_not_apply: true,
  zero_tolerance: false,
  weight: null,
  answers: [{ id: 'yes', label, share: '100' }],
});
const rubric: Rubric = {
  id: 'service',
  label,
  clause: 'Q3',
  version: 'ab',
  form: 'deduct',
  channels: ['call', 'chat'],
  full_mark: '100',
  floor: '0',
  severities: [
    { id: 'minor', label, clause: 'Q4.3', low: '1', high: '2', talk: false },
    { id: 'severe', label, clause: 'Q4.3', low: '7', high: '8', talk: true },
  ],
  bonuses: [],
  dimensions: [{ id: 'manner', label, items: [item('polite', ['call', 'chat']), item('tone', ['call'])] }],
};
const items = itemsFor(rubric, 'call');

describe('a reading', () => {
  it('offers each severity with each of its points, or a weighted item’s answers', () => {
    expect(choicesOf(rubric, item('polite', [])).map(({ choice, points }) => `${choice} ${points}`)).toEqual(['minor 1', 'minor 2', 'severe 7', 'severe 8']);
    expect(choicesOf({ ...rubric, form: 'weighted' }, item('polite', []))).toEqual([{ choice: 'yes', points: 0 }]);
  });
  it('becomes marks in the rubric’s order, numbered from 1, and comes back the same', () => {
    const reading = {
      tone: { choice: 'severe', points: 7, reason: 'shouted' },
      polite: { choice: doesNotApply, points: 0, reason: '' },
    };
    const marks = marksOf(reading, items);
    expect(marks).toEqual({
      findings: [{ number: 1, item: 'tone', choice: 'severe', points: 7, reason: 'shouted', span: null }],
      bonuses: [],
      not_applicable: ['polite'],
      judgements: null,
    });
    expect(readingOf(marks)).toEqual(reading);
  });
  it('carries its bonuses, each with a reason', () => {
    const given = { bonus: 'thanked', points: 2, reason: '' };
    expect(marksOf({}, items, [given]).bonuses).toEqual([given]);
    expect(withoutReason({}, [given])).toEqual(['thanked']);
    expect(withoutReason({}, [{ ...given, reason: 'the customer wrote' }])).toEqual([]);
    expect(givenApart([[given], []], ['thanked', 'other'])).toEqual(['thanked']);
    expect(givenApart([[given], [{ ...given, reason: 'otherwise' }]], ['thanked'])).toEqual([]);
  });
  it('leaves out what is not looked at on the channel, and what nothing was found in', () => {
    const reading = { tone: { choice: 'minor', points: 1, reason: 'x' }, polite: { choice: nothingFound, points: 0, reason: '' } };
    expect(marksOf(reading, itemsFor(rubric, 'chat')).findings).toEqual([]);
  });
  it('is as grave as the gravest finding on the item', () => {
    const finding = (number: number, points: number) => ({ number, item: 'tone', choice: 'minor', points, span: null, reason: '' });
    expect(readingOf({ findings: [finding(1, 1), finding(2, 2), finding(3, 1)], bonuses: [], not_applicable: [], judgements: null }).tone?.points).toBe(2);
  });
  it('says which findings have no reason yet', () => {
    expect(withoutReason({ tone: { choice: 'minor', points: 1, reason: ' ' }, polite: { choice: doesNotApply, points: 0, reason: '' } })).toEqual(['tone']);
  });
});

describe('readings side by side', () => {
  it('differ where one found something and another nothing', () => {
    const one = { tone: { choice: 'minor', points: 1, reason: 'a' } };
    const same = { tone: { choice: 'minor', points: 1, reason: 'b' } };
    expect(differing([one, same], items)).toEqual([]);
    expect(differing([one, {}], items).map(({ id }) => id)).toEqual(['tone']);
    expect(differing([], items)).toEqual([]);
  });
});

describe('agreement item by item', () => {
  const read = (id: string, value: string | null) => ({ item: id, measures: [{ measure: 'percent', label, value, low: null, high: null, gap: null }] });
  it('shows the least alike first, and not what all read alike or nobody read', () => {
    expect(leastAlike([read('a', '0.75'), read('b', '1'), read('c', '0.25'), read('d', null)]).map((row) => row.item)).toEqual(['c', 'a']);
  });
});

describe('severity', () => {
  it('is told only by an interval without 0', () => {
    expect(leaningOf({ low: '-3.1', high: '-0.2' })).toBe('stricter');
    expect(leaningOf({ low: '0.2', high: '2' })).toBe('milder');
    expect(leaningOf({ low: '-1', high: '2' })).toBe('noDifference');
    expect(leaningOf({ low: null, high: null })).toBeUndefined();
  });
});
