// Both languages say everything, and the pages ask only for words that are there.
import { describe, expect, it } from 'vitest';

import { tables } from './i18n';

const sources = Object.entries(import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })).filter(
  ([file]) => !file.endsWith('.test.ts'),
);


const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe.each(tables)('words of $name', ({ words: { zh, en } }) => {
  it('has the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });
  it('has no empty words, and Chinese only where it belongs', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(text === '', `en ${key}`).toBe(false);
      expect(/[\u4e00-\u9fff]/.test(text), `en ${key}: ${text}`).toBe(false);
    }
    for (const [key, text] of Object.entries(zh)) expect(text === '', `zh ${key}`).toBe(false);
  });
  it('puts the same figures into both', () => {
    for (const key of Object.keys(zh)) expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(zh[key] ?? ''));
  });
});

it('the pages ask only for words that are there', () => {
  const asked = sources.flatMap(([file, code]) => {
    const room = /useTranslation\('(\w+)'\)/.exec(code)?.[1] ?? 'shell';
    return [...code.matchAll(/\bt\(\s*'([\w-]+)'/g)].map((match) => ({ file, room, key: match[1] ?? '' }));
  });
  expect(asked.length).toBeGreaterThan(200);
  const missing = asked.filter(({ room, key }) => !(key in (tables.find(({ name }) => name === room)?.words.zh ?? {})));
  expect(missing).toEqual([]);
});

// Chinese that is no word of the desk: the language's own name, a comma, units of time, and what people may write.
const allowed = /'中文'|'、'|'[时分秒]'/g;
const reads = /entry\/grid\.ts$|imports\/data\.ts$|words\.ts$/;

it('no page has words of its own', () => {
  const own = sources
    .filter(([file]) => !reads.test(file))
    .filter(([, code]) => /[\u4e00-\u9fff]/.test(code.replace(/\/\/.*$/gm, '').replace(allowed, '')))
    .map(([file]) => file);
  expect(own).toEqual([]);
});
