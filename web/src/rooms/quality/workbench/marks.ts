// What an inspector does to the marks of a record; each step gives new marks and leaves the old ones as they were.
import { pointsOf, withinRange } from '../shared/rubric';
import type { FindingSpan, InspectionFinding, InspectionMarks, ProposalJudgement, Rubric } from '../../../api/schema';

export const emptyMarks: InspectionMarks = { findings: [], bonuses: [], not_applicable: [], judgements: null };

const lastNumber = ({ findings }: InspectionMarks) => findings.at(-1)?.number ?? 0;

export interface Added {
  marks: InspectionMarks;
  number: number;
}

// A new finding about an item begins as the mildest one.
export function addFinding(marks: InspectionMarks, rubric: Rubric, item: string, span: FindingSpan | null): Added {
  const number = lastNumber(marks) + 1;
  const mildest = rubric.severities[0];
  const finding: InspectionFinding = {
    number,
    item,
    choice: mildest?.id ?? '',
    points: mildest ? (pointsOf(mildest)[0] ?? 0) : 0,
    span,
    reason: '',
  };
  return { marks: { ...marks, findings: [...marks.findings, finding] }, number };
}

export function changeFinding(marks: InspectionMarks, number: number, change: Partial<InspectionFinding>): InspectionMarks {
  return { ...marks, findings: marks.findings.map((finding) => (finding.number === number ? { ...finding, ...change } : finding)) };
}

// A finding of another severity costs what is nearest to what it cost.
export function withSeverity(rubric: Rubric, finding: InspectionFinding, choice: string): Partial<InspectionFinding> {
  const severity = rubric.severities.find(({ id }) => id === choice);
  return severity ? { choice, points: withinRange(finding.points, severity) } : {};
}

// What was judged by writing it is open again.
export function removeFinding(marks: InspectionMarks, number: number): InspectionMarks {
  const judgements = marks.judgements?.filter((judgement) => judgement.finding !== number) ?? [];
  return {
    ...marks,
    findings: marks.findings.filter((finding) => finding.number !== number),
    judgements: judgements.length > 0 ? judgements : null,
  };
}

// Puts a removed one back in its place, with the proposal that it was made of unless that was judged anew.
export function putBack(marks: InspectionMarks, finding: InspectionFinding, judgement?: ProposalJudgement): InspectionMarks {
  const free = marks.findings.every(({ number }) => number !== finding.number);
  const back = free ? finding : { ...finding, number: lastNumber(marks) + 1 };
  const findings = [...marks.findings, back].sort((a, b) => a.number - b.number);
  const others = marks.judgements ?? [];
  if (!judgement || others.some(({ proposal }) => proposal === judgement.proposal)) return { ...marks, findings };
  return { ...marks, findings, judgements: [...others, { ...judgement, finding: back.number }] };
}

// Weighted rubrics: an item has one answer, chosen anew as often as one likes.
export function answer(marks: InspectionMarks, item: string, choice: string): InspectionMarks {
  const before = marks.findings.find((finding) => finding.item === item);
  if (before) return changeFinding(marks, before.number, { choice });
  const finding = { number: lastNumber(marks) + 1, item, choice, points: 0, span: null, reason: '' };
  return { ...marks, findings: [...marks.findings, finding], not_applicable: marks.not_applicable.filter((id) => id !== item) };
}

// An item with findings applies; an answer gives way, for it says nothing any more.
export function setApplicable(marks: InspectionMarks, rubric: Rubric, item: string, applies: boolean): InspectionMarks {
  const others = marks.not_applicable.filter((id) => id !== item);
  if (applies) return { ...marks, not_applicable: others };
  const found = marks.findings.some((finding) => finding.item === item);
  if (found && rubric.form === 'deduct') return marks;
  return { ...marks, findings: marks.findings.filter((finding) => finding.item !== item), not_applicable: [...others, item] };
}

export function setBonus(marks: InspectionMarks, bonus: string, change: { points?: number; reason?: string }): InspectionMarks {
  const before = marks.bonuses.find((given) => given.bonus === bonus);
  const after = { bonus, points: 0, reason: '', ...before, ...change };
  return { ...marks, bonuses: before ? marks.bonuses.map((given) => (given === before ? after : given)) : [...marks.bonuses, after] };
}

export const removeBonus = (marks: InspectionMarks, bonus: string): InspectionMarks => ({
  ...marks,
  bonuses: marks.bonuses.filter((given) => given.bonus !== bonus),
});

// Judgements have no order, and none of them are as good as none at all.
const inOrder = ({ judgements, ...marks }: InspectionMarks) => ({
  ...marks,
  judgements: [...(judgements ?? [])]
    .sort((a, b) => (a.proposal < b.proposal ? -1 : 1))
    .map(({ proposal, finding, reason }) => [proposal, finding, reason ?? '']),
});

export const sameMarks = (a: InspectionMarks, b: InspectionMarks) => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
