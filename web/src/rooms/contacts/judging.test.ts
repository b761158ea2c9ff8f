import { describe, expect, it } from 'vitest';

import type { JudgeOpinion, Turn } from '../../api/schema';
import { opinedOf } from './judging';

const turns: Turn[] = [0, 1000, 2000].map((start_ms) => ({ role: 'agent', text: '不是我们的问题', start_ms, end_ms: start_ms + 900 }));
const place = (turn: number) => ({ turn, from: 0, to: 2, start_ms: null, end_ms: null });
const opinion = (check: string, change: Partial<JudgeOpinion> = {}): JudgeOpinion => ({
  check,
  label: { zh: check, en: check },
  clause: 'G1.3',
  item: 'polite',
  severity: 'minor',
  points: 2,
  found: true,
  places: [],
  dropped: [],
  ...change,
});

describe('what a model says of a contact', () => {
  it('is what it takes for a fault with a quote that stands, numbered on from what checks found', () => {
    const said = [
      opinion('comforts', { places: [place(1), place(2)] }),
      opinion('explains', { found: false, places: [place(0)] }),
      opinion('thanks', { dropped: [{ reason: 'not_said', quotes: 1 }] }),
      opinion('promises', { places: [place(0)] }),
    ];
    expect(opinedOf(said, turns, 3).map(({ opinion: { check }, hits }) => [check, hits.map(({ number, turn, start }) => [number, turn, start])])).toEqual([
      ['comforts', [[4, 1, 1000], [5, 2, 2000]]],
      ['promises', [[6, 0, 0]]],
    ]);
  });
});
