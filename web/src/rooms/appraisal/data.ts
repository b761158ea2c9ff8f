// What the appraisal pages ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../api/client';
import type { Derivation, MonthListed, MonthResult, Sheet } from '../../api/types';

export function useMonths() {
  return useQuery({ queryKey: ['months'], queryFn: ({ signal }) => get<{ items: MonthListed[] }>('/months', signal) });
}

export function useMonth(period: string | undefined) {
  return useQuery({
    queryKey: ['month', period],
    queryFn: ({ signal }) => get<MonthResult>(`/months/${period ?? ''}`, signal),
    enabled: period !== undefined,
  });
}

export function useSheet(period: string | undefined, staff: string | undefined) {
  return useQuery({
    queryKey: ['sheet', period, staff],
    queryFn: ({ signal }) => get<Sheet>(`/months/${period ?? ''}/sheets/${encodeURIComponent(staff ?? '')}`, signal),
    enabled: period !== undefined && staff !== undefined,
  });
}

export function useWhy(period: string, staff: string, item: string | undefined) {
  return useQuery({
    queryKey: ['why', period, staff, item],
    queryFn: ({ signal }) =>
      get<{ derivation: Derivation }>(
        `/months/${period}/sheets/${encodeURIComponent(staff)}/why?item=${encodeURIComponent(item ?? '')}`,
        signal,
      ),
    enabled: item !== undefined,
  });
}

export type ClosingStep = 'request' | 'confirm' | 'withdraw';

const closingCalls = {
  request: ['POST', '/closing'],
  confirm: ['POST', '/closing/confirm'],
  withdraw: ['DELETE', '/closing'],
} as const;

export function useClosing(period: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: ClosingStep) => {
      const [method, path] = closingCalls[step];
      return call(method, `/months/${period}${path}`);
    },
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'month' || queryKey[0] === 'months' }),
  });
}
