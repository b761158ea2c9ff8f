// A step on a rectification: its words, and the day or the later records it needs.
import { App, Button, Checkbox, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Rectification } from '../../../api/schema';
import { placed, wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { asksForDay, asksForRecords, useRectify } from './data';

const written = 'YYYY-MM-DD';
const textMax = 2000;

interface Props {
  rectification: Rectification;
  action: string;
  onDone: () => void;
}

// Published records of contacts after the report: what shows whether it helped.
function LaterRecords({ rectification, chosen, onChoose }: { rectification: Rectification; chosen: readonly string[]; onChoose: (keys: string[]) => void }) {
  const { t } = useTranslation('quality');
  if (rectification.later.length === 0) return <p className="quiet">{t('noLater')}</p>;
  return (
    <Checkbox.Group
      className="later"
      aria-label={t('laterRecords')}
      value={[...chosen]}
      options={rectification.later.map((row) => ({
        value: row.key,
        label: `${wallClock(row.occurred_at).slice(0, 16)} · ${t(`channel_${row.channel}`)} · ${placed(row.score, 2)}`,
      }))}
      onChange={onChoose}
    />
  );
}

export function StepForm({ rectification, action, onDone }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const rectify = useRectify(rectification);
  const kept = `rectification.${rectification.inspection}.${rectification.finding}.${action}`;
  const [text, setText] = useKept(kept, action === 'set_measures' ? rectification.measures : '');
  const [day, setDay] = useState<string>();
  const [records, setRecords] = useState<string[]>([]);
  const ready = text.trim() !== '' && (!asksForDay(action) || day !== undefined) && (!asksForRecords(action) || records.length > 0);
  const send = () =>
    rectify.mutate(
      { action, text: text.trim(), day, records },
      {
        onSuccess: () => {
          setText('');
          onDone();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  return (
    <div className="stack step-form">
      <strong>{t(`step_${action}`)}</strong>
      {asksForDay(action) && (
        <DatePicker
          aria-label={t('lastDay')}
          placeholder={t('lastDay')}
          value={day === undefined ? null : dayjs(day)}
          minDate={dayjs()}
          onChange={(chosen) => setDay((chosen as dayjs.Dayjs | null)?.format(written))}
        />
      )}
      {asksForRecords(action) && <LaterRecords rectification={rectification} chosen={records} onChoose={setRecords} />}
      <Input.TextArea
        autoFocus
        aria-label={t(`hint_${action}`)}
        placeholder={t(`hint_${action}`)}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={textMax}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button type="primary" disabled={!ready} loading={rectify.isPending} onClick={send}>
          {t(`step_${action}`)}
        </Button>
        <Button onClick={onDone}>{t('later')}</Button>
      </div>
    </div>
  );
}
