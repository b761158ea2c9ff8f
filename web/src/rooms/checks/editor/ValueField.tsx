// What a condition looks for, by the kind that the operator says; an operator with keys of its own is a small form.
import { AutoComplete, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CheckKey, CheckOperator } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { ConditionList } from './ConditionList';
import { useSurroundings } from './context';
import { Field } from './Field';
import { asNeeds, fieldsOf, listOf, needsOf, textOf, type Value, withValue } from './form';
import { ChoiceField, ChoicesField, type FieldProps, LinesField, NumberField, PairsField, TextField, WordsField } from './PlainFields';
import { StepList } from './StepList';

// The contact's own fields, as conditions ask for them.
const contactFields = ['product', 'queue', 'direction', 'outcome', 'transferred', 'ended_by'] as const;

function FormulaField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  const { operators } = useSurroundings();
  const text = textOf(value);
  // The measure that is being typed, at the end of the formula.
  const typed = /[a-z][a-z0-9 ]*$/.exec(text)?.[0] ?? '';
  const fitting = operators.measures.filter((measure) => measure.includes(typed) && measure !== typed);
  return (
    <AutoComplete
      size="small"
      aria-label={name}
      placeholder={t('formulaHint')}
      value={text}
      options={fitting.map((measure) => ({ value: text.slice(0, text.length - typed.length) + measure, label: measure }))}
      onChange={(next: string) => onChange(next)}
      style={{ width: '100%' }}
    />
  );
}

// One key's value. `words` of an operator for patterns are lines, since patterns have commas.
function KeyField({ of, asLines, ...field }: FieldProps & { of: Pick<CheckKey, 'kind' | 'choices'>; asLines: boolean }) {
  const { t } = useTranslation('checks');
  const { names } = useSurroundings();
  const choices = of.choices.map((choice) => ({ value: choice, label: t(`choice_${choice}`, { defaultValue: choice }) }));
  switch (of.kind) {
    case 'words':
      return asLines ? <LinesField {...field} /> : <WordsField {...field} />;
    case 'sentences':
      return <LinesField {...field} />;
    case 'count':
      return <NumberField {...field} />;
    case 'seconds':
      return <NumberField {...field} places={1} unit={t('unit_seconds')} />;
    case 'percent':
      return <NumberField {...field} unit="%" />;
    case 'choice':
      return <ChoiceField {...field} choices={choices} />;
    case 'choices':
      return <ChoicesField {...field} choices={choices} />;
    case 'formula':
      return <FormulaField {...field} />;
    case 'name':
      return <ChoiceField {...field} choices={names.map((name) => ({ value: name, label: name }))} />;
    case 'fields':
      return <PairsField {...field} keys={contactFields.map((key) => ({ value: key, label: t(`contact_${key}`) }))} />;
    case 'conditions':
      return <ConditionList conditions={listOf(field.value).map(fieldsOf)} onChange={field.onChange} />;
    case 'steps':
      return <StepList steps={listOf(field.value).map(fieldsOf)} onChange={field.onChange} />;
    default:
      return <TextField {...field} />;
  }
}

interface Props {
  operator: CheckOperator;
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

// Of the ways to ask for several words the first is always there; the others appear once they are used.
function useShownKeys(operator: CheckOperator, fields: Value | undefined) {
  const there = fieldsOf(fields);
  if (operator.kind !== 'words' && operator.kind !== 'sentences') return { shown: operator.keys, more: [] };
  const isShown = ({ key }: CheckKey) => key in there || (key === 'any' && Object.keys(there).every((one) => one === 'but_not'));
  return { shown: operator.keys.filter(isShown), more: operator.keys.filter((key) => !isShown(key)) };
}

export function ValueField({ operator, value, onChange }: Props) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const asLines = operator.kind === 'sentences';
  const areNeeds = asLines || operator.kind === 'words';
  const mapping = areNeeds ? needsOf(value) : fieldsOf(value);
  const { shown, more } = useShownKeys(operator, mapping);
  if (operator.keys.length === 0) {
    return <KeyField of={{ kind: operator.kind, choices: operator.choices }} asLines={asLines} name={say(operator.label)} value={value} onChange={onChange} />;
  }
  const put = (key: string, next: Value | undefined) => {
    const fields = withValue(mapping, key, next);
    onChange(areNeeds ? asNeeds(fields) : fields);
  };
  return (
    <div className="fields">
      {shown.map((key) => (
        <Field key={key.key} name={say(key.label)} wide={['words', 'sentences', 'conditions'].includes(key.kind)}>
          <KeyField of={key} asLines={asLines} name={say(key.label)} value={mapping[key.key]} onChange={(next) => put(key.key, next)} />
        </Field>
      ))}
      {more.length > 0 && (
        <Select
          size="small"
          popupMatchSelectWidth={false}
          aria-label={t('moreKeys')}
          placeholder={t('moreKeys')}
          value={null}
          options={more.map((key) => ({ value: key.key, label: say(key.label) }))}
          onChange={(key: string | null) => key !== null && onChange({ ...mapping, [key]: more.find((one) => one.key === key)?.kind === 'count' ? '2' : [] })}
        />
      )}
    </div>
  );
}
