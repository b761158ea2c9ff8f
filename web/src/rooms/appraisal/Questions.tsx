// Questions about a sheet, asked and answered in one thread; what is typed is kept until it is sent.
import { App, Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../api/client';
import type { Sheet, SheetMessage } from '../../api/schema';
import { distance, wallClock } from '../../shell/format';
import { useKept } from '../../shell/kept';
import { useLabel } from '../../shell/label';
import { Mark } from '../../shell/Mark';
import { Panel } from '../../shell/Panel';
import { useAsk, useMessages } from './data';

// What one can ask about: the sheet's items and pay lines.
function useItems(sheet: Sheet) {
  const label = useLabel();
  const lines = (sheet.pay?.lines ?? []).filter((line) => !line.period);
  return [
    ...sheet.items.map((item) => ({ value: item.id, label: label(item.label) })),
    ...lines.map((line) => ({ value: line.id, label: line.label ? label(line.label) : line.id })),
  ];
}

function Said({ message, about }: { message: SheetMessage; about: string | undefined }) {
  return (
    <div className="question">
      <strong>{message.name ?? message.by}</strong> {about && <Mark>{about}</Mark>}{' '}
      <span className="quiet" title={wallClock(message.at)}>
        {distance(message.at, new Date())}
      </span>
      <p style={{ whiteSpace: 'pre-line' }}>{message.text}</p>
    </div>
  );
}

export function Questions({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  const { message: notice } = App.useApp();
  const { period, staff_no } = sheet;
  const messages = useMessages(period, staff_no);
  const ask = useAsk(period, staff_no);
  const items = useItems(sheet);
  const [typed, setTyped] = useKept(`question.${period}.${staff_no}`, '');
  const [item, setItem] = useKept<string | null>(`question.item.${period}.${staff_no}`, null);
  // Whoever may not ask here sees no thread.
  if (messages.error instanceof Problem && [403, 404].includes(messages.error.status)) return null;
  const send = () =>
    ask.mutate(
      { text: typed.trim(), ...(item ? { item } : {}) },
      {
        onSuccess: () => setTyped(''),
        onError: (problem) => void notice.error(problem.message || t('notSent')),
      },
    );
  const said = messages.data?.items ?? [];
  return (
    <Panel title={t('questions')} extra={said.length > 0 && <span className="quiet">{said.length}</span>}>
      {said.map((message) => (
        <Said key={message.id} message={message} about={items.find(({ value }) => value === message.item)?.label} />
      ))}
      {said.length === 0 && <p className="quiet">{t('noQuestions')}</p>}
      <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
        <Input.TextArea
          aria-label={t('askHere')}
          placeholder={t('askHere')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="row">
          <Select
            aria-label={t('about')}
            allowClear
            placeholder={t('aboutSheet')}
            value={item}
            options={items}
            onChange={(chosen: string | undefined) => setItem(chosen ?? null)}
            style={{ minWidth: 170 }}
          />
          <Button disabled={typed.trim() === ''} loading={ask.isPending} onClick={send}>
            {t('send')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
