// What the appraisal pages ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../api/client';
import type { MessageList, MonthList, MonthResult, NewMessageInput, Sheet, ThreadList } from '../../api/schema';
import type { Derivation } from './derivation';

export function useMonths() {
  return useQuery({ queryKey: ['months'], queryFn: ({ signal }) => get<MonthList>('/months', signal) });
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
    // The same person's other month may stand there while this one comes, never another person's.
    placeholderData: (before, query) => (query?.queryKey[2] === staff ? before : undefined),
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
    placeholderData: () => undefined,
  });
}

export type ClosingStep = 'request' | 'confirm' | 'withdraw';

const closingCalls = {
  request: ['POST', '/closing'],
  confirm: ['POST', '/closing/confirm'],
  withdraw: ['DELETE', '/closing'],
} as const;

const isOfMonths = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  ['months', 'month', 'sheet', 'why'].includes(String(queryKey[0]));

export function useClosing(period: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: ClosingStep) => {
      const [method, path] = closingCalls[step];
      return call(method, `/months/${period}${path}`);
    },
    onSettled: () => queries.invalidateQueries({ predicate: isOfMonths }),
  });
}

// Shows the draft for so many days; none: no longer.
export function useShowing(period: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (days: number | null) =>
      days === null ? call('DELETE', `/months/${period}/showing`) : call('POST', `/months/${period}/showing`, { days }),
    onSettled: () => queries.invalidateQueries({ predicate: isOfMonths }),
  });
}

const threadPath = (period: string, staff: string) => `/months/${period}/sheets/${encodeURIComponent(staff)}/questions`;

export function useMessages(period: string, staff: string) {
  return useQuery({
    queryKey: ['questions', period, staff],
    queryFn: ({ signal }) => get<MessageList>(threadPath(period, staff), signal),
    retry: false,
    placeholderData: () => undefined,
  });
}

export function useThreads(period: string, needed: boolean) {
  return useQuery({
    queryKey: ['questions', period],
    queryFn: ({ signal }) => get<ThreadList>(`/months/${period}/questions`, signal),
    enabled: needed,
  });
}

export function useAsk(period: string, staff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (message: NewMessageInput) => call('POST', threadPath(period, staff), message),
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'questions' || queryKey[0] === 'month' }),
  });
}
