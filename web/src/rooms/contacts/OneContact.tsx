// One contact: what is known of it, and the events it was put together from.
import { Button, Drawer, Skeleton } from 'antd';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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

// What is known of the contact itself, in as little room as it takes.
function Facts({ contact }: { contact: ContactListed }) {
  const { t } = useTranslation('contacts');
  const facts: [string, ReactNode][] = [
    [t('offeredAt'), wallClock(contact.offered_at)],
    [t('endedAt'), contact.ended_at ? wallClock(contact.ended_at) : '—'],
    [t('queue'), contact.queue],
    [t('outcome'), <Outcome key="outcome" outcome={contact.outcome} />],
    [t('agent'), `${contact.agent_name ?? ''} ${contact.agent ?? '—'}`],
    [t('customer'), <Customer key={contact.id} contact={contact} />],
    [t('waited'), milliseconds(contact.wait_ms)],
    [t('talked'), milliseconds(contact.talk_ms)],
    [t('endedBy'), t(contact.ended_by as 'unknown')],
    [t('transferred'), t(contact.transferred as 'none')],
  ];
  return (
    <dl className="contact-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
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
    <Drawer open={id !== undefined} onClose={onClose} title={data ? `${t('contact')} ${data.source_id}` : t('contact')} width="min(1120px, 100vw)">
      {contact.isPending && <Skeleton active />}
      {contact.isError && <Trouble problem={contact.error} onRetry={contact.refetch} />}
      {data && !contact.isError && (
        <div className="stack">
          <Facts contact={data} />
          <ToLibrary contact={data.source_id} />
          <CheckedRecord key={data.id} id={data.id} channel={data.channel} turn={turn} />
          <h3 style={{ fontSize: 14 }}>{t('events')}</h3>
          <Events events={contact.data?.events ?? []} />
        </div>
      )}
    </Drawer>
  );
}
