// Decides what a visitor sees: the sign-in, the first password, or the desk.
import { Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { PrincipalProvider, useSession } from './session';
import { Shell } from './Shell';
import { Unreached } from './Unreached';

const SignIn = lazy(() => import('./SignIn').then(({ SignIn: view }) => ({ default: view })));
const FirstPassword = lazy(() => import('./SignIn').then(({ FirstPassword: view }) => ({ default: view })));

export function Gate() {
  const { t } = useTranslation();
  const session = useSession();
  const waiting = (
    <div className="door-alone">
      <Spin size="large" aria-label={t('loading')} />
    </div>
  );
  if (session.isPending) return waiting;
  if (session.isError) return <Unreached onRetry={() => void session.refetch()} />;
  if (!session.data || session.data.must_change_password) {
    return <Suspense fallback={waiting}>{session.data ? <FirstPassword /> : <SignIn />}</Suspense>;
  }
  return (
    <PrincipalProvider principal={session.data}>
      <Shell />
    </PrincipalProvider>
  );
}
