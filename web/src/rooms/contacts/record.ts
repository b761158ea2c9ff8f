// What the record of a contact asks the server for: what was said, and which recordings there are.
import { useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { Recording, Transcript } from '../../api/schema';

// Null where the contact has none.
export function useTranscript(id: string) {
  return useQuery({
    queryKey: ['transcript', id],
    queryFn: ({ signal }) =>
      get<Transcript>(`/contacts/${id}/transcript`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && problem.status === 404) return null;
        throw problem;
      }),
  });
}

export function useRecordings(id: string) {
  return useQuery({
    queryKey: ['recordings', id],
    queryFn: ({ signal }) => get<Recording[]>(`/contacts/${id}/recordings`, signal),
  });
}

export const soundOf = (id: string, leg: string) => `/api/v1/contacts/${id}/recordings/${leg}`;
