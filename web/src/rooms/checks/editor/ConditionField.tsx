// One condition: what it looks for, and where.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useLabel } from '../../../shell/label';
import { useSurroundings } from './context';
import { type Fields, operatorOf, withOperator, withValue } from './form';
import { ScopeFields } from './ScopeFields';
import { ValueField } from './ValueField';

interface Props {
  condition: Fields;
  onChange: (condition: Fields) => void;
  onRemove?: (() => void) | undefined;
}

export function ConditionField({ condition, onChange, onRemove }: Props) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const { operators } = useSurroundings();
  const operator = operatorOf(condition, operators.operators);
  return (
    <div className="condition">
      <div className="condition-head">
        <Select
          size="small"
          popupMatchSelectWidth={false}
          aria-label={t('operator')}
          placeholder={t('operator')}
          value={operator?.name ?? null}
          options={operators.operators.map(({ name, label }) => ({ value: name, label: say(label) }))}
          onChange={(name: string | null) => name !== null && onChange(withOperator(condition, operators.operators, name))}
          style={{ minWidth: 150 }}
        />
        <span className="grow" />
        {onRemove && <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeCondition')} onClick={onRemove} />}
      </div>
      {operator && (
        <>
          <ValueField
            key={operator.name}
            operator={operator}
            value={condition[operator.name]}
            onChange={(value) => onChange({ ...withValue(condition, operator.name, value), [operator.name]: value ?? '' })}
          />
          {operator.scoped && <ScopeFields operator={operator} condition={condition} onChange={onChange} />}
        </>
      )}
    </div>
  );
}
