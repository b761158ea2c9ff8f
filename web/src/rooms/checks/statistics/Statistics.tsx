// What each check is worth: how often it speaks up, and how often inspectors who looked agreed.
import { Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { CheckStatistics } from '../../../api/schema';
import { Interval } from '../../../charts/Interval';
import { ClauseLink } from '../../../shell/ClauseLink';
import { DayRange } from '../../../shell/DayRange';
import { count, percent } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Trouble } from '../../../shell/Nothing';
import { useStatistics } from './data';
import { usePeriod } from './usePeriod';
import './statistics.css';

type Row = CheckStatistics;

const shareOf = (text: string | null) => (text === null ? null : Number(text));
const sum = (rows: readonly Row[], of: (row: Row) => number) => count(rows.reduce((total, row) => total + of(row), 0));

function Precision({ row }: { row: Row }) {
  const say = useLabel();
  const [value, low, high] = [row.precision, row.precision_low, row.precision_high].map(shareOf);
  if (value === null || value === undefined) return <span className="quiet">{row.why_none ? say(row.why_none) : '—'}</span>;
  return (
    <span className="precision" title={row.why_none ? say(row.why_none) : undefined}>
      <span className="wide-only">
        <Interval value={value} low={low ?? null} high={high ?? null} scale={[0, 1]} />
      </span>{' '}
      <strong>{percent(value)}</strong>
      {low !== null && low !== undefined && <span className="quiet"> {`${percent(low)} – ${percent(high)}`}</span>}
    </span>
  );
}

// Why inspectors rejected what it proposed: what a check is mended by.
function Rejections({ row, onClose }: { row: Row | undefined; onClose: () => void }) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  return (
    <Drawer open={row !== undefined} onClose={onClose} width="min(460px, 100vw)" title={t('rejectionsOf', { check: row ? (row.label ? say(row.label) : row.check) : '' })}>
      <ul className="plain-list">
        {row?.rejections.map(({ inspection, proposal, reason }) => (
          <li key={`${inspection} ${proposal}`}>
            <Link to={`/results/${inspection}`}>{inspection}</Link>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
      {row && row.rejected > row.rejections.length && <p className="quiet">{t('rejectionsMore', { count: row.rejected - row.rejections.length })}</p>}
    </Drawer>
  );
}

// What a check found and what a model says are counted apart: the one asks and drops what it cannot quote.
function useColumns(rows: readonly Row[], byModel: boolean, onOpen: (check: string) => void): ListColumn<Row>[] {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const name = (row: Row) => (row.label ? say(row.label) : row.check);
  const figure = (key: 'in_force' | 'spoke_up' | 'findings' | 'dropped' | 'accepted' | 'changed' | 'open', optional = false): ListColumn<Row> => ({
    key,
    title: t(byModel && key === 'in_force' ? 'stat_asked' : `stat_${key}`),
    figure: true,
    optional,
    order: (a, b) => a[key] - b[key],
    text: (row) => String(row[key]),
    cell: (row) => count(row[key]),
    ...(key === 'in_force' ? {} : { sum: sum(rows, (row) => row[key]) }),
  });
  return [
    {
      key: 'check',
      title: t('check'),
      text: name,
      order: (a, b) => name(a).localeCompare(name(b)),
      cell: (row) => (row.label ? <Link to={`/checks/edit/${row.check}`}>{name(row)}</Link> : <span className="quiet">{t('checkGone', { check: row.check })}</span>),
    },
    { key: 'clause', title: t('clause'), text: (row) => row.clause ?? '', cell: (row) => (row.clause === null ? '—' : <ClauseLink clause={row.clause} />) },
    figure('in_force', !byModel),
    figure('spoke_up'),
    {
      key: 'rate',
      title: t('stat_rate'),
      figure: true,
      narrow: true,
      text: (row) => row.rate ?? '',
      order: (a, b) => Number(a.rate ?? -1) - Number(b.rate ?? -1),
      cell: (row) => percent(shareOf(row.rate)),
    },
    figure(byModel ? 'dropped' : 'findings'),
    figure('accepted'),
    figure('changed'),
    {
      key: 'rejected',
      title: t('stat_rejected'),
      figure: true,
      text: (row) => String(row.rejected),
      order: (a, b) => a.rejected - b.rejected,
      sum: sum(rows, (row) => row.rejected),
      cell: (row) =>
        row.rejections.length > 0 ? (
          <button
            type="button"
            className="cell-button rejected"
            aria-label={`${count(row.rejected)} ${t('rejectionsOf', { check: name(row) })}`}
            onClick={() => onOpen(row.check)}
          >
            {count(row.rejected)}
          </button>
        ) : (
          count(row.rejected)
        ),
    },
    figure('open'),
    {
      key: 'precision',
      title: t('stat_precision'),
      narrow: true,
      text: (row) => row.precision ?? '',
      order: (a, b) => Number(a.precision ?? -1) - Number(b.precision ?? -1),
      cell: (row) => <Precision row={row} />,
    },
  ];
}

export function Statistics() {
  const { t } = useTranslation('checks');
  const { period, set } = usePeriod();
  const statistics = useStatistics(period);
  const [open, setOpen] = useState<string>();
  const all = statistics.data ?? [];
  const byRule = all.filter(({ by_model: isModel }) => !isModel);
  const byModel = all.filter(({ by_model: isModel }) => isModel);
  const ofRules = useColumns(byRule, false, setOpen);
  const ofModel = useColumns(byModel, true, setOpen);
  if (statistics.isError) return <Trouble problem={statistics.error} onRetry={statistics.refetch} />;
  if (statistics.isPending) return <Skeleton active />;
  const shared = { file: `${period.from}-${period.to}`, rowKey: (row: Row) => row.check, empty: t('noStatistics') };
  return (
    <>
      <Listing
        {...shared}
        name="check-statistics"
        caption={t('tab_statistics')}
        columns={ofRules}
        rows={byRule}
        tools={<DayRange from={period.from} to={period.to} onChange={(from, to) => set({ from, to })} />}
        note={<span className="wide-only">{t('statisticsHint')}</span>}
      />
      {byModel.length > 0 && (
        <Listing
          {...shared}
          name="model-statistics"
          caption={t('statisticsOfModel')}
          columns={ofModel}
          rows={byModel}
          tools={<h2 className="model-statistics">{t('statisticsOfModel')}</h2>}
          note={<span className="wide-only">{t('statisticsOfModelHint')}</span>}
        />
      )}
      <Rejections row={all.find(({ check }) => check === open)} onClose={() => setOpen(undefined)} />
    </>
  );
}
