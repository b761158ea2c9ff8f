// Every contact, filtered, sorted and paged on the server; one contact's events in a panel beside the list.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';

import type { ContactListed } from '../../api/schema';
import { DayRange } from '../../shell/DayRange';
import { wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { SearchField } from '../../shell/SearchField';
import { useCursorList, useFilters } from '../../shell/useCursorList';
import { useOverview } from './data';
import { OneContact } from './OneContact';
import { milliseconds, Outcome, outcomes } from './Outcome';
import { sortOf, sortText } from './sorting';
import { useDays } from './useDays';

const filterNames = ['queue', 'outcome', 'agent', 'q', 'sort'] as const;

const turnOf = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : undefined);

export default function ContactsPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const { id } = useParams();
  const [search] = useSearchParams();
  const turn = turnOf(search.get('turn'));
  const days = useDays();
  const { values, set } = useFilters(filterNames);
  const { rows, query } = useCursorList<ContactListed>('/contacts', { from: days.from, to: days.to, ...values }, 100, days.ready);
  const overview = useOverview(days.from, days.to, days.ready);
  // The turn belongs to the contact that is open, not to the list.
  const to = (path: string) => {
    const kept = new URLSearchParams(search);
    kept.delete('turn');
    return { pathname: path, search: kept.toString() };
  };
  const sorted = (key: string) => sortOf(values.sort, key, 'offered_at');
  const queues = [...new Set([...(overview.data?.queues ?? []), ...rows].map((row) => row.queue))].sort();
  const columns: ListColumn<ContactListed>[] = [
    {
      key: 'offered_at',
      title: t('offeredAt'),
      sorted: sorted('offered_at'),
      text: (row) => wallClock(row.offered_at),
      cell: (row) => (
        <Link to={to(`/contacts/${row.id}`)}>
          {wallClock(row.offered_at)}
        </Link>
      ),
    },
    { key: 'outcome', title: t('outcome'), text: (row) => t(row.outcome as 'answered'), cell: (row) => <Outcome outcome={row.outcome} /> },
    { key: 'queue', title: t('queue'), cell: (row) => row.queue },
    { key: 'agent', title: t('agent'), narrow: true, cell: (row) => row.agent ?? '—' },
    { key: 'agent_name', title: t('agentName'), cell: (row) => row.agent_name ?? '' },
    { key: 'customer', title: t('customer'), cell: (row) => row.customer ?? '—' },
    { key: 'wait_ms', title: t('waited'), figure: true, sorted: sorted('wait_ms'), cell: (row) => milliseconds(row.wait_ms) },
    { key: 'talk_ms', title: t('talked'), figure: true, narrow: true, sorted: sorted('talk_ms'), cell: (row) => milliseconds(row.talk_ms) },
    { key: 'ended_by', title: t('endedBy'), text: (row) => t(row.ended_by), cell: (row) => (row.ended_by === 'unknown' ? '—' : t(row.ended_by)) },
    { key: 'transferred', title: t('transferred'), text: (row) => t(row.transferred), cell: (row) => (row.transferred === 'none' ? '—' : t(row.transferred)) },
    { key: 'source_id', title: t('sourceId'), text: (row) => row.source_id, cell: (row) => <code className="quiet">{row.source_id}</code> },
  ];
  const filters = (
    <>
      <SearchField label={t('find')} value={values.q} onSearch={(q) => set({ q })} width={230} size="small" />
      <Select
        size="small"
        popupMatchSelectWidth={false}
        aria-label={t('queue')}
        allowClear
        placeholder={t('allQueues')}
        value={values.queue ?? null}
        options={queues.map((queue) => ({ value: queue, label: queue }))}
        onChange={(queue: string | null) => set({ queue: queue ?? undefined })}
        style={{ minWidth: 130 }}
      />
      <Select
        size="small"
        popupMatchSelectWidth={false}
        aria-label={t('outcome')}
        allowClear
        placeholder={t('allOutcomes')}
        value={values.outcome ?? null}
        options={outcomes.map((outcome) => ({ value: outcome, label: t(outcome) }))}
        onChange={(outcome: string | null) => set({ outcome: outcome ?? undefined })}
        style={{ minWidth: 130 }}
      />
    </>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('contacts')}</h1>
        <DayRange from={days.from} to={days.to} onChange={(from, until) => days.set({ from, to: until })} />
      </div>
      <Listing
        name="contacts"
        file={`${days.from}-${days.to}`}
        caption={t('contacts')}
        rowKey={(row) => row.id}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noCalls')}
        tools={filters}
        onOpen={(row) => navigate(to(`/contacts/${row.id}`))}
        onSort={(key, order) => set({ sort: sortText(key, order) })}
      />
      <OneContact id={id} turn={turn} onClose={() => navigate(to('/contacts'))} />
    </div>
  );
}
