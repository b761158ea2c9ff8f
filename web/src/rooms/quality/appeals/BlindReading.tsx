// What a second inspector makes of an item before seeing what the first found. Once it is said, everything is shown.
import { Alert, App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, FindingReading, Rubric } from '../../../api/schema';
import { useAppealStep } from '../results/data';
import { readingsOf } from '../shared/rubric';
import { useReadingWords } from '../shared/useReadingWords';

const keyOf = ({ choice, points }: FindingReading) => `${choice} ${points}`;

export function BlindReading({ appeal, rubric, onRead }: { appeal: Appeal; rubric: Rubric; onRead: (read: Appeal) => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const words = useReadingWords(rubric);
  const step = useAppealStep(appeal.inspection, appeal.finding);
  const readings = readingsOf(rubric, appeal.item);
  const [chosen, setChosen] = useState<string>();
  const reading = readings.find((one) => keyOf(one) === chosen);
  const send = () => {
    if (!reading) return;
    step.mutate({ step: 'reading', body: reading }, { onSuccess: onRead, onError: (problem) => void message.error(problem.message || t('notDone')) });
  };
  return (
    <div className="stack ruling">
      <Alert type="info" showIcon message={t('blindHint')} />
      <div className="row">
        <Select
          aria-label={t('yourReading')}
          placeholder={t('yourReading')}
          value={chosen ?? null}
          options={readings.map((one) => ({ value: keyOf(one), label: words(appeal.item, one) }))}
          onChange={(key: string) => setChosen(key)}
          style={{ minWidth: 190 }}
        />
        <Button type="primary" disabled={!reading} loading={step.isPending} onClick={send}>
          {t('sayReading')}
        </Button>
      </div>
    </div>
  );
}
