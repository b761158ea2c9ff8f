// How far the plan is with each inspector and each agent.
import { Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { InspectionPlan } from '../../../api/schema';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { useHasRole } from '../../../shell/session';
import { useFilters } from '../../../shell/useCursorList';
import { SearchField } from '../../../shell/SearchField';
import { usePlanProgress } from './data';
import { GiveAway } from './GiveAway';
import { Meter } from './Meter';
import { byPerson, isShort, type PersonProgress, sumsOf } from './plan';

const filterNames = ['of', 'round', 'only', 'q'] as const;

function useColumns(plan: InspectionPlan, rows: PersonProgress[], ofAgents: boolean, drawn: boolean): ListColumn<PersonProgress>[] {
  const { t } = useTranslation('plans');
  const maySupervise = useHasRole('qa_supervisor');
  const gives = maySupervise && !ofAgents && plan.state === 'running';
  return useMemo(() => {
    const sums = sumsOf(rows);
    const figures = (['assigned', 'done', 'published'] as const).map((key) => ({
      key,
      title: t(key),
      figure: true,
      narrow: key === 'done',
      cell: (row: PersonProgress) => row[key],
      order: (a: PersonProgress, b: PersonProgress) => a[key] - b[key],
      sum: sums[key],
    }));
    const capacity = (row: PersonProgress) => plan.inspectors.find((one) => one.staff_no === row.staff_no)?.capacity;
    const promised: ListColumn<PersonProgress> = ofAgents
      ? { key: 'expected', title: t('expected'), figure: true, cell: (row) => row.expected ?? '—', sum: sums.expected ?? '—' }
      : { key: 'capacity', title: t('capacity'), figure: true, cell: (row) => capacity(row) ?? '—' };
    return [
      {
        key: 'name',
        title: t('person'),
        text: (row) => row.name ?? row.staff_no,
        cell: (row) => (
          <>
            {row.name ?? row.staff_no} <span className="quiet">{row.name && row.staff_no}</span>{' '}
            {isShort(row, drawn) && (
              <span title={t('shortHint')}>
                <Mark tone="warn">{t('short')}</Mark>
              </span>
            )}
          </>
        ),
      },
      { key: 'progress', title: t('progress'), text: (row) => `${row.done}/${row.assigned}`, cell: (row) => <Meter sums={row} /> },
      promised,
      ...figures,
      {
        key: 'overdue',
        title: t('overdue'),
        figure: true,
        narrow: true,
        cell: (row) => <span className={row.overdue > 0 ? 'fall' : 'quiet'}>{row.overdue}</span>,
        text: (row) => String(row.overdue),
        order: (a, b) => a.overdue - b.overdue,
        sum: sums.overdue,
      },
      ...(gives
        ? [{ key: 'away', title: t('absent'), text: () => '', cell: (row: PersonProgress) => <GiveAway plan={plan} from={row} inspectors={rows} /> }]
        : []),
    ];
  }, [plan, rows, ofAgents, drawn, gives, t]);
}

export function Inspected({ plan }: { plan: InspectionPlan }) {
  const { t } = useTranslation('plans');
  const progress = usePlanProgress(plan.number);
  const { values, set } = useFilters(filterNames);
  const ofAgents = values.of !== 'inspectors';
  const round = values.round === undefined ? undefined : Number(values.round);
  const isDrawn = plan.rounds.filter((one) => round === undefined || one.round === round).every(({ drawn_at }) => drawn_at !== null);
  const rows = useMemo(
    () =>
      byPerson((ofAgents ? progress.data?.agents : progress.data?.inspectors) ?? [], round)
        .filter((row) => values.only !== 'overdue' || row.overdue > 0)
        .filter((row) => values.only !== 'short' || isShort(row, isDrawn))
        .filter((row) => `${row.name ?? ''} ${row.staff_no}`.toLowerCase().includes((values.q ?? '').toLowerCase())),
    [progress.data, ofAgents, round, values.only, values.q, isDrawn],
  );
  const columns = useColumns(plan, rows, ofAgents, isDrawn);
  const only = [
    { value: 'overdue', label: t('onlyOverdue') },
    ...(ofAgents ? [{ value: 'short', label: t('onlyShort') }] : []),
  ];
  const tools = (
    <>
      <Segmented
        size="small"
        aria-label={t('progress')}
        value={ofAgents ? 'agents' : 'inspectors'}
        options={[
          { value: 'agents', label: t('byAgent') },
          { value: 'inspectors', label: t('byInspector') },
        ]}
        onChange={(of) => set({ of: of === 'agents' ? undefined : of, only: undefined })}
      />
      <SearchField label={t('person')} value={values.q} onSearch={(q) => set({ q })} width={150} size="small" />
      <Select
        size="small"
        aria-label={t('rounds')}
        allowClear
        placeholder={t('allRounds')}
        value={values.round ?? null}
        options={plan.rounds.map((one) => ({ value: String(one.round), label: t('round', { round: one.round }) }))}
        onChange={(chosen: string | null) => set({ round: chosen ?? undefined })}
        style={{ minWidth: 110 }}
      />
      <Select
        size="small"
        aria-label={t('overdue')}
        allowClear
        placeholder={t('all')}
        value={values.only ?? null}
        options={only}
        onChange={(chosen: string | null) => set({ only: chosen ?? undefined })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 100 }}
      />
    </>
  );
  return (
    <Listing
      name={ofAgents ? 'plan-agents' : 'plan-inspectors'}
      file={`${plan.month}-${plan.number}`}
      caption={t(ofAgents ? 'byAgent' : 'byInspector')}
      rowKey={(row) => row.staff_no}
      columns={columns}
      rows={rows}
      query={progress}
      empty={!ofAgents && !plan.rounds.some(({ drawn_at }) => drawn_at !== null) ? t('nothingDrawn') : t('nobody')}
      tools={tools}
    />
  );
}
