import { describe, expect, it } from 'vitest';

import { copyOf } from './copy';
import { indentBehind, sourceAt, tokensOf } from './yaml';

const said = (line: string) => tokensOf(line).map(({ kind, text }) => `${kind} ${text}`);

describe('a line of YAML', () => {
  it('tells keys, texts, lists of phrases and comments apart', () => {
    expect(said('  forbid: {phrases: ["@stiff", "a: b"], role: agent}  # why')).toEqual([
      'plain   ',
      'key forbid',
      'plain : {',
      'key phrases',
      'plain : [',
      'list "@stiff"',
      'plain , ',
      'text "a: b"',
      'plain ], ',
      'key role',
      'plain : agent}  ',
      'comment # why',
    ]);
  });
  it('loses nothing, whatever it says', () => {
    for (const line of ['', '中文：没有键', "it's", 'a#b: c', '- - x:', '"open']) expect(tokensOf(line).map(({ text }) => text).join('')).toBe(line);
  });
  it('is followed by one as far in, or further behind a key', () => {
    expect(indentBehind('  points: 4')).toBe('  ');
    expect(indentBehind('  forbid:')).toBe('    ');
    expect(indentBehind('check:  ')).toBe('  ');
    expect(indentBehind('')).toBe('');
  });
});

it('the source of a condition is what stands at its line and below it', () => {
  const yaml = 'a:\n  forbid:\n    role: agent\n    # why\n    phrases:\n      - x\n\n  points: 4\n';
  expect(sourceAt(yaml, 3)).toBe('role: agent phrases: - x');
  expect(sourceAt(yaml, 8)).toBe('points: 4');
  expect(sourceAt(yaml, 99)).toBe('');
});

it('a copy of a check is the same under an id of its own', () => {
  expect(copyOf({ id: 'stiff', yaml: 'stiff:\n  label: {zh: stiff}\n' })).toBe('stiff_own:\n  label: {zh: stiff}\n');
});
