// What the import pages ask the server for. A file is sent once, looked at, and then taken in by a job.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get, send } from '../../api/client';
import type { ImportOrderInput, ImportPreview, ImportStarted, ImportState, MapFieldInfo, Upload } from '../../api/schema';

export const kinds = ['people', 'facts', 'queue-log', 'cdr', 'csv'] as const;
export type Kind = (typeof kinds)[number];

// What a file probably is, by its name.
export function guessedKind(name: string): Kind {
  const lower = name.toLowerCase();
  if (/queue_?-?log|队列/.test(lower)) return 'queue-log';
  if (/people|staff|人员|花名册/.test(lower)) return 'people';
  if (/facts?|scores?|考核|事实/.test(lower)) return 'facts';
  if (/cdr|master|详单/.test(lower)) return 'cdr';
  return 'csv';
}

export const isOver = (job: ImportState) => !['waiting', 'running'].includes(job.state);

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => send<Upload>(`/uploads?name=${encodeURIComponent(file.name)}`, file),
  });
}

export function usePreview() {
  return useMutation({ mutationFn: (order: ImportOrderInput) => call<ImportPreview>('POST', '/imports/preview', order) });
}

export function useMapFields() {
  return useQuery({
    queryKey: ['map-fields'],
    queryFn: ({ signal }) => get<MapFieldInfo[]>('/imports/map-fields', signal),
    staleTime: Infinity,
  });
}

export function useTake() {
  return useMutation({ mutationFn: (order: ImportOrderInput) => call<ImportStarted>('POST', '/imports', order) });
}

export function useCancel(job: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call('DELETE', `/imports/${job}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['job', job] }),
  });
}

const askAgainMs = 1000;

export function useImportJob(job: string) {
  return useQuery({
    queryKey: ['job', job],
    queryFn: ({ signal }) => get<ImportState>(`/imports/${job}`, signal),
    placeholderData: () => undefined,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : askAgainMs),
  });
}

export function useRefreshAll() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}
