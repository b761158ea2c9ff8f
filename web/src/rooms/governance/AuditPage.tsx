// Who did what, newest first, and whether the chain is whole.
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import { count, wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { SearchField } from '../../shell/SearchField';
import { useCursorList, useFilters } from '../../shell/useCursorList';

interface Entry {
  number: number | string;
  hash: string;
  at: string;
  actor: string;
  action: string;
  object: string;
  detail: string;
}

interface Chain {
  whole: boolean;
  problem: string | null;
  entries?: number;
}

const filterNames = ['actor', 'action', 'object'] as const;

function ChainState() {
  const { t } = useTranslation('governance');
  const chain = useQuery({ queryKey: ['audit-chain'], queryFn: ({ signal }) => get<Chain>('/audit/chain', signal), staleTime: 60_000 });
  if (!chain.data) return null;
  const { whole, problem, entries } = chain.data;
  return (
    <Alert
      type={whole ? 'success' : 'error'}
      showIcon
      style={{ marginBottom: 12 }}
      message={whole ? t('chain', { entries: entries === undefined ? '' : count(entries) }) : t('broken', { problem: problem ?? '' })}
    />
  );
}

export default function AuditPage() {
  const { t } = useTranslation('governance');
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<Entry>('/audit', values);
  const columns: ListColumn<Entry>[] = [
    { key: 'at', title: t('at'), cell: (row) => wallClock(row.at) },
    { key: 'actor', title: t('actor'), cell: (row) => row.actor },
    { key: 'action', title: t('action'), narrow: true, cell: (row) => t(`action_${row.action}`, { defaultValue: row.action }) },
    { key: 'object', title: t('object'), cell: (row) => row.object },
    {
      key: 'detail',
      title: t('detail'),
      text: (row) => row.detail,
      cell: (row) => (
        <span title={row.detail} className="cut">
          {row.detail}
        </span>
      ),
    },
    { key: 'hash', title: t('hash'), text: (row) => row.hash, cell: (row) => <code className="quiet">{row.hash.slice(0, 8)}</code> },
  ];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('audit')}</h1>
        {filterNames.map((name) => (
          <SearchField key={name} label={t(name)} value={values[name]} onSearch={(text) => set({ [name]: text })} width={150} />
        ))}
      </div>
      <ChainState />
      <Listing
        name="audit"
        caption={t('audit')}
        rowKey={(row) => row.hash}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noEntries')}
      />
    </div>
  );
}
