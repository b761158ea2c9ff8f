// Who is signed in. The server keeps the session in an HttpOnly cookie; the desk only asks whose it is.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';

import { call, get, Problem } from '../api/client';
import type { Principal } from '../api/schema';
import { setExpired } from './expiry';

const key = ['session'];

async function fetchPrincipal(signal: AbortSignal): Promise<Principal | null> {
  try {
    return await get<Principal>('/session', signal);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return null;
    throw problem;
  }
}

export function useSession() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => fetchPrincipal(signal), staleTime: Infinity });
}

const isOther = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== key[0];

export function useSessionActions() {
  const queries = useQueryClient();
  // Nothing of a person stays for the next one. The session itself is not taken away but set: the gate looks at it.
  const become = (principal: Principal | null) => {
    queries.removeQueries({ predicate: isOther });
    queries.setQueryData(key, principal);
    setExpired(false);
  };
  const leave = async () => {
    await call('DELETE', '/session').catch(() => undefined);
    become(null);
  };
  return {
    leave,
    signIn: async (account: string, password: string) => {
      const before = queries.getQueryData<Principal | null>(key);
      const principal = await call<Principal>('POST', '/session', { account, password });
      if (before?.account !== principal.account) {
        become(principal);
        return;
      }
      queries.setQueryData(key, principal);
      setExpired(false);
      await queries.invalidateQueries({ predicate: isOther });
    },
    changePassword: async (current: string, next: string) => {
      await call('POST', '/session/password', { current, next });
      await queries.invalidateQueries({ queryKey: key });
    },
  };
}

const PrincipalContext = createContext<Principal | null>(null);

export function PrincipalProvider({ principal, children }: { principal: Principal; children: ReactNode }) {
  return <PrincipalContext.Provider value={principal}>{children}</PrincipalContext.Provider>;
}

export function usePrincipal(): Principal {
  const principal = useContext(PrincipalContext);
  if (!principal) throw new Error('usePrincipal outside PrincipalProvider');
  return principal;
}

export function useHasRole(...roles: string[]): boolean {
  return usePrincipal().roles.some(({ role }) => roles.includes(role));
}
