// What came of an import: counts, rejected rows, and the phone ids and queues nobody knows.
import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import { count } from '../../shell/format';
import { Panel } from '../../shell/Panel';
import { type Imported, type ImportJob, isOver, type Unknown } from './data';

export function UnknownTable({ title, hint, rows }: { title: string; hint: string; rows: Unknown[] }) {
  const { t } = useTranslation('imports');
  if (rows.length === 0) return null;
  return (
    <Panel title={title}>
      <p className="quiet">{hint}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col" className="figure">
              {t('contacts')}
            </th>
            <th scope="col">{t('suggestion')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td>
                <code>{row.name}</code>
              </td>
              <td className="figure">{count(row.count)}</td>
              <td>{row.suggestion && <Link to={`/people?q=${encodeURIComponent(row.suggestion)}`}>{row.suggestion}</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const counts = ['rows', 'accepted', 'unchanged', 'rejected', 'ignored'] as const;

function Result({ result, file }: { result: Imported; file: string }) {
  const { t } = useTranslation('imports');
  return (
    <div className="stack">
      <Panel title={`${t('result')} · ${file}`}>
        <dl className="sheet-facts">
          {counts.map((name) => (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd className={name === 'rejected' && result.rejected > 0 ? 'fall' : ''}>{count(result[name])}</dd>
            </div>
          ))}
        </dl>
        {result.notes.map((note) => (
          <p key={note} className="quiet">
            {note}
          </p>
        ))}
        {result.rejects && <a href={`/api/v1/rejects/${encodeURIComponent(result.rejects)}`}>{t('rejects')}</a>}
      </Panel>
      <UnknownTable title={t('unknownMembers')} hint={t('unknownMembersHint')} rows={result.unknown_members} />
      <UnknownTable title={t('unknownQueues')} hint={t('unknownQueuesHint')} rows={result.unknown_queues} />
    </div>
  );
}

export function Outcome({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  if (!isOver(job)) {
    const share = job.total > 0 ? Math.floor((job.done / job.total) * 100) : 0;
    return (
      <Panel title={t('running', { file: job.file })}>
        <Progress percent={share} status="active" aria-label={t('running', { file: job.file })} />
        <p className="quiet">{t('runningHint')}</p>
      </Panel>
    );
  }
  if (!job.result) return <Alert type="error" showIcon message={t('importFailed', { file: job.file })} description={job.problem} />;
  return <Result result={job.result} file={job.file} />;
}
