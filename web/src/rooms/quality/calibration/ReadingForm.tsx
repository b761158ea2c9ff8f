// A record read item by item; everything within reach of the keyboard.
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionBonus, Rubric, RubricItem } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { forChannel } from '../rubric/rubrics';
import { Bonuses } from '../workbench/Bonuses';
import { emptyMarks } from '../workbench/marks';
import { choicesOf, doesNotApply, nothingFound, type Reading, type Verdict } from './reading';

const keyOf = ({ choice, points }: Pick<Verdict, 'choice' | 'points'>) => `${choice} ${points}`;

// What a verdict is called.
export function useVerdictWords(rubric: Rubric) {
  const { t } = useTranslation('calibration');
  const say = useLabel();
  return (item: RubricItem, verdict: Pick<Verdict, 'choice' | 'points'> | undefined): string => {
    if (verdict === undefined || verdict.choice === nothingFound) return t('nothing');
    if (verdict.choice === doesNotApply) return t('notApplicable');
    const parts = rubric.form === 'weighted' ? item.answers : rubric.severities;
    const part = parts.find(({ id }) => id === verdict.choice);
    const label = part ? say(part.label) : verdict.choice;
    return rubric.form === 'weighted' ? label : t('points', { label, points: verdict.points });
  };
}

interface Props {
  rubric: Rubric;
  channel: string;
  reading: Reading;
  onChange: (reading: Reading) => void;
  bonuses: InspectionBonus[];
  onBonuses: (bonuses: InspectionBonus[]) => void;
  disputed?: ReadonlySet<string>; // items that were read differently
}

export function ReadingForm({ rubric, channel, reading, onChange, bonuses, onBonuses, disputed }: Props) {
  const { t } = useTranslation('calibration');
  const say = useLabel();
  const called = useVerdictWords(rubric);
  const given = { ...emptyMarks, bonuses };
  const put = (item: RubricItem, verdict: Verdict) => onChange({ ...reading, [item.id]: verdict });
  const line = (item: RubricItem) => {
    const verdict = reading[item.id] ?? { choice: nothingFound, points: 0, reason: '' };
    const choices = [
      { choice: nothingFound, points: 0 },
      ...(item.may_not_apply ? [{ choice: doesNotApply, points: 0 }] : []),
      ...choicesOf(rubric, item),
    ];
    const found = verdict.choice !== nothingFound && verdict.choice !== doesNotApply;
    return (
      <li key={item.id} className="reading-item">
        <span>
          {say(item.label)} {disputed?.has(item.id) && <Mark tone="warn">{t('differ')}</Mark>}
        </span>
        <Select
          size="small"
          showSearch
          optionFilterProp="label"
          aria-label={say(item.label)}
          value={keyOf(verdict)}
          options={choices.map((choice) => ({ value: keyOf(choice), label: called(item, choice) }))}
          onChange={(key: string) => {
            const chosen = choices.find((choice) => keyOf(choice) === key);
            if (chosen) put(item, { ...chosen, reason: verdict.reason });
          }}
        />
        {found && (
          <Input
            size="small"
            className="reading-reason"
            aria-label={`${t('reason')} ${say(item.label)}`}
            placeholder={t('reason')}
            maxLength={500}
            value={verdict.reason}
            onChange={(event) => put(item, { ...verdict, reason: event.target.value })}
          />
        )}
      </li>
    );
  };
  return (
    <div className="reading">
      {forChannel(rubric, channel).map((dimension) => (
        <section key={dimension.id} aria-label={say(dimension.label)}>
          <h3>{say(dimension.label)}</h3>
          <ul>{dimension.items.map(line)}</ul>
        </section>
      ))}
      <Bonuses rubric={rubric} marks={given} faults={[]} onEdit={(step) => onBonuses(step(given).bonuses)} />
    </div>
  );
}
