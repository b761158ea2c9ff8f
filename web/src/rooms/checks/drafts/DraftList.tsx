// Changes of checks on their way, newest first.
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { CheckDraft } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Trouble } from '../../../shell/Nothing';
import { useDrafts } from '../data';
import { DraftState } from './DraftState';

export function DraftList() {
  const { t } = useTranslation('checks');
  const navigate = useNavigate();
  const drafts = useDrafts();
  const pathOf = ({ number }: CheckDraft) => `/checks/drafts/${number}`;
  const columns: ListColumn<CheckDraft>[] = [
    { key: 'title', title: t('draftTitle'), text: (row) => row.title, cell: (row) => <Link to={pathOf(row)}>{`${row.number}. ${row.title}`}</Link> },
    { key: 'state', title: t('draftState'), text: (row) => t(`state_${row.state}`), cell: (row) => <DraftState state={row.state} /> },
    { key: 'author', title: t('author'), narrow: true, cell: (row) => row.author },
    { key: 'begun', title: t('begunAt'), cell: (row) => wallClock(row.begun_at).slice(0, 16) },
    { key: 'changed', title: t('changedAt'), cell: (row) => wallClock(row.changed_at).slice(0, 16) },
    { key: 'effective', title: t('effectiveFrom'), cell: (row) => row.effective_from ?? '—' },
  ];
  if (drafts.isError) return <Trouble problem={drafts.error} onRetry={drafts.refetch} />;
  if (drafts.isPending) return <Skeleton active />;
  return (
    <Listing
      name="check-drafts"
      caption={t('drafts')}
      rowKey={(row) => String(row.number)}
      columns={columns}
      rows={drafts.data}
      empty={t('noDrafts')}
      onOpen={(row) => navigate(pathOf(row))}
    />
  );
}
