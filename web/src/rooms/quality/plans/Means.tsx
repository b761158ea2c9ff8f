// What the sample says about each agent, and how surely: means with their intervals, and whom they tell apart.
import { useTranslation } from 'react-i18next';

import type { AgentMean, Estimate, InspectionPlan } from '../../../api/schema';
import { Interval } from '../../../charts/Interval';
import { count, percent, placed } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { useHasRole } from '../../../shell/session';
import { Compare } from './Compare';
import { useMeans } from './data';
import { scaleOf } from './plan';

const figureOf = (text: string | null) => (text === null ? null : Number(text));
const share = (text: string | null) => percent(figureOf(text));
const between = ({ low, high }: Estimate, written: (text: string | null) => string) => (low === null ? '—' : `${written(low)} – ${written(high)}`);
const byMean = (a: AgentMean, b: AgentMean) => Number(a.mean.value ?? -1) - Number(b.mean.value ?? -1);

function Against({ row }: { row: AgentMean }) {
  const say = useLabel();
  if (row.versus_above === null) return <span className="quiet">—</span>;
  return <Mark tone={row.versus_above.verdict.endsWith('higher') ? 'info' : 'plain'}>{say(row.versus_above.text)}</Mark>;
}

export function Means({ plan }: { plan: InspectionPlan }) {
  const { t } = useTranslation('plans');
  const say = useLabel();
  const means = useMeans(plan.number);
  const compares = useHasRole('qa_supervisor', 'manager');
  const rows = means.data ?? [];
  const scale = scaleOf(rows.map(({ mean }) => mean));
  const columns: ListColumn<AgentMean>[] = [
    {
      key: 'name',
      title: t('person'),
      text: (row) => row.name ?? row.staff_no,
      cell: (row) => (
        <>
          {row.name ?? row.staff_no} <span className="quiet">{row.name && row.staff_no}</span>
        </>
      ),
    },
    { key: 'group', title: t('group'), optional: true, cell: (row) => row.group },
    { key: 'mean', title: t('mean'), figure: true, narrow: true, cell: (row) => <strong>{placed(row.mean.value, 1)}</strong>, text: (row) => row.mean.value ?? '', order: byMean },
    {
      key: 'interval',
      title: t('interval'),
      narrow: true,
      text: (row) => between(row.mean, (text) => placed(text, 1)),
      cell: ({ mean }) => (
        <span title={mean.gap ? say(mean.gap) : undefined}>
          <span className="wide-only">
            <Interval value={figureOf(mean.value)} low={figureOf(mean.low)} high={figureOf(mean.high)} scale={scale} />{' '}
          </span>
          <span className="quiet">{mean.low === null && mean.gap ? say(mean.gap) : between(mean, (text) => placed(text, 1))}</span>
        </span>
      ),
    },
    { key: 'versus', title: t('versusAbove'), text: (row) => (row.versus_above ? say(row.versus_above.text) : ''), cell: (row) => <Against row={row} /> },
    {
      key: 'severe',
      title: t('severe'),
      figure: true,
      text: (row) => share(row.severe.value),
      cell: ({ severe }) => (
        <>
          {share(severe.value)} <span className="quiet">{between(severe, share)}</span>
        </>
      ),
    },
    { key: 'inspected', title: t('inspected'), figure: true, cell: (row) => count(row.inspected), order: (a, b) => a.inspected - b.inspected },
    { key: 'contacts', title: t('contacts'), figure: true, cell: (row) => count(row.contacts) },
  ];
  const list = (
    <Listing
      name="plan-means"
      file={`${plan.month}-${plan.number}`}
      caption={t('means')}
      rowKey={(row) => row.staff_no}
      columns={columns}
      rows={rows}
      query={means}
      empty={t('noMeans')}
      tools={<h2>{t('means')}</h2>}
      note={<span className="wide-only">{t('meansHint')}</span>}
    />
  );
  return (
    <>
      {list}
      {compares && rows.length > 1 && <Compare plan={plan} agents={rows} />}
    </>
  );
}
