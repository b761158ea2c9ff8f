// What the desk itself reckons from a report's figures.
import type { QualityMonthSum, QualityReport, QualityReportTextInput } from '../../../api/schema';

export interface Change {
  now: number | null;
  before: number | null;
}

// This month's figure beside last month's; none where nothing was inspected.
export function changeOf(trend: readonly QualityMonthSum[], figure: (month: QualityMonthSum) => number | null): Change {
  const [before, now] = [trend.at(-2), trend.at(-1)];
  const of = (month: QualityMonthSum | undefined) => (month === undefined || month.inspections === 0 ? null : figure(month));
  return { now: of(now), before: of(before) };
}

export const meanOf = ({ mean }: QualityMonthSum): number | null => (mean === null ? null : Number(mean));
export const pointsEach = ({ points, inspections }: QualityMonthSum): number | null => (inspections === 0 ? null : points / inspections);

// The trend from the first month that has anything on: a centre that began last month has no empty years before it.
export function sinceFirst(trend: readonly QualityMonthSum[]): QualityMonthSum[] {
  const first = trend.findIndex(({ inspections }) => inspections > 0);
  return first < 0 ? [] : trend.slice(first);
}

// What is written, as the form changes it; empty lines are no causes.
export const textOf = ({ summary, causes }: QualityReport): QualityReportTextInput => ({
  summary,
  causes: causes.map(({ owner, due, ...cause }) => ({ ...cause, owner, due })),
});

export const written = (text: QualityReportTextInput): QualityReportTextInput => ({
  summary: text.summary.trim(),
  causes: text.causes.filter(({ problem, cause, measure }) => `${problem}${cause}${measure}`.trim() !== ''),
});

export const emptyCause: QualityReportTextInput['causes'][number] = { item: '', problem: '', cause: '', measure: '', owner: null, due: null };
