// One's own account: who one is here, the password, where one is signed in.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { call, get } from '../api/client';
import { Mark } from './Mark';
import { NewPassword } from './NewPassword';
import { Panel } from './Panel';
import { Trouble } from './Nothing';
import { wallClock } from './format';
import { usePrincipal } from './session';
import { roleWords } from './Top';

interface Session {
  id: string;
  begun_at: string;
  seen_at: string;
  client: string;
  current: boolean;
}

function Sessions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: ({ signal }) => get<Session[] | { items: Session[] }>('/session/list', signal) });
  const end = useMutation({
    mutationFn: (id: string) => call('DELETE', `/session/list/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own-sessions'] }),
    onError: (problem) => message.error(problem.message),
  });
  if (sessions.isError) return <Trouble problem={sessions.error} />;
  const listed = Array.isArray(sessions.data) ? sessions.data : (sessions.data?.items ?? []);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('begunAt')}</th>
          <th scope="col">{t('seenAt')}</th>
          <th scope="col">{t('client')}</th>
          <th scope="col">
            <span className="for-ears">{t('endSession')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {listed.map((session) => (
          <tr key={session.id}>
            <td>{wallClock(session.begun_at)}</td>
            <td>{wallClock(session.seen_at)}</td>
            <td>{session.client}</td>
            <td>
              {session.current ? (
                <Mark tone="good">{t('thisSession')}</Mark>
              ) : (
                <Button size="small" onClick={() => end.mutate(session.id)}>
                  {t('endSession')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export default function AccountPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const principal = usePrincipal();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('ownAccount')}</h1>
        <span>
          {principal.name ?? principal.account} <span className="quiet">{roleWords(principal, t)}</span>
        </span>
      </div>
      <div className="tiles">
        <Panel title={t('changePassword')}>
          <NewPassword onDone={() => void message.success(t('passwordChanged'))} />
        </Panel>
        <Panel title={t('ownSessions')}>
          <Sessions />
        </Panel>
      </div>
    </div>
  );
}
