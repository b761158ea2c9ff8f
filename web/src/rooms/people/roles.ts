import type { Grant, GrantInput, Role, Scope } from '../../api/schema';

export const roleNames: readonly Role[] = ['agent', 'shift_leader', 'inspector', 'qa_supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'];

// How far a role usually looks.
export function usualScope(role: Role): Scope {
  if (role === 'shift_leader') return 'group';
  return ['qa_supervisor', 'manager', 'hr', 'admin'].includes(role) ? 'centre' : 'self';
}

export const newGrant = (role: Role): Grant => ({ role, scope: usualScope(role), group: null, clearance: null });

// As the server takes them: a unit only where the scope has one.
export function sentRoles(grants: Grant[]): GrantInput[] {
  return grants.map(({ role, scope, group, clearance }) => ({
    role,
    scope,
    ...((scope === 'group' || scope === 'department') && group ? { group } : {}),
    ...(clearance ? { clearance } : {}),
  }));
}
