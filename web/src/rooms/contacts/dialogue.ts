// Where a moment of the sound stands in a transcript, and back.
import type { Turn } from '../../api/schema';

// The last turn that has begun by then; −1 before the first. Turns without a time are never the one.
export function turnAt(turns: readonly Turn[], ms: number): number {
  let found = -1;
  let begun = -1;
  turns.forEach((turn, index) => {
    if (turn.start_ms === null || turn.start_ms > ms || turn.start_ms < begun) return;
    found = index;
    begun = turn.start_ms;
  });
  return found;
}

// The moment at which the turn `steps` away from that one begins; nothing past either end.
export function stepFrom(turns: readonly Turn[], ms: number, steps: number): number | undefined {
  const times = turns.flatMap((turn) => (turn.start_ms === null ? [] : [turn.start_ms])).sort((a, b) => a - b);
  const now = times.filter((time) => time <= ms).length - 1;
  return times[now + steps];
}

// 83 400 → "1:23".
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
