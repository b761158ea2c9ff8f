// Is it well? Health, jobs and what went wrong with them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress, Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

import { call, get } from '../../api/client';
import type { Health, Job } from '../../api/schema';
import { count, duration, wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark, type Tone } from '../../shell/Mark';
import { Trouble } from '../../shell/Nothing';
import { useCursorList, useFilters } from '../../shell/useCursorList';

const tones: Partial<Record<string, Tone>> = { waiting: 'info', running: 'warn', done: 'good', dead: 'bad' };
const states = ['waiting', 'running', 'done', 'dead', 'cancelled'];
const filterNames = ['state'] as const;

function HealthTiles({ health }: { health: Health }) {
  const { t } = useTranslation('governance');
  const tiles: [string, string, boolean][] = [
    [t('version'), health.version, false],
    [t('database'), health.database, false],
    [t('uptime'), duration(health.uptime_s), false],
    [t('sessions'), count(health.sessions), false],
    [t('jobsWaiting'), count(health.jobs_waiting), false],
    [t('jobsDead'), count(health.jobs_dead), health.jobs_dead > 0],
  ];
  return (
    <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' }}>
      {tiles.map(([name, value, bad]) => (
        <section key={name} className="panel tile" aria-label={name}>
          <span className="quiet">{name}</span>
          <span className={bad ? 'tile-figure fall' : 'tile-figure'} style={{ fontSize: 17 }}>
            {value}
          </span>
        </section>
      ))}
    </div>
  );
}

function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation('governance');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (action: 'retry' | 'cancel') => call('POST', `/jobs/${job.id}/${action}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['list', '/jobs'] }),
    onError: (problem) => message.error(problem.message),
  });
  const action = job.state === 'dead' ? 'retry' : job.state === 'waiting' ? 'cancel' : undefined;
  if (!action) return null;
  return (
    <Button size="small" loading={act.isPending} onClick={() => act.mutate(action)}>
      {t(action)}
    </Button>
  );
}

function Jobs() {
  const { t } = useTranslation('governance');
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<Job>('/jobs', values);
  const columns: ListColumn<Job>[] = [
    { key: 'name', title: t('name'), cell: (row) => t(`job_${row.name}`, { defaultValue: row.name }) },
    {
      key: 'state',
      title: t('state'),
      text: (row) => row.state,
      cell: (row) => <Mark tone={tones[row.state] ?? 'plain'}>{t(`state_${row.state}`, { defaultValue: row.state })}</Mark>,
    },
    {
      key: 'progress',
      title: t('progress'),
      text: (row) => (row.total ? `${row.done}/${row.total}` : ''),
      cell: (row) =>
        row.state === 'running' && row.total ? (
          <Progress size="small" percent={Math.floor(((row.done) / row.total) * 100)} style={{ width: 120, margin: 0 }} aria-label={t('progress')} />
        ) : (
          ''
        ),
    },
    { key: 'created_at', title: t('createdAt'), cell: (row) => wallClock(row.created_at) },
    { key: 'ended_at', title: t('endedAt'), cell: (row) => (row.ended_at ? wallClock(row.ended_at) : '') },
    { key: 'attempts', title: t('attempts'), figure: true, cell: (row) => row.attempts },
    { key: 'next_at', title: t('nextAt'), optional: true, cell: (row) => (row.next_at ? wallClock(row.next_at) : '') },
    { key: 'account', title: t('actor'), cell: (row) => row.account },
    { key: 'problem', title: t('problem'), narrow: true, cell: (row) => row.problem ?? '' },
    { key: 'actions', title: t('action'), text: () => '', cell: (row) => <JobActions job={row} /> },
  ];
  return (
    <Listing
      name="jobs"
      caption={t('jobs')}
      rowKey={(row) => row.id}
      columns={columns}
      rows={rows}
      query={query}
      empty={t('noJobs')}
      tools={
        <>
        <h2>{t('jobs')}</h2>
        <Select
          size="small"
          aria-label={t('state')}
          allowClear
          placeholder={t('allStates')}
          value={values.state ?? null}
          options={states.map((state) => ({ value: state, label: t(`state_${state}`) }))}
          onChange={(state: string | null) => set({ state: state ?? undefined })}
          style={{ minWidth: 120 }}
        />
        </>
      }
    />
  );
}

export default function SystemPage() {
  const { t } = useTranslation('governance');
  const health = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => get<Health>('/health', signal), refetchInterval: 30_000 });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('system')}</h1>
      </div>
      {health.isPending && <Skeleton active />}
      {health.isError && <Trouble problem={health.error} onRetry={health.refetch} />}
      {health.data && <HealthTiles health={health.data} />}
      <Jobs />
    </div>
  );
}
