// Where in the sound something is proposed: a pin for each place, with the proposal's number in the list.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { FindingProposal, InspectionMarks, Rubric } from '../../../../api/schema';
import { useLabel } from '../../../../shell/label';
import type { Band, LaneOf } from '../../../contacts/lanes';
import { gravityOf } from '../../rubric/rubrics';
import { stateOf } from './judging';

// Only of those that nobody has judged: what was accepted is among the findings.
export function useProposalLane(proposals: readonly FindingProposal[], marks: InspectionMarks, rubric: Rubric, onPick: (proposal: string) => void): LaneOf[] {
  const { t } = useTranslation('quality');
  const say = useLabel();
  return useMemo(() => {
    const bands = proposals.flatMap((one, at): Band[] => {
      if (stateOf(one, marks) !== 'open') return [];
      return one.places.flatMap(({ start_ms: from, end_ms: until }, place) =>
        from === null
          ? []
          : [
              {
                key: `${one.proposal} ${place}`,
                from,
                until: until ?? from,
                title: `${at + 1}. ${say(one.label)}`,
                tone: 'hit',
                pin: { number: at + 1, gravity: gravityOf([rubric], one.choice), isModel: one.model !== null },
                onPick: () => onPick(one.proposal),
              },
            ],
      );
    });
    return bands.length > 0 ? [{ name: t('proposalLane'), bands }] : [];
  }, [proposals, marks, rubric, onPick, say, t]);
}
