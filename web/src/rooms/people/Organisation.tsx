// The organisation: departments, their groups, who leads them; arranged by those who may.
import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import { count } from '../../shell/format';
import { Nothing, Trouble } from '../../shell/Nothing';
import { Panel } from '../../shell/Panel';
import { useHasRole } from '../../shell/session';
import { type Group, groupsOf, type Organisation as Tree, useOrganisation, useStateOrganisation } from './data';

function Groups({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('people');
  return (
    <ul className="why-tree">
      {groups.map((group) => (
        <li key={group.name} className="why-line">
          <Link to={`/people?group=${encodeURIComponent(group.name)}`}>{group.name}</Link>
          <span className="quiet">{t('heads', { count: group.people, formatted: count(group.people) })}</span>
          {group.leaders.length > 0 && <span>{t('ledBy', { who: group.leaders.map((leader) => leader.name).join('、') })}</span>}
        </li>
      ))}
    </ul>
  );
}

type Arrangement = { name: string; groups: string[] }[];

function Arrange({ tree, onDone }: { tree: Tree; onDone: () => void }) {
  const { t } = useTranslation('people');
  const [departments, setDepartments] = useState<Arrangement>(
    tree.departments.map(({ name, groups }) => ({ name, groups: groups.map((group) => group.name) })),
  );
  const state = useStateOrganisation();
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
            options={groupsOf(tree).map((name) => ({ value: name, label: name, disabled: takenElsewhere(at).has(name) }))}
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
  const organisation = useOrganisation();
  const mayArrange = useHasRole('admin', 'hr', 'manager');
  const [arranging, setArranging] = useState(false);
  if (organisation.isPending) return <Skeleton active />;
  if (organisation.isError) return <Trouble problem={organisation.error} onRetry={organisation.refetch} />;
  const tree = organisation.data;
  const arrange = mayArrange && !arranging && (
    <Button size="small" onClick={() => setArranging(true)}>
      {t('arrange')}
    </Button>
  );
  if (arranging) {
    return (
      <Panel title={t('organisation')}>
        <Arrange tree={tree} onDone={() => setArranging(false)} />
      </Panel>
    );
  }
  return (
    <Panel title={t('organisation')} extra={arrange}>
      {tree.departments.length + tree.groups.length === 0 && <Nothing title={t('noUnits')} />}
      <ul className="why-tree root">
        {tree.departments.map((department) => (
          <li key={department.name}>
            <strong>{department.name}</strong>
            <Groups groups={department.groups} />
          </li>
        ))}
        {tree.groups.length > 0 && (
          <li>
            {tree.departments.length > 0 && <span className="quiet">{t('noDepartment')}</span>}
            <Groups groups={tree.groups} />
          </li>
        )}
      </ul>
    </Panel>
  );
}
