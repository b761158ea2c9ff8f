// What the contact pages ask the server for.
import { useQuery } from '@tanstack/react-query';

import { get } from '../../api/client';
import type { ContactWithEvents, LastDayWithCalls, Overview } from '../../api/schema';

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
    queryFn: ({ signal }) => get<ContactWithEvents>(`/contacts/${id ?? ''}`, signal),
    enabled: id !== undefined,
    placeholderData: () => undefined, // never one contact under another's name
  });
}

// Where the pages begin: at the last day that has data.
export function useLastDay() {
  return useQuery({ queryKey: ['last-day'], queryFn: ({ signal }) => get<LastDayWithCalls>('/overview/last-day', signal) });
}
