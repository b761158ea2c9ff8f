// Every contact, filtered and paged on the server; one contact's events in a panel beside the list.
import { Descriptions, Drawer, Empty, Input, Select, Skeleton, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';

import { DayRange } from '../../shell/DayRange';
import { duration, wallClock } from '../../shell/format';
import { MoreRows } from '../../shell/MoreRows';
import { useCursorList, useFilters } from '../../shell/useCursorList';
import { type Contact, useContact } from './data';
import { useDays } from './OverviewPage';

const filterNames = ['queue', 'outcome', 'q', 'sort'] as const;
const outcomes = ['answered', 'abandoned', 'timeout', 'exit_key', 'empty', 'no_answer', 'withdrawn', 'open'] as const;
type Outcome = (typeof outcomes)[number];
const seconds = (ms: number | null) => duration(ms === null ? null : ms / 1000);

function OneContact({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const contact = useContact(id);
  const data = contact.data?.contact;
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={data?.source_id ?? ''} width="min(640px, 100vw)">
      {contact.isPending && <Skeleton active />}
      {contact.isError && <Empty description={contact.error.message} />}
      {data && (
        <>
          <Descriptions size="small" column={2} bordered>
            <Descriptions.Item label={t('offeredAt')}>{wallClock(data.offered_at)}</Descriptions.Item>
            <Descriptions.Item label={t('queue')}>{data.queue}</Descriptions.Item>
            <Descriptions.Item label={t('agent')}>{data.agent ?? '—'}</Descriptions.Item>
            <Descriptions.Item label={t('customer')}>{data.customer ?? '—'}</Descriptions.Item>
            <Descriptions.Item label={t('waited')}>{seconds(data.wait_ms)}</Descriptions.Item>
            <Descriptions.Item label={t('talked')}>{seconds(data.talk_ms)}</Descriptions.Item>
            <Descriptions.Item label={t('outcome')}>{t(data.outcome as Outcome)}</Descriptions.Item>
            <Descriptions.Item label={t('endedBy')}>{t(data.ended_by as 'unknown')}</Descriptions.Item>
          </Descriptions>
          <h2 style={{ fontSize: 14, marginTop: 16 }}>{t('events')}</h2>
          <Table
            size="small"
            pagination={false}
            rowKey={(event) => `${event.at}${event.event}${event.member}${event.data}`}
            dataSource={contact.data?.events ?? []}
            showHeader={false}
            columns={[
              { key: 'at', render: (_, event) => <span className="quiet">{wallClock(event.at)}</span> },
              { key: 'event', render: (_, event) => <Tag>{event.event}</Tag> },
              { dataIndex: 'member' },
              { key: 'data', render: (_, event) => <code>{event.data}</code> },
            ]}
          />
        </>
      )}
    </Drawer>
  );
}

export default function ContactsPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const { id } = useParams();
  const [search] = useSearchParams();
  const days = useDays();
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<Contact>('/contacts', { from: days.from, to: days.to, ...values });
  const to = (path: string) => {
    navigate({ pathname: path, search: search.toString() });
  };
  const right = { align: 'right', className: 'figure' } as const;
  const queues = [...new Set(rows.map((row) => row.queue))].sort();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('contacts')}</h1>
        <DayRange from={days.from} to={days.to} onChange={(from, until) => days.set({ from, to: until })} />
        <Select
          aria-label={t('queue')}
          allowClear
          placeholder={t('allQueues')}
          value={values.queue ?? null}
          options={queues.map((queue) => ({ value: queue, label: queue }))}
          onChange={(queue: string | null) => set({ queue: queue ?? undefined })}
          style={{ minWidth: 130 }}
        />
        <Select
          aria-label={t('outcome')}
          allowClear
          placeholder={t('allOutcomes')}
          value={values.outcome ?? null}
          options={outcomes.map((outcome) => ({ value: outcome, label: t(outcome) }))}
          onChange={(outcome: string | null) => set({ outcome: outcome ?? undefined })}
          style={{ minWidth: 130 }}
        />
        <Input.Search
          aria-label={t('find')}
          placeholder={t('find')}
          allowClear
          defaultValue={values.q ?? ''}
          onSearch={(q) => set({ q })}
          style={{ width: 240 }}
        />
      </div>
      <Table
        size="small"
        rowKey="id"
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        sticky
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={query.error?.message ?? t('noCalls')} /> }}
        onRow={(row) => ({
          onClick: () => to(`/contacts/${row.id}`),
          onKeyDown: (event) => event.key === 'Enter' && to(`/contacts/${row.id}`),
          tabIndex: 0,
          className: 'row-link',
        })}
        columns={[
          { title: t('offeredAt'), key: 'offered_at', render: (_, row) => wallClock(row.offered_at) },
          { title: t('queue'), dataIndex: 'queue' },
          { title: t('agent'), key: 'agent', render: (_, row) => row.agent ?? '—' },
          { title: t('customer'), key: 'customer', responsive: ['md'], render: (_, row) => row.customer ?? '—' },
          { title: t('outcome'), key: 'outcome', render: (_, row) => t(row.outcome as Outcome) },
          { title: t('waited'), key: 'wait', ...right, render: (_, row) => seconds(row.wait_ms) },
          { title: t('talked'), key: 'talk', ...right, render: (_, row) => seconds(row.talk_ms) },
          { title: t('endedBy'), key: 'ended', responsive: ['md'], render: (_, row) => t(row.ended_by as 'unknown') },
          { title: t('transferred'), key: 'transfer', responsive: ['lg'], render: (_, row) => t(row.transferred as 'none') },
          { title: t('sourceId'), key: 'id', responsive: ['lg'], render: (_, row) => <code className="quiet">{row.source_id}</code> },
        ]}
      />
      <MoreRows query={query} />
      <OneContact id={id} onClose={() => to('/contacts')} />
    </div>
  );
}
