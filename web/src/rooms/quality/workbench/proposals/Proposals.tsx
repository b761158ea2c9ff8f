// What the machine proposes, beside the rubric: accepted as it is, accepted to be changed, or rejected with a reason.
// Nothing of it counts unless an inspector writes it down.
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

import type { FindingProposal, FindingSpan, InspectionMarks, Rubric, Turn } from '../../../../api/schema';
import { useKept } from '../../../../shell/kept';
import { stateOf } from './judging';
import { OneProposal } from './OneProposal';
import './proposals.css';

interface Props {
  proposals: readonly FindingProposal[];
  marks: InspectionMarks;
  rubric: Rubric;
  turns: readonly Turn[];
  current: string | undefined;
  rejecting: string | undefined; // the one whose reason is being written
  onCurrent: (proposal: string) => void;
  onAccept: (proposal: FindingProposal, open: boolean) => void; // open: to be changed
  onRejecting: (proposal: string | undefined) => void;
  onReject: (proposal: FindingProposal, reason: string) => void;
  onReopen: (proposal: FindingProposal) => void;
  onFinding: (number: number) => void;
  onGo: (span: FindingSpan) => void;
}

export function Proposals(props: Props) {
  const { proposals, marks } = props;
  const { t } = useTranslation('quality');
  const [open, setOpen] = useKept('bench.proposals', true);
  if (proposals.length === 0) return null;
  const left = proposals.filter((proposal) => stateOf(proposal, marks) === 'open').length;
  return (
    <section className="proposals" aria-label={t('proposals')}>
      <h3>
        <button type="button" className="proposals-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {t('proposals')}
          <span className="quiet">{t(left > 0 ? 'proposalsLeft' : 'proposalsDone', { left, count: proposals.length })}</span>
        </button>
      </h3>
      {open && (
        <>
          <p className="quiet">{t('proposalsHint')}</p>
          <ul>
            {proposals.map((proposal, at) => (
              <OneProposal key={proposal.proposal} {...props} proposal={proposal} number={at + 1} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export type ProposalsProps = Props;
