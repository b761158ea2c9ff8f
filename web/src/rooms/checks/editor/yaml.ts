// YAML as an editor shows it: its words by kind, and what a new line begins with.
export interface Token {
  kind: 'key' | 'text' | 'comment' | 'list' | 'plain';
  text: string;
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['comment', /^#.*/],
  ['list', /^(?:"@\w+"|'@\w+')/],
  ['text', /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/],
  ['key', /^[\p{L}_][\p{L}\p{N}_]*(?=:(?:\s|$))/u],
];

const isWordPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], text: string) => {
    const last = tokens.at(-1);
    if (last?.kind === kind && kind === 'plain') last.text += text;
    else tokens.push({ kind, text });
  };
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const before = line[at - 1];
    const found = patterns.find(([kind, pattern]) => {
      if (kind === 'key' && isWordPart(before)) return false;
      if (kind === 'comment' && before !== undefined && !/\s/.test(before)) return false;
      return pattern.test(rest);
    });
    const text = found?.[1].exec(rest)?.[0] ?? line.charAt(at);
    add(found?.[0] ?? 'plain', text);
    at += text.length;
  }
  return tokens;
}

// A new line is indented as the one it follows, deeper behind a key without a value.
export function indentBehind(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return /:\s*$/.test(line) ? `${indent}  ` : indent;
}

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;

// What stands at a line and as far in below it, in one line and without comments.
export function sourceAt(yaml: string, line: number): string {
  const lines = yaml.split('\n').slice(line - 1);
  const first = lines[0] ?? '';
  const end = lines.findIndex((text, at) => at > 0 && text.trim() !== '' && indentOf(text) < indentOf(first));
  const own = end === -1 ? lines : lines.slice(0, end);
  return own
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.startsWith('#'))
    .join(' ');
}
