import { describe, expect, it } from 'vitest';

import { sortOf, sortText } from './sorting';
import { sparkPath } from './spark';

describe('sorting in the address', () => {
  it('is the newest first where nothing is said', () => {
    expect(sortOf(undefined, 'offered_at', 'offered_at')).toBe('descend');
    expect(sortOf(undefined, 'wait_ms', 'offered_at')).toBeNull();
  });
  it('reads and writes both directions', () => {
    expect(sortOf('wait_ms', 'wait_ms', 'offered_at')).toBe('ascend');
    expect(sortOf('-wait_ms', 'wait_ms', 'offered_at')).toBe('descend');
    expect(sortText('wait_ms', 'descend')).toBe('-wait_ms');
    expect(sortText('wait_ms', 'ascend')).toBe('wait_ms');
    expect(sortText('wait_ms', null)).toBeUndefined();
  });
});

describe('a sparkline', () => {
  it('goes from the lowest at the bottom to the highest at the top', () => expect(sparkPath([0, 10], 100, 20, 0, 10)).toBe('M0.0 20.0L100.0 0.0'));
  it('has gaps where there is no data', () => expect(sparkPath([1, null, 1], 100, 20, 0, 1)).toBe('M0.0 0.0M100.0 0.0'));
  it('is flat where nothing changes', () => expect(sparkPath([3, 3], 10, 10, 3, 3)).toBe('M0.0 10.0L10.0 10.0'));
});
