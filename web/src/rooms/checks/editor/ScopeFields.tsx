// Where a condition looks: whose turns, which of them, near what, and in how many it must hold. What is not asked for
// stays folded away.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckKey, CheckOperator } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { useSurroundings } from './context';
import { Field } from './Field';
import { asHit, type Fields, hitOf, type Value, withValue } from './form';
import { ChoiceField, type FieldProps, NumberField, RangeField, ReachField, TextField } from './PlainFields';

// A hit of another condition, and how far from it.
function HitField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  const { names } = useSurroundings();
  const hit = hitOf(value);
  const put = (key: string, next: Value | undefined) => onChange(asHit(withValue(hit, key, next)));
  return (
    <span className="row">
      <ChoiceField name={name} value={hit.hit_of} choices={names.map((one) => ({ value: one, label: one }))} onChange={(next) => put('hit_of', next)} />
      {hit.hit_of !== undefined && (
        <>
          {(['nth', 'turns', 'seconds'] as const).map((key) => (
            <label key={key} className="row quiet">
              {t(`hit_${key}`)}
              <NumberField name={`${name} ${t(`hit_${key}`)}`} value={hit[key]} onChange={(next) => put(key, next)} />
            </label>
          ))}
        </>
      )}
    </span>
  );
}

function ScopeField({ of, ...field }: FieldProps & { of: CheckKey }) {
  const { t } = useTranslation('checks');
  if (of.kind === 'choice') {
    return <ChoiceField {...field} choices={of.choices.map((choice) => ({ value: choice, label: t(`role_${choice}`, { defaultValue: choice }) }))} />;
  }
  if (of.kind === 'reach') return <ReachField {...field} />;
  if (of.kind === 'turns') return <RangeField {...field} />;
  if (of.kind === 'name') return <HitField {...field} />;
  return <TextField {...field} hint="any" />;
}

interface Props {
  operator: CheckOperator;
  condition: Fields;
  onChange: (condition: Fields) => void;
}

export function ScopeFields({ operator, condition, onChange }: Props) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const { operators, names } = useSurroundings();
  const [open, setOpen] = useState(false);
  const offered = operators.scope.filter(({ key, kind }) => (operator.counted || key !== 'how_many') && (kind !== 'name' || names.length > 0 || key in condition));
  const isShown = ({ key }: CheckKey) => open || key === 'role' || key in condition;
  const folded = offered.some((key) => !isShown(key));
  return (
    <div className="fields">
      {offered.filter(isShown).map((key) => (
        <Field key={key.key} name={say(key.label)}>
          <ScopeField of={key} name={say(key.label)} value={condition[key.key]} onChange={(value) => onChange(withValue(condition, key.key, value))} />
        </Field>
      ))}
      {folded && (
        <Button size="small" type="dashed" className="more-scope" onClick={() => setOpen(true)}>
          {t('moreScope')}
        </Button>
      )}
    </div>
  );
}
