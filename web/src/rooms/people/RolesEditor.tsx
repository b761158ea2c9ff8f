// The roles of an account: which, and how far each may look.
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Grant, Role, Scope } from '../../api/schema';
import { newGrant, roleNames, usualScope } from './roles';

const scopes: Scope[] = ['self', 'group', 'department', 'centre'];

export function RolesEditor({ roles, onChange }: { roles: Grant[]; onChange: (roles: Grant[]) => void }) {
  const { t } = useTranslation('people');
  const put = (at: number, change: Partial<Grant>) => onChange(roles.map((role, nth) => (nth === at ? { ...role, ...change } : role)));
  return (
    <div className="stack" style={{ gap: 8 }}>
      {roles.map((role, at) => (
        <div key={at} className="row">
          <Select<Role>
            aria-label={t('role')}
            value={role.role}
            options={roleNames.map((name) => ({ value: name, label: t(name) }))}
            onChange={(name) => put(at, { role: name, scope: usualScope(name) })}
            style={{ width: 130 }}
          />
          <Select<Scope>
            aria-label={t('scope')}
            value={role.scope}
            options={scopes.map((scope) => ({ value: scope, label: t(`scope_${scope}`) }))}
            onChange={(scope) => put(at, { scope })}
            style={{ width: 110 }}
          />
          {(role.scope === 'group' || role.scope === 'department') && (
            <Input
              aria-label={t('unit')}
              placeholder={t('unit')}
              value={role.group ?? ''}
              onChange={(event) => put(at, { group: event.target.value })}
              style={{ width: 110 }}
            />
          )}
          <Button type="text" size="small" disabled={roles.length === 1} onClick={() => onChange(roles.filter((_, nth) => nth !== at))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <Button size="small" style={{ justifySelf: 'start' }} onClick={() => onChange([...roles, newGrant('agent')])}>
        {t('addRole')}
      </Button>
    </div>
  );
}
