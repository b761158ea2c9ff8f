// What the record of a contact asks the server for: what was said, and which recordings there are.
import { useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { Recording, Transcript } from '../../api/schema';

// A contact goes by its id or by its source id. Null where it has no transcript.
export const transcriptQuery = (id: string) => ({
  queryKey: ['transcript', id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<Transcript>(`/contacts/${encodeURIComponent(id)}/transcript`, signal).catch((problem: unknown) => {
      if (problem instanceof Problem && problem.status === 404) return null;
      throw problem;
    }),
});

export const recordingsQuery = (id: string) => ({
  queryKey: ['recordings', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Recording[]>(`/contacts/${encodeURIComponent(id)}/recordings`, signal),
});

export const useTranscript = (id: string) => useQuery(transcriptQuery(id));
export const useRecordings = (id: string) => useQuery(recordingsQuery(id));

export const soundOf = (id: string, leg: string) => `/api/v1/contacts/${encodeURIComponent(id)}/recordings/${leg}`;
