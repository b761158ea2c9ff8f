// The month: everybody's result in rank order, quota against actual, what is open before closing.
import { Button, Select, Skeleton } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import type { MonthPerson, MonthResult } from '../../api/schema';
import { money, monthName, placed } from '../../shell/format';
import { useLabel } from '../../shell/label';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark } from '../../shell/Mark';
import { Nothing, Trouble } from '../../shell/Nothing';
import { SearchField } from '../../shell/SearchField';
import { useFilters } from '../../shell/useCursorList';
import { ClosingActions } from './ClosingActions';
import { useMonth, useMonths } from './data';
import { byRank, changes, currentPeriod, sumOfYuan } from './month';
import { Change, Movers } from './Movers';
import { OpenQuestions } from './OpenQuestions';
import { Precheck } from './Precheck';
import { Stars } from './Stars';

const MonthCharts = lazy(() => import('./MonthCharts'));

const firstItems = ['recording', 'text', 'average_handling_time', 'satisfaction', 'connection_rate', 'exam'];
const filterNames = ['group', 'position', 'q'] as const;

const sheetOf = (period: string, person: MonthPerson) => `/sheet/${period}/${encodeURIComponent(person.staff_no)}`;

// One column for every item of the people's scorecards, named as the pack names it.
function useItemColumns(month: MonthResult | undefined): ListColumn<MonthPerson>[] {
  const { i18n } = useTranslation();
  const say = useLabel();
  return useMemo(() => {
    const items = (month?.people ?? []).flatMap((person) => person.scorecard?.items ?? []);
    // Agents come first: where their card and the leaders' share an item, theirs names the column.
    const labels = new Map([...items].reverse().map((item) => [item.id, item.label ? say(item.label) : item.id]));
    const scoreOf = (person: MonthPerson, id: string) => person.scorecard?.items.find((item) => item.id === id)?.score;
    const order = [...new Set(items.map((item) => item.id))];
    return order.map((id) => ({
      key: id,
      title: labels.get(id) ?? id,
      figure: true,
      optional: !firstItems.includes(id),
      cell: (person) => placed(scoreOf(person, id), 2),
      order: (a, b) => Number(scoreOf(a, id) ?? -1) - Number(scoreOf(b, id) ?? -1),
    }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- say() changes with the language only
  }, [month, i18n.language]);
}

function useColumns(month: MonthResult | undefined, people: MonthPerson[]): ListColumn<MonthPerson>[] {
  const { t } = useTranslation('appraisal');
  const items = useItemColumns(month);
  return useMemo(() => {
    if (!month) return [];
    const by = changes(month);
    const totals = people.flatMap((person) => (person.scorecard?.total ? [Number(person.scorecard.total)] : []));
    const pay = people.flatMap((person) => (person.pay ? [person.pay.total] : []));
    const columns: ListColumn<MonthPerson>[] = [
      { key: 'rank', title: t('rank'), figure: true, width: 56, cell: (person) => person.rank ?? '—' },
      {
        key: 'name',
        title: t('name'),
        text: (person) => `${person.name ?? ''} ${person.staff_no}`.trim(),
        cell: (person) => (
          <>
            <Link to={sheetOf(month.period, person)}>
              {person.name ?? person.staff_no}
            </Link>{' '}
            <span className="quiet">{person.name && person.staff_no}</span> {person.on_probation && <Mark>{t('probation')}</Mark>}
          </>
        ),
        sum: t('sumOf', { count: people.length }),
      },
      { key: 'staff_no', title: t('staffNo'), optional: true, cell: (person) => person.staff_no },
      { key: 'group', title: t('group'), cell: (person) => person.group },
      { key: 'position', title: t('position'), optional: true, cell: (person) => t(person.position as 'agent') },
      {
        key: 'total',
        title: t('total'),
        figure: true,
        narrow: true,
        text: (person) => person.scorecard?.total ?? '',
        cell: (person) => <strong>{placed(person.scorecard?.total, 2)}</strong>,
        order: (a, b) => Number(a.scorecard?.total ?? -1) - Number(b.scorecard?.total ?? -1),
        sum: totals.length > 0 ? `⌀ ${(totals.reduce((a, b) => a + b, 0) / totals.length).toFixed(2)}` : undefined,
      },
      {
        key: 'star',
        title: t('star'),
        narrow: true,
        text: (person) => (person.rated ? String(person.star) : ''),
        cell: (person) => <Stars star={person.star} rated={person.rated} />,
      },
      ...items,
    ];
    if (pay.length > 0) {
      columns.push({
        key: 'pay',
        title: t('pay'),
        figure: true,
        text: (person) => person.pay?.total ?? '',
        cell: (person) => money(person.pay?.total),
        order: (a, b) => Number(a.pay?.total ?? -1) - Number(b.pay?.total ?? -1),
        sum: money(sumOfYuan(pay)),
      });
    }
    if (by.size > 0) {
      columns.push({
        key: 'change',
        title: t('change'),
        figure: true,
        text: (person) => by.get(person.staff_no)?.toFixed(2) ?? '',
        cell: (person) => <Change by={by.get(person.staff_no)} />,
        order: (a, b) => (by.get(a.staff_no) ?? -1000) - (by.get(b.staff_no) ?? -1000),
      });
    }
    return columns;
  }, [month, people, items, t]);
}

function Filters({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const { values, set } = useFilters(filterNames);
  const options = (all: (string | null)[], name: (value: string) => string) =>
    [...new Set(all.filter((value) => value !== null))].sort().map((value) => ({ value, label: name(value) }));
  const appraised = month.people.filter((person) => person.scorecard);
  return (
    <>
      <SearchField label={t('search')} value={values.q} onSearch={(q) => set({ q })} size="small" />
      <Select
        aria-label={t('group')}
        size="small"
        allowClear
        placeholder={t('allGroups')}
        value={values.group ?? null}
        options={options(
          month.people.map((person) => person.group),
          (group) => group,
        )}
        onChange={(group: string | null) => set({ group: group ?? undefined })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 110 }}
      />
      <Select
        aria-label={t('position')}
        size="small"
        allowClear
        placeholder={t('allPositions')}
        value={values.position ?? null}
        options={options(
          appraised.map((person) => person.position),
          (position) => t(position as 'agent'),
        )}
        onChange={(position: string | null) => set({ position: position ?? undefined })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 110 }}
      />
    </>
  );
}

function Head({ month, listed }: { month: MonthResult; listed: string[] }) {
  const { t } = useTranslation('appraisal');
  const navigate = useNavigate();
  return (
    <div className="page-head">
      <h1>{t('month')}</h1>
      <Select
        aria-label={t('period')}
        value={month.period}
        options={[...listed].reverse().map((period) => ({ value: period, label: monthName(period) }))}
        onChange={(chosen) => navigate(`/month/${chosen}`)}
        style={{ minWidth: 126 }}
      />
      <Mark tone={month.status === 'closed' ? 'good' : 'warn'}>{t(month.status)}</Mark>
      <span className="grow" />
      <div className="page-actions">
        <Button href={`/api/v1/months/${month.period}/export.xlsx`}>{t('exportXlsx')}</Button>
        {month.people.some((person) => person.pay) && (
          <Button href={`/api/v1/months/${month.period}/payroll.csv`}>{t('payroll')}</Button>
        )}
        <ClosingActions month={month} />
      </div>
    </div>
  );
}

const noPeople: MonthPerson[] = [];

export default function MonthPage() {
  const { t } = useTranslation('appraisal');
  const navigate = useNavigate();
  const months = useMonths();
  const listed = (months.data?.items ?? []).map((entry) => entry.period).sort();
  const { period = currentPeriod(months.data?.items ?? [], new Date()) } = useParams();
  const month = useMonth(period);
  const { values } = useFilters(filterNames);
  const people = useMemo(
    () =>
      (month.data?.people ?? noPeople)
        .filter((person) => person.scorecard !== null)
        .filter((person) => !values.group || person.group === values.group)
        .filter((person) => !values.position || person.position === values.position)
        .filter((person) => `${person.staff_no} ${person.name ?? ''}`.toLowerCase().includes((values.q ?? '').toLowerCase()))
        .sort(byRank),
    [month.data, values.group, values.position, values.q],
  );
  const columns = useColumns(month.data, people);

  if (months.isError) return <Trouble problem={months.error} onRetry={months.refetch} />;
  if (month.isError) return <Trouble problem={month.error} onRetry={month.refetch} />;
  if (months.isSuccess && !period) return <Nothing title={t('noMonths')} />;
  if (!month.data || !period) return <Skeleton active className="page" />;
  const data = month.data;
  return (
    <div className="page">
      <Head month={data} listed={listed} />
      <div className="tiles">
        <Suspense fallback={<Skeleton active />}>
          <MonthCharts month={data} />
        </Suspense>
        {data.previous.length > 0 && <Movers month={data} />}
        <Precheck lines={data.precheck} closed={data.status === 'closed'} />
      </div>
      <OpenQuestions month={data} />
      <Listing
        name="month"
        file={data.period}
        caption={t('month')}
        rowKey={(person) => person.staff_no}
        columns={columns}
        rows={people}
        empty={t('nobodyMatches')}
        onOpen={(person) => navigate(sheetOf(data.period, person))}
        tools={<Filters month={data} />}
        note={
          <span className="wide-only">
            {data.pack} · <code>{data.pack_version.slice(0, 12)}</code>
          </span>
        }
      />
    </div>
  );
}
