// One account: its roles, where it is signed in, the tokens of its programs, and what can be done with it.
import { Alert, App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Account } from '../../api/schema';
import { Panel } from '../../shell/Panel';
import { Sessions } from '../../shell/Sessions';
import { usePrincipal } from '../../shell/session';
import { Tokens } from '../../shell/Tokens';
import { type AccountAction, pathOfAccount, useActOnAccount, useSetRoles } from './accounts';
import { AccountState, Roles } from './AccountState';
import { RolesEditor } from './RolesEditor';
import { usePasswordShown } from './usePasswordShown';

function RolesPanel({ account }: { account: Account }) {
  const { t } = useTranslation('people');
  const [editing, setEditing] = useState(false);
  const [roles, setRoles] = useState(account.roles);
  const save = useSetRoles(account);
  const edit = (on: boolean) => {
    setRoles(account.roles);
    save.reset();
    setEditing(on);
  };
  if (!editing) {
    const change = (
      <Button size="small" onClick={() => edit(true)}>
        {t('edit')}
      </Button>
    );
    return (
      <Panel title={t('roles')} extra={change}>
        <Roles roles={account.roles} />
      </Panel>
    );
  }
  return (
    <Panel title={t('roles')}>
      <div className="stack">
        <RolesEditor roles={roles} onChange={setRoles} />
        {save.isError && <Alert type="error" showIcon message={save.error.message} />}
        <div className="row">
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(roles, { onSuccess: () => setEditing(false) })}>
            {t('save')}
          </Button>
          <Button onClick={() => edit(false)}>{t('cancel')}</Button>
        </div>
      </div>
    </Panel>
  );
}

// Asks once, naming the account.
function useAsk(account: Account) {
  const { t } = useTranslation('people');
  const { message, modal } = App.useApp();
  const show = usePasswordShown();
  const act = useActOnAccount(account);
  const take = async (action: AccountAction) => {
    try {
      const answer = await act.mutateAsync(action);
      if (answer?.password) show(account.account, answer.password);
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  return (action: AccountAction) =>
    void modal.confirm({
      title: t(`ask_${action}`, { account: account.account }),
      okText: t(`do_${action}`),
      okButtonProps: { danger: action === 'disable' },
      onOk: () => take(action),
    });
}

function Body({ account }: { account: Account }) {
  const { t } = useTranslation('people');
  const principal = usePrincipal();
  const ask = useAsk(account);
  const path = pathOfAccount(account.account);
  const endAll = account.sessions > 0 && (
    <Button size="small" onClick={() => ask('sessions')}>
      {t('do_sessions')}
    </Button>
  );
  const isMachine = account.staff_no === null;
  return (
    <div className="stack">
      <div className="row">
        <AccountState account={account} />
        <span className="grow" />
        <Button onClick={() => ask('password')}>{t('do_password')}</Button>
        <Button onClick={() => ask(account.disabled ? 'enable' : 'disable')}>{t(account.disabled ? 'do_enable' : 'do_disable')}</Button>
      </div>
      <RolesPanel key={account.account} account={account} />
      <Panel title={t('sessions')} extra={endAll} flush>
        <Sessions path={`${path}/sessions`} />
      </Panel>
      <Tokens path={`${path}/tokens`} mayMake={isMachine || account.account === principal.account} />
    </div>
  );
}

export function OneAccount({ account, onClose }: { account: Account | undefined; onClose: () => void }) {
  const title = account && `${account.account}${account.staff_no ? ` · ${account.staff_no}` : ''}`;
  return (
    <Drawer open={account !== undefined} onClose={onClose} title={title} width="min(640px, 100vw)" destroyOnHidden>
      {account && <Body account={account} />}
    </Drawer>
  );
}
