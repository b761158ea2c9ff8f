// The people of the centre with their history; for administrators, the accounts beside them.
import { Drawer, Empty, Input, Select, Skeleton, Table, Tabs, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { get } from '../../api/client';
import { MoreRows } from '../../shell/MoreRows';
import { usePrincipal } from '../../shell/session';
import { useCursorList, useFilters } from '../../shell/useCursorList';
import { Accounts } from './Accounts';

interface Person {
  staff_no: string;
  name: string;
  group: string;
  position: string;
  hired_on: string;
  left_on: string | null;
  probation_until: string | null;
  products: string[];
  phone_ids: string[];
}

interface PersonWithHistory extends Person {
  history: (Omit<Person, 'staff_no' | 'name' | 'hired_on' | 'left_on'> & { effective_from: string | null })[];
}

const filterNames = ['q', 'group', 'position'] as const;
const positions = ['agent', 'shift_leader', 'inspector', 'supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'] as const;
type Position = (typeof positions)[number];

function History({ staff, onClose }: { staff: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('people');
  const person = useQuery({
    queryKey: ['person', staff],
    queryFn: ({ signal }) => get<PersonWithHistory>(`/people/${encodeURIComponent(staff ?? '')}`, signal),
    enabled: staff !== undefined,
  });
  return (
    <Drawer
      open={staff !== undefined}
      onClose={onClose}
      title={person.data ? `${person.data.name} ${person.data.staff_no}` : ''}
      width="min(680px, 100vw)"
    >
      {person.isPending && <Skeleton active />}
      {person.isError && <Empty description={person.error.message} />}
      {person.data && (
        <Table
          size="small"
          pagination={false}
          rowKey={(row) => row.effective_from ?? ''}
          dataSource={person.data.history}
          title={() => t('history')}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('from'), key: 'from', render: (_, row) => row.effective_from ?? person.data.hired_on },
            { title: t('group'), dataIndex: 'group' },
            { title: t('position'), key: 'position', render: (_, row) => t(row.position as Position) },
            { title: t('probationUntil'), key: 'probation', render: (_, row) => row.probation_until ?? '' },
            { title: t('products'), key: 'products', render: (_, row) => row.products.join('、') },
            { title: t('phoneIds'), key: 'phones', render: (_, row) => row.phone_ids.join(' ') },
          ]}
        />
      )}
    </Drawer>
  );
}

function PeopleList() {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const { staff } = useParams();
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<Person>('/people', values, 200);
  return (
    <>
      <div className="page-head">
        <Input.Search
          aria-label={t('find')}
          placeholder={t('find')}
          allowClear
          defaultValue={values.q ?? ''}
          onSearch={(q) => set({ q })}
          style={{ width: 220 }}
        />
        <Select
          aria-label={t('position')}
          allowClear
          placeholder={t('position')}
          value={values.position ?? null}
          options={positions.map((position) => ({ value: position, label: t(position) }))}
          onChange={(position: string | null) => set({ position: position ?? undefined })}
          style={{ minWidth: 130 }}
        />
      </div>
      <Table
        size="small"
        rowKey="staff_no"
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        sticky
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={query.error?.message ?? t('noPeople')} /> }}
        onRow={(row) => ({ onClick: () => navigate(`/people/${row.staff_no}`), tabIndex: 0, className: 'row-link' })}
        columns={[
          { title: t('staffNo'), dataIndex: 'staff_no' },
          { title: t('name'), dataIndex: 'name' },
          { title: t('group'), dataIndex: 'group' },
          { title: t('position'), key: 'position', render: (_, row) => t(row.position as Position) },
          { title: t('hiredOn'), dataIndex: 'hired_on' },
          { title: t('probationUntil'), key: 'probation', render: (_, row) => row.probation_until ?? '' },
          { title: t('leftOn'), key: 'left', render: (_, row) => row.left_on && <Tag>{row.left_on}</Tag> },
          { title: t('products'), key: 'products', responsive: ['lg'], render: (_, row) => row.products.join('、') },
          {
            title: t('phoneIds'),
            key: 'phones',
            responsive: ['lg'],
            render: (_, row) => <code className="quiet">{row.phone_ids.join(' ')}</code>,
          },
        ]}
      />
      <MoreRows query={query} />
      <History staff={staff} onClose={() => navigate('/people')} />
    </>
  );
}

export default function PeoplePage() {
  const { t } = useTranslation('people');
  const principal = usePrincipal();
  const isAdmin = principal.roles.some(({ role }) => role === 'admin');
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('people')}</h1>
      </div>
      {isAdmin ? (
        <Tabs
          items={[
            { key: 'people', label: t('people'), children: <PeopleList /> },
            { key: 'accounts', label: t('accounts'), children: <Accounts /> },
          ]}
        />
      ) : (
        <PeopleList />
      )}
    </div>
  );
}
