// How far the session's inspectors agree beyond chance, and who is stricter or milder than the others.
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

import type { AgreementMeasure, Calibration, Estimate, InspectorFigures, ItemAgreement, Rubric } from '../../../api/schema';
import { Interval } from '../../../charts/Interval';
import { DataTable, type Column } from '../../../shell/DataTable';
import { placed } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { itemsOf } from '../rubric/rubrics';
import { useReport } from './data';
import { leaningOf, leastAlike } from './reading';

const figureOf = (text: string | null) => (text === null ? null : Number(text));
const onePoint = [-1, 1] as const; // agreement: 1 is perfect, 0 no better than chance
const points = [-10, 10] as const;
const shownOfItems = ['percent', 'alpha_ordinal', 'ac1'];

// A value with its interval, drawn where there is a scale to draw it on; or why there is none.
function Estimated({ estimate, scale, places }: { estimate: Estimate; scale?: readonly [number, number]; places: number }) {
  const say = useLabel();
  const { value, low, high, gap } = estimate;
  if (value === null) return <span className="quiet">{gap ? say(gap) : '—'}</span>;
  return (
    <span className="estimated" title={gap ? say(gap) : undefined}>
      {scale && <Interval value={figureOf(value)} low={figureOf(low)} high={figureOf(high)} scale={scale} mark={0} />}
      <span>{placed(value, places)}</span>
      <span className="quiet">{low !== null && high !== null ? `[${placed(low, places)}, ${placed(high, places)}]` : '—'}</span>
    </span>
  );
}

interface MeasureRow {
  about: string;
  measure: AgreementMeasure;
}

function Measures({ overall, scores }: { overall: AgreementMeasure[]; scores: AgreementMeasure[] }) {
  const { t } = useTranslation('calibration');
  const say = useLabel();
  const rows: MeasureRow[] = [
    ...overall.map((measure) => ({ about: t('ofItems'), measure })),
    ...scores.map((measure) => ({ about: t('ofScores'), measure })),
  ];
  return (
    <Panel title={t('agreement')} extra={<span className="quiet wide-only">{t('agreementHint')}</span>} flush>
      <DataTable
        caption={t('agreement')}
        rows={rows}
        rowKey={({ about, measure }) => about + measure.measure}
        columns={[
          { key: 'measure', title: t('measure'), cell: ({ measure }) => say(measure.label) },
          { key: 'about', title: '', cell: ({ about }) => <span className="quiet">{about}</span> },
          { key: 'value', title: t('interval'), cell: ({ measure }) => <Estimated estimate={measure} scale={onePoint} places={2} /> },
        ]}
      />
    </Panel>
  );
}

// The items that were not read alike throughout, the least alike first.
function ByItem({ items, rubric }: { items: ItemAgreement[]; rubric: Rubric }) {
  const { t } = useTranslation('calibration');
  const say = useLabel();
  const labels = new Map(itemsOf(rubric).map(({ id, label }) => [id, say(label)]));
  const apart = leastAlike(items);
  const present = shownOfItems.flatMap((id) => items[0]?.measures.find(({ measure }) => measure === id) ?? []);
  const columns: Column<ItemAgreement>[] = [
    { key: 'item', title: t('item'), wraps: true, cell: ({ item }) => labels.get(item) ?? item },
    ...present.map(({ measure, label }) => ({
      key: measure,
      title: say(label),
      cell: ({ measures }: ItemAgreement) => {
        const found = measures.find((one) => one.measure === measure);
        return found ? <Estimated estimate={found} places={2} /> : '—';
      },
    })),
  ];
  return (
    <Panel title={t('byItem')} extra={<span className="quiet">{t('restAlike', { count: items.length - apart.length })}</span>} flush>
      {apart.length > 0 && <DataTable caption={t('byItem')} rows={apart} rowKey={({ item }) => item} columns={columns} />}
    </Panel>
  );
}

function Leaning({ estimate }: { estimate: Estimate }) {
  const { t } = useTranslation('calibration');
  const leaning = leaningOf(estimate);
  if (leaning === undefined) return null;
  return <Mark tone={leaning === 'noDifference' ? 'plain' : 'warn'}>{t(leaning)}</Mark>;
}

function Severity({ inspectors }: { inspectors: InspectorFigures[] }) {
  const { t } = useTranslation('calibration');
  const estimate = (key: 'against_agreed' | 'severity_over_time' | 'drift', title: string): Column<InspectorFigures> => ({
    key,
    title,
    wraps: true,
    cell: (row) => <Estimated estimate={row[key]} places={1} />,
  });
  return (
    <Panel title={t('severity')} extra={<span className="quiet wide-only">{t('severityHint')}</span>} flush>
      <DataTable
        caption={t('severity')}
        rows={inspectors}
        rowKey={({ staff_no }) => staff_no}
        columns={[
          { key: 'name', title: t('person'), cell: ({ name, staff_no }) => name ?? staff_no },
          {
            key: 'severity',
            title: t('severity'),
            cell: ({ severity }) => (
              <>
                <Estimated estimate={severity} scale={points} places={1} /> <Leaning estimate={severity} />
              </>
            ),
          },
          estimate('against_agreed', t('againstAgreed')),
          estimate('severity_over_time', t('overTime')),
          estimate('drift', t('drift')),
        ]}
      />
    </Panel>
  );
}

export function Agreement({ session }: { session: Calibration }) {
  const report = useReport(session.number);
  if (report.isPending) return <Skeleton active />;
  if (!report.data) return <Trouble problem={report.error} onRetry={report.refetch} />;
  const { overall, scores, items, inspectors } = report.data;
  return (
    <>
      <div className="calibration-figures">
        <Measures overall={overall} scores={scores} />
        <ByItem items={items} rubric={session.rubric} />
      </div>
      <Severity inspectors={inspectors} />
    </>
  );
}
