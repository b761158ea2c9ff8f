// Conditions with names, which the others may use and look before or after.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ConditionField } from './ConditionField';
import { SurroundingsContext, useSurroundings } from './context';
import { type Fields, fieldsOf } from './form';

interface Props {
  named: Fields;
  onChange: (named: Fields | undefined) => void;
}

export function NamedConditions({ named, onChange }: Props) {
  const { t } = useTranslation('checks');
  const { operators } = useSurroundings();
  const [name, setName] = useState('');
  const names = Object.keys(named);
  const isFree = /^[a-z]\w*$/.test(name) && !names.includes(name);
  const add = () => {
    if (!isFree) return;
    onChange({ ...named, [name]: { phrases: [] } });
    setName('');
  };
  const remove = (gone: string) => onChange(Object.fromEntries(Object.entries(named).filter(([one]) => one !== gone)));
  return (
    <section aria-label={t('let')}>
      <h3>
        {t('let')} <span className="quiet">{t('letHint')}</span>
      </h3>
      {names.map((one, at) => (
        <div key={one} className="named">
          <div className="condition-head">
            <code>{one}</code>
            <span className="grow" />
            <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('removeNamed', { name: one })} onClick={() => remove(one)} />
          </div>
          {/* a condition may use those before it */}
          <SurroundingsContext.Provider value={{ operators, names: names.slice(0, at) }}>
            <ConditionField condition={fieldsOf(named[one])} onChange={(condition) => onChange({ ...named, [one]: condition })} />
          </SurroundingsContext.Provider>
        </div>
      ))}
      <div className="row">
        <Input
          size="small"
          aria-label={t('newName')}
          placeholder={t('newName')}
          value={name}
          onChange={(event) => setName(event.target.value.trim())}
          onPressEnter={add}
          style={{ width: 190 }}
        />
        <Button size="small" disabled={!isFree} onClick={add}>
          {t('addNamed')}
        </Button>
      </div>
    </section>
  );
}
