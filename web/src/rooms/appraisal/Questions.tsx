// Questions about a sheet, asked and answered in one thread; what is typed is kept until it is sent.
import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../api/client';
import { distance, wallClock } from '../../shell/format';
import { useKept } from '../../shell/kept';
import { Panel } from '../../shell/Panel';
import { useAsk, useQuestions } from './data';

export function Questions({ period, staff }: { period: string; staff: string }) {
  const { t } = useTranslation('appraisal');
  const { message } = App.useApp();
  const questions = useQuestions(period, staff);
  const ask = useAsk(period, staff);
  const [typed, setTyped] = useKept(`question.${period}.${staff}`, '');
  // A server that keeps no questions yet, or a person who may not ask here, sees no thread.
  if (questions.error instanceof Problem && [403, 404].includes(questions.error.status)) return null;
  const send = () =>
    ask.mutate(typed.trim(), {
      onSuccess: () => setTyped(''),
      onError: (problem) => void message.error(problem.message),
    });
  const asked = questions.data?.items ?? [];
  return (
    <Panel title={t('questions')} extra={<span className="quiet">{asked.length || ''}</span>}>
      {asked.map((question) => (
        <div key={question.id} className="question">
          <strong>{question.name ?? question.by}</strong>{' '}
          <span className="quiet" title={wallClock(question.at)}>
            {distance(question.at, new Date())}
          </span>
          <p style={{ whiteSpace: 'pre-line' }}>{question.text}</p>
        </div>
      ))}
      {asked.length === 0 && <p className="quiet">{t('noQuestions')}</p>}
      <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
        <Input.TextArea
          aria-label={t('askHere')}
          placeholder={t('askHere')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button style={{ justifySelf: 'start' }} disabled={typed.trim() === ''} loading={ask.isPending} onClick={send}>
          {t('send')}
        </Button>
      </div>
    </Panel>
  );
}
