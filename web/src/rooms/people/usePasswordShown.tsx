import { App, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

// Shows a generated password, this once.
export function usePasswordShown() {
  const { t } = useTranslation('people');
  const { modal } = App.useApp();
  return (account: string, password: string) =>
    void modal.success({
      title: t('generatedFor', { account }),
      content: (
        <>
          <Typography.Text code copyable style={{ fontSize: 17 }}>
            {password}
          </Typography.Text>
          <p>{t('generated')}</p>
        </>
      ),
    });
}
