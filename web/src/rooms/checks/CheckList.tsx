// The checks in force, with what each proposes and when.
import { Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { CheckListed } from '../../api/schema';
import { ClauseLink } from '../../shell/ClauseLink';
import { useLabel } from '../../shell/label';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark } from '../../shell/Mark';
import { Trouble } from '../../shell/Nothing';
import { SearchField } from '../../shell/SearchField';
import { useFilters } from '../../shell/useCursorList';
import { useRubricWords } from '../quality/rubric/rubrics';
import { useChecks } from './data';

const filterNames = ['q', 'severity'] as const;

export function CheckList({ writes }: { writes: boolean }) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const navigate = useNavigate();
  const { item, severity, gravity } = useRubricWords();
  const { values, set } = useFilters(filterNames);
  const checks = useChecks();
  const all = checks.data?.items ?? [];
  const asked = values.q?.toLowerCase() ?? '';
  const isAsked = (row: CheckListed) => [row.id, row.clause, say(row.label), row.yaml].some((text) => text.toLowerCase().includes(asked));
  const rows = all.filter((row) => isAsked(row) && (values.severity === undefined || row.severity === values.severity));
  const pathOf = ({ id }: CheckListed) => `/checks/edit/${id}`;
  const days = ({ from, until }: CheckListed) => (from === null && until === null ? '—' : `${from ?? ''} – ${until ?? ''}`);
  const channels = (row: CheckListed) => (row.channels.length === 0 ? t('allChannels') : row.channels.map((one) => t(`channel_${one as 'call'}`)).join(t('listJoin')));
  const columns: ListColumn<CheckListed>[] = [
    {
      key: 'label',
      title: t('check'),
      text: (row) => say(row.label),
      order: (a, b) => say(a.label).localeCompare(say(b.label)),
      cell: (row) => (writes ? <Link to={pathOf(row)}>{say(row.label)}</Link> : say(row.label)),
    },
    { key: 'clause', title: t('clause'), text: (row) => row.clause, order: (a, b) => a.clause.localeCompare(b.clause), cell: (row) => <ClauseLink clause={row.clause} /> },
    { key: 'kind', title: t('kind'), text: (row) => t(`kind_${row.kind}`), cell: (row) => t(`kind_${row.kind}`) },
    { key: 'item', title: t('item'), text: (row) => item(row.item), order: (a, b) => item(a.item).localeCompare(item(b.item)), cell: (row) => item(row.item) },
    {
      key: 'severity',
      title: t('severity'),
      narrow: true,
      text: (row) => severity(row.severity),
      order: (a, b) => a.points - b.points,
      cell: (row) => <Mark tone={gravity(row.severity)}>{severity(row.severity)}</Mark>,
    },
    { key: 'points', title: t('points'), figure: true, order: (a, b) => a.points - b.points, text: (row) => String(row.points), cell: (row) => `−${row.points}` },
    { key: 'channels', title: t('channels'), text: channels, cell: channels },
    { key: 'days', title: t('effective'), text: days, cell: days },
    { key: 'rule', title: t('rule'), optional: true, text: (row) => row.rule, cell: (row) => <code className="quiet">{row.rule}</code> },
    { key: 'id', title: t('id'), optional: true, text: (row) => row.id, cell: (row) => <code className="quiet">{row.id}</code> },
  ];
  const severities = [...new Set(all.map((row) => row.severity))];
  if (checks.isError) return <Trouble problem={checks.error} onRetry={checks.refetch} />;
  if (checks.isPending) return <Skeleton active />;
  return (
    <Listing
      name="checks"
      caption={t('checks')}
      rowKey={(row) => row.id}
      columns={columns}
      rows={rows}
      empty={t('noChecks')}
      note={
        <span className="wide-only">
          {t('checksHint')}
          {all.some(({ kind }) => kind === 'ask') && ` ${t(checks.data.judge === null ? 'judgeOff' : 'judgeOn', { model: checks.data.judge })}`}
        </span>
      }
      tools={
        <>
          <SearchField label={t('findCheck')} value={values.q} onSearch={(q) => set({ q })} width={200} size="small" />
          <Select
            size="small"
            allowClear
            aria-label={t('severity')}
            placeholder={t('allSeverities')}
            value={values.severity ?? null}
            options={severities.map((value) => ({ value, label: severity(value) }))}
            onChange={(chosen: string | null) => set({ severity: chosen ?? undefined })}
            style={{ minWidth: 120 }}
          />
        </>
      }
      {...(writes ? { onOpen: (row: CheckListed) => navigate(pathOf(row)) } : {})}
    />
  );
}
