// Sign-in and the first change of a generated password.
import { Alert, Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { LanguageSwitch } from './LanguageSwitch';
import { NewPassword } from './NewPassword';
import { useSessionActions } from './session';
import { useAttempt } from './useAttempt';

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="door">
      <div className="door-side" aria-hidden>
        <img src="/icon.svg" alt="" width={56} height={56} />
        <p>{t('motto')}</p>
      </div>
      <div className="door-form">
        <div className="door-head">
          <h1>{t('product')}</h1>
          <LanguageSwitch />
        </div>
        <h2>{title}</h2>
        {children}
      </div>
    </main>
  );
}

export function SignIn() {
  const { t } = useTranslation();
  const { signIn } = useSessionActions();
  const { problem, busy, waitS, attempt } = useAttempt(t('wrongSignIn'));
  return (
    <Frame title={t('signIn')}>
      <Form
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(typed: { account: string; password: string }) => void attempt(() => signIn(typed.account, typed.password))}
      >
        <Form.Item name="account" label={t('account')} rules={[{ required: true, message: t('fillIn', { what: t('account') }) }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('fillIn', { what: t('password') }) }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {problem && <Alert type="error" showIcon message={problem} style={{ marginBottom: 16 }} />}
        <Button type="primary" htmlType="submit" block loading={busy} disabled={waitS > 0}>
          {waitS > 0 ? t('signInAfter', { seconds: waitS }) : t('signIn')}
        </Button>
      </Form>
    </Frame>
  );
}

export function FirstPassword() {
  const { t } = useTranslation();
  const { leave } = useSessionActions();
  return (
    <Frame title={t('changePassword')}>
      <p>{t('mustChange')}</p>
      <NewPassword size="large" />
      <Button type="link" style={{ padding: 0 }} onClick={() => void leave()}>
        {t('signOut')}
      </Button>
    </Frame>
  );
}
