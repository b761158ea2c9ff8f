import { expect, it } from 'vitest';

import { linkOf } from './links';
import { words } from './words';

const abouts = Object.keys(words.zh)
  .filter((key) => key.startsWith('notice_'))
  .map((key) => key.slice('notice_'.length));

it('a notice leads to what it is about', () => {
  expect(linkOf({ about: 'result_published', object: '3-1-17' })).toBe('/results/3-1-17');
  expect(linkOf({ about: 'result_published', object: '' })).toBe('/results?state=published');
  expect(linkOf({ about: 'appeal_decided', object: '3-1-17/2' })).toBe('/results/3-1-17');
  expect(linkOf({ about: 'rectification_due', object: '3-1-17/2' })).toBe('/rectification/3-1-17/2');
  expect(linkOf({ about: 'extension_asked', object: '3-1-17/2' })).toBe('/rectification/3-1-17/2');
  expect(linkOf({ about: 'batch_handed_in', object: '3001/4' })).toBe('/review/3001/4');
});

it('every notice that has words leads to a page of the room', () => {
  expect(abouts.length).toBeGreaterThan(15);
  for (const about of abouts) expect(linkOf({ about, object: '1' }), about).toMatch(/^\/(results|appeals|review|rectification|plans|quality-report)/);
});
