// Who did what, newest first, and whether the chain is whole.
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { AuditChain, AuditEntry } from '../../api/schema';
import { count, wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { SearchField } from '../../shell/SearchField';
import { useCursorList, useFilters } from '../../shell/useCursorList';

const filterNames = ['actor', 'action', 'object'] as const;

function ChainState() {
  const { t } = useTranslation('governance');
  const chain = useQuery({ queryKey: ['audit-chain'], queryFn: ({ signal }) => get<AuditChain>('/audit/chain', signal), staleTime: 60_000 });
  if (!chain.data) return null;
  const { whole, problem, entries } = chain.data;
  return (
    <Alert
      type={whole ? 'success' : 'error'}
      showIcon
      style={{ marginBottom: 12 }}
      message={whole ? t('chain', { entries: count(entries) }) : t('broken', { problem: problem ?? '' })}
    />
  );
}

// {"heads":31,"late":0} as "heads 31 · late 0"; anything else as it stands.
function detailWords(detail: string): string {
  if (!detail.startsWith('{')) return detail;
  try {
    const fields = Object.entries(JSON.parse(detail) as Record<string, unknown>);
    return fields.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' · ');
  } catch {
    return detail;
  }
}

export default function AuditPage() {
  const { t } = useTranslation('governance');
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<AuditEntry>('/audit', values);
  const columns: ListColumn<AuditEntry>[] = [
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
          {detailWords(row.detail)}
        </span>
      ),
    },
    { key: 'hash', title: t('hash'), text: (row) => row.hash, cell: (row) => <code className="quiet">{row.hash.slice(0, 8)}</code> },
  ];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('audit')}</h1>
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
        tools={filterNames.map((name) => (
          <SearchField key={name} label={t(name)} value={values[name]} onSearch={(text) => set({ [name]: text })} width={130} size="small" />
        ))}
      />
    </div>
  );
}
