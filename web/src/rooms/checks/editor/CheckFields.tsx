// The form of a check: what it is called and proposes, when it applies, and the conditions.
import { Input, Radio, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { get } from '../../../api/client';
import type { Regulation } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { itemsOf, useRubrics } from '../../quality/rubric/rubrics';
import { ConditionField } from './ConditionField';
import { Field } from './Field';
import { type CheckForm, type Fields, fieldsOf, textOf, textsOf, type Value, withKind, withValue } from './form';
import { NamedConditions } from './NamedConditions';
import { ChoiceField, ChoicesField, NumberField, TextField } from './PlainFields';

const channels = ['call', 'chat', 'mail'] as const;
const kinds = ['forbid', 'require', 'ask'] as const;
type Kind = (typeof kinds)[number];
const optional = ['when', 'except'] as const;

interface Props {
  form: CheckForm;
  isNew: boolean;
  onChange: (form: CheckForm) => void;
}

function useClauses() {
  const say = useLabel();
  const regulation = useQuery({ queryKey: ['regulation'], queryFn: ({ signal }) => get<Regulation>('/regulation', signal), staleTime: Infinity });
  return (regulation.data?.clauses ?? []).map(({ id, title }) => ({ value: id, label: `${id} ${say(title)}` }));
}

function ClausesField({ name, values, many, onChange }: { name: string; values: string[]; many: boolean; onChange: (values: string[]) => void }) {
  const clauses = useClauses();
  return (
    <Select
      size="small"
      showSearch
      allowClear={many}
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      aria-label={name}
      {...(many ? { mode: 'multiple' as const } : {})}
      value={many ? values : (values[0] ?? null)}
      options={clauses}
      onChange={(chosen: string | string[] | null) => onChange(chosen === null ? [] : [chosen].flat())}
      style={{ width: '100%' }}
    />
  );
}

interface Part {
  body: Fields;
  put: (key: string, value: Value | undefined) => void;
}

// Whether each hit takes points off; a question is answered once.
function Counted({ body, put }: Part) {
  const { t } = useTranslation('checks');
  return (
    <>
      <Field name={t('count')}>
        <ChoiceField
          name={t('count')}
          value={body.count ?? 'once'}
          choices={['once', 'per_hit'].map((value) => ({ value, label: t(`count_${value}`) }))}
          onChange={(value) => put('count', value === 'once' ? undefined : value)}
        />
      </Field>
      {body.count === 'per_hit' && (
        <Field name={t('cap')}>
          <NumberField name={t('cap')} value={body.cap} onChange={(value) => put('cap', value)} />
        </Field>
      )}
    </>
  );
}

// What the model is asked, in both languages; it is asked in the conversation's.
function QuestionFields({ question, onChange }: { question: Fields; onChange: (question: Value | undefined) => void }) {
  const { t } = useTranslation('checks');
  return (
    <div className="fields">
      {(['zh', 'en'] as const).map((key) => (
        <Field key={key} name={t(`question_${key}`)} wide>
          <Input.TextArea
            aria-label={t(`question_${key}`)}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={textOf(question[key])}
            onChange={(event) => onChange({ ...question, [key]: event.target.value })}
          />
        </Field>
      ))}
    </div>
  );
}

// Item, severity and points: what an inspector is shown.
function Proposal({ body, put }: Part) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const rubrics = useRubrics().data ?? [];
  const once = <T extends { value: string }>(all: T[]) => all.filter((one, at) => all.findIndex(({ value }) => value === one.value) === at);
  const items = once(rubrics.flatMap(itemsOf).map(({ id, label }) => ({ value: id, label: say(label) })));
  const severities = once(rubrics.flatMap((rubric) => rubric.severities).map(({ id, label, low, high }) => ({ value: id, label: `${say(label)} ${low}–${high}` })));
  return (
    <>
      <Field name={t('item')}>
        <ChoiceField name={t('item')} value={body.item} choices={items} onChange={(value) => put('item', value)} />
      </Field>
      <Field name={t('severity')}>
        <ChoiceField name={t('severity')} value={body.severity} choices={severities} onChange={(value) => put('severity', value)} />
      </Field>
      <Field name={t('points')}>
        <NumberField name={t('points')} value={body.points} onChange={(value) => put('points', value)} />
      </Field>
      {!('ask' in body) && <Counted body={body} put={put} />}
    </>
  );
}

export function CheckFields({ form, isNew, onChange }: Props) {
  const { t } = useTranslation('checks');
  const { body } = form;
  const label = fieldsOf(body.label);
  const effective = fieldsOf(body.effective);
  const kind = kinds.find((one) => one in body) ?? 'forbid';
  const put = (key: string, value: Value | undefined) => onChange({ ...form, body: withValue(body, key, value) });
  const putDay = (key: string, day: string) => put('effective', withValue(effective, key, day));
  const turnInto = (other: Kind) => onChange({ ...form, body: withKind(body, kind, other) });
  return (
    <div className="check-fields">
      <div className="fields">
        {isNew && (
          <Field name={t('id')} hint={t('idHint')}>
            <Input size="small" aria-label={t('id')} value={form.id} onChange={(event) => onChange({ ...form, id: event.target.value.replace(/[^a-z0-9_]/g, '') })} />
          </Field>
        )}
        <Field name={t('labelZh')}>
          <TextField name={t('labelZh')} value={label.zh} onChange={(value) => put('label', withValue(label, 'zh', value))} />
        </Field>
        <Field name={t('labelEn')}>
          <TextField name={t('labelEn')} value={label.en} onChange={(value) => put('label', withValue(label, 'en', value))} />
        </Field>
        <Field name={t('clause')}>
          <ClausesField name={t('clause')} many={false} values={[textOf(body.clause)].filter(Boolean)} onChange={([clause]) => put('clause', clause)} />
        </Field>
        <Field name={t('also')}>
          <ClausesField name={t('also')} many values={textsOf(body.also)} onChange={(also) => put('also', also.length > 0 ? also : undefined)} />
        </Field>
        <Proposal body={body} put={put} />
        <Field name={t('channels')}>
          <ChoicesField
            name={t('channels')}
            value={body.channels}
            choices={channels.map((value) => ({ value, label: t(`channel_${value}`) }))}
            onChange={(value) => put('channels', value)}
          />
        </Field>
        {(['from', 'until'] as const).map((key) => (
          <Field key={key} name={t(`effective_${key}`)}>
            <Input size="small" type="date" aria-label={t(`effective_${key}`)} value={textOf(effective[key])} onChange={(event) => putDay(key, event.target.value)} />
          </Field>
        ))}
      </div>
      <NamedConditions named={fieldsOf(body.let)} onChange={(named) => put('let', named)} />
      {optional.map((key) => (
        <section key={key} aria-label={t(key)}>
          <h3>
            {t(key)} <span className="quiet">{t(`${key}Hint`)}</span>
          </h3>
          {key in body ? (
            <ConditionField condition={fieldsOf(body[key])} onChange={(condition) => put(key, condition)} onRemove={() => put(key, undefined)} />
          ) : (
            <button type="button" className="add-part" onClick={() => put(key, { phrases: [] })}>
              + {t(key)}
            </button>
          )}
        </section>
      ))}
      <section aria-label={t('condition')}>
        <h3>
          <Radio.Group size="small" optionType="button" aria-label={t('condition')} value={kind} onChange={(event) => turnInto(event.target.value as Kind)}>
            {kinds.map((one) => (
              <Radio.Button key={one} value={one}>
                {t(`kind_${one}`)}
              </Radio.Button>
            ))}
          </Radio.Group>
          <span className="quiet">{t(`kindHint_${kind}`)}</span>
        </h3>
        {kind === 'ask' ? (
          <QuestionFields question={fieldsOf(body.ask)} onChange={(question) => put('ask', question)} />
        ) : (
          <ConditionField condition={fieldsOf(body[kind])} onChange={(condition) => put(kind, condition)} />
        )}
      </section>
    </div>
  );
}
