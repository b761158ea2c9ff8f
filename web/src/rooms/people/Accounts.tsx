// Who may sign in, with which roles; a new password is shown once and must be changed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call } from '../../api/client';
import { MoreRows } from '../../shell/MoreRows';
import { useCursorList } from '../../shell/useCursorList';

interface Role {
  role: string;
  scope: 'self' | 'group' | 'centre';
  group?: string;
}

interface Account {
  account: string;
  staff_no: string | null;
  roles: Role[];
  disabled: boolean;
  sessions: number;
}

const roles = ['agent', 'shift_leader', 'inspector', 'supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'] as const;
const noFilters = {};

interface Typed {
  account: string;
  staff_no?: string;
  role: string;
  scope: Role['scope'];
  group?: string;
}

function NewAccount({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (password: string) => void }) {
  const { t } = useTranslation('people');
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const scope = Form.useWatch('scope', form);
  const make = useMutation({
    mutationFn: ({ role, scope: chosen, group, ...account }: Typed) =>
      call<{ password: string }>('POST', '/accounts', { ...account, roles: [{ role, scope: chosen, ...(group ? { group } : {}) }] }),
    onSuccess: ({ password }) => {
      form.resetFields();
      onMade(password);
    },
    onError: (problem) => message.error(problem.message),
  });
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('newAccount')}
      okText={t('create')}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ role: 'agent', scope: 'self' }}
        onFinish={(typed: Typed) => make.mutate(typed)}
      >
        <Form.Item name="account" label={t('account')} rules={[{ required: true }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="staff_no" label={t('staffNo')}>
          <Input />
        </Form.Item>
        <Space>
          <Form.Item name="role" label={t('role')}>
            <Select style={{ width: 140 }} options={roles.map((role) => ({ value: role, label: t(role) }))} />
          </Form.Item>
          <Form.Item name="scope" label={t('scope')}>
            <Select
              style={{ width: 120 }}
              options={[
                { value: 'self', label: t('self') },
                { value: 'group', label: t('groupScope') },
                { value: 'centre', label: t('centre') },
              ]}
            />
          </Form.Item>
          {scope === 'group' && (
            <Form.Item name="group" label={t('group')} rules={[{ required: true }]}>
              <Input />
            </Form.Item>
          )}
        </Space>
      </Form>
    </Modal>
  );
}

export function Accounts() {
  const { t } = useTranslation('people');
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const { rows, query } = useCursorList<Account>('/accounts', noFilters, 200);
  const [making, setMaking] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['list', '/accounts'] });
  const show = (password: string) => {
    setMaking(false);
    void refresh();
    void modal.info({
      title: t('generated'),
      content: (
        <Typography.Text code copyable style={{ fontSize: 16 }}>
          {password}
        </Typography.Text>
      ),
    });
  };
  const act = useMutation({
    mutationFn: ({ account, action }: { account: string; action: 'password' | 'disable' | 'enable' | 'sessions' }) =>
      call<{ password?: string } | undefined>(
        action === 'sessions' ? 'DELETE' : 'POST',
        `/accounts/${encodeURIComponent(account)}/${action}`,
      ),
    onSuccess: (answer) => (answer?.password ? show(answer.password) : void refresh()),
    onError: (problem) => message.error(problem.message),
  });
  const scopeName = (role: Role) =>
    role.scope === 'group' ? (role.group ?? t('groupScope')) : role.scope === 'self' ? t('self') : t('centre');
  return (
    <>
      <div className="page-head">
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('newAccount')}
        </Button>
      </div>
      <Table
        size="small"
        rowKey="account"
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('account'),
            key: 'account',
            render: (_, row) => (
              <>
                {row.account} {row.disabled && <Tag>{t('disabled')}</Tag>}
              </>
            ),
          },
          { title: t('staffNo'), dataIndex: 'staff_no' },
          {
            title: t('roles'),
            key: 'roles',
            render: (_, row) =>
              row.roles.map((role) => (
                <Tag key={`${role.role}${role.scope}${role.group ?? ''}`}>
                  {t(role.role as 'agent')} · {scopeName(role)}
                </Tag>
              )),
          },
          { title: t('sessions'), dataIndex: 'sessions', align: 'right' },
          {
            key: 'actions',
            render: (_, { account, disabled }) => (
              <Space size={4}>
                <Button size="small" onClick={() => act.mutate({ account, action: 'password' })}>
                  {t('resetPassword')}
                </Button>
                <Button size="small" onClick={() => act.mutate({ account, action: disabled ? 'enable' : 'disable' })}>
                  {t(disabled ? 'enable' : 'disable')}
                </Button>
                <Button size="small" onClick={() => act.mutate({ account, action: 'sessions' })}>
                  {t('endSessions')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
      <MoreRows query={query} />
      <NewAccount open={making} onClose={() => setMaking(false)} onMade={show} />
    </>
  );
}
