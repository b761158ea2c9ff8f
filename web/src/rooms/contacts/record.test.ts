import { describe, expect, it } from 'vitest';

import { heightsOf, secondsOf } from './record';

const waveform = {
  slice_ms: 40,
  channels: [
    { low: [-128, -3, 0], high: [127, 64, 0] },
    { low: [0, 0, -32], high: [0, 0, 16] },
  ],
};

describe('a waveform', () => {
  it('is as high as its loudest sample, up or down', () => {
    expect(heightsOf(waveform)).toEqual([
      [1, 0.5, 0],
      [0, 0, 0.25],
    ]);
  });
  it('lasts as long as its slices', () => {
    expect(secondsOf(waveform)).toBeCloseTo(0.12);
    expect(secondsOf({ slice_ms: 20, channels: [] })).toBe(0);
  });
});
