// What automatic checks propose about a contact: hits that lead to their places, and what is missing with where it was
// looked for.
import { useTranslation } from 'react-i18next';

import type { CheckFinding, ContactFindings, Turn } from '../../api/schema';
import { ClauseLink } from '../../shell/ClauseLink';
import { useLabel } from '../../shell/label';
import { Mark } from '../../shell/Mark';
import { useRubricWords } from '../quality/rubric/rubrics';
import { clock } from './dialogue';
import type { Hit, Spoken } from './findings';

interface Props {
  findings: ContactFindings;
  spoken: readonly Spoken[];
  turns: readonly Turn[];
  chosen: number | undefined;
  onGo: (hit: Hit) => void;
}

const shown = 16; // characters of an excerpt

function useExcerpt(turns: readonly Turn[]) {
  const { t } = useTranslation('contacts');
  return ({ turn, from, to, start }: Hit): string => {
    const time = start === null ? '' : clock(start);
    if (turn === null) return time || t('wholeContact');
    if (from === null || to === null) return [time, t('turnAt', { turn: turn + 1 })].filter(Boolean).join(' ');
    const points = Array.from(turns[turn]?.text ?? '').slice(from, to);
    const words = points.length > shown ? `${points.slice(0, shown).join('')}…` : points.join('');
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

function Head({ finding }: { finding: CheckFinding }) {
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

export function FindingsPanel({ findings, spoken, turns, chosen, onGo }: Props) {
  const { t } = useTranslation('contacts');
  const excerpt = useExcerpt(turns);
  const looked = useLooked();
  const hit = spoken.filter(({ hits }) => hits.length > 0);
  const missing = spoken.filter(({ hits }) => hits.length === 0);
  if (!findings.checked) return <p className="quiet">{t('notChecked')}</p>;
  return (
    <section className="findings stack" aria-label={t('autoFindings')}>
      <header className="row">
        <h3>{t('autoFindings')}</h3>
        {findings.score !== null && <span>{t('autoScore', { score: findings.score })}</span>}
        <span className="quiet">{t('autoHint')}</span>
      </header>
      {spoken.length === 0 && <Mark tone="good">{t('nothingFoundHere')}</Mark>}
      <ul className="findings-list">
        {hit.map(({ finding, hits }) => (
          <li key={finding.check}>
            <Head finding={finding} />
            <div className="row">
              {hits.map((one) => (
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
            </div>
          </li>
        ))}
        {missing.map(({ finding }) => (
          <li key={finding.check}>
            <Head finding={finding} />
            <div>
              <Mark>{t('missing')}</Mark>{' '}
              <span className="quiet">{[...new Set(finding.looked.map(looked))].join(t('lookedJoin'))}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
