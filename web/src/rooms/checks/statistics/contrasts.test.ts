import { describe, expect, it } from 'vitest';

import type { ConsistencyContrast } from '../../../api/schema';
import { comparedOf, differenceOf, probability, verdictOf } from './contrasts';
import { within } from './usePeriod';

const contrast = (change: Partial<ConsistencyContrast> = {}): ConsistencyContrast => ({
  circumstance: 'busy',
  staff_no: '1001',
  name: null,
  contacts: 40,
  others: 60,
  mean: '88.50',
  mean_of_others: '92.00',
  effect: '-0.41',
  effect_size: 'medium',
  p_value: '0.0004',
  p_adjusted: '0.006',
  differs: true,
  why_none: null,
  ...change,
});

describe('two groups of contacts', () => {
  it('are told apart by circumstance, everybody before the agents', () => {
    const all = comparedOf([contrast(), contrast({ staff_no: null }), contrast({ staff_no: '1002', differs: false, p_value: null }), contrast({ circumstance: 'known' })]);
    expect(all.map(({ circumstance, agents, compared, differing }) => [circumstance, agents.length, compared, differing])).toEqual([
      ['inspected', 0, 0, 0],
      ['busy', 2, 1, 1],
      ['known', 1, 1, 1],
    ]);
    expect(all[1]?.everybody?.staff_no).toBeNull();
  });
  it('get a verdict in the direction of the effect, and only where they differ', () => {
    expect(verdictOf(contrast())).toBe('worse');
    expect(verdictOf(contrast({ effect: '0.41' }))).toBe('better');
    expect(verdictOf(contrast({ differs: false }))).toBe('same');
    expect(verdictOf(contrast({ p_value: null, differs: false }))).toBe('unknown');
  });
  it('differ by their means', () => {
    expect(differenceOf(contrast())).toBe(-3.5);
    expect(differenceOf(contrast({ mean: null }))).toBeNull();
  });
  it('have p-values that are never written as nothing', () => {
    expect([probability('0.0004'), probability('0.0312'), probability('1'), probability(null)]).toEqual(['< 0.001', '0.031', '1.000', '—']);
  });
});

it('statistics are about a quarter at most', () => {
  expect(within({ from: '2026-01-01', to: '2026-11-22' })).toEqual({ from: '2026-08-23', to: '2026-11-22' });
  expect(within({ from: '2026-10-01', to: '2026-11-22' })).toEqual({ from: '2026-10-01', to: '2026-11-22' });
});
