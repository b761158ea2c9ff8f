// The steps of a flow, one behind the other: a condition each, or several ways of which one must be gone.
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

import { ConditionField } from './ConditionField';
import { Field } from './Field';
import { type Fields, fieldsOf, listOf, replaced, textOf, withValue, without } from './form';
import { ReachField } from './PlainFields';

interface Props {
  steps: readonly Fields[];
  onChange: (steps: Fields[]) => void;
}

function Ways({ step, onChange }: { step: Fields; onChange: (step: Fields) => void }) {
  const { t } = useTranslation('checks');
  const ways = listOf(step.either).map((way) => listOf(way).map(fieldsOf));
  return (
    <div className="conditions">
      {ways.map((way, at) => (
        <section key={at} className="way" aria-label={t('way', { number: at + 1 })}>
          <div className="condition-head">
            <span className="quiet">{t('way', { number: at + 1 })}</span>
            <span className="grow" />
            <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeWay')} onClick={() => onChange({ ...step, either: without(ways, at) })} />
          </div>
          <StepList steps={way} onChange={(next) => onChange({ ...step, either: replaced(ways, at, next) })} />
        </section>
      ))}
      <Button size="small" type="dashed" onClick={() => onChange({ ...step, either: [...ways, [{ is: { phrases: [] } }]] })}>
        {t('addWay')}
      </Button>
    </div>
  );
}

function Step({ step, number, onChange, onRemove }: { step: Fields; number: number; onChange: (step: Fields) => void; onRemove: () => void }) {
  const { t } = useTranslation('checks');
  const within = t('stepWithin');
  return (
    <section className="step" aria-label={t('step', { number })}>
      <div className="condition-head">
        <strong>{t('step', { number })}</strong>
        <span className="grow" />
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeStep', { number })} onClick={onRemove} />
      </div>
      {'either' in step ? (
        <Ways step={step} onChange={onChange} />
      ) : (
        <>
          <ConditionField condition={fieldsOf(step.is)} onChange={(is) => onChange({ ...step, is })} />
          <div className="fields">
            <Field name={within}>
              <ReachField name={within} value={step.within} onChange={(value) => onChange(withValue(step, 'within', value))} />
            </Field>
            <Checkbox checked={textOf(step.optional) === 'true'} onChange={(event) => onChange(withValue(step, 'optional', event.target.checked ? 'true' : undefined))}>
              {t('stepOptional')}
            </Checkbox>
          </div>
        </>
      )}
    </section>
  );
}

export function StepList({ steps, onChange }: Props) {
  const { t } = useTranslation('checks');
  return (
    <div className="conditions">
      {steps.map((step, at) => (
        <Step key={at} step={step} number={at + 1} onChange={(next) => onChange(replaced(steps, at, next))} onRemove={() => onChange(without(steps, at))} />
      ))}
      <div className="row">
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...steps, { is: { phrases: [] } }])}>
          {t('addStep')}
        </Button>
        <Button size="small" type="dashed" onClick={() => onChange([...steps, { either: [[{ is: { phrases: [] } }], [{ is: { phrases: [] } }]] }])}>
          {t('addWays')}
        </Button>
      </div>
    </div>
  );
}
