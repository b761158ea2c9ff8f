// Who is signed in. The server keeps the session in an HttpOnly cookie; the desk only asks whose it is.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';

import { call, get, Problem } from '../api/client';
import type { Principal } from '../api/types';

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
  return useQuery({ queryKey: key, queryFn: ({ signal }) => fetchPrincipal(signal), staleTime: 60_000 });
}

export function useSessionActions() {
  const queries = useQueryClient();
  return {
    signIn: async (account: string, password: string) => {
      const principal = await call<Principal>('POST', '/session', { account, password });
      queries.clear();
      queries.setQueryData(key, principal);
    },
    signOut: async () => {
      await call('DELETE', '/session');
      queries.clear();
      queries.setQueryData(key, null);
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
