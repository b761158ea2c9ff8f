// Questions about a result, or one finding of it, and their answers; what is typed is kept until it is sent.
import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionMessage } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { useSay } from './data';

const textMax = 2000;

export function Said({ messages }: { messages: readonly InspectionMessage[] }) {
  const { t } = useTranslation('quality');
  return (
    <ul className="said">
      {messages.map((message) => (
        <li key={message.number} className={message.own ? 'said-own' : ''}>
          <span className="quiet" title={wallClock(message.at)}>
            {message.own ? t('me') : (message.by_name ?? message.by)}
            {message.by_subject && !message.own ? ` · ${t('theAgent')}` : ''} · {distance(message.at, new Date())}
          </span>
          <p>{message.text}</p>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  inspection: string;
  finding?: number; // none: the whole result
  autoFocus?: boolean;
  onSent?: () => void;
}

export function Say({ inspection, finding, autoFocus = false, onSent }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const say = useSay(inspection);
  const [typed, setTyped] = useKept(`inspection-question.${inspection}.${finding ?? 0}`, '');
  const send = () =>
    say.mutate(
      { text: typed.trim(), ...(finding === undefined ? {} : { finding }) },
      {
        onSuccess: () => {
          setTyped('');
          onSent?.();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  return (
    <div className="say">
      <Input.TextArea
        autoFocus={autoFocus}
        aria-label={t('askOrAnswer')}
        placeholder={t('askOrAnswer')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={textMax}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button disabled={typed.trim() === ''} loading={say.isPending} onClick={send}>
        {t('send')}
      </Button>
    </div>
  );
}
