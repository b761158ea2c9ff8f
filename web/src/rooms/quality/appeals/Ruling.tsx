// The ruling on an appeal, or on several about one item, with its reason.
import { App, Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, AppealOutcome, AppealRulingInput, FindingReading, Rubric } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import { between } from '../shared/rubric';
import { useReadingWords } from '../shared/useReadingWords';
import { nameOf, useRule } from './data';

const outcomes: readonly AppealOutcome[] = ['accepted', 'partly', 'rejected'];
const reasonMax = 2000;
const keyOf = ({ choice, points }: FindingReading) => `${choice} ${points}`;

// What lies between what is asked for and what stands, for all of them.
function readingsBetween(rubric: Rubric, appeals: readonly Appeal[]): FindingReading[] {
  const [first, ...others] = appeals.map((appeal) => between(rubric, appeal.item, appeal.proposed, appeal.current));
  return (first ?? []).filter((reading) => others.every((own) => own.some((other) => keyOf(other) === keyOf(reading))));
}

interface Props {
  appeals: readonly Appeal[];
  rubric: Rubric;
  onDone: () => void;
}

export function Ruling({ appeals, rubric, onDone }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const rule = useRule();
  const words = useReadingWords(rubric);
  const item = appeals[0]?.item ?? '';
  const [outcome, setOutcome] = useState<AppealOutcome>();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useKept(`ruling.${appeals.map(nameOf).join('+')}`, '');
  const readings = readingsBetween(rubric, appeals);
  const reading = readings.find((one) => keyOf(one) === chosen) ?? readings[0];
  const send = () => {
    if (!outcome) return;
    const ruling: AppealRulingInput = {
      appeals: appeals.map(({ inspection, finding }) => ({ inspection, finding })),
      outcome,
      reason: reason.trim(),
      ...(outcome === 'partly' && reading ? { reading } : {}),
    };
    rule.mutate(ruling, {
      onSuccess: () => {
        setReason('');
        void message.success(t('decidedOf', { count: appeals.length }));
        onDone();
      },
      onError: (problem) => void message.error(problem.message || t('notDone')),
    });
  };
  return (
    <div className="stack ruling">
      <Radio.Group value={outcome} onChange={(event) => setOutcome(event.target.value as AppealOutcome)} aria-label={t('ruling')}>
        {outcomes.map((one) => (
          <Radio.Button key={one} value={one} disabled={one === 'partly' && !reading}>
            {t(`outcome_${one}`)}
          </Radio.Button>
        ))}
      </Radio.Group>
      {outcome === 'partly' && reading && (
        <label className="row">
          {t('readsNow')}
          <Select
            aria-label={t('readsNow')}
            value={keyOf(reading)}
            options={readings.map((one) => ({ value: keyOf(one), label: words(item, one) }))}
            onChange={(key: string) => setChosen(key)}
            style={{ minWidth: 150 }}
          />
        </label>
      )}
      <Input.TextArea
        aria-label={t('rulingReason')}
        placeholder={t('rulingReason')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={reasonMax}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row">
        <Button type="primary" disabled={outcome === undefined || reason.trim() === ''} loading={rule.isPending} onClick={send}>
          {appeals.length > 1 ? t('decideTogether', { count: appeals.length }) : t('decide')}
        </Button>
        <span className="quiet">{t('neverLower')}</span>
      </div>
    </div>
  );
}
