// Who did what, newest first, and whether the chain is whole.
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import { wallClock } from '../../shell/format';
import { MoreRows } from '../../shell/MoreRows';
import { useCursorList } from '../../shell/useCursorList';

interface Entry {
  hash: string;
  at: string;
  actor: string;
  action: string;
  object: string;
  detail: string;
}

const noFilters = {};

export default function AuditPage() {
  const { t } = useTranslation('governance');
  const { rows, query } = useCursorList<Entry>('/audit', noFilters);
  const chain = useQuery({
    queryKey: ['audit-chain'],
    queryFn: ({ signal }) => get<{ whole: boolean; problem: string | null }>('/audit/chain', signal),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('audit')}</h1>
      </div>
      {chain.data && (
        <Alert
          type={chain.data.whole ? 'success' : 'error'}
          showIcon
          style={{ marginBottom: 12 }}
          message={chain.data.whole ? t('chain') : t('broken', { problem: chain.data.problem ?? '' })}
        />
      )}
      <Table
        size="small"
        rowKey="hash"
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        sticky
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={query.error?.message} /> }}
        columns={[
          { title: t('at'), key: 'at', render: (_, row) => wallClock(row.at) },
          { title: t('actor'), dataIndex: 'actor' },
          { title: t('action'), dataIndex: 'action' },
          { title: t('object'), dataIndex: 'object' },
          {
            title: t('detail'),
            key: 'detail',
            render: (_, row) => (
              <Typography.Text ellipsis={{ tooltip: row.detail }} style={{ maxWidth: 480 }}>
                {row.detail}
              </Typography.Text>
            ),
          },
          { key: 'hash', render: (_, row) => <code className="quiet">{row.hash.slice(0, 8)}</code> },
        ]}
      />
      <MoreRows query={query} />
    </div>
  );
}
