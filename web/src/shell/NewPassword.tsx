// The old password and a new one, typed twice.
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useSessionActions } from './session';
import { useAttempt } from './useAttempt';

interface Typed {
  current: string;
  next: string;
}

export function NewPassword({ size = 'middle', onDone }: { size?: 'middle' | 'large'; onDone?: () => void }) {
  const { t } = useTranslation();
  const { changePassword } = useSessionActions();
  const { problem, busy, attempt } = useAttempt(t('failed'));
  const [form] = Form.useForm<Typed>();
  const change = async (typed: Typed) => {
    await changePassword(typed.current, typed.next);
    form.resetFields();
    onDone?.();
  };
  return (
    <Form form={form} layout="vertical" size={size} requiredMark={false} onFinish={(typed: Typed) => void attempt(() => change(typed))}>
      <Form.Item
        name="current"
        label={t('currentPassword')}
        rules={[{ required: true, message: t('fillIn', { what: t('currentPassword') }) }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="next" label={t('newPassword')} extra={t('passwordRule')} rules={[{ required: true, min: 12, message: t('passwordRule') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('newPasswordAgain')}
        dependencies={['next']}
        rules={[
          { required: true, message: t('fillIn', { what: t('newPasswordAgain') }) },
          ({ getFieldValue }) => ({
            validator: (_, again: string) =>
              !again || getFieldValue('next') === again ? Promise.resolve() : Promise.reject(new Error(t('notTheSame'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {problem && <Alert type="error" showIcon message={problem} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('changePassword')}
      </Button>
    </Form>
  );
}
