// The trend over the months, and the problems heaviest first.
import '../../../charts/line';

import { useMemo } from 'react';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

import type { QualityMonthSum, QualityProblem, QualityReport } from '../../../api/schema';
import Chart from '../../../charts/Chart';
import { Legend } from '../../../charts/Legend';
import { palette } from '../../../charts/look';
import { monthName, placed } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Panel } from '../../../shell/Panel';
import { useFilters } from '../../../shell/useCursorList';
import { sinceFirst } from './figures';

const bars = 12;
const belowTheLine = 3; // the bars keep to the lowest third, so that the line stands free
const filterNames = ['by'] as const;
const ways = ['item', 'severity', 'agent', 'group', 'product'] as const;
type Way = (typeof ways)[number];

function Trend({ trend }: { trend: QualityMonthSum[] }) {
  const { t } = useTranslation('report');
  const shown = useMemo(() => sinceFirst(trend), [trend]);
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 44, top: 14, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: shown.map(({ month }) => month) },
      yAxis: [
        { type: 'value', scale: true, max: 100 },
        { type: 'value', minInterval: 1, splitLine: { show: false }, axisLabel: { showMaxLabel: false }, max: ({ max }: { max: number }) => max * belowTheLine },
      ],
      series: [
        { name: t('inspections'), type: 'bar', yAxisIndex: 1, color: palette.pale, barMaxWidth: 26, data: shown.map(({ inspections }) => inspections) },
        { name: t('mean'), type: 'line', color: palette.accent, symbolSize: 7, data: shown.map(({ mean }) => (mean === null ? null : Number(mean))) },
      ],
    }),
    [shown, t],
  );
  const table = {
    caption: t('trendTable'),
    head: [t('monthName'), t('inspections'), t('mean')],
    rows: shown.map(({ month, inspections, mean }) => [monthName(month), inspections, placed(mean, 2)]),
  };
  const legend = [
    { name: t('mean'), colour: palette.accent },
    { name: t('inspections'), colour: palette.pale },
  ];
  return (
    <Panel title={t('trend')} extra={<Legend entries={legend} />}>
      <Chart option={option} table={table} height={220} />
    </Panel>
  );
}

interface Named extends QualityProblem {
  called: string;
}

function useNamed(report: QualityReport): (by: Way) => Named[] {
  const say = useLabel();
  return (by) => report[`by_${by}`].map((problem) => ({ ...problem, called: problem.label ? say(problem.label) : (problem.person ?? problem.name) }));
}

function Pareto({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  const { values, set } = useFilters(filterNames);
  const by: Way = ways.find((way) => way === values.by) ?? 'item';
  const named = useNamed(report)(by);
  const shown = named.slice(0, bars);
  const option = {
    grid: { left: 40, right: 44, top: 14, bottom: 64 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: shown.map(({ called }) => called), axisLabel: { interval: 0, rotate: 30, width: 90, overflow: 'truncate' } },
    yAxis: [
      { type: 'value', minInterval: 1 },
      { type: 'value', min: 0, max: 100, splitLine: { show: false }, axisLabel: { formatter: '{value} %' } },
    ],
    series: [
      { name: t('findings'), type: 'bar', color: palette.accent, barMaxWidth: 30, data: shown.map(({ findings }) => findings) },
      { name: t('cumulative'), type: 'line', yAxisIndex: 1, color: palette.amber, symbolSize: 6, data: shown.map(({ cumulative }) => Number(cumulative)) },
    ],
  };
  const table = {
    caption: `${t('pareto')}: ${t(`by_${by}`)}`,
    head: [t(`by_${by}`), t('findings'), t('points'), t('cumulative')],
    rows: named.map(({ called, findings, points, cumulative }) => [called, findings, points, `${cumulative} %`]),
  };
  const choice = (
    <Segmented
      size="small"
      className="no-print"
      aria-label={t('by')}
      value={by}
      options={ways.map((way) => ({ value: way, label: t(`by_${way}`) }))}
      onChange={(way) => set({ by: way === 'item' ? undefined : way })}
    />
  );
  return (
    <Panel title={t('pareto')} extra={choice}>
      {shown.length === 0 ? <p className="quiet">{t('noProblems')}</p> : <Chart option={option} table={table} height={260} />}
    </Panel>
  );
}

// On paper nothing can be chosen: all the problems stand there, each with its bar.
function PrintedParetos({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  const named = useNamed(report);
  return (
    <div className="report-printed">
      {ways.map((by) => {
        const rows = named(by).slice(0, bars);
        const most = Math.max(1, ...rows.map(({ findings }) => findings));
        return (
          <table key={by} className="plain-table">
            <caption>{`${t('pareto')}: ${t(`by_${by}`)}`}</caption>
            <thead>
              <tr>
                <th scope="col">{t(`by_${by}`)}</th>
                <th scope="col" aria-hidden />
                <th scope="col" className="figure">
                  {t('findings')}
                </th>
                <th scope="col" className="figure">
                  {t('points')}
                </th>
                <th scope="col" className="figure">
                  {t('cumulative')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, called, findings, points, cumulative }) => (
                <tr key={name}>
                  <td>{called}</td>
                  <td className="report-bar" aria-hidden>
                    <span style={{ width: `${(100 * findings) / most}%` }} />
                  </td>
                  <td className="figure">{findings}</td>
                  <td className="figure">{points}</td>
                  <td className="figure">{cumulative} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}

export default function Charts({ report }: { report: QualityReport }) {
  return (
    <>
      <div className="report-charts">
        <Trend trend={report.trend} />
        <Pareto report={report} />
      </div>
      <PrintedParetos report={report} />
    </>
  );
}
