// An appeal against one finding: what it should be instead, and why.
import { App, Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FindingReading, Inspection, InspectionFinding, Rubric } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { milderThan } from '../shared/rubric';
import { useReadingWords } from '../shared/useReadingWords';
import { useFileAppeal } from './data';

const reasonMax = 2000;
const keyOf = ({ choice, points }: FindingReading) => `${choice} ${points}`;

interface Props {
  inspection: Inspection;
  finding: InspectionFinding;
  rubric: Rubric;
  onDone: () => void;
}

export function AppealForm({ inspection, finding, rubric, onDone }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const words = useReadingWords(rubric);
  const file = useFileAppeal(inspection.key);
  const kept = `appeal.${inspection.key}.${finding.number}`;
  const [reason, setReason] = useKept(kept, '');
  const readings = milderThan(rubric, finding.item, finding);
  const [chosen, setChosen] = useKept<string>(`${kept}.reading`, keyOf(readings[0] ?? finding));
  const proposed = readings.find((reading) => keyOf(reading) === chosen) ?? readings[0];
  const send = () => {
    if (!proposed) return;
    file.mutate(
      { finding: finding.number, proposed, reason: reason.trim() },
      {
        onSuccess: () => {
          setReason('');
          onDone();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  };
  return (
    <div className="appeal-form">
      <label className="row">
        {t('shouldBe')}
        <Select
          size="small"
          aria-label={t('shouldBe')}
          value={proposed ? keyOf(proposed) : null}
          options={readings.map((reading) => ({ value: keyOf(reading), label: words(finding.item, reading) }))}
          onChange={(value: string) => setChosen(value)}
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
        />
      </label>
      <Input.TextArea
        autoFocus
        aria-label={t('appealReason')}
        placeholder={t('appealReason')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={reasonMax}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row">
        <Button type="primary" disabled={reason.trim() === '' || !proposed} loading={file.isPending} onClick={send}>
          {t('fileAppeal')}
        </Button>
        <Button onClick={onDone}>{t('later')}</Button>
        {inspection.appeal_until && (
          <span className="quiet">
            {t('appealUntil', { distance: distance(inspection.appeal_until, new Date()), at: wallClock(inspection.appeal_until).slice(0, 16) })}
          </span>
        )}
      </div>
      <p className="quiet">{t('neverLower')}</p>
    </div>
  );
}
