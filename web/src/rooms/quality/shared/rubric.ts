// Looking things up in one rubric, and what a finding may cost by it.
import type { Rubric, RubricItem, RubricSeverity } from '../../../api/schema';

export function itemOf(rubric: Rubric | undefined, id: string): RubricItem | undefined {
  for (const dimension of rubric?.dimensions ?? []) {
    const found = dimension.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

export const severityOf = (rubric: Rubric | undefined, id: string): RubricSeverity | undefined =>
  rubric?.severities.find((severity) => severity.id === id);

// The whole points of a range, lowest first.
export function pointsOf({ low, high }: { low: string; high: string }): number[] {
  const first = Math.ceil(Number(low));
  const count = Math.floor(Number(high)) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, at) => first + at);
}

// The points nearest to those that the range allows.
export function withinRange(points: number, { low, high }: { low: string; high: string }): number {
  return Math.min(Math.max(points, Math.ceil(Number(low))), Math.floor(Number(high)));
}

export interface Reading {
  choice: string;
  points: number;
}

// What a finding could be read as instead, mildest first: what is milder than it is. Deduct: 0 points mean that it does
// not stand. Weighted: the answers with a larger share.
export function milderThan(rubric: Rubric, item: string, { choice, points }: Reading): Reading[] {
  if (rubric.form === 'weighted') {
    const answers = itemOf(rubric, item)?.answers ?? [];
    const share = Number(answers.find(({ id }) => id === choice)?.share ?? 0);
    return answers
      .filter((answer) => Number(answer.share) > share)
      .sort((a, b) => Number(b.share) - Number(a.share))
      .map(({ id }) => ({ choice: id, points: 0 }));
  }
  const readings = rubric.severities.flatMap((severity) =>
    pointsOf(severity)
      .filter((cost) => cost < points)
      .map((cost) => ({ choice: severity.id, points: cost })),
  );
  return [{ choice, points: 0 }, ...readings.sort((a, b) => a.points - b.points)];
}

// Everything that an item could be read as: of a deducting rubric nothing, or each severity with each of its points.
export function readingsOf(rubric: Rubric, item: string): Reading[] {
  if (rubric.form === 'weighted') return (itemOf(rubric, item)?.answers ?? []).map(({ id }) => ({ choice: id, points: 0 }));
  const [mildest] = rubric.severities;
  const costs = rubric.severities.flatMap((severity) => pointsOf(severity).map((points) => ({ choice: severity.id, points })));
  return mildest ? [{ choice: mildest.id, points: 0 }, ...costs] : [];
}

// Readings strictly between a milder one and the one that stands.
export function between(rubric: Rubric, item: string, milder: Reading, stands: Reading): Reading[] {
  const same = (a: Reading, b: Reading) => a.choice === b.choice && a.points === b.points;
  const all = milderThan(rubric, item, stands);
  const from = all.findIndex((reading) => (milder.points === 0 && rubric.form === 'deduct' ? reading.points === 0 : same(reading, milder)));
  return all.slice(from + 1);
}
