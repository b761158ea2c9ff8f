// Rectifications: what agents do about findings, until when, and whether it helped.
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { Segmented } from 'antd';

import type { RectificationRow } from '../../../api/schema';
import { dayName } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { useFilters } from '../../../shell/useCursorList';
import { RectificationMark } from '../shared/States';
import { useRectifications } from './data';
import { OneRectification } from './OneRectification';
import './rectification.css';

const filterNames = ['show'] as const;
const isOpen = ({ state }: RectificationRow) => state !== 'verified' && state !== 'dropped';

export default function RectificationPage() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const { key, finding } = useParams();
  const { values, set } = useFilters(filterNames);
  const query = useRectifications();
  const all = query.data ?? [];
  const overdue = all.filter((row) => row.overdue);
  const rows = values.show === 'overdue' ? overdue : values.show === 'all' ? all : all.filter(isOpen);
  const to = (row: RectificationRow) => `/rectification/${row.inspection}/${row.finding}`;
  const columns: ListColumn<RectificationRow>[] = [
    { key: 'name', title: t('agent'), text: (row) => `${row.name ?? ''} ${row.staff_no}`, cell: (row) => <Link to={to(row)}>{row.name ?? row.staff_no}</Link> },
    { key: 'state', title: t('state'), text: (row) => t(`rectification_${row.state}`), cell: (row) => <RectificationMark state={row.state} /> },
    {
      key: 'due',
      title: t('lastDay'),
      narrow: true,
      text: (row) => row.due,
      order: (a, b) => a.due.localeCompare(b.due),
      cell: (row) => (
        <>
          {dayName(row.due)} {row.overdue && <Mark tone="bad">{t('overdue')}</Mark>} {row.escalated_at && <Mark tone="warn">{t('escalated')}</Mark>}
        </>
      ),
    },
    { key: 'asked_until', title: t('extensionAsked'), text: (row) => row.asked_until ?? '', cell: (row) => (row.asked_until ? dayName(row.asked_until) : '—') },
    { key: 'measures', title: t('measures'), wraps: true, text: (row) => row.measures, cell: (row) => row.measures || <span className="quiet">{t('noMeasures')}</span> },
    { key: 'inspector', title: t('inspector'), optional: true, cell: (row) => row.inspector },
  ];
  const tools = (
    <Segmented
      size="small"
      aria-label={t('state')}
      value={values.show ?? 'open'}
      options={[
        { value: 'open', label: t('openOnes', { count: all.filter(isOpen).length }) },
        { value: 'overdue', label: t('overdueOnes', { count: overdue.length }) },
        { value: 'all', label: t('all') },
      ]}
      onChange={(show) => set({ show: show === 'open' ? undefined : show })}
    />
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('rectification')}</h1>
      </div>
      <Listing
        name="rectification"
        caption={t('rectification')}
        rowKey={(row) => `${row.inspection}/${row.finding}`}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noRectifications')}
        tools={tools}
        onOpen={(row) => navigate(to(row))}
      />
      {key !== undefined && finding !== undefined && (
        <OneRectification key={`${key}/${finding}`} name={{ inspection: key, finding: Number(finding) }} onClose={() => navigate('/rectification')} />
      )}
    </div>
  );
}
