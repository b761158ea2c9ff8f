// What came of an import: counts, rejected rows, and the phone ids and queues nobody knows.
import { Alert, App, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Imported, ImportState, UnknownName } from '../../api/schema';
import { type Column, DataTable } from '../../shell/DataTable';
import { count } from '../../shell/format';
import { useLabel } from '../../shell/label';
import { Panel } from '../../shell/Panel';
import { isOver, useCancel } from './data';

function UnknownQueues({ rows }: { rows: UnknownName[] }) {
  const { t } = useTranslation('imports');
  if (rows.length === 0) return null;
  const columns: Column<UnknownName>[] = [
    { key: 'name', title: t('name'), cell: (row) => <code>{row.name}</code> },
    { key: 'count', title: t('contacts'), figure: true, cell: (row) => count(row.count) },
    { key: 'suggestion', title: t('suggestion'), cell: (row) => row.suggestion },
  ];
  return (
    <Panel title={t('unknownQueues')} extra={<span className="quiet">{rows.length}</span>} flush>
      <p className="quiet panel-note">{t('unknownQueuesHint')}</p>
      <DataTable caption={t('unknownQueues')} columns={columns} rows={rows} rowKey={(row) => row.name} />
    </Panel>
  );
}

const counts = ['rows', 'accepted', 'unchanged', 'rejected', 'ignored'] as const;

function Rejects({ name }: { name: string }) {
  const { t } = useTranslation('imports');
  const path = `/api/v1/rejects/${encodeURIComponent(name)}`;
  return (
    <div className="row">
      <a href={path} download>
        {t('rejects')}
      </a>
      <a href={`${path}/reasons`} download>
        {t('reasons')}
      </a>
    </div>
  );
}

function Result({ result, file }: { result: Imported; file: string }) {
  const { t } = useTranslation('imports');
  const say = useLabel();
  return (
    <div className="stack">
      <Panel title={t('resultOf', { file })}>
        <div className="stack">
          <dl className="sheet-facts">
            {counts.map((name) => (
              <div key={name}>
                <dt>{t(name)}</dt>
                <dd className={name === 'rejected' && result.rejected > 0 ? 'fall' : ''}>{count(result[name])}</dd>
              </div>
            ))}
          </dl>
          {result.notes.map((note) => (
            <p key={note.en} className="quiet">
              {say(note)}
            </p>
          ))}
          {result.rejects && <Rejects name={result.rejects} />}
        </div>
      </Panel>
      <UnknownQueues rows={result.unknown_queues} />
    </div>
  );
}

function Running({ job }: { job: ImportState }) {
  const { t } = useTranslation('imports');
  const { message } = App.useApp();
  const cancel = useCancel(job.job);
  const share = job.total > 0 ? Math.floor((job.done / job.total) * 100) : 0;
  const stop = (
    <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: (problem) => void message.error(problem.message) })}>
      {t('cancel')}
    </Button>
  );
  return (
    <Panel title={t('running', { file: job.file })} extra={stop}>
      <Progress percent={share} status="active" aria-label={t('running', { file: job.file })} />
      <p className="quiet">
        {job.note} {t('runningHint')}
      </p>
    </Panel>
  );
}

export function Outcome({ job }: { job: ImportState }) {
  const { t } = useTranslation('imports');
  if (!isOver(job)) return <Running job={job} />;
  if (job.state === 'cancelled') return <Alert type="info" showIcon message={t('cancelled', { file: job.file })} />;
  if (!job.result) return <Alert type="error" showIcon message={t('importFailed', { file: job.file })} description={job.problem} />;
  return <Result result={job.result} file={job.file} />;
}
