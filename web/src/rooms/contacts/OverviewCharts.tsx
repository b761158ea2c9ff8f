// Contacts per day as bars, contacts by hour as a heat map.
import '../../charts/heat';

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Overview } from '../../api/schema';
import Chart from '../../charts/Chart';
import { Legend } from '../../charts/Legend';
import { palette } from '../../charts/look';
import { useDarkness } from '../../shell/darkness';
import { dayName } from '../../shell/format';
import { Panel } from '../../shell/Panel';

const height = 250;

interface Props {
  overview: Overview;
  onDay?: (day: string) => void;
}

function Days({ overview, onDay }: Props) {
  const { t } = useTranslation('contacts');
  const parts = useMemo(
    () => [
      { name: t('answered'), colour: palette.accent, data: overview.days.map((row) => row.answered) },
      { name: t('abandoned'), colour: palette.amber, data: overview.days.map((row) => row.abandoned) },
      { name: t('otherEnds'), colour: palette.pale, data: overview.days.map((row) => row.offered - row.answered - row.abandoned) },
    ],
    [overview.days, t],
  );
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 6, top: 10, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: overview.days.map((row) => row.day), axisLabel: { formatter: (day: string) => day.slice(5) } },
      yAxis: { type: 'value', minInterval: 1 },
      series: parts.map((part) => ({ name: part.name, type: 'bar', stack: 'contacts', color: part.colour, data: part.data, barCategoryGap: '22%' })),
    }),
    [overview.days, parts],
  );
  const table = {
    caption: t('perDay'),
    head: [t('day'), t('offered'), t('answered'), t('abandoned')],
    rows: overview.days.map((row) => [row.day, row.offered, row.answered, row.abandoned]),
  };
  return (
    <Panel title={t('perDay')} extra={<Legend entries={parts} />}>
      <Chart option={option} table={table} height={height} {...(onDay ? { onPick: onDay } : {})} />
    </Panel>
  );
}

function Hours({ overview }: Props) {
  const { t } = useTranslation('contacts');
  const { dark } = useDarkness();
  const days = useMemo(() => [...new Set(overview.hours.map((row) => row.day))].sort(), [overview.hours]);
  const hours = useMemo(() => {
    const present = overview.hours.map((row) => row.hour);
    const first = Math.min(...present);
    return Array.from({ length: Math.max(...present) - first + 1 }, (_, at) => first + at);
  }, [overview.hours]);
  const option = useMemo(() => {
    const first = hours[0] ?? 0;
    const place = new Map(days.map((day, at) => [day, at]));
    return {
      grid: { left: 30, right: 6, top: 10, bottom: 50 },
      tooltip: {
        formatter: ({ value }: { value: [number, number, number] }) => `${dayName(days[value[0]] ?? '')} ${first + value[1]}:00 · ${value[2]}`,
      },
      xAxis: { type: 'category', data: days, axisLabel: { formatter: (day: string) => day.slice(5) } },
      yAxis: { type: 'category', data: hours.map(String), inverse: true },
      visualMap: {
        min: 0,
        max: Math.max(1, ...overview.hours.map((row) => row.offered)),
        calculable: false,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemHeight: 140,
        itemWidth: 9,
        textStyle: { color: dark ? '#a4b0ad' : '#5b6663' },
        inRange: { color: dark ? ['#1d2624', '#1f6b65', '#7fe0d7'] : ['#eff4f3', '#7fbdb7', '#0b5f59'] },
      },
      series: [{ type: 'heatmap', data: overview.hours.map((row) => [place.get(row.day), row.hour - first, row.offered]) }],
    };
  }, [overview.hours, days, hours, dark]);
  const table = {
    caption: t('perHour'),
    head: [t('day'), t('hour'), t('offered')],
    rows: overview.hours.map((row) => [row.day, row.hour, row.offered]),
  };
  return (
    <Panel title={t('perHour')}>
      <Chart option={option} table={table} height={height} />
    </Panel>
  );
}

export default function OverviewCharts(props: Props) {
  return (
    <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))', marginBottom: 0 }}>
      <Days {...props} />
      <Hours {...props} />
    </div>
  );
}
