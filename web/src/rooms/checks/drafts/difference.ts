// Two texts line by line: what stays, what goes, what comes. Short texts: the longest common lines are found by table.
export interface DiffLine {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

const linesOf = (text: string | null) => (text === null ? [] : text.replace(/\n$/, '').split('\n'));

export function difference(before: string | null, after: string | null): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const width = now.length + 1;
  // longest[i * width + j]: common lines of what follows old[i] and now[j].
  const longest = new Array<number>((old.length + 1) * width).fill(0);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; --i) {
    for (let j = now.length - 1; j >= 0; --j) {
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'gone', text: old[i] ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'new', text: now[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}
