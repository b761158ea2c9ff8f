// What automatic checks propose about a contact: hits that lead to their places, and what is missing with where it was
// looked for.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckFinding, ContactFindings, Turn } from '../../api/schema';
import { ClauseLink } from '../../shell/ClauseLink';
import { useLabel } from '../../shell/label';
import { Mark } from '../../shell/Mark';
import { useRubricWords } from '../quality/rubric/rubrics';
import { clock } from './dialogue';
import type { Looked } from './Dialogue';
import type { Hit, Spoken } from './findings';

interface Props {
  findings: ContactFindings;
  spoken: readonly Spoken[];
  turns: readonly Turn[];
  chosen: number | undefined; // a hit's number
  looked: Looked | undefined;
  onGo: (hit: Hit) => void;
  onLook: (place: Looked) => void;
}

const excerptLength = 16; // characters
const placesMost = 8; // of one check, before one asks for the others

function useExcerpt(turns: readonly Turn[]) {
  const { t } = useTranslation('contacts');
  return ({ turn, from, to, start }: Hit): string => {
    const time = start === null ? '' : clock(start);
    if (turn === null) return time || t('wholeContact');
    const points = Array.from(turns[turn]?.text ?? '').slice(from ?? 0, to ?? 0);
    if (points.length === 0) return [time, t('turnAt', { turn: turn + 1 })].filter(Boolean).join(' ');
    const words = points.length > excerptLength ? `${points.slice(0, excerptLength).join('')}…` : points.join('');
    return t('saidAt', { at: time || t('turnAt', { turn: turn + 1 }), words });
  };
}

// Where a miss was looked for: whose turns, from which to which.
export function useLooked(): (looked: CheckFinding['looked'][number]) => string {
  const { t } = useTranslation('contacts');
  return ({ role, turns, first, last }) => {
    const who = t(role === 'any' ? 'anybody' : (role as 'agent'));
    if (turns === 0 || first === null || last === null) return t('lookedNowhere', { who });
    return t('lookedIn', { who, turns, first: first + 1, last: last + 1 });
  };
}

export function Head({ finding }: { finding: Pick<CheckFinding, 'label' | 'severity' | 'points' | 'clause'> }) {
  const { t } = useTranslation('contacts');
  const say = useLabel();
  const { severity, gravity } = useRubricWords();
  return (
    <div className="row">
      <strong>{say(finding.label)}</strong>
      <Mark tone={gravity(finding.severity)}>{t('proposes', { severity: severity(finding.severity), points: finding.points })}</Mark>
      <ClauseLink clause={finding.clause} />
    </div>
  );
}

export function Places({ hits, turns, chosen, onGo }: Pick<Props, 'turns' | 'chosen' | 'onGo'> & { hits: readonly Hit[] }) {
  const { t } = useTranslation('contacts');
  const excerpt = useExcerpt(turns);
  const [most, setMost] = useState(placesMost);
  return (
    <div className="row">
      {hits.slice(0, most).map((one) => (
        <button
          key={one.number}
          type="button"
          className="hit-place"
          aria-current={one.number === chosen ? 'true' : undefined}
          onClick={() => onGo(one)}
        >
          <span className="hit-number">{one.number}</span> {excerpt(one)}
        </button>
      ))}
      {hits.length > most && (
        <Button size="small" type="link" onClick={() => setMost(most * 10)}>
          {t('morePlaces', { count: hits.length - most })}
        </Button>
      )}
    </div>
  );
}

function Misses({ finding, looked: chosen, onLook }: Pick<Props, 'looked' | 'onLook'> & { finding: CheckFinding }) {
  const { t } = useTranslation('contacts');
  const say = useLooked();
  const places = new Map(finding.looked.map((looked) => [say(looked), looked]));
  return (
    <div className="row">
      <Mark>{t('missing')}</Mark>
      {[...places].map(([text, { role, turns, first, last }]) => {
        if (turns === 0 || first === null || last === null) {
          return (
            <span key={text} className="quiet">
              {text}
            </span>
          );
        }
        const isChosen = chosen?.role === role && chosen.first === first && chosen.last === last;
        return (
          <button key={text} type="button" className="hit-place quiet" aria-current={isChosen ? 'true' : undefined} onClick={() => onLook({ role, first, last })}>
            {text}
          </button>
        );
      })}
    </div>
  );
}

export function FindingsPanel({ findings, spoken, turns, chosen, looked, onGo, onLook }: Props) {
  const { t } = useTranslation('contacts');
  if (!findings.checked) return <p className="quiet">{t('notChecked')}</p>;
  return (
    <section className="findings" aria-label={t('autoFindings')}>
      <header className="row">
        <h3>{t('autoFindings')}</h3>
        {findings.score !== null && <span>{t('autoScore', { score: findings.score })}</span>}
        <span className="quiet">{t('autoHint')}</span>
      </header>
      {spoken.length === 0 && <Mark tone="good">{t('nothingFoundHere')}</Mark>}
      <ul className="findings-list">
        {spoken.map(({ finding, hits }) => (
          <li key={finding.check}>
            <Head finding={finding} />
            {hits.length > 0 ? (
              <Places hits={hits} turns={turns} chosen={chosen} onGo={onGo} />
            ) : (
              <Misses finding={finding} looked={looked} onLook={onLook} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
