import type { Role, Scope } from '../../api/types';

// How far a role usually looks.
export function usualScope(role: string): Scope {
  if (role === 'shift_leader') return 'group';
  return ['qa_supervisor', 'manager', 'hr', 'admin'].includes(role) ? 'centre' : 'self';
}

// As the server takes them: a unit only where the scope has one.
export function sentRoles(roles: Role[]): Role[] {
  return roles.map(({ role, scope, group, clearance }) => ({
    role,
    scope,
    ...((scope === 'group' || scope === 'department') && group ? { group } : {}),
    ...(clearance ? { clearance } : {}),
  }));
}
