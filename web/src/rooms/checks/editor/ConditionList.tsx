// Conditions that are asked together.
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { ConditionField } from './ConditionField';
import { type Fields, replaced, without } from './form';

export function ConditionList({ conditions, onChange }: { conditions: readonly Fields[]; onChange: (conditions: Fields[]) => void }) {
  const { t } = useTranslation('checks');
  return (
    <div className="conditions">
      {conditions.map((condition, at) => (
        <ConditionField
          key={at}
          condition={condition}
          onChange={(next) => onChange(replaced(conditions, at, next))}
          onRemove={() => onChange(without(conditions, at))}
        />
      ))}
      <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...conditions, { phrases: [] }])}>
        {t('addCondition')}
      </Button>
    </div>
  );
}
