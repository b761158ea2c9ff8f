// Quota against actual stars, and how the totals are spread.
import { Card } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { MonthResult } from '../../api/types';
import Chart from '../../charts/Chart';

const accent = '#0f8a82';
const pale = '#b9c7c4';
const axis = { axisTick: { show: false }, axisLine: { show: false } };
const grid = { left: 32, right: 12, top: 28, bottom: 22 };

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
      legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: rows.map((row) => row.name), ...axis },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { opacity: 0.3 } } },
      series: [
        { name: t('quota'), type: 'bar', data: rows.map((row) => row.quota), color: pale, barGap: '10%', barMaxWidth: 22 },
        { name: t('actual'), type: 'bar', data: rows.map((row) => row.actual), color: accent, barMaxWidth: 22 },
      ],
    }),
    [rows, t],
  );
  const table = {
    caption: t('quotaTitle'),
    head: [t('star'), t('quota'), t('actual')],
    rows: rows.map((row) => [row.name, row.quota, row.actual]),
  };
  return (
    <Card size="small" title={t('quotaTitle')}>
      <Chart option={option} table={table} height={160} />
    </Card>
  );
}

function DistributionChart({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const bins = useMemo(() => {
    const totals = month.people.flatMap((person) => (person.scorecard?.total ? [Number(person.scorecard.total)] : []));
    if (totals.length === 0) return [];
    const width = 2;
    const low = Math.floor(Math.min(...totals) / width) * width;
    const high = Math.floor(Math.max(...totals) / width) * width;
    return Array.from({ length: (high - low) / width + 1 }, (_, at) => {
      const from = low + at * width;
      return { name: `${from}`, count: totals.filter((total) => total >= from && total < from + width).length };
    });
  }, [month]);
  const option = useMemo(
    () => ({
      grid,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: bins.map((bin) => bin.name), ...axis },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { opacity: 0.3 } } },
      series: [{ name: t('people'), type: 'bar', data: bins.map((bin) => bin.count), color: accent, barCategoryGap: '12%' }],
    }),
    [bins, t],
  );
  const table = { caption: t('distribution'), head: [t('total'), t('people')], rows: bins.map((bin) => [bin.name, bin.count]) };
  return (
    <Card size="small" title={t('distribution')}>
      <Chart option={option} table={table} height={160} />
    </Card>
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
