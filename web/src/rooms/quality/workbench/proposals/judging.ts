// What an inspector makes of what the machine proposes; each step gives new marks and leaves the old ones as they were.
// A proposal by itself is nothing: only findings are scored.
import type { FindingProposal, InspectionMarks, ProposalJudgement, ProposalState } from '../../../../api/schema';
import type { Added } from '../marks';

const judgementsOf = (marks: InspectionMarks) => marks.judgements ?? [];

const withJudgement = (marks: InspectionMarks, judgement: ProposalJudgement): InspectionMarks => ({
  ...marks,
  judgements: [...judgementsOf(marks).filter(({ proposal }) => proposal !== judgement.proposal), judgement],
});

// As the marks have it now: what the server says is what was saved.
export function stateOf(proposal: FindingProposal, marks: InspectionMarks): ProposalState {
  const judgement = judgementsOf(marks).find((one) => one.proposal === proposal.proposal);
  if (!judgement) return 'open';
  const finding = marks.findings.find(({ number }) => number === judgement.finding);
  if (!finding) return 'rejected';
  const isSame = finding.item === proposal.item && finding.choice === proposal.choice && finding.points === proposal.points;
  return isSame ? 'accepted' : 'changed';
}

export const findingOf = (proposal: FindingProposal, marks: InspectionMarks): number | undefined =>
  judgementsOf(marks).find((one) => one.proposal === proposal.proposal)?.finding ?? undefined;

export const reasonOf = (proposal: FindingProposal, marks: InspectionMarks): string =>
  judgementsOf(marks).find((one) => one.proposal === proposal.proposal)?.reason ?? '';

// Writes down what it proposes, with `reason` as its description; the finding can be changed afterwards like any other.
export function accept(marks: InspectionMarks, proposal: FindingProposal, reason: string): Added {
  const number = (marks.findings.at(-1)?.number ?? 0) + 1;
  const { item, choice, points, span } = proposal;
  const applies = marks.not_applicable.filter((id) => id !== item);
  const findings = [...marks.findings, { number, item, choice, points, span, reason }];
  return { number, marks: withJudgement({ ...marks, findings, not_applicable: applies }, { proposal: proposal.proposal, finding: number, reason: null }) };
}

export const reject = (marks: InspectionMarks, proposal: FindingProposal, reason: string): InspectionMarks =>
  withJudgement(marks, { proposal: proposal.proposal, finding: null, reason: reason.trim() === '' ? null : reason });

// As if nobody had looked at it; a finding that was made of it goes.
export function reopen(marks: InspectionMarks, proposal: FindingProposal): InspectionMarks {
  const finding = findingOf(proposal, marks);
  const judgements = judgementsOf(marks).filter((one) => one.proposal !== proposal.proposal);
  return {
    ...marks,
    findings: marks.findings.filter(({ number }) => number !== finding),
    judgements: judgements.length > 0 ? judgements : null,
  };
}

// The next one that nobody has judged, behind `current`, then from the beginning.
export function nextOpen(proposals: readonly FindingProposal[], marks: InspectionMarks, current: string | undefined): FindingProposal | undefined {
  const at = proposals.findIndex(({ proposal }) => proposal === current);
  const inTurn = [...proposals.slice(at + 1), ...proposals.slice(0, at + 1)];
  return inTurn.find((one) => stateOf(one, marks) === 'open' && one.proposal !== current) ?? proposals.find((one) => stateOf(one, marks) === 'open');
}
