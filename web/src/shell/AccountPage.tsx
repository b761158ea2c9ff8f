// One's own account: who one is here, the password, where one is signed in, the tokens of one's programs.
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

import { NewPassword } from './NewPassword';
import { Panel } from './Panel';
import { usePrincipal } from './session';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';
import { roleWords } from './Top';

export default function AccountPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const principal = usePrincipal();
  return (
    <div className="page" style={{ maxWidth: 1240 }}>
      <div className="page-head">
        <h1>{t('ownAccount')}</h1>
        <span>
          {principal.name ?? principal.account} <span className="quiet">{roleWords(principal, t)}</span>
        </span>
      </div>
      <div className="account">
        <Panel title={t('changePassword')}>
          <NewPassword onDone={() => void message.success(t('passwordChanged'))} />
        </Panel>
        <div className="stack" style={{ alignContent: 'start' }}>
          <Panel title={t('ownSessions')} flush>
            <Sessions path="/session/list" own />
          </Panel>
          <Tokens path="/session/tokens" mayMake />
        </div>
      </div>
    </div>
  );
}
