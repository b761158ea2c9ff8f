// What the record of a contact asks the server for: what was said, and which recordings there are.
import { useQueries, useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { ContactTrouble, Recording, Transcript, Transcription, Waveform } from '../../api/schema';

export const pageOfTurns = 10_000; // what the server gives at once: ten hours of talk

// A contact goes by its id or by its source id; of a very long transcript the page that begins with that turn. Null where
// it has no transcript.
export const transcriptQuery = (id: string, first = 0) => ({
  queryKey: ['transcript', id, first],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<Transcript>(`/contacts/${encodeURIComponent(id)}/transcript?first=${first}&limit=${pageOfTurns}`, signal).catch((problem: unknown) => {
      if (problem instanceof Problem && problem.status === 404) return null;
      throw problem;
    }),
});

export const recordingsQuery = (id: string) => ({
  queryKey: ['recordings', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Recording[]>(`/contacts/${encodeURIComponent(id)}/recordings`, signal),
});

// What speech recognition made of a contact's recordings; null where they were not given away.
export const useTranscription = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ['transcription', id],
    enabled: wanted,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      get<Transcription>(`/contacts/${encodeURIComponent(id)}/transcription`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && problem.status === 404) return null;
        throw problem;
      }),
  });

export const useTranscript = (id: string, needed = true, first = 0) => useQuery({ ...transcriptQuery(id, first), enabled: needed });

// What keeps the contact from being heard, read or checked whole; mostly nothing.
export const useTroubles = (id: string) =>
  useQuery({
    queryKey: ['troubles', id],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      get<ContactTrouble[]>(`/contacts/${encodeURIComponent(id)}/troubles`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && (problem.status === 403 || problem.status === 404)) return [];
        throw problem;
      }),
    placeholderData: () => undefined,
  });
export const useRecordings = (id: string) => useQuery(recordingsQuery(id));

export const soundOf = (id: string, leg: string) => `/api/v1/contacts/${encodeURIComponent(id)}/recordings/${leg}`;

const slices = 2000; // more than a player has pixels

// What a player draws of each leg, in the order of `legs`: undefined until it is there, null where it cannot be had and
// the player has to look at the sound itself.
export function useWaveforms(id: string, legs: readonly string[]) {
  return useQueries({
    queries: legs.map((leg) => ({
      queryKey: ['waveform', id, leg],
      staleTime: Infinity,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<Waveform>(`/contacts/${encodeURIComponent(id)}/recordings/${leg}/waveform?slices=${slices}`, signal).catch(() => null),
    })),
    combine: (results) => results.map((result) => result.data),
  });
}

// The height of the wave in each slice, 0–1, channel by channel.
export function heightsOf(waveform: Waveform): number[][] {
  return waveform.channels.map(({ low, high }) => high.map((top, slice) => Math.max(Math.abs(low[slice] ?? 0), Math.abs(top)) / 128));
}

export const secondsOf = (waveform: Waveform) => ((waveform.channels[0]?.high.length ?? 0) * waveform.slice_ms) / 1000;
