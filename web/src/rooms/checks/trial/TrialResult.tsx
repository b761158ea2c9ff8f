// What a trial found: figures, day by day, examples.
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { CheckTrialExample, CheckTrialResult } from '../../../api/schema';
import { type Column, DataTable } from '../../../shell/DataTable';
import { count, dayName, duration, percent, wallClock } from '../../../shell/format';
import { Mark } from '../../../shell/Mark';
import { useNarrow } from '../../../shell/narrow';
import { clock } from '../../contacts/dialogue';
import { MarkedWords } from '../../contacts/MarkedWords';

const Chart = lazy(() => import('../../../charts/Chart'));

const chartHeight = 170;

function Figures({ result }: { result: CheckTrialResult }) {
  const { t } = useTranslation('checks');
  const share = result.in_force === 0 ? null : result.spoke_up / result.in_force;
  // What would reach inspectors of every hundred records that they look at.
  const perHundred = result.in_force === 0 ? '—' : ((100 * result.proposals) / result.in_force).toFixed(1);
  const figures = [
    [t('trialContacts'), count(result.contacts), t('trialInForce', { count: result.in_force })],
    [t('trialSpokeUp'), count(result.spoke_up), percent(share)],
    [t('trialFindings'), count(result.findings), ''],
    [t('trialWork'), perHundred, t('trialWorkHint')],
    ...(result.work ? [[t('trialMinutes'), duration(result.work.minutes * 60), t('trialMinutesHint', { ...result.work })] as const] : []),
  ] as const;
  return (
    <dl className="trial-figures">
      {figures.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} <span className="quiet">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ByDay({ days }: { days: CheckTrialResult['days'] }) {
  const { t } = useTranslation('checks');
  const option = useMemo(
    () => ({
      grid: { left: 36, right: 12, top: 12, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { name: t('trialInForceShort'), type: 'bar', barGap: '-100%', itemStyle: { opacity: 0.22 }, data: days.map(({ in_force }) => in_force) },
        { name: t('trialSpokeUp'), type: 'bar', data: days.map(({ spoke_up }) => spoke_up) },
      ],
    }),
    [days, t],
  );
  const table = {
    caption: t('trialByDay'),
    head: [t('day'), t('trialInForceShort'), t('trialSpokeUp')],
    rows: days.map(({ day, in_force, spoke_up }) => [dayName(day), in_force, spoke_up]),
  };
  return (
    <section aria-label={t('trialByDay')}>
      <h3>{t('trialByDay')}</h3>
      <Suspense fallback={<div style={{ height: chartHeight }} />}>
        <Chart option={option} table={table} height={chartHeight} />
      </Suspense>
    </section>
  );
}

// The words with the hit marked; the quote is already cut to what stands around it.
function Quote({ example }: { example: CheckTrialExample }) {
  const { t } = useTranslation('checks');
  if (example.missing) return <Mark tone="warn">{t('exampleMissing')}</Mark>;
  if (example.quote === null) return <>{example.start_ms === null ? t('exampleWhole') : `${clock(example.start_ms)}–${clock(example.end_ms ?? example.start_ms)}`}</>;
  const { from, to } = example;
  const marks = from === null || to === null ? [] : [{ number: 1, from, until: to, title: t('placeOfHit'), gravity: 'warn' as const }];
  return <MarkedWords text={example.quote} marks={marks} />;
}

export function TrialResult({ result }: { result: CheckTrialResult }) {
  const { t } = useTranslation('checks');
  const narrow = useNarrow();
  const wider: Column<CheckTrialExample>[] = [
    { key: 'turn', title: t('exampleTurn'), figure: true, cell: ({ turn }) => (turn === null ? '—' : turn + 1) },
    { key: 'source', title: t('contact'), cell: ({ source_id }) => <code className="quiet">{source_id}</code> },
  ];
  const open = ({ source_id, turn }: CheckTrialExample) => `/contacts/${encodeURIComponent(source_id)}${turn === null ? '' : `?turn=${turn}`}`;
  return (
    <div className="stack">
      <Figures result={result} />
      {result.days.length > 0 && <ByDay days={result.days} />}
      {result.examples.length > 0 && (
        <DataTable
          caption={t('trialExamples')}
          rows={result.examples}
          rowKey={({ source_id, turn, from, start_ms }) => `${source_id} ${turn} ${from} ${start_ms}`}
          columns={[
            { key: 'at', title: t('trialExamples'), cell: (row) => <Link to={open(row)}>{wallClock(row.offered_at).slice(0, 16)}</Link> },
            { key: 'quote', title: t('exampleWords'), wraps: true, cell: (row) => <Quote example={row} /> },
            ...(narrow ? [] : wider),
          ]}
        />
      )}
    </div>
  );
}
