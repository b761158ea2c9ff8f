// The organisation: departments, their groups, who leads them; arranged by those who may.
import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { Unit } from '../../api/schema';
import { count } from '../../shell/format';
import { Nothing, Trouble } from '../../shell/Nothing';
import { Panel } from '../../shell/Panel';
import { useHasRole } from '../../shell/session';
import { type Arrangement, arrangementOf, groupsOf, useArrange, useUnits } from './data';

function Branch({ units, parent }: { units: Unit[]; parent: string | null }) {
  const { t } = useTranslation('people');
  const here = units.filter((unit) => unit.parent === parent);
  if (here.length === 0) return null;
  return (
    <ul className={parent === null ? 'why-tree root' : 'why-tree'}>
      {here.map((unit) => (
        <li key={unit.name}>
          <div className="why-line">
            <Link to={`/people?group=${encodeURIComponent(unit.name)}`}>{unit.name}</Link>
            <span className="quiet">{t('heads', { count: unit.people, formatted: count(unit.people) })}</span>
            {unit.leader && <span>{t('ledBy', { who: unit.leader })}</span>}
          </div>
          <Branch units={units} parent={unit.name} />
        </li>
      ))}
    </ul>
  );
}

function Arrange({ units, onDone }: { units: Unit[]; onDone: () => void }) {
  const { t } = useTranslation('people');
  const [departments, setDepartments] = useState<Arrangement>(arrangementOf(units));
  const state = useArrange();
  const put = (at: number, change: Partial<Arrangement[number]>) =>
    setDepartments(departments.map((department, nth) => (nth === at ? { ...department, ...change } : department)));
  const takenElsewhere = (at: number) => new Set(departments.flatMap(({ groups }, nth) => (nth === at ? [] : groups)));
  return (
    <div className="stack">
      {departments.map((department, at) => (
        <div key={at} className="row">
          <Input
            aria-label={t('department')}
            placeholder={t('department')}
            value={department.name}
            onChange={(event) => put(at, { name: event.target.value })}
            style={{ width: 180 }}
          />
          <Select
            mode="multiple"
            aria-label={t('groupsOf', { name: department.name })}
            placeholder={t('group')}
            value={department.groups}
            options={groupsOf(units).map((name) => ({ value: name, label: name, disabled: takenElsewhere(at).has(name) }))}
            onChange={(groups: string[]) => put(at, { groups })}
            style={{ minWidth: 260, flex: 1 }}
          />
          <Button type="text" onClick={() => setDepartments(departments.filter((_, nth) => nth !== at))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <Button size="small" style={{ justifySelf: 'start' }} onClick={() => setDepartments([...departments, { name: '', groups: [] }])}>
        {t('addDepartment')}
      </Button>
      {state.isError && <Alert type="error" showIcon message={state.error.message} />}
      <div className="row">
        <Button type="primary" loading={state.isPending} onClick={() => state.mutate(departments, { onSuccess: onDone })}>
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </div>
  );
}

export function Organisation() {
  const { t } = useTranslation('people');
  const units = useUnits();
  const mayArrange = useHasRole('admin', 'hr', 'manager');
  const [arranging, setArranging] = useState(false);
  if (units.isPending) return <Skeleton active />;
  if (units.isError) return <Trouble problem={units.error} onRetry={units.refetch} />;
  const items = units.data.items;
  if (arranging) {
    return (
      <Panel title={t('organisation')}>
        <Arrange units={items} onDone={() => setArranging(false)} />
      </Panel>
    );
  }
  const arrange = mayArrange && (
    <Button size="small" onClick={() => setArranging(true)}>
      {t('arrange')}
    </Button>
  );
  return (
    <Panel title={t('organisation')} extra={arrange}>
      {items.length === 0 ? <Nothing title={t('noUnits')} /> : <Branch units={items} parent={null} />}
    </Panel>
  );
}
