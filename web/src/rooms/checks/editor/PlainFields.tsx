// Fields for what stands behind one key: words, lines, numbers, choices. Each takes the value as it stands in the file
// and gives back the new one, or none.
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { fieldsOf, listOf, textOf, textsOf, type Value, withValue } from './form';

export interface FieldProps {
  name: string; // read aloud
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

export function TextField({ name, value, onChange, hint }: FieldProps & { hint?: string | undefined }) {
  return <Input size="small" aria-label={name} placeholder={hint} value={textOf(value)} onChange={(event) => onChange(event.target.value)} />;
}

// Each a tag: typed and ended with Enter or a comma, or pasted with commas between.
export function WordsField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  return (
    <Select
      mode="tags"
      aria-label={name}
      placeholder={t('wordsHint')}
      open={false}
      suffixIcon={null}
      value={textsOf(value)}
      tokenSeparators={[',', '\uff0c', '\u3001', '\n']}
      onChange={(words: string[]) => onChange(words)}
      style={{ width: '100%' }}
    />
  );
}

// Sentences and patterns have commas of their own: one on each line.
export function LinesField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  return (
    <Input.TextArea
      className="lines-field"
      aria-label={name}
      placeholder={t('linesHint')}
      autoSize={{ minRows: 2, maxRows: 10 }}
      value={textsOf(value).join('\n')}
      onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
    />
  );
}

export function NumberField({ name, value, onChange, places = 0, unit }: FieldProps & { places?: number; unit?: string | undefined }) {
  const text = textOf(value);
  return (
    <InputNumber
      size="small"
      aria-label={name}
      value={text === '' ? null : text}
      stringMode
      step={places === 0 ? 1 : 0.1}
      {...(unit === undefined ? {} : { suffix: unit })}
      onChange={(figure) => onChange(figure === null ? undefined : figure)}
      style={{ width: unit === undefined ? 90 : 120 }}
    />
  );
}

interface Choice {
  value: string;
  label: string;
}

export function ChoiceField({ name, value, onChange, choices }: FieldProps & { choices: readonly Choice[] }) {
  return (
    <Select
      size="small"
      allowClear
      popupMatchSelectWidth={false}
      aria-label={name}
      value={textOf(value) || null}
      options={[...choices]}
      onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
      style={{ minWidth: 110 }}
    />
  );
}

export function ChoicesField({ name, value, onChange, choices }: FieldProps & { choices: readonly Choice[] }) {
  return (
    <Select
      mode="multiple"
      size="small"
      popupMatchSelectWidth={false}
      aria-label={name}
      value={textsOf(value)}
      options={[...choices]}
      onChange={(chosen: string[]) => onChange(chosen.length > 0 ? chosen : undefined)}
      style={{ minWidth: 160 }}
    />
  );
}

const reaches = ['turns', 'seconds'] as const;

// So many turns, or so many seconds.
export function ReachField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  const reach = fieldsOf(value);
  const unit = reaches.find((one) => one in reach) ?? 'turns';
  return (
    <span className="row">
      <NumberField
        name={name}
        value={reach[unit]}
        places={unit === 'seconds' ? 1 : 0}
        onChange={(figure) => onChange(figure === undefined ? undefined : { [unit]: figure })}
      />
      <Select
        size="small"
        aria-label={t('unitOf', { name })}
        value={unit}
        options={reaches.map((one) => ({ value: one, label: t(`unit_${one}`) }))}
        onChange={(next: (typeof reaches)[number]) => onChange(reach[unit] === undefined ? undefined : { [next]: reach[unit] })}
        style={{ width: 76 }}
      />
    </span>
  );
}

// From turn to turn, both numbers given or none.
export function RangeField({ name, value, onChange }: FieldProps) {
  const { t } = useTranslation('checks');
  const [from, to] = textsOf(value);
  const put = (first: Value | undefined, last: Value | undefined) =>
    onChange(first === undefined && last === undefined ? undefined : [textOf(first) || '0', textOf(last) || '-1']);
  return (
    <span className="row">
      <NumberField name={t('fromOf', { name })} value={from} onChange={(first) => put(first, to)} />–
      <NumberField name={t('toOf', { name })} value={to} onChange={(last) => put(from, last)} />
    </span>
  );
}

// Keys with one or several values each, of a few known ones.
export function PairsField({ name, value, onChange, keys }: FieldProps & { keys: readonly Choice[] }) {
  const { t } = useTranslation('checks');
  const pairs = fieldsOf(value);
  const free = keys.filter(({ value: key }) => !(key in pairs));
  const labelOf = (key: string) => keys.find((one) => one.value === key)?.label ?? key;
  const put = (key: string, values: string[]) => onChange(withValue(pairs, key, values.length === 1 ? values[0] : values));
  return (
    <div className="stack pairs">
      {Object.keys(pairs).map((key) => (
        <div key={key} className="row">
          <span>{labelOf(key)}</span>
          <Select
            mode="tags"
            size="small"
            open={false}
            suffixIcon={null}
            aria-label={labelOf(key)}
            value={textsOf(listOf(pairs[key]))}
            onChange={(values: string[]) => put(key, values)}
            style={{ flex: 1, minWidth: 140 }}
          />
        </div>
      ))}
      {free.length > 0 && (
        <Select
          size="small"
          aria-label={name}
          placeholder={t('addField')}
          value={null}
          options={free}
          onChange={(key: string | null) => key !== null && onChange({ ...pairs, [key]: [] })}
          style={{ width: 160 }}
        />
      )}
    </div>
  );
}
