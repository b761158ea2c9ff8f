// An item of the rubric: pressing it adds a finding, or, where the rubric asks for answers, one of them is chosen.
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionFinding, RubricItem } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';

interface Props {
  item: RubricItem;
  number: number;
  found: readonly InspectionFinding[];
  applies: boolean;
  deducting: boolean;
  onAdd: () => void;
  onAnswer: (choice: string) => void;
  onApplies: (applies: boolean) => void;
}

export function ItemLine({ item, number, found, applies, deducting, onAdd, onAnswer, onApplies }: Props) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  const name = say(item.label);
  const title = (
    <>
      <span className="item-number">{number}</span> <span className="item-name">{name}</span>
      {item.zero_tolerance && <Mark tone="bad">{t('zeroTolerance')}</Mark>}
    </>
  );
  return (
    <div className={applies ? 'item-line' : 'item-line item-off'}>
      {deducting ? (
        <button type="button" className="item-add" disabled={!applies} title={t('addFinding', { item: name })} onClick={onAdd}>
          {title}
          <span className="item-plus" aria-hidden>
            +
          </span>
        </button>
      ) : (
        <span className="item-add">{title}</span>
      )}
      {item.may_not_apply && (
        <Checkbox
          className="item-na"
          checked={!applies}
          disabled={deducting && found.length > 0}
          onChange={(event) => onApplies(!event.target.checked)}
          aria-label={t('notApplicableOf', { item: name })}
        >
          {t('notApplicable')}
        </Checkbox>
      )}
      {!deducting && applies && (
        <fieldset className="ladder">
          <legend className="for-ears">{name}</legend>
          {item.answers.map((one) => (
            <label key={one.id} className={found[0]?.choice === one.id ? 'rung rung-on' : 'rung'}>
              <input type="radio" name={`answer-${item.id}`} checked={found[0]?.choice === one.id} onChange={() => onAnswer(one.id)} />
              {say(one.label)}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
