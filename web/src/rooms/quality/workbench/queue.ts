// The order of work: what has been begun, then what waits.
import type { InspectionResult } from '../../../api/schema';

// What comes after that one: the next below it, else the first there is.
export function after(queue: readonly InspectionResult[], key: string | undefined): InspectionResult | undefined {
  const at = queue.findIndex((one) => one.key === key);
  return queue[at + 1] ?? queue.find((one) => one.key !== key);
}

// `by` places further; stays at the ends.
export function moved(queue: readonly InspectionResult[], key: string | undefined, by: number): InspectionResult | undefined {
  const at = queue.findIndex((one) => one.key === key);
  if (at < 0) return queue[0];
  return queue[Math.min(queue.length - 1, Math.max(0, at + by))];
}

export const begun = (queue: readonly InspectionResult[]) => queue.filter(({ state }) => state === 'taken');
export const waiting = (queue: readonly InspectionResult[]) => queue.filter(({ state }) => state !== 'taken');
