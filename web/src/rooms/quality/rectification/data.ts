// What the rectification page asks the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { change, get } from '../../../api/client';
import type { Rectification, RectificationRow } from '../../../api/schema';
import { pathOf } from '../shared/data';

export interface RectificationName {
  inspection: string;
  finding: number;
}

const rectificationPath = ({ inspection, finding }: RectificationName) => `${pathOf(inspection)}/rectifications/${finding}`;

// Those that wait for the one who asks, and the own.
export function useRectifications(needed = true) {
  return useQuery({
    queryKey: ['quality', 'rectifications'],
    queryFn: ({ signal }) => get<RectificationRow[]>('/quality/rectifications', signal),
    enabled: needed,
  });
}

export function useRectification(name: RectificationName) {
  return useQuery({
    queryKey: ['quality', 'rectification', name.inspection, name.finding],
    queryFn: ({ signal }) => get<Rectification>(rectificationPath(name), signal),
    placeholderData: () => undefined,
  });
}

// The routes of the steps, by the actions of the process table.
const routes: Record<string, string> = {
  prescribe: 'due',
  set_measures: 'measures',
  report: 'report',
  ask_extension: 'extension',
  grant_extension: 'extension/settle',
  refuse_extension: 'extension/settle',
  verify: 'effect',
  find_poor: 'effect',
};

export interface Wish {
  action: string;
  text: string;
  day?: string | undefined;
  records?: readonly string[];
}

// What a step is sent with.
export function bodyOf({ action, text, day, records = [] }: Wish): Record<string, unknown> {
  switch (action) {
    case 'prescribe':
      return { due: day, reason: text };
    case 'ask_extension':
      return { until: day, reason: text };
    case 'grant_extension':
    case 'refuse_extension':
      return { granted: action === 'grant_extension', reason: text };
    case 'verify':
    case 'find_poor':
      return { good: action === 'verify', records, text };
    default:
      return { reason: text };
  }
}

export function useRectify(name: RectificationName) {
  const queries = useQueryClient();
  const path = rectificationPath(name);
  return useMutation({
    mutationFn: (wish: Wish) => change<Rectification>(path, 'POST', `${path}/${routes[wish.action] ?? ''}`, bodyOf(wish)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}

export const asksForDay = (action: string) => action === 'prescribe' || action === 'ask_extension';
export const asksForRecords = (action: string) => action === 'verify' || action === 'find_poor';
