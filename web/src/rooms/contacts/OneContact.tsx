// One contact: what is known of it, and the events it was put together from.
import { Button, Descriptions, Drawer, Skeleton } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import { call } from '../../api/client';
import type { CallEvent, ContactListed, CustomerNumber } from '../../api/schema';
import { DataTable } from '../../shell/DataTable';
import { wallClock } from '../../shell/format';
import { Trouble } from '../../shell/Nothing';
import { useHasRole, usePrincipal } from '../../shell/session';
import { CheckedRecord } from './CheckedRecord';
import { useContact } from './data';
import { milliseconds, Outcome } from './Outcome';

// The number is masked; showing it in full is recorded in the audit and open only to those cleared for it.
function Customer({ contact }: { contact: ContactListed }) {
  const { t } = useTranslation('contacts');
  const reveal = useMutation({ mutationFn: () => call<CustomerNumber>('POST', `/contacts/${contact.id}/customer`) });
  if (!contact.customer) return <>—</>;
  if (reveal.data) return <>{reveal.data.customer}</>;
  return (
    <>
      {contact.customer}{' '}
      <Button size="small" type="link" loading={reveal.isPending} onClick={() => reveal.mutate()}>
        {t('reveal')}
      </Button>
      {reveal.isError && <div className="fall">{reveal.error.message}</div>}
    </>
  );
}

// Outstanding and typical records are taken into the recording library from here.
function ToLibrary({ contact }: { contact: string }) {
  const { t } = useTranslation('contacts');
  const keeps = useHasRole('inspector', 'qa_supervisor');
  if (!usePrincipal().pages.includes('library') || !keeps) return null;
  return <Link to={`/library?add=${encodeURIComponent(contact)}`}>{t('toLibrary')}</Link>;
}

function Events({ events }: { events: CallEvent[] }) {
  const { t } = useTranslation('contacts');
  return (
    <DataTable
      caption={t('events')}
      rows={events}
      rowKey={(event) => `${event.at}${event.event}${event.member ?? ''}${event.data}`}
      columns={[
        { key: 'at', title: t('at'), cell: (event) => wallClock(event.at) },
        { key: 'event', title: t('event'), cell: (event) => <code>{event.event}</code> },
        { key: 'member', title: t('member'), cell: (event) => event.member },
        { key: 'data', title: t('data'), cell: (event) => <code className="quiet">{event.data}</code> },
      ]}
    />
  );
}

interface Props {
  id: string | undefined;
  turn: number | undefined; // of its transcript, to begin with
  onClose: () => void;
}

export function OneContact({ id, turn, onClose }: Props) {
  const { t } = useTranslation('contacts');
  const contact = useContact(id);
  const data = contact.data?.contact;
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={data ? `${t('contact')} ${data.source_id}` : t('contact')} width="min(860px, 100vw)">
      {contact.isPending && <Skeleton active />}
      {contact.isError && <Trouble problem={contact.error} onRetry={contact.refetch} />}
      {data && !contact.isError && (
        <div className="stack">
          <Descriptions size="small" column={{ xs: 1, md: 2 }} bordered>
            <Descriptions.Item label={t('offeredAt')}>{wallClock(data.offered_at)}</Descriptions.Item>
            <Descriptions.Item label={t('endedAt')}>{data.ended_at ? wallClock(data.ended_at) : '—'}</Descriptions.Item>
            <Descriptions.Item label={t('queue')}>{data.queue}</Descriptions.Item>
            <Descriptions.Item label={t('outcome')}>
              <Outcome outcome={data.outcome} />
            </Descriptions.Item>
            <Descriptions.Item label={t('agent')}>
              {data.agent_name ?? ''} {data.agent ?? '—'}
            </Descriptions.Item>
            <Descriptions.Item label={t('customer')}>
              <Customer key={data.id} contact={data} />
            </Descriptions.Item>
            <Descriptions.Item label={t('waited')}>{milliseconds(data.wait_ms)}</Descriptions.Item>
            <Descriptions.Item label={t('talked')}>{milliseconds(data.talk_ms)}</Descriptions.Item>
            <Descriptions.Item label={t('endedBy')}>{t(data.ended_by as 'unknown')}</Descriptions.Item>
            <Descriptions.Item label={t('transferred')}>{t(data.transferred as 'none')}</Descriptions.Item>
          </Descriptions>
          <ToLibrary contact={data.source_id} />
          <CheckedRecord key={data.id} id={data.id} channel={data.channel} turn={turn} />
          <h3 style={{ fontSize: 14 }}>{t('events')}</h3>
          <Events events={contact.data?.events ?? []} />
        </div>
      )}
    </Drawer>
  );
}
