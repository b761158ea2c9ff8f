// What the import pages ask the server for. A file is sent once, looked at, and then taken in by a job.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get, send } from '../../api/client';
import type { Label } from '../../api/schema';

export const kinds = ['people', 'facts', 'queue-log', 'cdr', 'csv'] as const;
export type Kind = (typeof kinds)[number];

export interface Uploaded {
  upload: string;
  name: string;
  size: number;
}

export interface FieldMap {
  field: string;
  columns: string[];
  [more: string]: unknown;
}

export interface FileMap {
  fields: FieldMap[];
  [more: string]: unknown;
}

export interface Preview {
  kind: Kind;
  encoding: string;
  columns: string[];
  rows: { line: number; cells: string[]; problem: string | null }[];
  map: FileMap | null;
  problem: string | null;
}

export interface Unknown {
  name: string;
  count: number;
  suggestion: string | null;
}

export interface Imported {
  rows: number;
  accepted: number;
  unchanged: number;
  rejected: number;
  ignored: number;
  batch: string | null;
  rejects: string | null;
  unknown_members: Unknown[];
  unknown_queues: Unknown[];
  notes: string[];
}

export interface ImportJob {
  job: string;
  state: 'waiting' | 'running' | 'done' | 'dead' | 'cancelled' | 'failed';
  done: number;
  total: number;
  note: string | Label | null;
  kind: Kind;
  file: string;
  result: Imported | null;
  problem: string | null;
}

export interface MapField {
  field: string;
  label: Label;
  required: boolean;
}

// What a file probably is, by its name.
export function guessedKind(name: string): Kind {
  const lower = name.toLowerCase();
  if (/queue_?-?log|队列/.test(lower)) return 'queue-log';
  if (/people|staff|人员|花名册/.test(lower)) return 'people';
  if (/facts?|scores?|考核|事实/.test(lower)) return 'facts';
  if (/cdr|master|详单/.test(lower)) return 'cdr';
  return 'csv';
}

export const isOver = (job: ImportJob) => !['waiting', 'running'].includes(job.state);

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => send<Uploaded>(`/uploads?name=${encodeURIComponent(file.name)}`, file),
  });
}

export interface Taking {
  upload: string;
  kind: Kind;
  map?: FileMap;
  map_yaml?: string;
}

export function usePreview() {
  return useMutation({ mutationFn: (taking: Taking) => call<Preview>('POST', '/imports/preview', taking) });
}

export function useMapFields(needed: boolean) {
  return useQuery({
    queryKey: ['map-fields'],
    queryFn: ({ signal }) => get<{ items: MapField[] } | MapField[]>('/imports/map-fields', signal),
    enabled: needed,
    staleTime: Infinity,
    select: (answer) => (Array.isArray(answer) ? answer : answer.items),
  });
}

export function useTake() {
  return useMutation({ mutationFn: (taking: Taking) => call<{ job: string }>('POST', '/imports', taking) });
}

const askAgainMs = 1000;

export function useImportJob(job: string | undefined) {
  return useQuery({
    queryKey: ['job', job],
    queryFn: ({ signal }) => get<ImportJob>(`/imports/${job ?? ''}`, signal),
    enabled: job !== undefined,
    placeholderData: () => undefined,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : askAgainMs),
  });
}

export function useRefreshAll() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}
