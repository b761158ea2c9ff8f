// Calibration sessions: all of them, or one.
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import { Problem } from '../../../api/client';
import type { CalibrationRow, SessionState } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark, type Tone } from '../../../shell/Mark';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { useHasRole } from '../../../shell/session';
import { useCalibration, useCalibrations } from './data';
import { OneSession } from './OneSession';
import { SessionForm } from './SessionForm';
import './calibration.css';

const tones: Record<SessionState, Tone> = { scoring: 'warn', comparing: 'info', closed: 'good' };

export function State({ state }: { state: SessionState }) {
  const { t } = useTranslation('calibration');
  return <Mark tone={tones[state]}>{t(`state_${state}`)}</Mark>;
}

function Sessions() {
  const { t } = useTranslation('calibration');
  const navigate = useNavigate();
  const sessions = useCalibrations();
  const mayOpen = useHasRole('qa_supervisor');
  const [opening, setOpening] = useState(false);
  const columns: ListColumn<CalibrationRow>[] = [
    { key: 'title', title: t('title'), text: (row) => row.title, cell: (row) => <Link to={`/calibration/${row.number}`}>{row.title}</Link> },
    { key: 'state', title: t('state'), text: (row) => t(`state_${row.state}`), cell: (row) => <State state={row.state} /> },
    { key: 'records', title: t('records'), figure: true, cell: (row) => row.records },
    { key: 'inspectors', title: t('inspectors'), figure: true, cell: (row) => row.inspectors },
    {
      key: 'readings',
      title: t('readings'),
      figure: true,
      narrow: true,
      cell: (row) => t('readingsOf', { done: row.readings, all: row.records * row.inspectors }),
    },
    { key: 'opened_at', title: t('openedAt'), cell: (row) => wallClock(row.opened_at).slice(0, 16) },
    { key: 'closed_at', title: t('closedAt'), cell: (row) => (row.closed_at ? wallClock(row.closed_at).slice(0, 16) : '—') },
  ];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('calibration')}</h1>
        <span className="grow" />
        {mayOpen && (
          <div className="page-actions">
            <Button type="primary" onClick={() => setOpening(true)}>
              {t('open')}
            </Button>
          </div>
        )}
      </div>
      <Listing
        name="calibration"
        caption={t('calibration')}
        rowKey={(row) => String(row.number)}
        columns={columns}
        rows={sessions.data ?? []}
        query={sessions}
        empty={t('noSessions')}
        onOpen={(row) => navigate(`/calibration/${row.number}`)}
      />
      {opening && <SessionForm onClose={() => setOpening(false)} onOpened={(number) => navigate(`/calibration/${number}`)} />}
    </div>
  );
}

function Session({ number }: { number: number }) {
  const { t } = useTranslation('calibration');
  const session = useCalibration(number);
  if (session.isPending) return <Skeleton active className="page" />;
  if (session.data) return <OneSession session={session.data} />;
  const missing = session.error instanceof Problem && session.error.status === 404;
  if (!missing) return <Trouble problem={session.error} onRetry={session.refetch} />;
  return (
    <Nothing title={t('noSuch')}>
      <Link to="/calibration">{t('back')}</Link>
    </Nothing>
  );
}

export default function CalibrationPage() {
  const { id } = useParams();
  return id === undefined ? <Sessions /> : <Session key={id} number={Number(id)} />;
}
