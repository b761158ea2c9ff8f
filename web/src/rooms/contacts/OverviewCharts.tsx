// Calls per day as bars, calls per weekday hour as a heat map.
import { Card } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import Chart from '../../charts/Chart';
import type { Overview } from './data';

const accent = '#0f8a82';
const pale = '#b9c7c4';

function Days({ overview, onDay }: { overview: Overview; onDay: (day: string) => void }) {
  const { t } = useTranslation('contacts');
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 12, top: 28, bottom: 22 },
      legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: overview.days.map((row) => row.day), axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { opacity: 0.3 } } },
      series: [
        { name: t('answered'), type: 'bar', stack: 'calls', color: accent, data: overview.days.map((row) => row.answered) },
        {
          name: t('abandoned'),
          type: 'bar',
          stack: 'calls',
          color: '#c9823f',
          data: overview.days.map((row) => row.abandoned),
        },
        {
          name: t('timeout'),
          type: 'bar',
          stack: 'calls',
          color: pale,
          data: overview.days.map((row) => row.timeout + row.exit_key),
        },
      ],
    }),
    [overview.days, t],
  );
  const table = {
    caption: t('perDay'),
    head: [t('day'), t('offered'), t('answered'), t('abandoned')],
    rows: overview.days.map((row) => [row.day, row.offered, row.answered, row.abandoned]),
  };
  return (
    <Card size="small" title={t('perDay')}>
      <Chart option={option} table={table} height={220} onPick={onDay} />
    </Card>
  );
}

function Hours({ overview }: { overview: Overview }) {
  const { t } = useTranslation('contacts');
  const days = useMemo(() => [...new Set(overview.hours.map((row) => row.day))], [overview.hours]);
  const hours = useMemo(() => {
    const present = overview.hours.map((row) => row.hour);
    const first = Math.min(...present);
    return Array.from({ length: Math.max(...present) - first + 1 }, (_, at) => first + at);
  }, [overview.hours]);
  const option = useMemo(
    () => ({
      grid: { left: 80, right: 12, top: 8, bottom: 48 },
      tooltip: {},
      xAxis: { type: 'category', data: hours.map((hour) => `${hour}:00`), axisTick: { show: false } },
      yAxis: { type: 'category', data: days, axisTick: { show: false } },
      visualMap: {
        min: 0,
        max: Math.max(1, ...overview.hours.map((row) => row.offered)),
        calculable: false,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemHeight: 120,
        itemWidth: 10,
        inRange: { color: ['#eef3f2', '#7fbdb7', '#0b5f59'] },
      },
      series: [
        {
          type: 'heatmap',
          data: overview.hours.map((row) => [row.hour - (hours[0] ?? 0), days.indexOf(row.day), row.offered]),
        },
      ],
    }),
    [overview.hours, days, hours],
  );
  const table = {
    caption: t('perHour'),
    head: [t('day'), t('hour'), t('offered')],
    rows: overview.hours.map((row) => [row.day, row.hour, row.offered]),
  };
  return (
    <Card size="small" title={t('perHour')}>
      <Chart option={option} table={table} height={220} />
    </Card>
  );
}

export default function OverviewCharts({ overview, onDay }: { overview: Overview; onDay: (day: string) => void }) {
  return (
    <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))' }}>
      <Days overview={overview} onDay={onDay} />
      <Hours overview={overview} />
    </div>
  );
}
