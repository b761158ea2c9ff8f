import { describe, expect, it } from 'vitest';

import type { CheckOperator } from '../../../api/schema';
import { asHit, asNeeds, formOf, hitOf, jsonOf, namesOf, needsOf, operatorOf, withKind, withOperator, withValue } from './form';

const operator = (name: string, kind: string, more: Partial<CheckOperator> = {}): CheckOperator => ({
  name,
  kind,
  label: { zh: name, en: name },
  keys: [],
  choices: [],
  scoped: true,
  counted: true,
  ...more,
});
const operators = [
  operator('phrases', 'words'),
  operator('similar', 'text', { counted: false, keys: [{ key: 'to', kind: 'sentences', label: { zh: '', en: '' }, required: true, choices: [] }] }),
  operator('measure', 'formula', { scoped: false, counted: false }),
];

describe('a check as a form', () => {
  it('forbids, requires or asks in the same place; a question counts once and has no condition', () => {
    const body = { points: '4', forbid: { phrases: ['不可能'] }, count: 'per_hit', cap: '6' };
    expect(withKind(body, 'forbid', 'require')).toEqual({ points: '4', require: { phrases: ['不可能'] }, count: 'per_hit', cap: '6' });
    const asks = withKind(body, 'forbid', 'ask');
    expect(Object.entries(asks)).toEqual([['points', '4'], ['ask', { zh: '', en: '' }]]);
    expect(withKind(asks, 'ask', 'forbid')).toEqual({ points: '4', forbid: { phrases: [] } });
  });
  it('is one id with its mapping, and goes back as it came', () => {
    const json = { stiff: { points: '4', forbid: { phrases: ['不可能'], unheard_of: { x: '1' } } } };
    const form = formOf(json);
    expect(form?.id).toBe('stiff');
    expect(form && jsonOf(form)).toEqual(json);
    expect(formOf(null)).toBeUndefined();
    expect(formOf({ stiff: 'text' })).toBeUndefined();
  });
  it('has no keys without a value', () => {
    expect(withValue({ a: '1' }, 'b', '2')).toEqual({ a: '1', b: '2' });
    expect(withValue({ a: '1', b: '2' }, 'b', undefined)).toEqual({ a: '1' });
    expect(withValue({ a: '1' }, 'a', '')).toEqual({});
    expect(withValue({}, 'a', [])).toEqual({ a: [] }); // a list that is being filled
  });
  it('knows the names of its conditions in their order', () => {
    expect(namesOf({ id: 'x', body: { let: { complaint: {}, answer: {} } } })).toEqual(['complaint', 'answer']);
    expect(namesOf({ id: 'x', body: {} })).toEqual([]);
  });
});

describe('a condition', () => {
  const condition = { phrases: ['不可能'], role: 'agent', how_many: '2' };
  it('looks for what its one operator says', () => {
    expect(operatorOf(condition, operators)?.name).toBe('phrases');
    expect(operatorOf({ role: 'agent' }, operators)).toBeUndefined();
  });
  it('keeps its scope when it looks for something else, as far as that has one', () => {
    expect(withOperator(condition, operators, 'similar')).toEqual({ similar: {}, role: 'agent' });
    expect(withOperator(condition, operators, 'measure')).toEqual({ measure: '' });
    expect(withOperator(condition, operators, 'phrases')).toEqual({ phrases: [], role: 'agent', how_many: '2' });
  });
});

describe('ways of writing one thing', () => {
  it('a plain list asks for any of its phrases', () => {
    expect(needsOf(['a', 'b'])).toEqual({ any: ['a', 'b'] });
    expect(asNeeds({ any: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(asNeeds({ any: ['a'], but_not: ['b'] })).toEqual({ any: ['a'], but_not: ['b'] });
    expect(asNeeds({ all: ['a'] })).toEqual({ all: ['a'] });
  });
  it('a name alone is any hit of that condition', () => {
    expect(hitOf('complaint')).toEqual({ hit_of: 'complaint' });
    expect(asHit({ hit_of: 'complaint' })).toBe('complaint');
    expect(asHit({ hit_of: 'complaint', nth: '-1' })).toEqual({ hit_of: 'complaint', nth: '-1' });
    expect(asHit({ nth: '2' })).toBeUndefined();
  });
});
