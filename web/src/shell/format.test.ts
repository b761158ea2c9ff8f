import i18next from 'i18next';
import { afterEach, describe, expect, it } from 'vitest';

import { band, bytes, distance, duration, figure, money, monthName, percent, placed, shortened, wallClock } from './format';

const speak = (language: string) => i18next.init({ lng: language, resources: {} });
afterEach(() => speak('zh'));

describe('figures', () => {
  it('groups digits and keeps them all', () => {
    expect(figure('1234567.1200')).toBe('1,234,567.1200');
    expect(figure('12')).toBe('12');
    expect(figure(null)).toBe('—');
  });
  it('writes money with its sign before the mark', () => {
    expect(money('3300.00')).toBe('¥3,300.00');
    expect(money('-120.50')).toBe('−¥120.50');
    expect(money(undefined)).toBe('—');
  });
  it('has the same places down a column', () => {
    expect(placed('95', 2)).toBe('95.00');
    expect(placed('81.6725', 2)).toBe('81.67');
    expect(placed(null, 2)).toBe('—');
  });
  it('writes sizes of files', async () => {
    await speak('en');
    expect([0, 1023, 1536, 5 * 1024 ** 3].map(bytes)).toEqual(['0 B', '1,023 B', '1.5 KB', '5 GB']);
  });
  it('writes shares as percent', () => {
    expect(percent(0.8964)).toBe('89.6%');
    expect(percent(null)).toBe('—');
  });
});

describe('times', () => {
  it('says seconds as people do, in Chinese', async () => {
    await speak('zh');
    expect(duration(45.4)).toBe('45秒');
    expect(duration(143)).toBe('2分 23秒');
    expect(duration(3900)).toBe('1时 05分');
    expect(duration(59.6)).toBe('1分 0秒');
  });
  it('says seconds as people do, in English', async () => {
    await speak('en');
    expect(duration(143)).toBe('2 m 23 s');
    expect(duration(0)).toBe('0 s');
    expect(duration(null)).toBe('—');
  });
  it('shows an instant on the clock of the place it carries', () => {
    expect(wallClock('2026-10-12T09:05:09+08:00')).toBe('2026-10-12 09:05:09');
    expect(wallClock('2026-10-12T09:05:09.123456+08:00')).toBe('2026-10-12 09:05:09');
    expect(wallClock('nonsense Z')).toBe('nonsense Z');
  });
  it('names months', async () => {
    await speak('en');
    expect(monthName('2026-10')).toBe('October 2026');
    expect(monthName('?')).toBe('?');
    await speak('zh');
    expect(monthName('2026-10')).toBe('2026年10月');
  });
  it('says how far away a deadline is', async () => {
    await speak('en');
    const now = new Date('2026-11-01T00:00:00Z');
    expect(distance('2026-11-04T00:00:00Z', now)).toBe('in 3 days');
    expect(distance('2026-10-31T22:00:00Z', now)).toBe('2 hours ago');
    expect(distance('2026-11-01T00:00:20Z', now)).toBe('in 20 seconds');
  });
});

describe('what the rules say', () => {
  it('has no more places than people read', () => {
    expect(shortened('(98 + 97.666666666666666667) / 2 = 97.8333')).toBe('(98 + 97.6666…) / 2 = 97.8333');
    expect(shortened('2026-10-01 12.34')).toBe('2026-10-01 12.34');
  });
  it('writes bands as people do', () => {
    expect(band('<= 140')).toBe('≤ 140');
    expect(band('[141..145]')).toBe('141–145');
    expect(band('>= 95')).toBe('≥ 95');
    expect(band('[80..90) percent')).toBe('≥ 80, < 90 percent');
    expect(band('(0.5..3]')).toBe('> 0.5, ≤ 3');
  });
});
