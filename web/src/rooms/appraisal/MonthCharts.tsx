// Quota against actual stars, and how the totals are spread.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { MonthResult } from '../../api/schema';
import Chart from '../../charts/Chart';
import { Legend } from '../../charts/Legend';
import { palette } from '../../charts/look';
import { Panel } from '../../shell/Panel';
import { bins } from './month';

const grid = { left: 26, right: 4, top: 12, bottom: 22 };
const height = 176;

function QuotaChart({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const rows = useMemo(
    () =>
      month.quotas.map((quota) => ({
        name: `★${quota.star}`,
        quota: quota.heads,
        actual: month.people.filter((person) => person.rated && person.star === quota.star).length,
      })),
    [month],
  );
  const option = useMemo(
    () => ({
      grid,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: rows.map((row) => row.name) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { name: t('quota'), type: 'bar', data: rows.map((row) => row.quota), color: palette.pale, barGap: '8%', barMaxWidth: 20 },
        { name: t('actual'), type: 'bar', data: rows.map((row) => row.actual), color: palette.accent, barMaxWidth: 20 },
      ],
    }),
    [rows, t],
  );
  const table = {
    caption: t('quotaTitle'),
    head: [t('star'), t('quota'), t('actual')],
    rows: rows.map((row) => [row.name, row.quota, row.actual]),
  };
  const legend = (
    <Legend
      entries={[
        { name: t('quota'), colour: palette.pale },
        { name: t('actual'), colour: palette.accent },
      ]}
    />
  );
  return (
    <Panel title={t('quotaTitle')} extra={legend}>
      <Chart option={option} table={table} height={height} />
    </Panel>
  );
}

function DistributionChart({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const spread = useMemo(
    () => bins(month.people.flatMap((person) => (person.scorecard?.total ? [Number(person.scorecard.total)] : []))),
    [month],
  );
  const option = useMemo(
    () => ({
      grid,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: spread.map((bin) => `${bin.from}–${bin.to}`), axisLabel: { formatter: (name: string) => name.split('–')[0] } },
      yAxis: { type: 'value', minInterval: 1 },
      series: [{ name: t('people'), type: 'bar', data: spread.map((bin) => bin.count), color: palette.accent, barCategoryGap: '14%' }],
    }),
    [spread, t],
  );
  const table = {
    caption: t('distribution'),
    head: [t('total'), t('people')],
    rows: spread.map((bin) => [`${bin.from}–${bin.to}`, bin.count]),
  };
  return (
    <Panel title={t('distribution')}>
      <Chart option={option} table={table} height={height} />
    </Panel>
  );
}

export default function MonthCharts({ month }: { month: MonthResult }) {
  return (
    <>
      <QuotaChart month={month} />
      <DistributionChart month={month} />
    </>
  );
}
