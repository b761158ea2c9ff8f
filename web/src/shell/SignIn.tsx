// Sign-in and the first change of a generated password.
import { Alert, Button, Card, Form, Input, Segmented, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../api/client';
import { currentLanguage, type Language, speak } from './i18n';
import { useSessionActions } from './session';

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      size="small"
      aria-label={t('language')}
      value={currentLanguage()}
      options={[
        { label: '中文', value: 'zh' },
        { label: 'English', value: 'en' },
      ]}
      onChange={(language) => void speak(language)}
    />
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main style={{ minHeight: '100%', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: 'min(360px, 100%)' }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 10, marginBottom: 20 }}>
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Typography.Title level={1} style={{ fontSize: 20, margin: 0, flex: 1 }}>
            {t('product')}
          </Typography.Title>
          <LanguageSwitch />
        </div>
        <Typography.Title level={2} style={{ fontSize: 15 }}>
          {title}
        </Typography.Title>
        {children}
      </Card>
    </main>
  );
}

// Runs an action, keeps what went wrong for showing.
function useAttempt(wrong: string) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const attempt = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (failure) {
      setProblem(failure instanceof Problem && failure.status !== 401 ? failure.message || wrong : wrong);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, attempt };
}

export function SignIn() {
  const { t } = useTranslation();
  const { signIn } = useSessionActions();
  const { problem, busy, attempt } = useAttempt(t('wrongSignIn'));
  return (
    <Frame title={t('signIn')}>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(typed: { account: string; password: string }) => void attempt(() => signIn(typed.account, typed.password))}
      >
        <Form.Item name="account" label={t('account')} rules={[{ required: true, message: t('account') }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('password') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {problem && <Alert type="error" message={problem} style={{ marginBottom: 16 }} />}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
    </Frame>
  );
}

export function FirstPassword() {
  const { t } = useTranslation();
  const { changePassword } = useSessionActions();
  const { problem, busy, attempt } = useAttempt(t('failed'));
  return (
    <Frame title={t('changePassword')}>
      <Typography.Paragraph>{t('mustChange')}</Typography.Paragraph>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(typed: { current: string; next: string }) => void attempt(() => changePassword(typed.current, typed.next))}
      >
        <Form.Item name="current" label={t('password')} rules={[{ required: true, message: t('password') }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('newPassword')}
          extra={t('passwordRule')}
          rules={[{ required: true, min: 12, message: t('passwordRule') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {problem && <Alert type="error" message={problem} style={{ marginBottom: 16 }} />}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('changePassword')}
        </Button>
      </Form>
    </Frame>
  );
}
