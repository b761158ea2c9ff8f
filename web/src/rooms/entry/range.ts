// The range the pack allows for a kind of fact: "agent [1, 5]; shift_leader [2, 5]", "(0, ]", "[0, 0] full".

export interface Range {
  position: string; // empty: everybody
  limits: string; // as people write them; empty: none
  note: string; // what the note must begin with for this range
}

const written = /^(?:(\w+) )?([[(])([^,]*), ([^\])]*)([\])])(?: (.*))?$/;

function limitsOf(open: string, low: string, high: string, close: string): string {
  if (low !== '' && low === high) return low;
  if (low !== '' && high !== '' && open === '[' && close === ']') return `${low}–${high}`;
  const parts = [low && `${open === '[' ? '≥' : '>'} ${low}`, high && `${close === ']' ? '≤' : '<'} ${high}`];
  return parts.filter((part) => part !== '').join(', ');
}

export function rangesOf(text: string): Range[] {
  return text
    .split('; ')
    .map((part) => written.exec(part))
    .filter((match) => match !== null)
    .map(([, position = '', open = '', low = '', high = '', close = '', note = '']) => ({
      position,
      limits: limitsOf(open, low, high, close),
      note,
    }))
    .filter(({ limits }) => limits !== '');
}
