// One proposal: what it says with its evidence and clause, and what can be made of it.
import { Button, Input, type InputRef, Tooltip } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FindingProposal, FindingSpan } from '../../../../api/schema';
import { ClauseLink } from '../../../../shell/ClauseLink';
import { useLabel } from '../../../../shell/label';
import { Mark, type Tone } from '../../../../shell/Mark';
import { MarkedWords } from '../../../contacts/MarkedWords';
import { useLooked } from '../../../contacts/FindingsPanel';
import { gravityOf } from '../../rubric/rubrics';
import { Place } from '../../shared/Place';
import { itemOf, severityOf } from '../../shared/rubric';
import { findingOf, reasonOf, stateOf } from './judging';
import type { ProposalsProps } from './Proposals';

const tones: Record<FindingProposal['state'], Tone> = { open: 'plain', accepted: 'good', changed: 'info', rejected: 'plain' };
const reasonMax = 2000;

// A place as the record is entered at it.
const spanOf = ({ turn, from, to, start_ms, end_ms }: FindingProposal['places'][number]): FindingSpan | null => {
  if (turn !== null && from !== null && to !== null) return { of: 'text', turn, from, until: to };
  return start_ms === null ? null : { of: 'time', turn: 0, from: start_ms, until: end_ms ?? start_ms };
};

function Evidence({ proposal, turns, onGo }: Pick<ProposalsProps, 'turns' | 'onGo'> & { proposal: FindingProposal }) {
  const { t } = useTranslation('quality');
  const looked = useLooked();
  const { quote, places, span, missing } = proposal;
  if (missing) {
    const where = [...new Set(proposal.looked.map((one) => looked({ condition: '', ...one })))];
    return <p className="quiet">{t('proposalMissing', { where: where.join(t('proposalJoin')) })}</p>;
  }
  const spans = places.map(spanOf).filter((one) => one !== null);
  return (
    <>
      {quote && (
        <blockquote>
          <MarkedWords text={quote.text} marks={[{ number: 1, from: quote.from, until: quote.to, title: t('proposals'), gravity: 'warn' }]} />
        </blockquote>
      )}
      <div className="row">
        {(spans.length > 0 ? spans : span ? [span] : []).map((one) => (
          <Place key={`${one.of}-${one.turn}-${one.from}`} span={one} turns={turns} onGo={onGo} />
        ))}
      </div>
    </>
  );
}

// No rule has matched: a model thinks so.
function ByModel({ model }: { model: string }) {
  const { t } = useTranslation('quality');
  return (
    <Tooltip title={t('byModelHint', { model })}>
      <span className="by-model" tabIndex={0}>
        {t('byModel')}
      </span>
    </Tooltip>
  );
}

// Written in place; Enter rejects, Escape leaves it.
function Reason({ about, onReject, onLeave }: { about: string; onReject: (reason: string) => void; onLeave: () => void }) {
  const { t } = useTranslation('quality');
  const [reason, setReason] = useState('');
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="proposal-reason">
      <Input
        ref={field}
        size="small"
        aria-label={t('rejectWhy')}
        placeholder={t('rejectHint')}
        maxLength={reasonMax}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => reason.trim() !== '' && onReject(reason.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onLeave();
        }}
      />
      <Button size="small" danger disabled={reason.trim() === ''} onClick={() => onReject(reason.trim())} aria-describedby={about}>
        {t('reject')}
      </Button>
      <Button size="small" onClick={onLeave}>
        {t('leaveIt')}
      </Button>
    </div>
  );
}

export function OneProposal({ proposal, number, ...props }: ProposalsProps & { proposal: FindingProposal; number: number }) {
  const { marks, rubric, turns, current, rejecting, onCurrent, onAccept, onRejecting, onReject, onReopen, onFinding, onGo } = props;
  const { t } = useTranslation('quality');
  const say = useLabel();
  const line = useRef<HTMLLIElement>(null);
  const { proposal: id, item, choice, points, clause } = proposal;
  const isCurrent = id === current;
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const state = stateOf(proposal, marks);
  const finding = findingOf(proposal, marks);
  const what = itemOf(rubric, item);
  const severity = severityOf(rubric, choice);
  const about = useId();
  return (
    <li ref={line} className={`proposal proposal-${state} ${proposal.model === null ? '' : 'proposal-model'}`} aria-current={isCurrent ? 'true' : undefined} onClick={() => onCurrent(id)}>
      <div className="row">
        {proposal.model !== null && <ByModel model={proposal.model} />}
        <strong id={about}>
          <span className="quiet">{number}</span> {say(proposal.label)}
        </strong>
        <Mark tone={gravityOf([rubric], choice)}>{`${severity ? say(severity.label) : choice} −${points}`}</Mark>
        <span className="quiet">{what ? say(what.label) : item}</span>
        <ClauseLink clause={clause} />
      </div>
      <Evidence proposal={proposal} turns={turns} onGo={onGo} />
      {rejecting === id && <Reason about={about} onReject={(reason) => onReject(proposal, reason)} onLeave={() => onRejecting(undefined)} />}
      {state === 'open' && rejecting !== id && (
        <div className="row">
          <Button size="small" type={isCurrent ? 'primary' : 'default'} onClick={() => onAccept(proposal, false)} aria-describedby={about}>
            {t('accept')} {isCurrent && <kbd>A</kbd>}
          </Button>
          <Button size="small" onClick={() => onAccept(proposal, true)} aria-describedby={about}>
            {t('acceptChanged')} {isCurrent && <kbd>E</kbd>}
          </Button>
          <Button size="small" onClick={() => onRejecting(id)} aria-describedby={about}>
            {t('reject')} {isCurrent && <kbd>X</kbd>}
          </Button>
        </div>
      )}
      {state !== 'open' && (
        <div className="row">
          <Mark tone={tones[state]}>{t(`proposal_${state}`)}</Mark>
          {finding !== undefined && (
            <Button size="small" type="link" onClick={() => onFinding(finding)}>
              {t('findingNumber', { number: finding })}
            </Button>
          )}
          {state === 'rejected' && <span className="quiet">{reasonOf(proposal, marks)}</span>}
          <span className="grow" />
          <Button size="small" type="text" onClick={() => onReopen(proposal)} aria-describedby={about}>
            {t('undo')}
          </Button>
        </div>
      )}
    </li>
  );
}
