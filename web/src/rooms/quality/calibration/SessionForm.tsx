// A new session: which records, and who scores them.
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, Problem } from '../../../api/client';
import type { ContactListed } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useOutline } from '../plans/data';
import { useOpenSession } from './data';

const enough = 4; // characters to search contacts by
const offered = 20;
const daysBack = 180; // contacts older than that are not looked for
const written = 'YYYY-MM-DD';

function useContacts(asked: string) {
  return useQuery({
    queryKey: ['contact-select', asked],
    queryFn: ({ signal }) => {
      const today = dayjs();
      const search = new URLSearchParams({ from: today.subtract(daysBack, 'day').format(written), to: today.format(written), limit: String(offered), q: asked });
      return get<{ items: ContactListed[] }>(`/contacts?${search.toString()}`, signal);
    },
    enabled: asked.length >= enough,
  });
}

function RecordsSelect({ value, onChange }: { value: string[]; onChange: (records: string[]) => void }) {
  const { t } = useTranslation('calibration');
  const [typed, setTyped] = useState('');
  const asked = useDeferredValue(typed.trim());
  const found = useContacts(asked);
  const options = (asked.length >= enough ? (found.data?.items ?? []) : []).map((contact) => ({
    value: contact.source_id,
    label: `${contact.source_id} · ${wallClock(contact.offered_at).slice(0, 16)} · ${contact.agent_name ?? contact.agent ?? '—'}`,
  }));
  return (
    <Select
      mode="multiple"
      aria-label={t('whichRecords')}
      placeholder={t('whichRecordsHint')}
      filterOption={false}
      value={value}
      options={options}
      optionLabelProp="value"
      notFoundContent={asked.length < enough ? t('typeMore') : undefined}
      loading={found.isFetching}
      onSearch={setTyped}
      onChange={onChange}
    />
  );
}

export function SessionForm({ onClose, onOpened }: { onClose: () => void; onOpened: (number: number) => void }) {
  const { t } = useTranslation('calibration');
  const { message } = App.useApp();
  const outline = useOutline(dayjs().format('YYYY-MM'));
  const open = useOpenSession();
  const [title, setTitle] = useState(`${t('calibration')} ${dayjs().format('YYYY-MM-DD')}`);
  const [records, setRecords] = useState<string[]>([]);
  const [inspectors, setInspectors] = useState<string[]>([]);
  const faults = open.error instanceof Problem ? open.error.errors.map(({ detail }) => detail) : [];
  const send = () =>
    open.mutate(
      { title, records, inspectors },
      {
        onSuccess: (session) => {
          void message.success(t('started'));
          onOpened(session.number);
        },
      },
    );
  const buttons = (
    <div className="row">
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="primary" loading={open.isPending} disabled={records.length === 0 || inspectors.length < 2 || title.trim() === ''} onClick={send}>
        {t('start')}
      </Button>
    </div>
  );
  return (
    <Drawer open onClose={onClose} title={t('open')} width="min(640px, 100vw)" extra={buttons}>
      <div className="stack">
        {open.isError && <Alert type="error" showIcon message={faults.join(' ') || open.error.message} />}
        <label className="calibration-field">
          <span>{t('title')}</span>
          <Input value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <label className="calibration-field">
          <span>{t('whichRecords')}</span>
          <RecordsSelect value={records} onChange={setRecords} />
        </label>
        <label className="calibration-field">
          <span>{t('whoScores')}</span>
          <Select
            mode="multiple"
            aria-label={t('whoScores')}
            value={inspectors}
            options={(outline.data?.inspectors ?? []).map(({ staff_no, name }) => ({ value: staff_no, label: `${name ?? ''} ${staff_no}`.trim() }))}
            onChange={setInspectors}
          />
        </label>
        <p className="quiet">{t('blind')}</p>
      </div>
    </Drawer>
  );
}
