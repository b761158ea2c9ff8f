// Before anything could be shown the server was not reached.
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

export function Unreached({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="door-alone">
      <Alert type="warning" showIcon message={t('unreached')} action={<Button onClick={onRetry}>{t('retry')}</Button>} />
    </main>
  );
}
