// Is it well? Health, jobs and what went wrong with them.
import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Empty, Skeleton, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import { duration, wallClock } from '../../shell/format';
import { MoreRows } from '../../shell/MoreRows';
import { useCursorList } from '../../shell/useCursorList';

interface Job {
  id: string;
  name: string;
  state: 'waiting' | 'running' | 'done' | 'dead';
  attempts: number;
  next_at: string | null;
  problem: string | null;
}

interface Health {
  version: string;
  database: string;
  uptime_s: number;
  sessions: number;
}

const colours = { waiting: 'blue', running: 'gold', done: 'green', dead: 'red' } as const;
const noFilters = {};

export default function SystemPage() {
  const { t } = useTranslation('governance');
  const health = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => get<Health>('/health', signal), refetchInterval: 30_000 });
  const { rows, query } = useCursorList<Job>('/jobs', noFilters);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('system')}</h1>
      </div>
      <Card size="small" title={t('health')} style={{ marginBottom: 12 }}>
        {health.isPending && <Skeleton active />}
        {health.data && (
          <Descriptions size="small" column={{ xs: 1, md: 4 }}>
            <Descriptions.Item label={t('version')}>{health.data.version}</Descriptions.Item>
            <Descriptions.Item label={t('database')}>{health.data.database}</Descriptions.Item>
            <Descriptions.Item label={t('uptime')}>{duration(health.data.uptime_s)}</Descriptions.Item>
            <Descriptions.Item label={t('sessions')}>{health.data.sessions}</Descriptions.Item>
          </Descriptions>
        )}
      </Card>
      <Table
        size="small"
        rowKey="id"
        title={() => t('jobs')}
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={query.error?.message ?? t('noJobs')} /> }}
        columns={[
          { title: t('name'), dataIndex: 'name' },
          { title: t('state'), key: 'state', render: (_, row) => <Tag color={colours[row.state]}>{row.state}</Tag> },
          { title: t('attempts'), dataIndex: 'attempts', align: 'right' },
          { title: t('nextAt'), key: 'next', render: (_, row) => (row.next_at ? wallClock(row.next_at) : '') },
          { title: t('problem'), dataIndex: 'problem' },
        ]}
      />
      <MoreRows query={query} />
    </div>
  );
}
