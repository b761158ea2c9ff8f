// The totals of the last twelve months.
import '../../charts/line';

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Sheet } from '../../api/schema';
import Chart from '../../charts/Chart';
import { palette } from '../../charts/look';
import { Panel } from '../../shell/Panel';

export default function Trend({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  const option = useMemo(
    () => ({
      grid: { left: 36, right: 10, top: 16, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: sheet.trend.map((point) => point.period) },
      yAxis: { type: 'value', scale: true },
      series: [
        {
          name: t('total'),
          type: 'line',
          symbolSize: 7,
          color: palette.accent,
          lineStyle: { width: 2 },
          data: sheet.trend.map((point) => (point.total === null ? null : Number(point.total))),
        },
      ],
    }),
    [sheet.trend, t],
  );
  const table = {
    caption: t('trend'),
    head: [t('period'), t('total'), t('star')],
    rows: sheet.trend.map((point) => [point.period, point.total ?? '—', point.star]),
  };
  return (
    <Panel title={t('trend')}>
      {sheet.trend.length < 2 ? <p className="quiet">{t('noTrend')}</p> : <Chart option={option} table={table} height={170} />}
    </Panel>
  );
}
