// A dialogue to try on: pasted or typed, with what a text cannot say (channel, measures, fields of the contact).
import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useOperators } from '../data';
import { Field } from '../editor/Field';
import { without } from '../editor/form';
import { example } from '../words';

export interface Pasted {
  text: string;
  channel: string;
  measures: { name: string; value: string }[];
  fields: { name: string; value: string }[];
}

export const emptyPasted: Pasted = { text: '', channel: 'call', measures: [], fields: [] };

const channels = ['call', 'chat', 'mail'] as const;
const fields = ['product', 'queue', 'direction', 'outcome', 'transferred', 'ended_by'] as const;

export function PastedDialogue({ pasted, onChange }: { pasted: Pasted; onChange: (pasted: Pasted) => void }) {
  const { t, i18n } = useTranslation('checks');
  const measures = useOperators().data?.measures ?? [];
  const put = (change: Partial<Pasted>) => onChange({ ...pasted, ...change });
  return (
    <div className="stack">
      <Input.TextArea
        aria-label={t('dialogue')}
        placeholder={t('dialogueHint')}
        autoSize={{ minRows: 8, maxRows: 18 }}
        value={pasted.text}
        onChange={(event) => put({ text: event.target.value })}
      />
      <div className="row">
        <Button size="small" onClick={() => put({ text: example[i18n.language === 'en' ? 'en' : 'zh'] })}>
          {t('takeExample')}
        </Button>
        {pasted.text !== '' && (
          <Button size="small" onClick={() => put({ text: '' })}>
            {t('clear')}
          </Button>
        )}
      </div>
      <div className="fields">
        <Field name={t('channel')}>
          <Select
            size="small"
            aria-label={t('channel')}
            value={pasted.channel}
            options={channels.map((value) => ({ value, label: t(`channel_${value}`) }))}
            onChange={(channel: string) => put({ channel })}
          />
        </Field>
        <Field name={t('addMeasure')}>
          <Select
            size="small"
            showSearch
            popupMatchSelectWidth={false}
            aria-label={t('addMeasure')}
            value={null}
            options={measures.filter((name) => pasted.measures.every((one) => one.name !== name)).map((name) => ({ value: name, label: name }))}
            onChange={(name: string | null) => name !== null && put({ measures: [...pasted.measures, { name, value: '' }] })}
          />
        </Field>
        <Field name={t('addField')}>
          <Select
            size="small"
            popupMatchSelectWidth={false}
            aria-label={t('addField')}
            value={null}
            options={fields.filter((name) => pasted.fields.every((one) => one.name !== name)).map((value) => ({ value, label: t(`contact_${value}`) }))}
            onChange={(name: string | null) => name !== null && put({ fields: [...pasted.fields, { name, value: '' }] })}
          />
        </Field>
      </div>
      {pasted.measures.map(({ name, value }, at) => (
        <div key={name} className="row">
          <code>{name}</code>
          <InputNumber
            size="small"
            stringMode
            aria-label={name}
            value={value === '' ? null : value}
            onChange={(figure) => put({ measures: pasted.measures.map((one) => (one.name === name ? { name, value: figure ?? '' } : one)) })}
          />
          <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeOf', { name })} onClick={() => put({ measures: without(pasted.measures, at) })} />
        </div>
      ))}
      {pasted.fields.map(({ name, value }, at) => (
        <div key={name} className="row">
          <span>{t(`contact_${name as (typeof fields)[number]}`)}</span>
          <Input
            size="small"
            aria-label={t(`contact_${name as (typeof fields)[number]}`)}
            value={value}
            onChange={(event) => put({ fields: pasted.fields.map((one) => (one.name === name ? { name, value: event.target.value } : one)) })}
            style={{ width: 150 }}
          />
          <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeOf', { name })} onClick={() => put({ fields: without(pasted.fields, at) })} />
        </div>
      ))}
    </div>
  );
}
