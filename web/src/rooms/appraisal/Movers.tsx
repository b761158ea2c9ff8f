// What changed since last month: those who rose and fell most.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { MonthResult } from '../../api/schema';
import { Panel } from '../../shell/Panel';
import { type Mover, movers } from './month';

const each = 3;

export function Change({ by }: { by: number | undefined }) {
  const { t } = useTranslation('appraisal');
  if (by === undefined) return <span className="quiet">—</span>;
  const text = Math.abs(by).toFixed(2);
  if (text === '0.00') return <span className="quiet">0.00</span>;
  return (
    <span className={by > 0 ? 'rise' : 'fall'}>
      <span aria-hidden>{by > 0 ? '▲' : '▼'}</span>
      <span className="for-ears">{t(by > 0 ? 'rose' : 'fell')}</span> {text}
    </span>
  );
}

function Lines({ period, moved }: { period: string; moved: Mover[] }) {
  return moved.map(({ person, by }) => (
    <li key={person.staff_no}>
      <Link to={`/sheet/${period}/${encodeURIComponent(person.staff_no)}`}>{person.name ?? person.staff_no}</Link>
      <span className="quiet">{person.group}</span>
      <span className="grow" />
      <Change by={by} />
    </li>
  ));
}

export function Movers({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const { up, down } = movers(month, each);
  return (
    <Panel title={t('movers')}>
      {up.length + down.length === 0 ? (
        <p className="quiet">{t('nobodyMoved')}</p>
      ) : (
        <ul className="plain-list">
          <Lines period={month.period} moved={up} />
          <Lines period={month.period} moved={down} />
        </ul>
      )}
    </Panel>
  );
}
