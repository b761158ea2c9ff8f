// What the contact pages ask the server for.
import { useQuery } from '@tanstack/react-query';

import { get } from '../../api/client';

export interface Sums {
  offered: number;
  answered: number;
  abandoned: number;
  timeout: number;
  exit_key: number;
  service_level_10s: number | null;
  wait_mean_s: number | null;
  aht_s: number | null;
}

export interface Overview {
  total: Sums;
  days: (Sums & { day: string })[];
  hours: { day: string; hour: number; offered: number; answered: number; abandoned: number; aht_s: number | null }[];
  queues: (Sums & { queue: string })[];
}

export interface Contact {
  id: string;
  source_id: string;
  channel: string;
  direction?: string;
  queue: string;
  product: string;
  customer: string | null;
  agent: string | null; // staff number, else the member the log names
  agent_name?: string | null;
  offered_at: string;
  answered_at: string | null;
  ended_at: string | null;
  wait_ms: number | null;
  ring_ms: number | null;
  talk_ms: number | null;
  outcome: string;
  transferred: string;
  ended_by: string;
}

export interface ContactEvent {
  at: string;
  member: string | null;
  event: string;
  data: string;
}

export function useOverview(from: string, to: string, ready: boolean) {
  return useQuery({
    queryKey: ['overview', from, to],
    queryFn: ({ signal }) => get<Overview>(`/overview?from=${from}&to=${to}`, signal),
    enabled: ready,
  });
}

export function useContact(id: string | undefined) {
  return useQuery({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => get<{ contact: Contact; events: ContactEvent[] }>(`/contacts/${id ?? ''}`, signal),
    enabled: id !== undefined,
    placeholderData: () => undefined, // never one contact under another's name
  });
}

// Where the pages begin: at the last day that has data.
export function useLastDay() {
  return useQuery({ queryKey: ['last-day'], queryFn: ({ signal }) => get<{ last: string | null }>('/overview/last-day', signal) });
}
