// How the centre did: tiles with the figures people ask for first, per day, per hour, per queue; all lead to the rows.
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { CallsOfQueue } from '../../api/schema';
import { DayRange } from '../../shell/DayRange';
import { count, duration, percent } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Nothing, Trouble } from '../../shell/Nothing';
import { usePrincipal } from '../../shell/session';
import { useOverview } from './data';
import { Tiles } from './Tiles';
import { useDays } from './useDays';

const OverviewCharts = lazy(() => import('./OverviewCharts'));

function Queues({ rows, onPick }: { rows: CallsOfQueue[]; onPick: ((queue: string) => void) | undefined }) {
  const { t } = useTranslation('contacts');
  const sum = (pick: (row: CallsOfQueue) => number) => count(rows.reduce((total, row) => total + pick(row), 0));
  const counted = (key: 'offered' | 'answered' | 'abandoned' | 'timeout', narrow = false): ListColumn<CallsOfQueue> => ({
    key,
    title: t(key),
    figure: true,
    narrow,
    text: (row) => String(row[key]),
    cell: (row) => count(row[key]),
    order: (a, b) => a[key] - b[key],
    sum: sum((row) => row[key]),
  });
  const columns: ListColumn<CallsOfQueue>[] = [
    { key: 'queue', title: t('queue'), cell: (row) => row.queue, sum: t('sum') },
    counted('offered'),
    counted('answered', true),
    counted('abandoned'),
    counted('timeout'),
    {
      key: 'level',
      title: t('serviceLevel'),
      figure: true,
      narrow: true,
      cell: (row) => percent(row.service_level_10s),
      order: (a, b) => (a.service_level_10s ?? -1) - (b.service_level_10s ?? -1),
    },
    { key: 'wait', title: t('wait'), figure: true, cell: (row) => duration(row.wait_mean_s) },
    { key: 'aht', title: t('aht'), figure: true, cell: (row) => duration(row.aht_s) },
  ];
  return (
    <Listing
      name="queues"
      caption={t('queues')}
      rowKey={(row) => row.queue}
      columns={columns}
      rows={rows}
      empty={t('noCalls')}
      {...(onPick ? { onOpen: (row: CallsOfQueue) => onPick(row.queue) } : {})}
    />
  );
}

export default function OverviewPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const principal = usePrincipal();
  const days = useDays();
  const overview = useOverview(days.from, days.to, days.ready);
  // Down to the contacts themselves, for those who may see them.
  const drill = principal.pages.includes('contacts')
    ? (changes: Record<string, string>) =>
        navigate(`/contacts?${new URLSearchParams({ from: days.from, to: days.to, ...changes }).toString()}`)
    : undefined;
  const data = overview.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('overview')}</h1>
        <DayRange from={days.from} to={days.to} onChange={(from, to) => days.set({ from, to })} />
      </div>
      {overview.isPending && <Skeleton active />}
      {overview.isError && <Trouble problem={overview.error} onRetry={overview.refetch} />}
      {data?.total.offered === 0 && (
        <Nothing title={t('noCalls')}>{principal.pages.includes('imports') && <Link to="/imports">{t('toImports')}</Link>}</Nothing>
      )}
      {data && data.total.offered > 0 && (
        <div className="stack">
          <Tiles overview={data} />
          <Suspense fallback={<Skeleton active />}>
            <OverviewCharts overview={data} {...(drill ? { onDay: (day: string) => drill({ from: day, to: day }) } : {})} />
          </Suspense>
          <Queues rows={data.queues} onPick={drill && ((queue) => drill({ queue }))} />
        </div>
      )}
    </div>
  );
}
