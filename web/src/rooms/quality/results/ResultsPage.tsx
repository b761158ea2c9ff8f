// Published results: an agent's own, a leader's group's, everybody's for those who answer for quality.
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';

import type { InspectionResult } from '../../../api/schema';
import { DayRange } from '../../../shell/DayRange';
import { placed, wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { PersonSelect } from '../../../shell/PersonSelect';
import { useHasRole } from '../../../shell/session';
import { useFilters } from '../../../shell/useCursorList';
import { useRubricWords } from '../rubric/rubrics';
import { InspectionMark } from '../shared/States';
import { useResults } from './data';
import { OneResult } from './OneResult';
import './results.css';

const filterNames = ['from', 'to', 'staff', 'state'] as const;
const written = 'YYYY-MM-DD';
const daysShown = 60;

function Results() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const { values, set } = useFilters(filterNames);
  const seesOthers = useHasRole('shift_leader', 'qa_supervisor', 'manager');
  const to = values.to ?? dayjs().format(written);
  const from = values.from ?? dayjs(to).subtract(daysShown, 'day').format(written);
  const words = useRubricWords();
  const query = useResults(from, to, values.staff);
  const all = query.data ?? [];
  const open = all.filter((row) => row.state === 'published');
  const rows = values.state === 'published' ? open : all;

  const found = (row: InspectionResult) => row.findings.map((finding) => `${words.item(finding.item)}${finding.points > 0 ? ` −${finding.points}` : ''}`);
  const columns: ListColumn<InspectionResult>[] = [
    {
      key: 'occurred_at',
      title: t('contactAt'),
      text: (row) => wallClock(row.occurred_at),
      order: (a, b) => a.occurred_at.localeCompare(b.occurred_at),
      cell: (row) => <Link to={`/results/${row.key}`}>{wallClock(row.occurred_at).slice(0, 16)}</Link>,
    },
    {
      key: 'score',
      title: t('score'),
      figure: true,
      text: (row) => row.score ?? '',
      order: (a, b) => Number(a.score ?? -1) - Number(b.score ?? -1),
      cell: (row) => placed(row.score, 2),
    },
    { key: 'state', title: t('state'), narrow: true, text: (row) => t(`state_${row.state}`), cell: (row) => <InspectionMark state={row.state} /> },
    ...(seesOthers
      ? [
          { key: 'name', title: t('agent'), narrow: true, text: (row: InspectionResult) => `${row.name ?? ''} ${row.staff_no}`, cell: (row: InspectionResult) => row.name ?? row.staff_no },
          { key: 'group', title: t('group'), cell: (row: InspectionResult) => row.group },
        ]
      : []),
    { key: 'channel', title: t('channel'), text: (row) => t(`channel_${row.channel}`), cell: (row) => t(`channel_${row.channel}`) },
    {
      key: 'findings',
      title: t('findings'),
      wraps: true,
      text: (row) => found(row).join(t('listComma')),
      cell: (row) => (row.findings.length === 0 ? <span className="quiet">{t('nothingFoundShort')}</span> : found(row).join(t('listComma'))),
    },
    { key: 'submitted_at', title: t('inspectedAt'), text: (row) => (row.submitted_at ? wallClock(row.submitted_at) : ''), cell: (row) => (row.submitted_at ? wallClock(row.submitted_at).slice(0, 16) : '—') },
    { key: 'inspector', title: t('inspector'), optional: true, text: (row) => row.inspector, cell: (row) => row.inspector_name ?? row.inspector },
    { key: 'contact', title: t('recordNo'), optional: true, text: (row) => row.contact, cell: (row) => <code className="quiet">{row.contact}</code> },
  ];
  const tools = (
    <>
      <Segmented
        size="small"
        aria-label={t('state')}
        value={values.state ?? 'all'}
        options={[
          { value: 'all', label: t('all') },
          { value: 'published', label: t('toAcknowledge', { count: open.length }) },
        ]}
        onChange={(state) => set({ state: state === 'all' ? undefined : state })}
      />
      {seesOthers && <PersonSelect label={t('agent')} value={values.staff ?? null} onChange={(staff) => set({ staff: staff ?? undefined })} />}
    </>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('results')}</h1>
        <DayRange from={from} to={to} onChange={(first, last) => set({ from: first, to: last })} />
        <span className="grow" />
        <Button href={`/api/v1/quality/results.xlsx?from=${from}&to=${to}`} icon={<DownloadOutlined />} disabled={all.length === 0}>
          XLSX
        </Button>
      </div>
      <Listing
        name="results"
        file={`${from}-${to}`}
        caption={t('results')}
        rowKey={(row) => row.key}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noResults')}
        tools={tools}
        onOpen={(row) => navigate(`/results/${row.key}`)}
      />
    </div>
  );
}

export default function ResultsPage() {
  const { key } = useParams();
  return key === undefined ? <Results /> : <OneResult inspection={key} />;
}
