// What the pages of the quality room ask the server for, and the steps on what they show.
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type { Derivation } from '../../appraisal/derivation';
import { recordingsQuery, transcriptQuery } from '../../contacts/record';
import type { Inspection, InspectionMessage, InspectionResult, QualityTalk, Rubric } from '../../../api/schema';

export const pathOf = (key: string) => `/quality/inspections/${key}`;

const inspectionQuery = (key: string) => ({
  queryKey: ['quality', 'inspection', key],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Inspection>(pathOf(key), signal),
});

export function useInspection(key: string | undefined) {
  return useQuery({ ...inspectionQuery(key ?? ''), enabled: key !== undefined, placeholderData: () => undefined });
}

export const readInspection = (queries: QueryClient, key: string) => queries.query({ ...inspectionQuery(key), staleTime: 0 });

export const keepInspection = (queries: QueryClient, inspection: Inspection) =>
  queries.setQueryData(inspectionQuery(inspection.key).queryKey, inspection);

// The one an inspection was made by; a version never changes.
const rubricQuery = (key: string) => ({
  queryKey: ['rubric-of', key],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Rubric>(`${pathOf(key)}/rubric`, signal),
  staleTime: Infinity,
});

export function useRubricOf(key: string | undefined) {
  return useQuery({ ...rubricQuery(key ?? ''), enabled: key !== undefined, placeholderData: () => undefined });
}

// What the signed-in inspector has in hand: taken first, then assigned.
export function useQueue(needed = true) {
  return useQuery({ queryKey: ['quality', 'queue'], queryFn: ({ signal }) => get<InspectionResult[]>('/quality/queue', signal), enabled: needed });
}

export function useInspectionWhy(key: string, open: boolean) {
  return useQuery({
    queryKey: ['quality', 'why', key],
    queryFn: ({ signal }) => get<{ derivation: Derivation }>(`${pathOf(key)}/why`, signal),
    enabled: open,
    staleTime: 0,
  });
}

// A step on an inspection, made on the version that was read. Everything of the room is read anew, whatever comes of it:
// where somebody else was quicker one sees at once what they did.
export function useStep(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body }: { step: string; body?: unknown }) => change<Inspection>(pathOf(key), 'POST', `${pathOf(key)}/${step}`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}

export function useThread(key: string, needed: boolean) {
  return useQuery({
    queryKey: ['quality', 'thread', key],
    queryFn: ({ signal }) => get<InspectionMessage[]>(`${pathOf(key)}/questions`, signal),
    enabled: needed,
    placeholderData: () => undefined,
  });
}

// The talks that its findings asked for.
export function useTalksOf(key: string, needed: boolean) {
  return useQuery({
    queryKey: ['quality', 'talks', key],
    queryFn: ({ signal }) => get<QualityTalk[]>(`${pathOf(key)}/talks`, signal),
    enabled: needed,
    placeholderData: () => undefined,
  });
}

export function useSay(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (message: { finding?: number; text: string }) => call<InspectionMessage>('POST', `${pathOf(key)}/questions`, message),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['quality', 'thread', key] }),
  });
}

// So that the next record stands there at once.
export function prefetchRecord(queries: QueryClient, { key, contact }: InspectionResult) {
  const nothing = () => undefined; // whoever opens it is told
  void queries.query(inspectionQuery(key)).catch(nothing);
  void queries.query(rubricQuery(key)).catch(nothing);
  void queries.query(transcriptQuery(contact)).catch(nothing);
  void queries.query(recordingsQuery(contact)).catch(nothing);
}
