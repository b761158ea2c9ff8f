import { describe, expect, it } from 'vitest';

import type { Acoustics } from '../../api/schema';
import { lanesOf } from './acoustics';

const acoustics: Acoustics = {
  duration_ms: 20_000,
  legs: [
    { role: 'customer', speech: [{ start_ms: 0, end_ms: 2000 }], music: [], loudness_lufs: -20, clipped: 0, loudness_jump_db: null, loudness_jump_at_ms: null },
    { role: 'agent', speech: [], music: [], loudness_lufs: null, clipped: 0, loudness_jump_db: null, loudness_jump_at_ms: null },
  ],
  silences: [
    { start_ms: 2000, end_ms: 2600, turn: null },
    { start_ms: 5000, end_ms: 8000, turn: 'agent' },
  ],
  overlaps: [],
  agent_share: null,
  longest_monologue_ms: null,
  speech_rates: [],
  diagnostics: [],
};
const titled = (kind: string, who: string | null, ms: number) => `${kind} ${who ?? '-'} ${ms}`;

describe('lanes of a recording', () => {
  it('are those that have something in them', () => {
    expect(lanesOf(acoustics, titled).map(({ kind, whose }) => [kind, whose])).toEqual([
      ['speech', 'customer'],
      ['silence', null],
    ]);
  });
  it('leave out pauses of a breath, and say whose turn a silence was', () => {
    const silence = lanesOf(acoustics, titled).find(({ kind }) => kind === 'silence');
    expect(silence?.bands.map(({ title }) => title)).toEqual(['silence agent 3000']);
  });
});
