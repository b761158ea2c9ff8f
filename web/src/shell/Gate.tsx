// Decides what a visitor sees: the sign-in, the first password, or the desk.
import { Button, Result, Spin } from 'antd';
import { useTranslation } from 'react-i18next';

import { FirstPassword, SignIn } from './SignIn';
import { PrincipalProvider, useSession } from './session';
import { Shell } from './Shell';

export function Gate() {
  const { t } = useTranslation();
  const session = useSession();
  if (session.isPending) return <Spin fullscreen tip={t('loading')} />;
  if (session.isError) {
    return (
      <Result
        status="warning"
        title={t('offline')}
        extra={<Button onClick={() => void session.refetch()}>{t('retry')}</Button>}
      />
    );
  }
  if (!session.data) return <SignIn />;
  if (session.data.must_change_password) return <FirstPassword />;
  return (
    <PrincipalProvider principal={session.data}>
      <Shell />
    </PrincipalProvider>
  );
}
