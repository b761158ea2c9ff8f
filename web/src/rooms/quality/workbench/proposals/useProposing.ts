// Judging proposals while inspecting: which one is looked at, its steps, and their keys.
import { useState } from 'react';

import type { FindingProposal, InspectionMarks } from '../../../../api/schema';
import { useLabel } from '../../../../shell/label';
import type { KeyActions } from '../useBenchKeys';
import { useProposals } from './data';
import { accept, nextOpen, reject, reopen, stateOf } from './judging';

interface Ways {
  now: () => InspectionMarks;
  change: (marks: InspectionMarks) => void;
  open: (finding: number) => void; // to be written
  go: (proposal: FindingProposal) => void; // to its place in the record
}

const none: readonly FindingProposal[] = [];

export function useProposing(inspection: string, { now, change, open, go }: Ways) {
  const say = useLabel();
  const proposals = useProposals(inspection).data ?? none;
  const [current, setCurrent] = useState<string>();
  const [rejecting, setRejecting] = useState<string>();

  const look = (proposal: FindingProposal | undefined) => {
    setCurrent(proposal?.proposal);
    if (proposal) go(proposal);
  };
  const onAccept = (proposal: FindingProposal, toChange: boolean) => {
    const { marks, number } = accept(now(), proposal, say(proposal.label));
    change(marks);
    setRejecting(undefined);
    if (toChange) open(number);
    else look(nextOpen(proposals, marks, proposal.proposal));
  };
  const onReject = (proposal: FindingProposal, reason: string) => {
    const marks = reject(now(), proposal, reason);
    change(marks);
    setRejecting(undefined);
    look(nextOpen(proposals, marks, proposal.proposal));
  };
  const onReopen = (proposal: FindingProposal) => {
    change(reopen(now(), proposal));
    setCurrent(proposal.proposal);
  };
  // The one that is looked at while it is open; else the keys go to the first that is.
  const chosen = () => {
    const here = proposals.find(({ proposal }) => proposal === current);
    return here && stateOf(here, now()) === 'open' ? here : nextOpen(proposals, now(), current);
  };
  const onChosen = (act: (proposal: FindingProposal) => void) => () => {
    const proposal = chosen();
    if (proposal) act(proposal);
  };
  const keys: KeyActions = {
    p: () => look(nextOpen(proposals, now(), current)),
    a: onChosen((proposal) => onAccept(proposal, false)),
    e: onChosen((proposal) => onAccept(proposal, true)),
    x: onChosen((proposal) => {
      setCurrent(proposal.proposal);
      setRejecting(proposal.proposal);
    }),
  };
  return { proposals, current, rejecting, keys, onCurrent: setCurrent, onAccept, onRejecting: setRejecting, onReject, onReopen };
}
