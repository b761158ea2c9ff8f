// What keeps a contact from being heard, read or checked whole: a store that is away, a file that was refused.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { wallClock } from '../../shell/format';
import { useTroubles } from './record';

export function Troubles({ id }: { id: string }) {
  const { t } = useTranslation('contacts');
  const troubles = useTroubles(id).data ?? [];
  if (troubles.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      message={troubles.map(({ about, message, at }) => (
        <p key={`${about} ${at}`}>
          <strong>{t(`trouble_${about}`)}</strong> {message} <span className="quiet">{wallClock(at)}</span>
        </p>
      ))}
    />
  );
}
