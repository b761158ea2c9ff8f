// Finds a stored contact by its number, agent or customer; without a question, the latest.
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { ContactListed } from '../../../api/schema';
import { useCursorList } from '../../../shell/useCursorList';
import { wallClock } from '../../../shell/format';
import { useLastDay } from '../../contacts/data';
import { useSettled } from './useSettled';

interface Props {
  value: string | undefined; // the id
  onChange: (id: string | undefined) => void;
}

const shown = 30;
const daysBack = 60;
const dayMs = 86_400_000;

const before = (day: string, days: number) => new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

export function ContactSelect({ value, onChange }: Props) {
  const { t } = useTranslation('checks');
  const [asked, setAsked] = useState('');
  const q = useSettled(asked);
  const to = useLastDay().data?.last ?? undefined;
  const { rows, query } = useCursorList<ContactListed>('/contacts', { from: to && before(to, daysBack), to, q: q || undefined }, shown, to !== undefined);
  const said = (row: ContactListed) => [wallClock(row.offered_at).slice(5, 16), row.agent_name ?? row.agent, row.queue, row.source_id].filter(Boolean).join(' · ');
  return (
    <div className="stack">
      <Select
        showSearch
        allowClear
        filterOption={false}
        aria-label={t('whichContact')}
        placeholder={t('whichContact')}
        loading={query.isFetching}
        value={value ?? null}
        options={rows.map((row) => ({ value: row.id, label: said(row) }))}
        onSearch={setAsked}
        onChange={(id: string | null) => onChange(id ?? undefined)}
      />
      <p className="quiet">{t('contactHint')}</p>
      {value !== undefined && <Link to={`/contacts/${value}`}>{t('openContact')}</Link>}
    </div>
  );
}
