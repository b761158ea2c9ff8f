// Who may sign in, with which roles; a new password is shown once and must be changed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call } from '../../api/client';
import type { Role } from '../../api/types';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark } from '../../shell/Mark';
import { useCursorList } from '../../shell/useCursorList';
import { type RoleName, sentRoles } from './roles';
import { RolesEditor } from './RolesEditor';

interface Account {
  account: string;
  staff_no?: string | null;
  roles: Role[];
  disabled: boolean;
  must_change_password?: boolean;
  sessions: number;
}

type Action = 'password' | 'disable' | 'enable' | 'sessions';

const noFilters = {};

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['list', '/accounts'] });
}

// A password that is shown this once.
function usePasswordShown() {
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

function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const show = usePasswordShown();
  const refresh = useRefresh();
  const [form] = Form.useForm<{ account: string; staff_no?: string }>();
  const [roles, setRoles] = useState<Role[]>([{ role: 'agent', scope: 'self' }]);
  const make = useMutation({
    mutationFn: ({ account, staff_no }: { account: string; staff_no?: string }) =>
      call<{ password: string }>('POST', '/accounts', { account, ...(staff_no ? { staff_no } : {}), roles: sentRoles(roles) }),
    onSuccess: ({ password }, { account }) => {
      onClose();
      show(account, password);
      void refresh();
    },
  });
  return (
    <Modal open onCancel={onClose} title={t('newAccount')} okText={t('create')} confirmLoading={make.isPending} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" onFinish={(typed: { account: string; staff_no?: string }) => make.mutate(typed)}>
        <Form.Item name="account" label={t('account')} rules={[{ required: true, message: t('accountNeeded') }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="staff_no" label={t('staffNo')} extra={t('staffNoHint')}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item label={t('roles')}>
          <RolesEditor roles={roles} onChange={setRoles} />
        </Form.Item>
      </Form>
      {make.isError && <Alert type="error" showIcon message={make.error.message} />}
    </Modal>
  );
}

function EditRoles({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation('people');
  const refresh = useRefresh();
  const [roles, setRoles] = useState<Role[]>(account.roles);
  const save = useMutation({
    mutationFn: () => call('PUT', `/accounts/${encodeURIComponent(account.account)}/roles`, { roles: sentRoles(roles) }),
    onSuccess: () => {
      onClose();
      void refresh();
    },
  });
  return (
    <Modal open onCancel={onClose} title={t('rolesOf', { account: account.account })} okText={t('save')} confirmLoading={save.isPending} onOk={() => save.mutate()}>
      <RolesEditor roles={roles} onChange={setRoles} />
      {save.isError && <Alert type="error" showIcon message={save.error.message} style={{ marginTop: 12 }} />}
    </Modal>
  );
}

function Actions({ account, onRoles }: { account: Account; onRoles: () => void }) {
  const { t } = useTranslation('people');
  const { message, modal } = App.useApp();
  const show = usePasswordShown();
  const refresh = useRefresh();
  const act = useMutation({
    mutationFn: (action: Action) =>
      call<{ password?: string } | undefined>(action === 'sessions' ? 'DELETE' : 'POST', `/accounts/${encodeURIComponent(account.account)}/${action}`),
    onSuccess: (answer) => {
      if (answer?.password) show(account.account, answer.password);
      void refresh();
    },
    onError: (problem) => message.error(problem.message),
  });
  const ask = (action: Action) =>
    void modal.confirm({ title: t(`ask_${action}`, { account: account.account }), okText: t(`do_${action}`), onOk: () => act.mutateAsync(action).catch(() => undefined) });
  const actions: Action[] = ['password', account.disabled ? 'enable' : 'disable', ...(account.sessions > 0 ? ['sessions' as const] : [])];
  return (
    <span className="row" style={{ flexWrap: 'nowrap', gap: 4 }}>
      <Button size="small" onClick={onRoles}>
        {t('roles')}
      </Button>
      {actions.map((action) => (
        <Button key={action} size="small" onClick={() => ask(action)}>
          {t(`do_${action}`)}
        </Button>
      ))}
    </span>
  );
}

export function Accounts() {
  const { t } = useTranslation('people');
  const { rows, query } = useCursorList<Account>('/accounts', noFilters, 200);
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<Account>();
  const roleName = (role: Role) => `${t(role.role as RoleName)} · ${role.group ?? t(`scope_${role.scope}`)}`;
  const columns: ListColumn<Account>[] = [
    { key: 'account', title: t('account'), cell: (row) => row.account },
    {
      key: 'state',
      title: t('state'),
      text: (row) => (row.disabled ? t('disabled') : ''),
      cell: (row) =>
        row.disabled ? <Mark tone="bad">{t('disabled')}</Mark> : row.must_change_password ? <Mark tone="warn">{t('firstPassword')}</Mark> : <Mark tone="good">{t('active')}</Mark>,
    },
    { key: 'staff_no', title: t('staffNo'), cell: (row) => row.staff_no ?? '' },
    {
      key: 'roles',
      title: t('roles'),
      text: (row) => row.roles.map(roleName).join(' '),
      cell: (row) => (
        <span className="row" style={{ gap: 4 }}>
          {row.roles.map((role) => (
            <Mark key={roleName(role)}>{roleName(role)}</Mark>
          ))}
        </span>
      ),
    },
    { key: 'sessions', title: t('sessions'), figure: true, cell: (row) => row.sessions },
    { key: 'actions', title: t('actions'), text: () => '', cell: (row) => <Actions account={row} onRoles={() => setEditing(row)} /> },
  ];
  return (
    <>
      <div className="page-head">
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('newAccount')}
        </Button>
      </div>
      <Listing name="accounts" caption={t('accounts')} rowKey={(row) => row.account} columns={columns} rows={rows} query={query} empty={t('noAccounts')} />
      {making && <NewAccount onClose={() => setMaking(false)} />}
      {editing && <EditRoles account={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}
