// Files on their way in, what came of them, and whether the telephone log still arrives.
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { LogSilence, UnknownName } from '../../api/schema';
import { distance, wallClock } from '../../shell/format';
import { Batches } from './Batches';
import { TakeIn } from './TakeIn';
import { UnknownMembers } from './UnknownMembers';

const fiveMinutes = 300_000;

// Where the telephone log ends, and whether it should have gone on.
const useSilence = () =>
  useQuery({
    queryKey: ['silence'],
    queryFn: ({ signal }) => get<LogSilence>('/imports/silence', signal),
    refetchInterval: fiveMinutes,
  });

function SilenceAlarm() {
  const { t } = useTranslation('imports');
  const silence = useSilence();
  const last = silence.data?.last;
  if (!silence.data?.silent || !last) return null;
  return (
    <Alert
      type="warning"
      showIcon
      message={t('silent', { last: wallClock(last), distance: distance(last, new Date()) })}
      description={t('silentHint', { hours: silence.data.hours })}
    />
  );
}

// The month of the last call and the one before it: what is still being settled.
function firstDayAsked(last: string): string {
  const [year = 0, month = 0] = last.split('-').map(Number);
  return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`;
}

function Unheld() {
  const silence = useSilence();
  const last = silence.data?.last?.slice(0, 10);
  const since = last === undefined ? '' : firstDayAsked(last);
  const unknown = useQuery({
    queryKey: ['unknown', since, last],
    queryFn: ({ signal }) => get<UnknownName[]>(`/imports/unknown?from=${since}&to=${last ?? ''}`, signal),
    enabled: last !== undefined,
  });
  return <UnknownMembers rows={unknown.data ?? []} since={since} />;
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
