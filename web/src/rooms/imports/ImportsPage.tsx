// Files on their way in, what came of them, and whether the telephone log still arrives.
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import { distance, wallClock } from '../../shell/format';
import { Batches } from './Batches';
import type { Unknown } from './data';
import { UnknownTable } from './Outcome';
import { TakeIn } from './TakeIn';

function SilenceAlarm() {
  const { t } = useTranslation('imports');
  const silence = useQuery({
    queryKey: ['silence'],
    queryFn: ({ signal }) => get<{ silent: boolean; last: string | null }>('/imports/silence', signal),
    refetchInterval: 300_000,
  });
  const last = silence.data?.last;
  if (!silence.data?.silent || !last) return null;
  return <Alert type="warning" showIcon message={t('silent', { last: wallClock(last), distance: distance(last, new Date()) })} />;
}

function Unheld() {
  const { t } = useTranslation('imports');
  const unknown = useQuery({
    queryKey: ['unknown'],
    queryFn: ({ signal }) => get<Unknown[] | { items: Unknown[] }>('/imports/unknown', signal),
  });
  const rows = Array.isArray(unknown.data) ? unknown.data : (unknown.data?.items ?? []);
  return <UnknownTable title={t('unknownMembers')} hint={t('unknownMembersHint')} rows={rows} />;
}

export default function ImportsPage() {
  const { t } = useTranslation('imports');
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('imports')}</h1>
      </div>
      <div className="stack">
        <SilenceAlarm />
        <TakeIn />
        <Unheld />
        <Batches />
      </div>
    </div>
  );
}
