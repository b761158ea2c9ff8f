import type { Role, Scope } from '../../api/types';

export const roleNames = ['agent', 'shift_leader', 'inspector', 'qa_supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'] as const;
export type RoleName = (typeof roleNames)[number];

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
