// The month: everybody's result in rank order, quota against actual, what is open before closing.
import { Button, Empty, Input, Select, Skeleton, Space, Table, Tag, Typography } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';

import type { MonthPerson, MonthResult } from '../../api/types';
import { useListKeys } from '../../shell/useListKeys';
import { money, monthName, placed } from '../../shell/format';
import { ClosingActions } from './ClosingActions';
import { useMonth, useMonths } from './data';
import { Precheck } from './Precheck';
import { Stars } from './Stars';

const MonthCharts = lazy(() => import('./MonthCharts'));

const shownItems = ['recording', 'text', 'average_handling_time', 'satisfaction', 'connection_rate', 'exam'] as const;

function byRank(a: MonthPerson, b: MonthPerson) {
  const rank = (person: MonthPerson) => person.rank ?? Number.MAX_SAFE_INTEGER;
  return rank(a) - rank(b) || Number(b.scorecard?.total ?? -1) - Number(a.scorecard?.total ?? -1) || (a.staff_no < b.staff_no ? -1 : 1);
}

function change(person: MonthPerson, month: MonthResult) {
  const before = month.previous[person.staff_no];
  const now = person.scorecard?.total;
  if (before === undefined || !now) return null;
  return Number(now) - Number(before);
}

function Change({ by }: { by: number | null }) {
  if (by === null) return <span className="quiet">—</span>;
  const text = Math.abs(by).toFixed(2);
  if (by === 0) return <span className="quiet">0.00</span>;
  return by > 0 ? <span style={{ color: '#2e7d4f' }}>▲ {text}</span> : <span style={{ color: '#b23b2e' }}>▼ {text}</span>;
}

function useColumns(month: MonthResult | undefined): ColumnsType<MonthPerson> {
  const { t, i18n } = useTranslation('appraisal');
  return useMemo(() => {
    if (!month) return [];
    const language = i18n.language === 'en' ? 'en' : 'zh';
    const labels = new Map(
      month.people.flatMap((person) => person.scorecard?.items ?? []).map((item) => [item.id, item.label?.[language] ?? item.id]),
    );
    const right = { align: 'right', className: 'figure' } as const;
    const score = (id: string) => (person: MonthPerson) =>
      placed(person.scorecard?.items.find((item) => item.id === id)?.score, 2);
    return [
      { title: t('rank'), dataIndex: 'rank', width: 56, ...right, render: (rank: number | null) => rank ?? '—' },
      { title: t('staffNo'), dataIndex: 'staff_no', width: 64 },
      {
        title: t('name'),
        key: 'name',
        width: 128,
        render: (_, person) => (
          <>
            {person.name} {person.on_probation && <Tag>{t('probation')}</Tag>}
          </>
        ),
      },
      { title: t('group'), dataIndex: 'group', width: 84 },
      { title: t('position'), dataIndex: 'position', width: 88, render: (position: string) => t(position as 'agent') },
      {
        title: t('total'),
        key: 'total',
        width: 84,
        ...right,
        sorter: (a, b) => Number(a.scorecard?.total ?? -1) - Number(b.scorecard?.total ?? -1),
        render: (_, person) => <strong>{person.scorecard?.total ?? '—'}</strong>,
      },
      { title: t('star'), key: 'star', width: 84, render: (_, person) => <Stars star={person.star} rated={person.rated} /> },
      ...shownItems
        .filter((id) => labels.has(id))
        .map((id) => ({
          title: labels.get(id),
          key: id,
          width: 84,
          ...right,
          responsive: ['lg' as const],
          render: (_: unknown, person: MonthPerson) => score(id)(person),
        })),
      { title: t('pay'), key: 'pay', width: 104, ...right, render: (_, person) => money(person.pay?.total) },
      { title: t('change'), key: 'change', width: 88, ...right, render: (_, person) => <Change by={change(person, month)} /> },
    ];
  }, [month, t, i18n.language]);
}

function Totals({ people, columns }: { people: MonthPerson[]; columns: ColumnsType<MonthPerson> }) {
  const { t } = useTranslation('appraisal');
  const totals = people.flatMap((person) => (person.scorecard?.total ? [Number(person.scorecard.total)] : []));
  // Fen, so that adding up cannot lose any.
  const fen = people.reduce((sum, person) => sum + Math.round(Number(person.pay?.total ?? 0) * 100), 0);
  const mean = totals.length === 0 ? '—' : (totals.reduce((a, b) => a + b, 0) / totals.length).toFixed(2);
  return (
    <Table.Summary.Row>
      {columns.map((column, at) => (
        <Table.Summary.Cell key={column.key ?? at} index={at} align={column.align ?? 'left'}>
          {column.key === 'name' && `${people.length} ${t('people')}`}
          {column.key === 'total' && mean}
          {column.key === 'pay' && fen > 0 && money((fen / 100).toFixed(2))}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}

function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string | undefined) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { group: search.get('group'), position: search.get('position'), text: search.get('q') ?? '', set };
}

export default function MonthPage() {
  const { t } = useTranslation('appraisal');
  const navigate = useNavigate();
  const months = useMonths();
  const listed = months.data?.items ?? [];
  const { period = listed.at(-1)?.period } = useParams();
  const month = useMonth(period);
  const filters = useFilters();
  const columns = useColumns(month.data);
  const people = useMemo(
    () =>
      (month.data?.people ?? [])
        .filter((person) => person.scorecard !== null)
        .filter((person) => !filters.group || person.group === filters.group)
        .filter((person) => !filters.position || person.position === filters.position)
        .filter((person) => `${person.staff_no} ${person.name}`.toLowerCase().includes(filters.text.toLowerCase()))
        .sort(byRank),
    [month.data, filters.group, filters.position, filters.text],
  );
  const open = (person: MonthPerson) => navigate(`/sheet/${period ?? ''}/${person.staff_no}`);
  const cursor = useListKeys(people, open);

  if (months.isPending || (period && month.isPending)) return <Skeleton active className="page" />;
  if (!period || !month.data) return <Empty className="page" description={month.error?.message ?? t('noMonths')} />;
  const data = month.data;
  const options = (values: string[], name: (value: string) => string) =>
    [...new Set(values)].sort().map((value) => ({ value, label: name(value) }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('month')}</h1>
        <Select
          aria-label={t('period')}
          value={period}
          options={listed.map((entry) => ({ value: entry.period, label: monthName(entry.period) })).reverse()}
          onChange={(chosen) => navigate(`/month/${chosen}`)}
          style={{ minWidth: 140 }}
        />
        <Tag color={data.status === 'closed' ? 'green' : 'gold'}>{t(data.status)}</Tag>
        <Select
          aria-label={t('group')}
          allowClear
          placeholder={t('allGroups')}
          value={filters.group}
          options={options(data.people.map((person) => person.group), (group) => group)}
          onChange={(group: string | undefined) => filters.set('group', group)}
          style={{ minWidth: 120 }}
        />
        <Select
          aria-label={t('position')}
          allowClear
          placeholder={t('position')}
          value={filters.position}
          options={options(
            data.people.filter((person) => person.scorecard).map((person) => person.position),
            (position) => t(position as 'agent'),
          )}
          onChange={(position: string | undefined) => filters.set('position', position)}
          style={{ minWidth: 110 }}
        />
        <Input.Search
          aria-label={t('search')}
          placeholder={t('search')}
          defaultValue={filters.text}
          allowClear
          onSearch={(text) => filters.set('q', text)}
          style={{ width: 180 }}
        />
        <span style={{ flex: 1 }} />
        <Space className="page-actions" wrap>
          <Button href={`/api/v1/months/${period}/export.xlsx`}>{t('exportXlsx')}</Button>
          {data.people.some((person) => person.pay) && (
            <Button href={`/api/v1/months/${period}/payroll.csv`}>{t('payroll')}</Button>
          )}
          <ClosingActions month={data} />
        </Space>
      </div>
      <div className="tiles">
        <Suspense fallback={<Skeleton active />}>
          <MonthCharts month={data} />
        </Suspense>
        <Precheck lines={data.precheck} />
      </div>
      <Table
        size="small"
        rowKey="staff_no"
        columns={columns}
        dataSource={people}
        pagination={people.length > 200 ? { pageSize: 200 } : false}
        scroll={{ x: 'max-content' }}
        sticky
        onRow={(person) => ({ onClick: () => open(person), tabIndex: 0 })}
        rowClassName={(person) => (cursor === person.staff_no ? 'row-link row-current' : 'row-link')}
        summary={() => <Totals people={people} columns={columns} />}
      />
      <Typography.Paragraph className="quiet" style={{ marginTop: 8, fontSize: 12 }}>
        {data.pack} · {data.pack_version.slice(0, 12)}
      </Typography.Paragraph>
    </div>
  );
}
