// What the account pages ask the server for.
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../api/client';
import type { Account, GeneratedPassword, Grant, NewAccountInput } from '../../api/schema';
import { sentRoles } from './roles';

export type AccountAction = 'password' | 'disable' | 'enable' | 'sessions';

export const pathOfAccount = (account: string) => `/accounts/${encodeURIComponent(account)}`;

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === '/accounts' || queryKey[0] === 'sessions' });
}

export function useMakeAccount() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (account: NewAccountInput) => call<GeneratedPassword>('POST', '/accounts', account),
    onSuccess: () => void refresh(),
  });
}

export function useSetRoles(account: Account) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (roles: Grant[]) => call('PUT', `${pathOfAccount(account.account)}/roles`, { roles: sentRoles(roles) }),
    onSuccess: () => void refresh(),
  });
}

export function useActOnAccount(account: Account) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (action: AccountAction) =>
      call<GeneratedPassword | undefined>(action === 'sessions' ? 'DELETE' : 'POST', `${pathOfAccount(account.account)}/${action}`),
    onSuccess: () => void refresh(),
  });
}
