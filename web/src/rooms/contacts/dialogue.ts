// Where a moment of the sound stands in a transcript, and back; and which of many turns are shown.
import type { Turn } from '../../api/schema';

// The turns that have a time, in the order in which they begin; of two that begin together, the later one last.
export interface Timeline {
  starts: readonly number[];
  turns: readonly number[];
}

export function timelineOf(turns: readonly Pick<Turn, 'start_ms'>[]): Timeline {
  const timed = turns.flatMap(({ start_ms: start }, turn) => (start === null ? [] : [{ start, turn }])).sort((a, b) => a.start - b.start || a.turn - b.turn);
  return { starts: timed.map(({ start }) => start), turns: timed.map(({ turn }) => turn) };
}

// How many have begun by then.
function begun(starts: readonly number[], ms: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The last turn that has begun by then; −1 before the first. Turns without a time are never the one.
export const turnAt = ({ starts, turns }: Timeline, ms: number): number => turns[begun(starts, ms) - 1] ?? -1;

// The moment at which the turn `steps` away from that one begins; nothing past either end.
export const stepFrom = ({ starts }: Timeline, ms: number, steps: number): number | undefined => starts[begun(starts, ms) - 1 + steps];

// 83 400 → "1:23".
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

// Turns from … until − 1, of those that are there.
export interface Stretch {
  from: number;
  until: number;
}

const step = 100;
export const shownMost = 400; // more turns than that are not drawn at once

export const stretchAround = (turn: number, count: number): Stretch => {
  const from = Math.max(0, Math.min(turn - step, count - shownMost));
  return { from, until: Math.min(count, from + shownMost) };
};
export const earlier = ({ from, until }: Stretch): Stretch => {
  const begin = Math.max(0, from - step);
  return { from: begin, until: Math.min(until, begin + shownMost) };
};
export const later = ({ from, until }: Stretch, count: number): Stretch => {
  const end = Math.min(count, until + step);
  return { from: Math.max(from, end - shownMost), until: end };
};
