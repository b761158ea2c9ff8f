// Before a check is switched on: what it would have found in last month's contacts, with examples, and what work that
// means for inspectors. Nothing of it is kept.
import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckTrial } from '../../../api/schema';
import { DayRange } from '../../../shell/DayRange';
import { count } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { monthBefore, useStartTrial, useTrial } from './data';
import { TrialResult } from './TrialResult';
import './trial.css';

interface Props {
  yaml: string;
  id: string | undefined;
  ready: boolean; // it compiles
}

interface Started {
  job: string;
  yaml: string;
}

function UnderWay({ trial }: { trial: CheckTrial }) {
  const { t } = useTranslation('checks');
  return (
    <div role="status">
      <Progress percent={trial.total > 0 ? (100 * trial.done) / trial.total : 100} status="active" showInfo={false} aria-label={t('trialRuns')} />
      <p className="quiet">{t('trialDone', { done: count(trial.done) })}</p>
    </div>
  );
}

export function Trial({ yaml, id, ready }: Props) {
  const { t } = useTranslation('checks');
  const [period, setPeriod] = useState(() => monthBefore(new Date()));
  const [started, setStarted] = useKept<Started | null>(`trial.${id ?? 'new'}`, null);
  const start = useStartTrial();
  const trial = useTrial(started?.job);
  const isRunning = started !== null && trial.data?.result === null && trial.data.problem === null;
  const run = () => start.mutate({ ...period, yaml }, { onSuccess: ({ job }) => setStarted({ job, yaml }) });
  return (
    <Panel
      title={t('trial')}
      extra={
        <span className="row">
          <DayRange from={period.from} to={period.to} onChange={(from, to) => setPeriod({ from, to })} />
          <Button type="primary" disabled={!ready || isRunning} loading={start.isPending} onClick={run}>
            {t('runTrial')}
          </Button>
        </span>
      }
    >
      {start.isError && <Alert type="error" showIcon message={start.error.message || t('notDone')} />}
      {started === null && <p className="quiet">{t('trialHint')}</p>}
      {trial.isError && started !== null && <Trouble problem={trial.error} />}
      {isRunning && trial.data && <UnderWay trial={trial.data} />}
      {trial.data?.problem && <Alert type="error" showIcon message={trial.data.problem} />}
      {trial.data?.result && (
        <>
          {started?.yaml !== yaml && <Alert type="info" showIcon message={t('trialOlder')} />}
          <TrialResult result={trial.data.result} />
        </>
      )}
    </Panel>
  );
}
