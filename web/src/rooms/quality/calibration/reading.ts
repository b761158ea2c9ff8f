// A reading as the form has it: one verdict for each item of a record's channel.
import type { Estimate, InspectionBonus, InspectionMarks, ItemAgreement, Rubric, RubricItem } from '../../../api/schema';
import { forChannel } from '../rubric/rubrics';

// What an item is read as: nothing found, does not apply, or a choice of the rubric with its points.
export interface Verdict {
  choice: string; // of the rubric, or one of the two below
  points: number;
  reason: string;
}
export const nothingFound = '';
export const doesNotApply = '-';

export type Reading = Record<string, Verdict>; // by item

export const itemsFor = (rubric: Rubric, channel: string): RubricItem[] => forChannel(rubric, channel).flatMap(({ items }) => items);

// What can be chosen for the item: of a deducting rubric each severity with each of its points.
export function choicesOf(rubric: Rubric, item: RubricItem): Omit<Verdict, 'reason'>[] {
  if (rubric.form === 'weighted') return item.answers.map(({ id }) => ({ choice: id, points: 0 }));
  return rubric.severities.flatMap(({ id, low, high }) =>
    Array.from({ length: Number(high) - Number(low) + 1 }, (_, step) => ({ choice: id, points: Number(low) + step })),
  );
}

// Where several findings lie on an item the gravest stands for it.
export function readingOf(marks: InspectionMarks): Reading {
  const reading: Reading = {};
  for (const { item, choice, points, reason } of marks.findings) {
    const before = reading[item];
    if (before === undefined || before.points < points) reading[item] = { choice, points, reason };
  }
  for (const item of marks.not_applicable) reading[item] = { choice: doesNotApply, points: 0, reason: '' };
  return reading;
}

export function marksOf(reading: Reading, items: readonly RubricItem[], bonuses: readonly InspectionBonus[] = []): InspectionMarks {
  const read = items.flatMap(({ id }) => {
    const verdict = reading[id];
    return verdict === undefined || verdict.choice === nothingFound ? [] : [{ item: id, ...verdict }];
  });
  return {
    findings: read.filter(({ choice }) => choice !== doesNotApply).map((verdict, at) => ({ number: at + 1, ...verdict, span: null })),
    bonuses: [...bonuses],
    not_applicable: read.filter(({ choice }) => choice === doesNotApply).map(({ item }) => item),
    judgements: null,
  };
}

// The items and bonuses that still lack a reason.
export const withoutReason = (reading: Reading, bonuses: readonly InspectionBonus[] = []): string[] => [
  ...Object.entries(reading)
    .filter(([, { choice, reason }]) => choice !== nothingFound && choice !== doesNotApply && reason.trim() === '')
    .map(([item]) => item),
  ...bonuses.filter(({ reason }) => reason.trim() === '').map(({ bonus }) => bonus),
];

// The bonuses that not everybody gave alike.
export const givenApart = (readings: readonly (readonly InspectionBonus[])[], bonuses: readonly string[]): string[] => {
  const points = (given: readonly InspectionBonus[], id: string) => given.find(({ bonus }) => bonus === id)?.points ?? 0;
  return bonuses.filter((id) => readings.some((given) => points(given, id) !== points(readings[0] ?? [], id)));
};

const sameVerdict = (a: Verdict | undefined, b: Verdict | undefined) =>
  (a?.choice ?? nothingFound) === (b?.choice ?? nothingFound) && (a?.points ?? 0) === (b?.points ?? 0);

// The items that not everybody reads alike.
export const differing = (readings: readonly Reading[], items: readonly RubricItem[]): RubricItem[] =>
  items.filter(({ id }) => readings.some((reading) => !sameVerdict(reading[id], readings[0]?.[id])));

// What an interval says of a difference: stricter or milder only where it leaves out 0.
export function leaningOf({ low, high }: Pick<Estimate, 'low' | 'high'>): 'stricter' | 'milder' | 'noDifference' | undefined {
  if (low === null || high === null) return undefined;
  if (Number(high) < 0) return 'stricter';
  return Number(low) > 0 ? 'milder' : 'noDifference';
}

const shareAlike = ({ measures }: ItemAgreement) => Number(measures.find(({ measure }) => measure === 'percent')?.value ?? 1);

// Items that were not read alike by everybody every time, the least alike first.
export const leastAlike = (items: readonly ItemAgreement[]): ItemAgreement[] =>
  items.filter((item) => shareAlike(item) < 1).sort((a, b) => shareAlike(a) - shareAlike(b));
