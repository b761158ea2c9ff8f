// The people of the centre with their history, the organisation, and for administrators the accounts.
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';

import type { Person } from '../../api/schema';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark } from '../../shell/Mark';
import { SearchField } from '../../shell/SearchField';
import { useHasRole } from '../../shell/session';
import { TabBar } from '../../shell/TabBar';
import { useCursorList, useFilters } from '../../shell/useCursorList';
import { Accounts } from './Accounts';
import { groupsOf, positions, useUnits } from './data';
import { OnePerson } from './OnePerson';
import { Organisation } from './Organisation';
import { PersonForm, useMayEditPeople } from './PersonForm';

const filterNames = ['q', 'group', 'position'] as const;

function Filters({ onAdd }: { onAdd: (() => void) | undefined }) {
  const { t } = useTranslation('people');
  const { values, set } = useFilters(filterNames);
  const units = useUnits();
  return (
    <>
      <SearchField key={values.q} label={t('find')} value={values.q} onSearch={(q) => set({ q })} size="small" />
      <Select
        aria-label={t('group')}
        size="small"
        popupMatchSelectWidth={false}
        allowClear
        placeholder={t('allGroups')}
        value={values.group ?? null}
        options={groupsOf(units.data?.items ?? []).map((name) => ({ value: name, label: name }))}
        onChange={(group: string | null) => set({ group: group ?? undefined })}
        style={{ minWidth: 130 }}
      />
      <Select
        aria-label={t('position')}
        size="small"
        popupMatchSelectWidth={false}
        allowClear
        placeholder={t('allPositions')}
        value={values.position ?? null}
        options={positions.map((position) => ({ value: position, label: t(position) }))}
        onChange={(position: string | null) => set({ position: position ?? undefined })}
        style={{ minWidth: 130 }}
      />
      {onAdd && (
        <Button size="small" type="primary" onClick={onAdd}>
          {t('addPerson')}
        </Button>
      )}
    </>
  );
}

function PeopleList() {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const { staff } = useParams();
  const [search] = useSearchParams();
  const mayEdit = useMayEditPeople();
  const [adding, setAdding] = useState(false);
  const { values } = useFilters(filterNames);
  const { rows, query } = useCursorList<Person>('/people', values, 200);
  const to = (path: string) => ({ pathname: path, search: search.toString() });
  // Days of employment are HR's and the managers' to see.
  const seesDays = rows.some((row) => row.hired_on !== undefined);
  const days: ListColumn<Person>[] = [
    { key: 'hired_on', title: t('hiredOn'), cell: (row) => row.hired_on ?? '' },
    { key: 'probation_until', title: t('probationUntil'), cell: (row) => row.probation_until ?? '' },
    { key: 'left_on', title: t('leftOn'), text: (row) => row.left_on ?? '', cell: (row) => row.left_on && <Mark>{row.left_on}</Mark> },
  ];
  const columns: ListColumn<Person>[] = [
    { key: 'staff_no', title: t('staffNo'), cell: (row) => row.staff_no },
    {
      key: 'name',
      title: t('name'),
      text: (row) => row.name,
      cell: (row) => (
        <Link to={to(`/people/${encodeURIComponent(row.staff_no)}`)}>
          {row.name}
        </Link>
      ),
    },
    { key: 'group', title: t('group'), narrow: true, cell: (row) => row.group },
    { key: 'position', title: t('position'), cell: (row) => t(row.position) },
    ...(seesDays ? days : []),
    { key: 'products', title: t('products'), cell: (row) => row.products.join('、') },
    { key: 'phone_ids', title: t('phoneIds'), text: (row) => row.phone_ids.join(' '), cell: (row) => <code className="quiet">{row.phone_ids.join(' ')}</code> },
  ];
  return (
    <>
      <Listing
        name="people"
        caption={t('people')}
        rowKey={(row) => row.staff_no}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noPeople')}
        tools={<Filters onAdd={mayEdit ? () => setAdding(true) : undefined} />}
        onOpen={(row) => navigate(to(`/people/${encodeURIComponent(row.staff_no)}`))}
      />
      <OnePerson staff={staff} onClose={() => navigate(to('/people'))} />
      <Modal open={adding} onCancel={() => setAdding(false)} title={t('addPerson')} footer={null} destroyOnHidden>
        <PersonForm onDone={() => setAdding(false)} />
      </Modal>
    </>
  );
}

export default function PeoplePage() {
  const { t } = useTranslation('people');
  const isAdmin = useHasRole('admin');
  const [search, setSearch] = useSearchParams();
  const tabs = ['people', 'organisation', ...(isAdmin ? ['accounts'] : [])].map((key) => ({ key, title: t(key) }));
  const current = tabs.find(({ key }) => key === search.get('tab'))?.key ?? 'people';
  return (
    <div className="page">
      <div className="page-head" style={{ marginBottom: 0 }}>
        <h1>{t('people')}</h1>
      </div>
      <TabBar label={t('people')} tabs={tabs} current={current} onChange={(tab) => setSearch(tab === 'people' ? {} : { tab })} />
      {current === 'people' && <PeopleList />}
      {current === 'organisation' && <Organisation />}
      {current === 'accounts' && <Accounts />}
    </div>
  );
}
