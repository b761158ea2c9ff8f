// The organisation as a tree of units with their leaders.
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import { count } from '../../shell/format';
import { Nothing, Trouble } from '../../shell/Nothing';
import { Panel } from '../../shell/Panel';
import { type Unit, useUnits } from './data';

function Branch({ units, parent }: { units: Unit[]; parent: string | null }) {
  const { t } = useTranslation('people');
  const here = units.filter((unit) => unit.parent === parent);
  if (here.length === 0) return null;
  return (
    <ul className={parent === null ? 'why-tree root' : 'why-tree'}>
      {here.map((unit) => (
        <li key={unit.name}>
          <div className="why-line">
            <Link to={`/people?group=${encodeURIComponent(unit.name)}`}>
              <strong>{unit.name}</strong>
            </Link>
            <span className="quiet">{t('heads', { count: unit.people, formatted: count(unit.people) })}</span>
            {unit.leader && <span>{t('ledBy', { who: unit.leader })}</span>}
          </div>
          <Branch units={units} parent={unit.name} />
        </li>
      ))}
    </ul>
  );
}

export function Organisation() {
  const { t } = useTranslation('people');
  const units = useUnits();
  if (units.isPending) return <Skeleton active />;
  if (units.isError) return <Trouble problem={units.error} onRetry={units.refetch} />;
  const items = units.data.items;
  if (items.length === 0) return <Nothing title={t('noUnits')} />;
  const known = new Set(items.map((unit) => unit.name));
  const rooted = items.map((unit) => (unit.parent !== null && known.has(unit.parent) ? unit : { ...unit, parent: null }));
  return (
    <Panel title={t('organisation')}>
      <Branch units={rooted} parent={null} />
    </Panel>
  );
}
