// What a rubric rewards, where it does.
import { Checkbox, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FieldError } from '../../../api/client';
import type { InspectionMarks, Rubric } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { removeBonus, setBonus } from './marks';

interface Props {
  rubric: Rubric;
  marks: InspectionMarks;
  faults: readonly FieldError[];
  onEdit: (step: (marks: InspectionMarks) => InspectionMarks) => void;
}

export function Bonuses({ rubric, marks, faults, onEdit }: Props) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  if (rubric.bonuses.length === 0) return null;
  return (
    <section aria-label={t('bonuses')}>
      <h3>{t('bonuses')}</h3>
      <ul>
        {rubric.bonuses.map((rule) => {
          const at = marks.bonuses.findIndex(({ bonus }) => bonus === rule.id);
          const given = marks.bonuses[at];
          const [low, high] = [Number(rule.low), Number(rule.high)];
          return (
            <li key={rule.id} className="item">
              <div className="item-line">
                <Checkbox
                  className="item-add"
                  checked={given !== undefined}
                  onChange={(event) => onEdit((now) => (event.target.checked ? setBonus(now, rule.id, { points: low }) : removeBonus(now, rule.id)))}
                >
                  {say(rule.label)}
                </Checkbox>
                {given && (
                  <InputNumber
                    size="small"
                    aria-label={t('pointsOf', { item: say(rule.label) })}
                    prefix="+"
                    precision={0}
                    min={low}
                    max={high}
                    value={given.points}
                    onChange={(points) => onEdit((now) => setBonus(now, rule.id, { points: points ?? low }))}
                  />
                )}
              </div>
              {given && (
                <Input.TextArea
                  aria-label={t('reasonOfBonus', { item: say(rule.label) })}
                  placeholder={t('reasonWhy')}
                  autoSize={{ minRows: 1, maxRows: 4 }}
                  value={given.reason}
                  onChange={(event) => onEdit((now) => setBonus(now, rule.id, { reason: event.target.value }))}
                />
              )}
              {given &&
                faults
                  .filter(({ pointer }) => pointer.startsWith(`/bonuses/${at}/`))
                  .map(({ detail }) => (
                    <p key={detail} className="fall">
                      {detail}
                    </p>
                  ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
