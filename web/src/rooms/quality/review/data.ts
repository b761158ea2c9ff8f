// What the review asks the server for: weekly batches and the talks that are due.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type { BatchReturnInput, InspectionBatch, QualityTalk } from '../../../api/schema';
import { pathOf } from '../shared/data';

export interface BatchName {
  inspector: string;
  number: number;
}

const batchPath = ({ inspector, number }: BatchName) => `/quality/batches/${encodeURIComponent(inspector)}/${number}`;

// What goes to the agents and their superiors, with the five fields that feedback must have (Q4.4).
export const batchWorkbook = (name: BatchName) => `/api/v1${batchPath(name)}/export.xlsx`;

export function useBatches(needed = true) {
  return useQuery({ queryKey: ['quality', 'batches'], queryFn: ({ signal }) => get<InspectionBatch[]>('/quality/batches', signal), enabled: needed });
}

export function useBatch(name: BatchName) {
  return useQuery({
    queryKey: ['quality', 'batch', name.inspector, name.number],
    queryFn: ({ signal }) => get<InspectionBatch>(batchPath(name), signal),
    placeholderData: () => undefined,
  });
}

export type BatchStep = { step: 'hand-in' | 'publish' | 'close' } | { step: 'send-back'; body: BatchReturnInput };

export function useBatchStep(name: BatchName) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: BatchStep) => change<InspectionBatch>(batchPath(name), 'POST', `${batchPath(name)}/${wish.step}`, 'body' in wish ? wish.body : undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}

export function useTalks(needed: boolean) {
  return useQuery({ queryKey: ['quality', 'talks'], queryFn: ({ signal }) => get<QualityTalk[]>('/quality/talks', signal), enabled: needed });
}

export function useRecordTalk() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ talk, record }: { talk: QualityTalk; record: string }) =>
      call<QualityTalk>('POST', `${pathOf(talk.inspection)}/talks`, { number: talk.number, record }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}
