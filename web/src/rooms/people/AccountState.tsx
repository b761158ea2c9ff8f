// How an account stands, and what it may do, in a few words.
import { useTranslation } from 'react-i18next';

import type { Account, Grant } from '../../api/schema';
import { Mark } from '../../shell/Mark';

export function AccountState({ account }: { account: Account }) {
  const { t } = useTranslation('people');
  if (account.disabled) return <Mark tone="bad">{t('disabled')}</Mark>;
  if (account.must_change_password) return <Mark tone="warn">{t('firstPassword')}</Mark>;
  return <Mark tone="good">{t('active')}</Mark>;
}

export function useRoleWords() {
  const { t } = useTranslation('people');
  return (grant: Grant) => `${t(grant.role)} · ${grant.group ?? t(`scope_${grant.scope}`)}`;
}

export function Roles({ roles }: { roles: Grant[] }) {
  const words = useRoleWords();
  return (
    <span className="row">
      {roles.map((grant) => (
        <Mark key={words(grant)}>{words(grant)}</Mark>
      ))}
    </span>
  );
}
