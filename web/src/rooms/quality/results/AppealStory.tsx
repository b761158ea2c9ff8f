// An appeal from filing to its end, with what the one who filed it can still do.
import { App, Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, Rubric } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { Mark } from '../../../shell/Mark';
import { AppealMark } from '../shared/States';
import { useReadingWords } from '../shared/useReadingWords';
import { useAppealStep } from './data';

const tones = { accepted: 'good', partly: 'info', rejected: 'bad' } as const;
const reasonMax = 2000;

function Again({ appeal, onDone }: { appeal: Appeal; onDone: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useAppealStep(appeal.inspection, appeal.finding);
  const [reason, setReason] = useKept(`appeal-again.${appeal.inspection}.${appeal.finding}`, '');
  const send = () =>
    step.mutate(
      { step: 'again', body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          setReason('');
          onDone();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  return (
    <div className="appeal-form">
      <Input.TextArea
        autoFocus
        aria-label={t('againReason')}
        placeholder={t('againReason')}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={reasonMax}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row">
        <Button type="primary" disabled={reason.trim() === ''} loading={step.isPending} onClick={send}>
          {t('fileAgain')}
        </Button>
        <Button onClick={onDone}>{t('later')}</Button>
      </div>
    </div>
  );
}

interface Props {
  appeal: Appeal;
  item: string; // of the rubric
  rubric: Rubric | undefined;
  own: boolean; // the reader's
}

export function AppealStory({ appeal, item, rubric, own }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const words = useReadingWords(rubric);
  const step = useAppealStep(appeal.inspection, appeal.finding);
  const [again, setAgain] = useState(false);
  const withdraw = () => step.mutate({ step: 'withdraw' }, { onError: (problem) => void message.error(problem.message || t('notDone')) });
  return (
    <section className="appeal-story" aria-label={t('appeal')}>
      <div className="row">
        <strong>{t('appeal')}</strong>
        <AppealMark state={appeal.state} />
        <span className="quiet">{wallClock(appeal.filed_at).slice(0, 16)}</span>
      </div>
      <p>
        {t('proposes')} <strong>{words(item, appeal.proposed)}</strong>
      </p>
      <p className="told">{appeal.reason}</p>
      {appeal.decisions.map((decision) => (
        <div key={decision.number} className="appeal-decision">
          <div className="row">
            <Mark tone={tones[decision.outcome]}>{t(`outcome_${decision.outcome}`)}</Mark>
            <span>
              {words(item, decision.before)} → <strong>{words(item, decision.after)}</strong>
            </span>
            <span className="quiet">
              {decision.decided_by_name ?? decision.decided_by} · {wallClock(decision.decided_at).slice(0, 16)}
            </span>
          </div>
          <p className="told">{decision.reason}</p>
          {decision.number === 1 && appeal.reason_again !== '' && (
            <p className="told">
              <span className="quiet">{t('again')}</span> {appeal.reason_again}
            </p>
          )}
        </div>
      ))}
      {own && again && <Again appeal={appeal} onDone={() => setAgain(false)} />}
      {own && !again && (
        <div className="row">
          {appeal.actions.includes('file_again') && (
            <Button size="small" onClick={() => setAgain(true)}>
              {t('fileAgain')}
            </Button>
          )}
          {appeal.actions.includes('file_again') && appeal.again_until && (
            <span className="quiet">
              {t('appealUntil', { distance: distance(appeal.again_until, new Date()), at: wallClock(appeal.again_until).slice(0, 16) })}
            </span>
          )}
          {appeal.actions.includes('withdraw') && (
            <Popconfirm title={t('withdrawQuestion')} okText={t('withdraw')} onConfirm={withdraw}>
              <Button size="small" loading={step.isPending}>
                {t('withdraw')}
              </Button>
            </Popconfirm>
          )}
        </div>
      )}
    </section>
  );
}
