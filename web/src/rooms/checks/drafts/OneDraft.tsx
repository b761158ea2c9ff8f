// One draft: what it changes, line by line, and the steps that whoever looks may take.
import { Alert, App, Button, Descriptions, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import { Problem } from '../../../api/client';
import type { CheckChange, CheckDraft } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { Mark, type Tone } from '../../../shell/Mark';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { type DraftStep, useDraft, useDraftStep } from '../data';
import { difference } from './difference';
import { DraftState } from './DraftState';
import { DraftSteps } from './DraftSteps';
import './drafts.css';

const tones: Partial<Record<string, Tone>> = { added: 'good', changed: 'info', removed: 'bad' };
const signs = { same: ' ', gone: '−', new: '+' } as const;

function Change({ draft, change, onStep }: { draft: CheckDraft; change: CheckChange; onStep: (step: DraftStep) => void }) {
  const { t } = useTranslation('checks');
  const { check, kind, before, after } = change;
  const undo = () => onStep(before === null ? { step: 'remove', check } : { step: 'put', yaml: before });
  const mayEdit = draft.actions.includes('edit');
  return (
    <Panel
      title={
        <>
          <Mark tone={tones[kind] ?? 'plain'}>{t(`change_${kind}`)}</Mark> <code>{check}</code>
        </>
      }
      extra={
        mayEdit && (
          <span className="row">
            {after !== null && <Link to={`/checks/edit/${check}?draft=${draft.number}`}>{t('edit')}</Link>}
            <Button size="small" onClick={undo}>
              {t('undoChange')}
            </Button>
          </span>
        )
      }
    >
      <pre className="difference" tabIndex={0} aria-label={t('differenceOf', { check })}>
        {difference(before, after).map(({ kind: line, text }, at) => (
          <div key={at} className={`difference-${line}`}>
            <span className="difference-sign">{signs[line]}</span>
            {text}
          </div>
        ))}
      </pre>
    </Panel>
  );
}

export function OneDraft({ number }: { number: number }) {
  const { t } = useTranslation('checks');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const draft = useDraft(number);
  const step = useDraftStep();
  const take = (taken: DraftStep, done?: () => void) =>
    step.mutate(
      { number, ...taken },
      {
        onSuccess: () => {
          void message.success(t(`done_${taken.step}`));
          done?.();
        },
        onError: (problem) => void message.error(problem instanceof Problem && problem.status === 412 ? t('changedMeanwhile') : problem.message || t('notDone'), 8),
      },
    );
  if (draft.isError && !draft.data) return <Trouble problem={draft.error} onRetry={draft.refetch} />;
  if (!draft.data) return <Skeleton active />;
  const { data } = draft;
  const next = t(`next_${data.state}`);
  return (
    <>
      <div className="page-head">
        <Link to="/checks/drafts">{t('drafts')}</Link>
        <span className="quiet" aria-hidden>
          /
        </span>
        <h1>{data.title}</h1>
        <DraftState state={data.state} />
        <span className="grow" />
        {data.actions.includes('edit') && (
          <Button onClick={() => navigate(`/checks/edit?draft=${number}`)}>{t('newCheck')}</Button>
        )}
        <DraftSteps draft={data} busy={step.isPending} onStep={take} />
      </div>
      <div className="stack">
        {!data.actions.some((action) => action !== 'edit') && next !== '' && <Alert type="info" showIcon message={next} />}
        <Panel>
          <Descriptions size="small" column={{ xs: 1, md: 3 }}>
            <Descriptions.Item label={t('author')}>{data.author}</Descriptions.Item>
            <Descriptions.Item label={t('begunAt')}>{wallClock(data.begun_at).slice(0, 16)}</Descriptions.Item>
            <Descriptions.Item label={t('changedAt')}>{wallClock(data.changed_at).slice(0, 16)}</Descriptions.Item>
            {data.effective_from !== null && <Descriptions.Item label={t('effectiveFrom')}>{data.effective_from}</Descriptions.Item>}
            {data.consultation !== null && <Descriptions.Item label={t('consultation')}>{data.consultation}</Descriptions.Item>}
          </Descriptions>
        </Panel>
        {data.changes.length === 0 && (
          <Nothing title={t('noChanges')}>
            <Link to="/checks">{t('toChecks')}</Link>
          </Nothing>
        )}
        {data.changes.map((change) => (
          <Change key={change.check} draft={data} change={change} onStep={take} />
        ))}
      </div>
    </>
  );
}
