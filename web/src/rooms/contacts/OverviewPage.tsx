// How the centre did: tiles with the figures people ask for first, per day, per hour, per queue; all lead to the rows.
import { Card, Empty, Skeleton, Statistic, Table } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';

import { DayRange } from '../../shell/DayRange';
import { duration, percent } from '../../shell/format';
import { useFilters } from '../../shell/useCursorList';
import { type Overview, type Sums, useLastDay, useOverview } from './data';

const OverviewCharts = lazy(() => import('./OverviewCharts'));
const filterNames = ['from', 'to'] as const;

// The address's days, else the 30 days up to the last day that has data.
export function useDays() {
  const { values, set } = useFilters(filterNames);
  const last = useLastDay();
  const end = values.to ?? last.data?.last ?? dayjs().format('YYYY-MM-DD');
  const start = values.from ?? dayjs(end).subtract(29, 'day').format('YYYY-MM-DD');
  return { from: start, to: end, ready: last.isSuccess || values.to !== undefined, set };
}

function Tiles({ total }: { total: Sums }) {
  const { t } = useTranslation('contacts');
  const tiles: [string, string][] = [
    [t('offered'), total.offered.toLocaleString()],
    [t('answerRate'), percent(total.offered === 0 ? null : total.answered / total.offered)],
    [t('abandoned'), total.abandoned.toLocaleString()],
    [t('serviceLevel'), percent(total.service_level_10s)],
    [t('aht'), duration(total.aht_s)],
    [t('wait'), duration(total.wait_mean_s)],
  ];
  return (
    <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' }}>
      {tiles.map(([title, value]) => (
        <Card size="small" key={title}>
          <Statistic title={title} value={value} formatter={() => value} valueStyle={{ fontSize: 22 }} />
        </Card>
      ))}
    </div>
  );
}

function Queues({ rows, onPick }: { rows: Overview['queues']; onPick: (queue: string) => void }) {
  const { t } = useTranslation('contacts');
  const right = { align: 'right', className: 'figure' } as const;
  return (
    <Table
      size="small"
      rowKey="queue"
      pagination={false}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      onRow={(row) => ({ onClick: () => onPick(row.queue), className: 'row-link' })}
      columns={[
        { title: t('queue'), dataIndex: 'queue' },
        { title: t('offered'), dataIndex: 'offered', ...right },
        { title: t('answered'), dataIndex: 'answered', ...right },
        { title: t('abandoned'), dataIndex: 'abandoned', ...right },
        { title: t('timeout'), dataIndex: 'timeout', ...right },
        { title: t('serviceLevel'), key: 'level', ...right, render: (_, row) => percent(row.service_level_10s) },
        { title: t('aht'), key: 'aht', ...right, render: (_, row) => duration(row.aht_s) },
      ]}
    />
  );
}

export default function OverviewPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const days = useDays();
  const overview = useOverview(days.from, days.to);
  const drill = (changes: Record<string, string>) => {
    navigate(`/contacts?${new URLSearchParams({ from: days.from, to: days.to, ...changes }).toString()}`);
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('overview')}</h1>
        <DayRange from={days.from} to={days.to} onChange={(from, to) => days.set({ from, to })} />
      </div>
      {(overview.isPending || !days.ready) && <Skeleton active />}
      {overview.isError && <Empty description={overview.error.message} />}
      {overview.data?.total.offered === 0 && <Empty description={t('noCalls')} />}
      {overview.data && overview.data.total.offered > 0 && (
        <>
          <Tiles total={overview.data.total} />
          <Suspense fallback={<Skeleton active />}>
            <OverviewCharts overview={overview.data} onDay={(day) => drill({ from: day, to: day })} />
          </Suspense>
          <Queues rows={overview.data.queues} onPick={(queue) => drill({ queue })} />
        </>
      )}
    </div>
  );
}
