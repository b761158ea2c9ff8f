// Where an account is signed in.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { call, get } from '../api/client';
import type { SessionListed } from '../api/schema';
import { DataTable, type Column } from './DataTable';
import { distance, wallClock } from './format';
import { Mark } from './Mark';
import { Trouble } from './Nothing';

interface Props {
  path: string; // of the list; one's own can be ended one by one
  own?: boolean;
}

export function Sessions({ path, own = false }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ['sessions', path],
    queryFn: ({ signal }) => get<SessionListed[]>(path, signal),
    placeholderData: () => undefined,
  });
  const end = useMutation({
    mutationFn: (id: string) => call('DELETE', `${path}/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions', path] }),
    onError: (problem) => message.error(problem.message),
  });
  if (sessions.isError) return <Trouble problem={sessions.error} />;
  const action = (session: SessionListed) => {
    if (session.current) return <Mark tone="good">{t('thisSession')}</Mark>;
    if (!own) return null;
    return (
      <Button size="small" onClick={() => end.mutate(session.id)}>
        {t('endSession')}
      </Button>
    );
  };
  const columns: Column<SessionListed>[] = [
    { key: 'client', title: t('client'), cell: (session) => session.client },
    { key: 'begun_at', title: t('begunAt'), cell: (session) => wallClock(session.begun_at) },
    { key: 'seen_at', title: t('seenAt'), cell: (session) => <span title={wallClock(session.seen_at)}>{distance(session.seen_at, new Date())}</span> },
    { key: 'end', title: <span className="for-ears">{t('endSession')}</span>, cell: action },
  ];
  const rows = [...(sessions.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || (a.seen_at < b.seen_at ? 1 : -1));
  if (sessions.isSuccess && rows.length === 0) return <p className="quiet panel-note">{t('noSessions')}</p>;
  return <DataTable caption={t('ownSessions')} columns={columns} rows={rows} rowKey={(session) => session.id} />;
}
