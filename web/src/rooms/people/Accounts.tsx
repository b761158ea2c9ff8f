// Who may sign in, with which roles.
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';

import type { Account } from '../../api/schema';
import { Listing, type ListColumn } from '../../shell/Listing';
import { useCursorList } from '../../shell/useCursorList';
import { useMakeAccount } from './accounts';
import { AccountState, Roles, useRoleWords } from './AccountState';
import { OneAccount } from './OneAccount';
import { newGrant, sentRoles } from './roles';
import { RolesEditor } from './RolesEditor';
import { usePasswordShown } from './usePasswordShown';

const noFilters = {};

interface Typed {
  account: string;
  staff_no?: string;
}

function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const show = usePasswordShown();
  const [form] = Form.useForm<Typed>();
  const [roles, setRoles] = useState([newGrant('agent')]);
  const make = useMakeAccount();
  const send = ({ account, staff_no }: Typed) =>
    make.mutate(
      { account, ...(staff_no ? { staff_no } : {}), roles: sentRoles(roles) },
      {
        onSuccess: ({ password }) => {
          onClose();
          show(account, password);
        },
      },
    );
  return (
    <Modal open onCancel={onClose} title={t('newAccount')} okText={t('create')} confirmLoading={make.isPending} onOk={() => form.submit()}>
      <Form<Typed> form={form} layout="vertical" requiredMark={false} onFinish={send}>
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

export function Accounts() {
  const { t } = useTranslation('people');
  const { rows, query } = useCursorList<Account>('/accounts', noFilters, 200);
  const words = useRoleWords();
  const [making, setMaking] = useState(false);
  const [search, setSearch] = useSearchParams();
  const chosen = rows.find(({ account }) => account === search.get('account'));
  const choose = (account: string | undefined) => setSearch({ tab: 'accounts', ...(account ? { account } : {}) });
  const stateWord = (row: Account) => t(row.disabled ? 'disabled' : row.must_change_password ? 'firstPassword' : 'active');
  const columns: ListColumn<Account>[] = [
    {
      key: 'account',
      title: t('account'),
      text: (row) => row.account,
      cell: (row) => (
        <button type="button" className="cell-button" onClick={() => choose(row.account)}>
          {row.account}
        </button>
      ),
    },
    { key: 'state', title: t('state'), text: stateWord, cell: (row) => <AccountState account={row} /> },
    { key: 'staff_no', title: t('staffNo'), cell: (row) => row.staff_no ?? '' },
    { key: 'roles', title: t('roles'), text: (row) => row.roles.map(words).join(' '), cell: (row) => <Roles roles={row.roles} /> },
    { key: 'sessions', title: t('sessions'), figure: true, cell: (row) => row.sessions },
  ];
  const add = (
    <Button size="small" type="primary" onClick={() => setMaking(true)}>
      {t('newAccount')}
    </Button>
  );
  return (
    <>
      <Listing
        name="accounts"
        caption={t('accounts')}
        rowKey={(row) => row.account}
        columns={columns}
        rows={rows}
        query={query}
        empty={t('noAccounts')}
        tools={add}
        onOpen={(row) => choose(row.account)}
      />
      {making && <NewAccount onClose={() => setMaking(false)} />}
      <OneAccount account={chosen} onClose={() => choose(undefined)} />
    </>
  );
}
