// Phone ids in the log that nobody holds, each to be registered with somebody; their calls then count for that person.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call, get } from '../../api/client';
import type { Person, UnknownName } from '../../api/schema';
import { type Column, DataTable } from '../../shell/DataTable';
import { count } from '../../shell/format';
import { Panel } from '../../shell/Panel';
import { PersonSelect } from '../../shell/PersonSelect';

// Adds the phone id to what the person holds, from the day on.
function useRegister() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ member, staff, from }: { member: string; staff: string; from: string }) => {
      const path = `/people/${encodeURIComponent(staff)}`;
      const person = await get<Person>(path);
      await call('PATCH', path, { effective_from: from, phone_ids: [...person.phone_ids, member] });
      return person;
    },
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'job' }),
  });
}

function Register({ unknown, since }: { unknown: UnknownName; since: string }) {
  const { t } = useTranslation('imports');
  const { message } = App.useApp();
  const [staff, setStaff] = useState<string | null>(unknown.suggestion || null);
  const [from, setFrom] = useState(since);
  const register = useRegister();
  if (register.isSuccess) return <span className="quiet">{t('registered', { who: register.data.name })}</span>;
  const save = () => {
    if (!staff) return;
    register.mutate({ member: unknown.name, staff, from }, { onError: (problem) => void message.error(problem.message) });
  };
  return (
    <span className="row">
      <PersonSelect label={t('holderOf', { name: unknown.name })} value={staff} onChange={setStaff} />
      <Input size="small" aria-label={t('heldFrom', { name: unknown.name })} value={from} onChange={(event) => setFrom(event.target.value)} style={{ width: 104 }} />
      <Button size="small" disabled={!staff} loading={register.isPending} onClick={save}>
        {t('register')}
      </Button>
    </span>
  );
}

interface Props {
  rows: UnknownName[];
  since: string; // the first day looked at
}

export function UnknownMembers({ rows, since }: Props) {
  const { t } = useTranslation('imports');
  if (rows.length === 0) return null;
  const columns: Column<UnknownName>[] = [
    { key: 'name', title: t('name'), cell: (row) => <code>{row.name}</code> },
    { key: 'count', title: t('contacts'), figure: true, cell: (row) => count(row.count) },
    { key: 'register', title: `${t('holder')} · ${t('since')}`, cell: (row) => <Register unknown={row} since={since} /> },
  ];
  return (
    <Panel title={t('unknownMembers')} extra={<span className="quiet">{rows.length}</span>} flush>
      <p className="quiet panel-note">{t('unknownMembersHint')}</p>
      <DataTable caption={t('unknownMembers')} columns={columns} rows={rows} rowKey={(row) => row.name} />
    </Panel>
  );
}
