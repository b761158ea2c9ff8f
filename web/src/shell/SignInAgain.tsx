// The session has ended while somebody was working: they sign in again, and nothing on the page is lost.
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import { usePrincipal, useSessionActions } from './session';
import { useAttempt } from './useAttempt';

export default function SignInAgain() {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const { signIn, leave } = useSessionActions();
  const { problem, busy, waitS, attempt } = useAttempt(t('wrongSignIn'));
  return (
    <Modal open closable={false} maskClosable={false} keyboard={false} footer={null} width={380} title={t('sessionEnded')}>
      <p>{t('sessionEndedHint')}</p>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ password }: { password: string }) => void attempt(() => signIn(principal.account, password))}
      >
        <Form.Item label={t('account')}>
          <Input value={principal.account} readOnly autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('password') }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        {problem && <Alert type="error" message={problem} style={{ marginBottom: 16 }} />}
        <div style={{ display: 'flex', gap: 8 }}>
          <Button type="primary" htmlType="submit" loading={busy} disabled={waitS > 0}>
            {waitS > 0 ? t('signInAfter', { seconds: waitS }) : t('signIn')}
          </Button>
          <Button type="text" onClick={() => void leave()}>
            {t('somebodyElse')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
